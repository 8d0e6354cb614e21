"""What a killed training goes on from."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from goldsmith import checkpoints

STATE_FILE = "state.pt"


@dataclass
class State:
    """A training after so many whole epochs.

    Attributes:
        epoch, step: done so far.
        best, best_epoch: the best validation score, and the epoch that had it.
        kept: the weights of that epoch; empty without validation.
        loss: mean of the last epoch.
    """

    epoch: int = 0
    step: int = 0
    best: float = -1.0
    best_epoch: int = 0
    kept: dict[str, torch.Tensor] = field(default_factory=dict)
    loss: float = 0.0

    def save(self, folder: Path, net: torch.nn.Module, optimiser: Any) -> None:
        """Write a checkpoint, whole or not at all, and remove older ones."""
        at = folder / f"{checkpoints.NAME}{self.step}"
        shutil.rmtree(at, ignore_errors=True)
        at.mkdir(parents=True)
        value = {
            "state": vars(self),
            "net": net.state_dict(),
            "optimiser": optimiser.state_dict(),
            "random": torch.get_rng_state(),
        }
        torch.save(value, at / STATE_FILE)
        checkpoints.mark_complete(at)
        for other in folder.glob(f"{checkpoints.NAME}*"):
            if other != at:
                shutil.rmtree(other, ignore_errors=True)

    @classmethod
    def resumed(cls, folder: Path, net: torch.nn.Module, optimiser: Any, device: str) -> "State":
        """The state of the newest whole checkpoint, put into net and optimiser; a new one without."""
        found = checkpoints.newest(folder)
        if found is None:
            return cls()
        # weights_only: tensors and plain values, whoever wrote the file.
        value = torch.load(found / STATE_FILE, map_location=device, weights_only=True)
        net.load_state_dict(value["net"])
        optimiser.load_state_dict(value["optimiser"])
        torch.set_rng_state(value["random"].cpu())
        return cls(**value["state"])
