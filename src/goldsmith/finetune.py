"""One fine-tuning run on transformers' Trainer that can be killed at any time and resumed.

Knows no family: it is given a model, encoded examples, a collator, a loss and a way to score.
"""

import json
import math
import random
import resource
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.utils.data import Sampler
from transformers import (
    EarlyStoppingCallback,
    PreTrainedModel,
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
)

from goldsmith.settings import cores

COMPLETE = "complete.json"
POOL = 50  # batches that are sorted by length together, as transformers' LengthGroupedSampler does
SAVE_SECONDS = 600.0
REPORT_SECONDS = 1.0
CURVE_POINTS = 100  # at most, of a training curve


@dataclass(frozen=True)
class Settings:
    """Settings of one run; names as in transformers.TrainingArguments."""

    epochs: int
    batch_size: int
    warmup: float
    patience: int
    bf16: bool
    device: str
    seed: int


class LengthBuckets(Sampler[int]):
    """Indices whose consecutive batches hold examples of like length.

    The order is a function of seed and epoch alone, so a resumed run sees what the killed one would
    have seen. It has no `set_epoch` on purpose: after a resume within an epoch, accelerate calls
    that with 0.
    """

    def __init__(
        self,
        lengths: Sequence[int],
        batch_size: int,
        seed: int,
        rotating: Sequence[int] = (),
        share: float = 1.0,
    ) -> None:
        """Make a sampler.

        Args:
            lengths: subwords of each example.
            batch_size: examples a batch.
            seed: of the order.
            rotating: places of examples of which an epoch sees only a share, the next epoch others.
            share: that share, 0 to 1.
        """
        self.lengths, self.batch_size, self.seed, self.epoch = lengths, batch_size, seed, 0
        self._pool = list(rotating)
        random.Random(f"{seed}/rotation").shuffle(self._pool)
        self._turn = round(share * len(self._pool))
        member = set(self._pool)
        self._always = [place for place in range(len(lengths)) if place not in member]

    def __len__(self) -> int:
        return len(self._always) + self._turn

    def _seen(self) -> list[int]:
        """The examples of this epoch: the pool is walked through in turn."""
        size = max(len(self._pool), 1)
        start = self.epoch * self._turn
        return self._always + [self._pool[(start + step) % size] for step in range(self._turn)]

    def __iter__(self) -> Iterator[int]:
        rng = random.Random(f"{self.seed}/{self.epoch}")
        order = self._seen()
        rng.shuffle(order)
        pool = POOL * self.batch_size
        batches: list[list[int]] = []
        for start in range(0, len(order), pool):
            near = sorted(order[start : start + pool], key=lambda place: self.lengths[place])
            batches += [near[i : i + self.batch_size] for i in range(0, len(near), self.batch_size)]
        # The one short batch stays last: in the middle it would shift every batch behind it.
        short = [batch for batch in batches if len(batch) < self.batch_size]
        full = [batch for batch in batches if len(batch) == self.batch_size]
        rng.shuffle(full)
        return iter([place for batch in full + short for place in batch])


