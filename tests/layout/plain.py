"""The rules of `goldsmith.layout` word by word, however slow: what the quick code must agree with."""

from statistics import median

from goldsmith.records import OcrPage

Box = tuple[float, ...]
LEFT, TOP, RIGHT, BOTTOM = range(4)
ROWS = 5  # on either side of a strip, at least


def height(boxes: list[Box]) -> float:
    positive = [box[BOTTOM] - box[TOP] for box in boxes if box[BOTTOM] > box[TOP]]
    return median(positive) if positive else 1.0


def overlap(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Common height as a share of the lower one."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    lower = min(one[1] - one[0], other[1] - other[0])
    return common / lower if lower > 0 else float(common >= 0)


def rows(boxes: list[Box], words: list[int]) -> list[list[int]]:
    found: list[tuple[list[int], tuple[float, float]]] = []
    for word in sorted(words, key=lambda n: (boxes[n][TOP] + boxes[n][BOTTOM], boxes[n][LEFT])):
        own = boxes[word][TOP], boxes[word][BOTTOM]
        shares = [overlap(band, own) for _, band in found[-4:]]
        if not shares or max(shares) < 0.5:
            found.append(([word], own))
            continue
        place = max(0, len(found) - 4) + shares.index(max(shares))
        members, (over, under) = found[place]
        size = len(members)
        band = (over * size + own[0]) / (size + 1), (under * size + own[1]) / (size + 1)
        found[place] = [*members, word], band
    found.sort(key=lambda row: sum(row[1]))
    return [sorted(members, key=lambda n: (boxes[n][LEFT], n)) for members, _ in found]


def strips(boxes: list[Box], words: list[int], least: float) -> list[tuple[float, float]]:
    """What no word reaches into, between two words, at least `least` wide."""
    lefts, rights = ({boxes[word][side] for word in words} for side in (LEFT, RIGHT))
    return sorted(
        (start, end)
        for start in rights
        for end in lefts
        if end - start >= least
        and not any(boxes[word][LEFT] < end and boxes[word][RIGHT] > start for word in words)
    )


def is_text(boxes: list[Box], words: list[int], high: float) -> bool:
    grouped = rows(boxes, words)
    if len(grouped) < ROWS:
        return False
    filled = median(sum(boxes[n][RIGHT] - boxes[n][LEFT] for n in row) for row in grouped)
    width = max(boxes[n][RIGHT] for n in words) - min(boxes[n][LEFT] for n in words)
    return filled >= 0.6 * width and filled >= 12 * high


def columns(
    boxes: list[Box], grouped: list[list[int]], start: int, high: float
) -> tuple[int, list[int], list[int]] | None:
    runs: list[tuple[int, list[int], list[tuple[float, float]]]] = []
    for end in range(start + 1, len(grouped) + 1):
        run = [word for row in grouped[start:end] for word in row]
        free = strips(boxes, run, high)
        if free:
            runs.append((end, run, free))
        elif end > start + 1:
            break
    for place in reversed(range(len(runs))):
        end, run, free = runs[place]
        # A run whose next row leaves all of its strips is a part of a longer one.
        part = place + 1 < len(runs) and len(runs[place + 1][2]) == len(free)
        for strip in free if end - start >= ROWS and not part else []:
            left = [word for word in run if boxes[word][RIGHT] <= sum(strip) / 2]
            right = [word for word in run if boxes[word][RIGHT] > sum(strip) / 2]
            if is_text(boxes, left, high) and is_text(boxes, right, high):
                return end, left, right
    return None


def blocks(page: OcrPage) -> list[tuple[tuple[int, ...], ...]]:
    boxes = list(page.boxes)
    return region(boxes, list(range(len(boxes))), height(boxes))


def region(boxes: list[Box], words: list[int], high: float) -> list[tuple[tuple[int, ...], ...]]:
    grouped = rows(boxes, words)
    for start in range(len(grouped)):
        found = columns(boxes, grouped, start, high)
        if found:
            end, left, right = found
            below = [word for row in grouped[end:] for word in row]
            parts = [region(boxes, one, high) for one in (left, right, below)]
            return [*paragraphs(boxes, grouped[:start], high), *parts[0], *parts[1], *parts[2]]
    return paragraphs(boxes, grouped, high)


def paragraphs(
    boxes: list[Box], grouped: list[list[int]], high: float
) -> list[tuple[tuple[int, ...], ...]]:
    found: list[list[tuple[int, ...]]] = []
    for row in grouped:
        top = min(boxes[word][TOP] for word in row)
        if not found or top - max(boxes[word][BOTTOM] for word in found[-1][-1]) > high:
            found.append([])
        found[-1].append(tuple(row))
    return [tuple(block) for block in found]


def surroundings(page: OcrPage, lines: list[tuple[int, ...]], k: int) -> list[list[list[int]]]:
    """Left, right, above and below: of each word its k nearest, -1 for none."""
    found: list[list[list[int]]] = [[], [], [], []]
    line_of = {word: line for line in lines for word in line}
    for word, box in enumerate(page.boxes):
        line, place = line_of[word], line_of[word].index(word)
        near: list[tuple[float, float, int]] = []
        for other, its in enumerate(page.boxes):
            if other not in line and its[LEFT] < box[RIGHT] and its[RIGHT] > box[LEFT]:
                down = (its[TOP] + its[BOTTOM]) / 2 - (box[TOP] + box[BOTTOM]) / 2
                aside = abs((its[LEFT] + its[RIGHT]) / 2 - (box[LEFT] + box[RIGHT]) / 2)
                near.append((down, aside, other))
        above = sorted((-down, aside, other) for down, aside, other in near if down < 0)
        below = sorted(one for one in near if one[0] > 0)
        beside = [list(line[:place])[::-1], list(line[place + 1 :])]
        for target, one in zip(
            found, [*beside, *([n for *_, n in side] for side in (above, below))], strict=True
        ):
            target.append((one + [-1] * k)[:k])
    return found
