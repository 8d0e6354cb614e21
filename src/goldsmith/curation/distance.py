"""Edit distance within a bound."""


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
