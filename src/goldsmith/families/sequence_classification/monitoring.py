"""What is watched of a model in training: its metrics on validation, and its calibration there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from goldsmith.families.base import Predictor
from goldsmith.families.sequence_classification.calibration import (
    UNATTAINABLE,
    Calibration,
    choose_threshold,
    fit_temperature,
    log_loss,
    probabilities,
)
from goldsmith.families.sequence_classification.metrics import score
from goldsmith.families.sequence_classification.runtime import LabelPrediction
from goldsmith.prepared import Prepared
from goldsmith.records import LabelledText

if TYPE_CHECKING:
    from goldsmith.families.sequence_classification import SequenceClassification

BATCH = 64
CONSTANT = "constant."


class Outcome(NamedTuple):
    """Metrics of a predictor on the watched records, and its calibration."""

    metrics: dict[str, float]
    calibration: Calibration
    log_loss: tuple[float, float]  # before and after


@dataclass(frozen=True)
class Monitor:
    """Fixed records that a model is looked at by while it is trained.

    Attributes:
        records: validation records, or without such training records.
        validates: whether they are validation records: only then do they decide anything.
        labels: all labels.
        commonest: the label that most training records have.
        family: its rule of abstaining.
    """

    records: list[LabelledText]
    validates: bool
    labels: list[str]
    commonest: str
    family: "SequenceClassification"

    @classmethod
    def of(
        cls, family: "SequenceClassification", data: Prepared, part: str, targets: np.ndarray
    ) -> Self:
        """The monitor of a part whose training records have these targets, (n) int."""
        watched, validates = data.watched(part)
        commonest = data.labels[int(np.bincount(targets).argmax())]
        return cls(list(watched), validates, data.labels, commonest, family)

    def metrics(self, predictor: Predictor) -> dict[str, float]:
        """Metrics over all labels."""
        return self._metrics(predictor.predict(self.records, batch_size=BATCH))

    def _metrics(self, predictions: Sequence[Any]) -> dict[str, float]:
        found = score(self.records, predictions, self.labels).metrics()
        return {name: value for name, value in found.items() if not name.startswith("label:")}

    def outcome(self, predictor: Predictor) -> Outcome:
        """Metrics and calibration of a predictor whose scores are not calibrated yet."""
        predictions = predictor.predict(self.records, batch_size=BATCH)
        rule, metrics = self.family.abstain, self._metrics(predictions)
        fixed = rule.threshold if rule and rule.threshold is not None else 0.0
        if not self.validates:
            return Outcome(metrics, Calibration(1.0, fixed), (0.0, 0.0))
        number = {name: place for place, name in enumerate(self.labels)}
        targets = np.array([number[record.label] for record in self.records])
        logits = np.stack([one.logits for one in predictions])
        temperature = fit_temperature(logits, targets)
        if rule and rule.accuracy is not None:
            chances = probabilities(logits, temperature)
            right = logits.argmax(axis=-1) == targets
            fixed = choose_threshold(chances.max(axis=-1), right, rule.accuracy)
        losses = (log_loss(logits, targets), log_loss(logits, targets, temperature))
        return Outcome(metrics, Calibration(temperature, fixed), losses)

    def facts(self, found: Outcome, probed: Outcome) -> dict[str, Any]:
        """For the record of the run: the model, the probe, and always giving one label."""
        constant = LabelPrediction(self.commonest, 1.0, False, np.zeros(0, dtype=np.float32))
        usual = self._metrics([constant] * len(self.records))
        return {
            "monitor": found.metrics | {f"{CONSTANT}{name}": usual[name] for name in usual},
            "monitored_on": "validation" if self.validates else "training",
            "monitored_records": len(self.records),
            "probe": probed.metrics,
            **found.calibration._asdict(),
        }

    def notes(self, found: Outcome, probed: Outcome) -> list[str]:
        """What was found, in words."""
        primary = self.family.primary
        where = "validation" if self.validates else "training"
        notes = [
            f"{primary} on {where}: {found.metrics[primary]:.4f}, "
            f"of the probe on the frozen base {probed.metrics[primary]:.4f}"
        ]
        rule, (temperature, threshold) = self.family.abstain, found.calibration
        if not self.validates:
            left = " and model.abstain cannot choose a threshold" if rule and rule.accuracy else ""
            return [*notes, f"no validation records: scores are not calibrated{left}"]
        before, after = found.log_loss
        notes.append(
            f"calibrated on {len(self.records):,} validation records: temperature "
            f"{temperature:.3f}, log loss {before:.3f} before and {after:.3f} after"
        )
        if threshold >= UNATTAINABLE and rule:
            notes.append(
                f"no threshold reaches model.abstain.accuracy {rule.accuracy} on validation: every "
                "text is sent to a person"
            )
        elif threshold:
            notes.append(f"scores below {threshold:.4f} are sent to a person")
        return notes
