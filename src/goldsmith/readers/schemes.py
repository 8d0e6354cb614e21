"""Tag schemes: which one a set is written in, and every one of them made BIO."""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

Scheme = Literal["auto", "bio", "iob1", "bilou"]

# The last word and the only word of an entity: L and U in BILOU, E and S in IOBES.
_BILOU = {"L-": "I-", "E-": "I-", "U-": "B-", "S-": "B-"}


def detect(sentences: Iterable[Sequence[str]]) -> Scheme:
    """The scheme of a set.

    Any L-, U-, S- or E- means bilou; more entities that begin with I- than with B- mean iob1;
    all else is bio, in which an I- that continues nothing stays for validation to find.

    >>> detect([["I-PER", "I-PER", "O", "I-LOC"]])
    'iob1'
    >>> detect([["B-PER", "L-PER", "O", "U-LOC"]])
    'bilou'
    """
    begins = inners = 0
    for tags in sentences:
        kinds = set(tags)
        kinds.discard("O")
        if not kinds:
            continue
        if any(kind[:2] in _BILOU for kind in kinds):
            return "bilou"
        before = "O"
        for tag in tags:
            begins += tag[:2] == "B-"
            inners += _begins_inside(tag, before)
            before = tag
    return "iob1" if inners > begins else "bio"


def _begins_inside(tag: str, before: str) -> bool:
    return tag[:2] == "I-" and (before[:2] not in ("B-", "I-") or before[2:] != tag[2:])


def converter(scheme: Scheme) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """What makes the tags of one sentence BIO; unknown prefixes are left as they are."""
    return {"iob1": _from_iob1, "bilou": _from_bilou}.get(scheme, _as_they_are)


def _as_they_are(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tags


def _from_iob1(tags: tuple[str, ...]) -> tuple[str, ...]:
    before = ("O", *tags)
    return tuple(
        f"B-{tag[2:]}" if _begins_inside(tag, last) else tag
        for last, tag in zip(before, tags, strict=False)
    )


def _from_bilou(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_BILOU.get(tag[:2], tag[:2]) + tag[2:] for tag in tags)
