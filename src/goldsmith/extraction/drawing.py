"""Documents with faults as the error browser shows them: which are listed, and which pages are drawn."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from goldsmith.extraction.checks import wrong_box
from goldsmith.extraction.matching import Outcome
from goldsmith.records import Field, OcrPage
from goldsmith.reporting.extraction import DocumentRow, OutcomeRow, PageRow

MAX_DOCUMENTS = 5000  # listed; what is wrong in one takes about 500 bytes
MAX_DRAWN = 200  # of them with pages: with 500 words each they take about 5 MB
MAX_PAGES = 5  # of a document
MAX_WORDS = 2000  # of a page
Documents = Sequence[tuple[str, Sequence[Outcome]]]


def faulty(documents: Documents) -> list[tuple[str, Sequence[Outcome]]]:
    """The documents in which something is wrong."""
    return [one for one in documents if any(it.kind != "right" for it in one[1])]


def document_rows(
    documents: Documents, pages: Iterable[OcrPage], clusters: Mapping[str, str]
) -> tuple[DocumentRow, ...]:
    """The first documents with faults; pages of as many as the file can hold, of every kind of error.

    Args:
        documents: those with faults.
        pages: of any documents.
        clusters: of layouts, by document.
    """
    listed = documents[:MAX_DOCUMENTS]
    names = {name for name, _ in listed}
    there: dict[str, list[OcrPage]] = defaultdict(list)
    for page in pages:
        if page.document_id in names:
            there[page.document_id].append(page)
    drawn = _examples([one for one in listed if one[0] in there], clusters)
    return tuple(
        _document(name, outcomes, clusters.get(name, ""), there.get(name, []), name in drawn)
        for name, outcomes in listed
    )


def _examples(documents: Documents, clusters: Mapping[str, str]) -> set[str]:
    """Documents to draw, in turn of every field, kind of error and cluster, so that each has some."""
    of_kind: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for name, outcomes in documents:
        for one in outcomes:
            if one.kind != "right":
                of_kind[one.field, one.kind, clusters.get(name, "")][name] = None
    turns = (name for turn in zip_longest(*of_kind.values()) for name in turn if name is not None)
    return set(list(dict.fromkeys(turns))[:MAX_DRAWN])


def _document(
    name: str, outcomes: Sequence[Outcome], cluster: str, pages: Sequence[OcrPage], drawn: bool
) -> DocumentRow:
    wrong = [one for one in outcomes if one.kind != "right"]
    return DocumentRow(
        id=name,
        cluster=cluster,
        outcomes=tuple(map(_outcome, outcomes if drawn else wrong)),
        pages=tuple(map(_page, _telling(pages, wrong))) if drawn else (),
        left_out=0 if drawn else len(pages),
    )


def _telling(pages: Sequence[OcrPage], wrong: Iterable[Outcome]) -> list[OcrPage]:
    """The pages on which something is wrong; the first where no place is known."""
    places = {_place(side) for one in wrong for side in (one.gold, one.found)}
    ordered = sorted(pages, key=lambda page: page.page)
    return [one for one in ordered if one.page in places][:MAX_PAGES] or ordered[:1]


def _page(one: OcrPage) -> PageRow:
    """Without boxes that are none: a reader lets them pass, and nothing can be drawn there."""
    boxed = zip(one.words, one.boxes, strict=True)
    kept = [(word, box) for word, box in boxed if not wrong_box(box)][:MAX_WORDS]
    return PageRow(
        page=one.page, width=one.width, height=one.height,
        words=tuple(word for word, _ in kept), boxes=tuple(box for _, box in kept),
    )  # fmt: skip


def _outcome(one: Outcome) -> OutcomeRow:
    return OutcomeRow(
        field=one.field,
        kind=one.kind,
        gold=one.gold.value if one.gold else None,
        found=one.found.value if one.found else None,
        taken_as=one.taken_as,
        gold_page=_place(one.gold),
        found_page=_place(one.found),
        gold_box=one.gold.box if one.gold and _place(one.gold) else (),
        found_box=one.found.box if one.found and _place(one.found) else (),
    )


def _place(one: Field | None) -> int:
    """The page on which a value's box is drawn, the first where none is named; 0: there is no box."""
    return (one.page or 1) if one and one.box and not wrong_box(one.box) else 0
