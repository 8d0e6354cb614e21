"""The contest: a challenger and the champion on the same records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.artifacts import Artifact, file_sha256
from goldsmith.config import UseCase
from goldsmith.errors import DataError, UserError, listed
from goldsmith.families import base
from goldsmith.families.base import Family, Predictor
from goldsmith.families.scores import Scores
from goldsmith.gates import COST, Comparison, Verdict, champion_gate, measured
from goldsmith.prepared import FINAL, Prepared
from goldsmith.registry import versions
from goldsmith.registry.files import fetch_file
from goldsmith.registry.opening import open_to_compare
from goldsmith.registry.promotion import Judge
from goldsmith.registry.versions import Version
from goldsmith.stages import export

TRAINED_ON_FILE = "trained_on.npy"
TRAINED_ON_TAG = "goldsmith.trained_on"  # sha256 of that file


@dataclass(frozen=True)
class TestSet:
    """The records that versions of a use case are compared on.

    Attributes:
        family: that of the use case.
        records: n gold records.
        labels: as in `Prepared.labels`.
        keys: (n) uint64 hashes of the records' texts.
    """

    __test__ = False  # pytest must not take it for a test

    family: Family
    records: Any
    labels: list[str]
    keys: np.ndarray

    @classmethod
    def of(cls, config: UseCase, prepared: Path) -> "TestSet":
        """Of a prepared data set: its test split, with folds the fixed goldens (or nothing)."""
        family = config.model
        assert isinstance(family, Family)
        data = Prepared(prepared)
        records = data.heldout(FINAL)
        return cls(family, records, data.labels, data.text_keys(records))

    def seen_by(self, trained: np.ndarray | None) -> np.ndarray:
        """(n) bool, the records whose text is among the hashes that something was trained on."""
        nothing = np.array([], dtype=np.uint64)
        return np.isin(self.keys, nothing if trained is None else trained)

    def scored(self, predictor: Predictor) -> Scores:
        """A predictor's scores on the records."""
        return self.family.score(self.records, predictor.predict(self.records), self.labels)


def trained_on(version: Version) -> np.ndarray | None:
    """Sorted uint64 hashes of the texts that a version was trained on; None: it does not say.

    Raises:
        DataError: the list is not the one that was registered.
        StoreError: MLflow cannot be reached or fails.
    """
    path, expected = fetch_file(version, TRAINED_ON_FILE), version.tags.get(TRAINED_ON_TAG)
    if expected is None:
        return None
    if path is None or file_sha256(path) != expected:
        raise DataError(
            f"{version.model} version {version.number}: {TRAINED_ON_FILE}, the list of what it was "
            f"trained on, is {'gone' if path is None else 'altered'}: goldsmith verify "
            f"{version.model.partition('.')[0]}@{version.number}"
        )
    return np.load(path, allow_pickle=False)


def trained_keys(data: Prepared) -> np.ndarray:
    """Sorted unique uint64 hashes of the texts that the final model of a data set has seen.

    Validation is among them: epoch and variant are chosen by it.
    """
    views = (data.training(FINAL), data.validation(FINAL))
    return np.unique(np.concatenate([data.text_keys(view) for view in views]))


def of_run(config: UseCase, made: Mapping[str, Artifact], verdict: Verdict) -> Judge:
    """How the version that a run made is held against a champion."""
    test = TestSet.of(config, made["prepare"].folder)
    exported = made["export"].folder
    if verdict.estimate == "test":
        scores: Scores | None = test.family.scores.load(exported / f"{verdict.chosen}.scores.json")
    elif config.goldens:
        scores = test.scored(base.open(exported / export.MODEL_FOLDER, verdict.chosen))
    else:
        scores = None
    return against(config, test, scores)


def of_version(config: UseCase, test: TestSet, version: Version) -> Judge:
    """How a registered version, by its own bundle, is held against a champion.

    The comparison raises:
        DataError: its bundle was altered.
        StoreError: MLflow cannot give the bundle.
    """

    def compare(champion: Version) -> Comparison:
        scores = test.scored(open_to_compare(version).predictor) if len(test.records) else None
        return against(config, test, scores, [version])(champion)

    return compare


def against(
    config: UseCase, test: TestSet, scores: Scores | None, challengers: Sequence[Version] = ()
) -> Judge:
    """How scores of a challenger on a test set are held against a champion.

    Args:
        config: the use case.
        test: the records.
        scores: of the challenger; None where no records are left that it was not trained on.
        challengers: versions whose training records are left out, beside the champion's.
    """

    def compare(champion: Version) -> Comparison:
        if scores is None:
            return _undecided("estimated by folds, and no `goldens:` to compare on")
        try:
            predictor = open_to_compare(champion).predictor
            family, facts = base.read_family(versions.fetch_bundle(champion))
            known = {one.number: trained_on(one) for one in (champion, *challengers)}
        except UserError as error:
            return _undecided(f"they cannot be compared: {error}")
        silent = [str(number) for number, found in known.items() if found is None]
        if silent:
            return _undecided(f"version {listed(silent)} does not say what it was trained on")
        if (family.family, family.record) != (test.family.family, test.family.record):
            shown = f"{champion.model} version {champion.number}"
            return _undecided(f"the champion, {shown}, is of the family {family.family}")
        theirs = test.scored(predictor)
        unseen = ~np.logical_or.reduce([test.seen_by(one) for one in known.values()])
        notes = [
            *_unseen_notes(unseen),
            *_unknown_labels(family.score([], [], facts["labels"]), scores.only(unseen)),
        ]
        return _compared(config, scores.only(unseen), theirs.only(unseen), notes)

    return compare


def _undecided(reason: str) -> Comparison:
    return Comparison(better=None, reason=f"{reason}: a person decides")


def _unseen_notes(unseen: np.ndarray) -> list[str]:
    """What was left out of the comparison, in words."""
    left_out = int((~unseen).sum())
    return (
        [f"left out {left_out} of {len(unseen)} records that one was trained on"]
        if left_out
        else []
    )


def _unknown_labels(known: Scores, scores: Scores) -> list[str]:
    """The test records' labels that the champion has never heard of: its misses."""
    new = {name: n for name, n in scores.support().items() if n and name not in known.support()}
    named = [f"{name} ({count} mentions)" for name, count in new.items()]
    return [f"the champion does not know {listed(named)}, its misses"] if named else []


def _compared(config: UseCase, scores: Scores, theirs: Scores, notes: Sequence[str]) -> Comparison:
    """The comparison on the records that both may be judged on."""
    family, settings = config.model, config.gates.champion
    assert isinstance(family, Family)
    documents = len(set(scores.documents))
    if documents < settings.min_documents:
        few = (
            f"{documents} documents are too few to compare on, "
            f"gates.champion.min_documents is {settings.min_documents}"
        )
        return _undecided("; ".join([few, *notes]))
    gate = champion_gate(scores, theirs, family.primary, settings, config.seed)
    reason = "; ".join([gate.reason, *_costs(config, scores, theirs), *notes])
    gate = gate.model_copy(update={"reason": reason})
    return Comparison(better=bool(gate.passed), reason=reason, gates=(gate,))


def _costs(config: UseCase, scores: Scores, theirs: Scores) -> list[str]:
    """What the mistakes of both cost, in words: information, no gate."""
    ours, other = (measured(one, config.gates.costs).get(COST) for one in (scores, theirs))
    if ours is None or other is None:
        return []
    return [f"{COST} is {ours:.4g}, the champion's {other:.4g}"]
