"""BIO tags as columns: n lists of tags at once."""

import contextlib
from collections import OrderedDict
from functools import cached_property
from typing import Any

import numpy as np

OUTSIDE = "O"


class Tags:
    """n lists of tags, flattened and coded.

    Attributes:
        starts: (n + 1) offsets of the lists in what is flat.
        parents: (t) the list of each tag.
        names: the distinct tags.
        codes: (t) place of each tag in `names`.
    """

    def __init__(self, lists: Any) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        values = lists.flatten()
        coded = pc.dictionary_encode(values)
        if isinstance(coded, pa.ChunkedArray):
            coded = coded.combine_chunks()
        sizes = np.asarray(pc.fill_null(pc.list_value_length(lists), 0))
        self.starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
        self.parents = np.repeat(np.arange(len(sizes)), sizes)
        self.names: list[str] = coded.dictionary.to_pylist()
        self.codes = np.asarray(coded.indices)

    def of_names(self, function: Any, dtype: Any) -> np.ndarray:
        """(t) values of a function of the tag, computed once a distinct tag."""
        table = np.array([function(name) for name in self.names], dtype=dtype)
        return table[self.codes] if len(self.names) else np.zeros(0, dtype=dtype)

    def first_in_list(self) -> np.ndarray:
        """(t) whether a tag is the first of its list."""
        result = np.zeros(len(self.codes), dtype=bool)
        result[self.starts[:-1][np.diff(self.starts) > 0]] = True
        return result

    @cached_property
    def continuing(self) -> np.ndarray:
        """(t) whether a tag is an I- that has its own label right before it in its list."""
        labels: dict[str, int] = {}
        label = self.of_names(
            lambda tag: -1 if tag == OUTSIDE else labels.setdefault(tag[2:], len(labels)), np.int64
        )
        inside = self.of_names(lambda tag: tag.startswith("I-"), bool)
        before = np.concatenate([[-1], label[:-1]]) if len(label) else label
        return inside & (before == label) & ~self.first_in_list()

    def dangling(self) -> np.ndarray:
        """(t) whether a tag is an I- that continues nothing."""
        return self.of_names(lambda tag: tag.startswith("I-"), bool) & ~self.continuing

    def any_in_list(self, flags: np.ndarray) -> np.ndarray:
        """(n) whether a list has a flagged tag."""
        return np.bincount(self.parents[flags], minlength=len(self.starts) - 1) > 0

    def lists(self, values: Any) -> Any:
        """(t) strings as n lists of the same lengths."""
        import pyarrow as pa

        return pa.ListArray.from_arrays(self.starts, values)


_RECENT: OrderedDict[tuple[int, ...], tuple[Any, Tags]] = OrderedDict()
_KEPT = 4


def coded(lists: Any) -> Tags:
    """`Tags` of n lists; of the few lists asked for last it is kept, since every rule asks again."""
    values = lists.values
    key = (*(one.address for one in values.buffers() if one), lists.offset, len(lists))
    known = _RECENT.get(key)
    if known is None:
        known = (lists, Tags(lists))  # the lists too, so that their place is not taken anew
        _RECENT[key] = known
        while len(_RECENT) > _KEPT:
            with contextlib.suppress(KeyError):  # another thread was faster
                _RECENT.popitem(last=False)
    return known[1]


def canonical(lists: Any) -> Any:
    """n lists of canonical BIO tags: an I- that continues nothing starts an entity."""
    import pyarrow as pa
    import pyarrow.compute as pc

    tags = coded(lists)
    stray = tags.dangling()
    if not stray.any():
        return lists
    values = pa.array(tags.names, pa.string()).take(pa.array(tags.codes))
    opened = pc.replace_substring_regex(values, "^I-", "B-")
    return tags.lists(pc.if_else(pa.array(stray), opened, values))


def relabel(lists: Any, new_name: Any) -> Any:
    """n lists with each tag replaced by `new_name(tag)`."""
    import pyarrow as pa

    tags = coded(lists)
    names = pa.array([new_name(name) for name in tags.names], pa.string())
    return tags.lists(names.take(pa.array(tags.codes)))


def entity_labels(lists: Any) -> Any:
    """n lists with the label of every entity that starts in a list of tags."""
    import pyarrow as pa

    tags = coded(lists)
    starts = tags.of_names(lambda tag: tag.startswith(("B-", "I-")), bool) & ~tags.continuing
    counts = np.bincount(tags.parents[starts], minlength=len(tags.starts) - 1)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    names = pa.array([name[2:] for name in tags.names], pa.string())
    return pa.ListArray.from_arrays(offsets, names.take(pa.array(tags.codes[starts])))


def has_entity(lists: Any) -> np.ndarray:
    """(n) whether a list has a tag other than O."""
    tags = coded(lists)
    return tags.any_in_list(tags.of_names(lambda tag: tag != OUTSIDE, bool))
