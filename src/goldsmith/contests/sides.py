"""Who is scored: a registered version, or a file of recorded answers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from goldsmith.contests.notes import Note
from goldsmith.contests.recorded import Recorded, RecordedPredictor
from goldsmith.errors import UserError, listed
from goldsmith.families import base
from goldsmith.families.base import Predictor
from goldsmith.families.scores import Scores
from goldsmith.registry import versions
from goldsmith.registry.opening import open_to_compare
from goldsmith.registry.versions import Version
from goldsmith.stages import contest
from goldsmith.stages.contest import TestSet
from goldsmith.text import label_of


@dataclass(frozen=True)
class Side:
    """One that answers.

    Attributes:
        name: as people call it: `toy@3`, or a file's name.
        model: name in the registry, or who a file says has answered.
        version: number in the registry; None of a file.
        sha256: of the file that answers; empty of recorded answers.
        labels: those that it can answer with; empty of recorded answers.
        trained_on: sorted hashes of its training texts; None: it does not say.
        objection: why it must not serve, such as its verdict; empty where it may.
    """

    name: str
    model: str
    version: int | None = None
    sha256: str = ""
    labels: tuple[str, ...] = ()
    trained_on: np.ndarray | None = None
    objection: str = ""
    predictor: Predictor | None = None
    recorded: Recorded | None = None

    def as_json(self) -> dict[str, Any]:
        """What it is, for programs."""
        return {
            "name": self.name,
            "model": self.model,
            "version": self.version,
            "sha256": self.sha256,
            "objection": self.objection,
        }


@dataclass(frozen=True)
class Scored:
    """A side's answers to the records of a set, and what they are worth."""

    side: Side
    predictions: list[Any]
    scores: Scores
    notes: tuple[Note, ...]


def of_version(name: str, version: Version, test: TestSet) -> Side:
    """A registered version; one that its verdict refused too.

    Args:
        name: what to call it.
        version: where it is registered.
        test: the records that it is to answer.

    Raises:
        UserError: a family that answers on other records.
        DataError: its bundle was altered, or has no file that could answer.
        StoreError: MLflow cannot give it.
    """
    bundle = versions.fetch_bundle(version)
    family, facts = base.read_family(bundle)
    if family.record.kind != test.family.record.kind:
        raise UserError(
            f"{name} is of family {family.family}, which answers on {family.record.kind} records; "
            f"the test records are {test.family.record.kind}"
        )
    opened = open_to_compare(version)
    return Side(
        name, version.model, version.number, opened.about["sha256"],
        names_of(family.record.kind, facts["labels"]), contest.trained_on(version),
        opened.objection, opened.predictor,
    )  # fmt: skip


def names_of(kind: str, labels: Sequence[str]) -> tuple[str, ...]:
    """Labels by name: of tags the entities' labels."""
    if kind != "tagged_tokens":
        return tuple(labels)
    return tuple(sorted({label for tag in labels if (label := label_of(tag))}))


def of_file(found: Recorded) -> Side:
    """Recorded answers."""
    return Side(found.path.name, listed(found.models, 2), recorded=found)


def score(side: Side, test: TestSet, left_out: Collection[str] = ()) -> Scored:
    """Let a side answer a set of records, and count.

    Args:
        side: who answers.
        test: the records.
        left_out: ids of records that belong to the set and are not asked for.

    Raises:
        DataError: recorded answers of which none is to one of the records.
    """
    predictor = side.predictor
    if side.recorded is not None:
        predictor = side.recorded.on(test.family, test.records, test.labels, left_out)
    assert predictor is not None
    found = predictor.predict(test.records)
    notes = predictor.notes if isinstance(predictor, RecordedPredictor) else ()
    return Scored(side, found, test.family.score(test.records, found, test.labels), notes)
