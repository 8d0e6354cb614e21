"""Records that come twice: by id, by input and target, or by input with another target."""

from typing import Any

import numpy as np

from goldsmith.columns import ONE_TARGET


def flags(kind: str, table: Any) -> dict[str, np.ndarray]:
    """(n) flags unique_ids, duplicates (every copy but the first) and conflicts (every copy)."""
    import pandas as pd

    ids = pd.Series(table.column("id").to_pandas())
    frame = pd.DataFrame(
        {name: np.asarray(table.column(name)) for name in ("text_key", "target_key")}
    )
    found = {
        "unique_ids": ((ids == "") | ids.duplicated()).to_numpy(dtype=bool),
        "duplicates": frame.duplicated().to_numpy(),
    }
    if kind in ONE_TARGET:
        found["conflicts"] = conflicting(frame)
    return found


def conflicting(frame: Any) -> np.ndarray:
    """(n) whether a row's text_key also stands with another target_key."""
    result = np.zeros(len(frame), dtype=bool)
    repeated = np.flatnonzero(frame["text_key"].duplicated(keep=False).to_numpy())
    if len(repeated):
        some = frame.iloc[repeated]
        result[repeated] = (
            some.groupby("text_key")["target_key"].transform("nunique").to_numpy() > 1
        )
    return result
