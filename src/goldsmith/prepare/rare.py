"""`min_label_count`: labels that too few goldens carry, left out as if `keep_labels` did not name
them."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldsmith import columns
from goldsmith.columns import tags as tag_columns
from goldsmith.config.sections import Prepare
from goldsmith.errors import DataError
from goldsmith.prepare.mapping import LABEL_COLUMN, map_labels
from goldsmith.splits import GOLDENS

MAX_NAMED = 20


@dataclass(frozen=True)
class Rare:
    """What `min_label_count` leaves out.

    Attributes:
        rules: the rules with the labels that are common enough as `keep_labels`.
        counts: mentions of each label that is too rare.
    """

    rules: Prepare
    counts: dict[str, int]

    def facts(self) -> dict[str, Any]:
        """labels and mentions left out, and the first of them by name, the commonest first."""
        named = sorted(self.counts.items(), key=lambda one: (-one[1], one[0]))[:MAX_NAMED]
        mentions = sum(self.counts.values())
        return {"labels": len(self.counts), "mentions": mentions, "named": dict(named)}


def without_rare(kind: str, records: Path, rules: Prepare) -> Rare:
    """Count labels, after mapping, over the source's records of all splits; goldens do not count.

    Args:
        kind: labelled_text or tagged_tokens.
        records: Parquet of raw records; only split and labels are read.
        rules: the use case's section prepare.

    Raises:
        DataError: no label is common enough.
    """
    if not rules.min_label_count:
        return Rare(rules, {})
    counts = _counts(kind, records, rules)
    wanted = rules.keep_labels or sorted(filter(str.strip, counts))
    enough = tuple(label for label in wanted if counts[label] >= rules.min_label_count)
    # A kept label that no record carries is for check_kept to name.
    unknown = tuple(label for label in rules.keep_labels or () if label not in counts)
    if counts and not enough + unknown:
        most = max(wanted, key=lambda label: counts[label])
        raise DataError(
            f"prepare.min_label_count is {rules.min_label_count:,}, and no label has as many: "
            f"{most!r} has the most, {counts[most]:,}"
        )
    rare = {label: counts[label] for label in wanted if 0 < counts[label] < rules.min_label_count}
    if not rare:
        return Rare(rules, {})
    return Rare(rules.model_copy(update={"keep_labels": enough + unknown}), rare)


def _counts(kind: str, records: Path, rules: Prepare) -> Counter[str]:
    import pyarrow.compute as pc

    named = "tags" if kind == "tagged_tokens" else LABEL_COLUMN[kind]
    every = rules.model_copy(update={"keep_labels": None})
    counts: Counter[str] = Counter()
    for raw in columns.batches(records, only=("split", named)):
        own = raw.filter(pc.not_equal(raw.column("split"), GOLDENS))
        mapped = map_labels(kind, own, every)
        lists = (
            tag_columns.entity_labels(mapped.column("tags"))
            if kind == "tagged_tokens"
            else columns.labels(kind, mapped)
        )
        counts.update(columns.count(lists))
    return counts
