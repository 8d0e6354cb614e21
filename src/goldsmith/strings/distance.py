"""Edit distance: Levenshtein's, within a bound, as a ratio, and fuzzy equality by it."""

from goldsmith.strings.folding import fold


def within(first: str, second: str, bound: int) -> int | None:
    """Levenshtein's distance of two texts, None if it is greater than the bound.

    >>> within("kitten", "sitting", 3), within("kitten", "sitting", 2)
    (3, None)
    """
    if abs(len(first) - len(second)) > bound:
        return None
    row = list(range(len(second) + 1))
    for place, letter in enumerate(first, start=1):
        above, row = row, [place]
        for column, other in enumerate(second, start=1):
            swap = above[column - 1] + (letter != other)
            row.append(min(swap, above[column] + 1, row[-1] + 1))
        if min(row) > bound:
            return None
    return row[-1] if row[-1] <= bound else None


def distance(first: str, second: str) -> int:
    """Levenshtein's distance: the fewest characters to insert, delete or replace.

    >>> distance("kitten", "sitting")
    3
    """
    found = within(first, second, max(len(first), len(second)))
    assert found is not None  # no distance exceeds the longer length
    return found


def ratio(first: str, second: str) -> float:
    """How alike two texts are, 0..1: 1 less the distance as a share of the longer length.

    >>> ratio("kitten", "mitten"), ratio("", "")
    (0.8333333333333334, 1.0)
    """
    longest = max(len(first), len(second))
    return 1 - distance(first, second) / longest if longest else 1.0


def alike(first: str, second: str, least: float = 0.85) -> bool:
    """Whether two texts are at least so alike by `ratio`, after folding. Symmetric.

    >>> alike("INDAH GIFT & HOME DEC0", "Indah Gift & Home Deco"), alike("cat", "car")
    (True, False)
    """
    one, other = fold(first), fold(second)
    # The bound spares the whole table for texts that are far apart; 1e-9 is float's rounding.
    bound = int((1 - least) * max(len(one), len(other)) + 1e-9)
    return within(one, other, bound) is not None
