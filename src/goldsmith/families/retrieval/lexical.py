"""BM25 over a corpus, by bm25s: the yardstick and the hybrid's other half; light."""

import logging
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.text import normalise

_WORD = re.compile(r"[^\W_]+")
# Lucene's list for English, as bm25s has it: in another language its words are rare.
STOPWORDS = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is",
    "it", "no", "not", "of", "on", "or", "such", "that", "the", "their", "then", "there",
    "these", "they", "this", "to", "was", "will", "with",
})  # fmt: skip


def _bm25s() -> Any:
    """The library, which tells of every index that it builds, silenced."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s


def terms(text: str) -> list[str]:
    """The words that count, folded and without a plural's ending (Harman 1991, the S stemmer).

    >>> terms("The policies on Lost Laptops")
    ['policy', 'lost', 'laptop']
    """
    return [_singular(word) for word in _WORD.findall(normalise(text)) if word not in STOPWORDS]


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("ies") and not word.endswith(("eies", "aies")):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if len(word) > 2 and word.endswith("s") and not word.endswith(("us", "ss")):
        return word[:-1]
    return word


class Lexical:
    """BM25 scores (Robertson and Zaragoza 2009, Lucene's form) of queries on n documents."""

    def __init__(self, scorer: Any, size: int) -> None:
        """Wrap a scorer of bm25s; None where no document has a word."""
        self._scorer, self._size = scorer, size

    @classmethod
    def build(cls, texts: Sequence[str], k1: float, b: float) -> "Lexical":
        """Index n texts."""
        bm25s = _bm25s()
        known: dict[str, str] = {}  # else every occurrence of a word would be a string of its own
        words = [[known.setdefault(word, word) for word in terms(text)] for text in texts]
        if not any(words):
            return cls(None, len(texts))
        scorer = bm25s.BM25(k1=k1, b=b)
        scorer.index(words, show_progress=False)
        return cls(scorer, len(texts))

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """(b, n) float32, 0 where a document has none of a query's words."""
        found = np.zeros((len(texts), self._size), dtype=np.float32)
        for row, text in enumerate(texts):
            known = self.known(text)
            if known:
                found[row] = self._scorer.get_scores(known)
        return found

    def weighted(self, queries: Sequence[Mapping[str, float]]) -> np.ndarray:
        """(b, n) float32 of queries whose terms have weights; terms that are not known say nothing."""
        found = np.zeros((len(queries), self._size), dtype=np.float32)
        for row, weights in enumerate(queries):
            for term, weight in weights.items():
                if term in self._vocabulary:
                    found[row] += weight * self._scorer.get_scores([term])
        return found

    def known(self, text: str) -> list[str]:
        """The terms of a text that some document has."""
        return [word for word in terms(text) if word in self._vocabulary]

    @property
    def _vocabulary(self) -> Mapping[str, int]:
        return self._scorer.vocab_dict if self._scorer is not None else {}

    def save(self, folder: Path) -> None:
        """Write bm25s's own files; nothing where no document has a word."""
        if self._scorer is not None:
            self._scorer.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> "Lexical":
        """Read what `save` wrote, mapped into memory."""
        bm25s = _bm25s()
        if not folder.is_dir():
            return cls(None, size)
        return cls(bm25s.BM25.load(str(folder), mmap=True, show_progress=False), size)
