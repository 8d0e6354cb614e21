"""The loss of a tagger."""

from collections.abc import Sequence
from typing import Any

import torch

from goldsmith.families.token_classification.training.examples import IGNORED
from goldsmith.text import OUTSIDE


class Loss:
    """Cross-entropy over subwords with a weight on entity tags, or focal loss.

    Focal loss: Lin et al. 2017, (1 - p)^gamma * cross-entropy.
    """

    def __init__(self, labels: Sequence[str], entity_weight: float, gamma: float) -> None:
        weights = [1.0 if name == OUTSIDE else entity_weight for name in labels]
        self._weights, self._gamma = torch.tensor(weights), gamma

    def __call__(self, outputs: Any, targets: torch.Tensor) -> torch.Tensor:
        """The weighted mean over the targets, (b, t), that are not IGNORED."""
        flat = outputs.logits.float().flatten(0, 1)  # (b*t, labels)
        wanted = targets.flatten()  # (b*t,)
        weights = self._weights.to(flat.device)
        each = torch.nn.functional.cross_entropy(
            flat, wanted, weight=weights, ignore_index=IGNORED, reduction="none"
        )
        kept = wanted != IGNORED
        norm = weights[wanted[kept]].sum()
        if self._gamma:
            chance = flat.softmax(-1).gather(-1, wanted.clamp(min=0)[:, None])[:, 0]
            each = each * (1 - chance.detach()) ** self._gamma
        return each.sum() / norm.clamp(min=1e-9)
