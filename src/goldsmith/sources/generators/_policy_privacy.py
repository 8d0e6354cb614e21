"""Wordings of privacy policies for training; the notation is that of `_policy_lexicon`."""

from goldsmith.sources.generators._policy_lexicon import Wordings, lines, topic

TRAIN = Wordings(
    topics={
        "retain": topic(
            "data",
            """
            {we} keep~ {key} <period|for <period|<period|{duration}> after {moment}>>, since
              <reason|{reason}>.
            {key} are stored <period|until {end}>. <after|They are then <after|{fate}>>, and no
              other copy is left.
            as <reason|{reason}>, {key} remain with {us} <period|for no less than {duration}>.
            <period|{duration} after {moment}>, {key} are <after|{fate}>.
            there is no fixed term for {key}: {we} part~ with them <period|as soon as {end}>.
            {we} must hold {key} <reason|because <reason|{reason}>>; once that has passed, they
              are <after|{fate}>.
            {key} do not stay with {us} for ever. The term is <period|{duration}>, counted from
              {moment}, and what follows is that they are <after|{fate}>.
            for {key} the clock starts with {moment} and stops <period|after {duration}>;
              afterwards they are <after|{fate}>.
            {we} hold~ {key} <period|for <period|<period|{duration}> after {moment}>>; the grounds
              are that <reason|{reason}, and that {reason}>.
            """,
            period="""
            How long do you hold on to {key}?
            When will {key} be gone from your systems?
            For what length of time does {co} store {key}?
            Is there a limit in time on keeping {key}?
            How soon can I expect that you no longer have {key}?
            Until what point do you have {key} on file?
            """,
            reason="""
            Why can you not delete {key} at once?
            What makes you hold on to {key} for that long?
            On what ground does {co} store {key} rather than wipe everything straight away?
            What is the excuse for keeping {key} so long?
            """,
            after="""
            What happens to {key} when the time is up?
            What becomes of {key} at the end of the storage?
            In which way do you get rid of {key}?
            What do you do with {key} when you have no more use for all that?
            """,
        ),
        "share": topic(
            "data",
            """
            {we} pass~ {key} on to <recipient|{recipient}> <purpose|so that they can
              <purpose|{purpose}>>.
            <recipient|{recipient}> receive {key} from {us}, <safeguard|{safeguard}>, in order
              to <purpose|{purpose}>.
            {key} are disclosed to <recipient|{recipient}>. They want them <purpose|to
              <purpose|{purpose}>> and get them <safeguard|{safeguard}>.
            to <purpose|{purpose}>, {key} travel to <recipient|{recipient}>.
            apart from <recipient|{recipient}>, no third party obtains {key} from {us}.
            if {key} leave {our} systems, it is <safeguard|{safeguard}> and only <purpose|to
              <purpose|{purpose}>>.
            {we} work~ with <recipient|{recipient}>, which see {key} <safeguard|{safeguard}>.
            the partners to whom {we} entrust~ {key} are <recipient|{recipient}>; they need them
              <purpose|to <purpose|{purpose}>>.
            {key} are sent to <recipient|{recipient}, {recipient} and {recipient}>, always
              <safeguard|{safeguard} and {safeguard}>.
            {we} disclose~ {key} for two purposes: <purpose|to {purpose}, and, as the case may be,
              to {purpose}>.
            """,
            recipient="""
            Who outside your company gets {key}?
            Which other firms do you give {key} to?
            Do you sell or hand {key} to anybody, and to whom?
            In whose hands can {key} end up besides yours?
            Name the third parties that are shown {key}.
            """,
            purpose="""
            Why do you hand {key} to outsiders?
            What do other companies do with {key}?
            For what end does {co} make {key} available to others?
            What use do third parties have for {key}?
            """,
            safeguard="""
            How do you make sure that outsiders treat {key} with care?
            What keeps the firms that are given {key} from abusing that?
            Under which terms may partners look at {key}?
            What protects me when {key} must go to a third party?
            """,
        ),
        "collect": topic(
            "data",
            """
            {we} collect~ {key} <moment|when <moment|{occasion}>>, and {we} use~ them <use|to
              <use|{use}>>.
            <moment|whenever <moment|{occasion}>>, {we} take~ down {key}.
            {key} reach {us} <moment|as <moment|{occasion}>>. They help {us} <use|{use}>.
            in order to <use|{use}>, {we} ask~ for {key}.
            {our} interest in {key} is limited to one aim: <use|to <use|{use}>>.
            {we} obtain~ {key} in one situation only, namely <moment|when <moment|{occasion}>>.
            {key} serve {us} <use|to <use|{use}>> and for nothing else.
            you hand {key} to {us} <moment|each time <moment|{occasion}>>; with their help {we}
              can <use|{use}>.
            {we} gather~ {key} <moment|when {occasion}, when {occasion} or when {occasion}>, and
              process~ them <use|in order to {use} and to {use}>.
            """,
            moment="""
            On what occasion do you get hold of {key}?
            How did {key} come into your possession?
            At which point does {co} come by {key}?
            When exactly do you start recording {key}?
            What must I do for you to have {key}?
            """,
            use="""
            What do you yourselves need {key} for?
            To what end does {co} itself work with {key}?
            What good do you get out of {key}?
            Why are you interested in {key}?
            What do you do with {key} in house?
            """,
        ),
        "access": topic(
            "data",
            """
            inside {co}, only <staff|{staff}> can open {key}, which are <measure|{measure}>.
            {key} are <measure|{measure}>.
            <staff|{staff}> have the right to look at {key}; all other employees are shut out.
            to keep intruders out, {key} are <measure|{measure}>; the keepers are
              <staff|{staff}>.
            access to {key} is limited to <staff|{staff}>.
            nobody on {our} payroll but <staff|{staff}> may view {key}. As a further precaution,
              such records are <measure|{measure}>.
            {we} see~ to it that {key} are <measure|{measure}> at all times.
            {key} may be seen by <staff|{staff}, {staff} and, where needed, {staff}>, and are
              <measure|{measure} as well as {measure}>.
            """,
            staff="""
            Who among your employees can see {key}?
            Which people at {co} may look at {key}?
            Can everybody who works for you read {key}, or who can?
            Whose job at your firm lets them see {key}?
            """,
            measure="""
            How do you keep hackers away from {key}?
            What have you done to make {key} safe?
            By what technical means does {co} protect {key}?
            Could a thief make use of {key}, or what stands in the way?
            """,
        ),
        "rights": topic(
            "request",
            """
            you may {key} <channel|{channel}>; an answer comes <deadline|within
              <deadline|{days}>>.
            to {key}, turn to {us} <channel|{channel}>.
            a wish to {key} is met <deadline|no later than {days} after it arrives>, except
              <refusal|where <refusal|{refusal}>>.
            <refusal|if <refusal|{refusal}>>, {we} may turn down a request to {key}.
            {we} allow~ you to {key}. Please contact {us} <channel|{channel}>, and allow
              <deadline|up to {days}> for it.
            the law entitles you to {key}, but not <refusal|where <refusal|{refusal}>>.
            whoever wants to {key} does so <channel|{channel}>. It takes {us}
              <deadline|{days} at most>.
            it is free of charge to {key}; {we} act~ <deadline|within <deadline|{days}>> unless
              <refusal|{refusal}>.
            to {key}, you can choose your way: <channel|{channel}, {channel} or {channel}>. {we}
              shall refuse <refusal|where {refusal}, or where {refusal}>.
            """,
            channel="""
            How can I {key}?
            Where do I turn if I want to {key}?
            What steps must I take to {key}?
            I would like to {key}. How is that done?
            """,
            deadline="""
            How long will you take when I ask to {key}?
            How quickly do you react if I wish to {key}?
            By when must {co} let me {key}?
            I want to {key}. How many days will that last?
            """,
            refusal="""
            In which case can you say no when I ask to {key}?
            When am I not allowed to {key}?
            What could stop me if I try to {key}?
            Are there circumstances in which {co} will not let me {key}?
            """,
        ),
    },
    headings={
        "data": lines("""
            Your data
            What {we} know~ about you
            Collection, storage and disclosure
            The life of your data
            Who sees what
            """),
        "request": lines("""
            Your rights
            What you can ask of {us}
            Requests
            """),
    },
    fillers=lines("""
        in this policy, “{co}” stands for the whole group, wherever it is based.
        {we} take~ your privacy seriously.
        this section applies to the website, to the app and in the shops alike.
        please read the following lines with care.
        words in capital letters have the meaning given in section 1.
        this version has been in force since {date}.
        {we} may amend this section; the latest text is always online.
        nothing in this section limits the rights that consumers have by law.
        """),
)
