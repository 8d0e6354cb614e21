"""score: counts per document and field, what became of every value, where values went astray."""

import json
from pathlib import Path
from typing import Any

from goldsmith.extraction.judging import read_clusters, score_sides
from goldsmith.extraction.matching import Judged, Outcome
from goldsmith.extraction.scores import PRIMARY, FieldScores, confusion
from goldsmith.records import Field
from goldsmith.stages import Context
from goldsmith.stages.extraction import settings
from goldsmith.stages.extraction.load import read_fields

SCORES_FILE, OUTCOMES_FILE, FACTS_FILE = "scores.json", "outcomes.jsonl", "facts.json"
METRICS_FILE = "metrics.json"


def run(context: Context) -> None:
    """Write scores.json, outcomes.jsonl, facts.json (fields, confusion, clusters), metrics.json."""
    config, inputs = settings(context), context.inputs
    clusters = read_clusters(next(clusters_in(inputs["raw_clusters"]), None))
    found = score_sides(
        read_fields(inputs["load_goldens"]),
        read_fields(inputs["load_results"]),
        config.fields,
        clusters,
    )
    found.scores.save(context.out / SCORES_FILE)
    with (context.out / OUTCOMES_FILE).open("w", encoding="utf-8") as stream:
        for document in found.judged:
            stream.write(json.dumps(_row(document), ensure_ascii=False) + "\n")
    facts = {"fields": found.fields, "confusion": confusion(found.judged), "clusters": clusters}
    _write(context.out / FACTS_FILE, facts)
    metrics = found.scores.metrics()
    _write(context.out / METRICS_FILE, metrics)
    said = f"{PRIMARY} {metrics[PRIMARY]:.4f} on {len(found.judged):,} documents"
    context.report({"type": "note", "text": said})


def clusters_in(folder: Path) -> Any:
    """The one file of a snapshot of clusters; none in an empty one."""
    return (path for path in folder.iterdir() if path.name != "artifact.json")


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _row(one: Judged) -> dict[str, Any]:
    outcomes = [
        {"field": it.field, "kind": it.kind, "taken_as": it.taken_as,
         "gold": it.gold.row() if it.gold else None, "found": it.found.row() if it.found else None}
        for it in one.outcomes
    ]  # fmt: skip
    return {"document_id": one.document_id, "outcomes": outcomes}


def read_outcomes(folder: Path) -> list[tuple[str, list[Outcome]]]:
    """Document ids with what became of their values."""
    with (folder / OUTCOMES_FILE).open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return [(row["document_id"], [_outcome(row, it) for it in row["outcomes"]]) for row in rows]


def _outcome(row: dict[str, Any], it: dict[str, Any]) -> Outcome:
    gold, found = (Field.from_row(it[side]) if it[side] else None for side in ("gold", "found"))
    return Outcome(row["document_id"], it["field"], it["kind"], gold, found, it["taken_as"])


def read_scores(folder: Path) -> FieldScores:
    """The counts of a scored folder."""
    return FieldScores.load(folder / SCORES_FILE)


def read_facts(folder: Path) -> dict[str, Any]:
    """fields, confusion and clusters of a scored folder."""
    facts: dict[str, Any] = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
    return facts
