"""Words, spans and tags: the one word splitter and the one reading of BIO tags.

Knows no record type, no model and no file format.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from goldsmith.errors import DataError

OUTSIDE = "O"

# A number keeps its separators (1,250.5), a word its inner apostrophes and hyphens stay apart,
# and a possessive or any other sign is a word of its own, as in FiNER-139's tokens.
_WORD = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|['’]s\b|[^\W_]+|\S", re.UNICODE)

# Control and zero-width characters go, odd white space becomes a blank: offsets can follow.
GONE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\u180e]")
_BLANK = re.compile("[\x85\u00a0\u2000-\u200a\u202f\u205f\u3000\u2028\u2029]")


class Span(NamedTuple):
    """A labelled half-open range [start, end), over words or characters as its user says."""

    start: int
    end: int
    label: str


def normalise(text: str) -> str:
    """Fold what does not make two texts different: Unicode form, case and white space.

    >>> normalise("The  Company’s\\u00a0NOTES")
    'the company’s notes'
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def clean_text(text: str) -> str:
    """A text without control and zero-width characters, odd white space made blanks.

    >>> clean_text("2.25\\u00a0%\\x00 of\\u200b notes")
    '2.25 % of notes'
    """
    return _BLANK.sub(" ", GONE.sub("", text))


def require_whole(*texts: str) -> None:
    """Refuse a text that no file can hold, and no tokenizer takes.

    Raises:
        DataError: half of a surrogate pair in it.
    """
    try:
        for text in texts:
            text.encode()
    except UnicodeEncodeError as error:
        raise DataError(
            f"half of a surrogate pair (\\ud800 to \\udfff) is no text: character {error.start}"
        ) from None


def split_words(text: str) -> list[tuple[int, int]]:
    """Offsets of the words of a text, in Unicode code points, half-open.

    >>> [("LIBOR plus 2.25%."[a:b]) for a, b in split_words("LIBOR plus 2.25%.")]
    ['LIBOR', 'plus', '2.25', '%', '.']
    """
    return [match.span() for match in _WORD.finditer(text)]


def join_words(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The words joined by one space, and the offsets of each in the result.

    >>> join_words(["2.25", "%"])
    ('2.25 %', [(0, 4), (5, 6)])
    """
    offsets, position = [], 0
    for word in words:
        offsets.append((position, position + len(word)))
        position += len(word) + 1
    return " ".join(words), offsets


def is_tag(tag: str) -> bool:
    """Whether a tag is written legally: `O`, `B-label` or `I-label`."""
    return tag == OUTSIDE or (tag[:2] in ("B-", "I-") and len(tag) > 2)


def label_of(tag: str) -> str | None:
    """The label of a tag, None for `O`."""
    return None if tag == OUTSIDE else tag[2:]


def canonical_bio(tags: Sequence[str]) -> list[str]:
    """Make every entity begin with B-: an I- that continues nothing starts an entity.

    >>> canonical_bio(["I-A", "I-A", "O", "I-A", "I-B"])
    ['B-A', 'I-A', 'O', 'B-A', 'B-B']
    """
    result: list[str] = []
    previous: str | None = None
    for tag in tags:
        label = label_of(tag)
        if label is not None and tag.startswith("I-") and label != previous:
            tag = f"B-{label}"
        result.append(tag)
        previous = label
    return result


def bio_spans(tags: Sequence[str]) -> list[Span]:
    """The entities of BIO tags as spans over words.

    >>> bio_spans(["O", "B-A", "I-A", "B-A"])
    [Span(start=1, end=3, label='A'), Span(start=3, end=4, label='A')]
    """
    spans: list[Span] = []
    start, open_label = 0, None
    for place, tag in enumerate([*canonical_bio(tags), OUTSIDE]):
        if open_label is not None and not tag.startswith("I-"):
            spans.append(Span(start, place, open_label))
            open_label = None
        if tag.startswith("B-"):
            start, open_label = place, tag[2:]
    return spans


def spans_to_bio(spans: Sequence[Span], length: int) -> list[str]:
    """BIO tags of word spans that do not overlap; the inverse of `bio_spans`."""
    tags = [OUTSIDE] * length
    for start, end, label in spans:
        tags[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    return tags
