"""What a column of a table is for: by its name first, by what it holds where the name says nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from goldsmith.readers.finding import SPLIT_NAMES
from goldsmith.readers.values import is_absent, structure_of

LONGEST_LABEL = 60  # characters
MOST_LABELS = 0.5  # distinct labels, as a share of the rows


class Column(NamedTuple):
    """A column with the values that the first rows hold.

    Attributes:
        rows: how many rows were looked at; fewer values than that: some rows lack it.
    """

    name: str
    values: tuple[Any, ...]
    rows: int

    @property
    def held(self) -> list[Any]:
        """The values that are not absent."""
        return [value for value in self.values if not is_absent(value) and value != ""]


# By record type: the roles that a table must have, in the order in which columns are given to them.
REQUIRED: dict[str, tuple[str, ...]] = {
    "tagged_tokens": ("tokens", "tags"),
    "labelled_text": ("label", "text"),
    "question": ("context", "question"),
    "field": ("document_id", "field", "value"),
}
OPTIONAL: dict[str, tuple[str, ...]] = {
    "tagged_tokens": ("id", "document_id", "split"),
    "labelled_text": ("id", "document_id", "split"),
    "question": ("answers", "answer", "answer_start", "is_impossible", "id", "document_id", "title", "split"),
    "field": ("id", "page", "split"),
}  # fmt: skip
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "_id", "guid", "uid", "uuid", "example_id", "record_id", "sentence_id", "row_id"),
    "document_id": ("document_id", "doc_id", "document", "doc", "article_id", "filing", "file", "thread_id"),
    "split": ("split", "subset", "set", "partition"),
    "tokens": ("tokens", "words", "token"),
    "tags": ("ner_tags", "tags", "ner", "labels", "bio_tags", "iob_tags", "tag"),
    "label": ("label", "category", "class", "intent", "topic", "target", "product", "queue", "expected_category", "labels"),
    "text": ("text", "sentence", "narrative", "body", "message", "content", "utterance", "review", "comment", "description", "abstract", "query", "question"),
    "context": ("context", "passage", "paragraph", "text"),
    "question": ("question", "query"),
    "answers": ("answers",),
    "answer": ("answer", "answer_text"),
    "answer_start": ("answer_start", "start"),
    "is_impossible": ("is_impossible", "impossible"),
    "title": ("title", "heading"),
    "field": ("field", "key", "field_name"),
    "value": ("value", "text", "gold"),
    "page": ("page",),
}  # fmt: skip


def assign(
    columns: Sequence[Column], kind: str, given: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Columns by role, and a note for each that its content alone gave away.

    Args:
        columns: of the table.
        kind: the record type.
        given: columns that are known by role.
    """
    chosen: dict[str, Any] = dict(given)
    notes: list[str] = []
    for role in (*OPTIONAL[kind], *REQUIRED[kind]):
        if role not in chosen:
            free = [one for one in columns if one.name not in chosen.values()]
            by_name = _by_name(free, role, chosen, columns)
            if by_name:
                chosen[role] = by_name.name
    for role in REQUIRED[kind]:
        if role not in chosen:
            free = [one for one in columns if one.name not in chosen.values()]
            found = _by_content(free, role, chosen, columns)
            if found:
                chosen[role] = found.name
                notes.append(f"column {found.name!r} looks like {role}: check it")
    return chosen, notes


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")


def _by_name(
    free: Sequence[Column], role: str, chosen: Mapping[str, Any], columns: Sequence[Column]
) -> Column | None:
    for name in NAMES[role]:
        for one in free:
            if _plain(one.name) == _plain(name) and _fits(one, role, chosen, columns):
                return one
    return None


def _by_content(
    free: Sequence[Column], role: str, chosen: Mapping[str, Any], columns: Sequence[Column]
) -> Column | None:
    fitting = [one for one in free if _fits(one, role, chosen, columns)]
    return min(fitting, key=_PREFERENCE.get(role, lambda one: 0), default=None)


def _fits(one: Column, role: str, chosen: Mapping[str, Any], columns: Sequence[Column]) -> bool:
    """Whether a column can have a role, by what it holds."""
    if not one.held:
        return False
    if role == "tags":
        tokens = next((other for other in columns if other.name == chosen.get("tokens")), None)
        return tokens is not None and _same_lengths(one, tokens)
    return _FITS.get(role, _words)(one)


def _words(one: Column) -> bool:
    return all(isinstance(value, str | int | float) for value in one.held)


def _text(one: Column) -> bool:
    return all(isinstance(value, str) for value in one.held)


def _unique(one: Column) -> bool:
    return _words(one) and len({str(value) for value in one.held}) == one.rows


def _split(one: Column) -> bool:
    return all(value in SPLIT_NAMES for value in one.held)


def _word_lists(one: Column) -> bool:
    lists = [structure_of(value) for value in one.held]
    return all(
        isinstance(found, list) and all(isinstance(w, str) for w in found) for found in lists
    )


def _label(one: Column) -> bool:
    words = [str(value) for value in one.held]
    few = 1 < len(set(words)) <= max(2, MOST_LABELS * len(words))
    return _words(one) and few and max(map(len, words)) <= LONGEST_LABEL


def _same_lengths(tags: Column, tokens: Column) -> bool:
    pairs = zip(tags.values, tokens.values, strict=False)
    lists = [(structure_of(one), structure_of(other)) for one, other in pairs]
    alike = [
        isinstance(one, list)
        and isinstance(other, list)
        and len(one) == len(other)
        and all(isinstance(tag, str | int) for tag in one)
        for one, other in lists
    ]
    # A few that differ are for the data contract to name.
    return sum(alike) >= 0.9 * len(alike)


def _mean_length(one: Column) -> float:
    return sum(len(str(value)) for value in one.held) / len(one.held)


_FITS: dict[str, Callable[[Column], bool]] = {
    "id": _unique,
    "split": _split,
    "tokens": _word_lists,
    "label": _label,
    "text": _text,
    "context": _text,
    "question": _text,
    "answers": lambda one: all(structure_of(value) is not None for value in one.held),
    "field": _label,
}
_PREFERENCE: dict[str, Callable[[Column], float]] = {
    "label": lambda one: len({str(value) for value in one.held}),
    "text": lambda one: -_mean_length(one),
    "context": lambda one: -_mean_length(one),
    "question": lambda one: -_mean_length(one),
}
