"""A small net for names: each word by its features and its neighbours'. Settings and wiring; light."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from goldsmith import bases
from goldsmith.config.sections import Pattern
from goldsmith.families.base import Explanation, Family, Predictor, Recorded, Run, Variant
from goldsmith.families.token_classification.metrics import TagScores, explain, score
from goldsmith.prepared import Prepared
from goldsmith.records import TaggedTokens
from goldsmith.text import split_words

if TYPE_CHECKING:
    from goldsmith.families.window_mlp.features import Features


class WindowMlp(Family):
    """Settings of a feed-forward net over the words of a window."""

    record: ClassVar[type[TaggedTokens]] = TaggedTokens
    primary: ClassVar[str] = "micro.f1"
    scores: ClassVar[type[TagScores]] = TagScores
    answer_keys: ClassVar[tuple[str, ...]] = ("start", "end", "text", "label", "score")
    calls: ClassVar[tuple[str, ...]] = ("token_classification",)

    family: Literal["window_mlp"] = Field(description="window_mlp")
    embedding: Literal["characters", "base"] = Field(
        "characters",
        description="Of a word: its hashed character n-grams, learnt here; or the mean of its subwords in the base's input embeddings.",
    )
    base: str | None = Field(
        None,
        description="With embedding: base: packaged:minilm, a local folder, or a hub id (safetensors only).",
    )
    revision: str | None = Field(
        None,
        description="Branch, tag or full commit hash of a base from the hub; main if left out.",
    )
    window: int = Field(3, ge=0, le=20, description="Words on either side that are looked at.")
    layout: Literal["line", "page"] = Field(
        "line",
        description="line: a record's words follow one another; page: of OCR pages also their lines, what stands above and below, and the place.",
    )
    around: int = Field(
        2, ge=0, le=20, description="With layout: page: words above, and words below, that are looked at."
    )  # fmt: skip
    dimension: int = Field(
        48, ge=1, le=1024, description="Of a word's embedding; a base's is reduced to its principal components."
    )  # fmt: skip
    buckets: int = Field(16384, ge=16, description="Places that character n-grams are hashed into.")
    hidden: int = Field(96, ge=1, le=8192, description="Units of the hidden layer.")
    gazetteers: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Lists of words and phrases by name, in any case; a word in one has a feature.",
    )
    rules: dict[str, str] = Field(
        default_factory=dict,
        description="Regular expressions by name; a word that one matches as a whole has a feature.",
    )
    epochs: int = Field(15, ge=1, le=10000, description="Passes over the training words.")
    batch_size: int = Field(512, ge=1, description="Words in an optimiser step.")
    learning_rate: float = Field(4e-3, gt=0.0, lt=1.0, description="Peak rate; falls to 0.")
    weight_decay: float = Field(0.01, ge=0.0, description="AdamW's decoupled weight decay.")
    dropout: float = Field(0.3, ge=0.0, lt=1.0, description="Dropout of inputs and hidden units.")
    word_dropout: float = Field(
        0.3, ge=0.0, lt=1.0, description="Share of the words whose letters are left out in training: names that are new to the net are then less so."
    )  # fmt: skip
    entity_weight: float = Field(1.0, gt=0.0, description="Loss weight of a tag other than O.")
    patience: int = Field(
        5,
        ge=0,
        description="Epochs without a better validation score until training stops; 0: never.",
    )

    @field_validator("rules")
    @classmethod
    def _rules_compile(cls, value: dict[str, str]) -> dict[str, str]:
        for name, rule in value.items():
            try:
                re.compile(rule)
            except re.error as error:
                raise ValueError(f"{name}: not a regular expression: {error}") from None
        return value

    @field_validator("gazetteers")
    @classmethod
    def _entries_have_words(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for name, entries in value.items():
            if any(not split_words(entry) for entry in entries):
                raise ValueError(f"{name}: an entry without a word matches nothing: leave it out")
        return value

    @model_validator(mode="after")
    def _base_if_asked(self) -> Self:
        if self.embedding == "base" and self.base is None:
            raise ValueError("embedding: base needs `base`, such as packaged:minilm")
        if self.embedding != "base" and self.base is not None:
            raise ValueError(
                "base: nothing reads it with embedding: characters; leave it out, or say embedding: base"
            )
        if self.base is None and self.revision is not None:
            raise ValueError("revision: there is no base that it is of; leave it out")
        return self

    def features(self, folder: Path) -> "Features":
        """The one way from words to numbers, with the tokenizer of a base or a model folder."""
        from goldsmith.families.onnx import TOKENIZER_FILE
        from goldsmith.families.window_mlp.features import Features
        from goldsmith.families.window_mlp.words import NGRAMS, Ngrams, Subwords, WordTable

        pieces = (
            Subwords(folder / TOKENIZER_FILE)
            if self.embedding == "base"
            else Ngrams(self.buckets, NGRAMS)
        )
        table = WordTable(pieces, self.rules)
        if self.layout == "page":
            from goldsmith.families.window_mlp.pages import PageFeatures

            return PageFeatures(table, self.window, self.gazetteers, self.around)
        return Features(table, self.window, self.gazetteers)

    def pinned(self) -> Self:
        """With the commit of a base from the hub."""
        commit = bases.pin(self.base, self.revision) if self.base else None
        return self.model_copy(update={"revision": commit}) if commit else self

    def identity(self) -> dict[str, str]:
        """sha256 of the base's weights and tokenizer, and its commit; nothing without a base."""
        return bases.identity(self.base, self.revision) if self.base else {}

    def licence(self) -> str:
        """As the base's README or its package says."""
        return bases.licence(self.base, self.revision) if self.base else ""

    def check_input(self, line: Mapping[str, Any]) -> None:
        """Text or tokens; with layout: page also a page, whose tokens have boxes."""
        from goldsmith.families.token_classification.runtime import read_input
        from goldsmith.families.window_mlp.page_input import read_page

        if self.layout == "page":
            read_page(line)
        else:
            read_input(line)

    def lost_targets(self, records: Sequence[TaggedTokens]) -> list[int]:
        """None: every word of a record of any length is read."""
        return [0] * len(records)

    def train(self, data: Prepared, part: str, out: Path, run: Run) -> dict[str, Any]:
        """Train one part; see `training.train`."""
        from goldsmith.families.window_mlp.training import train

        return train(self, data, part, out, run)

    def reference(self, model: Path) -> Predictor:
        """The torch model as trained."""
        from goldsmith.families.window_mlp.training import TorchWindow

        return TorchWindow.load(model)

    def export(self, model: Path, out: Path) -> list[Variant]:
        """Write `onnx/fp32/`, `onnx/int8/`, and the `family.json` that names them."""
        from goldsmith.families.window_mlp.export import export

        return export(model, out)

    def runtime(self, folder: Path, file: str) -> Predictor:
        """The ONNX net of an exported folder."""
        from goldsmith.families.window_mlp.runtime import OnnxWindow

        return OnnxWindow.load(folder, file)

    def score(
        self, goldens: Sequence[Any], predictions: Sequence[Any], labels: Sequence[str]
    ) -> TagScores:
        """Entity counts per record, as in token classification."""
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
