"""evaluate: the trained model and the baseline on the held-out records, scored by one function."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.families.base import Explanation, Family, Predictor
from goldsmith.families.scores import Scores
from goldsmith.prepared import Prepared
from goldsmith.stages import Context

METRICS_FILE = "metrics.json"
EXPLANATION_FILE = "explanation.json"
CONFUSION_FILE = "confusion.csv"
DECISIONS_FILE = "decisions.json"
MODEL, BASELINE = "model", "baseline"


def run(context: Context) -> None:
    """Write scores, metrics, confusion and errors of the model and the baseline."""
    family = context.config.model
    assert isinstance(family, Family)
    data = Prepared(context.inputs["prepare"])
    goldens: list[Any] = []
    predictions: list[Any] = []
    scores: list[Scores] = []
    for part in data.judged_parts:
        records = data.heldout(part)
        found = family.reference(context.inputs["train"] / part).predict(records)
        scores.append(family.score(records, found, data.labels))
        goldens += list(records)
        predictions += found
        context.report({"type": "note", "text": f"scored {part} on {len(records):,} records"})
    pooled = scores[0].pooled(scores)
    pooled.save(context.out / f"{MODEL}.scores.json")
    write_json(
        context.out / DECISIONS_FILE,
        {gold.id: list(found.decisions) for gold, found in zip(goldens, predictions, strict=True)},
    )
    metrics = {MODEL: pooled.metrics()}
    baseline = family.baseline(context.config.baseline.patterns)
    if baseline:
        metrics[BASELINE] = _score_all(family, baseline, data, context.out).metrics()
    write_json(context.out / METRICS_FILE, metrics)
    _write_explanation(family.explain(goldens, predictions), context.out)


def _score_all(family: Family, predictor: Predictor, data: Prepared, out: Path) -> Scores:
    parts = []
    for part in data.judged_parts:
        records = data.heldout(part)
        parts.append(family.score(records, predictor.predict(records), data.labels))
    pooled = parts[0].pooled(parts)
    pooled.save(out / f"{BASELINE}.scores.json")
    return pooled


def write_json(path: Path, value: Any) -> None:
    """Write a value as readable JSON."""
    text = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")


def _write_explanation(found: Explanation, out: Path) -> None:
    value = {
        "labels": found.labels,
        "confusion": found.confusion.tolist(),
        "errors": [{"id": one.id, "words": one.words} for one in found.errors],
    }
    write_json(out / EXPLANATION_FILE, value)
    rows = ["actual,predicted"]
    for place, cell in np.ndenumerate(found.confusion):
        gold, guess = (found.labels[i] for i in place)
        # Words that nobody tagged and nobody should have would bury the rest of the picture.
        if not gold == guess == "O":
            rows += [f"{gold},{guess}"] * int(cell)
    (out / CONFUSION_FILE).write_text("\n".join(rows) + "\n", encoding="utf-8")


def read_json(path: Path) -> Any:
    """A JSON file's value."""
    return json.loads(path.read_text(encoding="utf-8"))
