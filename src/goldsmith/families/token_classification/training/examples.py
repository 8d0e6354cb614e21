"""Training records as windows of subwords with targets, and batches of them."""

from array import array
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import torch

from goldsmith.families.onnx import padded
from goldsmith.families.token_classification.encoding import Encoder, Window
from goldsmith.records import TaggedTokens
from goldsmith.text import OUTSIDE

IGNORED = -100  # torch's cross_entropy leaves such targets out


class Examples(Sequence[dict[str, Any]]):
    """Every window of the records, encoded once, kept end to end in arrays of small integers.

    As Python lists a million sentences would take gigabytes.

    A word is a target in the window in which it is read, and in no other: so every word counts once,
    whatever the stride is.

    Attributes:
        negatives: places of the windows of each record without an entity.
    """

    def __init__(
        self,
        records: Sequence[TaggedTokens],
        encoder: Encoder,
        labels: Sequence[str],
        subwords: str,
    ) -> None:
        number = {name: place for place, name in enumerate(labels)}
        inside = {number[name] for name in labels if name.startswith("I-")}
        self._ids, self._goals = array("i"), array("i")
        self._ends = array("q", [0])  # (windows + 1) places in both
        self.negatives: list[list[int]] = []
        for start in range(0, len(records), 1000):
            batch = records[start : start + 1000]
            for record, windows in zip(
                batch, encoder.encode([r.tokens for r in batch]), strict=True
            ):
                first = len(self)
                targets = [number[tag] for tag in record.tags]
                for window in windows:
                    self._ids.extend(window.ids)
                    goals = _targets(targets, window, subwords)
                    self._goals.extend(_teach_marks(goals, window, inside, number[OUTSIDE]))
                    self._ends.append(len(self._ids))
                if set(record.tags) <= {OUTSIDE}:
                    self.negatives.append(list(range(first, len(self))))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        one = range(len(self))[place]  # an IndexError beyond the end, where iteration stops
        own = slice(self._ends[one], self._ends[one + 1])
        return {"input_ids": self._ids[own], "targets": self._goals[own]}


def _targets(of_words: Sequence[int], window: Window, subwords: str) -> list[int]:
    """A target for each subword: its word's, on the first or all of them; IGNORED elsewhere."""
    targets, seen = [], set()
    for word in window.word_of:
        read = word is not None and (subwords == "all" or word not in seen)
        targets.append(of_words[window.reads[word]] if read and word is not None else IGNORED)
        seen.add(word)
    return targets


def _teach_marks(
    targets: list[int], window: Window, inside: Collection[int], outside: int
) -> list[int]:
    """The targets, with those of marks: the next word's where that is within an entity, else O."""
    for place in window.marks:
        goal = targets[place + 1]
        targets[place] = goal if goal in inside else outside
    return targets


class Collate:
    """Pad a batch to its longest example."""

    def __init__(self, pad_id: int) -> None:
        self._pad_id = pad_id

    def __call__(self, examples: Sequence[Mapping[str, Any]]) -> dict[str, torch.Tensor]:
        """`input_ids`, `attention_mask` and `labels`, each (b, t) int64."""
        ids, mask = padded([example["input_ids"] for example in examples], self._pad_id)
        labels = np.full_like(ids, IGNORED)  # (b, t)
        for row, example in enumerate(examples):
            labels[row, : len(example["targets"])] = example["targets"]
        tensors = {"input_ids": ids, "attention_mask": mask, "labels": labels}
        return {name: torch.from_numpy(value) for name, value in tensors.items()}
