"""What an extraction system got wrong, as one HTML page to browse: self-contained, offline."""

import json
from typing import Any

from pydantic import BaseModel, ConfigDict

from goldsmith.reporting.report import environment

TEMPLATE = "extraction.html.j2"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldRow(_Row):
    """One field: gold values, figures under its own rule, F1 by comparison."""

    name: str
    support: int
    precision: float
    recall: float
    f1: float
    exact: float
    normalised: float
    edit: float


class ClusterRow(_Row):
    """One cluster of layouts; `f1` is micro F1 over its documents."""

    name: str
    documents: int
    f1: float


class GateLine(_Row):
    """One gate; `state` is passed, failed or thin: not enough evidence."""

    name: str
    value: float | None
    op: str
    threshold: float
    state: str
    reason: str


class OutcomeRow(_Row):
    """What became of one value; boxes are left, top, right, bottom in their page's unit.

    Pages count from 1; 0: there is no box.
    """

    field: str
    kind: str
    gold: str | None
    found: str | None
    taken_as: str = ""
    gold_page: int = 0
    found_page: int = 0
    gold_box: tuple[float, ...] = ()
    found_box: tuple[float, ...] = ()


class PageRow(_Row):
    """The words of a page and where they stand."""

    page: int
    width: float
    height: float
    words: tuple[str, ...]
    boxes: tuple[tuple[float, ...], ...]


class DocumentRow(_Row):
    """A document in which something is wrong.

    Attributes:
        outcomes: of all values where pages are drawn, else of those that are wrong.
        pages: those on which something is wrong, else the first.
        left_out: how many pages it has, where none is drawn to keep the file small.
    """

    id: str
    cluster: str
    outcomes: tuple[OutcomeRow, ...]
    pages: tuple[PageRow, ...]
    left_out: int = 0


class ExtractionData(_Row):
    """Everything the page shows.

    Attributes:
        about: what was judged, in words.
        passed: the verdict; None: nobody asked for one.
        metrics: every figure by name.
        interval: 95 % bootstrap interval of micro F1 over documents.
        records: documents with goldens; `faulty` of them have something wrong.
        confusion: gold field -> where its values went -> how many.
        documents: the first of the faulty ones; `left_out` says how many are not here.
    """

    title: str
    about: str
    passed: bool | None
    records: int
    faulty: int
    metrics: dict[str, float]
    interval: tuple[float, float]
    fields: tuple[FieldRow, ...]
    clusters: tuple[ClusterRow, ...]
    gates: tuple[GateLine, ...]
    confusion: dict[str, dict[str, int]]
    kinds: dict[str, int]
    documents: tuple[DocumentRow, ...]
    left_out: int


def render(data: ExtractionData) -> str:
    """The page. What comes from documents is drawn as text by the page's own script."""
    columns = sorted({name for cells in data.confusion.values() for name in cells}, key=_last)
    rows = {name: data.confusion[name] for name in sorted(data.confusion, key=_last)}
    shown = [one.model_dump(mode="json") for one in data.documents]
    template = environment().get_template(TEMPLATE)
    return template.render(data=data, rows=rows, columns=columns, embedded=_embedded(shown))


def _last(name: str) -> tuple[bool, str]:
    """Sorts (nothing) and (another value), which are no fields, behind the fields."""
    return name.startswith("("), name


def _embedded(value: Any) -> str:
    """JSON that may stand in a script element: nothing in it can end that element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
