"""Sentences of abstracts that training never sees; the notation is that of `_science_frames`."""

from goldsmith.sources.generators._science_frames import Frames

VALIDATION_FRAMES = Frames(
    titles=(
        "a fresh look at {things}",
        "{events}, {things} and the use of {tool}",
        "lessons from {project}",
    ),
    telling_titles=("{ask} (the {project} report)", "notes on {ask}"),
    openings=(
        "everybody who has looked at {things} has met {events}.",
        "what is known of {quantity} comes from {data} of uneven quality.",
        "{project} was launched in {year} with a view to {things}.",
        "around {many} {data} are now public.",
    ),
    before=(
        "up to now, the debate has turned on {other}.",
        "those who gathered the {data} wanted to know about {other}.",
        "textbooks on {things} devote whole chapters to {other}, some to {third}.",
    ),
    aims=(
        "what we want to understand is {ask}.",
        "our aim is to clarify {ask}.",
        "we take up {ask}.",
        "the focus here is on {ask}.",
    ),
    after=(
        "we keep silent about {other}.",
        "no attempt is made to resolve {other}.",
        "that question must not be confused with {other}, nor with {third}.",
    ),
    methods=(
        "the tools of the trade are {tool} and {tool2}.",
        "we feed {many} {data} to {tool}.",
        "calculations were done by means of {tool}.",
        "evidence comes from {data} and from {tool}, at a resolution of {tex}.",
    ),
    results=(
        "the main outcome is a shift of {pct}, seen at {sigma}.",
        "half of the variation disappears once {quantity} is accounted for.",
        "up to {tex} nothing changes; beyond it {events} take over.",
        "the pattern recurs in {n} of {many} samples.",
    ),
    late=(
        "an outlook touches on {other}.",
        "whether this has consequences for {other} we cannot say.",
        "colleagues who care for {other} may wish to reuse the material.",
    ),
    ends=(
        "supplementary tables are provided.",
        "we thank the {project} team for {data}.",
        "extensions are sketched.",
    ),
)
"""The sentences of validation alone."""

TEST_FRAMES = Frames(
    titles=(
        "{things} under scrutiny",
        "what {data} can and cannot say",
        "{tool}, {things} and {quantity}",
        "beyond {events}",
        "{project} II: a second sample of {things}",
        "{data}, {tool} and the case of {things}",
    ),
    telling_titles=("towards {ask}", "{ask} in the {project} sample", "some thoughts on {ask}"),
    openings=(
        "hardly a month passes without news of {events}.",
        "there is no shortage of {data}, but {quantity} has proved elusive.",
        "for all the attention that {things} receive, basic facts are missing.",
        "models of {things} disagree about {quantity} by up to {pct}.",
        "when {project} started in {year}, it was thought that {events} were rare.",
        "modern instruments deliver {many} {data} per week.",
        "{tool} came late to the study of {things}.",
    ),
    before=(
        "the bulk of what has been published revolves around {other}.",
        "experts have quarrelled over {other}; some have gone on to {third}.",
        "{things} are best known for the part they play in discussions of {other}.",
        "{project} was conceived as a contribution to {other}.",
        "so far, {data} have served one purpose above all: to throw light on {other}.",
        "attempts to pin down {other} have absorbed most of the effort.",
    ),
    aims=(
        "this manuscript sets out to elucidate {ask}.",
        "we tackle {ask}.",
        "it is our purpose to work out {ask}.",
        "the question that we pose is another one: {ask}.",
        "at the centre of this contribution stands {ask}.",
        "we shed light on {ask}.",
        "what interests us is {ask}.",
    ),
    after=(
        "readers should not expect a treatment of {other}.",
        "we set aside {other}, and likewise {third}.",
        "on {other} we have nothing to add.",
        "although it sounds similar, {other} is a different matter.",
        "nor do we touch upon {other}.",
        "a separate line of research, foreign to ours, pursues {other}.",
    ),
    methods=(
        "we bring {tool} to bear on {data}.",
        "the workhorse is {tool}, supplemented by {tool2}.",
        "starting from {many} {data}, we proceed with {tool}.",
        "{data} were re-analysed from scratch; {tool} served as a check.",
        "our recipe has {digit} ingredients, among them {tool} and the cut {tex}.",
        "implementing {tool} at this scale took {n} months.",
        "{tool} will be employed throughout.",
    ),
    results=(
        "on balance, {quantity} goes up by {pct} wherever {events} occur.",
        "the signal is unmistakable ({sigma}) and independent of {tool2}.",
        "two regimes emerge, parted by {tex}.",
        "among {many} cases, {n} run counter to the rule.",
        "the agreement with {data} is better than {pct}.",
        "contrary to expectation, {events} leave no trace.",
        "the leading term is {tex}; corrections stay under {pct}.",
    ),
    late=(
        "somebody else may draw conclusions as to {other}.",
        "speculation about {other} is best left for another occasion.",
        "should these numbers also matter for {other} or for {third}, so much the better.",
        "in passing we mention {other}, without going into it.",
        "spin-offs in the direction of {other} are conceivable.",
    ),
    ends=(
        "scripts are deposited alongside the {data}.",
        "caveats are spelt out.",
        "a follow-up with twice as many {data} is planned.",
        "we conclude by asking for independent checks.",
        "an appendix collects the technical details.",
    ),
)
"""The sentences of test alone."""
