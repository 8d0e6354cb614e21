"""One fine-tuning run on transformers' Trainer that can be killed at any time and resumed.

Knows no family: it is given a model, encoded examples, a collator, a loss and a way to score.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from transformers import (
    EarlyStoppingCallback,
    PreTrainedModel,
    TrainerCallback,
    TrainingArguments,
)

from goldsmith.checkpoints import newest, step_of
from goldsmith.finetune import memory, processes
from goldsmith.finetune.machine import has_bf16, peak_memory, seed_everything
from goldsmith.finetune.models import freeze, load_base, load_trained, pad_token, save
from goldsmith.finetune.rates import groups_of, layered_groups
from goldsmith.finetune.sampler import LengthBuckets
from goldsmith.finetune.trainer import SharingTrainer, passed_through
from goldsmith.finetune.watch import Watch

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
    "pad_token",
    "save",
    "seed_everything",
    "settings_of",
]


@dataclass(frozen=True)
class Settings:
    """Settings of one run; names as in transformers.TrainingArguments, `more` of its fields as is.

    Attributes:
        batch_size: records of an optimiser step (of each part, where `more` accumulates gradients),
            of all processes together.
        accumulate: into how many parts each process splits its share of them, to fit into memory.
    """

    epochs: int
    batch_size: int
    warmup: float
    patience: int
    bf16: bool
    device: str
    seed: int
    more: Mapping[str, Any] = field(default_factory=dict)
    accumulate: int = 1

    @property
    def at_once(self) -> int:
        """Records that a process has in memory at once."""
        return self.batch_size // (processes.count() * self.accumulate)


def settings_of(family: Any, run: Any, epochs: int | None = None) -> Settings:
    """The settings of a fine-tuning run from those of a `FineTuned` family and of its `Run`."""
    bf16 = {"auto": has_bf16(run.device), "bf16": True, "fp32": False}[run.precision]
    return Settings(
        epochs=epochs or family.epochs,
        batch_size=family.batch_size,
        warmup=family.warmup,
        patience=family.patience,
        bf16=bf16,
        device=run.device,
        seed=run.seed,
        more=family.training_arguments,
        accumulate=run.accumulate,
    )


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
    trainer = SharingTrainer(
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
        settings=settings,
    )
    with processes.first():
        resumed = newest(checkpoints)
    if resumed:
        report({"type": "resume", "step": step_of(resumed)})
    with memory.bounded(settings.at_once, max(lengths, default=0), settings.device):
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
    more = dict(settings.more)
    accumulated = settings.accumulate * more.pop("gradient_accumulation_steps", 1)
    ours: dict[str, Any] = {
        "output_dir": str(folder),
        "num_train_epochs": settings.epochs,
        "per_device_train_batch_size": settings.at_once,
        "gradient_accumulation_steps": accumulated,
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
    # The Trainer leaves its precision here, where the next one in this process finds it.
    os.environ["ACCELERATE_MIXED_PRECISION"] = "no"
    with passed_through(settings.more):
        return TrainingArguments(**ours, **more)
