"""What every light runtime of a transformers model needs: its tokenizer, its batches, its session.

Needs numpy, tokenizers and onnxruntime; neither torch nor transformers.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.errors import DataError
from goldsmith.settings import cores

TOKENIZER_FILE = "tokenizer.json"
PAD_TOKENS = ("[PAD]", "<pad>", "<|endoftext|>")


def open_tokenizer(path: Path) -> Any:
    """A `tokenizers.Tokenizer` without the padding and truncation that its file may carry.

    Raises:
        DataError: the file is not there, or holds no tokenizer.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises nothing narrower
        raise DataError(f"{path}: not a readable tokenizer: {str(error)[:200]}") from None
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def pad_id(tokenizer: Any) -> int:
    """The id that fills up a batch; 0 where the vocabulary names none: the mask hides it."""
    found = (tokenizer.token_to_id(name) for name in PAD_TOKENS)
    return next((place for place in found if place is not None), 0)


def padded(rows: Sequence[Sequence[int] | np.ndarray], fill: int) -> tuple[np.ndarray, np.ndarray]:
    """Ids and attention mask of a batch, both (b, t) int64, padded on the right."""
    ids = np.full((len(rows), max(map(len, rows))), fill, dtype=np.int64)
    mask = np.zeros_like(ids)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = row
        mask[place, : len(row)] = 1
    return ids, mask


class Session:
    """An ONNX file on the cores that this process owns."""

    def __init__(self, file: Path) -> None:
        """Open it.

        Raises:
            DataError: it is not a readable ONNX model.
        """
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = cores()
        options.log_severity_level = 3
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(file), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own exceptions have no other parent
            raise DataError(f"{file}: not a readable ONNX model: {str(error)[:200]}") from None
        self._names = [item.name for item in self._session.get_inputs()]

    def run(self, outputs: Sequence[str], known: dict[str, np.ndarray]) -> list[np.ndarray]:
        """The named outputs; inputs that the graph does not have are left out.

        `token_type_ids` are zeros, and `position_ids` count the mask, where they are not given.
        """
        feeds = {
            name: known[name] if name in known else _implied(name, known) for name in self._names
        }
        found: list[np.ndarray] = self._session.run(list(outputs), feeds)
        return found


def _implied(name: str, known: dict[str, np.ndarray]) -> np.ndarray:
    if name == "position_ids":
        return np.maximum(known["attention_mask"].cumsum(axis=-1) - 1, 0)
    return np.zeros_like(known["input_ids"])
