"""An example of a system to judge: company, date, address and total of a receipt, by rules.

It sees what optical character recognition saw, words and their boxes, and knows nothing else. The
whole of it: words become lines; a line is told by regular expressions and by where it stands. It is
no part of any model: `goldsmith evaluate-extraction` judges its results like anybody's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from goldsmith.records import Field, OcrPage

# What the name of a company ends with by law, and words that hardly any line but a name has.
LEGAL_FORM = re.compile(
    r"\b(sdn\.? ?bhd|s/?b|bhd|berhad|ltd|limited|gmbh|inc|llc|plc|a/s|aps)\b\.?", re.I
)
COMPANY_WORD = re.compile(
    r"\b(enterprise|trading|restaurant|restoran|mart|store|hardware|pharmacy|bakery|cafe|stationery)\b",
    re.I,
)
AFTER_FORM = re.compile(rf"(?<=\w )({LEGAL_FORM.pattern}).*", re.I)
# A line that goes on with the name above: (M) Sdn Bhd; Trading Ltd; & Sons.
GOES_ON = re.compile(
    rf"(?:\(\w+\) ?|co\. ?)*{LEGAL_FORM.pattern}"
    rf"|{COMPANY_WORD.pattern}\W*(?:$|\(|{LEGAL_FORM.pattern})|&",
    re.I,
)
NOT_A_NAME = re.compile(
    r"\b(tax|invoice|receipt|bill|welcome|copy|licensee|formerly|tel|fax|gst|www|table|reg)\b|\d{4}",
    re.I,
)
# The number that a company is registered under stands behind its name or on the next line.
REGISTERED = re.compile(
    r"\(?(?:\b(?:co|company|reg|roc|br|no)\b[ .:#]{0,4}){0,4}\(?\b[a-z]{0,3}\d{4,}[ .-]{0,2}[a-z\d]{0,2}\b\)?",
    re.I,
)
# What tells an address: a number in front, a word of roads and houses, a postal code.
PLACE = re.compile(
    r"^\W*[a-z]{0,2}-{0,2}\d[\w/&-]*(?: ?[,.]| )(?=.*[a-z]{3})"
    r"|^\W*(?:no|unit|block|blk|level|suite)\b[.: ]*\S*\d"
    r"|\b(?:lot|jalan|jln|lorong|taman|persiaran|lebuh|street|road|avenue|lane|floor|flr)\b"
    r"|\b\d{5}\b(?!-)",
    re.I,
)
# What ends it: the first line about the shop or the sale; a label, or a number longer than a postal code.
AFTER_ADDRESS = re.compile(
    r"\b(tel|phone|fax|hp|gst|sst|vat|tax|reg|roc|date|invoice|receipt|bill|cash|cashier|table|order"
    r"|number|www)\b|@|\w{4} ?:|\d{6}|\b\d{2,4}[- ]\d{3,4} ?\d{3}",
    re.I,
)
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE = re.compile(
    rf"\b(\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}} {MONTH} \d{{2,4}})\b",
    re.I,
)
LETTERS = re.compile(r"[^\W\d_]{3}")
TOTAL = re.compile(r"\b(total|amount due|amount payable|nett?)\b", re.I)
NOT_THE_TOTAL = re.compile(
    r"\b(sub ?-?total|total (?:qty|quantity|items?|tax|gst|savings?|discount)|excl\w*|includ(?:es|ed)|paid)\b",
    re.I,
)
CHANGE = re.compile(r"\bchange\b", re.I)
# Below it the sale is added up again by rates of tax, with totals of their own.
TAX_SUMMARY = re.compile(r"\b(gst|sst|tax) (summary|analysis)\b", re.I)
AMOUNT = re.compile(r"(?:(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)|(?<![\w.]))[.]\d{2}(?![\d%]|[.]\d)")
HEAD = 0.4  # the share of a page's lines in which name and address are looked for
ADDRESS_LINES = 6
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
    head = seen[: max(3, round(HEAD * len(seen)))]
    company, below = _company(head)
    found = {
        "company": company,
        "date": _date(seen),
        "address": _address(head, below),
        "total": _total(seen),
    }
    return [
        Field(f"{page.document_id}:{name}", page.document_id, name, one[0], page.page, one[1])
        for name, one in found.items()
        if one
    ]


Found = tuple[str, tuple[float, ...]]


def _company(head: Sequence[Line]) -> tuple[Found | None, int]:
    """The name, and which line is below it.

    Told by a word of company names, else by what is below: the last line that may be a name before
    the address begins. The first line will not do, for what stands on top is often not the shop's:
    a greeting, a stamp, the name of who filed it.
    """
    texts = [_name(line.text) for line in head]
    start = next((n for n, line in enumerate(head) if n and _is_place(line.text)), 0)
    names = [n for n, text in enumerate(texts[: start or None]) if text]
    if not names:
        return None, 0
    told = (n for word in (LEGAL_FORM, COMPANY_WORD) for n in names if word.search(texts[n]))
    last = next(told, names[-1 if start else 0])
    first = last
    while first - 1 in names and _goes_on(texts[first - 1], texts[first]):
        first -= 1
    # A form that the law wants ends a name; a branch or an owner may follow in the line.
    name = AFTER_FORM.sub(r"\1", " ".join(texts[first : last + 1]))
    return (name, around([line.box for line in head[first : last + 1]])), last + 1


def _name(text: str) -> str:
    """A line without the number of the company; empty where it is no name."""
    name = REGISTERED.sub("", text).lstrip(" -:,").rstrip(" -:,(")
    return name if LETTERS.search(name) and not NOT_A_NAME.search(name) else ""


def _goes_on(above: str, text: str) -> bool:
    """Whether a line is a further part of the name above: by its words, or a bracket is open."""
    return bool(GOES_ON.match(text)) or above.count("(") > above.count(")")


def _is_place(text: str) -> bool:
    return bool(PLACE.search(text)) and not _after_address(text)


def _after_address(text: str) -> bool:
    return any(one.search(text) for one in (AFTER_ADDRESS, DATE, AMOUNT))


def _address(head: Sequence[Line], below: int) -> Found | None:
    """The lines from the first that tells an address to the first about something else."""
    kept: list[Line] = []
    for line in head[below:]:
        if kept and (_after_address(line.text) or len(kept) == ADDRESS_LINES):
            break
        if kept or _is_place(line.text):
            kept.append(line)
    if not kept:
        return None
    text = " ".join(line.text for line in kept)
    return re.sub(r" (?=[,.](?: |$))", "", text), around([line.box for line in kept])


def _date(seen: Sequence[Line]) -> Found | None:
    """The first date on the page."""
    for line in seen:
        if match := DATE.search(line.text):
            return match.group(1), line.box
    return None


def _total(seen: Sequence[Line]) -> Found | None:
    """What was paid less the change, if the page says that amount, else the last that is called total."""
    sale = takewhile(lambda line: not TAX_SUMMARY.search(line.text), seen)
    rows = [(line.text, found[-1]) for line in sale if (found := _amounts(line))]
    named = [found for text, found in rows if TOTAL.search(text) and not NOT_THE_TOTAL.search(text)]
    return _paid(rows) or (named[-1] if named else None)


def _amounts(line: Line) -> list[Found]:
    pairs = zip(line.words, line.boxes, strict=True)
    return [(amount, box) for word, box in pairs for amount in AMOUNT.findall(word)]


def _paid(rows: Sequence[tuple[str, Found]]) -> Found | None:
    """The last amount above the first change that is the one over the change, less the change.

    It is the total whatever the shop calls it, and rounded as cash is.
    """
    at = next((n for n, (text, _) in enumerate(rows) if n and CHANGE.search(text)), None)
    if at is None:
        return None
    due = _cents(rows[at - 1][1]) - _cents(rows[at][1])
    return next((one for _, one in reversed(rows[:at]) if _cents(one) == due > 0), None)


def _cents(found: Found) -> int:
    return int(re.sub(r"\D", "", found[0]))
