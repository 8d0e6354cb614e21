"""When two writings are one value: by what the value is, and how strictly it is compared."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from goldsmith.config.evaluation import FieldRule
from goldsmith.curation.distance import within
from goldsmith.text import normalise

_LEGAL = re.compile(
    r"(?:\s+(?:sdn|bhd|berhad|ltd|limited|gmbh|ag|inc|corp|corporation|llc|plc|co|a/s|aps|ab|oy|sa|bv|nv))+$"
)
_NUMBER = re.compile(r"\d[\d.,' ]*")
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}  # fmt: skip
_ISO = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})[ .-]*([a-z]{3})[a-z]*[ .,-]*(\d{4}|\d{2})")
_NAMED_FIRST = re.compile(r"([a-z]{3})[a-z]*[ .-]*(\d{1,2})[ .,-]+(\d{4}|\d{2})")
CENTURY = 70  # a year of two digits from here on is of the last century


def same(kind: str, first: str, second: str) -> bool:
    """Whether two writings are one value of a kind: text, date, amount or company.

    >>> same("amount", "RM 1,250.50", "1250.5"), same("date", "3 Feb 2021", "03/02/21")
    (True, True)
    >>> same("company", "Blue Lotus Sdn. Bhd.", "BLUE LOTUS"), same("text", "a  b", "A B")
    (True, True)
    """
    return canonical(kind, first) == canonical(kind, second)


def canonical(kind: str, value: str) -> str:
    """The one writing of a value; of what is no date or amount, the normalised text."""
    text = normalise(value)
    if kind == "date":
        found = date_of(text)
        return found.isoformat() if found else text
    if kind == "amount":
        amount = amount_of(text)
        return text if amount is None else f"{amount:f}"
    if kind == "company":
        return _LEGAL.sub("", re.sub(r"[.,;:'\"()]+", "", text)) or text
    return text


def right(rule: FieldRule, gold: str, found: str) -> bool:
    """Whether a found value counts under a field's rule."""
    if rule.compare == "exact":
        return gold == found
    return same(rule.value, gold, found) or (rule.compare == "edit" and near(rule, gold, found))


def near(rule: FieldRule, gold: str, found: str) -> bool:
    """Whether two values are within the rule's share of edits of each other."""
    first, second = canonical(rule.value, gold), canonical(rule.value, found)
    bound = int(rule.max_distance * max(len(first), len(second)))
    return within(first, second, bound) is not None


def date_of(text: str) -> date | None:
    """The date of a text: `2021-02-03`, `3/2/2021`, `3.2.21`, `3 Feb 2021`, `Feb 3, 2021`; else None.

    Of two numbers that could both be a month the first is the day.
    """
    text = text.casefold().strip()
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        if month > 12 >= day:
            day, month = month, day
    elif (found := _NAMED.fullmatch(text)) and found[2] in _MONTHS:
        day, month, year = int(found[1]), _MONTHS[found[2]], int(found[3])
    elif (found := _NAMED_FIRST.fullmatch(text)) and found[1] in _MONTHS:
        day, month, year = int(found[2]), _MONTHS[found[1]], int(found[3])
    else:
        return None
    if year < 100:
        year += 1900 if year >= CENTURY else 2000
    try:
        return date(year, month, day)
    except ValueError:
        return None


def amount_of(text: str) -> Decimal | None:
    """The amount of a text with one number, whatever its currency; in brackets or behind a minus it
    is negative.

    Where both signs occur the last one is before the decimals; a single one before exactly three
    digits parts thousands.
    """
    found = _NUMBER.findall(text)
    if len(found) != 1:
        return None
    digits = found[0].strip(" .,'").replace("'", "").replace(" ", "")
    sign = max(digits.rfind("."), digits.rfind(","))
    whole, decimals = (digits, "") if sign < 0 else (digits[:sign], digits[sign + 1 :])
    mixed = "." in whole or "," in whole
    if sign >= 0 and len(decimals) == 3 and (not mixed or digits[sign] in whole):
        whole, decimals = digits, ""
    plain = re.sub(r"[.,]", "", whole)
    try:
        value = Decimal(f"{plain or '0'}.{decimals or '0'}").normalize()
    except InvalidOperation:
        return None
    negative = re.search(r"(?<!\w)-\s*\D?\s*\d", text) or re.fullmatch(r"\(.*\)", text.strip())
    return -value if negative else value
