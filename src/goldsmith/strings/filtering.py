"""Telling text from what OCR and layout leave behind: rules, dots, stray signs."""

import unicodedata
from collections.abc import Iterable

from goldsmith.strings.folding import fold, plain


def is_noise(text: str) -> bool:
    """Whether there is neither a letter nor a digit nor a currency sign in a text.

    >>> [is_noise(text) for text in ("-----", " . ", "€", "No. 7")]
    [True, True, False, False]
    """
    return not any(unicodedata.category(one)[0] in "LN" or _is_currency(one) for one in text)


def kept(texts: Iterable[str], least: int = 1, repeats: bool = True) -> list[str]:
    """The texts that are no noise, as `plain` writes them, in order.

    Args:
        texts: n texts.
        least: fewest characters of one that stays.
        repeats: False: of texts that are equal after folding, the first alone stays.

    >>> kept(["TOTAL", "-----", "Total", "7"], repeats=False)
    ['TOTAL', '7']
    """
    found: dict[object, str] = {}
    for place, text in enumerate(texts):
        written = plain(text)
        if len(written) >= least and not is_noise(written):
            found.setdefault(place if repeats else fold(written), written)
    return list(found.values())


def _is_currency(sign: str) -> bool:
    return unicodedata.category(sign) == "Sc"
