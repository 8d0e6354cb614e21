"""The order of training examples: like lengths together, a function of seed and epoch alone."""

import math
import random
from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from torch.utils.data import Sampler

POOL = 50  # batches that are sorted by length together, as transformers' LengthGroupedSampler does


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
        rotating: Sequence[Sequence[int]] = (),
        share: float = 1.0,
    ) -> None:
        """Make a sampler.

        Args:
            lengths: subwords of each example.
            batch_size: examples a batch.
            seed: of the order.
            rotating: places of examples of which an epoch sees only a share, the next epoch others;
                those of one record together, so that they are seen together. As every epoch has
                equally many, only a record at an epoch's end may go on in the next.
            share: that share, 0 to 1.
        """
        self.lengths, self.batch_size, self.seed, self.epoch = lengths, batch_size, seed, 0
        records = list(rotating)
        random.Random(f"{seed}/rotation").shuffle(records)
        self._pool = [place for record in records for place in record]
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


class Shares(Sampler[list[int]]):
    """One process's share of every batch, in parts that fit into memory.

    All processes together see, batch by batch, what one process alone would see: also the last,
    short batch is shared evenly. Where a batch cannot be, its first records are repeated.
    """

    def __init__(
        self, order: LengthBuckets, processes: int = 1, place: int = 0, accumulate: int = 1
    ) -> None:
        """Make a batch sampler.

        Args:
            order: of the records, with the size of their batches.
            processes: how many share a batch.
            place: which of them this is, from 0.
            accumulate: into how many parts each splits its share.
        """
        self._order, self._processes, self._place = order, processes, place
        self._accumulate = accumulate

    def __len__(self) -> int:
        full, short = divmod(len(self._order), self._order.batch_size)
        return full * self._accumulate + min(self._accumulate, math.ceil(short / self._processes))

    def __iter__(self) -> Iterator[list[int]]:
        places = iter(self._order)
        while batch := list(islice(places, self._order.batch_size)):
            batch += islice(cycle(batch[:]), -len(batch) % self._processes)
            # Every other one, not the first half: so all have inputs of like length.
            share = batch[self._place :: self._processes]
            parts = min(self._accumulate, len(share))
            for part in range(parts):
                yield share[len(share) * part // parts : len(share) * (part + 1) // parts]
