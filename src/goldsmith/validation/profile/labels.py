"""Labels of all records at once: which are written in two ways, which are not listed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np


def has_label(lists: Any, wanted: Iterable[str]) -> np.ndarray:
    """(n) whether one of n lists of labels holds one of the wanted ones."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = lists.combine_chunks() if isinstance(lists, pa.ChunkedArray) else lists
    names = list(wanted)
    result = np.zeros(len(whole), dtype=bool)
    if names:
        found = pc.is_in(whole.flatten(), pa.array(names, pa.string()))
        result[np.asarray(pc.list_parent_indices(whole))[np.asarray(found)]] = True
    return result


def seen(lists: Any, wanted: Iterable[str]) -> np.ndarray:
    """(n) the first wanted label that each of n lists holds; empty where it holds none."""
    names = set(wanted)
    result = np.full(len(lists), "", dtype=object)
    if names:
        for place in np.flatnonzero(has_label(lists, names)):
            result[place] = next(one for one in lists[int(place)].as_py() if one in names)
    return result


def odd_names(found: dict[str, int], listed: Sequence[str] | None) -> set[str]:
    """Labels that are not listed, or that another, commoner label equals but for its writing.

    >>> sorted(odd_names({"card_lost": 40, "Card lost": 2}, None))
    ['Card lost']
    """
    odd = set(found) - set(listed) if listed is not None else set()
    alike: dict[str, list[str]] = defaultdict(list)
    for name in found:
        alike[re.sub(r"[\W_]+", "", name.casefold()) or name].append(name)
    for names in alike.values():
        best = max(names, key=lambda name: (found[name], name))
        odd |= set(names) - {best}
    return odd
