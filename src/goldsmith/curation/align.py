"""align: gold values into spans of their text, by the one word splitter.

A value is looked for in words, never inside of one ("25" is not found in "2.25"): first as it
stands, then normalised (case, white space, Unicode form, 1,250.00 = 1250, a currency sign that one
side lacks), then, where a bound is given, within an edit distance.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from goldsmith.curation.values import Unaligned, Value
from goldsmith.records import TaggedTokens
from goldsmith.strings.distance import within
from goldsmith.text import Span, normalise, spans_to_bio, split_words

How = Literal["exact", "normalised", "fuzzy"]
Fault = Literal["ambiguous", "not found", "empty"]
Ambiguous = Literal["leave", "first", "all"]
MAX_PLACES = 5
LEAST_CHARACTERS_AN_EDIT = 4
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Problem(NamedTuple):
    """A value that was not placed; `places` are the words around each candidate."""

    id: str
    label: str
    value: str
    fault: Fault
    places: tuple[str, ...] = ()


@dataclass
class Tally:
    """What alignment came to; counts by label and way, in values.

    Attributes:
        records: records written, of `seen`.
        left_out: records not written, because a value of theirs was not placed.
    """

    seen: int = 0
    records: int = 0
    left_out: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        """All of it as plain values."""
        return {
            "seen": self.seen,
            "records": self.records,
            "left_out": self.left_out,
            "counts": {label: dict(found) for label, found in sorted(self.counts.items())},
            "problems": [one._asdict() for one in self.problems],
        }

    def add(self, label: str, how: str) -> None:
        """Count one value."""
        self.counts.setdefault(label, Counter())[how] += 1


@dataclass(frozen=True)
class Way:
    """How values are placed.

    Attributes:
        fuzzy: greatest edit distance in characters, and at most one edit for four characters of
            the value; 0: none. Digits must agree all the same.
        ambiguous: what becomes of a value with several places.
        keep_incomplete: write a record although a value of its was not placed.
    """

    fuzzy: int = 0
    ambiguous: Ambiguous = "leave"
    keep_incomplete: bool = False


def align(records: Iterable[Unaligned], way: Way, tally: Tally) -> Iterator[TaggedTokens]:
    """Yield tagged records, counting in `tally` as it goes."""
    for record in records:
        tally.seen += 1
        text = _Text(record.text)
        spans, problems = _place(text, record, way, tally)
        tally.problems += problems
        if problems and not way.keep_incomplete:
            tally.left_out += 1
            continue
        tally.records += 1
        tags = spans_to_bio(sorted(spans), len(text.words))
        yield TaggedTokens(
            record.id, record.document_id, tuple(text.words), tuple(tags), record.split
        )


class _Text:
    """A text in words, and the same words normalised."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets = split_words(text)
        self.words = [text[start:end] for start, end in self.offsets]
        self.canonical = [canonical_word(word) for word in self.words]

    def around(self, start: int, end: int) -> str:
        """A span with three words on either side."""
        left, right = max(0, start - 3), min(len(self.words), end + 3)
        return self.text[self.offsets[left][0] : self.offsets[right - 1][1]]


def canonical_word(word: str) -> str:
    """A word without what does not make two values different.

    >>> [canonical_word(word) for word in ("1,250.00", "1.250,5", "Notes", "0.50")]
    ['1250', '1250.5', 'notes', '0.5']
    """
    folded = normalise(word)
    return _canonical_number(folded) if _NUMBER.fullmatch(folded) else folded


def _canonical_number(text: str) -> str:
    """The last of two kinds of separators is the decimal one; a lone comma before three digits is not."""
    points, commas = text.count("."), text.count(",")
    if points and commas:
        decimal = max(".", ",", key=text.rfind)
        thousands = "," if decimal == "." else "."
        text = text.replace(thousands, "").replace(decimal, ".")
    elif points + commas > 1 or re.fullmatch(r"\d{1,3},\d{3}", text):
        text = text.replace(",", "").replace(".", "")
    plain = text.replace(",", ".")
    if plain.count(".") > 1:
        return text
    whole = format(Decimal(plain), "f")
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def _is_currency(word: str) -> bool:
    return all(unicodedata.category(sign) == "Sc" for sign in word)


