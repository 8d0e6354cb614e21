"""Which split or fold a record belongs to: a function of its own group and the salt alone.

So adding data never moves an old record. Knows no record type and no file.
"""

import hashlib

from goldsmith.config.sections import Splits

TRAIN, VALIDATION, TEST = "train", "validation", "test"
SPLITS = (TRAIN, VALIDATION, TEST)
GOLDENS = "goldens"  # of loaded records: the use case's fixed test set, which prepare makes TEST


def _hash64(group: str, salt: str) -> int:
    digest = hashlib.sha256(f"{salt}|{group}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def bucket(group: str, salt: str) -> float:
    """A group's place in [0, 1), the same on every machine.

    >>> round(bucket("10-K-0042", "goldsmith"), 3) == round(bucket("10-K-0042", "goldsmith"), 3)
    True
    """
    return _hash64(group, salt) / 2**64


def by_hash(group: str, splits: Splits) -> str:
    """train, validation or test, by the shares of the configuration."""
    place = bucket(group, splits.salt)
    if place < splits.test:
        return TEST
    return VALIDATION if place < splits.test + splits.validation else TRAIN


def validation_of_train(group: str, splits: Splits) -> str:
    """train or validation, for a source that has a test split but no validation split."""
    return VALIDATION if bucket(group, splits.salt) < splits.validation else TRAIN


def fold(group: str, splits: Splits) -> int:
    """The fold, 0..folds-1, that holds a group out; -1 without folds."""
    return _hash64(group, splits.salt) * splits.folds >> 64 if splits.folds else -1
