"""evaluate: the trained model and its yardsticks on the held-out records, scored by one function."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.families.base import Explanation, Family
from goldsmith.families.scores import Scores
from goldsmith.prepared import Prepared
from goldsmith.stages import Context

METRICS_FILE = "metrics.json"
EXPLANATION_FILE = "explanation.json"
CONFUSION_FILE = "confusion.csv"
DECISIONS_FILE = "decisions.json"
MODEL = "model"


def run(context: Context) -> None:
    """Write scores and metrics of the model and its yardsticks; confusion and errors of the model."""
    family = context.config.model
    assert isinstance(family, Family)
    data = Prepared(context.inputs["prepare"])
    goldens: list[Any] = []
    predictions: list[Any] = []
    scores: dict[str, list[Scores]] = {}
    for part in data.judged_parts:
        records, folder = data.heldout(part), context.inputs["train"] / part
        beside = family.yardsticks(folder, context.config.baseline.patterns)
        for name, predictor in {MODEL: family.reference(folder), **beside}.items():
            found = predictor.predict(records)
            scores.setdefault(name, []).append(family.score(records, found, data.labels))
            if name == MODEL:
                goldens += list(records)
                predictions += found
        context.report({"type": "note", "text": f"scored {part} on {len(records):,} records"})
    pooled = {name: parts[0].pooled(parts) for name, parts in scores.items()}
    for name, one in pooled.items():
        one.save(context.out / scores_file(name))
    write_json(
        context.out / DECISIONS_FILE,
        {gold.id: list(found.decisions) for gold, found in zip(goldens, predictions, strict=True)},
    )
    write_json(context.out / METRICS_FILE, {name: one.metrics() for name, one in pooled.items()})
    _write_explanation(family.explain(goldens, predictions), context.out)


def scores_file(name: str) -> str:
    """The file with the scores of the model or of a yardstick."""
    return f"{name}.scores.json"


def write_json(path: Path, value: Any) -> None:
    """Write a value as readable JSON."""
    text = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")


def _write_explanation(found: Explanation, out: Path) -> None:
    value = {
        "labels": found.labels,
        "confusion": found.confusion.tolist(),
        "counted": found.counted,
        "errors": [dataclasses.asdict(one) for one in found.errors],
        "tables": [dataclasses.asdict(table) for table in found.tables],
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
