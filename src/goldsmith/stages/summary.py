"""Gather what a report shows from the folders of the finished stages."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from goldsmith.config import UseCase
from goldsmith.errors import listed
from goldsmith.families import bootstrap
from goldsmith.families.base import Family
from goldsmith.families.scores import Scores, label_kind
from goldsmith.gates import CaseResult, Verdict, cost_of, measured
from goldsmith.prepared import FINAL, Prepared
from goldsmith.reporting.data import (
    CaseRow,
    CostRow,
    ErrorRow,
    GateRow,
    ParityRow,
    PointRow,
    ReportData,
    TableRow,
    VariantRow,
)
from goldsmith.stages import Context, evaluate, figures, load, train
from goldsmith.validation import report as validation_report


def summarise(
    context: Context,
    family: Family,
    data: Prepared,
    verdict: Verdict,
    variants: list[dict[str, Any]],
    timing: dict[str, Any],
    scores: Scores,
    cases: Sequence[CaseResult],
) -> ReportData:
    """Everything the report, the card, the table and `goldsmith show` say of one model.

    Args:
        context: of the judge stage.
        family: of the use case.
        data: the prepared records.
        verdict: on the model.
        variants, timing: facts of every exported variant.
        scores: of the chosen one on the held-out records.
        cases: its behaviour.
    """
    metrics = measured(scores, context.config.gates.costs)
    interval, gain = _uncertainty(scores, family.primary, context.config)
    evaluation, config = context.inputs["evaluate"], context.config
    measured_all = evaluate.read_json(evaluation / evaluate.METRICS_FILE)
    beside = figures.yardsticks(config, scores, measured_all, evaluation)
    explanation = evaluate.read_json(evaluation / evaluate.EXPLANATION_FILE)
    names, confusion = explanation["labels"], explanation["confusion"]
    pictured = len(names) <= figures.PICTURED
    return ReportData(
        use_case=config.name,
        profile=config.profile,
        title=config.title,
        model_name=config.model_name,
        passed=verdict.passed,
        chosen=verdict.chosen,
        estimate=verdict.estimate,
        primary=family.primary,
        value=metrics[family.primary],
        interval=interval,
        metrics=metrics,
        yardsticks=beside,
        label_kind=label_kind(family.primary, metrics),
        labels=figures.labels(scores, metrics, family.primary, beside[0] if beside else None),
        slices=figures.slices(scores, family.primary),
        gates=tuple(GateRow(**gate.model_dump()) for gate in verdict.gates),
        variants=_variants(verdict, variants, timing, family.primary),
        parity=tuple(ParityRow(**row) for item in variants for row in item["parity"]),
        confusion_labels=tuple(names) if pictured else (),
        confusion=tuple(tuple(row) for row in confusion) if pictured else (),
        counted=explanation["counted"],
        confused=() if pictured else figures.confused(names, confusion),
        tables=tuple(TableRow(**one) for one in explanation["tables"]),
        errors=tuple(ErrorRow(**one) for one in explanation["errors"]),
        history=_history(context.inputs["train"] / FINAL / train.HISTORY_FILE),
        records=data.counts["records"],
        trained_on=sum(data.counts["in_training"].get(part, 0) for part in _training_parts(data)),
        checks=_checks(context),
        facts=_facts(context, data, verdict),
        costs=_costs(scores, config),
        behaviour=tuple(CaseRow(**one.model_dump()) for one in cases),
        detectable=gain,
        sample=config.gates.sample,
    )


def _uncertainty(
    scores: Scores, metric: str, config: UseCase
) -> tuple[tuple[float, float], float | None]:
    """The metric's interval, and the gain of another version that these records would show."""
    if len(set(scores.documents)) < 2:
        value = scores.metrics()[metric]
        return (value, value), None
    interval = bootstrap.interval(scores, metric, figures.RESAMPLES, config.seed)
    error = bootstrap.standard_error(scores, metric, figures.RESAMPLES, config.seed)
    alpha = config.gates.champion.alpha
    return interval, bootstrap.detectable(bootstrap.paired_error(error), alpha)


def _costs(scores: Scores, config: UseCase) -> tuple[CostRow, ...]:
    if not config.gates.costs:
        return ()
    rows = []
    for label, (missed, false) in scores.mistakes(scores.counts.sum(axis=0)).items():
        miss, alarm = cost_of(config.gates.costs, label)
        rows.append(
            CostRow(
                label=label, misses=int(missed), false_alarms=int(false), miss=miss,
                false_alarm=alarm,
            )
        )  # fmt: skip
    return tuple(rows)


def _training_parts(data: Prepared) -> list[str]:
    return [f"fold-{number}" for number in range(data.folds)] or ["train"]


def _variants(
    verdict: Verdict, variants: list[dict[str, Any]], timing: dict[str, Any], primary: str
) -> tuple[VariantRow, ...]:
    kept = {variant.name for variant in verdict.variants}
    return tuple(
        VariantRow(
            name=item["name"],
            chosen=item["name"] == verdict.chosen,
            kept=item["name"] in kept,
            size_mb=item["size_mb"],
            p50_ms={batch: found["p50_ms"] for batch, found in timing[item["name"]].items()},
            p95_ms={batch: found["p95_ms"] for batch, found in timing[item["name"]].items()},
            metric=item["metrics"][primary],
            loss=item["reference"][primary] - item["metrics"][primary],
            agreement=item["agreement"],
            logit_difference=item["logit_difference"],
        )
        for item in variants
    )


def _history(path: Path) -> tuple[PointRow, ...]:
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(
            PointRow(
                phase=row["phase"],
                step=int(row["step"]),
                epoch=float(row["epoch"]),
                loss=float(row["loss"]),
            )
            for row in csv.DictReader(stream)
        )


def _checks(context: Context) -> tuple[tuple[str, bool, str], ...]:
    found = [
        check
        for stage in ("validate_raw", "validate_prepared")
        for check in validation_report.read(context.inputs[stage]).checks
    ]
    return tuple(
        (
            check.check,
            check.status != "failed",
            check.sentence() if check.failures else check.observed,
        )
        for check in found
    )


def _facts(context: Context, data: Prepared, verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """Short named facts for the report and the card; measured times are not among them."""
    trained = train.read_facts(context.inputs["train"])[FINAL]
    left_out = load.read_facts(context.inputs["load"])["left_out"]
    gone = left_out | {rule: found["records"] for rule, found in data.counts["dropped"].items()}
    dropped = ", ".join(f"{rule} {count:,}" for rule, count in gone.items())
    rare = data.counts["rare_labels"]
    facts = {
        "Data md5": verdict.data_md5,
        **({"Goldens md5": verdict.goldens_md5} if verdict.goldens_md5 else {}),
        "Labels in the raw data": str(data.counts["raw_labels"]),
        "Cleaned records": f"{data.counts['cleaned']['records']:,}",
        "Dropped records": dropped or "none",
        **(
            {"Labels too rare": f"{rare['labels']:,} ({listed(list(rare['named']))})"}
            if rare["labels"]
            else {}
        ),
        "Seed": str(context.config.seed),
        "Optimiser steps": f"{trained.get('steps', 0):,}",
        **train.batches(context.config, trained),
        "Epochs": f"{trained.get('epochs', 0):g}",
        "Trained weights sha256": verdict.model_sha256,
    }
    return tuple(facts.items())
