"""judge: the exported variants' figures against the absolute gates; verdict, report and card."""

import json
from pathlib import Path
from typing import Any

from goldsmith import gates
from goldsmith.config import UseCase
from goldsmith.families import base
from goldsmith.families.base import Family
from goldsmith.families.scores import Scores
from goldsmith.gates import CaseResult, Figures, Verdict
from goldsmith.prepared import FINAL, Prepared
from goldsmith.reporting.card import card
from goldsmith.reporting.data import ReportData
from goldsmith.reporting.report import render
from goldsmith.stages import Context, carding, export, load
from goldsmith.stages.evaluate import read_json, write_json
from goldsmith.stages.summary import summarise

VERDICT_FILE = "verdict.json"
REPORT_FILE = "report.html"
DATA_FILE = "report.json"
CARD_FILE = "card.md"
METRICS_FILE = "metrics.json"
WEIGHTS_FILE = "model.safetensors"


def run(context: Context) -> None:
    """Judge without a look at the champion: that is promotion's part."""
    family = context.config.model
    assert isinstance(family, Family)
    variants = read_json(context.inputs["export"] / export.FACTS_FILE)
    timing = read_json(context.inputs["export"] / export.TIMING_FILE)
    chosen = choose(variants, context.config, family.primary)
    data = Prepared(context.inputs["prepare"])
    loaded = load.read_facts(context.inputs["load"])
    scores = family.scores.load(context.inputs["export"] / f"{chosen}.scores.json")
    cases = _behaviour(context, chosen)
    verdict = gates.judge(
        [_figures(item, timing[item["name"]], chosen, scores, context.config) for item in variants],
        chosen,
        context.config.gates,
        family.primary,
        "folds" if data.folds else "test",
        _weights_sha256(context.inputs["train"] / FINAL),
        loaded["md5"],
        loaded["goldens_md5"],
        cases,
    )
    found = summarise(context, family, data, verdict, variants, timing, scores, cases)
    about = carding.about(context.config, verdict, context.inputs["export"])
    _write(context.out, verdict, found, card(found, about))
    result = "passed" if verdict.passed else f"refused: {verdict.failed[0].reason}"
    context.report({"type": "note", "text": f"verdict {result}"})


def choose(variants: list[dict[str, Any]], config: UseCase, primary: str) -> str:
    """The smallest variant that keeps the trained model's quality, seen without the test labels.

    Quality is the loss on validation; with folds, which have none, the overlap with the trained
    model's decisions other than the usual one stands in for it.
    """
    by_size = sorted(variants, key=lambda item: float(item["size_mb"]))
    best = max((item["validation"].get(primary, 0.0) for item in variants), default=0.0)
    for item in by_size:
        bounds = config.gates.variant(item["name"])
        if item["validation"]:
            keeps = gates.holds(best - item["validation"][primary], "<=", bounds.max_loss)
        else:
            keeps = gates.holds(1 - item["overlap"], "<=", bounds.max_loss)
        if keeps:
            return str(item["name"])
    return str(by_size[-1]["name"])


def _behaviour(context: Context, chosen: str) -> list[CaseResult]:
    """What the variant that answers does in the use case's behavioural cases."""
    cases = context.config.gates.behaviour
    if not cases:
        return []
    predictor = base.open(context.inputs["export"] / export.MODEL_FOLDER, chosen)
    family = context.config.model
    assert isinstance(family, Family)
    found = gates.examine(cases, predictor.answer, family)
    held = sum(one.passed for one in found)
    context.report({"type": "note", "text": f"{held} of {len(found)} behavioural cases hold"})
    return found


def _figures(
    item: dict[str, Any], timing: dict[str, Any], chosen: str, scores: Scores, config: UseCase
) -> Figures:
    """Of one variant; the chosen one's with costs and slices, which nothing else is judged by."""
    judged, costs = item["name"] == chosen, config.gates.costs
    return Figures(
        name=item["name"],
        sha256=item["sha256"],
        metrics=gates.measured(scores, costs) if judged else item["metrics"],
        reference=item["reference"],
        support=item["support"],
        records=len(scores.ids),
        slices=gates.slices_of(scores, costs) if judged else {},
        agreement=item["agreement"],
        batch_agreement=item["batch_agreement"],
        logit_difference=item["logit_difference"],
        size_mb=item["size_mb"],
        p95_ms={batch: found["p95_ms"] for batch, found in timing.items()},
    )


def _weights_sha256(folder: Path) -> str:
    """sha256 of the trained weights, whatever file the family keeps them in."""
    from goldsmith.artifacts import digest, file_hashes, file_sha256

    weights = folder / WEIGHTS_FILE
    return file_sha256(weights) if weights.is_file() else digest(file_hashes(folder))


def _write(out: Path, verdict: Verdict, found: ReportData, text: str) -> None:
    write_json(out / VERDICT_FILE, gates.as_json(verdict))
    write_json(out / DATA_FILE, found.model_dump(mode="json"))
    write_json(out / METRICS_FILE, {"passed": int(verdict.passed), **found.metrics})
    (out / REPORT_FILE).write_text(render(found), encoding="utf-8")
    (out / CARD_FILE).write_text(text, encoding="utf-8")


def read_verdict(folder: Path) -> Verdict:
    """The verdict in a judged folder or a bundle."""
    return gates.from_json(json.loads((folder / VERDICT_FILE).read_text(encoding="utf-8")))


def read_report(folder: Path) -> ReportData:
    """What the report of a judged folder shows."""
    return ReportData.model_validate_json((folder / DATA_FILE).read_text(encoding="utf-8"))
