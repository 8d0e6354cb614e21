"""Extractive question answering: the answer is a slice of the context. Settings and wiring only;
light."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from goldsmith.config.sections import Pattern
from goldsmith.families.base import Explanation, Predictor, Recorded, Run
from goldsmith.families.extractive_qa.metrics import AnswerScores, normalised, score
from goldsmith.families.finetuned import FineTuned, Lora
from goldsmith.prepared import Prepared
from goldsmith.records import Question

LEAST_ROOM = 16  # subwords of context in a window of the longest question


class ExtractiveQa(FineTuned):
    """Settings of a fine-tuned transformers model for question answering."""

    record: ClassVar[type[Question]] = Question
    primary: ClassVar[str] = "f1"
    scores: ClassVar[type[AnswerScores]] = AnswerScores
    answer_keys: ClassVar[tuple[str, ...]] = ("start", "end", "text", "score")
    ranked: ClassVar[bool] = True
    task: ClassVar[str] = "question-answering"

    family: Literal["extractive_qa"] = Field(description="extractive_qa")
    max_length: int = Field(
        384, ge=32, description="Subwords of a window: question and a part of the context."
    )
    stride: int = Field(
        128, ge=0, description="Subwords of context that two neighbouring windows share."
    )
    max_question: int = Field(
        64, ge=1, description="Subwords of a question that are read; the rest is cut off."
    )
    max_answer: int = Field(30, ge=1, description="Most subwords of an answer.")
    align_to_words: bool = Field(
        True, description="Answers begin and end with a word; false for scripts without blanks."
    )
    alternatives: int = Field(3, ge=1, le=100, description="Answers that are listed, best first.")
    negatives_per_epoch: float = Field(
        1.0, ge=0.0, le=1.0,
        description="Share of the windows beside the answer that an epoch sees; the next one sees others.",
    )  # fmt: skip
    lora: Lora | None = Field(
        None, description="Train low-rank adapters in place of the encoder; null: off."
    )

    @model_validator(mode="after")
    def _windows_advance(self) -> Self:
        from goldsmith.families.extractive_qa.windows import SPECIAL

        room = self.max_length - self.max_question - SPECIAL
        if room < LEAST_ROOM:
            raise ValueError(
                f"max_length ({self.max_length}) leaves fewer than {LEAST_ROOM} subwords of context "
                f"beside max_question ({self.max_question}): raise the one or lower the other"
            )
        if self.stride >= room:
            raise ValueError(
                f"stride ({self.stride}) must be less than the {room} subwords of context that "
                f"max_length ({self.max_length}) leaves beside max_question ({self.max_question}): "
                "windows would not advance"
            )
        return self

    def comparable(self, key: str, value: Any) -> Any:
        """Texts as the scores compare them: without case, punctuation and articles."""
        return normalised(value) if key == "text" and isinstance(value, str) else value

    def check_input(self, line: Mapping[str, Any]) -> None:
        """Question and context."""
        from goldsmith.families.extractive_qa.runtime import read_input

        read_input(line)

    def lost_targets(self, records: Sequence[Question]) -> list[int]:
        """Whether no answer of a record lies whole in a window: too long, or where two windows
        meet."""
        from goldsmith.families.extractive_qa.targets import lost

        return lost(self, records)

    def train(self, data: Prepared, part: str, out: Path, run: Run) -> dict[str, Any]:
        """Fine-tune one part; see `training.train`."""
        from goldsmith.families.extractive_qa.training import train

        return train(self, data, part, out, run)

    def reference(self, model: Path) -> Predictor:
        """The torch model as trained."""
        from goldsmith.families.extractive_qa.training import TorchReader

        return TorchReader.load(model)

    def runtime(self, folder: Path, file: str) -> Predictor:
        """The ONNX reader of an exported folder."""
        from goldsmith.families.extractive_qa.runtime import OnnxReader

        return OnnxReader.load(folder, file)

    def score(
        self, goldens: Sequence[Any], predictions: Sequence[Any], labels: Sequence[str]
    ) -> AnswerScores:
        """Exact match and F1 per record."""
        return score(goldens, predictions, labels)

    def explain(self, goldens: Sequence[Any], predictions: Sequence[Any]) -> Explanation:
        """Wrong answers in their contexts, figures with and without answer, the threshold."""
        from goldsmith.families.extractive_qa.explaining import explain

        return explain(goldens, predictions)

    def recorded(self, record: Any, answer: Any, labels: Sequence[str]) -> Recorded:
        """A list of answers, best first; a text alone, empty for no answer, is read too."""
        from goldsmith.families.extractive_qa.recorded import read_answer

        return read_answer(record, answer)

    def yardsticks(self, model: Path, patterns: Sequence[Pattern]) -> dict[str, Predictor]:
        """The whole context as the answer."""
        from goldsmith.families.extractive_qa.runtime import WholeContext

        return {"whole_context": WholeContext()}

    def collapsed(self, monitor: Mapping[str, float]) -> str | None:
        """No better than no answer to every question; or, where there is one, than the whole
        context."""
        found, never = monitor.get("f1", 0.0), monitor.get("never.f1", 0.0)
        if found <= never:
            return (
                f"its f1 is {found:.3f}, no better than no answer to every question ({never:.3f})"
            )
        # A threshold finds some gain in any noise: so the answers are looked at without one.
        best, whole = monitor.get("best.f1", found), monitor.get("whole_context.f1", 0.0)
        if best <= whole:
            return (
                f"its best answers to questions that have one reach an f1 of {best:.3f}, no better "
                f"than the whole context ({whole:.3f})"
            )
        return None
