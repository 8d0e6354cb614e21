"""The torch half: training the small net, and predicting with it as it was trained."""

import math
import resource
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from goldsmith.families.base import Run, read_family, write_family
from goldsmith.families.onnx import TOKENIZER_FILE
from goldsmith.families.token_classification.metrics import score
from goldsmith.families.window_mlp.export import WEIGHTS_FILE
from goldsmith.families.window_mlp.features import Encoded, Features
from goldsmith.families.window_mlp.runtime import WindowTagger
from goldsmith.families.window_mlp.training.net import Net, base_folder, fresh, tensors
from goldsmith.families.window_mlp.training.state import State
from goldsmith.prepared import Prepared
from goldsmith.records import TaggedTokens
from goldsmith.settings import cores
from goldsmith.text import OUTSIDE

if TYPE_CHECKING:
    from goldsmith.families.window_mlp import WindowMlp

__all__ = ["TorchWindow", "train"]

WARMUP = 0.05  # share of the steps
SAVE_SECONDS = 1.0


class TorchWindow(WindowTagger):
    """The net as trained, in fp32, behind the same features and decoder as every variant."""

    def __init__(self, net: Net, features: Features, labels: Sequence[str], device: str) -> None:
        super().__init__(features, labels)
        self._net, self._device = net, device

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open a trained model folder."""
        family, facts = read_family(folder)
        settings: Any = family
        torch.set_num_threads(cores())
        features = settings.features(folder)
        net = Net(settings, features, len(facts["labels"]))
        net.load_state_dict(load_file(folder / WEIGHTS_FILE))
        return cls(net.eval(), features, facts["labels"], "cpu")

    @torch.inference_mode()
    def forward(self, encoded: Encoded) -> np.ndarray:
        """Run the net where it lies."""
        result: np.ndarray = self._net(*tensors(encoded, self._device)).cpu().numpy()
        return result


class Examples:
    """All training words, encoded once, with their targets; batches of them, new every epoch."""

    def __init__(
        self, records: Sequence[TaggedTokens], features: Features, labels: Sequence[str]
    ) -> None:
        number = {name: place for place, name in enumerate(labels)}
        read = list(records)  # a view makes them anew each time
        targets = [number[tag] for record in read for tag in record.tags]
        self.labels, self.encoded = list(labels), features.encode(features.sentences(read))
        self.targets = np.array(targets, dtype=np.int64)

    def __len__(self) -> int:
        return len(self.targets)

    def batches(self, size: int, seed: int, epoch: int) -> Iterator[tuple[Encoded, np.ndarray]]:
        """Shuffled batches of an epoch, the same ones for the same arguments."""
        order = np.random.default_rng([seed, epoch]).permutation(len(self))
        encoded = self.encoded
        for start in range(0, len(order), size):
            places = order[start : start + size]
            shuffled = Encoded(encoded.words, encoded.windows[places], encoded.own[places])
            yield shuffled.part(0, len(places)), self.targets[places]


def train(family: "WindowMlp", data: Prepared, part: str, out: Path, run: Run) -> dict[str, Any]:
    """Train one part of the data and write the model folder; goes on where a killed run was.

    Returns:
        Facts of the run; `monitor` holds the metrics on validation, or without it on training
        records.
    """
    torch.manual_seed(run.seed)
    torch.set_num_threads(cores())
    base = base_folder(family)
    features = family.features(base or out)
    net = fresh(family, features, len(data.labels), base).to(run.device)
    records, (seen, validates) = data.training(part), data.watched(part)
    watched = list(seen)  # read after every epoch
    tagger = TorchWindow(net, features, data.labels, run.device)
    course = _Course(family, Examples(records, features, data.labels), net, run)
    facts = course.run_all(lambda: _metrics(tagger, watched), validates)
    save_file({k: v.cpu().contiguous() for k, v in net.state_dict().items()}, out / WEIGHTS_FILE)
    if base is not None:
        shutil.copyfile(base / TOKENIZER_FILE, out / TOKENIZER_FILE)
    write_family(out, family, data.labels)
    return {
        **facts,
        "records": len(records),
        "monitor": _metrics(tagger, watched),
        "monitored_on": "validation" if validates else "training",
        "monitored_records": len(watched),
    }


def _metrics(tagger: TorchWindow, records: list[TaggedTokens]) -> dict[str, float]:
    """The metrics over all labels."""
    tagger._net.eval()
    found = score(records, tagger.predict(records, batch_size=64), tagger.labels).metrics()
    return {name: value for name, value in found.items() if not name.startswith("label:")}


class _Course:
    """Epoch after epoch, with AdamW and a rate that falls to 0."""

    def __init__(self, family: "WindowMlp", examples: Examples, net: Net, run: Run) -> None:
        self._family, self._examples, self._net, self._run = family, examples, net, run
        learnt = [weight for weight in net.parameters() if weight.requires_grad]
        self._optimiser = torch.optim.AdamW(
            learnt, lr=family.learning_rate, weight_decay=family.weight_decay
        )
        weights = [1.0 if name == OUTSIDE else family.entity_weight for name in examples.labels]
        self._weights = torch.tensor(weights, device=run.device)
        self._a_epoch = math.ceil(len(examples) / family.batch_size)
        self._steps = self._a_epoch * family.epochs
        self._started = time.monotonic()
        self._trained = 0  # words, by this process

    def run_all(self, metrics: Any, validates: bool) -> dict[str, Any]:
        """Train to the end, or until patience does; the net has the best epoch's weights then."""
        run, saved = self._run, 0.0
        state = State.resumed(run.checkpoints, self._net, self._optimiser, run.device)
        if state.epoch:
            run.report({"type": "resume", "step": state.step})
        while state.epoch < self._family.epochs and not self._tired(state, validates):
            self._epoch(state)
            if validates:
                self._watch(state, metrics())
            if time.monotonic() - saved > SAVE_SECONDS:
                state.save(run.checkpoints, self._net, self._optimiser)
                saved = time.monotonic()
                run.report({"type": "checkpoint", "step": state.step})
        if state.kept:
            self._net.load_state_dict(state.kept)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        return {
            "steps": state.step,
            "epochs": state.epoch,
            "timing": {
                "peak_memory_mib": memory, "tokens_per_second": self._speed(), "padding_share": 0.0,
            },
        }  # fmt: skip

    def _tired(self, state: State, validates: bool) -> bool:
        patience = self._family.patience
        return validates and 0 < patience <= state.epoch - state.best_epoch

    def _watch(self, state: State, metrics: dict[str, float]) -> None:
        self._run.report({"type": "metrics", "epoch": state.epoch, "metrics": metrics})
        found = metrics[self._family.primary]
        if found > state.best:
            state.best, state.best_epoch = found, state.epoch
            state.kept = {name: value.clone() for name, value in self._net.state_dict().items()}

    def _epoch(self, state: State) -> None:
        self._net.train()
        losses = []
        batches = self._examples.batches(self._family.batch_size, self._run.seed, state.epoch)
        for encoded, targets in batches:
            self._optimiser.param_groups[0]["lr"] = self._rate(state.step)
            losses.append(self._step(encoded, targets) * len(targets))
            state.step += 1
            self._trained += len(targets)
        state.epoch += 1
        state.loss = sum(losses) / max(len(self._examples), 1)
        self._run.report(
            {
                "type": "progress", "step": state.step, "steps": self._steps,
                "epoch": float(state.epoch), "loss": round(state.loss, 5), "point": True,
                "tokens_per_second": self._speed(), "padding_share": 0.0,
            }
        )  # fmt: skip

    def _step(self, encoded: Encoded, targets: np.ndarray) -> float:
        wanted = torch.from_numpy(targets).to(self._run.device)
        logits = self._net(*tensors(encoded, self._run.device))
        loss = torch.nn.functional.cross_entropy(logits, wanted, weight=self._weights)
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self._optimiser.step()
        return float(loss.detach())

    def _rate(self, step: int) -> float:
        risen = min((step + 1) / max(WARMUP * self._steps, 1), 1.0)
        return self._family.learning_rate * risen * max(1 - step / self._steps, 0.0)

    def _speed(self) -> int:
        return round(self._trained / max(time.monotonic() - self._started, 1e-9))
