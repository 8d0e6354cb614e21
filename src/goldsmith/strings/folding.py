"""One form for what is written in several: Unicode, quotes, hyphens, white space, case."""

import unicodedata
from collections.abc import Callable

from goldsmith.text import clean_text

_QUOTES = {"'": "‘’‚‛′ʼ`´‹›", '"': "“”„‟″«»"}
_HYPHENS = "‐‑‒–—―−⁃﹣－"
_SIGNS = str.maketrans(
    {sign: plain for plain, signs in {**_QUOTES, "-": _HYPHENS}.items() for sign in signs}
    | {"\u00ad": ""}  # a soft hyphen is where a word may be broken, not a sign in it
)
_DOT_ABOVE = "\u0307"
# Composing can bring forth what is replaced; in practice the second round changes nothing more.
_MOST_ROUNDS = 8


def plain(text: str) -> str:
    """The text in Unicode's NFKC, with straight quotes, `-` for every hyphen, dash and minus, single
    blanks, and without control characters, zero-width ones and soft hyphens. Idempotent.

    >>> plain("“Gold\\u00adsmith”  – it’s\\u00a0½")
    '"Goldsmith" - it\\'s 1⁄2'
    """
    return _settled(_plain, text)


def fold(text: str) -> str:
    """`plain`, and case folded: ß is ss; the Turkish İ and ı are i, as is every other case of i.

    That every spelling of a word in capitals or not is one costs the difference that Turkish makes
    between ı and i. Idempotent.

    >>> fold("GROẞE Straße"), fold("İSTANBUL"), fold("Işık") == fold("ışık".upper())
    ('grosse strasse', 'istanbul', True)
    """
    return _settled(_folded, text)


def _plain(text: str) -> str:
    # Signs come first: NFKC makes of an acute accent that stands alone a blank and a combining one.
    signs = clean_text(text).translate(_SIGNS)
    return " ".join(unicodedata.normalize("NFKC", signs).translate(_SIGNS).split())


def _folded(text: str) -> str:
    folded = _plain(text).casefold().replace(f"i{_DOT_ABOVE}", "i").replace("ı", "i")
    return _plain(folded)


def _settled(step: Callable[[str], str], text: str) -> str:
    for _ in range(_MOST_ROUNDS):
        before, text = text, step(text)
        if text == before:
            break
    return text
