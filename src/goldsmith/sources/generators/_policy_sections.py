"""Composes sections: a context of clauses of the same form, and questions that must tell them
apart.

A section is planned as a grid of topics and keys with holes in it. What a hole would say is
asked for too: the context speaks of that key, and says of others what is asked, but not of it.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random
from typing import NamedTuple

from goldsmith.sources.generators._policy_lexicon import Key, Style
from goldsmith.sources.generators._policy_writer import Clause, Span, Writer

LONG = (500, 900)  # words of a context
_CLAUSE_WORDS = 20  # of a usual clause, to plan with
_FILLED = 0.8  # share of a grid that is not a hole
_FILLER_SHARE = 0.14
_HEADED_SHARE = 0.5
_MIXED_SHARE = 0.35
_EDGE_SHARE = 0.6  # of contexts that begin, and of those that end, with an answer
_BY_TOPIC_SHARE = 0.4
_STRANGER_SHARE = 0.15  # of unanswerable questions: the key is not in the context at all


class Asked(NamedTuple):
    """A question with its answers, the longest first; none if the context does not say.

    `others` are what the context says of other keys: the right form and the wrong answer. If it
    says none of that, they are the other answers in the context.
    """

    question: str
    answers: tuple[Span, ...]
    others: tuple[Span, ...]


class Section(NamedTuple):
    """A context and the questions on it."""

    context: str
    questions: tuple[Asked, ...]


class _Want(NamedTuple):
    """What can be asked for: an answer of a topic on a key; no spans if the context has none."""

    topic: str
    key: Key
    answer: str
    spans: tuple[Span, ...] = ()


def write(
    writer: Writer, style: Style, bounds: tuple[int, int], impossible: float, draw: Random
) -> Section:
    """Return a section whose context has between `bounds` words."""
    target = draw.randint(bounds[0] + 8, max(bounds[0] + 8, bounds[1] - 30))
    kinds = _kinds(writer, target, draw)
    heading = ""
    if draw.random() < _HEADED_SHARE:
        heading = writer.heading(kinds[0], style)
    clauses = _clauses(writer, style, kinds, (target, bounds[1] - len(heading.split()) - 1), draw)
    context, placed = _laid_out(heading, clauses, style, draw)
    count = draw.randint(3, 6) if bounds != LONG else draw.randint(6, 10)
    return Section(
        context, tuple(_asked(writer, style, context, placed, (count, impossible), draw))
    )


def _kinds(writer: Writer, target: int, draw: Random) -> list[str]:
    """The kinds of keys in a section, the main one first; kinds of more topics lead more often."""
    topics = [topic.kind for topic in writer.pool.wordings.topics.values()]
    first = draw.choice(topics)
    others = [kind for kind in dict.fromkeys(topics) if kind != first]
    draw.shuffle(others)
    if target < LONG[0]:
        others = others[: draw.random() < _MIXED_SHARE]
    return [first, *others]


def _clauses(
    writer: Writer, style: Style, kinds: list[str], bounds: tuple[int, int], draw: Random
) -> list[Clause]:
    """Clauses until the target (the lower bound) is reached, in a plausible order."""
    used: set[str] = set()
    found: list[Clause] = []
    words = 0
    for topic, key in _plan(writer, kinds, bounds[0], draw):
        filler = draw.random() < _FILLER_SHARE
        for clause in [writer.filler(style)] * filler + [writer.clause(topic, key, style, used)]:
            length = len(clause.text.split()) + 1  # with its number or letter
            if words + length <= bounds[1] and all(clause.text != one.text for one in found):
                found.append(clause)
                words += length
        if words >= bounds[0]:
            break
    draw.shuffle(found)
    if draw.random() < _BY_TOPIC_SHARE:
        order = list(writer.pool.wordings.topics)
        draw.shuffle(order)
        found.sort(key=lambda clause: order.index(clause.topic) if clause.topic else -1)
    return _with_edges(found, draw)


def _with_edges(clauses: list[Clause], draw: Random) -> list[Clause]:
    """Now and then a clause that begins with an answer first, and one that ends with one last."""
    opening = [one for one in clauses if any(s[0].start == 0 for s in one.answers.values())]
    closing = [
        one for one in clauses if any(s[0].end == len(one.text) - 1 for s in one.answers.values())
    ]
    if opening and draw.random() < _EDGE_SHARE:
        clauses.sort(key=lambda one: one is not opening[0])
    if closing and draw.random() < _EDGE_SHARE:
        clauses.sort(key=lambda one: one is closing[-1])
    return clauses


def _plan(writer: Writer, kinds: list[str], target: int, draw: Random) -> Iterator[tuple[str, Key]]:
    """Yield topics and keys, without the holes: enough for the target, and as many again."""
    topics = writer.pool.wordings.topics
    later: list[tuple[str, Key]] = []
    now: list[tuple[str, Key]] = []
    for place, kind in enumerate(kinds):
        names = [name for name, topic in topics.items() if topic.kind == kind]
        share = 1.0 if len(kinds) == 1 else 0.6 if not place else 0.4 / (len(kinds) - 1)
        wanted = target * share / _CLAUSE_WORDS
        keys = list(writer.pool.words.keys[kind])
        draw.shuffle(keys)
        few = max(2, round(wanted / len(names) / _FILLED))
        grid = list(product(names, keys[:few]))
        draw.shuffle(grid)
        filled = max(2, round(len(grid) * _FILLED)) if len(names) > 1 else len(grid)
        now += grid[:filled]
        later += product(names, keys[few:])
    draw.shuffle(now)
    draw.shuffle(later)
    yield from now
    yield from later
    # A pool of few words needs its other kinds too, to fill the context.
    rest = [
        pair
        for name, topic in topics.items()
        if topic.kind not in kinds
        for pair in product([name], writer.pool.words.keys[topic.kind])
    ]
    yield from draw.sample(rest, len(rest))


def _laid_out(
    heading: str, clauses: Sequence[Clause], style: Style, draw: Random
) -> tuple[str, list[Clause]]:
    """The context, and the clauses with their spans at their places in it."""
    number = draw.randint(1, 14)
    text = ""
    if heading:
        text = f"{heading}\n" if style.layout == "prose" else f"{number}. {heading}\n"
    placed = []
    for place, clause in enumerate(clauses):
        written = clause.text
        if style.layout in ("bullets", "lettered") and written.count(".") == 1:
            written = written.removesuffix(".")
        if place:
            text += "\n" if style.layout != "prose" or draw.random() < 0.3 else " "
        text += _mark(style.layout, number, place)
        moved = {
            name: tuple(Span(len(text) + start, len(text) + end) for start, end in spans)
            for name, spans in clause.answers.items()
        }
        placed.append(clause._replace(answers=moved))
        text += written
    return text, placed


def _mark(layout: str, number: int, place: int) -> str:
    if layout == "numbered":
        return f"{number}.{place + 1} "
    if layout == "lettered":
        return f"({chr(ord('a') + place % 26) * (1 + place // 26)}) "
    return "• " if layout == "bullets" else ""


def _asked(
    writer: Writer,
    style: Style,
    context: str,
    clauses: Sequence[Clause],
    how: tuple[int, float],
    draw: Random,
) -> Iterator[Asked]:
    """Yield questions, as many as wanted if the context has them, each on something else."""
    said = [
        _Want(clause.topic, clause.key, answer, spans)
        for clause in clauses
        if clause.key
        for answer, spans in clause.answers.items()
    ]
    told = [want for want in said if _told_once(context, want.spans)]
    unsaid = _unsaid(writer, said)
    draw.shuffle(told)
    draw.shuffle(unsaid)
    # A stable sort: strangers come last but for their share of the rounds.
    known = {want.key for want in said}
    for _ in range(how[0]):
        wants = unsaid if draw.random() < how[1] else told
        if not wants:
            continue
        stranger = wants is unsaid and draw.random() < _STRANGER_SHARE
        want = next((one for one in wants if (one.key not in known) == stranger), wants[0])
        wants.remove(want)
        question = writer.question(want.topic, want.key, want.answer, style)
        yield Asked(question, want.spans, _others(said, want))


def _others(said: Sequence[_Want], want: _Want) -> tuple[Span, ...]:
    """The same answer for other keys; if there is none, other answers."""
    alike = [one for one in said if one.answer == want.answer and one.key != want.key]
    rest = [one for one in said if (one.topic, one.key, one.answer) != want[:3]]
    return tuple(one.spans[0] for one in alike or rest)


def _told_once(context: str, spans: Sequence[Span]) -> bool:
    """Whether none of the answers' forms stands in the context twice."""
    return all(context.count(context[start:end]) == 1 for start, end in spans)


def _unsaid(writer: Writer, said: Sequence[_Want]) -> list[_Want]:
    """What the context says of some keys of a kind and not of others."""
    topics = writer.pool.wordings.topics
    have = {(want.topic, want.key, want.answer) for want in said}
    answers = dict.fromkeys((want.topic, want.answer) for want in said)
    return [
        _Want(topic, key, answer)
        for topic, answer in answers
        for key in writer.pool.words.keys[topics[topic].kind]
        if (topic, key, answer) not in have
    ]