def _place(
    text: _Text, record: Unaligned, way: Way, tally: Tally
) -> tuple[list[Span], list[Problem]]:
    """Spans of the values that have a place, longest value first, and what has none."""
    spans: list[Span] = []
    problems: list[Problem] = []
    wanted = Counter(Value(one.label, one.value.strip()) for one in record.values)
    for one, number in sorted(wanted.items(), key=lambda item: -len(item[0].value)):
        how, places = _candidates(text, one.value, spans, way.fuzzy)
        chosen = places
        if len(places) > number:
            chosen = {"leave": [], "first": places[:number], "all": places}[way.ambiguous]
        spans += [Span(start, end, one.label) for start, end in chosen]
        fault: Fault = "ambiguous" if places and not chosen else "not found"
        fault = fault if one.value else "empty"
        shown = () if chosen else tuple(text.around(*place) for place in places[:MAX_PLACES])
        for turn in range(number):
            placed = turn < len(chosen)
            tally.add(one.label, how if placed else fault)
            if not placed:
                problems.append(Problem(record.id, one.label, one.value, fault, shown))
    return spans, problems


Place = tuple[int, int]


def _candidates(
    text: _Text, value: str, taken: Sequence[Span], fuzzy: int
) -> tuple[How, list[Place]]:
    """The first way in which a value is found at all, and its free places, as word ranges."""
    ways: tuple[tuple[How, Callable[[], list[Place]]], ...] = (
        ("exact", lambda: _exact(text, value)),
        ("normalised", lambda: _normalised(text, value)),
        ("fuzzy", lambda: _fuzzy(text, value, fuzzy)),
    )
    for how, find in ways if value else ():
        found = [place for place in find() if _free(place, taken)]
        if found:
            return how, found
    return "exact", []


def _free(place: Place, taken: Sequence[Place | Span]) -> bool:
    return all(place[1] <= other[0] or other[1] <= place[0] for other in taken)


def _exact(text: _Text, value: str) -> list[Place]:
    starts = {start: place for place, (start, _) in enumerate(text.offsets)}
    ends = {end: place + 1 for place, (_, end) in enumerate(text.offsets)}
    found, position = [], text.text.find(value)
    while position >= 0:
        place = starts.get(position), ends.get(position + len(value))
        if place[0] is not None and place[1] is not None:
            found.append((place[0], place[1]))
        position = text.text.find(value, position + 1)
    return _apart(found)


def _apart(places: Iterable[Place]) -> list[Place]:
    """Those of the places, in their order, that overlap none before them."""
    found: list[Place] = []
    for place in places:
        if _free(place, found):
            found.append(place)
    return found


def _normalised(text: _Text, value: str) -> list[Place]:
    words = [canonical_word(value[start:end]) for start, end in split_words(value)]
    bare = [word for word in words if not _is_currency(word)]
    for wanted in (words, bare):
        size = len(wanted)
        places = range(len(text.words) - size + 1) if size else ()
        found = [(at, at + size) for at in places if text.canonical[at : at + size] == wanted]
        if found:
            return _apart(found)
    return []


def _fuzzy(text: _Text, value: str, bound: int) -> list[Place]:
    """The nearest places within the bound whose digits are the value's."""
    words = [canonical_word(value[start:end]) for start, end in split_words(value)]
    wanted, size = " ".join(words), len(words)
    bound = min(bound, len(wanted) // LEAST_CHARACTERS_AN_EDIT)
    found: list[tuple[int, int, int, int]] = []
    for length in range(max(1, size - 1), size + 2) if bound else ():
        for at in range(len(text.words) - length + 1):
            other = " ".join(text.canonical[at : at + length])
            steps = within(wanted, other, bound)
            if steps is not None and _digits(other) == _digits(wanted):
                found.append((steps, abs(length - size), at, at + length))
    least = min((steps for steps, *_ in found), default=0)
    return _apart((start, end) for steps, _, start, end in sorted(found) if steps == least)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)
