"""The family's settings and wiring: imported whenever a use case is loaded, so it is light."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from goldsmith.families.base import Explanation, Family, Predictor, Recorded, Run, Variant
from goldsmith.families.sequence_classification.metrics import LabelScores, score
from goldsmith.prepared import Prepared
from goldsmith.records import LabelledText


class HashedNgrams(Family):
    """Settings of a softmax regression on hashed character n-grams."""

    record: ClassVar[type[LabelledText]] = LabelledText
    primary: ClassVar[str] = "accuracy"
    scores: ClassVar[type[LabelScores]] = LabelScores
    answer_keys: ClassVar[tuple[str, ...]] = ("label", "score", "abstain")
    ranked: ClassVar[bool] = True

    family: Literal["hashed_ngrams"] = Field(description="hashed_ngrams")
    size: int = Field(4096, ge=64, description="Places that n-grams are hashed into.")
    longest: int = Field(4, ge=1, le=8, description="Characters of the longest n-gram.")
    steps: int = Field(200, ge=1, description="Steps of gradient descent.")

    def train(self, data: Prepared, part: str, out: Path, run: Run) -> dict[str, Any]:
        """Gradient descent in numpy; see `training.train`."""
        from mailroom.training import train

        return train(self, data, part, out, run)

    def reference(self, model: Path) -> Predictor:
        """The weights as trained, in numpy."""
        from mailroom.training import NumpyClassifier

        return NumpyClassifier.load(model)

    def export(self, model: Path, out: Path) -> list[Variant]:
        """One ONNX graph from features to logits."""
        from mailroom.export import export

        return export(model, out)

    def runtime(self, folder: Path, file: str) -> Predictor:
        """The graph in onnxruntime."""
        from mailroom.runtime import OnnxNgrams

        return OnnxNgrams(folder, file)

    def score(
        self, goldens: Sequence[Any], predictions: Sequence[Any], labels: Sequence[str]
    ) -> LabelScores:
        """As sequence classification counts."""
        return score(goldens, predictions, labels)

    def explain(self, goldens: Sequence[Any], predictions: Sequence[Any]) -> Explanation:
        """As sequence classification explains."""
        from goldsmith.families.sequence_classification.explaining import explain

        return explain(goldens, predictions)

    def recorded(self, record: Any, answer: Any, labels: Sequence[str]) -> Recorded:
        """As sequence classification reads it."""
        from goldsmith.families.sequence_classification.recorded import read_answer

        return read_answer(record, answer, labels)

    def check_input(self, line: Mapping[str, Any]) -> None:
        """Text."""
        from goldsmith.families.sequence_classification.runtime import read_input

        read_input(line)
