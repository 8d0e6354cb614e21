"""A family that remembers which tag each word had most often: the smallest one that is whole.

It is installed in tests as a package of its own, `toy_lexicon`, registered by entry point alone.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from goldsmith.families.base import Explanation, Family, Predictor, Recorded, Run, Variant
from goldsmith.families.token_classification.metrics import TagScores, explain, score
from goldsmith.prepared import Prepared
from goldsmith.records import TaggedTokens


class ToyLexicon(Family):
    """Settings of a word lexicon."""

    record: ClassVar[type[TaggedTokens]] = TaggedTokens
    primary: ClassVar[str] = "micro.f1"
    scores: ClassVar[type[TagScores]] = TagScores

    family: Literal["toy_lexicon"] = Field(description="toy_lexicon")
    smoothing: float = Field(0.5, gt=0.0, description="Added to the count of O of every word.")

    def train(self, data: Prepared, part: str, out: Path, run: Run) -> dict[str, Any]:
        """Count."""
        from toy_lexicon.training import train

        return train(self, data, part, out, run)

    def reference(self, model: Path) -> Predictor:
        """The table as counted, in numpy."""
        from toy_lexicon.training import TableTagger

        return TableTagger.load(model)

    def export(self, model: Path, out: Path) -> list[Variant]:
        """One ONNX graph."""
        from toy_lexicon.export import export

        return export(model, out)

    def runtime(self, folder: Path, file: str) -> Predictor:
        """The graph in onnxruntime."""
        from toy_lexicon.runtime import OnnxLexicon

        return OnnxLexicon(folder, file)

    def score(
        self, goldens: Sequence[Any], predictions: Sequence[Any], labels: Sequence[str]
    ) -> TagScores:
        """Entities, as token classification counts them."""
        return score(goldens, predictions, labels)

    def explain(self, goldens: Sequence[Any], predictions: Sequence[Any]) -> Explanation:
        """Confusion by word."""
        return explain(goldens, predictions)

    def recorded(self, record: Any, answer: Any, labels: Sequence[str]) -> Recorded:
        """Spans, as token classification reads them."""
        from goldsmith.families.token_classification.recorded import read_answer

        return read_answer(record, answer, labels)
