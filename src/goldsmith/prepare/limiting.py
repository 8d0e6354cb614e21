"""`limit`: a share of the records, the same of each label, chosen by hashes of the records.

Each record gets a place in 0..1: its rank by hash among the records of its labels, divided by their
number. The records with the smallest places stay. So every label keeps its share without quotas
that have to be rounded, and more data only move places a little: who stays, mostly stays.
"""

from dataclasses import replace

import numpy as np
from xxhash import xxh3_64_intdigest

from goldsmith import columns
from goldsmith.columns import tags as tag_columns
from goldsmith.prepare.deciding import Decided, Narrow
from goldsmith.splits import GOLDENS

LIMIT = "limit"  # the rule's name among what is dropped
_U64 = np.uint64


def limited(decided: Decided, found: Narrow, stratum: np.ndarray, limit: int, salt: str) -> Decided:
    """`decided` with no more than `limit` records of the source that stay; goldens all do.

    Args:
        decided, found: n records.
        stratum: (n) as from `strata`.
        limit, salt: of the configuration.
    """
    of_source = np.array(found.source_splits, dtype=object) != GOLDENS
    places = np.flatnonzero((decided.out == "") & of_source)
    out = decided.out.copy()
    out[places[beyond(limit, found.text_key[places], stratum[places], salt)]] = LIMIT
    return replace(decided, out=out)


def strata(kind: str, batch: columns.Batch) -> np.ndarray:
    """(n) uint64: equal where records carry the same set of labels."""
    import pyarrow as pa
    import pyarrow.compute as pc

    lists = (
        tag_columns.entity_labels(batch.column("tags"))
        if kind == "tagged_tokens"
        else columns.labels(kind, batch)
    )
    coded = pc.dictionary_encode(lists.flatten())
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    rows = np.repeat(np.arange(len(lists)), np.asarray(pc.list_value_length(lists)))
    names = coded.dictionary.to_pylist()
    size = max(len(names), 1)
    pairs = np.unique(rows * size + np.asarray(coded.indices, dtype=np.int64))
    hashes = np.array([xxh3_64_intdigest(name.encode()) for name in names] or [0], dtype=_U64)
    result = np.zeros(len(lists), dtype=_U64)
    np.add.at(result, pairs // size, hashes[pairs % size])  # wraps around: a hash of the set
    return result


def beyond(limit: int, text_key: np.ndarray, stratum: np.ndarray, salt: str) -> np.ndarray:
    """(n) which of n records do not stay.

    Args:
        limit: how many stay.
        text_key: (n) uint64 hashes of their inputs.
        stratum: (n) as from `strata`.
        salt: another one chooses others.
    """
    count = len(text_key)
    if count <= limit:
        return np.zeros(count, dtype=bool)
    seed = np.array(xxh3_64_intdigest(f"{LIMIT}|{salt}".encode()), dtype=_U64)
    mixed = _mixed(text_key ^ seed)
    order = np.lexsort((mixed, stratum))
    ordered = stratum[order]
    first = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    starts = np.flatnonzero(first)
    sizes = np.diff(np.append(starts, count))
    rank = np.arange(count) - np.repeat(starts, sizes)
    # Within its rank a record lies by its own hash: else all labels that stand once would stay
    # together or go together.
    within = mixed[order] / 2.0**64
    place = np.empty(count)
    place[order] = (rank + within) / np.repeat(sizes, sizes)
    result = np.ones(count, dtype=bool)
    result[np.lexsort((mixed, place))[:limit]] = False
    return result


def _mixed(values: np.ndarray) -> np.ndarray:
    """(n) uint64, each bit of which depends on every bit of its value: the finaliser of SplitMix64.

    Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
    """
    values = (values ^ (values >> _U64(30))) * _U64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> _U64(27))) * _U64(0x94D049BB133111EB)
    return values ^ (values >> _U64(31))
