"""Seeded receipts: pages of words and boxes with the gold values, as a scanner would see them.

No receipt of a real shop is copied. The difficulty is in the choice: subtotal, tax, cash and change
stand around the total, a delivery date beside the date, a slogan above the name; and the scanner errs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from pydantic import BaseModel, Field

from goldsmith.records import Field as FieldRecord
from goldsmith.records import OcrPage

WIDTH, LINE, LETTER = 420.0, 22.0, 9.0  # of a page, a line and a letter, in points
_FIRST = ("Harbour", "Sunrise", "Golden", "Lucky", "Green", "Royal", "Pearl", "Northern", "City", "Maple",
          "Old Town", "Silver", "Jade", "Riverside", "Blue Lotus")  # fmt: skip
_SECOND = ("Hardware", "Stationery", "Bakery", "Optics", "Grocer", "Motors", "Books", "Kitchen", "Pharmacy",
           "Electrical", "Cafe")  # fmt: skip
_LEGAL = ("Sdn Bhd", "Ltd", "GmbH", "Enterprise", "Trading", "Inc", "")
_STREETS = ("Harbour Road", "Mill Lane", "Station Street", "Jalan Mawar", "King Street", "Quay Walk",
            "Orchard Avenue", "Jalan Kenari", "Bridge Street")  # fmt: skip
_TOWNS = ("Port Dalby", "Westermoor", "Taman Indah", "Kingsbridge", "Nordhavn", "Bandar Utara")
_ITEMS = ("Paper A4", "Blue pen", "Screws 4mm", "Bread", "Milk 1L", "Lamp", "Paint white", "Rice 5kg", "Tape",
          "Coffee", "Battery AA", "Glue", "Noodles", "Hinge", "Soap")  # fmt: skip
_SLOGANS = ("Welcome to our store", "Quality since 1984", "*** Thank you ***")
_DATES = ("%d/%m/%Y", "%d-%m-%y", "%d %b %Y", "%Y-%m-%d", "%d.%m.%Y")
_CONFUSED = str.maketrans(
    {"0": "O", "1": "l", "5": "S", "8": "B", "O": "0", "l": "1", "S": "5", "m": "rn"}
)


class Options(BaseModel, frozen=True, extra="forbid"):
    """How many receipts to make, and how well the scanner sees."""

    documents: int = Field(150, ge=1, description="receipts, of one page each")
    noise: float = Field(0.02, ge=0, le=1, description="share of the words that are read wrongly")
    lost: float = Field(0.005, ge=0, le=1, description="share of the words that are not seen")


@dataclass
class Receipt:
    """A receipt: its page as the scanner saw it, and its gold values."""

    page: OcrPage
    gold: list[FieldRecord]
    layout: int


Gold = dict[str, tuple[str, tuple[float, ...]]]


@dataclass
class _Sheet:
    """A page that is being written, line below line."""

    words: list[str] = field(default_factory=list)
    boxes: list[tuple[float, ...]] = field(default_factory=list)
    top: float = 20.0

    def write(self, text: str, left: float = 20.0) -> tuple[float, ...]:
        """Write a line; returns the box around it."""
        start = left
        for word in text.split():
            right = left + LETTER * len(word)
            self.words.append(word)
            self.boxes.append((left, self.top, right, self.top + LINE - 6))
            left = right + LETTER
        box = (start, self.top, left - LETTER, self.top + LINE - 6)
        self.top += LINE
        return box

    def pair(self, name: str, value: str) -> tuple[float, ...]:
        """Write a name at the left and a value at the right; returns the value's box."""
        top = self.top
        self.write(name)
        self.top = top
        return self.write(value, WIDTH - 20 - LETTER * len(value))


def receipts(seed: int, options: Options) -> Iterator[Receipt]:
    """The receipts, each of a random stream of its own: more documents leave the first alone."""
    for number in range(options.documents):
        yield _receipt(Random(f"{seed}/{number}"), f"r{number:04d}", options)


