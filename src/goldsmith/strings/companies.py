"""Names of companies: the legal form told from the name, in one spelling."""

import re
from typing import NamedTuple

from goldsmith.strings.folding import fold

# The spellings of each form, folded and without points; the first one is what it becomes.
_SPELLINGS: tuple[tuple[str, ...], ...] = (
    ("sdn bhd", "sendirian berhad", "sdn berhad", "sdnbhd"),
    ("bhd", "berhad"),
    ("ltd", "limited"),
    ("pte ltd", "pte limited", "private limited", "pvt ltd", "pvt limited"),
    ("pty ltd", "pty limited", "proprietary limited"),
    ("co ltd", "company limited", "co limited"),
    ("plc", "public limited company"),
    ("inc", "incorporated"),
    ("corp", "corporation"),
    ("co", "company"),
    ("llc", "l l c", "limited liability company"),
    ("llp", "l l p"),
    ("gmbh", "gesellschaft mit beschränkter haftung", "g m b h"),
    ("gmbh & co kg", "gmbh und co kg", "gmbh co kg", "gmbh and co kg"),
    ("ag", "aktiengesellschaft"),
    ("a/s", "aktieselskab"),
    ("aps", "anpartsselskab"),
    *(
        (form,)
        for form in [
            "kg",
            "ug",
            "se",
            "ab",
            "asa",
            "as",
            "oy",
            "oyj",
            "bv",
            "nv",
            "sa",
            "sas",
            "sarl",
            "srl",
            "spa",
            "kk",
        ]
    ),
)
FORMS: dict[tuple[str, ...], str] = {
    tuple(spelling.split()): spellings[0] for spellings in _SPELLINGS for spelling in spellings
}
_LONGEST = max(map(len, FORMS))
_BREAKS = re.compile(r"[\s,;]+")


class Company(NamedTuple):
    """A company's name, folded, and its legal form, empty where none is known."""

    name: str
    form: str


def company(text: str) -> Company:
    """A name in two parts; forms are taken from its end, and something is left for the name.

    Points are left out, so that `S.A.` is `sa`. Short forms may be the end of a name, too.

    >>> company("OJC Marketing SDN. BHD."), company("Müller GmbH & Co. KG"), company("Limited")
    (Company(name='ojc marketing', form='sdn bhd'), Company(name='müller', form='gmbh & co kg'), Company(name='limited', form=''))
    """
    words = [word for word in _BREAKS.split(fold(text).replace(".", "")) if word]
    forms: list[str] = []
    while found := _form_at_end(words):
        form, length = found
        words = words[:-length]
        forms.insert(0, form)
    return Company(" ".join(words), " ".join(forms))


def normal_company(text: str) -> str:
    """The name and its form in one spelling. Idempotent.

    >>> normal_company("Novo Nordisk A/S"), normal_company("ACME,  Limited")
    ('novo nordisk a/s', 'acme ltd')
    """
    return " ".join(part for part in company(text) if part)


def _form_at_end(words: list[str]) -> tuple[str, int] | None:
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        form = FORMS.get(tuple(words[-length:]))
        if form:
            return form, length
    return None
