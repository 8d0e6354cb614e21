"""`splits.assign`: a function of the user's own says the splits, in the source's place."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from goldsmith import functions
from goldsmith.columns import Batch
from goldsmith.errors import DataError, listed
from goldsmith.splits import GOLDENS, TEST, TRAIN

FIELD = "splits.assign"


class Assigning:
    """Asks the function, where the use case has one."""

    def __init__(self, name: str | None) -> None:
        """Find it.

        Raises:
            ConfigError: no such function, or its module does not import.
        """
        self._function = functions.find(FIELD, name) if name else None

    def splits(self, raw: Batch) -> list[str]:
        """The split of each raw record; of fixed goldens nobody is asked.

        Raises:
            DataError: the function fails, or returns something else.
        """
        import pyarrow.compute as pc

        own: list[str] = raw.column("split").to_pylist()
        if self._function is None or not own:
            return own
        fixed = pc.equal(raw.column("split"), GOLDENS)
        asked = raw.filter(pc.invert(fixed))
        if not asked.num_rows:
            return own
        answers = iter(functions.assigned(self._function, asked, "the loaded records"))
        return [name if name == GOLDENS else next(answers) for name in own]

    def check(self, splits: Sequence[Any]) -> None:
        """Refuse a division without training records, or without test records where no goldens are
        fixed.

        Raises:
            DataError: says what the function gave.
        """
        seen = Counter(splits)
        if self._function is None or (seen[TRAIN] and (seen[TEST] or seen[GOLDENS])):
            return
        given = listed([f"{name}: {count:,}" for name, count in sorted(seen.items())])
        raise DataError(
            f"{self._function} gave {given}: it has to give both train and test (validation is taken "
            "from train where it gives none)"
        )