def _receipt(rng: Random, name: str, options: Options) -> Receipt:
    layout = rng.randrange(3)
    sheet = _Sheet()
    gold: Gold = {}
    if rng.random() < 0.25:
        sheet.write(rng.choice(_SLOGANS), 60.0)
    gold |= _heading(rng, sheet, layout)
    sold = date(2019, 1, 1) + timedelta(days=rng.randrange(2000))
    if layout == 1:
        gold |= _about(rng, sheet, sold)
    gold["total"] = _sale(rng, sheet, layout)
    if layout != 1:
        gold |= _about(rng, sheet, sold)
    sheet.write("Goods sold are not returnable", 40.0)
    words, boxes = _seen(rng, sheet, options)
    page = OcrPage(f"{name}:1", name, 1, WIDTH, sheet.top + 20, words, boxes, split="test")
    fields = [
        FieldRecord(f"{name}:{key}", name, key, value, 1, box, split="test")
        for key, (value, box) in gold.items()
    ]
    return Receipt(page, fields, layout)


def _heading(rng: Random, sheet: _Sheet, layout: int) -> Gold:
    """Name and address, one line or two below it; some layouts have a title above."""
    if layout == 2:
        sheet.write("TAX INVOICE", 150.0)
    company = " ".join(filter(None, (rng.choice(_FIRST), rng.choice(_SECOND), rng.choice(_LEGAL))))
    at = sheet.write(company.upper() if layout == 0 else company, 60.0 if layout else 20.0)
    if rng.random() < 0.15:
        sheet.write("Hardware and more")  # which no rule tells from an address
    street = f"{rng.randrange(1, 200)} {rng.choice(_STREETS)},"
    town = f"{rng.randrange(10000, 99999)} {rng.choice(_TOWNS)}"
    first, second = sheet.write(street), sheet.write(town)
    box = (first[0], first[1], max(first[2], second[2]), second[3])
    if rng.random() < 0.7:
        sheet.write(f"Tel {rng.randrange(100, 999)}-{rng.randrange(10000, 99999)}")
    return {"company": (company, at), "address": (f"{street} {town}", box)}


def _about(rng: Random, sheet: _Sheet, sold: date) -> Gold:
    """The date, in one of the forms; now and then a date of delivery stands above it."""
    if rng.random() < 0.12:
        later = sold + timedelta(days=rng.randrange(1, 9))
        sheet.pair("Delivery", later.strftime("%d/%m/%Y"))
    form = rng.choice(_DATES)
    value = sold.strftime(form)
    return {"date": (value, sheet.pair("Date:" if rng.random() < 0.8 else "Issued", value))}


def _sale(rng: Random, sheet: _Sheet, layout: int) -> tuple[str, tuple[float, ...]]:
    """Goods, the sums, the payment; returns the total and its box."""
    whole = 0
    for _ in range(rng.randrange(2, 6)):
        cents = rng.randrange(80, 40_000)
        whole += cents
        sheet.pair(rng.choice(_ITEMS), _money(cents))
    tax = round(whole * 0.06)
    sheet.pair("Subtotal", _money(whole))
    sheet.pair("GST 6%", _money(tax))
    name = ("TOTAL", "Grand Total", "Amount")[rng.choices((0, 1, 2), (6, 3, 1))[0]]
    value = _money(whole + tax)
    box = sheet.pair(f"{name} RM" if layout == 2 else name, value)
    if rng.random() < 0.3:
        sheet.pair("Total Qty", str(rng.randrange(2, 9)))
    paid = -(-(whole + tax) // 1000) * 1000
    sheet.pair("Cash", _money(paid))
    sheet.pair("Change", _money(paid - whole - tax))
    return value, box


def _money(cents: int) -> str:
    return f"{cents / 100:,.2f}"


def _seen(
    rng: Random, sheet: _Sheet, options: Options
) -> tuple[tuple[str, ...], tuple[tuple[float, ...], ...]]:
    """What the scanner makes of the page: some words misread, some lost, all a little askew."""
    words, boxes = [], []
    for word, box in zip(sheet.words, sheet.boxes, strict=True):
        fate, shift = rng.random(), rng.uniform(-1.0, 1.0)
        if fate < options.lost:
            continue
        misread = fate < options.lost + options.noise
        words.append(_misread(rng, word) if misread else word)
        boxes.append(tuple(round(side + shift, 1) for side in box))
    return tuple(words), tuple(boxes)


def _misread(rng: Random, word: str) -> str:
    places = [place for place, letter in enumerate(word) if letter.translate(_CONFUSED) != letter]
    place = rng.choice(places) if places else rng.randrange(len(word))
    wrong = word[place].translate(_CONFUSED) if places else ""
    return f"{word[:place]}{wrong}{word[place + 1 :]}" or word


def rows(found: Sequence[FieldRecord]) -> Iterator[dict[str, object]]:
    """Values as rows of a file of results or goldens."""
    for one in found:
        yield one.row() | {"split": "test"}
