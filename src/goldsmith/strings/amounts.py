"""Amounts of money: a number with a currency before or behind it."""

import re
from typing import NamedTuple

from goldsmith.strings.folding import fold
from goldsmith.strings.numbers import Convention, Number, digits, number, unsigned

_CODES = (
    "AED AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR ISK JPY KRW MXN MYR NOK NZD PHP PLN"
    " RON RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR"
)
_SIGNS = {
    "€": "EUR", "euro": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₫": "VND", "₺": "TRY",
    "₽": "RUB", "₴": "UAH", "₪": "ILS", "฿": "THB", "₱": "PHP", "zł": "PLN", "kč": "CZK", "rm": "MYR",
    "us$": "USD", "s$": "SGD", "a$": "AUD", "c$": "CAD", "hk$": "HKD", "nt$": "TWD", "r$": "BRL",
}  # fmt: skip
# Signs of several currencies stay as they are written: which one is meant is not guessed.
_SHARED = ("$", "¥", "kr", "rs", "fr")
CURRENCIES: dict[str, str] = {
    **{code.casefold(): code for code in _CODES.split()},
    **_SIGNS,
    **{sign: sign for sign in _SHARED},
}
_PARTS = re.compile(r"([^\d(),.'+-]*)\.?\s*([(+-]?[\d.,'][\d.,' ]*[)-]?)\s*([^\d(),'+-]*)")
_EVEN = re.compile(r"[.,]-+$")  # 5,- is 5.00


class Amount(NamedTuple):
    """An amount that was read.

    Attributes:
        number: with its second reading where it has two.
        currency: ISO 4217; `$`, `¥`, `kr`, `rs` or `fr`, which several countries have; empty where
            there is none.
    """

    number: Number
    currency: str = ""


def amount(text: str, decimal: Convention | None = None) -> Amount | None:
    """The amount that a text is, None if it is none.

    >>> amount("RM 8.20"), amount("(€1.250,00)").number.value, amount("25,- kr.").currency
    (Amount(number=Number(value=Decimal('8.20'), other=None), currency='MYR'), Decimal('-1250.00'), 'kr')
    """
    folded = fold(text)
    bare = _EVEN.sub("", folded)
    body, negative = unsigned(bare)
    found = _PARTS.fullmatch(body)
    if not found:
        return None
    names = [name.strip(" .") for name in (found[1], found[3])]
    currency = "".join(names)
    value = number(_EVEN.sub("", found[2].strip()), decimal)
    if value is None or all(names) or (currency and currency not in CURRENCIES):
        return None
    if negative and found[2].strip()[0] in "(+-":
        return None
    return Amount(value.negated() if negative else value, CURRENCIES.get(currency, ""))


def normal_amount(text: str, decimal: Convention | None = None) -> str | None:
    """`amount` as the currency, a blank, and the number as `numbers.digits`; of two readings the first.

    What it gives is read back by `decimal="."`.

    >>> normal_amount("RM8.20"), normal_amount("8,20"), normal_amount("8 pieces")
    ('MYR 8.2', '8.2', None)
    """
    found = amount(text, decimal)
    if found is None:
        return None
    return f"{found.currency} {digits(found.number.value)}".strip()
