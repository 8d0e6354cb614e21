"""Settings that every family of a fine-tuned transformers encoder shares, and their wiring; light.

Such a family derives its config class from `FineTuned` and calls `goldsmith.finetune` from its
`training` module; a family of another kind needs neither.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from goldsmith import bases
from goldsmith.config.sections import Section
from goldsmith.errors import ConfigError
from goldsmith.families.base import Family, Variant, own_facts, read_family, write_family

VARIANTS = ("fp32", "int8")

Rate = Annotated[float, Field(gt=0.0, lt=1.0)]


class Lora(Section):
    """Low-rank adapters (Hu et al. 2021) in place of training the encoder's own weights."""

    rank: int = Field(16, ge=1, description="Rank of an adapter.")
    alpha: float = Field(32.0, gt=0.0, description="Its output counts alpha / rank times.")
    dropout: float = Field(0.0, ge=0.0, lt=1.0, description="Dropout before an adapter.")
    targets: tuple[str, ...] = Field(
        (), description="Linear layers of the encoder that get one, by name or the end of it; all if left out."
    )  # fmt: skip


class FineTuned(Family):
    """Settings of a fine-tuned transformers model; `task` names its head and its export."""

    parallel: ClassVar[bool] = True
    moved: ClassVar[Mapping[str, str]] = {
        "precision": "it is what a machine does, and stands in compute.precision"
    }
    beside: ClassVar[tuple[str, ...]] = ()  # facts of a trained folder that no export needs

    base: str = Field(
        description="packaged:minilm, a local folder, or a hub id (safetensors only)."
    )
    revision: str | None = Field(
        None,
        description="Branch, tag or full commit hash of a base from the hub; main if left out.",
    )
    epochs: int = Field(4, ge=1, le=1000, description="Passes over the training records.")
    batch_size: int = Field(
        16,
        ge=1,
        description="Records in memory at once, of all processes together; an optimiser step.",
    )
    learning_rate: Rate = Field(2e-4, description="Peak learning rate of the encoder.")
    head_learning_rate: Rate = Field(2e-3, description="Peak learning rate of the head.")
    layer_decay: float = Field(
        1.0, gt=0.0, le=1.0, description="Factor on the learning rate for each layer further down."
    )
    warmup: float = Field(0.1, ge=0.0, lt=1.0, description="Share of the steps with a rising rate.")
    weight_decay: float = Field(0.01, ge=0.0, description="AdamW's decoupled weight decay.")
    dropout: float = Field(0.0, ge=0.0, lt=1.0, description="Dropout everywhere in the encoder.")
    freeze_embeddings: bool = Field(True, description="Do not train the embedding tables.")
    freeze_layers: int = Field(0, ge=0, description="Lowest encoder layers that are not trained.")
    max_length: int = Field(256, ge=8, description="Subwords that the model reads at once.")
    patience: int = Field(
        2,
        ge=0,
        description="Epochs without a better validation score until training stops; 0: never.",
    )
    training_arguments: dict[str, Any] = Field(
        default_factory=dict,
        description="More fields of transformers' TrainingArguments, passed on as they are.",
    )

    @model_validator(mode="before")
    @classmethod
    def _of_an_older_model(cls, value: Any, info: ValidationInfo) -> Any:
        # A model that was trained before these keys moved opens as ever.
        if (info.context or {}).get("trained") and isinstance(value, dict):
            return {name: one for name, one in value.items() if name not in cls.moved}
        return value

    @field_validator("training_arguments")
    @classmethod
    def _fields_of_theirs(cls, value: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        # A model that is trained already opens beside another transformers, and without any.
        if not value or (info.context or {}).get("trained"):
            return value
        from goldsmith.families import training_arguments

        return training_arguments.checked(value)

    def pinned(self) -> Self:
        """With the commit of a base from the hub."""
        commit = bases.pin(self.base, self.revision)
        return self.model_copy(update={"revision": commit}) if commit else self

    def identity(self) -> dict[str, str]:
        """sha256 of the base's weights and tokenizer, and its commit on the hub.

        Raises:
            ConfigError: the base is not there, or cannot read `max_length` subwords at once.
        """
        found = bases.identity(self.base, self.revision)
        most = bases.positions(self.base, self.revision)
        if most is not None and self.max_length > most:
            raise ConfigError(
                f"model.max_length: {self.max_length} is more than {self.base} reads at once: at most "
                f"{most}"
            )
        return found

    def export(self, model: Path, out: Path) -> list[Variant]:
        """Write `onnx/fp32/`, `onnx/int8/`, and the `family.json` that names them.

        The folders also open with optimum's pipeline of `task`.
        """
        from goldsmith import exporting

        _, facts = read_family(model)
        fp32 = out / "onnx" / "fp32"
        exporting.to_onnx(model, fp32, self.task)
        exporting.to_int8(fp32, out / "onnx" / "int8")
        variants = [Variant(name, f"onnx/{name}/{exporting.MODEL_FILE}") for name in VARIANTS]
        own = {name: value for name, value in own_facts(facts).items() if name not in self.beside}
        listed = [{"name": one.name, "file": one.file} for one in variants]
        write_family(out, self, facts["labels"], **own, variants=listed)
        return variants

    def licence(self) -> str:
        """As the base's README or its package says."""
        return bases.licence(self.base, self.revision)
