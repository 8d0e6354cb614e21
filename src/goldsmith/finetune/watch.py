"""What is seen and kept of a training run: progress, throughput, complete checkpoints."""

import json
import math
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from goldsmith.finetune.sampler import LengthBuckets

COMPLETE = "complete.json"
SAVE_SECONDS = 600.0
REPORT_SECONDS = 1.0
CURVE_POINTS = 100  # at most, of a training curve


class Watch(TrainerCallback):
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
