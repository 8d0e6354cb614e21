"""Damage to text: wrongly decoded words are told from words that only look so."""

import numpy as np
import pyarrow as pa
import pytest

from goldsmith.validation.profile.fields import is_serial, shape
from goldsmith.validation.profile.texts import text_faults

WORDS = (
    "café", "Søren Ødegård", "Zoë", "José Nuñez", "Nguyễn Văn An", "Åse", "João", "Šarić", "Århus", "Zürich",
    "Kraków", "Łódź", "İzmir", "€5", "£4", "“quoted”", "it’s", "a – b", "Straße", "ÖL", "ÑANDÚ", "voilà là",
    "Москва", "Ελλάδα", "تغيير", "中国人民", "日本語", "20°", "½ Mio.", "©", "→", "•", "™", "Ça", "×", "\ufeff",
)  # fmt: skip
WHOLE = (
    "“SMÅ”", "«CAFÉ»", "SÃO PAULO", "AMANHÃ”, disse", "“AMANHÃ…”", "bogstavet ”Å”", "NESCAFÉ®", "CAFÉ™",
    "café”—and", "«será»… y", "3×½ inch", "IRMÃ»", "“À la carte”", "„CDÄ“", "5 Å²", "Å³ molecules", "5 Å±0.2",
    "LULEÅ–UMEÅ", "ABBÅ’s", "CÂMARA", "ГОД", "L’Âge d’or", "100 Â", "Å", *WORDS[:-1],
)  # fmt: skip


def flagged(check: str, texts: list[str]) -> list[str]:
    flags = text_faults([pa.array(texts, pa.string())])[check]
    return [texts[int(place)] for place in np.flatnonzero(flags)]


def as_cp1252(word: str) -> str:
    """UTF-8 read as Windows reads it: the five bytes without a sign stay as they are."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in word.encode())


def test_wrongly_decoded_words_are_found() -> None:
    broken = [as_cp1252(word) for word in WORDS] + [
        word.encode().decode("latin-1") for word in WORDS
    ]
    assert flagged("mojibake", broken) == broken


def test_words_that_only_look_so_are_not() -> None:
    assert flagged("mojibake", list(WHOLE)) == []


def test_joined_emoji_and_persian_are_text() -> None:
    texts = ["👩\u200d👩\u200d👧", "می\u200cخواهم", "a\u200bb", "\ufeffstart", "soft\u00adhyphen"]
    assert flagged("zero_width", texts) == ["a\u200bb", "\ufeffstart"]
    assert flagged("control_characters", ["a\tb\r\nc", "a\x00b", "a\x0bb", "a\x7f"]) == [
        "a\x00b",
        "a\x0bb",
        "a\x7f",
    ]


def test_what_nobody_can_see_is_empty() -> None:
    texts = ["", " ", "\u00a0\u2003", "\u200b\ufeff", "\n\t", ".", "é"]
    assert flagged("empty_text", texts) == texts[:5]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("25/12/2018", "date"), ("2018-12-25", "date"), ("25 DEC 2018", "date"), ("OCT 3, 2016", "date"),
        ("43459", "number"), ("1,234.50", "number"), ("RM 8.20", "amount"), ("$8.20", "amount"),
        ("NO. 5, JALAN 2/4", "text"), ("", "text"),
    ],
)  # fmt: skip
def test_shapes(value: str, wanted: str) -> None:
    assert shape(value) == wanted


def test_dates_as_spreadsheets_and_clocks_count_them() -> None:
    assert all(is_serial("Invoice Date", value) for value in ("43459", "43459.5", "1545696000"))
    assert not any(is_serial("date", value) for value in ("20181225", "2018", "25/12/2018", "-"))
    assert not any(is_serial(name, "43459") for name in ("total", "update", "candidate", "zip"))
