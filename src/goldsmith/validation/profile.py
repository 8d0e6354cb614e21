"""Profiles: one narrow row a record, so that a million records fit in a small table."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from goldsmith.records import TaggedTokens
from goldsmith.text import bio_spans, is_tag

if TYPE_CHECKING:
    import pandas as pd

BATCH = 50_000


def profile_records(records: Iterable[TaggedTokens]) -> "pd.DataFrame":
    """One row a record: id, split, n_tokens, n_tags, illegal_tag, n_entities, has_text.

    >>> # TaggedTokens("7", "", ("at", "2.25"), ("O", "B-Rate"), "train") becomes
    >>> # id="7" split="train" n_tokens=2 n_tags=2 illegal_tag="" n_entities=1 has_text=True
    """
    import pandas as pd

    frames, rows = [], []
    for record in records:
        rows.append(_row(record))
        if len(rows) == BATCH:
            frames.append(pd.DataFrame(rows))
            rows = []
    columns = ["id", "split", "n_tokens", "n_tags", "illegal_tag", "n_entities", "has_text"]
    frames.append(pd.DataFrame(rows, columns=columns))
    return pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]


def _row(record: TaggedTokens) -> dict[str, Any]:
    return {
        "id": record.id,
        "split": record.split,
        "n_tokens": len(record.tokens),
        "n_tags": len(record.tags),
        "illegal_tag": next((tag or "(empty)" for tag in record.tags if not is_tag(tag)), ""),
        "n_entities": len(bio_spans(record.tags)),
        "has_text": any(token.strip() for token in record.tokens),
    }


def profile_support(
    counts: Mapping[str, Any], labels: Iterable[str]
) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """Mentions in training and in test: two tables with one row a label (label, mentions).

    With folds every fold is both, so both tables hold the sum over folds.
    """
    import pandas as pd

    mentions: Mapping[str, Mapping[str, int]] = counts["mentions"]
    names = sorted({tag[2:] for tag in labels if tag != "O"})

    def table(parts: Iterable[str]) -> "pd.DataFrame":
        sums = {name: sum(mentions.get(part, {}).get(name, 0) for part in parts) for name in names}
        return pd.DataFrame({"label": list(sums), "mentions": list(sums.values())})

    if counts["folds"]:
        folds = [f"fold-{number}" for number in range(counts["folds"])]
        return table(folds), table(folds)
    return table(["train"]), table(["test"])
