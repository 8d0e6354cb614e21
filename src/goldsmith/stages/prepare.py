"""prepare: map, filter and split the records; then hold the configuration against their labels."""

import json
from pathlib import Path
from typing import Any

from goldsmith.config import UseCase
from goldsmith.errors import ConfigError
from goldsmith.gates import metric_bounds
from goldsmith.prepare import prepare
from goldsmith.prepared import COUNTS_FILE, Prepared
from goldsmith.stages import Context
from goldsmith.stages.load import RECORDS_FILE as LOADED_FILE
from goldsmith.stages.load import read_facts


def run(context: Context) -> None:
    """Write the prepared records, labels and counts."""
    loaded = context.inputs["load"]
    kind = read_facts(loaded)["record"]
    rules, splits = context.config.prepare, context.config.splits
    counts = prepare(kind, loaded / LOADED_FILE, rules, splits, context.out)
    text = json.dumps(counts, indent=1, sort_keys=True) + "\n"
    (context.out / COUNTS_FILE).write_text(text, encoding="utf-8")
    shares = ", ".join(f"{part} {count:,}" for part, count in counts["records"].items())
    gone = [f"{rule} {found['records']:,}" for rule, found in counts["dropped"].items()]
    dropped = f"; dropped {', '.join(gone)}" if gone else ""
    text = f"prepared {shares}; cleaned {counts['cleaned']['records']:,}{dropped}"
    context.report({"type": "note", "text": text})


def accept(config: UseCase, folder: Path, note: Any = None) -> None:
    """Refuse gates and patterns that name what these data do not have, before any training.

    Raises:
        ConfigError: with the near names.
    """
    family: Any = config.model
    labels = Prepared(folder).labels
    names = list(family.score([], [], labels).metrics())
    try:
        for pattern in config.gates.metrics:
            metric_bounds(pattern, names)
    except KeyError as error:
        raise ConfigError(error.args[0]) from None
