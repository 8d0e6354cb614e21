"""Dates as people write them. Day first or month first is told where the text does not say."""

import datetime
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from goldsmith.strings.folding import fold

Order = Literal["dmy", "mdy", "ymd"]
PIVOT = 69  # POSIX: two-digit years from 69 on are of the 20th century, others of the 21st

# Of each month in English, Danish, German, French and Malay; three letters or more of one, from its
# beginning, are enough where they tell the month.
_MONTHS = (
    "january januar janvier januari", "february februar février februari", "march marts märz mrz mars mac",
    "april avril", "may maj mai mei", "june juni juin jun", "july juli juillet julai",
    "august août aout ogos", "september septembre", "october oktober octobre",
    "november novembre", "december dezember décembre disember desember",
)  # fmt: skip
_NAME = r"(?P<name>[^\W\d_]{3,})\.?"
_TIME = r"(?:[ t,]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)? ?(?:[ap]\.?m\.?|z)?)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]? )?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_GAP = r"[ ,./-]*(?:of )?"


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{_WEEKDAY}{pattern}{_TIME}", re.ASCII if "name" not in pattern else 0)


_DIGITS = _whole(r"(?P<a>\d{1,4}) ?(?P<by>[-/. ]) ?(?P<b>\d{1,2}) ?(?P=by) ?(?P<c>\d{4}|\d{1,2})")
_COMPACT = _whole(r"(?P<digits>\d{8})")
_NAMED = (
    _whole(f"{_DAY}{_GAP}{_NAME}{_GAP}{_YEAR}"),
    _whole(f"{_NAME} ?{_DAY}(?:, ?| ){_YEAR}"),
    _whole(rf"(?P<year>\d{{4}}){_GAP}{_NAME}{_GAP}{_DAY}"),
)


class Date(NamedTuple):
    """A date that was read.

    Attributes:
        value: the day; of two readings the one with the year first, else with the day first.
        other: the second reading, None where there is one only.
        century_guessed: whether the year has two digits: from 69 on 19.., before that 20..
    """

    value: datetime.date
    other: datetime.date | None = None
    century_guessed: bool = False

    @property
    def ambiguous(self) -> bool:
        """Whether the text can be read in two ways."""
        return self.other is not None


def date(text: str, order: Order | None = None) -> Date | None:
    """The date that a text is, a time behind it passed over; None if it is none, or no day of any
    calendar, as 31/02/2018.

    Args:
        text: all of it is the date.
        order: of day, month and year in digits, where it is known. Without it a year of four digits
            may come first, and else the day or the month.

    >>> date("19/10/2018 20:49:59").value.isoformat(), date("Dec 25, 2018").value.isoformat()
    ('2018-10-19', '2018-12-25')
    >>> date("10/11/18")
    Date(value=datetime.date(2018, 11, 10), other=datetime.date(2018, 10, 11), century_guessed=True)
    """
    written = fold(text)
    readings = list(dict.fromkeys(day for day in _readings(written, order) if day is not None))
    if not readings:
        return None
    (first, guessed), *more = readings
    return Date(first, more[0][0] if more else None, guessed)


def normal_date(text: str, order: Order | None = None) -> str | None:
    """`date` as ISO 8601; of two readings the first.

    >>> normal_date("25. december 2018"), normal_date("31/02/2018")
    ('2018-12-25', None)
    """
    found = date(text, order)
    return None if found is None else found.value.isoformat()


Reading = tuple[datetime.date, bool]


def _readings(text: str, order: Order | None) -> Iterator[Reading | None]:
    if found := _DIGITS.fullmatch(text):
        parts = (found["a"], found["b"], found["c"])
        for way in _orders(parts, order):
            yield _day(*(parts[way.index(one)] for one in "ymd"))
    elif found := _COMPACT.fullmatch(text):
        eight = found["digits"]
        for way in [order] if order else ("ymd", "dmy", "mdy"):
            cut = (4, 6) if way == "ymd" else (2, 4)
            parts = (eight[: cut[0]], eight[cut[0] : cut[1]], eight[cut[1] :])
            yield _day(*(parts[way.index(one)] for one in "ymd"))
    else:
        for pattern in _NAMED:
            if found := pattern.fullmatch(text):
                yield _day(found["year"], _month(found["name"]), found["day"])


def _orders(parts: tuple[str, str, str], order: Order | None) -> tuple[Order, ...]:
    if len(parts[0]) > 2:
        return ("ymd",) if order in (None, "ymd") else ()
    if order:
        return (order,)
    return ("dmy", "mdy")


def _month(name: str) -> str:
    """The month's number; empty where the name begins that of no month, or of several."""
    found = [
        place
        for place, names in enumerate(_MONTHS, start=1)
        if any(one.startswith(name) for one in names.split())
    ]
    return str(found[0]) if len(found) == 1 else ""


def _day(year: str, month: str, day: str) -> Reading | None:
    short = year.lstrip("'")
    if len(short) not in (2, 4) or not 1 <= len(month) <= 2 or len(day) > 2:
        return None
    guessed = len(short) == 2
    number = int(short) + (0 if not guessed else 1900 if int(short) >= PIVOT else 2000)
    try:
        return datetime.date(number, int(month), int(day)), guessed
    except ValueError:
        return None
