"""Capitals for a base that lower-cases: a mark before each word that begins with one; light.

`Maria sings` reaches the base as `^ maria sings`. The mark is a token that the base knows, and it is
set by the normaliser of tokenizer.json, so that every program that reads that file sees the same.
A mark is not read for its word's tag. It learns I- within an entity, and O before one, so that
transformers' pipeline groups the words of an entity and starts it at its first letter.
"""

import json
from pathlib import Path
from typing import Any

from goldsmith.errors import ConfigError
from goldsmith.families.onnx import TOKENIZER_FILE

MARK = "^"
_START = "\ue000"  # private use: in no text


def mark_capitals(tokenizer: Any) -> None:
    """Have a tokenizer set the marks; one that tells capitals apart already is left as it is.

    Args:
        tokenizer: a `tokenizers.Tokenizer`, changed in place.

    Raises:
        ConfigError: its base lower-cases, and a mark would change how the word behind it is read.
    """
    from tokenizers import Regex, normalizers

    if mark_id(tokenizer) is not None or not _lowers(tokenizer.normalizer):
        return
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Prepend(_START),
            normalizers.Replace(Regex(_START + r"(?=\p{Lu})"), MARK),
            normalizers.Replace(_START, ""),
            normalizers.Replace(Regex(r"\s(?=\p{Lu})"), f" {MARK}"),
            tokenizer.normalizer,
        ]
    )
    if mark_id(tokenizer) is None:
        raise ConfigError(
            "model.mark_case: the base lower-cases, but its tokenizer does not read a mark apart from "
            "the word behind it: leave mark_case out, or name a base that keeps capitals (cased)"
        )


def mark_id(tokenizer: Any) -> int | None:
    """The id of the mark that a tokenizer sets before words with a capital; None if it sets none."""
    mark: int | None = tokenizer.token_to_id(MARK)
    return mark if _read(tokenizer, "Hansen") == [mark, *_read(tokenizer, "hansen")] else None


def mark_folder(folder: Path) -> None:
    """`mark_capitals` for the tokenizer of a model folder.

    Raises:
        ConfigError: as there.
    """
    from tokenizers import Tokenizer

    path = folder / TOKENIZER_FILE
    tokenizer = Tokenizer.from_file(str(path))
    mark_capitals(tokenizer)
    if mark_id(tokenizer) is None:
        return
    tokenizer.save(str(path))
    # The class of a base makes a normaliser of its own; this one takes what the file says.
    config = folder / "tokenizer_config.json"
    known = json.loads(config.read_text(encoding="utf-8")) if config.is_file() else {}
    known["tokenizer_class"] = "PreTrainedTokenizerFast"
    config.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "vocab.txt").unlink(missing_ok=True)


def _lowers(normalizer: Any) -> bool:
    return normalizer is not None and str(normalizer.normalize_str("Hansen")).islower()


def _read(tokenizer: Any, word: str) -> list[int]:
    found = tokenizer.encode([word], is_pretokenized=True, add_special_tokens=False)
    # Without what a file that says so pads with.
    return [one for one, real in zip(found.ids, found.attention_mask, strict=True) if real]
