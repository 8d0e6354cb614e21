"""Damage to text: empty, wrongly decoded, control and zero-width characters, other languages."""

from collections.abc import Sequence
from typing import Any

import numpy as np

MIN_CHARS = 40  # a language cannot be told from less
# UTF-8's second bytes as Latin-1 and cp1252 show them: those that follow no capital letter in a
# text that is whole, and those that may: “SMÅ”, «MANHÃ», 5 Å².
_NEVER = "\u0080-\u009f¡¢£¤¥¦§¨©ª¬\u00ad¯¶¸º¼½¾¿€‚ƒ„†‡ˆ‰ŠŒŽ˜šœžŸ"
_SIGNS = "«»°±²³´µ·¹®™“”•‹›…\u00a0"
_DASHES = "‘’–—"
_ANY = f"[{_NEVER}{_SIGNS}{_DASHES}]"
_MOJIBAKE = (
    f"[ÂÃÅÄ][{_NEVER}]",
    f"(?:^|[\\s\\p{{Ll}}\\d.,;:!?%)])[ÂÃ][{_SIGNS}{_DASHES}]",
    f"[ÂÃ][{_SIGNS}{_DASHES}]\\p{{L}}",
    f"\\p{{Ll}}[ÅÄ][{_SIGNS}{_DASHES}]",
    f"[ÅÄ][{_SIGNS}]\\p{{L}}",
    "â€|â‚¬|ï»¿|ï¿½",
    f"â[\u0080-\u009f„†‡ˆ‰]{_ANY}",
    # Vietnamese; then whole words of Greek, Cyrillic, Arabic, and of Chinese and its neighbours.
    f"á»{_ANY}\\p{{L}}",
    f"(?:[\u00c2-\u00df]{_ANY}){{2}}",
    f"(?:[ã-é]{_ANY}{_ANY}){{2}}",
)
PATTERNS = {
    "replacement_characters": "\ufffd",
    "mojibake": "|".join(_MOJIBAKE),
    "control_characters": r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]",
    # U+200D joins emoji and U+200C shapes Persian words: both are text.
    "zero_width": "[\u200b\u2060\ufeff\u180e]",
}
BEYOND_ASCII = ("replacement_characters", "mojibake", "zero_width")


def text_faults(bodies: Sequence[Any]) -> dict[str, np.ndarray]:
    """(n) flags by check over the columns, n strings each, in which people's text stands."""
    import pyarrow.compute as pc

    flags: dict[str, np.ndarray] = {}
    for body in bodies:
        # Most texts are ASCII: only the others can hold what the long patterns look for.
        beyond = np.flatnonzero(~np.asarray(pc.string_is_ascii(body)).astype(bool))
        found = {name: np.zeros(len(body), dtype=bool) for name in BEYOND_ASCII}
        for name in BEYOND_ASCII:
            found[name][beyond] = pc.match_substring_regex(body.take(beyond), PATTERNS[name])
        control = "control_characters"
        found[control] = np.asarray(pc.match_substring_regex(body, PATTERNS[control]))
        found["empty_text"] = ~np.asarray(pc.match_substring_regex(body, r"[^\s\p{Z}\p{C}]"))
        for name, flag in found.items():
            flags[name] = flags[name] | flag if name in flags else flag.astype(bool)
    return flags


class Languages:
    """Tells texts in other languages than the wanted ones, where they are long enough to tell."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self._wanted = frozenset(wanted)

    def others(self, texts: Any) -> np.ndarray:
        """(n) whether a text of at least 40 characters is in another language."""
        import py3langid

        values = texts.to_pylist()
        return np.array(
            [
                len(value) >= MIN_CHARS and py3langid.classify(value)[0] not in self._wanted
                for value in values
            ],
            dtype=bool,
        )
