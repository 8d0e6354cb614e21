"""How processes and parts of a batch share out what one process sees at once."""

import random
from itertools import chain

import pytest

from goldsmith.finetune.sampler import LengthBuckets, Shares

LENGTHS = [random.Random(number).randint(3, 90) for number in range(203)]


def batches(processes: int, accumulate: int, count: int, size: int = 16) -> list[list[list[int]]]:
    """By process, the parts of every batch of an epoch."""
    found = []
    for place in range(processes):
        order = LengthBuckets(LENGTHS[:count], size, seed=7)
        order.epoch = 2
        shares = Shares(order, processes, place, accumulate)
        parts = list(shares)
        assert len(shares) == len(parts)
        found.append(parts)
    return found


@pytest.mark.parametrize(
    ("processes", "accumulate"), [(2, 1), (1, 2), (4, 2), (2, 8), (1, 16), (16, 1)]
)
@pytest.mark.parametrize("count", [192, 200, 203, 5])
def test_together_they_see_batch_by_batch_what_one_sees(
    processes: int, accumulate: int, count: int
) -> None:
    (alone,) = batches(1, 1, count)
    shared = batches(processes, accumulate, count)
    assert len({len(parts) for parts in shared}) == 1, "one would wait for the others for ever"
    updates = -(-len(shared[0]) // accumulate)  # as the Trainer counts optimiser steps
    assert updates == len(alone)
    for step, batch in enumerate(alone):
        mine = slice(step * accumulate, (step + 1) * accumulate)
        shares = [list(chain(*parts[mine])) for parts in shared]
        seen = list(chain(*shares))
        assert set(seen) == set(batch) and len(seen) - len(batch) < processes
        assert len({len(share) for share in shares}) == 1
        parts = [len(part) for parts in shared for part in parts[mine]]
        assert max(parts) - min(parts) <= 1 and max(parts) <= 16 // (processes * accumulate)


def test_each_has_inputs_of_like_length() -> None:
    first, second = batches(2, 1, 192)
    for ours, theirs in zip(first, second, strict=True):
        longest = [max(LENGTHS[place] for place in share) for share in (ours, theirs)]
        assert abs(longest[0] - longest[1]) <= 5
