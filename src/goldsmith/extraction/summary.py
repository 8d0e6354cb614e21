"""Scores and outcomes as what the report and the tables show."""

from collections.abc import Mapping, Sequence

from goldsmith import gates
from goldsmith.config.gates import Cost
from goldsmith.extraction.drawing import Documents, document_rows, faulty
from goldsmith.extraction.matching import KINDS
from goldsmith.extraction.scores import PRIMARY, FieldScores, by_number
from goldsmith.families.bootstrap import interval
from goldsmith.gates import Gate
from goldsmith.records import OcrPage
from goldsmith.reporting.extraction import (
    ClusterRow,
    ExtractionData,
    FieldRow,
    GateLine,
)

RESAMPLES = 2000


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
    wrong = faulty(documents)
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
    shown = document_rows(wrong, pages, cluster_of)
    kinds = [it.kind for _, outcomes in documents for it in outcomes]
    return ExtractionData(
        title=title,
        about=about,
        passed=None if verdict is None else verdict.passed,
        records=len(scores.ids),
        faulty=len(wrong),
        metrics=metrics,
        interval=interval(scores, PRIMARY, RESAMPLES, seed),
        fields=tuple(_field(name, support[name], metrics) for name in scores.labels),
        clusters=tuple(clusters.values()),
        gates=tuple(map(_gate, verdict.gates if verdict else ())),
        confusion={row: dict(cells) for row, cells in confusion.items()},
        kinds={kind: kinds.count(kind) for kind in KINDS},
        documents=shown,
        left_out=len(wrong) - len(shown),
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
