"""Faults of queries, their judgements and the corpus."""

from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.columns import Batch
from goldsmith.config.sections import Validation


class QueryFaults:
    """Flags of queries; documents are held against the corpus beside them."""

    def __init__(self, bounds: Validation, folder: Path) -> None:
        import pyarrow.parquet as pq

        corpus = folder / "corpus.parquet"
        found = pq.read_table(corpus, columns=["document_id"]) if corpus.is_file() else None
        # Not by its truth: a table without rows is false, and every judged document is missing in it.
        self._documents = None if found is None else found.column("document_id").combine_chunks()
        self._records = 0

    def of_batch(self, batch: Batch) -> dict[str, np.ndarray]:
        """(b) flags by check; of missing documents the first of each query."""
        import pyarrow.compute as pc

        relevant = batch.column("relevant")
        size = batch.num_rows
        self._records += size
        judged, query = relevant.flatten(), np.asarray(pc.list_parent_indices(relevant))
        named = pc.struct_field(judged, "document_id")
        missing, seen = np.zeros(size, dtype=bool), np.full(size, "", dtype=object)
        if self._documents is not None:
            absent = np.flatnonzero(~np.asarray(pc.is_in(named, self._documents)))
            missing[query[absent]] = True
            seen[query[absent[::-1]]] = [named[int(place)].as_py() for place in absent[::-1]]
        none = np.ones(size, dtype=bool)
        none[query[np.asarray(pc.struct_field(judged, "grade")) > 0]] = False
        return {"judgements": none, "judged_documents": missing, "judged_documents.seen": seen}

    def of_all(self, labels: Any) -> dict[str, np.ndarray]:
        """(n) flag label_set: queries carry no label."""
        return {"label_set": np.zeros(self._records, dtype=bool)}


def profile_corpus(path: Path) -> Any:
    """One row a document of the corpus: id and the flags unique_documents, empty_documents."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    corpus = pq.read_table(path)
    ids = corpus.column("document_id")
    repeated = ids.to_pandas().duplicated().to_numpy()
    written = pc.binary_join_element_wise(corpus.column("title"), corpus.column("text"), "")
    empty = pc.invert(pc.match_substring_regex(written, r"\S"))
    return pa.table({"id": ids, "unique_documents": pa.array(repeated), "empty_documents": empty})
