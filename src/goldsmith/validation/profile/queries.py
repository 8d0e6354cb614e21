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
        self._documents = found.column("document_id").combine_chunks() if found else None
        self._records = 0

    def of_batch(self, batch: Batch) -> dict[str, np.ndarray]:
        """(b) flags by check."""
        import pyarrow.compute as pc

        relevant = batch.column("relevant")
        size = batch.num_rows
        self._records += size
        named = pc.struct_field(relevant.flatten(), "document_id")
        missing = np.zeros(size, dtype=bool)
        if self._documents is not None:
            absent = ~np.asarray(pc.is_in(named, self._documents))
            missing[np.asarray(pc.list_parent_indices(relevant))[absent]] = True
        none = np.asarray(pc.equal(pc.fill_null(pc.list_value_length(relevant), 0), 0))
        return {"judgements": none, "judged_documents": missing}

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
