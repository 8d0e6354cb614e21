"""Token classification: one label a word, entities as BIO tags. Settings and wiring only; light."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from goldsmith import bases
from goldsmith.config.sections import Pattern
from goldsmith.families.base import Explanation, Predictor, Recorded, Run
from goldsmith.families.finetuned import FineTuned
from goldsmith.families.token_classification.metrics import TagScores, explain, score
from goldsmith.prepared import Prepared
from goldsmith.records import TaggedTokens
from goldsmith.text import bio_spans

if TYPE_CHECKING:
    from goldsmith.families.token_classification.encoding import Encoder

MOST_SPECIAL = 4  # subwords that a tokenizer adds to a record


class TokenClassification(FineTuned):
    """Settings of a fine-tuned transformers token classifier."""

    record: ClassVar[type[TaggedTokens]] = TaggedTokens
    primary: ClassVar[str] = "micro.f1"
    scores: ClassVar[type[TagScores]] = TagScores
    answer_keys: ClassVar[tuple[str, ...]] = ("start", "end", "text", "label", "score")
    task: ClassVar[str] = "token-classification"

    family: Literal["token_classification"] = Field(description="token_classification")
    negatives_per_epoch: float = Field(
        1.0, ge=0.0, le=1.0,
        description="Share of the training records without an entity that an epoch sees; the next one sees others.",
    )  # fmt: skip
    max_length: int = Field(
        256, ge=8, description="Subwords that the model reads at once; longer records are read in windows."
    )  # fmt: skip
    stride: int | None = Field(
        None, ge=0, description="Subwords that neighbouring windows share; a quarter of max_length if left out."
    )  # fmt: skip
    label_subwords: Literal["first", "all"] = Field(
        "first", description="Which subwords of a word carry its label and are read in decoding."
    )
    mark_case: bool = Field(
        False,
        description="Put a mark before words with a capital where the base lower-cases, so that it sees names.",
    )
    entity_weight: float = Field(1.0, gt=0.0, description="Loss weight of a tag other than O.")
    focal_gamma: float = Field(0.0, ge=0.0, description="Focal loss exponent; 0: cross-entropy.")
    auxiliary_epochs: int = Field(
        0, ge=0, description="Epochs on all of the goldens' tags before those on the kept ones."
    )

    @model_validator(mode="after")
    def _windows_advance(self) -> Self:
        if self.stride is not None and self.stride > self.max_length // 2:
            raise ValueError(
                f"stride: {self.stride} is more than half of max_length ({self.max_length}), so that "
                f"words would be read three times over: at most {self.max_length // 2}"
            )
        return self

    def identity(self) -> dict[str, str]:
        """As every base's.

        Raises:
            ConfigError: as there; or the base's tokenizer takes no marks of capitals.
        """
        found = super().identity()
        if self.mark_case:
            self.encoder(bases.resolve(self.base, self.revision))
        return found

    def encoder(self, folder: Path) -> "Encoder":
        """The one way from words to subwords, with the tokenizer of a base or a model folder."""
        from goldsmith.families.onnx import TOKENIZER_FILE
        from goldsmith.families.token_classification.encoding import Encoder

        stride = self.max_length // 4 if self.stride is None else self.stride
        return Encoder(folder / TOKENIZER_FILE, self.max_length, stride, self.mark_case)

    def check_input(self, line: Mapping[str, Any]) -> None:
        """Text or tokens."""
        from goldsmith.families.token_classification.runtime import read_input

        read_input(line)

    def lost_targets(self, records: Sequence[TaggedTokens]) -> list[int]:
        """Entities of each record with a word that no window holds whole, or that has no subword."""
        result = [0] * len(records)
        doubtful = [
            place for place, one in enumerate(records) if any(map(self._doubtful, one.tokens))
        ]
        if doubtful:
            encoder = self.encoder(bases.resolve(self.base, self.revision))
            for place in doubtful:
                record = records[place]
                unread = set(encoder.unread(record.tokens))
                spans = bio_spans(record.tags)
                result[place] = sum(
                    not unread.isdisjoint(range(one.start, one.end)) for one in spans
                )
        return result

    def _doubtful(self, word: str) -> bool:
        """Whether a word may be too long or may vanish: cheaper to ask than a tokenizer."""
        room = self.max_length - MOST_SPECIAL - self.mark_case
        if word.isascii():
            return len(word) > room or not word.strip() or not word.isprintable()
        return len(word.encode()) > room or not any(map(str.isalnum, word))

    def train(self, data: Prepared, part: str, out: Path, run: Run) -> dict[str, Any]:
        """Fine-tune one part; see `training.train`."""
        from goldsmith.families.token_classification.training import train

        return train(self, data, part, out, run)

    def reference(self, model: Path) -> Predictor:
        """The torch model as trained."""
        from goldsmith.families.token_classification.training import TorchTagger

        return TorchTagger.load(model)

    def runtime(self, folder: Path, file: str) -> Predictor:
        """The ONNX tagger of an exported folder."""
        from goldsmith.families.token_classification.runtime import OnnxTagger

        return OnnxTagger.load(folder, file)

    def score(
        self, goldens: Sequence[Any], predictions: Sequence[Any], labels: Sequence[str]
    ) -> TagScores:
        """Entity counts per record."""
        return score(goldens, predictions, labels)

    def explain(self, goldens: Sequence[Any], predictions: Sequence[Any]) -> Explanation:
        """Confusion by word, with O, and errors in context."""
        return explain(goldens, predictions)

    def recorded(self, record: Any, answer: Any, labels: Sequence[str]) -> Recorded:
        """Spans over the words joined by one space, as tags."""
        from goldsmith.families.token_classification.recorded import read_answer

        return read_answer(record, answer, labels)

    def yardsticks(self, model: Path, patterns: Sequence[Pattern]) -> dict[str, Predictor]:
        """Regular expressions over the joined words, where there are some."""
        from goldsmith.families.token_classification.patterns import PatternTagger

        return {"patterns": PatternTagger(patterns)} if patterns else {}
