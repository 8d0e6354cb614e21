"""Dealing wordings: none comes twice before each came once."""

from random import Random


class Deck:
    """Deals items in shuffled rounds, so that none comes twice before each came once."""

    def __init__(self, items: tuple[str, ...], draw: Random) -> None:
        self._items, self._draw = items, draw
        self._left: list[str] = []

    def deal(self) -> str:
        """Return the next item."""
        if not self._left:
            self._left = list(self._items)
            self._draw.shuffle(self._left)
        return self._left.pop()