class _Watch(TrainerCallback):
    """Reports progress, marks finished checkpoints, and saves by the clock in long epochs."""

    def __init__(self, sampler: LengthBuckets, report: Callable[[dict[str, Any]], None]) -> None:
        self.sampler, self._report = sampler, report
        self.tokens = self.padded = 0
        self.loss = math.nan
        self._started = self._reported = self._saved = time.monotonic()

    def count(self, mask: torch.Tensor) -> None:
        """Count the tokens of a batch; mask is (b, t)."""
        self.tokens += int(mask.sum())
        self.padded += mask.numel()

    def throughput(self) -> dict[str, float]:
        """Tokens a second and padding share since the process began to train."""
        seconds = max(time.monotonic() - self._started, 1e-9)
        padding = 1 - self.tokens / self.padded if self.padded else 0.0
        return {
            "tokens_per_second": round(self.tokens / seconds),
            "padding_share": round(padding, 4),
        }

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Start the clock."""
        self._started = self._saved = time.monotonic()

    def on_epoch_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Tell the sampler the epoch, also after a resume."""
        self.sampler.epoch = int((state.epoch or 0.0) + 1e-6)

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Report every second and on the curve's points; save every ten minutes."""
        now, last = time.monotonic(), state.global_step == state.max_steps
        # The curve is part of the model's artifact: its points must not depend on the clock.
        point = last or state.global_step % math.ceil(state.max_steps / CURVE_POINTS) == 0
        if point or now - self._reported >= REPORT_SECONDS:
            self._reported = now
            self._report(
                {
                    "type": "progress",
                    "step": state.global_step,
                    "steps": state.max_steps,
                    "epoch": round(state.epoch or 0.0, 3),
                    "loss": round(self.loss, 5),
                    "point": point,
                    **self.throughput(),
                }
            )
        if now - self._saved > SAVE_SECONDS:
            control.should_save = True

    def on_save(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Mark the checkpoint complete: only now is it whole."""
        self._saved = time.monotonic()
        folder = Path(str(args.output_dir)) / f"checkpoint-{state.global_step}"
        if folder.is_dir():
            _mark_complete(folder)
            self._report({"type": "checkpoint", "step": state.global_step})


def _mark_complete(folder: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in folder.iterdir() if path.name != COMPLETE}
    partial = folder / f".{COMPLETE}"
    partial.write_text(json.dumps(sizes), encoding="utf-8")
    partial.rename(folder / COMPLETE)


def _is_complete(folder: Path) -> bool:
    try:
        sizes = json.loads((folder / COMPLETE).read_text(encoding="utf-8"))
        return all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError):
        return False


def newest_checkpoint(folder: Path) -> Path | None:
    """The newest complete checkpoint; incomplete ones, left by a killed run, are removed."""
    found = []
    for path in folder.glob("checkpoint-*"):
        if _is_complete(path):
            found.append(path)
        else:
            shutil.rmtree(path, ignore_errors=True)
    return max(found, key=lambda path: int(path.name.split("-")[1]), default=None)


class _Trainer(Trainer):
    """Trainer with our sampler, our loss and our scores."""

    optimizer: Any
    control: Any

    def __init__(
        self, *, watch: _Watch, loss: Any, evaluator: Any, groups: Any, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self._watch, self._loss, self._evaluator, self._groups = watch, loss, evaluator, groups

    def _get_train_sampler(self, train_dataset: Any = None) -> Sampler[int]:
        return self._watch.sampler

    def create_optimizer(self) -> torch.optim.Optimizer:
        """AdamW in one fused kernel."""
        if self.optimizer is None:
            self.optimizer = torch.optim.AdamW(self._groups, betas=(0.9, 0.999), fused=True)
        return self.optimizer

    def compute_loss(
        self, model: Any, inputs: Any, return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        """The family's loss of one batch."""
        self._watch.count(inputs["attention_mask"])
        labels = inputs.pop("labels")
        outputs = model(**inputs)
        loss = self._loss(outputs.logits.float(), labels)
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
        self._watch._report({"type": "metrics", "epoch": self.state.epoch, "metrics": metrics})
        return metrics


def has_bf16(device: str) -> bool:
    """Whether the processor or GPU computes in bfloat16 natively."""
    if device != "cpu":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags or " bf16 " in flags


def seed_everything(seed: int) -> None:
    """Seed Python, NumPy and torch, and use the cores that this process owns."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(cores())


def layered_groups(
    model: PreTrainedModel, rate: float, head_rate: float, decay: float, weight_decay: float
) -> list[dict[str, Any]]:
    """Optimiser groups: the head at its own rate, each layer below the last at `decay` times more.

    Layer-wise decay as in Howard and Ruder 2018 (ULMFiT, discriminative fine-tuning).
    """
    depth = int(getattr(model.config, "num_hidden_layers", 0))
    groups: dict[tuple[float, float], list[Any]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            plain = parameter.ndim < 2
            key = (
                _rate_of(name, model, rate, head_rate, decay, depth),
                0.0 if plain else weight_decay,
            )
            groups.setdefault(key, []).append(parameter)
    return [
        {"params": found, "lr": lr, "weight_decay": weight}
        for (lr, weight), found in groups.items()
    ]


def _rate_of(
    name: str, model: PreTrainedModel, rate: float, head_rate: float, decay: float, depth: int
) -> float:
    if not name.startswith(f"{model.base_model_prefix}."):
        return head_rate
    numbers = [int(part) for part in name.split(".") if part.isdigit()]
    layer = numbers[0] if numbers else -1
    return rate * decay ** (depth - 1 - layer)


def finetune(
    model: PreTrainedModel,
    examples: Sequence[Mapping[str, Any]],
    collate: Callable[[Any], dict[str, torch.Tensor]],
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    groups: list[dict[str, Any]],
    settings: Settings,
    checkpoints: Path,
    report: Callable[[dict[str, Any]], None],
    evaluator: Callable[[PreTrainedModel], dict[str, float]] | None = None,
    primary: str = "",
    rotating: Sequence[int] = (),
    share: float = 1.0,
) -> dict[str, Any]:
    """Train a model in place; on return it holds the best epoch's weights.

    Args:
        examples: encoded records, each with `input_ids`.
        collate: examples -> tensors with `input_ids`, `attention_mask`, `labels`.
        loss: (logits, labels) -> scalar.
        groups: the optimiser's parameter groups.
        checkpoints: folder of this very run; a run that was killed goes on from what lies there.
        evaluator: model -> metrics, after every epoch; None: the last epoch is kept.
        primary: the metric that chooses the best epoch.
        rotating, share: examples of which each epoch sees another share; see LengthBuckets.

    Returns:
        steps, epochs, and `timing`: tokens a second, padding share, peak memory in MiB.
    """
    lengths = [len(example["input_ids"]) for example in examples]
    sampler = LengthBuckets(lengths, settings.batch_size, settings.seed, rotating, share)
    watch = _Watch(sampler, report)
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
    )
    resumed = newest_checkpoint(checkpoints)
    if resumed:
        report({"type": "resume", "step": int(resumed.name.split("-")[1])})
    trainer.train(resume_from_checkpoint=str(resumed) if resumed else None)
    return {
        "steps": trainer.state.global_step,
        "epochs": round(trainer.state.epoch or 0.0, 3),
        "timing": {"peak_memory_mib": _peak_memory(settings.device), **watch.throughput()},
    }


def _arguments(
    settings: Settings, folder: Path, evaluates: bool, primary: str
) -> TrainingArguments:
    return TrainingArguments(
        output_dir=str(folder),
        num_train_epochs=settings.epochs,
        per_device_train_batch_size=settings.batch_size,
        warmup_ratio=settings.warmup,
        lr_scheduler_type="linear",
        bf16=settings.bf16,
        use_cpu=settings.device == "cpu",
        seed=settings.seed,
        data_seed=settings.seed,
        eval_strategy="epoch" if evaluates else "no",
        save_strategy="epoch",
        save_total_limit=2,
        load_best_model_at_end=evaluates,
        metric_for_best_model=primary or None,
        greater_is_better=True if evaluates else None,
        logging_strategy="no",
        report_to=[],
        disable_tqdm=True,
        remove_unused_columns=False,
        max_grad_norm=1.0,
    )


def _peak_memory(device: str) -> int:
    if device != "cpu":
        return torch.cuda.max_memory_allocated() >> 20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
