"""Faults of tagged sentences."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from goldsmith import columns
from goldsmith.columns import Batch
from goldsmith.columns.tags import Tags, coded
from goldsmith.config.sections import Validation
from goldsmith.text import is_tag
from goldsmith.validation.profile.boxes import boxes_beyond
from goldsmith.validation.profile.labels import has_label, odd_names, seen

# Well above the check's bound: the more tags have slipped, the less their label looks numeric.
NEARLY_ALL = 0.85
MIN_ENTITIES = 30
# Words that name nothing by themselves, in the languages of our use cases. "No" and "en" are
# amounts: no impairment, a table for one; so is "to", two in Danish.
_FUNCTION_WORDS = (
    "a an and are as at be but by for from had has have he her his if in into is it its not of on "
    "or our she so than that the their them then there these they this was we were which who "
    "will with you your af at de den der det er for fra har i ikke med og på som til var"
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
_NUMBER_WORDS = (
    "no nil zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred thousand million billion half quarter ingen nul en et to tre fire fem seks syv "
    "otte ni ti"
)
NUMBER_WORDS = frozenset(_NUMBER_WORDS.split())


class TaggedFaults:
    """Flags of tagged sentences; odd entities are told when all entities are known."""

    def __init__(self, bounds: Validation, folder: Path) -> None:
        self._bounds = bounds
        self._records = 0
        self._shapes = Shapes()
        self._numeric: dict[str, list[tuple[np.ndarray, np.ndarray]]] = defaultdict(list)

    def of_batch(self, batch: Batch) -> dict[str, np.ndarray]:
        """(b) flags by check."""
        import pyarrow.compute as pc

        tokens, tags = batch.column("tokens"), coded(batch.column("tags"))
        lengths = pc.not_equal(
            pc.list_value_length(tokens), pc.list_value_length(batch.column("tags"))
        )
        unequal = np.asarray(lengths).astype(bool)
        words = Words(tokens, self._shapes)
        flags = {
            "equal_lengths": unequal,
            "legal_tags": tags.any_in_list(~tags.of_names(is_tag, bool)),
            "legal_tags.seen": _illegal(tags),
            "dangling_inside": tags.any_in_list(tags.dangling()),
            "empty_tokens": words.any_in_list(words.are("blank")),
            "half_tagged_numbers": np.zeros(batch.num_rows, dtype=bool),
            "odd_entities": np.zeros(batch.num_rows, dtype=bool),
        }
        if not unequal.any():
            flags["half_tagged_numbers"] = words.any_in_list(_half_tagged(words, tags))
            flags["odd_entities"] = self._odd(words, tags)
        self._records += batch.num_rows
        if "boxes" in batch.schema.names:
            lost = pc.list_value_length(batch.column("missing"))
            flags["values_on_page"] = np.asarray(pc.greater(lost, 0)).astype(bool)
            flags["boxes_on_page"] = boxes_beyond(batch)
        return flags

    def _odd(self, words: "Words", tags: Tags) -> np.ndarray:
        """Entities of signs and function words alone; remembers which tagged words are numbers."""
        tagged = tags.of_names(lambda tag: tag != "O", bool)
        begins = tagged & ~tags.continuing
        entity = np.cumsum(begins) - 1
        members = entity[tagged]
        if not len(members):
            return np.zeros(len(tags.starts) - 1, dtype=bool)
        empty = words.are("empty_of_meaning")[tagged]
        hollow = np.bincount(members, weights=~empty, minlength=begins.sum()) == 0
        # A title may be made of such words alone: With You.
        plain = np.bincount(members, weights=~words.are("capital")[tagged], minlength=begins.sum())
        hollow &= (plain > 0) | (np.bincount(members, minlength=begins.sum()) == 1)
        parents = tags.parents[begins]
        numeric = np.bincount(members, weights=words.are("is_number")[tagged]) > 0
        names = tags.of_names(lambda tag: tag[2:], object)[begins]
        for name in set(names):
            chosen = names == name
            self._numeric[name].append((parents[chosen] + self._records, numeric[chosen]))
        return np.bincount(parents[hollow], minlength=len(tags.starts) - 1) > 0

    def of_all(self, labels: Any) -> dict[str, np.ndarray]:
        """(n) flags label_set and some_entity, and odd_entities for words among numbers."""
        odd = np.zeros(self._records, dtype=bool)
        for found in self._numeric.values():
            parents = np.concatenate([one for one, _ in found])
            numeric = np.concatenate([flag for _, flag in found])
            if len(numeric) >= MIN_ENTITIES and numeric.mean() >= NEARLY_ALL:
                odd[parents[~numeric]] = True
        support = columns.count(labels)
        names = odd_names(support, self._bounds.labels)
        nothing = np.full(self._records, not support)
        return {
            "label_set": has_label(labels, names),
            "label_set.seen": seen(labels, names),
            "some_entity": nothing,
            "odd_entities": odd,
        }


class Shapes(dict[str, int]):
    """What words are made of, bit by bit in the order of `KINDS`; looked at once a word."""

    KINDS: ClassVar[dict[str, Callable[[str], bool]]] = {
        "blank": lambda word: not word.strip(),
        "is_number": lambda word: _is_number(word),
        "capital": lambda word: word[:1].isupper(),
        "all_digits": str.isdigit,
        "three_digits": lambda word: word.isdigit() and len(word) == 3,
        "group": lambda word: word.isdigit() and len(word) <= 3,
        "point": lambda word: word == ".",
        "comma": lambda word: word == ",",
        "empty_of_meaning": lambda word: _is_empty_of_meaning(word),
    }
    MOST = 1_000_000  # words remembered

    def __missing__(self, word: str) -> int:
        found = sum(is_so(word) << bit for bit, is_so in enumerate(self.KINDS.values()))
        if len(self) < self.MOST:
            self[word] = found
        return found


class Words:
    """n lists of words, flattened: what each word is made of, a flag by kind of `Shapes`."""

    def __init__(self, lists: Any, shapes: Shapes) -> None:
        import pyarrow.compute as pc

        sizes = np.asarray(pc.list_value_length(lists))
        self.parents, self._lists = np.repeat(np.arange(len(sizes)), sizes), len(sizes)
        coded = pc.dictionary_encode(lists.flatten())
        names: list[str] = coded.dictionary.to_pylist()
        bits = np.fromiter(map(shapes.__getitem__, names), np.uint16, len(names))
        self._bits = bits[np.asarray(coded.indices)] if len(names) else bits

    def are(self, kind: str) -> np.ndarray:
        """(w) whether each word is of a kind, one of `Shapes.KINDS`."""
        bit = list(Shapes.KINDS).index(kind)
        flags: np.ndarray = self._bits >> np.uint16(bit) & np.uint16(1)
        return flags.astype(bool)

    def any_in_list(self, flags: np.ndarray) -> np.ndarray:
        """(n) whether a list has a flagged word."""
        return np.bincount(self.parents[flags], minlength=self._lists) > 0


def _illegal(tags: Tags) -> np.ndarray:
    """(n) the first illegal tag of each list; empty where there is none."""
    result = np.full(len(tags.starts) - 1, "", dtype=object)
    for place in np.flatnonzero(~tags.of_names(is_tag, bool))[::-1]:
        result[tags.parents[place]] = repr(tags.names[tags.codes[place]])
    return result


def _is_number(word: str) -> bool:
    return any(c.isdigit() for c in word) or word.casefold() in NUMBER_WORDS


def _is_empty_of_meaning(word: str) -> bool:
    if not any(c.isalnum() for c in word):
        return True
    # In capitals it is an abbreviation: ON is Ontario, IT a trade.
    abbreviation = len(word) > 1 and word.isupper()
    return word.casefold() in FUNCTION_WORDS and not abbreviation


def _half_tagged(words: Words, tags: Tags) -> np.ndarray:
    """(t) whether a word belongs to a number in three words, `2` `.` `25` or `1` `,` `250`, that
    is tagged in part."""
    size = len(tags.codes)
    result = np.zeros(size, dtype=bool)
    if size < 3:
        return result
    tagged = tags.of_names(lambda tag: tag != "O", bool)
    first, middle, last = slice(0, size - 2), slice(1, size - 1), slice(2, size)
    one_list = tags.parents[first] == tags.parents[last]
    decimal = words.are("point")[middle] & words.are("all_digits")[last]
    # Not "on May 18 , 388 claims": there the tag begins behind the comma.
    grouped = (
        words.are("group")[first] & words.are("comma")[middle] & words.are("three_digits")[last]
    )
    grouped &= tagged[first] | tagged[middle]
    number = one_list & words.are("all_digits")[first] & (decimal | grouped)
    parts = tagged[first].astype(int) + tagged[middle] + tagged[last]
    result[first] = number & (parts > 0) & (parts < 3)
    return result
