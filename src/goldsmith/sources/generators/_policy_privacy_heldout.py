"""Wordings of privacy policies for test alone."""

from goldsmith.sources.generators._policy_lexicon import Wordings, lines, topic

TEST = Wordings(
    topics={
        "retain": topic(
            "data",
            """
            you will find {key} in {our} books <period|for {duration}>. That is the minimum, as
              <reason|{reason}>.
            the retention of {key} comes to an end <period|when {end}>, whereupon they are
              <after|{fate}>.
            {we} hang~ on to {key} on account of the fact that <reason|{reason}>.
            seeing that <reason|{reason}>, a term of <period|{duration} from {moment}> has been
              fixed for {key}.
            {key}, if any, are <after|{fate}> <period|no later than {duration} after {moment}>.
            {key} live on in {our} books <period|for <period|<period|{duration}> from {moment}>>,
              first because <reason|{reason}, and second because {reason}>.
            """,
            period="""
            After how much time do you let go of {key}?
            For what span are you going to remember {key}?
            What is the expiry date of {key} in your files?
            """,
            reason="""
            What is behind your not discarding {key} sooner?
            Explain why {key} must not disappear any earlier.
            """,
            after="""
            What fate awaits {key} in the end?
            How do you dispose of {key}?
            Once you must be rid of {key}, how is it done?
            """,
        ),
        "share": topic(
            "data",
            """
            the following may request {key} from {us}: <recipient|{recipient}>. Their business
              is to <purpose|{purpose}>.
            when others need to <purpose|{purpose}>, {we} release~ {key} <safeguard|{safeguard}>.
            {key} are open to <recipient|{recipient}>, though only <safeguard|{safeguard}>.
            {we} share~ {key}. Those who benefit are <recipient|{recipient}>, and the point is
              <purpose|to <purpose|{purpose}>>.
            <safeguard|{safeguard}>: that is how {key} go to <recipient|{recipient}>.
            no fewer than three parties obtain {key}: <recipient|{recipient}, {recipient} and also
              {recipient}>. They are meant <purpose|to {purpose} or else to {purpose}>.
            """,
            recipient="""
            Who else is let in on {key}?
            Which organisations other than {co} will come to possess {key}?
            Are there any buyers or partners waiting for {key}? Which?
            """,
            purpose="""
            What could possibly make an outside body want {key}?
            With what intention do you forward {key}?
            """,
            safeguard="""
            In what manner are {key} made over to others so that nothing leaks?
            What is demanded of an outside body before you release {key}?
            """,
        ),
        "collect": topic(
            "data",
            """
            {we} come~ to know {key} <moment|the instant <moment|{occasion}>>.
            what {we} learn~ <moment|if <moment|{occasion}>> includes {key}. It allows {us} to
              <use|{use}>.
            {key} make it possible to <use|{use}>, and this is what {we} gather~ them for.
            by analysing {key}, {we} can <use|{use}>.
            {key} are captured <moment|as soon as {occasion}, and likewise if {occasion}>; in this
              manner {we} can <use|{use}, {use} and {use}>.
            """,
            moment="""
            Through which of my actions do you acquire {key}?
            What triggers the capture of {key}?
            """,
            use="""
            How does your business profit from {key}?
            Which service of yours would not work without {key}?
            What internal goal do you pursue with {key}?
            """,
        ),
        "access": topic(
            "data",
            """
            a limited circle, that is <staff|{staff}>, handles {key} on behalf of {co}.
            <staff|{staff}> alone hold the password to {key}.
            burglars would be disappointed: {key} are <measure|{measure}>.
            all {key} are <measure|{measure}>. Of {our} workforce, <staff|{staff}> come near them.
            it takes one of <staff|{staff}, {staff} or {staff}> to call up {key}, all of which are
              <measure|{measure} and, over and above that, {measure}>.
            """,
            staff="""
            Whose eyes at {co} fall on {key}?
            How many of the workforce, and in what role, come across {key}?
            """,
            measure="""
            What defence against theft is there for {key}?
            How would you stop somebody from stealing {key}?
            What security have you put in place around {key}?
            """,
        ),
        "rights": topic(
            "request",
            """
            you are welcome to {key} <channel|{channel}>. Count on a reply <deadline|after
              {days}>.
            customers can {key} at no cost, <refusal|save if <refusal|{refusal}>>.
            should you prefer to {key}, let {us} know <channel|{channel}>.
            {we} refuse~ to let you {key} only <refusal|in the event that <refusal|{refusal}>>.
            helping you to {key} is done <deadline|in a matter of {days}>.
            nothing stands between you and your wish to {key} unless <refusal|{refusal}, {refusal}
              or {refusal}>; {we} can be reached <channel|{channel}, or else {channel}>.
            """,
            channel="""
            What is the procedure if I have decided to {key}?
            Through which channel does one {key}?
            Tell me the way to {key}.
            """,
            deadline="""
            What time frame do you need before I can {key}?
            I asked to {key}: when may I expect an outcome?
            """,
            refusal="""
            What exceptions are there to my freedom to {key}?
            Why might you reject me if I were to {key}?
            """,
        ),
    },
    headings={
        "data": lines("""
            Information lifecycle
            From gathering to deletion
            Records {we} hold~
            """),
        "request": lines("""
            Getting your way
            Control over your account
            """),
    },
    fillers=lines("""
        {co} was founded by three friends and has grown since.
        the law of the place where {we} are~ registered governs this notice.
        translations exist, but the present text prevails.
        by “record” {we} mean~ anything that can be read by eye or machine.
        a printed edition, dated {date}, hangs in every branch.
        """),
)
