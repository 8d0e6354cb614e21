"""Labelled texts from any table, or from the comments of CoNLL sentences."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field, field_validator

from goldsmith.config.sections import Section
from goldsmith.errors import DataError
from goldsmith.readers.tables import SENTENCES, TABLES, Row, TableReader, rows
from goldsmith.readers.values import id_of, number_of, required, split_of, text_of, word_at, word_of
from goldsmith.records import LabelledText

JOINT = "\n\n"


class Columns(Section):
    """Which column holds what."""

    id: str = Field("id", description="Unique id; file and line where absent.")
    document_id: str = Field("document_id", description="Document; may be absent.")
    text: str | tuple[str, ...] = Field(
        "text", description="The text; several columns are joined by a blank line."
    )
    label: str = Field("label", description="The label: text, or a number.")
    split: str = Field("split", description="train, validation or test; may be absent.")

    @field_validator("text")
    @classmethod
    def _some_text(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if not value:
            raise ValueError("name at least one column")
        return value


class Texts(TableReader):
    """Reads tables; a file named train, validation (valid, dev) or test gives its rows' split.

    Of CoNLL sentences the comments are the columns: `# text = ...`, `# intent = ...`.
    """

    record: ClassVar[type[LabelledText]] = LabelledText
    suffixes: ClassVar[tuple[str, ...]] = (*TABLES, *SENTENCES)

    format: Literal["texts"] = Field("texts", description="texts")
    columns: Columns = Field(default_factory=Columns, description="Which column holds what.")
    label_from: Literal["column", "file"] = Field(
        "column", description="file: the label is the file's name without its suffix."
    )
    label_names: tuple[str, ...] | None = Field(
        None, description="Names of integer labels, in order."
    )

    def read(self, files: list[Path], shown: Path) -> Iterator[LabelledText]:
        """Yield a record a row."""
        names = self.columns.text
        text_columns = (names,) if isinstance(names, str) else names
        for row in rows(files, shown, self):
            parts = [text_of(row, name) for name in text_columns]
            yield LabelledText(
                id=id_of(row, self.columns),
                document_id=word_at(row, self.columns, "document_id"),
                text=parts[0] if len(parts) == 1 else JOINT.join(filter(None, parts)),
                label=self._label(row),
                split=split_of(row, self.columns),
            )

    def _label(self, row: Row) -> str:
        if self.label_from == "file":
            return row.stem
        value = required(row, self.columns.label)
        if not self.label_names or value in self.label_names:
            return word_of(row, self.columns.label, value)
        number = number_of(row, self.columns.label, value)
        if not 0 <= number < len(self.label_names):
            last = len(self.label_names) - 1
            raise DataError(f"{row.place}: label {number} is not in 0..{last} of label_names")
        return self.label_names[number]
