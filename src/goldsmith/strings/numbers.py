"""Numbers as people write them: separators of both conventions, signs before, behind and around.

1,250.50 (point) and 1.250,50 (comma) tell their convention; 1,250 and 1.250 do not: then both
readings are given.
"""

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from goldsmith.strings.folding import plain

Convention = Literal[".", ","]
"""The decimal sign."""


def _pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    grouped = rf"[1-9]\d{{0,2}}(?P<by>[{thousands}' ])\d{{3}}(?:(?P=by)\d{{3}})*"
    return re.compile(rf"(?P<whole>{grouped}|\d+)?(?:\{decimal}(?P<part>\d+))?")


_PATTERNS: dict[Convention, re.Pattern[str]] = {".": _pattern(".", ","), ",": _pattern(",", "\\.")}
_BRACKETS = re.compile(r"\(\s*(.*?)\s*\)")


class Number(NamedTuple):
    """A number that was read.

    Attributes:
        value: the number; of two readings the one in which the separator is of thousands.
        other: the second reading, None where there is one only.
    """

    value: Decimal
    other: Decimal | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether the text can be read in two ways."""
        return self.other is not None

    def negated(self) -> "Number":
        """The same with the other sign."""
        # Not `-value`, which rounds to 28 digits.
        other = None if self.other is None else self.other.copy_negate()
        return Number(self.value.copy_negate(), other)


def number(text: str, decimal: Convention | None = None) -> Number | None:
    """The number that a text is, None if it is none.

    Negative is what has a minus before or behind it, or brackets around it. A separator that stands
    once before three digits is of thousands or decimal: without `decimal` both are given, unless
    the number begins with 0.

    Args:
        text: all of it is the number.
        decimal: the decimal sign, where it is known.

    >>> number("(1.250,50)"), number("0,125").value, number("1,250", decimal=",").value
    (Number(value=Decimal('-1250.50'), other=None), Decimal('0.125'), Decimal('1.250'))
    >>> number("1,250")
    Number(value=Decimal('1250'), other=Decimal('1.250'))
    """
    body, negative = unsigned(plain(text))
    readings = [_read(body, sign) for sign in ([decimal] if decimal else _PATTERNS)]
    found = sorted({one for one in readings if one is not None}, reverse=True)
    if not found:
        return None
    result = Number(found[0], found[1] if len(found) > 1 else None)
    return result.negated() if negative else result


def normal_number(text: str, decimal: Convention | None = None) -> str | None:
    """`number` as digits with a point and without trailing zeros; of two readings the first.

    What it gives is read back by `decimal="."`: 1.2340 becomes 1.234, which alone is ambiguous.

    >>> normal_number("1.250,50"), normal_number("-0.0"), normal_number("about 3")
    ('1250.5', '0', None)
    """
    found = number(text, decimal)
    return None if found is None else digits(found.value)


def digits(value: Decimal) -> str:
    """A finite decimal number in one form: a point, no exponent, no trailing zeros, no `-0`."""
    written = format(value, "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in ("-0", "") else written


def unsigned(text: str) -> tuple[str, bool]:
    """A text without the sign around it, and whether that made it negative.

    Two signs are none: the second one stays, and no number is read from it.
    """
    if around := _BRACKETS.fullmatch(text):
        return around[1], True
    if text.startswith("-"):
        return text[1:].lstrip(), True
    if text.endswith("-"):
        return text[:-1].rstrip(), True
    return text.removeprefix("+").lstrip(), False


def _read(text: str, decimal: Convention) -> Decimal | None:
    found = _PATTERNS[decimal].fullmatch(text)
    if not text or not found:
        return None
    whole = re.sub(r"\D", "", found["whole"] or "0")
    return Decimal(f"{whole}.{found['part']}" if found["part"] else whole)
