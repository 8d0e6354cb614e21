"""Scores and outcomes as what the report and the tables show."""

from collections.abc import Mapping, Sequence

from goldsmith import gates
from goldsmith.config.gates import Cost
from goldsmith.extraction.checks import wrong_box
from goldsmith.extraction.matching import KINDS, Outcome
from goldsmith.extraction.scores import PRIMARY, FieldScores, by_number
from goldsmith.families.bootstrap import interval
from goldsmith.gates import Gate
from goldsmith.records import Field, OcrPage
from goldsmith.reporting.extraction import (
    ClusterRow,
    DocumentRow,
    ExtractionData,
    FieldRow,
    GateLine,
    OutcomeRow,
    PageRow,
)

MAX_DOCUMENTS = 200  # with faults, on the page: with 500 words each it has about 5 MB
MAX_WORDS = 2000  # of a page
RESAMPLES = 2000
Documents = Sequence[tuple[str, Sequence[Outcome]]]


def summarise(
    scores: FieldScores,
    documents: Documents,
    pages: Sequence[OcrPage],
    *,
    confusion: Mapping[str, Mapping[str, int]],
    title: str,
    about: str,
    costs: Mapping[str, Cost],
    verdict: gates.Verdict | None = None,
    seed: int = 0,
) -> ExtractionData:
    """What the report shows.

    Args:
        scores: counts of n documents.
        documents: ids with what became of their values.
        pages: of the documents, as far as there are any.
        confusion: where gold values went.
        title, about: words for the head of the page.
        costs: of mistakes, by field.
        verdict: None where nobody asked for one.
        seed: of the bootstrap.
    """
    metrics = gates.measured(scores, costs)
    support = scores.support()
    faulty = [one for one in documents if any(it.kind != "right" for it in one[1])]
    shown = faulty[:MAX_DOCUMENTS]
    drawn = _pages_of(shown, pages)
    clusters = {
        name: ClusterRow(
            name=name, documents=int(rows.sum()), f1=scores.metrics(rows)[PRIMARY]
        )
        for name, rows in sorted(scores.slices.items(), key=lambda one: by_number(one[0]))
    }  # fmt: skip
    cluster_of = {
        scores.ids[place]: name
        for name, rows in scores.slices.items()
        for place in rows.nonzero()[0]
    }
    kinds = [it.kind for _, outcomes in documents for it in outcomes]
    return ExtractionData(
        title=title,
        about=about,
        passed=None if verdict is None else verdict.passed,
        records=len(scores.ids),
        faulty=len(faulty),
        metrics=metrics,
        interval=interval(scores, PRIMARY, RESAMPLES, seed),
        fields=tuple(_field(name, support[name], metrics) for name in scores.labels),
        clusters=tuple(clusters.values()),
        gates=tuple(map(_gate, verdict.gates if verdict else ())),
        confusion={row: dict(cells) for row, cells in confusion.items()},
        kinds={kind: kinds.count(kind) for kind in KINDS},
        documents=tuple(_document(*one, cluster_of, drawn) for one in shown),
        left_out=len(faulty) - len(shown),
    )


def _field(name: str, support: int, metrics: Mapping[str, float]) -> FieldRow:
    def figure(kind: str) -> float:
        return metrics[f"label:{name}.{kind}"]

    return FieldRow(
        name=name, support=support, precision=figure("precision"), recall=figure("recall"),
        f1=figure("f1"), exact=figure("exact_f1"), normalised=figure("normalised_f1"),
        edit=figure("edit_f1"),
    )  # fmt: skip


def _gate(one: Gate) -> GateLine:
    thin = "not enough evidence" in one.reason
    state = "thin" if thin else ("passed" if one.passed else "failed")
    return GateLine(
        name=one.name, value=one.value, op=one.op, threshold=one.threshold, state=state,
        reason=one.reason,
    )  # fmt: skip


def _pages_of(documents: Documents, pages: Sequence[OcrPage]) -> dict[str, list[PageRow]]:
    wanted = {name for name, _ in documents}
    found: dict[str, list[PageRow]] = {}
    for one in pages:
        if one.document_id in wanted:
            kept = [
                (word, box)
                for word, box in zip(one.words, one.boxes, strict=True)
                if not wrong_box(box)
            ][:MAX_WORDS]
            row = PageRow(
                page=one.page, width=one.width, height=one.height,
                words=tuple(word for word, _ in kept), boxes=tuple(box for _, box in kept),
            )  # fmt: skip
            found.setdefault(one.document_id, []).append(row)
    return found


def _document(
    name: str,
    outcomes: Sequence[Outcome],
    clusters: Mapping[str, str],
    pages: Mapping[str, list[PageRow]],
) -> DocumentRow:
    return DocumentRow(
        id=name,
        cluster=clusters.get(name, ""),
        outcomes=tuple(map(_outcome, outcomes)),
        pages=tuple(pages.get(name, ())),
    )


def _outcome(one: Outcome) -> OutcomeRow:
    sides = [side for side in (one.gold, one.found) if side and side.page]
    return OutcomeRow(
        field=one.field,
        kind=one.kind,
        gold=one.gold.value if one.gold else None,
        found=one.found.value if one.found else None,
        taken_as=one.taken_as,
        page=sides[0].page if sides else 1,
        gold_box=_box(one.gold),
        found_box=_box(one.found),
    )


def _box(one: Field | None) -> tuple[float, ...]:
    return one.box if one and not wrong_box(one.box) else ()
