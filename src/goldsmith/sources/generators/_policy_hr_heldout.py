"""Wordings of staff handbooks for test alone."""

from goldsmith.sources.generators._policy_lexicon import Wordings, lines, topic

TEST = Wordings(
    topics={
        "grant": topic(
            "leave",
            """
            should you need {key}, {we} set~ aside <days|{leave}>.
            {key} is a privilege of <who|{who}>, <pay|{pay}>.
            up to the end of <days|{leave}> you may be missed for {key}; during it you are
              <pay|{pay}>.
            <who|{who}> can avail themselves of {key}, <days|{leave} at the outside>.
            {key} was introduced for <who|{who}, for {who} and lately for {who}>.
            """,
            days="""
            What is the maximum duration of {key}?
            How long can I be missed while dealing with {key}?
            Tell me the number of shifts or weeks set aside for {key}.
            """,
            who="""
            Whose privilege is it to be off for {key}?
            Is everybody free to be absent over {key}, or who is?
            """,
            pay="""
            What happens to my earnings throughout {key}?
            Am I out of pocket if I am missing for {key}?
            """,
        ),
        "apply": topic(
            "leave",
            """
            it is up to <approver|{approver}> whether {key} can be fitted in; have
              <paper|{paper}> to hand.
            {key} does not start until <approver|{approver}> have seen <paper|{paper}>.
            give the rota <notice|{days} to adapt> in the case of {key}.
            {we} insist~ on <paper|{paper}> and <notice|{days} of lead time> for {key}.
            a file on {key} is opened upon receipt of <paper|{paper}, {paper} and, in case of
              doubt, {paper}>.
            """,
            notice="""
            What lead time is there for {key}?
            At which point beforehand do you insist on knowing of {key}?
            """,
            approver="""
            Who gives the green light for {key}?
            With which persons do I settle the matter of {key}?
            """,
            paper="""
            What written confirmation do you insist on for {key}?
            Which piece of paper goes along with {key}?
            """,
        ),
        "spend": topic(
            "expense",
            """
            {we} will not quibble about {key} <terms|so long as <terms|{terms}>>.
            {key} are capped at <limit|{small} {per}>.
            the purse opens for {key} <terms|in case <terms|{terms}>>, and closes at
              <limit|{small} {per}>.
            <limit|{small} {per}> is the figure to bear in mind for {key}.
            there are three gates to {key}: <terms|that {terms}, that {terms}, or that {terms}>.
            """,
            limit="""
            What is the cap on {key}?
            Which figure should I not go beyond for {key}?
            """,
            terms="""
            What entitles me to treat myself to {key} on your account?
            Which requirement is attached to {key}?
            Given what facts do you shoulder {key}?
            """,
        ),
        "refund": topic(
            "expense",
            """
            {key} appear on your account <method|{method}>, and <deadline|{days} on> it is too
              late to ask.
            {key} require <proof|{proof}> if you want compensation <method|{method}>.
            be quick about {key}: <deadline|{days}> is all that {we} allow~.
            {our} bookkeepers tick {key} off against <proof|{proof}>.
            {key} find their way back to you <method|{method}, or failing that {method}>, given
              <proof|{proof} along with {proof}>.
            """,
            deadline="""
            What is the final date for submitting {key}?
            How long can I let {key} lie about before I submit anything?
            """,
            proof="""
            What do your bookkeepers demand in return for {key}?
            Which voucher is good enough for {key}?
            """,
            method="""
            How is compensation for {key} credited to me?
            In what manner will I be made whole for {key}?
            """,
        ),
        "report": topic(
            "concern",
            """
            on learning of {key}, get in touch with <contact|{contact}>, and be assured that
              informants are <protection|{protection}>.
            <contact|{contact}> stand ready day and night to hear about {key}.
            nobody regrets having disclosed {key}: sources are <protection|{protection}>.
            {key} is a case for <contact|{contact}, failing whom {contact}>; meanwhile sources are
              <protection|{protection} as well as {protection}>.
            """,
            contact="""
            Who is there for me day and night concerning {key}?
            With whom should I get in touch over {key}?
            """,
            protection="""
            What is in store for an informant who has disclosed {key}?
            Which safety net is there when I denounce {key}?
            """,
        ),
        "sanction": topic(
            "concern",
            """
            {key} leads to <sanction|{sanction}>. Culprits may plead their cause
              <appeal|{appeal}>.
            expect <sanction|{sanction}> on account of {key}.
            judgments on {key} are revised <appeal|{appeal}>.
            {key} costs the culprit dear: <sanction|{sanction} to begin with, {sanction} later
              on>.
            """,
            sanction="""
            What does {key} lead to for the culprit?
            Which measure would {co} take against {key}?
            What is likely to befall those behind {key}?
            """,
            appeal="""
            Which remedy has somebody who was convicted of {key}?
            How does one plead innocence of {key}?
            """,
        ),
    },
    headings={
        "leave": ("When you cannot be here", "Days off the rota"),
        "expense": ("Money matters", "Reimbursement"),
        "concern": ("Red lines", "Speaking out"),
    },
    fillers=lines("""
        {co} has signed the charter of fair employers.
        night work is subject to a section of its own.
        ask your team if a term is unfamiliar.
        amendments are announced on the notice board.
        by “staff” {we} mean~ people of every grade.
        since {date} there has been one handbook for all sites.
        """),
)
