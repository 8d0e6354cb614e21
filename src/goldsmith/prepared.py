"""A prepared data set as a folder, and the views that training and scoring take of it."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from goldsmith.records import TYPES, Corpus, Passage, Query, Record
from goldsmith.settings import Settings
from goldsmith.splits import TEST, TRAIN, VALIDATION
from goldsmith.text import OUTSIDE

if TYPE_CHECKING:
    import datasets

RECORDS_FILE = "records.parquet"
LABELS_FILE = "labels.json"
COUNTS_FILE = "counts.json"
CORPUS_FILE = "corpus.parquet"  # of queries: the documents
FINAL = "final"
TEXT_KEY = "text_key"
WATCHED = 256  # most training records that are watched where there is no validation


class RecordView(Sequence[Any]):
    """A sequence of records over memory-mapped rows; a record exists only while it is used."""

    def __init__(
        self,
        rows: "datasets.Dataset",
        kind: type[Record],
        tags: str = "tags",
        corpus: Corpus | None = None,
    ) -> None:
        self._rows, self._kind, self._corpus = rows, kind, corpus
        # No raw tags are kept beside equal ones.
        self._tags = tags if tags in rows.column_names else "tags"

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> list[Any]: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        return self._record(self._rows[place])

    def __iter__(self) -> Iterator[Any]:
        return (self._record(row) for row in self._rows)

    def column(self, name: str, kind: type[np.generic]) -> np.ndarray:
        """(n) values of one column, of a numpy type: left to guess, big whole numbers become
        floats and lose their last digits."""
        return np.array(list(self._rows[name]), dtype=kind)

    def _record(self, row: dict[str, Any]) -> Any:
        found = self._kind.from_row(row | {"tags": row[self._tags]} if "tags" in row else row)
        return replace(found, corpus=self._corpus) if isinstance(found, Query) else found


class Prepared:
    """A prepared data set.

    A part is one model to train: `final`, and with folds also `fold-0`, `fold-1`, ... Part `fold-k`
    trains on every fold but k and holds fold k out.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.labels: list[str] = json.loads((folder / LABELS_FILE).read_text(encoding="utf-8"))
        self.counts: dict[str, Any] = json.loads((folder / COUNTS_FILE).read_text(encoding="utf-8"))

    @property
    def kind(self) -> str:
        """The record type."""
        return str(self.counts["record"])

    @property
    def label_names(self) -> list[str]:
        """What is to be learnt, by name: for tags their labels."""
        if self.kind != "tagged_tokens":
            return self.labels
        return sorted({tag[2:] for tag in self.labels if tag != OUTSIDE})

    @property
    def folds(self) -> int:
        """Number of folds; 0 where the data have a test split."""
        return int(self.counts["folds"])

    @property
    def parts(self) -> list[str]:
        """The models to train."""
        return [FINAL, *(f"fold-{number}" for number in range(self.folds))]

    @property
    def judged_parts(self) -> list[str]:
        """The parts whose held-out records the gates judge: the folds, else `final`."""
        return self.parts[1:] or [FINAL]

    @cached_property
    def _rows(self) -> "datasets.Dataset":
        import datasets

        datasets.disable_progress_bars()
        cache = Settings().home.absolute() / "datasets"
        return datasets.Dataset.from_parquet(str(self.folder / RECORDS_FILE), cache_dir=str(cache))

    @cached_property
    def _columns(self) -> dict[str, list[Any]]:
        return {name: list(self._rows[name]) for name in ("split", "fold", "in_training")}

    @cached_property
    def corpus(self) -> Corpus | None:
        """The documents that the records' queries are asked of; None for other records."""
        path = self.folder / CORPUS_FILE
        return read_corpus(path) if path.is_file() else None

    def records(self) -> RecordView:
        """All records, in their order."""
        return RecordView(self._rows, TYPES[self.kind], corpus=self.corpus)

    def training(self, part: str, tags: str = "tags") -> RecordView:
        """The records that a part trains on, after down-sampling; `tags` may be `raw_tags`."""
        held = _fold_of(part)
        return self._select(
            lambda split, fold, sampled: (
                sampled and split == TRAIN and (held is None or fold != held)
            ),
            tags,
        )

    def validation(self, part: str) -> RecordView:
        """The records that a part may be chosen by; empty with folds."""
        return self._select(lambda split, fold, sampled: split == VALIDATION)

    def watched(self, part: str) -> tuple[Sequence[Any], bool]:
        """The records by which a training is looked at, and whether they are validation records.

        Without validation they are training records from all over: enough to notice a collapse, and
        nothing may be chosen by them.
        """
        validation = self.validation(part)
        if len(validation):
            return validation, True
        training = self.training(part)
        return training[:: max(math.ceil(len(training) / WATCHED), 1)], False

    def heldout(self, part: str) -> RecordView:
        """The records that a part is judged on: all of its fold, else the test split."""
        held = _fold_of(part)
        if held is not None:
            return self._select(lambda split, fold, sampled: fold == held)
        return self._select(lambda split, fold, sampled: split == TEST)

    def parity(self, part: str) -> RecordView:
        """Records to compare variants on: held-out ones, else (trained on all) the training
        ones."""
        heldout = self.heldout(part)
        return heldout if len(heldout) else self.training(part)

    def text_keys(self, view: RecordView) -> np.ndarray:
        """(n) uint64 hashes of the texts of a view of these records; equal texts, equal hashes."""
        return view.column(TEXT_KEY, np.uint64)

    def _select(self, wanted: Any, tags: str = "tags") -> RecordView:
        columns = self._columns
        rows = zip(columns["split"], columns["fold"], columns["in_training"], strict=True)
        places = [place for place, row in enumerate(rows) if wanted(*row)]
        return RecordView(self._rows.select(places), TYPES[self.kind], tags, self.corpus)


def read_corpus(path: Path) -> Corpus:
    """The corpus of a Parquet file of passages."""
    import pyarrow.parquet as pq

    return Corpus.of(Passage(**row) for row in pq.read_table(path).to_pylist())


def _fold_of(part: str) -> int | None:
    return None if part == FINAL else int(part.removeprefix("fold-"))
