"""Sequence classification: one label a text, with a calibrated score. Settings and wiring; light."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from goldsmith.config.sections import Pattern, Section
from goldsmith.families.base import Explanation, Predictor, Recorded, Run
from goldsmith.families.finetuned import FineTuned, Rate
from goldsmith.families.sequence_classification.metrics import LabelScores, score
from goldsmith.prepared import Prepared
from goldsmith.records import LabelledText

Weight = Annotated[float, Field(gt=0.0)]


class Abstain(Section):
    """When a text is sent to a person: give one of the two."""

    accuracy: float | None = Field(
        None,
        gt=0.0,
        le=1.0,
        description="The threshold is the lowest at which the accepted validation records are so "
        "often right; where none is, every text goes to a person.",
    )
    threshold: float | None = Field(
        None, ge=0.0, le=1.0, description="Least calibrated score that is accepted, as it is."
    )

    @model_validator(mode="after")
    def _one_rule(self) -> "Abstain":
        if (self.accuracy is None) == (self.threshold is None):
            raise ValueError("give accuracy or threshold, one of the two")
        return self


class SequenceClassification(FineTuned):
    """Settings of a fine-tuned transformers classifier of texts."""

    record: ClassVar[type[LabelledText]] = LabelledText
    primary: ClassVar[str] = "accuracy"
    scores: ClassVar[type[LabelScores]] = LabelScores
    answer_keys: ClassVar[tuple[str, ...]] = ("label", "score", "abstain")
    ranked: ClassVar[bool] = True
    task: ClassVar[str] = "text-classification"
    beside: ClassVar[tuple[str, ...]] = ("probe",)

    family: Literal["sequence_classification"] = Field(description="sequence_classification")
    epochs: int = Field(3, ge=1, le=1000, description="Passes over the training records.")
    learning_rate: Rate = Field(1e-4, description="Peak learning rate of the base.")
    head_learning_rate: Rate = Field(3e-4, description="Peak learning rate of the head.")
    max_length: int = Field(256, ge=8, description="Subwords of a text that are read; the first.")
    head: Literal["probe", "random"] = Field(
        "probe",
        description="What the head starts from: a regression on what it reads of the frozen base.",
    )
    pooling: Literal["auto", "mean", "own"] = Field(
        "auto",
        description="What a head reads: the mean of all tokens, by a layer that is added to a BERT; "
        "or what the architecture has. auto: mean where the base is a sentence encoder that says so.",
    )
    class_weights: Literal["none", "balanced"] | dict[str, Weight] = Field(
        "none",
        description="Loss weight of each label's records: all 1; balanced: as rare as it is; or by "
        "label, 1 for one that is not named.",
    )
    abstain: Abstain | None = Field(
        None, description="When a text is sent to a person; none: never."
    )
    alternatives: int = Field(3, ge=1, description="Labels in an answer, best first.")

    def check_input(self, line: Mapping[str, Any]) -> None:
        """Text."""
        from goldsmith.families.sequence_classification.runtime import read_input

        read_input(line)

    def train(self, data: Prepared, part: str, out: Path, run: Run) -> dict[str, Any]:
        """Fit the probe and fine-tune one part; see `training.train`."""
        from goldsmith.families.sequence_classification.training import train

        return train(self, data, part, out, run)

    def reference(self, model: Path) -> Predictor:
        """The torch model as trained."""
        from goldsmith.families.sequence_classification.training import TorchClassifier

        return TorchClassifier.load(model)

    def runtime(self, folder: Path, file: str) -> Predictor:
        """The ONNX classifier of an exported folder."""
        from goldsmith.families.sequence_classification.runtime import OnnxClassifier

        return OnnxClassifier.load(folder, file)

    def score(
        self, goldens: Sequence[Any], predictions: Sequence[Any], labels: Sequence[str]
    ) -> LabelScores:
        """Label counts per record."""
        return score(goldens, predictions, labels)

    def explain(self, goldens: Sequence[Any], predictions: Sequence[Any]) -> Explanation:
        """Confusion, the errors that the model was surest of, coverage and calibration."""
        from goldsmith.families.sequence_classification.explaining import explain

        return explain(goldens, predictions)

    def recorded(self, record: Any, answer: Any, labels: Sequence[str]) -> Recorded:
        """The first of a list of labels."""
        from goldsmith.families.sequence_classification.recorded import read_answer

        return read_answer(record, answer, labels)

    def yardsticks(self, model: Path, patterns: Sequence[Pattern]) -> dict[str, Predictor]:
        """A regression on the frozen base, which a fine-tuned model has to beat."""
        from goldsmith.families.sequence_classification.training.probe import Probe

        return {"probe": Probe.load(model)}

    def collapsed(self, monitor: Mapping[str, float]) -> str | None:
        """Whether it is no better than always giving the label that is commonest in training."""
        names = (self.primary, "macro.f1")
        found = [monitor.get(name, 0.0) for name in names]
        usual = [monitor.get(f"constant.{name}", 0.0) for name in names]
        if found[0] == 1.0 or any(a > b for a, b in zip(found, usual, strict=True)):
            return None
        return (
            f"its {self.primary} is {found[0]:.4f}, no better than always giving the commonest "
            f"label ({usual[0]:.4f})"
        )
