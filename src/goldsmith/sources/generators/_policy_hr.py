"""Wordings of staff handbooks for training; the notation is that of `_policy_lexicon`."""

from goldsmith.sources.generators._policy_lexicon import Wordings, lines, topic

TRAIN = Wordings(
    topics={
        "grant": topic(
            "leave",
            """
            {key} amounts to <days|{leave} a year> for <who|{who}>.
            <who|{who}> are entitled to {key}; it lasts <days|up to {leave}>.
            {key} is granted <days|for <days|<days|{leave}> a year>> and <pay|{pay}>.
            {key} is open to <who|{who}> only, and taken <pay|{pay}>.
            the length of {key} is <days|{leave}>, and it is meant for <who|{who}>.
            you take {key} <pay|{pay}>, <days|for no more than {leave}> at a stretch.
            the allowance for {key} stands at <days|{leave} in any calendar year>.
            <who|{who}> may stay at home under the heading of {key}, which is <pay|{pay}>.
            {key} is there for <who|{who}, {who} and {who}>, and no one else.
            """,
            days="""
            How many days off do I get for {key}?
            For what length of time may I stay away for {key}?
            What is the longest absence you allow for {key}?
            How long may I be gone on account of {key}?
            When must I be back at work after {key}?
            """,
            who="""
            Who can have time off for {key}?
            Which employees does {co} release for {key}?
            Do I belong to those who may be absent for {key}?
            Whom do you let go for {key}?
            """,
            pay="""
            Do I go on earning during an absence for {key}?
            What will be on my pay slip while I am off for {key}?
            How does time off for {key} affect my wages?
            What money do I receive when I am away for {key}?
            """,
        ),
        "apply": topic(
            "leave",
            """
            {key} must be requested <notice|at least {days} in advance> from
              <approver|{approver}>.
            <approver|{approver}> decide on {key}. Bring <paper|{paper}> with you.
            for {key}, hand in <paper|{paper}> <notice|{days} before the first day>.
            without <paper|{paper}>, {key} is not approved.
            the request for {key} goes to <approver|{approver}>; it has to be there
              <notice|{days} before it starts>.
            when it comes to {key}, <approver|{approver}> have the last word, and
              <notice|a notice of {days}> is enough.
            {key} has to be documented: {we} ask~ for <paper|{paper}>.
            an application for {key} has to contain <paper|{paper} and {paper}, together with
              {paper}>.
            """,
            notice="""
            How early must I ask for time off for {key}?
            How much warning do you want before I am absent for {key}?
            By when should I tell you of {key}?
            When at the latest do I apply because of {key}?
            """,
            approver="""
            Who signs off my absence for {key}?
            Whose yes do I need for {key}?
            Which people at {co} have a say in {key}?
            To whom do I send my request for {key}?
            """,
            paper="""
            What do I have to show to get away for {key}?
            Which document proves my need for {key}?
            What should I attach when I apply for {key}?
            Do you want a certificate for {key}, and which?
            """,
        ),
        "spend": topic(
            "expense",
            """
            {key} are refunded <limit|up to {small} {per}>, <terms|provided that <terms|{terms}>>.
            {we} bear~ {key} <terms|if <terms|{terms}>>.
            for {key} there is a budget of <limit|{small} {per}>.
            <terms|where <terms|{terms}>>, {key} are at {our} expense, though never
              <limit|above {small} {per}>.
            {key} count as business costs <terms|as long as <terms|{terms}>>. Whatever exceeds
              <limit|{small} {per}> is private.
            you may spend <limit|{small} {per}> on {key}.
            nobody has to pay for {key} alone: {our} contribution is <limit|{small} {per}>.
            {key} are on {us} <terms|if {terms}, if {terms} or if {terms}>.
            """,
            limit="""
            How much do I get back for {key}?
            What is the most I can spend on {key}?
            Up to which sum does {co} pay for {key}?
            How expensive can {key} be at most?
            What share of the cost of {key} do you bear?
            """,
            terms="""
            On what condition do you pay for {key}?
            When is {key} a cost of the company?
            What has to be the case before you refund {key}?
            In which situation may I charge you for {key}?
            """,
        ),
        "refund": topic(
            "expense",
            """
            claims for {key} are filed <deadline|within <deadline|{days}>> and settled
              <method|{method}>.
            send <proof|{proof}> for {key} to the accounts team <deadline|no later than {days}
              after the fact>.
            {we} reimburse~ {key} <method|{method}> against <proof|{proof}>.
            to be paid back for {key}, you need <proof|{proof}>.
            {key} are settled <method|{method}>. The claim lapses <deadline|after {days}>.
            nothing is paid back for {key} unless <proof|{proof}> can be produced.
            for {key}, keep <proof|{proof}, {proof} and {proof}>; payment is made <method|{method}
              or, if you prefer, {method}>.
            """,
            deadline="""
            How soon do I have to hand in {key}?
            When is it too late to claim {key}?
            By when must the accounts team hear of {key}?
            How much time is left for claiming {key}?
            """,
            proof="""
            What do I need to keep in order to be refunded for {key}?
            Which evidence goes with a claim for {key}?
            What does {co} want to see before it pays for {key}?
            Is a receipt needed for {key}, or what else?
            """,
            method="""
            In what way do I get my money back for {key}?
            How will you transfer what I laid out for {key}?
            How do I see my money again after paying for {key}?
            Through which channel is {key} made good?
            """,
        ),
        "report": topic(
            "concern",
            """
            whoever witnesses {key} should talk to <contact|{contact}>.
            {key} must be reported to <contact|{contact}>; those who do so are
              <protection|{protection}>.
            <contact|{contact}> look into {key}.
            a person who speaks up about {key} is <protection|{protection}>.
            for {key}, the people to see are <contact|{contact}>. Rest assured that you will be
              <protection|{protection}>.
            if you suspect {key}, turn to <contact|{contact}> in confidence.
            {key} may be brought before <contact|{contact}, {contact} or {contact}>. You will be
              <protection|{protection} and {protection}>.
            """,
            contact="""
            To whom can I complain about {key}?
            Who must know if I notice {key}?
            Which people follow up {key}?
            I saw something that looks like {key}. Where do I go?
            Who listens to me about {key}?
            """,
            protection="""
            Am I safe if I speak up about {key}?
            What do you do for those who complain about {key}?
            How does {co} shield a person who brings up {key}?
            What have I to fear or hope if I tell on {key}?
            """,
        ),
        "sanction": topic(
            "concern",
            """
            {key} is met with <sanction|{sanction}>, against which an appeal is possible
              <appeal|{appeal}>.
            {we} answer~ {key} with <sanction|{sanction}>.
            anyone guilty of {key} must reckon with <sanction|{sanction}>.
            <sanction|{sanction}>: this is what follows upon {key}. The person concerned may
              object <appeal|{appeal}>.
            in cases of {key}, a decision can be challenged <appeal|{appeal}>.
            {key} is never a trifle. The usual reaction is <sanction|{sanction}>.
            {key} draws <sanction|{sanction}, in repeated cases {sanction}, and in grave ones
              {sanction}>.
            """,
            sanction="""
            How do you punish {key}?
            What are the consequences for somebody found guilty of {key}?
            What does a colleague face because of {key}?
            Can I lose my job over {key}, or what would you do?
            """,
            appeal="""
            How can I defend myself when accused of {key}?
            Where may a verdict on {key} be fought?
            What if I think you are wrong to blame me for {key}?
            Is there a way to have a penalty for {key} looked at again?
            """,
        ),
    },
    headings={
        "leave": lines("""
            Absence
            Time away from work
            Leave of all kinds
            """),
        "expense": lines("""
            Travel and expenses
            What {we} pay~ for
            Outlays
            """),
        "concern": lines("""
            Conduct
            Doing the right thing
            Breaches of the rules
            """),
    },
    fillers=lines("""
        this handbook applies to all who work for {co}, full time or part time.
        the works council agreed to this section on {date}.
        managers are expected to set an example.
        where the law is more generous than this handbook, the law prevails.
        {we} value~ trust and plain words.
        examples can be found on the intranet.
        the English text is binding.
        nobody should be in doubt about what is fair.
        """),
)
