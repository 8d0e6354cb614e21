"""Question and context as windows of subwords: what the model reads at once.

Training, evaluation, parity, the command and a service all use this encoder, so none can differ.
Needs numpy and tokenizers; neither torch nor transformers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from goldsmith.errors import ConfigError
from goldsmith.families.onnx import open_tokenizer, pad_id

SPECIAL = 4  # subwords beside question and context, at most: RoBERTa's; BERT has 3
NO_ANSWER = 0  # the place in every window that means "no answer here": [CLS] or <s>


class Window(NamedTuple):
    """One window, t subwords.

    Attributes:
        ids, type_ids: t each.
        first: place of its first context subword among the t.
        start: which of the context's subwords that is.
        size: how many of the context's subwords it holds.
    """

    ids: list[int]
    type_ids: list[int]
    first: int
    start: int
    size: int


@dataclass(frozen=True)
class Context:
    """A context's n subwords.

    Attributes:
        ids: n.
        offsets: (n, 2) int64, code points, half-open.
        begins, ends: (n) bool, whether a subword is the first or the last one of a word.
    """

    ids: list[int]
    offsets: np.ndarray
    begins: np.ndarray
    ends: np.ndarray


@dataclass(frozen=True)
class Encoded:
    """A question on a context: the windows that together hold every subword of the context.

    Attributes:
        cut: whether the question is longer than is read of one.
    """

    context: Context
    windows: list[Window]
    cut: bool


class Encoder:
    """Question and context to windows, with the tokenizer of a model folder.

    A question of more than `max_question` subwords is cut behind them; each window repeats the
    question and the last `stride` subwords of the window before it.
    """

    def __init__(
        self, tokenizer_file: Path, max_length: int, stride: int, max_question: int
    ) -> None:
        """Open the tokenizer.

        Raises:
            ConfigError: it begins a pair of texts with no token of its own.
        """
        self._tokenizer = open_tokenizer(tokenizer_file)
        self._max_length, self._stride, self._max_question = max_length, stride, max_question
        self._template = _template(self._tokenizer)
        self.pad_id = pad_id(self._tokenizer)

    def encode(self, pairs: Sequence[tuple[str, str]]) -> list[Encoded]:
        """Encode (question, context) pairs; contexts that come again are read once."""
        questions = self._plain([question for question, _ in pairs])
        texts = list(dict.fromkeys(context for _, context in pairs))
        contexts = dict(zip(texts, map(_context, self._plain(texts)), strict=True))
        return [
            self._windows(asked.ids, contexts[context])
            for asked, (_, context) in zip(questions, pairs, strict=True)
        ]

    def _plain(self, texts: Sequence[str]) -> list[Any]:
        found: list[Any] = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return found

    def _windows(self, question: list[int], context: Context) -> Encoded:
        before, between, after, (left, right) = self._template
        head = [*before, *question[: self._max_question], *between]
        room = self._max_length - len(head) - len(after)
        windows, start = [], 0
        while True:
            part = context.ids[start : start + room]
            kinds = [left] * len(head) + [right] * (len(part) + len(after))
            windows.append(Window([*head, *part, *after], kinds, len(head), start, len(part)))
            if start + room >= len(context.ids):
                return Encoded(context, windows, len(question) > self._max_question)
            start += room - self._stride


def _context(found: Any) -> Context:
    words = np.array(found.word_ids, dtype=np.int64)
    new = words[1:] != words[:-1]
    edge = np.ones(min(len(words), 1), dtype=bool)
    offsets = np.array(found.offsets, dtype=np.int64).reshape(-1, 2)
    return Context(found.ids, offsets, np.append(edge, new), np.append(new, edge))


def _template(
    tokenizer: Any,
) -> tuple[list[int], list[int], list[int], tuple[int, int]]:
    """Ids before, between and behind two texts, and the type ids of the first and the second.

    What stands between counts to the first, as in BERT.
    """
    found = tokenizer.encode("a", "a")
    sides = found.sequence_ids
    if None not in sides[:1]:
        raise ConfigError(
            "model.base: its tokenizer puts no [CLS] before a pair of texts, where `no answer` would "
            "stand: extractive_qa needs an encoder such as BERT, RoBERTa or DistilBERT"
        )
    first, second = sides.index(0), sides.index(1)
    last = len(sides) - sides[::-1].index(0)
    end = len(sides) - sides[::-1].index(1)
    ids, kinds = found.ids, found.type_ids
    return ids[:first], ids[last:second], ids[end:], (kinds[first], kinds[second])
