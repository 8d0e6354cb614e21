"""Wordings of privacy policies that training never sees: a set for validation, one for test."""

from goldsmith.sources.generators._policy_lexicon import Wordings, lines, topic

VALIDATION = Wordings(
    topics={
        "retain": topic(
            "data",
            """
            {key} have a lifetime of <period|{duration}>, reckoned from {moment}; the reason is
              that <reason|{reason}>.
            <period|until {end}>, {key} lie in {our} database. Next, they are <after|{fate}>.
            given that <reason|{reason}>, {we} preserve~ {key} <period|for {duration}>.
            <period|after {moment}>, {key} are <after|{fate}>.
            """,
            period="""
            For how many weeks, months or years is there a record of {key}?
            What is the shelf life of {key}?
            """,
            reason="""
            What justifies so long a storage of {key}?
            How come you still need {key} after all that time?
            """,
            after="""
            Where does it end with {key}, are they destroyed?
            What is the last thing that you do with {key}?
            """,
        ),
        "share": topic(
            "data",
            """
            it may be necessary to show {key} to <recipient|{recipient}>, <safeguard|{safeguard}>.
            <recipient|{recipient}> are supplied with {key} by {us} <purpose|in order to
              <purpose|{purpose}>>.
            {we} transmit~ {key} to <recipient|{recipient}>. The idea is <purpose|to
              <purpose|{purpose}>>.
            a transmission of {key} takes place <safeguard|{safeguard}>, for others have to
              <purpose|{purpose}>.
            """,
            recipient="""
            With whom is there an exchange of {key}?
            To which strangers are you going to reveal {key}?
            """,
            purpose="""
            What is the point of letting strangers have {key}?
            What are outsiders hoping to do with {key}?
            """,
            safeguard="""
            Which conditions go with a transmission of {key}?
            How careful are you when strangers are to get {key}?
            """,
        ),
        "collect": topic(
            "data",
            """
            {key} come to {our} notice <moment|the moment <moment|{occasion}>>.
            <moment|once <moment|{occasion}>>, {we} note~ {key}, so as to <use|{use}>.
            {our} systems evaluate {key} <use|in order to <use|{use}>>.
            """,
            moment="""
            In what situation are you handed {key}?
            Where do you have {key} from?
            """,
            use="""
            What is your own aim with {key}?
            Which of your tasks calls for {key}?
            """,
        ),
        "access": topic(
            "data",
            """
            a password for {key} is issued to <staff|{staff}> and to no one else at {co}.
            {key} stay where they are, <measure|{measure}>, and <staff|{staff}> watch over them.
            in {our} buildings, {key} are always <measure|{measure}>.
            """,
            staff="""
            Which of your colleagues has a view of {key}?
            Who in your offices has got {key} on the screen?
            """,
            measure="""
            What have burglars and hackers got to beat to reach {key}?
            How secure is the place where you have {key}?
            """,
        ),
        "rights": topic(
            "request",
            """
            if you wish to {key}, do so <channel|{channel}>; {we} respond~ <deadline|in {days}>.
            nobody can {key} <refusal|when <refusal|{refusal}>>.
            {we} enable~ you to {key}, which is settled <deadline|{days} from receipt>.
            for customers who would rather {key}, the way is <channel|{channel}>, save
              <refusal|where <refusal|{refusal}>>.
            """,
            channel="""
            Which way do I go about it to {key}?
            Suppose I intend to {key}: where do I begin?
            """,
            deadline="""
            How patient must I be once I have asked to {key}?
            What is the longest wait before I may {key}?
            """,
            refusal="""
            What grounds are there to deny me when I hope to {key}?
            What would be an obstacle if I had to {key}?
            """,
        ),
    },
    headings={
        "data": lines("""
            Facts about your information
            Handling of records
            """),
        "request": lines("""
            Choices you have
            Contacting {us}
            """),
    },
    fillers=lines("""
        the wording of this notice was approved on {date}.
        {co} is a member of the national association of its trade.
        a short film on the home page explains the basics.
        all of this holds for guests and members alike.
        """),
)

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
            Records we hold
            """),
        "request": lines("""
            Getting your way
            Control over your account
            """),
    },
    fillers=lines("""
        {co} was founded by three friends and has grown since.
        the law of the place where {we} are registered governs this notice.
        translations exist, but the present text prevails.
        by “record” {we} mean anything that can be read by eye or machine.
        a printed edition, dated {date}, hangs in every branch.
        """),
)
