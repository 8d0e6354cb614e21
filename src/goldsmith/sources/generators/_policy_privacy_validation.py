"""Wordings of privacy policies for validation alone: choices made on it are not made on test."""

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
            {key} are kept on file by {us}, given that <reason|{reason} and that {reason}>.
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
            those who get to see {key} are <recipient|{recipient} and {recipient}>, who have
              <purpose|to {purpose}>.
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
            there are two occasions for noting {key}: <moment|if {occasion}, and if {occasion}>.
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
            {key} are there for <staff|{staff} as well as {staff}>.
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
            the ways open to those who {key} are as follows: <channel|{channel} and {channel}>.
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
