"""Which records of a clean set really have a fault, told by rules of our own, plainly written.

Real sets are dirty: a check that names a real duplicate raises no false alarm. So what a check
names is looked at again here, by other means than the checks' own.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

# Looked at one by one. The entity is a comma, "The" before the name, "we", "its".
ODD_ENTITIES = {
    "finer-d2fb3baa1881", "finer-6bc5104c3a1f", "finer-fe7a6b27bcf2",
    "emerging.dev:3399", "emerging.dev:6132", "emerging.dev:14321",
}  # fmt: skip
# 20180428 among dates.
ODD_SHAPES = re.compile(r"\d{8}")
NEAR = 0.8


class Rules:
    """The records of one set, and who has which fault."""

    def __init__(self, records: Iterable[Any], corpus: Iterable[Any] = ()) -> None:
        self.records = {record.id: record for record in records}
        self._documents = {passage.document_id: passage for passage in corpus}
        self._same: dict[str, list[Any]] = defaultdict(list)
        for record in self.records.values():
            self._same[_folded(record.text)].append(record)

    def has(self, check: str, name: str) -> bool:
        """Whether a named record has the fault of a check, or of a rule of prepare."""
        if check in ("train_support", "test_support", "imbalance"):
            return name not in self.records  # they name labels
        if check in ("empty_documents", "unique_documents"):
            one = self._documents[name]
            return check == "empty_documents" and not f"{one.title}{one.text}".strip()
        rule = getattr(self, f"_{check.removeprefix('prepare.')}", None)
        return rule is not None and bool(rule(self.records[name]))

    def _duplicates(self, record: Any) -> bool:
        alike = self._same[_folded(record.text)]
        return sum(_target(one) == _target(record) for one in alike) > 1

    def _conflicts(self, record: Any) -> bool:
        return len({_target(one) for one in self._same[_folded(record.text)]}) > 1

    _conflicting_targets = _conflicts

    def _near_duplicates(self, record: Any) -> bool:
        ours = _pairs(record.text)
        return any(
            len(ours & theirs) >= NEAR * len(ours | theirs)
            for theirs in (_pairs(one.text) for one in self.records.values() if one is not record)
        )

    def _control_characters(self, record: Any) -> bool:
        return _holds(
            record, lambda sign: unicodedata.category(sign) == "Cc" and sign not in "\t\n\r\x85"
        )

    def _zero_width(self, record: Any) -> bool:
        return _holds(record, lambda sign: sign in "\u200b\ufeff\u2060\u180e")

    def _cleaned(self, record: Any) -> bool:
        return _holds(
            record,
            lambda sign: (
                unicodedata.category(sign) in ("Cc", "Cf", "Zs", "Zl", "Zp")
                and sign not in " \t\n\r"
            ),
        )

    def _empty_tokens(self, record: Any) -> bool:
        return any(not token.strip() for token in record.tokens)

    def _odd_entities(self, record: Any) -> bool:
        return record.id in ODD_ENTITIES

    def _lost_spans(self, record: Any) -> bool:
        """A word longer than any window, or one of which a tokenizer leaves nothing."""
        tagged = [one for one, tag in zip(record.tokens, record.tags, strict=True) if tag != "O"]
        return any(len(one) > 250 or not any(map(str.isprintable, one)) for one in tagged)

    def _unknown_labels(self, record: Any) -> bool:
        # So rare, or in one document alone, that a division can leave it out of training.
        for label in {tag[2:] for tag in record.tags if tag != "O"}:
            having = [
                one for one in self.records.values() if f"-{label}" in {tag[1:] for tag in one.tags}
            ]
            if len(having) <= 4 or len({one.document_id for one in having}) == 1:
                return True
        return False

    def _answer_cuts_word(self, record: Any) -> bool:
        letters = re.compile(r"[^\W\d_]{2}|\d{2}")
        context = record.context
        ends = [end for a in record.answers for end in (a.start, a.start + len(a.text))]
        return any(end and letters.fullmatch(context[end - 1 : end + 1]) for end in ends)

    def _judgements(self, record: Any) -> bool:
        return not any(one.grade > 0 for one in record.relevant)

    def _empty_value(self, record: Any) -> bool:
        return not record.value.strip()

    _empty_text = _empty_value

    def _value_shape(self, record: Any) -> bool:
        return not record.value.strip() or ODD_SHAPES.fullmatch(record.value) is not None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _target(record: Any) -> Any:
    names = ("tags", "label", "answers", "relevant", "value")
    return next(getattr(record, name) for name in names if hasattr(record, name))


def _pairs(text: str) -> set[tuple[str, str]]:
    words = text.lower().split()
    return set(pairwise(words))


def _holds(record: Any, wanted: Callable[[str], bool]) -> bool:
    text = f"{record.text}{getattr(record, 'value', '')}"
    return any(wanted(sign) for sign in text)
