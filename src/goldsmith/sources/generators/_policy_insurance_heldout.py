"""Wordings of insurance terms that training never sees: a set for validation, one for test."""

from goldsmith.sources.generators._policy_lexicon import Wordings, lines, topic

VALIDATION = Wordings(
    topics={
        "cover": topic(
            "event",
            """
            when it comes to {key}, {our} payments go as far as <limit|{amount} {basis}> after
              deduction of <excess|{small} from each bill>.
            cover for {key} exists <condition|only if <condition|{condition}>>.
            {key} belongs to the insured perils, with <excess|a retention of {small}> for you
              and <limit|a maximum of {amount} {basis}>.
            """,
            limit="""
            Where does your generosity end with {key}?
            What is the largest cheque you write for {key}?
            """,
            excess="""
            With what sum do I chip in for {key}?
            How much of the bill for {key} stays with me?
            """,
            condition="""
            What must I have done for {key} to be paid?
            What are the prerequisites of help with {key}?
            """,
        ),
        "exclude": topic(
            "event",
            """
            {key} is excluded <exclusion|in so far as <exclusion|{exclusion}>>. {we} waive~ this
              <waiver|when <waiver|{waiver}>>.
            there is no protection against {key} <exclusion|once <exclusion|{exclusion}>>.
            {we} reject~ losses by {key} <exclusion|because <exclusion|{exclusion}>>, except that
              <waiver|{waiver}>.
            """,
            exclusion="""
            What is a reason for you to give nothing for {key}?
            Which situations with {key} are shut out?
            """,
            waiver="""
            What opens the door again for {key} once it is excluded?
            How might an exclusion of {key} be overcome?
            """,
        ),
        "claim": topic(
            "event",
            """
            you have <deadline|{days}> to announce {key}; what goes with it is <proof|{doc} and
              {doc}>.
            in need after {key}? <contact|{contact}> will see to it.
            {key} calls for <proof|{doc}, {doc} and {doc}>, to be shown to <contact|{contact}>.
            """,
            deadline="""
            What is the time limit to announce {key}?
            Within which period must word of {key} reach you?
            """,
            proof="""
            Which documents back up a claim for {key}?
            What do I have to present on account of {key}?
            """,
            contact="""
            Who takes care of me in the event of {key}?
            Which door do I knock at with {key}?
            """,
        ),
        "duty": topic(
            "change",
            """
            a customer may {key} if {we} know~ of it <notice|{days} ahead>; from then on, the
              premium <premium|{premium}>.
            who fails to say that they {key} will find that <consequence|{consequence}>.
            to {key} is a matter to be declared <notice|in under {days}>, or else
              <consequence|{consequence}>.
            """,
            notice="""
            Within what time is it my duty to declare that I {key}?
            How long before or after I {key} must you be told?
            """,
            consequence="""
            Which penalty is there if I {key} on the quiet?
            What trouble am I in if I {key} undeclared?
            """,
            premium="""
            Is my insurance going to be dearer or cheaper if I {key}?
            What do you charge from the day I {key}?
            """,
        ),
    },
    headings={
        "event": lines("""
            Perils
            Benefits and their limits
            """),
        "change": lines("""
            Alterations of the risk
            """),
    },
    fillers=lines("""
        the registered seat of {co} is stated in the schedule.
        expressions in the singular include the plural.
        the contract is made for one year and renews itself.
        a glossary can be found at the back.
        """),
)

TEST = Wordings(
    topics={
        "cover": topic(
            "event",
            """
            nobody can insure {key} without bounds: <limit|{amount} {basis}> is where {we} stop~.
            {key}? {we} step~ in <condition|on the understanding that <condition|{condition}>>,
              minus <excess|{small} that you settle yourself>.
            the benefit for {key} tops out at <limit|{amount} {basis}>; you absorb
              <excess|{small} of every loss>.
            you enjoy cover in respect of {key} <condition|only while <condition|{condition}>>,
              and the bill is met <limit|as far as {amount} {basis}>.
            <condition|assuming that <condition|{condition}>>, {we} will make good {key}.
            """,
            limit="""
            What is the cap on benefits after {key}?
            How big a loss by {key} will you make good?
            Tell me the ceiling that applies to {key}.
            """,
            excess="""
            What slice of the damage from {key} am I supposed to absorb?
            How deep must I reach into my purse because of {key}?
            """,
            condition="""
            What do you take for granted if I am to be compensated for {key}?
            Which obligations are tied to the benefit for {key}?
            """,
        ),
        "exclude": topic(
            "event",
            """
            the following leads to the loss of any benefit for {key}: <exclusion|{exclusion}>.
            {we} leave~ {key} aside <exclusion|every time <exclusion|{exclusion}>>, a rule that is
              dropped <waiver|as soon as <waiver|{waiver}>>.
            {key} does not concern {us} <exclusion|in cases where <exclusion|{exclusion}>>.
            do not count on {us} for {key} <exclusion|if it turns out that
              <exclusion|{exclusion}>>. Only <waiver|if <waiver|{waiver}>> is there some hope.
            """,
            exclusion="""
            What facts let you off the hook for {key}?
            Which loophole could you use to avoid compensation for {key}?
            What would be fatal to my benefit for {key}?
            """,
            waiver="""
            What can turn a no into a yes as regards {key}?
            Which event brings {key} back under the policy?
            """,
        ),
        "claim": topic(
            "event",
            """
            the course of action after {key} is simple: speak to <contact|{contact}>, have
              <proof|{doc} and {doc}> ready.
            losses by {key} expire unless {we} learn~ of them <deadline|inside {days}>.
            <contact|{contact}> should be alerted to {key} <deadline|not more than {days} later>.
            {we} assess~ {key} on the basis of <proof|{doc}, {doc} and {doc}>, handed in
              <deadline|before the end of {days}>.
            """,
            deadline="""
            When does my entitlement after {key} expire?
            What is the cut-off for alerting you to {key}?
            """,
            proof="""
            With what can I substantiate {key}?
            What paperwork has to be gathered following {key}?
            Upon which documents do you assess {key}?
            """,
            contact="""
            To whom should I speak following {key}?
            Who at {co} is the right address as regards {key}?
            """,
        ),
        "duty": topic(
            "change",
            """
            it is fine by {us} if you {key}, but drop {us} a line <notice|{days} earlier>.
            in the year in which you {key}, the price <premium|{premium}>; conceal it and
              <consequence|{consequence}>.
            {we} put~ up with customers who {key}. The premium <premium|{premium}> provided
              {we} are aware of it <notice|inside {days}>.
            a failure to mention that you {key} means that <consequence|{consequence}>.
            """,
            notice="""
            How far ahead should a message go out that I {key}?
            At what moment is a line due, given that I {key}?
            """,
            consequence="""
            What is the price of concealing that I {key}?
            What sanction do I face if it emerges that I {key}?
            """,
            premium="""
            What is the financial effect if I {key}?
            In which direction do my instalments go when I {key}?
            """,
        ),
    },
    headings={
        "event": lines("""
            Perils and remedies
            When disaster strikes
            Indemnity
            """),
        "change": lines("""
            Keeping {us} informed
            New circumstances
            """),
    },
    fillers=lines("""
        please keep this booklet in a dry place.
        {co} has insured families in this country for generations.
        disputes go to the court at the policyholder’s home.
        days on which banks are shut are not counted.
        where two sections overlap, the later one has priority.
        this edition was printed on {date}.
        """),
)
