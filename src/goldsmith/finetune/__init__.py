"""One fine-tuning run on transformers' Trainer that can be killed at any time and resumed.

Knows no family: it is given a model, encoded examples, a collator, a loss and a way to score.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch.utils.data import Sampler
from transformers import (
    EarlyStoppingCallback,
    PreTrainedModel,
    Trainer,
    TrainerCallback,
    TrainingArguments,
)

from goldsmith.errors import ConfigError
from goldsmith.finetune.machine import has_bf16, peak_memory, seed_everything
from goldsmith.finetune.models import freeze, load_base, load_trained, pad_token, save
from goldsmith.finetune.rates import groups_of, layered_groups
from goldsmith.finetune.sampler import LengthBuckets
from goldsmith.finetune.watch import Watch, newest_checkpoint

__all__ = [
    "LengthBuckets",
    "Settings",
    "finetune",
    "freeze",
    "groups_of",
    "has_bf16",
    "layered_groups",
    "load_base",
    "load_trained",
    "newest_checkpoint",
    "pad_token",
    "save",
    "seed_everything",
    "settings_of",
]


@dataclass(frozen=True)
class Settings:
    """Settings of one run; names as in transformers.TrainingArguments, `more` of its fields as is."""

    epochs: int
    batch_size: int
    warmup: float
    patience: int
    bf16: bool
    device: str
    seed: int
    more: Mapping[str, Any] = field(default_factory=dict)


def settings_of(family: Any, device: str, seed: int, epochs: int | None = None) -> Settings:
    """The settings of a run from those of a `FineTuned` family."""
    bf16 = {"auto": has_bf16(device), "bf16": True, "fp32": False}[family.precision]
    return Settings(
        epochs=epochs or family.epochs,
        batch_size=family.batch_size,
        warmup=family.warmup,
        patience=family.patience,
        bf16=bf16,
        device=device,
        seed=seed,
        more=family.training_arguments,
    )


class _Trainer(Trainer):
    """Trainer with our sampler, our loss and our scores."""

    optimizer: Any
    control: Any

    def __init__(
        self, *, watch: Watch, loss: Any, evaluator: Any, groups: Any, more: Any, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self._more = more
        self._watch, self._loss, self._evaluator, self._groups = watch, loss, evaluator, groups
        # Ours is a batch's mean; else a model that takes keyword arguments has accumulated batches
        # added up instead of averaged.
        self.model_accepts_loss_kwargs = False

    def _get_train_sampler(self, train_dataset: Any = None) -> Sampler[int]:
        return self._watch.sampler

    def create_optimizer(self) -> torch.optim.Optimizer:
        """AdamW in one fused kernel."""
        if self.optimizer is None:
            given: Any = self.args
            betas = (given.adam_beta1, given.adam_beta2)
            self.optimizer = torch.optim.AdamW(
                self._groups, betas=betas, eps=given.adam_epsilon, fused=True
            )
        return self.optimizer

    def create_optimizer_and_scheduler(self, num_training_steps: int) -> None:
        """Both; a value that one of them refuses is the user's."""
        with _passed_through(self._more):
            super().create_optimizer_and_scheduler(num_training_steps)

    def compute_loss(
        self, model: Any, inputs: Any, return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        """The family's loss of one batch."""
        self._watch.count(inputs["attention_mask"])
        labels = inputs.pop("labels")
        outputs = model(**inputs)
        loss = self._loss(outputs, labels)
        self._watch.loss = float(loss.detach())
        return (loss, outputs) if return_outputs else loss

    def evaluate(self, *args: Any, **kwargs: Any) -> dict[str, float]:
        """The family's metrics of the model as it is now."""
        self.model.eval()
        metrics = {f"eval_{name}": value for name, value in self._evaluator(self.model).items()}
        self.model.train()
        self.log(metrics)
        self.control = self.callback_handler.on_evaluate(
            self.args, self.state, self.control, metrics
        )
        event = {"type": "metrics", "epoch": self.state.epoch, "metrics": metrics}
        self._watch._report({**event, "primary": self.args.metric_for_best_model or ""})
        return metrics


def finetune(
    model: PreTrainedModel,
    examples: Sequence[Mapping[str, Any]],
    collate: Callable[[Any], dict[str, torch.Tensor]],
    loss: Callable[[Any, torch.Tensor], torch.Tensor],
    groups: list[dict[str, Any]],
    settings: Settings,
    checkpoints: Path,
    report: Callable[[dict[str, Any]], None],
    evaluator: Callable[[PreTrainedModel], dict[str, float]] | None = None,
    primary: str = "",
    rotating: Sequence[Sequence[int]] = (),
    share: float = 1.0,
) -> dict[str, Any]:
    """Train a model in place; on return it holds the best epoch's weights.

    Args:
        examples: encoded records, each with `input_ids`.
        collate: examples -> tensors with `input_ids`, `attention_mask`, `labels`.
        loss: (the model's outputs, labels) -> scalar.
        groups: the optimiser's parameter groups.
        checkpoints: folder of this very run; a run that was killed goes on from what lies there.
        evaluator: model -> metrics, after every epoch; None: the last epoch is kept.
        primary: the metric that chooses the best epoch.
        rotating, share: examples, by record, of which each epoch sees another share; see
            LengthBuckets.

    Returns:
        steps, epochs, and `timing`: tokens a second, padding share, peak memory in MiB.
    """
    lengths = [len(example["input_ids"]) for example in examples]
    sampler = LengthBuckets(lengths, settings.batch_size, settings.seed, rotating, share)
    watch = Watch(sampler, report)
    callbacks: list[TrainerCallback] = [watch]
    if evaluator and settings.patience:
        callbacks.append(EarlyStoppingCallback(settings.patience))
    trainer = _Trainer(
        model=model,
        args=_arguments(settings, checkpoints, evaluator is not None, primary),
        train_dataset=examples,
        # Trainer insists on one; what is scored is the evaluator's business.
        eval_dataset=examples if evaluator else None,
        data_collator=collate,
        callbacks=callbacks,
        watch=watch,
        loss=loss,
        evaluator=evaluator,
        groups=groups,
        more=settings.more,
    )
    resumed = newest_checkpoint(checkpoints)
    if resumed:
        report({"type": "resume", "step": int(resumed.name.split("-")[1])})
    trainer.train(resume_from_checkpoint=str(resumed) if resumed else None)
    return {
        "steps": trainer.state.global_step,
        "epochs": round(trainer.state.epoch or 0.0, 3),
        "timing": {"peak_memory_mib": peak_memory(settings.device), **watch.throughput()},
    }


def _arguments(
    settings: Settings, folder: Path, evaluates: bool, primary: str
) -> TrainingArguments:
    fields = TrainingArguments.__dataclass_fields__
    # transformers 5 takes the share as `warmup_steps` below 1.
    warmup = "warmup_ratio" if "warmup_ratio" in fields else "warmup_steps"
    ours: dict[str, Any] = {
        "output_dir": str(folder),
        "num_train_epochs": settings.epochs,
        "per_device_train_batch_size": settings.batch_size,
        warmup: settings.warmup,
        "bf16": settings.bf16,
        "use_cpu": settings.device == "cpu",
        "seed": settings.seed,
        "data_seed": settings.seed,
        "eval_strategy": "epoch" if evaluates else "no",
        "save_strategy": "epoch",
        "save_total_limit": 2,
        "load_best_model_at_end": evaluates,
        "metric_for_best_model": primary or None,
        "greater_is_better": True if evaluates else None,
        "logging_strategy": "no",
        "report_to": [],
        "disable_tqdm": True,
        "remove_unused_columns": False,
    }
    with _passed_through(settings.more):
        return TrainingArguments(**ours, **settings.more)


@contextmanager
def _passed_through(more: Mapping[str, Any]) -> Iterator[None]:
    """What transformers and torch say of values that were passed on to them, without a traceback.

    Raises:
        ConfigError: with their words.
    """
    try:
        yield
    except (TypeError, ValueError, ImportError) as error:
        if not more:
            raise
        said = " ".join(str(error).split())[:300]
        raise ConfigError(f"model.training_arguments: transformers refuses: {said}") from error
