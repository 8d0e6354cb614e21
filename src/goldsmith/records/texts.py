"""Texts with a label, and questions with their answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Self


class Answer(NamedTuple):
    """An answer as a slice of its context: `context[start : start + len(text)] == text`."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with one label."""

    kind: ClassVar[str] = "labelled_text"

    id: str
    document_id: str
    text: str
    label: str
    split: str = ""

    def row(self) -> dict[str, Any]:
        """Columns id, document_id, text, label, split."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """The inverse of `row`."""
        return cls(*(row[name] for name in cls.__slots__))


@dataclass(frozen=True, slots=True)
class Question:
    """A question on a context, with its answers as slices of that context; none if impossible."""

    kind: ClassVar[str] = "question"

    id: str
    document_id: str
    title: str
    context: str
    question: str
    answers: tuple[Answer, ...]
    is_impossible: bool = False
    split: str = ""

    @property
    def text(self) -> str:
        """Question and context."""
        return f"{self.question}\n{self.context}"

    def row(self) -> dict[str, Any]:
        """Columns as the attributes; answers as `{text: [...], answer_start: [...]}`."""
        found = {name: getattr(self, name) for name in self.__slots__}
        texts, starts = [a.text for a in self.answers], [a.start for a in self.answers]
        return found | {"answers": {"text": texts, "answer_start": starts}}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """The inverse of `row`."""
        texts, starts = row["answers"]["text"], row["answers"]["answer_start"]
        answers = tuple(Answer(text, start) for text, start in zip(texts, starts, strict=True))
        values = {name: row[name] for name in cls.__slots__}
        return cls(**(values | {"answers": answers}))
