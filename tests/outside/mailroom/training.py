"""The family's trainer: softmax regression by gradient descent, in numpy."""

from pathlib import Path
from typing import Any, Self

import numpy as np

from goldsmith.families.base import Family, Run, write_family
from goldsmith.prepared import Prepared
from mailroom.features import features
from mailroom.runtime import Classifier

WEIGHTS_FILE = "weights.npy"
RATE = 20.0
DECAY = 1e-4
SHOWN = 20  # steps between two reports


def train(family: Any, data: Prepared, part: str, out: Path, run: Run) -> dict[str, Any]:
    """Fit one part and write its folder; goes on from the last report's step after a kill."""
    assert isinstance(family, Family)
    records = data.training(part)
    rows = features([one.text for one in records], family.size, family.longest)
    wanted = np.eye(len(data.labels))[[data.labels.index(one.label) for one in records]]
    weights = _descend(rows, wanted, family.steps, run)
    np.save(out / WEIGHTS_FILE, weights)
    write_family(out, family, data.labels)
    validation = data.validation(part)
    watched = validation if len(validation) else records
    found = NumpyClassifier.load(out).predict(watched)
    return {
        "records": len(records),
        "steps": family.steps,
        "epochs": family.steps,
        "monitor": {family.primary: family.score(list(watched), found, data.labels).metrics()["accuracy"]},
        "monitored_on": "validation" if len(validation) else "training",
        "monitored_records": len(watched),
        "timing": {},
    }  # fmt: skip


def _descend(rows: np.ndarray, wanted: np.ndarray, steps: int, run: Run) -> np.ndarray:
    """(f, labels) float32 weights of the least cross-entropy."""
    run.checkpoints.mkdir(parents=True, exist_ok=True)
    checkpoint = run.checkpoints / "weights.npz"
    weights, done = np.zeros((rows.shape[1], wanted.shape[1])), 0
    if checkpoint.is_file():
        with np.load(checkpoint) as kept:
            weights, done = kept["weights"], int(kept["done"])
        run.report({"type": "resume", "step": done})
    for step in range(done + 1, steps + 1):
        logits = rows @ weights
        scores = np.exp(logits - logits.max(axis=1, keepdims=True))
        scores /= scores.sum(axis=1, keepdims=True)
        weights -= RATE * (rows.T @ (scores - wanted) / len(rows) + DECAY * weights)
        if step % SHOWN == 0 or step == steps:
            loss = float(-np.log(np.maximum((scores * wanted).sum(axis=1), 1e-12)).mean())
            run.report({"type": "progress", "step": step, "steps": steps, "epoch": float(step),
                        "loss": loss, "tokens_per_second": 0, "padding_share": 0.0})  # fmt: skip
            partial = checkpoint.with_name("partial.npz")
            np.savez(partial, weights=weights, done=step)
            partial.rename(checkpoint)
    return weights.astype(np.float32)


class NumpyClassifier(Classifier):
    """The weights as trained."""

    def __init__(self, folder: Path, weights: np.ndarray) -> None:
        super().__init__(folder)
        self._weights = weights

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open a trained folder."""
        return cls(folder, np.load(folder / WEIGHTS_FILE))

    def forward(self, rows: np.ndarray) -> np.ndarray:
        """One product."""
        return rows @ self._weights
