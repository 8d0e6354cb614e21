"""export: ONNX variants of every trained part, scored by the same function on the same records."""

import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.artifacts import file_sha256
from goldsmith.families import base
from goldsmith.families.base import Family, Predictor
from goldsmith.families.scores import Scores
from goldsmith.prepared import FINAL, Prepared
from goldsmith.stages import Context
from goldsmith.stages.evaluate import DECISIONS_FILE, METRICS_FILE, MODEL, read_json, write_json

FACTS_FILE = "variants.json"
TIMING_FILE = "timing.json"
MODEL_FOLDER = "model"
BATCHES = (1, 32)
LENGTHS = ((1, 20), (21, 40), (41, 10_000))
PARITY_RECORDS = 60  # of each length
LATENCY_RECORDS = 256
LATENCY_SECONDS = 2.0
LATENCY_CALLS = 200


@dataclass
class _Tally:
    """What is gathered of one variant over the parts."""

    scores: list[Scores] = field(default_factory=list)
    agreed: int = 0
    decided: int = 0
    unusual: int = 0
    unusual_alike: int = 0
    batches_agreed: int = 0
    batches_decided: int = 0
    parity: list[dict[str, Any]] = field(default_factory=list)


def run(context: Context) -> None:
    """Export, score and compare; with folds each fold's variants too, pooled."""
    family = context.config.model
    assert isinstance(family, Family)
    data = Prepared(context.inputs["prepare"])
    expected = read_json(context.inputs["evaluate"] / DECISIONS_FILE)
    tallies: dict[str, _Tally] = {}
    final = context.out / MODEL_FOLDER
    final.mkdir()
    for part in data.parts:
        model = context.inputs["train"] / part
        with tempfile.TemporaryDirectory(dir=context.out) as scratch:
            out = final if part == FINAL else Path(scratch)
            names = [variant.name for variant in family.export(model, out)]
            context.report({"type": "note", "text": f"exported {part}: {', '.join(names)}"})
            for name in names:
                tally = tallies.setdefault(name, _Tally())
                if part in data.judged_parts:
                    _score(family, base.open(out, name), data, part, expected, tally)
    _compare(family, context.inputs["train"] / FINAL, final, data, tallies)
    _write_results(context, family, data, final, tallies)


def _score(
    family: Family,
    variant: Predictor,
    data: Prepared,
    part: str,
    expected: dict[str, list[str]],
    tally: _Tally,
) -> None:
    """Score a variant on a part's held-out records, and hold it to the trained model's
    decisions."""
    records = data.heldout(part)
    found = variant.predict(records)
    tally.scores.append(family.score(records, found, data.labels))
    pairs = [
        (prediction.decisions, expected[record.id])
        for record, prediction in zip(records, found, strict=True)
    ]
    usual = Counter(one for _, theirs in pairs for one in theirs).most_common(1)
    for ours, theirs in pairs:
        equal, total = _agreement(ours, theirs)
        tally.agreed, tally.decided = tally.agreed + equal, tally.decided + total
        alike, unusual = _overlap(ours, theirs, usual[0][0] if usual else "")
        tally.unusual_alike, tally.unusual = tally.unusual_alike + alike, tally.unusual + unusual


def _agreement(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int]:
    return sum(a == b for a, b in zip(ours, theirs, strict=True)), len(ours)


def _overlap(ours: Sequence[str], theirs: Sequence[str], usual: str) -> tuple[int, int]:
    """Twice the equal decisions other than the usual one, and the decisions other than it of both.

    Their ratio is Dice's coefficient: what F1 would be if the trained model were always right.
    Nearly all words are O, so plain agreement hardly sees a lost entity.
    """
    alike = sum(a == b != usual for a, b in zip(ours, theirs, strict=True))
    return 2 * alike, sum(a != usual for a in ours) + sum(b != usual for b in theirs)


def _compare(
    family: Family, model: Path, final: Path, data: Prepared, tallies: dict[str, _Tally]
) -> None:
    """Parity of the final model's variants by length of the text and batch size."""
    reference, records = family.reference(model), data.parity(FINAL)
    variants = {name: base.open(final, name) for name in tallies}
    for low, high in LENGTHS:
        part = [record for record in records if low <= len(record.text.split()) <= high]
        part = part[:PARITY_RECORDS]
        expected = reference.predict(part)
        for name, variant in variants.items():
            found = [variant.predict(part, batch_size=batch) for batch in BATCHES if part]
            for batch, predictions in zip(BATCHES, found, strict=False):
                row = _parity(predictions, expected)
                words = f"{low}-{high}" if high < LENGTHS[-1][1] else f"{low}+"
                tallies[name].parity.append(
                    {"variant": name, "words": words, "batch": batch, "records": len(part), **row}
                )
            _compare_batches(tallies[name], found)


