"""An example of a system to judge: company, date, address and total of a receipt, by rules.

It sees what optical character recognition saw, words and their boxes, and knows nothing else. The
whole of it: words become lines; a line is told by regular expressions and by where it stands. It is
no part of any model: `goldsmith evaluate-extraction` judges its results like anybody's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goldsmith.records import Field, OcrPage

COMPANY_WORDS = re.compile(
    r"\b(sdn\.? ?bhd|ltd|limited|gmbh|inc|llc|plc|a/s|aps|enterprise|trading|restaurant|mart|store)\b",
    re.I,
)
NOT_A_NAME = re.compile(r"\b(tax|invoice|receipt|bill|cash|welcome|copy)\b|\d{4}", re.I)
# What ends an address: the first line that is about the shop or the sale, not about the place.
AFTER_ADDRESS = re.compile(
    r"\b(tel|phone|fax|gst|vat|reg|no\.?:|date|invoice|receipt|bill|cashier|table)\b", re.I
)
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE = re.compile(
    rf"\b(\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}} {MONTH} \d{{2,4}})\b",
    re.I,
)
TOTAL = re.compile(r"\b(grand total|total|amount due|nett total)\b", re.I)
NOT_THE_TOTAL = re.compile(r"\b(sub ?-?total|total (?:qty|items|tax|gst|saving)|excl)\b", re.I)
AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})*[.]\d{2}(?!\d)")
HEAD = 0.4  # the share of a page's lines in which name and address are looked for
ADDRESS_LINES = 4
SAME_LINE = 0.5  # share of the lower word's height by which two words of a line overlap


@dataclass(frozen=True)
class Line:
    """Words that stand beside one another, from left to right, and the box around them."""

    words: tuple[str, ...]
    boxes: tuple[tuple[float, ...], ...]

    @property
    def text(self) -> str:
        """The words joined by one space."""
        return " ".join(self.words)

    @property
    def box(self) -> tuple[float, ...]:
        """Left, top, right, bottom."""
        return around(self.boxes)


def around(boxes: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The smallest box that holds all boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def lines(page: OcrPage) -> list[Line]:
    """The page's words in lines, from top to bottom: words that overlap vertically are in one."""
    found: list[list[int]] = []
    for place in sorted(range(len(page.words)), key=lambda one: page.boxes[one][1]):
        line = next((one for one in found if _beside(page.boxes[one[0]], page.boxes[place])), None)
        if line is None:
            found.append([place])
        else:
            line.append(place)
    return [_line(page, sorted(one, key=lambda place: page.boxes[place][0])) for one in found]


def _beside(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    overlap = min(first[3], second[3]) - max(first[1], second[1])
    return overlap > SAME_LINE * min(first[3] - first[1], second[3] - second[1])


def _line(page: OcrPage, places: Sequence[int]) -> Line:
    return Line(
        tuple(page.words[place] for place in places), tuple(page.boxes[place] for place in places)
    )


def extract(page: OcrPage) -> list[Field]:
    """What the rules find on a page; a field of which they find nothing is not there."""
    seen = lines(page)
    company = _company(seen)
    found = {
        "company": company and (company.text, company.box),
        "date": _date(seen),
        "address": _address(seen, company),
        "total": _total(seen),
    }
    return [
        Field(f"{page.document_id}:{name}", page.document_id, name, one[0], page.page, one[1])
        for name, one in found.items()
        if one
    ]


Found = tuple[str, tuple[float, ...]]


def _head(seen: Sequence[Line]) -> Sequence[Line]:
    return seen[: max(3, round(HEAD * len(seen)))]


def _company(seen: Sequence[Line]) -> Line | None:
    """The first line at the top with a word of company names, else the first that may be a name."""
    names = [line for line in _head(seen) if not NOT_A_NAME.search(line.text)]
    told = (line for line in names if COMPANY_WORDS.search(line.text))
    return next(told, names[0] if names else None)


def _address(seen: Sequence[Line], company: Line | None) -> Found | None:
    """The lines under the name, up to the first that is about something else."""
    start = seen.index(company) + 1 if company else 0
    kept: list[Line] = []
    for line in seen[start : start + ADDRESS_LINES + 1]:
        ended = any(one.search(line.text) for one in (AFTER_ADDRESS, DATE, AMOUNT))
        if ended or len(kept) == ADDRESS_LINES:
            break
        kept.append(line)
    if not kept:
        return None
    return " ".join(line.text for line in kept), around([line.box for line in kept])


def _date(seen: Sequence[Line]) -> Found | None:
    """The first date on the page."""
    for line, match in _matches(seen, DATE):
        return match.group(1), line.box
    return None


def _total(seen: Sequence[Line]) -> Found | None:
    """The last amount of the last line that says total; of a page without one, nothing."""
    for line in reversed(seen):
        if TOTAL.search(line.text) and not NOT_THE_TOTAL.search(line.text):
            amounts = AMOUNT.findall(line.text)
            if amounts:
                return amounts[-1], line.boxes[-1]
    return None


def _matches(
    seen: Sequence[Line], pattern: re.Pattern[str]
) -> Iterator[tuple[Line, re.Match[str]]]:
    return ((line, match) for line in seen if (match := pattern.search(line.text)))
