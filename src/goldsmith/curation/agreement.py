"""How far two annotators agree on the same inputs: share of equal targets, and Cohen's kappa."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from goldsmith.curation.sides import labels_of, target_key
from goldsmith.text import canonical_bio, label_of

NOTHING = ""


class Agreement(BaseModel):
    """Agreement of two files on the records that both hold.

    Attributes:
        records: records in both; `equal` of them are labelled alike.
        unit: what kappa counts: words, texts or questions.
        kappa: over all labels at once; None where it is not defined (no label at all).
        labels: kappa of each label against all others.
        incomparable: tagged records whose words differ, left out of kappa.
    """

    model_config = ConfigDict(frozen=True)

    first: str
    second: str
    records: int
    equal: int
    unit: str
    kappa: float | None
    labels: dict[str, float | None]
    incomparable: int

    @property
    def share(self) -> float:
        """Share of the records in both that are labelled alike."""
        return self.equal / self.records if self.records else 0.0


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of labels: 1 full agreement, 0 as by chance, None without variance.

    >>> kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])
    0.5
    """
    counts = Counter(pairs)
    total = sum(counts.values())
    if not total:
        return None
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), count in counts.items():
        first[one] += count
        second[other] += count
    seen = sum(count for (one, other), count in counts.items() if one == other) / total
    chance = sum(first[name] * second[name] for name in first) / total**2
    return None if chance == 1.0 else round((seen - chance) / (1 - chance), 4)


def agreement(names: tuple[str, str], pairs: Sequence[tuple[Any, Any]]) -> Agreement:
    """Compare two annotators' records of the same inputs, pair by pair."""
    equal = sum(target_key(one) == target_key(other) for one, other in pairs)
    items: Counter[tuple[str, str]] = Counter()
    incomparable = 0
    for one, other in pairs:
        found = _items(one, other)
        incomparable += found is None
        items.update(found or ())
    labels = sorted({name for pair in items for name in pair} - {NOTHING})
    kind = pairs[0][0].kind if pairs else "labelled_text"
    return Agreement(
        first=names[0],
        second=names[1],
        records=len(pairs),
        equal=equal,
        unit={"tagged_tokens": "words", "question": "questions"}.get(kind, "texts"),
        kappa=kappa(items.elements()),
        labels={name: kappa(_one_against_all(items, name)) for name in labels},
        incomparable=incomparable,
    )


def _one_against_all(items: Counter[tuple[str, str]], name: str) -> Iterable[tuple[str, str]]:
    return ((str(one == name), str(other == name)) for one, other in items.elements())


def _items(one: Any, other: Any) -> list[tuple[str, str]] | None:
    """The decisions of two records side by side; None where they cannot be laid side by side."""
    if one.kind == "tagged_tokens":
        if len(one.tags) != len(other.tags):
            return None
        return list(zip(_word_labels(one), _word_labels(other), strict=True))
    return [((labels_of(one) or [NOTHING])[0], (labels_of(other) or [NOTHING])[0])]


def _word_labels(record: Any) -> list[str]:
    return [label_of(tag) or NOTHING for tag in canonical_bio(record.tags)]
