"""Wordings of staff handbooks for validation alone: choices made on it are not made on test."""

from goldsmith.sources.generators._policy_lexicon import Wordings, lines, topic

VALIDATION = Wordings(
    topics={
        "grant": topic(
            "leave",
            """
            a period of <days|{leave}> is reserved for {key}, which is <pay|{pay}>.
            only <who|{who}> qualify for {key}.
            under {key}, <who|{who}> are let off for <days|{leave} altogether>.
            the beneficiaries of {key} are <who|{who} and, in quiet times, {who}>.
            """,
            days="""
            What period is reserved for {key}?
            How much time out do you concede for {key}?
            """,
            who="""
            Which group of people qualifies for {key}?
            For whom is there freedom to attend to {key}?
            """,
            pay="""
            Is {key} going to reduce my income?
            On what financial terms am I off for {key}?
            """,
        ),
        "apply": topic(
            "leave",
            """
            clear {key} with <approver|{approver}>, and produce <paper|{paper}>.
            {we} expect~ to be informed of {key} <notice|{days} earlier>.
            <paper|{paper}> should be left with <approver|{approver}> before {key} begins.
            {key} presupposes <paper|{paper} as well as {paper}>.
            """,
            notice="""
            How far in advance do I announce {key}?
            What notice is customary for {key}?
            """,
            approver="""
            Who grants permission for {key}?
            In whose power is it to refuse {key}?
            """,
            paper="""
            With what do I back up an application for {key}?
            What must I produce because of {key}?
            """,
        ),
        "spend": topic(
            "expense",
            """
            {our} budget allows <limit|{small} {per}> for {key} <terms|when <terms|{terms}>>.
            {key} are acceptable <terms|in the event that <terms|{terms}>>.
            {key} must not cost {us} <limit|more than {small} {per}>.
            {we} fund~ {key} in two situations, which are <terms|that {terms}, and that {terms}>.
            """,
            limit="""
            What does the budget allow me for {key}?
            Where is the upper mark for {key}?
            """,
            terms="""
            Under what circumstances are you willing to fund {key}?
            What makes {key} acceptable to you?
            """,
        ),
        "refund": topic(
            "expense",
            """
            whatever was laid out for {key} comes back <method|{method}> once {we} hold~
              <proof|{proof}>.
            invoices for {key} expire <deadline|at the end of {days}>.
            enter {key} <deadline|in the course of {days}> and add <proof|{proof}>.
            {key} are squared up <method|{method} and, at your wish, {method}>.
            """,
            deadline="""
            What is the last moment for {key} to be claimed?
            Until when can I enter {key}?
            """,
            proof="""
            What am I to add to my claim for {key}?
            With which slip of paper do I justify {key}?
            """,
            method="""
            By what route does the money for {key} return to me?
            In which form do you square up for {key}?
            """,
        ),
        "report": topic(
            "concern",
            """
            news of {key} belongs in the ears of <contact|{contact}>.
            those who draw attention to {key} are <protection|{protection}>, and
              <contact|{contact}> know their names alone.
            {key} may be raised with <contact|{contact} or, should they be away, {contact}>.
            """,
            contact="""
            Who should be approached on {key}?
            With whom do I raise {key}?
            """,
            protection="""
            What becomes of somebody who draws attention to {key}?
            How are you going to look after me if I raise {key}?
            """,
        ),
        "sanction": topic(
            "concern",
            """
            the price of {key} is <sanction|{sanction}>; it may be disputed <appeal|{appeal}>.
            {we} tolerate~ {key} in no way. <sanction|{sanction}> is the rule.
            for {key} there is <sanction|{sanction}, and possibly {sanction}>.
            """,
            sanction="""
            What is the penalty for {key}?
            How hard do you come down on {key}?
            """,
            appeal="""
            By what means can a penalty for {key} be disputed?
            I am blamed for {key} and did nothing. What now?
            """,
        ),
    },
    headings={
        "leave": ("Being off", "Permitted absence"),
        "expense": ("Costs on duty", "Budgets"),
        "concern": ("Integrity", "Misconduct"),
    },
    fillers=lines("""
        a summary hangs next to the time clock.
        {co} thanks the staff for their patience with the new rules.
        the previous edition, of {date}, is no longer valid.
        all grades are treated alike.
        """),
)
