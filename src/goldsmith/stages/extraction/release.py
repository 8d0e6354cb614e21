"""register and accept: what only the flow does, after the verdict lies on disk."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from goldsmith import __version__, artifacts, versioning
from goldsmith.artifacts import Artifact
from goldsmith.config import Evaluation
from goldsmith.extraction.judging import score_sides
from goldsmith.extraction.scores import PRIMARY, FieldScores
from goldsmith.gates import Comparison, champion_gate
from goldsmith.records import Field
from goldsmith.registry import promotion
from goldsmith.registry import results as registry
from goldsmith.registry.files import fetch_file
from goldsmith.registry.ledger import ACCEPTED
from goldsmith.registry.promotion import Judge, Promotion
from goldsmith.registry.versions import Version
from goldsmith.stages.extraction import judge, load, score
from goldsmith.stages.passport import LOCK_FILE, lock_sha256
from goldsmith.versioning import code

PASSPORT_FILE = "passport.json"
SCHEMA = 1


def register(config: Evaluation, made: Mapping[str, Artifact], flow_run: str) -> Version:
    """Register the judged results; equal ones that are registered already are returned.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    verdict = judge.read_verdict(made["judge_results"].folder)
    report = judge.read_report(made["judge_results"].folder)
    tags = {
        "verdict": "passed" if verdict.passed else "refused",
        "data_md5": verdict.data_md5,
        "results_md5": load.read_facts(made["load_results"].folder)["md5"],
        "source": "adhoc" if config.adhoc else config.section("results")["kind"],
        "primary": PRIMARY,
        "primary.value": f"{report.metrics[PRIMARY]:.6g}",
        "primary.low": f"{report.interval[0]:.6g}",
        "primary.high": f"{report.interval[1]:.6g}",
    }
    keys = [made["load_results"].content, made["judge_results"].key]
    judged = made["judge_results"].folder
    with tempfile.TemporaryDirectory() as scratch:
        passport = Path(scratch) / PASSPORT_FILE
        text = json.dumps(_passport(config, made, flow_run), indent=1, ensure_ascii=False)
        passport.write_text(text + "\n", encoding="utf-8")
        return registry.register(
            config.model_name,
            config.title,
            config.name,
            [
                made["load_results"].folder / load.RECORDS_FILE,
                made["score"].folder / score.SCORES_FILE,
                judged / judge.VERDICT_FILE,
                judged / judge.REPORT_FILE,
                passport,
            ],
            report.metrics,
            tags,
            artifacts.digest([config.model_name, *keys, tags]),
        )


def _passport(config: Evaluation, made: Mapping[str, Artifact], flow_run: str) -> dict[str, object]:
    """How the verdict came about, enough to judge the same results again."""
    return {
        "schema": SCHEMA,
        "model": config.model_name,
        "use_case": config.name,
        "profile": config.profile,
        "goldsmith": __version__,
        "commit": code.commit(),
        "project_commit": versioning.commit(),
        "flow_run": flow_run,
        "config": config.model_dump(mode="json"),
        "artifacts": {name: one.key for name, one in made.items()},
        "contents": {name: one.content for name, one in made.items()},
        LOCK_FILE: lock_sha256(),
    }


def accept(config: Evaluation, made: Mapping[str, Artifact], version: Version) -> Promotion:
    """Compare with the accepted results on the same goldens, and move the alias if that was earned.

    Raises:
        StoreError: MLflow cannot be reached or fails; the alias is then as it was.
    """
    verdict = judge.read_verdict(made["judge_results"].folder)
    return promotion.promote(
        version, verdict, against(config, made), adhoc=bool(config.adhoc), name=ACCEPTED
    )


def against(config: Evaluation, made: Mapping[str, Artifact]) -> Judge:
    """How a run's results are held against the accepted ones: those are scored anew, on the goldens
    and by the rules of now, on the documents that they were judged on before.

    A document that came later was never given to that system: having no result there says nothing.
    """
    ours = score.read_scores(made["score"].folder)
    goldens = load.read_fields(made["load_goldens"].folder)
    return lambda accepted: _held(config, goldens, ours, accepted)


def of_version(config: Evaluation, goldens: Sequence[Field], version: Version) -> Judge:
    """How a registered version's results are held against the accepted ones: both scored anew, on the
    documents that both were judged on."""

    def compare(accepted: Version) -> Comparison:
        ours = _scored(config, goldens, version)
        return _lost(version) if ours is None else _held(config, goldens, ours, accepted)

    return compare


def _scored(config: Evaluation, goldens: Sequence[Field], version: Version) -> FieldScores | None:
    """A version's scores by the rules of now, on the documents that it was judged on before; None:
    its results are gone."""
    results = fetch_file(version, load.RECORDS_FILE)
    counts = fetch_file(version, score.SCORES_FILE)
    if results is None or counts is None:
        return None
    before = set(FieldScores.load(counts).ids)
    found = load.read_records(results, Field.kind)
    now = score_sides(goldens, found, config.fields).scores
    return now.only(np.array([name in before for name in now.ids], dtype=bool))


def _held(
    config: Evaluation, goldens: Sequence[Field], ours: FieldScores, accepted: Version
) -> Comparison:
    theirs = _scored(config, goldens, accepted)
    if theirs is None:
        return _lost(accepted)
    common = set(ours.ids) & set(theirs.ids)
    least = config.gates.accepted.min_documents
    if len(common) < least:
        reason = (
            f"only {len(common)} documents in common with version {accepted.number}, and "
            f"gates.accepted.min_documents is {least}: a person decides"
        )
        return Comparison(better=None, reason=reason)
    ours, theirs = (
        one.only(np.array([name in common for name in one.ids], dtype=bool))
        for one in (ours, theirs)
    )
    gate = champion_gate(ours, theirs, PRIMARY, config.gates.accepted, config.seed, ACCEPTED)
    return Comparison(better=bool(gate.passed), reason=gate.reason, gates=(gate,))


def _lost(version: Version) -> Comparison:
    reason = f"version {version.number} has lost its results: a person decides"
    return Comparison(better=None, reason=reason)
