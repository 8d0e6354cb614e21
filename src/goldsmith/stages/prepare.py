"""prepare: map, filter and split the records; then hold the configuration against their labels."""

import json
import shutil
from pathlib import Path
from typing import Any

from goldsmith.config import UseCase
from goldsmith.errors import ConfigError
from goldsmith.families.base import Family
from goldsmith.gates import accept_case, metric_bounds, metric_names, unknown_costs
from goldsmith.prepare import prepare
from goldsmith.prepared import CORPUS_FILE, COUNTS_FILE, Prepared
from goldsmith.stages import Context
from goldsmith.stages.load import RECORDS_FILE as LOADED_FILE
from goldsmith.stages.load import read_facts


def run(context: Context) -> None:
    """Write the prepared records, labels and counts."""
    loaded = context.inputs["load"]
    kind = read_facts(loaded)["record"]
    rules, splits = context.config.prepare, context.config.splits
    if (loaded / CORPUS_FILE).is_file():
        shutil.copyfile(loaded / CORPUS_FILE, context.out / CORPUS_FILE)
    counts = prepare(kind, loaded / LOADED_FILE, rules, splits, context.out)
    text = json.dumps(counts, indent=1, sort_keys=True) + "\n"
    (context.out / COUNTS_FILE).write_text(text, encoding="utf-8")
    shares = ", ".join(f"{part} {count:,}" for part, count in counts["records"].items())
    gone = [f"{rule} {found['records']:,}" for rule, found in counts["dropped"].items()]
    dropped = f"; dropped {', '.join(gone)}" if gone else ""
    rare = counts["rare_labels"]
    if rare["labels"]:
        dropped += f"; {rare['labels']:,} label(s) too rare, {rare['mentions']:,} mentions"
    text = f"prepared {shares}; cleaned {counts['cleaned']['records']:,}{dropped}"
    context.report({"type": "note", "text": text})


def accept(config: UseCase, folder: Path, note: Any = None) -> None:
    """Refuse gates that name what these data do not have, or ask what the family cannot read,
    before any training.

    Raises:
        ConfigError: with the near names.
    """
    family = config.model
    assert isinstance(family, Family)
    scores = family.score([], [], Prepared(folder).labels)
    names, labels = metric_names(scores, config.gates.costs), list(scores.support())
    try:
        unknown_costs(config.gates.costs, labels)
    except KeyError as error:
        raise ConfigError(error.args[0]) from None
    for pattern in config.gates.metrics:
        try:
            metric_bounds(pattern, names)
        except KeyError as error:
            raise ConfigError(
                f"{error.args[0]}; where these goldens can have none, "
                f"`--set gates.metrics.{pattern}=null` takes the bound away"
            ) from None
    if config.gates.costs and not scores.mistakes(scores.counts.sum(axis=0)):
        raise ConfigError(f"gates.costs: {family.family} does not count mistakes by label")
    for case in config.gates.behaviour:
        accept_case(case, family, labels)