def _compare_batches(tally: _Tally, found: Sequence[Sequence[Any]]) -> None:
    """Hold the answers of the other batch sizes to those of the first."""
    for other in found[1:]:
        for one, two in zip(found[0], other, strict=True):
            equal, total = _agreement(one.decisions, two.decisions)
            tally.batches_agreed += equal
            tally.batches_decided += total


def _parity(found: Sequence[Any], expected: Sequence[Any]) -> dict[str, float]:
    equal = total = 0
    gap = 0.0
    for ours, theirs in zip(found, expected, strict=True):
        same, count = _agreement(ours.decisions, theirs.decisions)
        equal, total = equal + same, total + count
        if ours.logits.size:
            gap = max(gap, float(np.abs(ours.logits - theirs.logits).max()))
    return {"agreement": equal / max(total, 1), "logit_difference": gap}


def _write_results(
    context: Context, family: Family, data: Prepared, final: Path, tallies: dict[str, _Tally]
) -> None:
    _, facts = base.read_family(final)
    records = data.parity(FINAL)[:LATENCY_RECORDS]
    reference = read_json(context.inputs["evaluate"] / METRICS_FILE)[MODEL]
    validation = data.validation(FINAL)
    found, timing = [], {}
    for item in facts["variants"]:
        name, file = item["name"], final / item["file"]
        tally, variant = tallies[name], base.open(final, name)
        scores = tally.scores[0].pooled(tally.scores)
        scores.save(context.out / f"{name}.scores.json")
        # Batches of other sizes pad otherwise: agreement is the worst that was seen of the final model.
        agreements = [row["agreement"] for row in tally.parity] + [
            tally.agreed / max(tally.decided, 1)
        ]
        found.append(
            {
                "name": name,
                "file": item["file"],
                "sha256": file_sha256(file),
                "size_mb": round(file.stat().st_size / 1e6, 3),
                "metrics": scores.metrics(),
                "reference": reference,
                "validation": _validation(family, variant, validation, data.labels),
                "support": scores.support(),
                "agreement": min(agreements),
                "batch_agreement": tally.batches_agreed / tally.batches_decided
                if tally.batches_decided
                else 1.0,
                "overlap": tally.unusual_alike / tally.unusual if tally.unusual else 1.0,
                "logit_difference": max(
                    (row["logit_difference"] for row in tally.parity), default=0.0
                ),
                "parity": tally.parity,
            }
        )
        timing[name] = {str(batch): latency(variant, records, batch) for batch in BATCHES}
        context.report({"type": "note", "text": f"{name}: {found[-1]['size_mb']:.1f} MB"})
    write_json(context.out / FACTS_FILE, found)
    write_json(context.out / TIMING_FILE, timing)


def _validation(
    family: Family, variant: Predictor, records: Sequence[Any], labels: list[str]
) -> dict[str, float]:
    if not len(records):
        return {}
    return family.score(records, variant.predict(records), labels).metrics()


def latency(predictor: Predictor, records: Sequence[Any], batch: int) -> dict[str, float]:
    """p50 and p95 in milliseconds of whole predictions (words in, decisions out) of one batch.

    Runs for at most two seconds or 200 calls after a warm-up, over the records in turn.
    """
    batches = [records[i : i + batch] for i in range(0, len(records), batch)]
    full = [one for one in batches if len(one) == batch] or batches
    predictor.predict(full[0], batch_size=batch)
    waits: list[float] = []
    end = time.perf_counter() + LATENCY_SECONDS
    while time.perf_counter() < end and len(waits) < LATENCY_CALLS:
        started = time.perf_counter()
        predictor.predict(full[len(waits) % len(full)], batch_size=batch)
        waits.append((time.perf_counter() - started) * 1000)
    p50, p95 = np.quantile(waits, [0.5, 0.95])
    return {"p50_ms": round(float(p50), 3), "p95_ms": round(float(p95), 3), "calls": len(waits)}
