"""Keys of strings: 64-bit hashes by which equal inputs are found, and the folding before them."""

from typing import Any

import numpy as np

from goldsmith.text import normalise

_BLANK = 32


def keys(strings: Any) -> np.ndarray:
    """n 64-bit hashes (XXH3) of n strings."""
    from xxhash import xxh3_64_intdigest

    written = map(str.encode, strings.to_pylist())
    return np.fromiter(map(xxh3_64_intdigest, written), np.uint64, len(strings))


def fold(strings: Any) -> Any:
    """n strings, each as `text.normalise` has it: what does not make two texts different is gone.

    Most texts are ASCII with single blanks: for them lower case is all there is to do.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    odd = _oddly_spaced(strings) | ~np.asarray(pc.string_is_ascii(strings)).astype(bool)
    lower = pc.ascii_lower(strings)
    places = np.flatnonzero(odd)
    if not len(places):
        return lower
    folded = [normalise(value) for value in strings.take(pa.array(places)).to_pylist()]
    return pc.replace_with_mask(lower, pa.array(odd), pa.array(folded, lower.type))


def _oddly_spaced(strings: Any) -> np.ndarray:
    """(n) whether a string has white space other than single blanks between words."""
    data, ends = flat_bytes(strings)
    blank = data == _BLANK
    # A blank counts as white space at both ends of a string: two in a row, or one at an end.
    before = np.concatenate([[True], blank[:-1]]) if len(data) else blank
    filled = ends > np.concatenate([[0], ends[:-1]])
    first = np.concatenate([[0], ends[:-1]])[filled]
    before[first] = True
    odd = data < _BLANK
    odd |= blank & before
    odd[ends[filled] - 1] |= blank[ends[filled] - 1]
    result = np.zeros(len(ends), dtype=bool)
    result[np.searchsorted(ends, np.flatnonzero(odd), side="right")] = True
    return result


def flat_bytes(strings: Any) -> tuple[np.ndarray, np.ndarray]:
    """The UTF-8 bytes of n strings in a row, and (n) where each ends."""
    import pyarrow as pa

    width = np.int64 if pa.types.is_large_string(strings.type) else np.int32
    _, offsets, data = strings.buffers()
    if not len(strings) or data is None:
        return np.zeros(0, dtype=np.uint8), np.zeros(len(strings), dtype=np.int64)
    places = np.frombuffer(offsets, dtype=width)[strings.offset :][: len(strings) + 1]
    found = np.frombuffer(data, dtype=np.uint8)[places[0] : places[-1]]
    return found, (places[1:] - places[0]).astype(np.int64)
