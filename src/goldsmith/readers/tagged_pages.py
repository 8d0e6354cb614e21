"""Pages of OCR documents whose words are tagged where the gold value of a field stands."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from goldsmith import layout
from goldsmith.config.readers import AnyReader
from goldsmith.config.sections import Section
from goldsmith.errors import DataError, listed
from goldsmith.records import OcrPage, TaggedPage
from goldsmith.strings.folding import fold
from goldsmith.text import Span, spans_to_bio

NO_GOLDENS = "(no goldens)"


class TaggedPages(Section):
    """Reads a page a record, from the files of two readers below one path: pages, and fields' values."""

    record: ClassVar[type[TaggedPage]] = TaggedPage
    together: ClassVar[bool] = True

    format: Literal["tagged_pages"] = Field("tagged_pages", description="tagged_pages")
    fields: dict[str, str] = Field(
        min_length=1,
        description="Tag by field: `{company: ORG}`; where values overlap, the first field's is tagged.",
    )
    pages: AnyReader = Field(description="Reader of the pages: `{format: sroie}`.")
    pages_at: str = Field(
        "pages", min_length=1, description="Folder, file or glob of the pages, below the path."
    )
    goldens: AnyReader = Field(
        default_factory=lambda: _fields_reader(),
        description="Reader of the gold values, by document; none: `{format: fields, layout: wide}`.",
    )
    goldens_at: str = Field(
        "goldens",
        min_length=1,
        description="Folder, file or glob of the gold values, below the path.",
    )

    @field_validator("pages", "goldens")
    @classmethod
    def _of_their_records(cls, value: Any, info: Any) -> Any:
        wanted = {"pages": "ocr_page", "goldens": "field"}[info.field_name]
        if value.record.kind != wanted:
            raise ValueError(
                f"{wanted} records are needed, and format {value.format} makes {value.record.kind}"
            )
        return value

    @field_validator("fields")
    @classmethod
    def _tags_have_names(cls, value: dict[str, str]) -> dict[str, str]:
        for name, tag in value.items():
            if not tag.strip():
                raise ValueError(f"{name}: an empty tag; write the label, such as ORG")
        return value

    @model_validator(mode="after")
    def _apart(self) -> "TaggedPages":
        first, second = PurePosixPath(self.pages_at), PurePosixPath(self.goldens_at)
        for one in (first, second):
            if one.is_absolute() or ".." in one.parts:
                raise ValueError(f"{one}: pages_at and goldens_at are below the path")
        if first == second:
            raise ValueError(f"pages_at and goldens_at are both {first}: which files are pages?")
        if first.parts[:1] == second.parts[:1]:
            raise ValueError(
                f"pages_at and goldens_at both lie in {first.parts[0]}: let the path name that folder"
            )
        return self

    def files(self, path: Path) -> list[Path]:
        """The files of the pages, then those of the gold values.

        Raises:
            DataError: no such folder, or nothing of that name in it.
        """
        if not path.is_dir():
            raise DataError(
                f"{path}: no such folder: pages and gold values lie in one, at {self.pages_at} and "
                f"{self.goldens_at} (source.reader.pages_at and goldens_at)"
            )
        pages, goldens = self._both(path)
        return [*pages, *goldens]

    def read(self, files: list[Path], shown: Path) -> Iterator[TaggedPage]:
        """Yield a record a page that has a word, its words split and in reading order.

        A value is looked for from the first page on, in any case and however it is spaced, from a
        word's beginning to a word's end; its first place that no other value has is tagged.

        Raises:
            DataError: a file that is not what its reader reads, or no document that has both.
        """
        root = Path(os.path.commonpath([file.absolute().parent for file in files]))
        given = {file.absolute() for file in files}
        pages, goldens = ([one for one in side if one in given] for side in self._both(root))
        values = self._values(goldens, shown / self.goldens_at)
        seen: list[str] = []
        both = False
        read = self.pages.read(pages, shown / self.pages_at)
        for name, found in groupby(read, key=lambda page: page.document_id):
            seen.append(name)
            both |= name in values
            yield from self._tagged(list(found), values.get(name))
        if seen and not both:
            raise DataError(
                f"{shown}: no document has both pages and gold values: pages are of "
                f"{listed(seen, 3)}, gold values of {listed(list(values), 3)}"
            )

    def _both(self, path: Path) -> tuple[list[Path], list[Path]]:
        return (
            self.pages.files(path / self.pages_at),
            self.goldens.files(path / self.goldens_at),
        )

    def _values(self, files: list[Path], shown: Path) -> dict[str, dict[str, list[str]]]:
        """By document and field: the values, each once."""
        found: dict[str, dict[str, list[str]]] = {}
        for one in self.goldens.read(files, shown):
            held = found.setdefault(one.document_id, {}).setdefault(one.field, [])
            if one.value.strip() and one.value not in held:
                held.append(one.value)
        return found

    def _tagged(
        self, pages: Sequence[OcrPage], values: Mapping[str, Sequence[str]] | None
    ) -> Iterator[TaggedPage]:
        """The pages of one document; without goldens every one of them lacks something."""
        read = [_Words(layout.ordered(layout.split(page))) for page in pages]
        missing = [] if values is not None else [NO_GOLDENS]
        for name, tag in self.fields.items():
            for value in (values or {}).get(name, ()):
                if not any(one.tag(value, tag) for one in read):
                    missing.append(name)
        for one in read:
            if one.page.words:
                yield one.record(tuple(missing))


def _fields_reader() -> Any:
    from goldsmith.readers.fields import Fields

    return Fields(layout="wide")


@dataclass
class _Words:
    """The words of a page, and which of them are tagged."""

    page: OcrPage
    spans: list[Span] = field(default_factory=list)

    def __post_init__(self) -> None:
        folded = [_squeezed(word) for word in self.page.words]
        self._text = "".join(folded)
        self._starts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        at = 0
        for place, word in enumerate(folded):
            # A word that nothing is left of begins and ends nothing.
            if word:
                self._starts[at] = place
                at += len(word)
                self._ends[at] = place + 1

    def tag(self, value: str, label: str) -> bool:
        """Tag the first place of a value that no span has; whether there is one."""
        wanted = _squeezed(value)
        at = self._text.find(wanted) if wanted else -1
        while at >= 0:
            start, end = self._starts.get(at), self._ends.get(at + len(wanted))
            if start is not None and end is not None and self._is_free(start, end):
                self.spans.append(Span(start, end, label))
                return True
            at = self._text.find(wanted, at + 1)
        return False

    def _is_free(self, start: int, end: int) -> bool:
        return all(end <= one.start or one.end <= start for one in self.spans)

    def record(self, missing: tuple[str, ...]) -> TaggedPage:
        page = self.page
        tags = tuple(spans_to_bio(self.spans, len(page.words)))
        return TaggedPage(
            page.id, page.document_id, page.words, tags, page.split, page.width, page.height,
            page.boxes, missing,
        )  # fmt: skip


def _squeezed(text: str) -> str:
    return fold(text).replace(" ", "")
