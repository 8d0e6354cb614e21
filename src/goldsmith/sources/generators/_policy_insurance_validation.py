"""Wordings of insurance terms for validation alone: choices made on it are not made on test."""

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
            help with {key} depends on two things, namely <condition|that {condition} and that
              {condition}>.
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
            two circumstances exclude {key}: <exclusion|that {exclusion}, and that {exclusion}>.
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
            {key} is proved <proof|by means of {doc} and, if there is any doubt, {doc}>.
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
            keep quiet when you {key}, and <consequence|{consequence}, while {consequence}>.
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
