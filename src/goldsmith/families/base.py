"""The protocol of a model family, and the way back from a model folder to its predictor.

A family is one folder below `families/` (or anywhere, registered by entry point): its config class
is
the `model:` section of a use case. Shared code is functions that families call, not hooks to fill.
"""

import json
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Protocol, Self

import numpy as np
from pydantic import Field

from goldsmith.config import plugins
from goldsmith.config.sections import Pattern, Section
from goldsmith.errors import DataError, near
from goldsmith.families.scores import Scores
from goldsmith.prepared import Prepared
from goldsmith.records import Record

FAMILY_FILE = "family.json"
REFUSED_FILE = "refused.json"  # of a training process that ended with an error for people
SCHEMA = 1
COMMON_FACTS = ("schema", "family", "config", "labels", "variants", "chosen")


class Prediction(Protocol):
    """What every prediction can say of itself."""

    @property
    def decisions(self) -> Sequence[str]:
        """What was decided, item by item: the basis of agreement between two predictors."""

    @property
    def logits(self) -> np.ndarray:
        """The figures behind the decisions, in the same order: the basis of parity."""


class Predictor(Protocol):
    """Everything that predicts: a trained model, an ONNX variant, the champion, a baseline."""

    def predict(self, records: Sequence[Any], batch_size: int = 32) -> list[Any]:
        """A prediction a record, in order; gold labels are not looked at."""

    def answer(self, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        """The `prediction` value of the documented output line for each input line.

        Raises:
            DataError: an input that lacks what the family needs.
        """


@dataclass(frozen=True)
class Variant:
    """One exported form of a model: the folder below the export, and its main file."""

    name: str
    file: str


@dataclass(frozen=True)
class Example:
    """One record in which a prediction is wrong, for the report.

    Attributes:
        words: (text, gold label or "", predicted label or "") piece by piece: the words of a
            sentence, a whole text that has one label, a context with its answers in it.
        asked: what was asked of it, such as a question; shown above.
    """

    id: str
    words: Sequence[tuple[str, str, str]]
    asked: str = ""


@dataclass(frozen=True)
class Table:
    """Figures of a family's own for the report, such as coverage and accuracy by threshold."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | float | None]]
    note: str = ""  # what they say, in a sentence


@dataclass(frozen=True)
class Explanation:
    """What the report shows beside the figures.

    Attributes:
        labels: of the confusion matrix; none: no picture.
        confusion: (gold, predicted) counts, in the order of the labels.
        errors: the worst ones, each with its words.
        tables: figures of the family's own.
        counted: what the confusion counts, in the singular.
    """

    labels: list[str]
    confusion: np.ndarray
    errors: list[Example]
    tables: list[Table] = field(default_factory=list)
    counted: str = "record"


@dataclass(frozen=True)
class Recorded:
    """An answer of another system, read as a prediction.

    Attributes:
        prediction: as `Predictor.predict` gives it.
        faults: (kind, what) of each thing in the answer that was not as documented.
    """

    prediction: Any
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Run:
    """What a training process is given beside its data.

    Attributes:
        report: takes progress events.
        checkpoints: folder that survives a killed run; all processes of one training share it.
        device: cpu or cuda.
        seed: of everything random.
        precision: auto, fp32 or bf16, as `compute.precision`.
        accumulate: into how many parts a batch is split, one after the other, to fit into memory.
    """

    report: Callable[[dict[str, Any]], None]
    checkpoints: Path
    device: str
    seed: int
    precision: str = "auto"
    accumulate: int = 1


class Family(Section):
    """A family's settings and what can be done with them; subclasses stay light to import."""

    record: ClassVar[type[Record]]
    primary: ClassVar[str]
    scores: ClassVar[type[Scores]]
    answer_keys: ClassVar[tuple[str, ...]] = ()  # of the items of an answer; empty: not known
    ranked: ClassVar[bool] = False  # an answer's items are alternatives, the best first
    parallel: ClassVar[bool] = False  # several processes can share its batches: has `batch_size`
    calls: ClassVar[tuple[str, ...]] = ()  # families of ours whose code it calls: part of its keys
    task: ClassVar[str] = ""  # of the pipelines that load what it exports; empty: there is none

    family: str = Field(description="Name of the family.")

    def pinned(self) -> Self:
        """These settings with a branch of a base model replaced by the commit that it is at now.

        Raises:
            ConfigError: a base that is not there; asked before any work starts.
            StoreError: where it is cannot be reached.
        """
        return self

    def identity(self) -> dict[str, str]:
        """What determines training beside settings, data and code: hashes of base models.

        Raises:
            ConfigError: a base that is not there; asked before any work starts.
        """
        return {}

    def licence(self) -> str:
        """The base model's licence, for the card; empty where nobody says."""
        return ""

    @abstractmethod
    def train(self, data: Prepared, part: str, out: Path, run: Run) -> dict[str, Any]:
        """Train one part into a model folder with `family.json`; returns facts for the report.

        The facts hold `monitor`: the metrics by which a collapse is noticed.
        """

    @abstractmethod
    def reference(self, model: Path) -> Predictor:
        """The model as trained, before any export."""

    @abstractmethod
    def export(self, model: Path, out: Path) -> list[Variant]:
        """Write the variants of a model folder; each opens with `open`."""

    @abstractmethod
    def runtime(self, folder: Path, file: str) -> Predictor:
        """The light predictor of an exported folder: no torch, no transformers."""

    @abstractmethod
    def score(
        self, goldens: Sequence[Any], predictions: Sequence[Any], labels: Sequence[str]
    ) -> Scores:
        """Counts per record of predictions against goldens; `labels` as in `Prepared.labels`."""

    @abstractmethod
    def explain(self, goldens: Sequence[Any], predictions: Sequence[Any]) -> Explanation:
        """Confusion and errors in context."""

    @abstractmethod
    def recorded(self, record: Any, answer: Any, labels: Sequence[str]) -> Recorded:
        """Read the `prediction` of an output line, by whatever system, as a prediction.

        Args:
            record: the record that was answered.
            answer: the line's value, of any shape; None: there is no answer.
            labels: as in `Prepared.labels`; another one in the answer is kept, and a fault.
        """

    def comparable(self, key: str, value: Any) -> Any:
        """The value of an item's key as behavioural cases compare it; by default as it is."""
        return value

    def check_input(self, line: Mapping[str, Any]) -> None:
        """Look whether an input line is one that `Predictor.answer` reads, without any model.

        Raises:
            DataError: it lacks what the family needs.
        """
        return None

    def lost_targets(self, records: Sequence[Any]) -> list[int] | None:
        """How many targets of each record lie beyond what the model reads; None: cannot be told.

        Needs no trained model: asked of the goldens before training.
        """
        return None

    def yardsticks(self, model: Path, patterns: Sequence[Pattern]) -> dict[str, Predictor]:
        """What to report beside the model, by name, the most telling one first; none is judged.

        Args:
            model: the trained folder, where `train` may have left one.
            patterns: the use case's rules.
        """
        return {}

    def collapsed(self, monitor: Mapping[str, float]) -> str | None:
        """Say how a trained model is no better than a constant answer; None if it is better."""
        if monitor.get(self.primary, 0.0) <= 0.0:
            return f"its {self.primary} is 0, no better than a constant answer"
        return None


def write_family(folder: Path, family: Family, labels: Sequence[str], **facts: Any) -> None:
    """Write `family.json`, by which a model folder opens without any YAML."""
    value = {
        "schema": SCHEMA,
        "family": family.family,
        "config": family.model_dump(mode="json"),
        "labels": list(labels),
        **facts,
    }
    text = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
    (folder / FAMILY_FILE).write_text(text, encoding="utf-8")


def read_family(folder: Path) -> tuple[Family, dict[str, Any]]:
    """The family of a model folder and the facts of its `family.json`.

    Raises:
        DataError: not a model folder.
        ConfigError: a family that is not installed.
    """
    path = folder / FAMILY_FILE
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise DataError(f"{folder}: not a model folder: no readable {FAMILY_FILE}") from None
    kind = plugins.load("families", facts["family"])
    family = kind.model_validate(facts["config"], context={"trained": True})
    assert isinstance(family, Family)
    return family, facts


def own_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Of the facts of a `family.json`, those that are the family's own: its runtime needs them."""
    return {name: value for name, value in facts.items() if name not in COMMON_FACTS}


def open(folder: Path, variant: str) -> Predictor:
    """Open an exported model folder (or bundle) as a light predictor.

    Raises:
        DataError: not a model folder, or no such variant.
    """
    family, facts = read_family(folder)
    files = {item["name"]: item["file"] for item in facts.get("variants", [])}
    if variant not in files:
        raise DataError(f"{folder}: no variant {variant!r}: {near(variant, files)}")
    return family.runtime(folder, files[variant])
