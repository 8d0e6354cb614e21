"""Mapping of labels, and which records cannot be learnt from."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np

from goldsmith import columns
from goldsmith.columns import Batch
from goldsmith.columns import tags as tag_columns
from goldsmith.config.sections import Prepare
from goldsmith.errors import DataError, listed, near
from goldsmith.text import OUTSIDE, is_tag, label_of

LABEL_COLUMN = {"labelled_text": "label", "field": "field"}


def map_labels(kind: str, batch: Batch, rules: Prepare) -> Batch:
    """A batch whose labels have their new names; tags are made canonical BIO.

    Tagged batches get a column `raw_tags`: the tags before `keep_labels`.
    """
    import pyarrow as pa

    if kind == "tagged_tokens":
        raw = tag_columns.canonical(batch.column("tags"))
        if rules.map_labels:
            raw = tag_columns.canonical(
                tag_columns.relabel(raw, lambda tag: _new_tag(tag, rules.map_labels))
            )
        kept = None if rules.keep_labels is None else set(rules.keep_labels)
        tags = raw
        if kept is not None:
            tags = tag_columns.relabel(raw, lambda tag: tag if label_of(tag) in kept else OUTSIDE)
        return _with(batch, "tags", tags).append_column("raw_tags", raw)
    if kind in LABEL_COLUMN and rules.map_labels:
        name = LABEL_COLUMN[kind]
        values = batch.column(name).to_pylist()
        return _with(batch, name, pa.array([rules.map_labels.get(one, one) for one in values]))
    return batch


def _new_tag(tag: str, names: dict[str, str]) -> str:
    label = label_of(tag)
    new = names.get(label, label) if label is not None else None
    return OUTSIDE if new in (None, OUTSIDE) else f"{tag[:2]}{new}"


def _with(batch: Batch, name: str, values: Any) -> Batch:
    return batch.set_column(batch.schema.get_field_index(name), name, values)


def unusable(
    kind: str, batch: Batch, rules: Prepare, rare: Collection[str] = ()
) -> dict[str, np.ndarray]:
    """(n) flags by rule: records that prepare leaves out whatever split they are in.

    Args:
        kind: the record type.
        batch: n records, mapped.
        rules: the section prepare.
        rare: labels that `min_label_count` leaves out.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    bodies = columns.bodies(kind, batch)
    flags = {"empty_text": np.zeros(batch.num_rows, dtype=bool)}
    for body in bodies if kind != "ocr_page" else ():  # a page may be empty
        flags["empty_text"] |= ~np.asarray(pc.match_substring_regex(body, r"\S")).astype(bool)
    if kind == "tagged_tokens":
        tags = tag_columns.coded(batch.column("raw_tags"))
        flags["illegal_tags"] = tags.any_in_list(~tags.of_names(is_tag, bool))
        sizes = [pc.list_value_length(batch.column(name)) for name in ("tokens", "raw_tags")]
        flags["tags_of_another_length"] = np.asarray(pc.not_equal(*sizes)).astype(bool)
        if "missing" in batch.schema.names:
            # Its value may stand there all the same, misread: tagged O it would teach the opposite.
            lost = pc.greater(pc.list_value_length(batch.column("missing")), 0)
            flags["value_not_on_page"] = np.asarray(lost).astype(bool)
    if kind == "labelled_text":
        flags["empty_label"] = np.asarray(pc.equal(pc.utf8_trim_whitespace(batch["label"]), ""))
    if kind == "labelled_text" and rare:
        flags["label_too_rare"] = np.asarray(
            pc.is_in(batch.column("label"), pa.array(list(rare), pa.string()))
        )
    if kind == "labelled_text" and rules.keep_labels is not None:
        kept = pc.is_in(batch.column("label"), pa.array(rules.keep_labels, pa.string()))
        flags["label_not_kept"] = ~np.asarray(kept)
    if kind == "question":
        rows = zip(
            batch.column("context").to_pylist(), batch.column("answers").to_pylist(), strict=True
        )
        flags["answer_not_in_context"] = np.array(
            [not _found(context, answers) for context, answers in rows], dtype=bool
        )
    return flags


def _found(context: str, answers: dict[str, list[Any]]) -> bool:
    pairs = zip(answers["text"], answers["answer_start"], strict=True)
    return all(
        text and start >= 0 and context[start : start + len(text)] == text for text, start in pairs
    )


def check_kept(keep: Iterable[str] | None, raw: Counter[str]) -> None:
    """Refuse data without any label, and kept labels that the data do not have.

    Raises:
        DataError: with the near names.
    """
    if not raw:
        raise DataError(
            "no record has an entity: every tag is O, so there is nothing to learn; check that the "
            "tags' column is the right one (source.reader.columns.tags)"
        )
    missing = [label for label in keep or () if label not in raw]
    if missing:
        hints = "; ".join(f"{label!r}: {near(label, raw)}" for label in missing[:3])
        raise DataError(f"prepare.keep_labels names labels that no record carries: {hints}")


def check_left(out: np.ndarray) -> None:
    """Refuse data of which the rules leave nothing.

    Args:
        out: (n) name of the rule that leaves a record out; empty for those that stay.

    Raises:
        DataError: says which rule took how many records.
    """
    taken = Counter(out.tolist())
    if taken and not taken[""]:
        rules = listed([f"{rule} {count:,}" for rule, count in taken.most_common() if count])
        raise DataError(
            f"prepare: no record is left: {rules} (the rules are set by prepare.on_conflict, "
            "on_duplicate and keep_labels; `goldsmith goldens conflicts` shows what contradicts)"
        )
