"""Gold values of documents' fields: a row a value, or a row (or a JSON file) a document."""

import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from goldsmith.config.sections import Section
from goldsmith.errors import DataError
from goldsmith.readers import lines
from goldsmith.readers.finding import Found, named, suffix
from goldsmith.readers.tables import Row, TableReader, rows_of
from goldsmith.readers.values import (
    is_absent,
    needed,
    number_of,
    optional,
    required,
    split_of,
    structure_of,
    word_at,
    word_of,
)
from goldsmith.records import Field as FieldRecord


class Columns(Section):
    """Which column holds what; of a wide table only id of the document and split."""

    id: str = Field("id", description="Unique id; document and field where absent.")
    document_id: str = Field("document_id", description="Document; in wide JSON the file's name.")
    field: str = Field("field", description="Name of the field.")
    value: str = Field("value", description="Its value.")
    page: str = Field("page", description="Page, from 1; may be absent.")
    box: str = Field("box", description="Left, top, right, bottom; may be absent.")
    score: str = Field("score", description="Confidence, 0..1; may be absent.")
    split: str = Field("split", description="train, validation or test; may be absent.")


class Fields(TableReader):
    """Reads long tables (document, field, value) or wide ones, where every other key is a field; a
    file named train, validation (valid, dev) or test gives its rows' split."""

    record: ClassVar[type[FieldRecord]] = FieldRecord

    format: Literal["fields"] = Field("fields", description="fields")
    layout: Literal["long", "wide"] = Field(
        "long", description="long: a row a value; wide: a row, or a JSON file, a document."
    )
    columns: Columns = Field(default_factory=Columns, description="Which column holds what.")

    def read(self, files: list[Path], shown: Path) -> Iterator[FieldRecord]:
        """Yield a record a value; a null is no value."""
        made: Counter[str] = Counter()
        for found in named(files, shown):
            for row in self._rows(found):
                for one in self._of_document(row) if self.layout == "wide" else [self._of(row)]:
                    if one.id:
                        yield one
                        continue
                    name = f"{one.document_id}:{one.field}"
                    made[name] += 1
                    again = f":{made[name]}" if made[name] > 1 else ""
                    yield FieldRecord(**{**one.row(), "id": f"{name}{again}"})

    def by_first_row(self, files: list[Path], shown: Path) -> "Fields":
        """This reader with the layout of the files: long if their first row is a field and a value.

        Raises:
            DataError: as of `read`.
        """
        wide = self.model_copy(update={"layout": "wide"})
        first = next((row for found in named(files, shown) for row in wide._rows(found)), None)
        if first is None or {self.columns.field, self.columns.value} <= set(first.values):
            return self.model_copy(update={"layout": "long"})
        return wide

    def _rows(self, found: Found) -> Iterator[Row]:
        if self.layout == "wide" and suffix(found.file) == ".json" and self.records_at is None:
            value = lines.json_file(found.file, found.name, self.encoding)
            if isinstance(value, dict):
                name = found.name
                values = {self.columns.document_id: found.prefix, **value}
                yield Row(name, name, "", found.stem, found.split, values)
                return
        yield from rows_of(found, self)

    def _of_document(self, row: Row) -> Iterator[FieldRecord]:
        columns = self.columns
        document, split = needed(row, columns.document_id), split_of(row, columns)
        for name, value in row.values.items():
            if name not in (columns.id, columns.document_id, columns.split) and not is_absent(
                value
            ):
                yield FieldRecord("", document, name, word_of(row, name, value), split=split)

    def _of(self, row: Row) -> FieldRecord:
        columns = self.columns
        page, score = (optional(row, columns, name) for name in ("page", "score"))
        return FieldRecord(
            id=word_at(row, columns, "id"),
            document_id=needed(row, columns.document_id),
            field=needed(row, columns.field),
            value=word_of(row, columns.value, required(row, columns.value)),
            page=0 if _blank(page) else number_of(row, columns.page, page),
            box=_box(row, columns.box, optional(row, columns, "box")),
            score=1.0 if _blank(score) else _real(row, columns.score, score),
            split=split_of(row, columns),
        )


def _blank(value: Any) -> bool:
    return is_absent(value) or value == ""


def _real(row: Row, name: str, value: Any) -> float:
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found):
        raise DataError(f"{row.place}: column {name!r} is not a number but {str(value)[:40]!r}")
    return found


def _box(row: Row, name: str, value: Any) -> tuple[float, ...]:
    if _blank(value):
        return ()
    sides = structure_of(value)
    if not isinstance(sides, list) or len(sides) not in (0, 4):
        raise DataError(f"{row.place}: column {name!r} is not four numbers but {str(value)[:40]!r}")
    return tuple(_real(row, name, side) for side in sides)
