"""Wordings of insurance terms for training; the notation is that of `_policy_lexicon`."""

from goldsmith.sources.generators._policy_lexicon import Wordings, lines, topic

TRAIN = Wordings(
    topics={
        "cover": topic(
            "event",
            """
            {key} is covered <limit|up to {amount} {basis}>, of which you bear
              <excess|the first {small}>.
            {we} pay~ for {key} <condition|provided that <condition|{condition}>>. The most you
              can receive is <limit|{amount} {basis}>.
            <condition|as long as <condition|{condition}>>, your policy answers for {key}.
            in the case of {key}, <excess|an excess of {small}> comes off whatever {we} pay~, and
              the ceiling is <limit|{amount} {basis}>.
            the sum insured for {key} is <limit|{amount} {basis}>.
            you are protected against {key} <condition|if <condition|{condition}>>;
              <excess|{small} per loss> is yours to carry.
            {our} duty to compensate {key} ends at <limit|{amount} {basis}> and begins only
              <excess|above a loss of {small}>.
            {key} falls under section A. {we} reimburse~ <limit|no more than {amount} {basis}>,
              <condition|provided that <condition|{condition}>>.
            {key} is insured <condition|provided that {condition}, that {condition} and that
              {condition}>.
            """,
            limit="""
            How much can I get at most for {key}?
            What is the highest payment for {key}?
            Up to which sum does {co} stand in for {key}?
            If it comes to {key}, how far does your help go in money?
            What is the top figure that you pay out for {key}?
            """,
            excess="""
            What do I pay out of my own pocket in case of {key}?
            How much is my own share when it comes to {key}?
            What will be deducted from the money I get for {key}?
            Which amount must I contribute myself for {key}?
            """,
            condition="""
            On what terms will you insure {key}?
            What is required of me before you pay for {key}?
            When can I count on your help with {key}?
            Which precaution is needed for {key} to be insured?
            """,
        ),
        "exclude": topic(
            "event",
            """
            {we} do~ not pay for {key} <exclusion|where <exclusion|{exclusion}>>, unless
              <waiver|{waiver}>.
            {key} is not insured <exclusion|if <exclusion|{exclusion}>>.
            <exclusion|where <exclusion|{exclusion}>>, nothing is due for {key}.
            no claim arises from {key} when <exclusion|{exclusion}>. The bar is lifted <waiver|if
              <waiver|{waiver}>>.
            {key} is outside the policy so long as <exclusion|{exclusion}>; {we} make~ an
              exception <waiver|if <waiver|{waiver}>>.
            {we} may refuse {key} <exclusion|on the ground that <exclusion|{exclusion}>>.
            a loss by {key} is for you to bear <exclusion|whenever <exclusion|{exclusion}>>. This
              does not apply <waiver|where <waiver|{waiver}>>.
            no payment is made for {key} <exclusion|where {exclusion}, where {exclusion} or where
              {exclusion}>, save <waiver|where {waiver} or where {waiver}>.
            """,
            exclusion="""
            When will you not pay for {key}?
            In what case do you turn down a claim for {key}?
            What would cost me the money for {key}?
            Under which circumstances am I left without help after {key}?
            When am I on my own with {key}?
            """,
            waiver="""
            How can I be paid for {key} in spite of the exclusion?
            What gets me round the refusal to pay for {key}?
            When do you pay for {key} after all, although it is ruled out?
            Is there any way of saving an excluded claim for {key}?
            """,
        ),
        "claim": topic(
            "event",
            """
            report {key} <deadline|within <deadline|{days}>> to <contact|{contact}>.
            after {key}, you must send {us} <proof|{doc}, {doc} and {doc}> <deadline|within
              <deadline|{days}>>.
            a claim for {key} is accepted only with <proof|{doc} and {doc}>.
            <contact|{contact}> handle all cases of {key}; they must hear from you
              <deadline|no later than {days} after the event>.
            in the event of {key}, ring <contact|{contact}> first. Then let {us} have
              <proof|{doc} and {doc}>.
            as evidence of {key} {we} ask~ for <proof|{doc}, {doc} and {doc}>.
            {key} is a matter for <contact|{contact}>.
            {key} should be notified <deadline|before {days} are over>, with <proof|{doc} and
              {doc}> enclosed.
            for {key} the file must be complete: <proof|{doc}, {doc}, {doc} and {doc}>, all of it
              <deadline|within <deadline|{days}>>.
            """,
            deadline="""
            How soon must I tell you about {key}?
            By when do you have to know of {key}?
            How much time do I have to come forward with {key}?
            After how many days is it too late to claim for {key}?
            """,
            proof="""
            Which papers do I need to claim for {key}?
            What shall I send in after {key}?
            How do I show that there really was {key}?
            What evidence does {co} want for {key}?
            Which things belong in the envelope when I claim for {key}?
            """,
            contact="""
            Whom do I call about {key}?
            Who deals with {key} at your end?
            Which people are in charge of {key}?
            Where do I get help at once with {key}?
            """,
        ),
        "duty": topic(
            "change",
            """
            if you {key}, tell {us} <notice|within <notice|{days}>>; otherwise
              <consequence|{consequence}>.
            should you {key}, the premium <premium|{premium}>.
            anyone who wants to {key} must inform {us} <notice|{days} beforehand>.
            those who {key} without a word to {us} must know that <consequence|{consequence}>.
            whether you may {key} is for {us} to decide. {we} need~ to hear of it
              <notice|at least {days} in advance>, and the contribution <premium|{premium}>.
            you are free to {key}; all that changes is that the premium <premium|{premium}>.
            to {key} is to change the risk: the premium <premium|{premium}>, and if you keep
              silent, <consequence|{consequence}>.
            if you {key} unannounced, two things follow: <consequence|{consequence}, and
              {consequence}>.
            """,
            notice="""
            How early must I let you know if I {key}?
            When do I have to tell {co} that I {key}?
            What time do I have to report to you when I {key}?
            Say I {key}. How quickly do you want to learn of it?
            """,
            consequence="""
            What happens if I {key} and say nothing?
            What do I risk when I {key} behind your back?
            Suppose I {key} and forget to tell you. What then?
            How do you punish me when I {key} in secret?
            """,
            premium="""
            What does it cost me if I {key}?
            Will I pay more when I {key}?
            How does my bill change once I {key}?
            What becomes of the price in case I {key}?
            """,
        ),
    },
    headings={
        "event": lines("""
            What is insured
            Losses and claims
            Scope of your cover
            In case of loss
            """),
        "change": lines("""
            Changes during the contract
            Your duties
            If something changes
            """),
    },
    fillers=lines("""
        “{co}” is the insurer named in your schedule.
        the schedule and these terms must be read together.
        the policyholder and the members of the household have the same rights.
        cover is valid worldwide unless the schedule says otherwise.
        these terms apply to contracts concluded after {date}.
        payments are made in the currency of the schedule.
        a headline has no legal meaning of its own.
        {we} wish~ you a life without losses.
        """),
)
