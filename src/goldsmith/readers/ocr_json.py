"""Our open layout for OCR results: a document, its pages, their words with boxes.

The types below are the layout; docs/schemas/ocr_json.json is made from them.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from goldsmith.errors import DataError, near
from goldsmith.readers import lines
from goldsmith.readers.finding import Found, named, split_name, suffix
from goldsmith.readers.pages import PageReader, Sheet, box_of
from goldsmith.records import OcrPage

Side = Annotated[float, Field(allow_inf_nan=False, strict=True)]
Length = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]
Name = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    """Other keys are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class OcrWord(_Part):
    """A word, or what else was boxed as one."""

    text: str
    box: list[Side] = Field(
        min_length=4,
        max_length=4,
        description="Left, top, right, bottom from the upper left corner, in the page's unit.",
    )
    score: Annotated[float, Field(ge=0, le=1, strict=True)] | None = Field(
        None, description="Confidence."
    )


class OcrSheet(_Part):
    """A page; it may be without words."""

    id: str = Field("", description="Unique; document and page number where absent.")
    page: int | None = Field(None, ge=1, description="From 1; its place in the list where absent.")
    width: Length = Field(0, description="In any unit, that of the boxes; 0: unknown.")
    height: Length = Field(0, description="In the same unit.")
    words: list[OcrWord] = Field(description="In the order of their recognition.")


class OcrDocument(_Part):
    """A document, recognised."""

    document_id: Name | int | None = Field(None, description="The file's name where absent.")
    split: str = Field("", description="train, validation or test; may be absent.")
    pages: list[OcrSheet]


class OcrJson(PageReader):
    """Reads the open layout: a JSON file with a document or a list of them, or JSON lines with a
    document a line."""

    suffixes: ClassVar[tuple[str, ...]] = (".json", ".jsonl", ".ndjson")

    format: Literal["ocr_json"] = Field("ocr_json", description="ocr_json")

    def read(self, files: list[Path], shown: Path) -> Iterator[OcrPage]:
        """Yield the pages of each document in turn."""
        for found in named(files, shown):
            for place, default_id, value in _documents(found, self.encoding):
                document = _parsed(value, place)
                split = split_name(document.split, place) if document.split else found.split
                name = default_id if document.document_id is None else str(document.document_id)
                for number, sheet in enumerate(document.pages, start=1):
                    page = _page(sheet, number, f"{place}: pages[{number - 1}]")
                    yield page.record(name, split, sheet.id)


def document(pages: Sequence[OcrPage]) -> dict[str, Any]:
    """Pages of one document in the open layout; what `ocr_json` reads as the same pages."""
    first = pages[0]
    found: dict[str, Any] = {"document_id": first.document_id}
    if first.split:
        found["split"] = first.split
    return found | {"pages": [_sheet(page) for page in pages]}


def _sheet(page: OcrPage) -> dict[str, Any]:
    words: list[dict[str, Any]] = [
        {"text": word, "box": list(box)} for word, box in zip(page.words, page.boxes, strict=True)
    ]
    for word, score in zip(words, page.scores, strict=False):
        word["score"] = score
    size = {"width": page.width, "height": page.height}
    return {"id": page.id, "page": page.page, **size, "words": words}


def _documents(found: Found, encoding: str) -> Iterator[tuple[str, str, Any]]:
    """Each document with its place and the id it has by default."""
    if suffix(found.file) != ".json":
        for number, value in lines.json_lines(found.file, found.name, encoding):
            yield f"{found.name}:{number}", f"{found.prefix}:{number}", value
        return
    value = lines.json_file(found.file, found.name, encoding)
    if not isinstance(value, list):
        yield found.name, found.prefix, value
        return
    for place, one in enumerate(value):
        yield f"{found.name}: [{place}]", f"{found.prefix}:{place + 1}", one


def _parsed(value: Any, place: str) -> OcrDocument:
    try:
        return OcrDocument.model_validate(value)
    except ValidationError as error:
        finding = error.errors(include_url=False)[0]
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in finding["loc"])
    where = f"{place}: {path.removeprefix('.')}" if path else place
    if finding["type"] == "missing":
        owner = finding["input"]
        hint = near(str(finding["loc"][-1]), owner) if isinstance(owner, dict) else ""
        raise DataError(f"{where} is missing: {hint}")
    given = finding["input"]
    shown = "" if isinstance(given, dict | list) else f", not {str(given)[:40]!r}"
    raise DataError(f"{where}: {finding['msg'][:120]}{shown} (docs/schemas/ocr_json.json)")


def _page(sheet: OcrSheet, number: int, place: str) -> Sheet:
    found = Sheet(number if sheet.page is None else sheet.page, sheet.width, sheet.height)
    for position, word in enumerate(sheet.words):
        found.add(word.text, box_of(word.box, f"{place}.words[{position}]"), word.score)
    return found
