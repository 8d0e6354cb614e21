"""Questions with their answers: SQuAD's JSON, or any table with a question a row."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from goldsmith.config.sections import Section
from goldsmith.errors import DataError
from goldsmith.readers import lines
from goldsmith.readers.finding import Found, named, suffix
from goldsmith.readers.tables import Row, TableReader, enumerated, records_in, rows_of
from goldsmith.readers.values import (
    id_of,
    is_absent,
    number_of,
    optional,
    split_of,
    structure_of,
    text_of,
    word_at,
)
from goldsmith.records import Answer, Question

NOT_FOUND = -1


class Columns(Section):
    """Which column holds what, in a table and in a question of SQuAD."""

    id: str = Field("id", description="Unique id; file and line where absent.")
    document_id: str = Field("document_id", description="Document; the title where absent.")
    title: str = Field("title", description="Title of the document; may be absent.")
    context: str = Field("context", description="The text that the answers are slices of.")
    question: str = Field("question", description="The question.")
    answers: str = Field(
        "answers", description="`{text, answer_start}` lists, or a list of `{text, answer_start}`."
    )
    answer: str = Field("answer", description="The one answer, in a table without `answers`.")
    answer_start: str = Field(
        "answer_start", description="Its place in the context; searched for where absent."
    )
    is_impossible: str = Field("is_impossible", description="True: no answer; may be absent.")
    split: str = Field("split", description="train, validation or test; may be absent.")


class Questions(TableReader):
    """Reads SQuAD 1.1 and 2.0 and flat tables; a file named train, validation (valid, dev) or
    test gives its questions' split.

    A question is answerable unless `is_impossible` says otherwise; in a table without that column,
    one whose `answers` are empty is not, as in the sets of the hub. A file named test of which no
    question is labelled is no part of the goldens: `predict` answers it.
    """

    record: ClassVar[type[Question]] = Question

    format: Literal["questions"] = Field("questions", description="questions")
    columns: Columns = Field(default_factory=Columns, description="Which column holds what.")
    document: Literal["article", "paragraph"] = Field(
        "article", description="What of SQuAD's JSON is a document, never parted by a split."
    )

    def read(self, files: list[Path], shown: Path) -> Iterator[Question]:
        """Yield a record a question.

        An answer whose place is not given is searched for; one that is not found begins at -1.
        """
        for found in named(files, shown):
            if not self._is_unlabelled(found):
                for row, default_document in self._rows(found):
                    yield self._question(row, default_document)

    def unlabelled(self, files: list[Path], shown: Path) -> list[str]:
        """The names of the files that `read` passes over: tests without any answer."""
        return [found.name for found in named(files, shown) if self._is_unlabelled(found)]

    def asked(self, files: list[Path], shown: Path) -> Iterator[dict[str, Any]]:
        """Yield the input line (id, question, context) of every question, labelled or not."""
        for found in named(files, shown):
            for row, _ in self._rows(found):
                yield {
                    "id": id_of(row, self.columns),
                    "question": text_of(row, self.columns.question),
                    "context": text_of(row, self.columns.context),
                }

    def _is_unlabelled(self, found: Found) -> bool:
        rows = (row for row, _ in self._rows(found))
        return found.split == "test" and not any(map(self._is_labelled, rows))

    def _is_labelled(self, row: Row) -> bool:
        """Whether a row has an answer, or says that there is none."""
        columns = self.columns
        if columns.is_impossible in row.values and self._is_impossible(row):
            return True
        has_column = columns.answers in row.values or columns.answer in row.values
        return has_column and bool(self._answers(row, text_of(row, columns.context)))

    def _rows(self, found: Found) -> Iterator[tuple[Row, str]]:
        if suffix(found.file) != ".json":
            yield from ((row, "") for row in rows_of(found, self))
            return
        value = lines.json_file(found.file, found.name, self.encoding)
        records = records_in(value, found.name, self.records_at)
        squad = any(isinstance(one, dict) and "paragraphs" in one for one in records)
        for number, one in enumerated(records, found.name):
            if squad:
                yield from self._of_article(number, one, found)
            else:
                place = f"{found.name}: row {number}"
                made = f"{found.prefix}:{number}"
                yield Row(place, place, made, found.stem, found.split, one), ""

    def _of_article(
        self, number: int, article: Mapping[str, Any], found: Found
    ) -> Iterator[tuple[Row, str]]:
        title = str(article.get("title") or "")
        for index, paragraph in _objects(
            article, "paragraphs", f"{found.name}: data[{number - 1}]"
        ):
            place = f"{found.name}: data[{number - 1}].paragraphs[{index}]"
            if not isinstance(paragraph.get("context"), str):
                raise DataError(f"{place}: no text at 'context'")
            made = f"{found.prefix}:{number}.{index + 1}"
            document = title or f"{found.prefix}:{number}"
            for which, asked in _objects(paragraph, "qas", place):
                values = {
                    self.columns.title: title,
                    **asked,
                    self.columns.context: paragraph["context"],
                }
                # SQuAD 1.1 has no such key: all of it is answerable.
                values.setdefault(self.columns.is_impossible, False)
                at = f"{place}.qas[{which}]"
                row = Row(at, at, f"{made}.{which + 1}", found.stem, found.split, values)
                yield row, made if self.document == "paragraph" else document

    def _question(self, row: Row, document: str) -> Question:
        columns = self.columns
        title = word_at(row, columns, "title")
        context = text_of(row, columns.context)
        answers = self._answers(row, context)
        impossible = self._is_impossible(row)
        if impossible is None:
            impossible = not answers and columns.answers in row.values
        return Question(
            id=id_of(row, columns),
            document_id=word_at(row, columns, "document_id") or document or title,
            title=title,
            context=context,
            question=text_of(row, columns.question),
            answers=answers,
            is_impossible=impossible,
            split=split_of(row, columns),
        )

    def _is_impossible(self, row: Row) -> bool | None:
        value = optional(row, self.columns, "is_impossible")
        words: dict[str, bool | None] = {
            "": None,
            "true": True,
            "1": True,
            "1.0": True,
            "false": False,
            "0": False,
            "0.0": False,
        }
        word = "" if is_absent(value) else str(value).strip().lower()
        if word not in words:
            raise DataError(
                f"{row.place}: column {self.columns.is_impossible!r} is not true or false "
                f"but {str(value)[:40]!r}"
            )
        return words[word]

    def _answers(self, row: Row, context: str) -> tuple[Answer, ...]:
        name = self.columns.answers
        if name not in row.values and self.columns.answer in row.values:
            text = text_of(row, self.columns.answer)
            start = optional(row, self.columns, "answer_start")
            return (self._answer(row, text, start, context),) if text else ()
        value = optional(row, self.columns, "answers")
        if is_absent(value) and self.columns.is_impossible in row.values:
            return ()
        found = structure_of(value)
        pairs = _pairs(found)
        if pairs is None:
            raise DataError(
                f"{row.header if name not in row.values else row.place}: column {name!r} holds no "
                "answers ({text: [...], answer_start: [...]}, or a list of {text, answer_start}), "
                f"and there is no column {self.columns.answer!r}: source.reader.columns names them"
            )
        return tuple(self._answer(row, text, start, context) for text, start in pairs)

    def _answer(self, row: Row, text: Any, start: Any, context: str) -> Answer:
        if not isinstance(text, str):
            raise DataError(f"{row.place}: an answer is not text but {type(text).__name__}")
        if is_absent(start) or start == "":
            return Answer(text, context.find(text) if text else NOT_FOUND)
        return Answer(text, number_of(row, self.columns.answer_start, start))


def _pairs(value: Any) -> list[tuple[Any, Any]] | None:
    """(text, start or None) of answers in either shape; None if they are in neither."""
    if isinstance(value, list) and all(isinstance(one, dict) and "text" in one for one in value):
        return [(one["text"], one.get("answer_start")) for one in value]
    texts = value.get("text") if isinstance(value, dict) else None
    if not isinstance(texts, list):
        return None
    starts = value.get("answer_start") or [None] * len(texts)
    if not isinstance(starts, list) or len(starts) != len(texts):
        return None
    return list(zip(texts, starts, strict=True))


def _objects(
    parent: Mapping[str, Any], key: str, place: str
) -> Iterator[tuple[int, dict[str, Any]]]:
    values = parent.get(key)
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise DataError(f"{place}: no list of objects at {key!r}")
    yield from enumerate(values)
