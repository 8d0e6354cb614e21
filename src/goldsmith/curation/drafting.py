"""A use case for goldens that were just looked at: bounds that a first model can reach, and the YAML."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from goldsmith import splits as splitting
from goldsmith.config import layers, plugins
from goldsmith.config.sections import Splits
from goldsmith.curation.sides import labels_of
from goldsmith.curation.stats import Stats
from goldsmith.errors import UserError, listed
from goldsmith.records import Record
from goldsmith.splits import SPLITS, TEST, TRAIN, VALIDATION
from goldsmith.text import normalise

FEW_RECORDS = 500  # below, one test split of a fifth says too little
RARE = 10  # targets of a label: below, it is not learnt at first
FOLDS = 5
FIRST_BOUND = 0.3
BASE = "packaged:minilm"


@dataclass(frozen=True)
class Plan:
    """What the counts suggest.

    Attributes:
        labels: to learn, most frequent first; None: all.
        left_out: labels with fewer than `RARE` targets.
        folds: 0 where a test split is enough.
        by: who divides, `source` or `hash`.
        min_rows, train_support, test_support: bounds of the data contract.
        gate_support: test targets of a label by which its figure is judged.
    """

    labels: tuple[str, ...] | None
    left_out: tuple[str, ...]
    folds: int
    by: str
    min_rows: int
    train_support: int
    test_support: int
    gate_support: int


def plan(found: Stats, records: Iterable[Record]) -> Plan:
    """Choose folds and bounds.

    Args:
        found: figures of the raw goldens.
        records: the raw goldens, for how prepare will divide them.
    """
    classes = found.record in ("tagged_tokens", "labelled_text")
    rare = tuple(name for name in found.labels if classes and found.support(name) < RARE)
    kept = tuple(name for name in found.labels if name not in rare)
    if not kept:
        rare, kept = (), tuple(found.labels)
    own = {TRAIN, TEST} <= set(found.splits) <= {TRAIN, VALIDATION, TEST}
    folds = 0 if own or found.records >= FEW_RECORDS else FOLDS
    parts = _support(records, own, folds)
    train, test = (min((parts[part][name] for name in kept), default=0) for part in (TRAIN, TEST))
    # Duplicates and conflicts still go: half of what there is stays, whatever they are.
    return Plan(
        labels=kept if rare else None,
        left_out=rare,
        folds=folds,
        by="source" if own else "hash",
        min_rows=max(1, found.records // 2),
        train_support=min(20, train // 2),
        test_support=min(10, test // 2),
        gate_support=max(1, min(10, test // 2)),
    )


def _support(records: Iterable[Record], own: bool, folds: int) -> dict[str, Counter[str]]:
    """Targets by split and label, as prepare will divide the records; with folds each is in both."""
    parts: dict[str, Counter[str]] = {name: Counter() for name in SPLITS}
    rules = Splits()
    for record in records:
        split = record.split
        if not own:
            group = record.document_id or normalise(record.text)
            split = splitting.by_hash(group, rules)
        for part in (TRAIN, TEST) if folds else (split,):
            parts[part].update(labels_of(record))
    return parts


def sections(
    title: str,
    family: str,
    chosen: Plan,
    source: dict[str, Any],
    given: Sequence[str] = (),
    settings: layers.Layer | None = None,
) -> dict[str, Any]:
    """The use case as plain values.

    Args:
        title: one line.
        family: its name.
        chosen: bounds.
        source: the section `source`.
        given: `section.key=value` texts, laid over all of it.
        settings: of a file, laid below those texts.

    Raises:
        ConfigError: no such family, or a text of another form.
        UserError: the family has a setting without a default that nobody gave.
    """
    kind: Any = plugins.load("families", family)
    prepare: dict[str, Any] = {}
    if chosen.labels is not None:
        prepare["keep_labels"] = list(chosen.labels)
    splits: dict[str, Any] = {"by": chosen.by}
    if chosen.folds:
        splits["folds"] = chosen.folds
    tree: dict[str, Any] = {
        "title": title,
        "seed": 13,
        "card": {},
        "prepare": prepare,
        "splits": splits,
        "validation": {
            "min_rows": chosen.min_rows,
            "min_train_support": chosen.train_support,
            "min_test_support": chosen.test_support,
        },
        "model": {"family": family, **({"base": BASE} if "base" in kind.model_fields else {})},
        "gates": {
            "metrics": {kind.primary: {"min": FIRST_BOUND}},
            "min_support": chosen.gate_support,
        },
        "baseline": {},
        **({"index": {}} if kind.record.kind == "query" else {}),
        "profiles": {"demo": {"source": source}, "full": {"source": source}},
    }
    if settings is not None:
        layers.merge(tree, {}, settings.tree, {})
    for text in given:
        layers.override(tree, {}, text)
    lacking = [
        name
        for name, field in kind.model_fields.items()
        if field.is_required() and name not in tree["model"]
    ]
    if lacking:
        raise UserError(
            f"family {family} needs model.{lacking[0]}: give it with --set model.{lacking[0]}=..."
        )
    return tree


def text(tree: dict[str, Any], name: str, found: Stats, chosen: Plan, notes: Sequence[str]) -> str:
    """The YAML, each section under a comment that says why."""
    comments = _comments(name, found, chosen, notes)
    parts = []
    for key, value in tree.items():
        lines = [f"# {line}" for line in comments.get(key, ())]
        parts.append("\n".join([*lines, _dumped({key: value})]))
    return "\n".join(parts)


def _dumped(value: dict[str, Any]) -> str:
    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    return yaml.dump(value, Dumper=Plain, sort_keys=False, allow_unicode=True, width=100)


def _comments(
    name: str, found: Stats, chosen: Plan, notes: Sequence[str]
) -> dict[str, Sequence[str]]:
    left = listed([f"{label} ({found.support(label)})" for label in chosen.left_out], 3)
    rare = [f"Left out, with fewer than {RARE} goldens: {left}."] if chosen.left_out else []
    divided = {
        "source": "The source divides its records itself.",
        "hash": "By a hash of the document, of the text where it has none: new goldens move no old ones.",
    }[chosen.by]
    folds = [
        f"Few goldens: each is held out once, by one of {chosen.folds} models; a last one has all."
    ]
    return {
        "title": (
            f"Written by `goldsmith new`; looked at: {found.records:,} records, {len(found.labels):,} labels.",
            "Every field is in docs/fields.md; `goldsmith show` prints all values.",
        ),
        "card": ("What no figure tells, for the model card: `purpose`, `limits`, `license`.",),
        "prepare": (
            "Raw records to training records: duplicates, conflicts and labels to keep.",
            *rare,
        ),
        "splits": (divided, *(folds if chosen.folds else [])),
        "validation": (
            "The data contract: a run with fewer goldens than these stops before training.",
        ),
        "model": ("The family and its settings; what is not named here keeps its default.",),
        "gates": (
            "What promotion asks for: low at first. Raise it to what the use case needs, not to what",
            "the model reached; a changed gate re-judges in seconds.",
        ),
        "baseline": ("What is reported beside the model; judged by nothing.",),
        "index": ("What is looked in: the goldens' corpus; `documents: FOLDER` indexes yours.",),
        "profiles": (
            f"`demo` is the default, and its model is called {name}.demo; that of `full` is called {name}.",
            *notes,
        ),
    }
