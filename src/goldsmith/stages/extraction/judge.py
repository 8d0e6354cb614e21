"""judge: the scores against the absolute gates; verdict and error browser."""

import json
from pathlib import Path
from typing import Any

from goldsmith import artifacts, gates
from goldsmith.config import Evaluation
from goldsmith.errors import ConfigError
from goldsmith.extraction.scores import FieldScores
from goldsmith.extraction.summary import summarise
from goldsmith.gates import Figures, Gate, VariantHash, Verdict
from goldsmith.reporting.extraction import ExtractionData, render
from goldsmith.stages import Context
from goldsmith.stages.extraction import load, score, settings

VERDICT_FILE, REPORT_FILE, DATA_FILE = "verdict.json", "report.html", "report.json"
METRICS_FILE = "metrics.json"
RESULTS = "results"  # the one that answers, as a verdict names it


def run(context: Context) -> None:
    """Judge without a look at the accepted results: that is acceptance's part.

    Raises:
        ConfigError: a gate or a cost names a field, cluster or metric that is not there.
    """
    config, inputs = settings(context), context.inputs
    scores = score.read_scores(inputs["score"])
    found = absolute_gates(config, scores)
    results = artifacts.file_sha256(inputs["load_results"] / load.RECORDS_FILE)
    verdict = Verdict(
        passed=all(gate.passed is not False for gate in found),
        estimate="test",
        chosen=RESULTS,
        model_sha256=results,
        data_md5=load.read_facts(inputs["load_goldens"])["md5"],
        variants=(VariantHash(name=RESULTS, sha256=results),),
        gates=tuple(found),
    )
    data = summarise(
        scores,
        score.read_outcomes(inputs["score"]),
        load.read_pages(inputs["load_pages"]),
        confusion=score.read_facts(inputs["score"])["confusion"],
        title=config.title,
        about=f"{config.name}, profile {config.profile}",
        costs=config.gates.costs,
        verdict=verdict,
        seed=config.seed,
    )
    _write(context.out, verdict, data)
    said = "passed" if verdict.passed else f"refused: {verdict.failed[0].reason}"
    context.report({"type": "note", "text": f"verdict {said}"})


def absolute_gates(config: Evaluation, scores: FieldScores) -> list[Gate]:
    """The bounds of the use case on the figures of its results.

    Raises:
        ConfigError: a gate or a cost names what is not there; says the near names.
    """
    rules: Any = config.gates
    figures = Figures(
        name=RESULTS, sha256="", metrics=gates.measured(scores, rules.costs), reference={},
        support=scores.support(), records=len(scores.ids),
        slices=gates.slices_of(scores, rules.costs), agreement=1.0, logit_difference=0.0,
        size_mb=0.0, p95_ms={},
    )  # fmt: skip
    try:
        gates.unknown_costs(rules.costs, scores.labels)
        return gates.metric_gates(figures, rules)
    except KeyError as error:
        raise ConfigError(str(error.args[0])) from None


def _write(out: Path, verdict: Verdict, data: ExtractionData) -> None:
    metrics = {"passed": int(verdict.passed), **data.metrics}
    for name, value in (
        (VERDICT_FILE, gates.as_json(verdict)),
        (DATA_FILE, data.model_dump(mode="json")),
        (METRICS_FILE, metrics),
    ):
        text = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
        (out / name).write_text(text, encoding="utf-8")
    (out / REPORT_FILE).write_text(render(data), encoding="utf-8")


def read_verdict(folder: Path) -> Verdict:
    """The verdict of a judged folder."""
    return gates.from_json(json.loads((folder / VERDICT_FILE).read_text(encoding="utf-8")))


def read_report(folder: Path) -> ExtractionData:
    """What the report of a judged folder shows."""
    return ExtractionData.model_validate_json((folder / DATA_FILE).read_text(encoding="utf-8"))
