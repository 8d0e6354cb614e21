"""Wordings of insurance terms for test alone."""

from goldsmith.sources.generators._policy_lexicon import Wordings, lines, topic

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
            {we} make~ good {key} on three assumptions: <condition|that {condition}, that
              {condition} and, not least, that {condition}>.
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
            {key} remains your own affair <exclusion|if {exclusion}, or {exclusion}, or
              {exclusion}>. For all that, {we} come~ to your aid <waiver|once {waiver}, or once
              {waiver}>.
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
            {our} assessors cannot look into {key} without <proof|{doc} plus {doc} and, above a
              loss of {amount}, {doc}>.
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
              {we} are~ aware of it <notice|inside {days}>.
            a failure to mention that you {key} means that <consequence|{consequence}>.
            to {key} on the sly has its price: <consequence|{consequence}; what is more,
              {consequence}>.
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
