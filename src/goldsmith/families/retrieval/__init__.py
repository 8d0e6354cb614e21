"""Retrieval: which documents of a corpus answer a query, by a bi-encoder and BM25. Settings and wiring
only; light."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from goldsmith.config.sections import Pattern
from goldsmith.families.base import Explanation, Predictor, Recorded, Run
from goldsmith.families.finetuned import FineTuned
from goldsmith.families.retrieval.metrics import RankingScores, score
from goldsmith.prepared import Prepared
from goldsmith.records import Query


class Retrieval(FineTuned):
    """Settings of a fine-tuned bi-encoder: mean pooling, embeddings of length 1."""

    record: ClassVar[type[Query]] = Query
    primary: ClassVar[str] = "ndcg_10"
    scores: ClassVar[type[RankingScores]] = RankingScores
    answer_keys: ClassVar[tuple[str, ...]] = ("document_id", "title", "score")
    ranked: ClassVar[bool] = True
    # The other documents of a batch are its negatives: halves of it would be another training.
    parallel: ClassVar[bool] = False
    task: ClassVar[str] = "feature-extraction"

    family: Literal["retrieval"] = Field(description="retrieval")
    temperature: float = Field(
        0.05, gt=0.0, le=1.0, description="Cosines are divided by it in the loss."
    )
    hard_negatives: int = Field(
        2, ge=0, le=32, description="Mined negatives of each pair, beside those of its batch."
    )
    mining_depth: int = Field(
        30, ge=1, le=1000, description="Not relevant documents of the best by BM25 and the base to draw hard negatives from."
    )  # fmt: skip
    hybrid: Literal["none", "weighted", "rrf", "auto"] = Field(
        "weighted",
        description="How BM25 takes part: not, by a weighted sum, by reciprocal rank fusion, or by whichever of these two ranks better, chosen as `weight` is.",
    )  # fmt: skip
    weight: float | None = Field(
        None, ge=0.0, le=1.0, description="The encoder's share of a weighted sum; left out: chosen on validation; without, on training queries by the base as it is."
    )  # fmt: skip
    feedback: int = Field(
        0, ge=0, le=100, description="Best passages of a first ranking that a query is asked again with, in their embeddings and their words; 0: it is asked once."
    )  # fmt: skip
    k1: float = Field(1.2, ge=0.0, description="BM25: how soon a word's repetition says no more.")
    b: float = Field(0.75, ge=0.0, le=1.0, description="BM25: how much long documents pay for it.")
    query_prefix: str = Field("", description="Put before every query, as some bases want it.")
    document_prefix: str = Field("", description="Put before every document.")

    def check_input(self, line: Mapping[str, Any]) -> None:
        """Query and documents."""
        from goldsmith.families.retrieval.runtime import read_input

        read_input(line)

    def train(self, data: Prepared, part: str, out: Path, run: Run) -> dict[str, Any]:
        """Fine-tune one part; see `training.train`."""
        from goldsmith.families.retrieval.training import train

        return train(self, data, part, out, run)

    def reference(self, model: Path) -> Predictor:
        """The torch model as trained."""
        from goldsmith.families.retrieval.training import TorchRetriever

        return TorchRetriever.load(model)

    def runtime(self, folder: Path, file: str) -> Predictor:
        """The ONNX retriever of an exported folder."""
        from goldsmith.families.retrieval.runtime import OnnxRetriever

        return OnnxRetriever.load(folder, file)

    def score(
        self, goldens: Sequence[Any], predictions: Sequence[Any], labels: Sequence[str]
    ) -> RankingScores:
        """Figures of each ranking."""
        return score(goldens, predictions)

    def explain(self, goldens: Sequence[Any], predictions: Sequence[Any]) -> Explanation:
        """The worst rankings, and recall by depth."""
        from goldsmith.families.retrieval.explaining import explain

        return explain(goldens, predictions)

    def recorded(self, record: Any, answer: Any, labels: Sequence[str]) -> Recorded:
        """A list of documents, best first."""
        from goldsmith.families.retrieval.recorded import read_answer

        return read_answer(record, answer)

    def yardsticks(self, model: Path, patterns: Sequence[Pattern]) -> dict[str, Predictor]:
        """BM25 alone; the base as it comes, alone and together with BM25."""
        from goldsmith.families.retrieval.runtime import Bm25
        from goldsmith.families.retrieval.training import TorchRetriever
        from goldsmith.families.retrieval.watching import plain

        base = TorchRetriever.of_base(self)
        found: dict[str, Predictor] = {"bm25": Bm25(self.k1, self.b), "zero_shot_base": base}
        if self.hybrid != "none":
            found["zero_shot_hybrid"] = base.fused(plain(self))
        return found

    def collapsed(self, monitor: Mapping[str, float]) -> str | None:
        """The encoder alone no better than the same ranking for every query."""
        found = monitor.get("dense.ndcg_10", monitor.get(self.primary, 0.0))
        constant = monitor.get("constant.ndcg_10", 0.0)
        if found <= constant:
            return (
                f"the encoder's ndcg_10 is {found:.3f}, no better than one ranking for every query "
                f"({constant:.3f})"
            )
        return None
