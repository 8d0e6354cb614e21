"""The rhetoric of abstracts: sentences into which asks, methods and numbers are put.

{ask} is the paper's own question; {other} and {third} are questions of other fields that the
paper names and does not ask. {things}, {quantity}, {data} and {events} are of the theme.
"""

from typing import NamedTuple


class Frames(NamedTuple):
    """The sentences of one pool, by their part in an abstract.

    `before`, `after` and `late` name another field's question: before the own one is stated,
    right behind it, and at the end.
    """

    titles: tuple[str, ...]
    telling_titles: tuple[str, ...]
    openings: tuple[str, ...]
    before: tuple[str, ...]
    aims: tuple[str, ...]
    after: tuple[str, ...]
    methods: tuple[str, ...]
    results: tuple[str, ...]
    late: tuple[str, ...]
    ends: tuple[str, ...]


TRAIN_FRAMES = Frames(
    titles=(
        "{tool} for {things}",
        "{things} and {events}: new evidence from {data}",
        "{quantity} in {things}",
        "{things} revisited with {tool}",
        "{data} of {things}: the {project} project",
        "a note on {events}",
        "from {data} to {quantity}",
        "{project}: {things}, {events} and {tool}",
        "when {tool} met {data}",
    ),
    telling_titles=("{ask}", "on {ask}", "{project}: {ask}", "{ask}: a study with {tool}"),
    openings=(
        "{things} have been studied for decades, yet {quantity} is still poorly known.",
        "in recent years, {data} of {things} have become plentiful.",
        "{events} in {things} remain a puzzle.",
        "since {year}, {data} have changed the way in which {things} are looked at.",
        "{quantity} of {things} is known to vary by a factor of {n}.",
        "few subjects have gained as much from {tool} as {things} have.",
        "the {project} collaboration has collected {many} {data}.",
        "reports of {events} in {things} have multiplied since {year}.",
        "it is widely held that {events} shape {quantity}.",
        "this is part of the {project} series on {things}.",
    ),
    before=(
        "earlier work was concerned with {other}.",
        "most papers on {things} study {other}, and many study {third}.",
        "a large literature deals with {other}; little of it looks any further.",
        "{tool} came into use in order to settle {other}.",
        "{data} are usually gathered in order to find out about {other}.",
        "while {other} has been examined at length, the question of this paper has not.",
        "it is tempting to read {data} as a lesson on {other}, or on {third}.",
        "previous parts of the {project} series addressed {other}.",
    ),
    aims=(
        "in this paper we study {ask}.",
        "we investigate {ask}.",
        "our subject is {ask}.",
        "here we address {ask}.",
        "the present work is about {ask}.",
        "we revisit {ask}, taking {things} as the example.",
        "this article examines {ask}.",
        "we report progress on {ask}.",
        "the problem that we solve is {ask}.",
    ),
    after=(
        "we do not deal with {other}.",
        "this is not a paper on {other}, although it uses the same {data}.",
        "by contrast, {other} is taken as given.",
        "questions such as {other} or {third} are outside our scope.",
        "our concern differs from that of those who study {other}.",
        "the companion paper, written by another group, turns to {other}.",
        "we leave {other} to others.",
    ),
    methods=(
        "to this end we apply {tool} to {many} {data}.",
        "our approach combines {tool} with {tool2}.",
        "the analysis rests on {tool} and is repeated for {n} samples.",
        "we use {tool}, with tolerance {tex}, on {data} recorded since {year}.",
        "technically, we borrow {tool} from another discipline.",
        "the argument is illustrated by {tool} and by {many} {data}.",
        "with the help of {tool} we follow {events} through {n} stages.",
        "{data} from the {project} archive are processed with {tool}.",
        "we adapt {tool}, which others have used on {events}, to our needs.",
    ),
    results=(
        "we find a clear dependence on {quantity}, with a slope of {small} at {sigma}.",
        "the effect amounts to {pct} and holds for {things} of every kind.",
        "the results agree with {n} earlier reports and disagree with {digit}.",
        "for {tex} the picture changes, and {events} no longer matter.",
        "an error of {pct} remains, mostly because of {events}.",
        "our answer is robust to the choice of {tool2}.",
        "in {pct} of the cases {events} come first and {quantity} follows.",
        "comparison with {data} confirms this to within {pct}.",
        "a simple relation, {tex}, sums up what we see.",
    ),
    late=(
        "the same data may help those who work on {other}.",
        "in the long run this may bear on {other}.",
        "we close with remarks on how others might attack {other}.",
        "a reader who is interested in {other} will find the tables useful, but no answer.",
        "some authors will see here a hint on {other}; we do not pursue it.",
        "what this means for {other}, and for {third}, is left open.",
    ),
    ends=(
        "code and {data} are available from the {project} website.",
        "implications for future work on {things} are discussed.",
        "we end with a list of open problems.",
        "our findings call for more {data}.",
        "limitations are discussed in the last section.",
        "all computations took {n} hours on a desktop computer.",
        "a longer version will appear elsewhere.",
    ),
)
"""The sentences of training, and of the known wordings of the other splits."""
