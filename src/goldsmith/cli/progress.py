"""What a person sees of a running pipeline: a bar on a terminal, log lines elsewhere."""

import time
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

LINE_SECONDS = 10.0


class ProgressView:
    """A listener for stage events."""

    def __init__(self, console: Console) -> None:
        self._console, self._last = console, 0.0
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._drop_bar()

    def __call__(self, stage: str, event: dict[str, Any]) -> None:
        """Show one event."""
        kind = event["type"]
        if kind == "progress":
            self._progress(stage, event)
        elif kind == "done":
            self._drop_bar()
            word = "nothing new" if event["cached"] else "done"
            self._line(stage, f"[green]{word}[/green] in {event['seconds']:.1f} s")
        elif kind == "note":
            self._line(stage, event["text"])
        elif kind == "resume":
            self._line(stage, f"resumed from the checkpoint at step {event['step']}")
        elif kind == "metrics":
            metrics = event["metrics"]
            shown = f"eval_{event.get('primary', '').removeprefix('eval_')}"
            name = shown if shown in metrics else next(iter(metrics))
            words = f"validation {name.removeprefix('eval_')} {metrics[name]:.4f}"
            self._line(stage, f"epoch {event['epoch']:g}: {words}")

    def _line(self, stage: str, text: str) -> None:
        stamp = "" if self._console.is_terminal else time.strftime("%H:%M:%S ")
        self._console.print(
            f"{stamp}[bold]{stage:<18}[/bold] {text}", highlight=False, soft_wrap=True
        )

    def _progress(self, stage: str, event: dict[str, Any]) -> None:
        text = f"loss {event['loss']:.4f}, {event['tokens_per_second']:,} tokens/s"
        if not self._console.is_terminal:
            if time.monotonic() - self._last > LINE_SECONDS:
                self._last = time.monotonic()
                self._line(stage, f"step {event['step']}/{event['steps']}, {text}")
            return
        if self._bar is None:
            columns = (TextColumn("{task.description:<18}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
                       TimeRemainingColumn(), TextColumn("{task.fields[text]}"))  # fmt: skip
            self._bar = Progress(*columns, console=self._console, transient=True)
            self._bar.start()
            self._task = self._bar.add_task(stage, total=event["steps"], text=text)
        assert self._task is not None
        self._bar.update(self._task, completed=event["step"], total=event["steps"], text=text)

    def _drop_bar(self) -> None:
        if self._bar:
            self._bar.stop()
        self._bar = self._task = None
