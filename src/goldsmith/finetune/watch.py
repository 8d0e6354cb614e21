"""What is seen and kept of a training run: progress, throughput, complete checkpoints."""

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from goldsmith import checkpoints
from goldsmith.finetune import processes
from goldsmith.finetune.sampler import LengthBuckets

SAVE_SECONDS = 600.0
REPORT_SECONDS = 1.0
CURVE_POINTS = 100  # at most, of a training curve


class Watch(TrainerCallback):
    """Reports progress, marks finished checkpoints, and saves by the clock in long epochs."""

    def __init__(self, sampler: LengthBuckets, report: Callable[[dict[str, Any]], None]) -> None:
        self.sampler, self._report = sampler, report
        self.tokens = self.padded = 0
        self.losses: list[float] = []  # of the batches since the last optimiser step
        self._started = self._reported = self._saved = time.monotonic()

    def count(self, mask: torch.Tensor) -> None:
        """Count the tokens of a batch; mask is (b, t)."""
        self.tokens += int(mask.sum())
        self.padded += mask.numel()

    def throughput(self) -> dict[str, float]:
        """Tokens a second and padding share since the process began to train.

        Of several processes that share batches each has about as many tokens as this one.
        """
        seconds = max(time.monotonic() - self._started, 1e-9)
        padding = 1 - self.tokens / self.padded if self.padded else 0.0
        return {
            "tokens_per_second": round(self.tokens * processes.count() / seconds),
            "padding_share": round(padding, 4),
        }

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Start the clock, and find the best checkpoint where this run has it."""
        self._started = self._saved = time.monotonic()
        if state.best_model_checkpoint:  # a resumed state may name another machine's folder
            best = Path(state.best_model_checkpoint).name
            state.best_model_checkpoint = str(Path(str(args.output_dir)) / best)

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
        # Every process must save at the same step, whatever its clock says.
        loss, due = processes.mean(
            sum(self.losses) / max(len(self.losses), 1), now - self._saved > SAVE_SECONDS
        )
        self.losses.clear()
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
                    "loss": round(loss, 5),
                    "point": point,
                    **self.throughput(),
                }
            )
        if due:
            control.should_save = True

    def on_save(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Mark the checkpoint complete: only once every process has written its part is it whole."""
        self._saved = time.monotonic()
        processes.wait()
        if not processes.is_first():
            return
        folder = Path(str(args.output_dir)) / f"{checkpoints.NAME}{state.global_step}"
        if folder.is_dir():
            checkpoints.mark_complete(folder)
            self._report({"type": "checkpoint", "step": state.global_step})
