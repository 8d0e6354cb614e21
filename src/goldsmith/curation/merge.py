"""merge: the files of several annotators as one, with their agreement, and conflicts settled."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, count
from typing import Any, Literal

from goldsmith.curation.agreement import Agreement, agreement
from goldsmith.curation.conflicts import DROP, Conflict, conflict
from goldsmith.curation.sides import input_key, target_key, target_row, with_target
from goldsmith.errors import DataError, UserError, near
from goldsmith.records import Record

By = Literal["auto", "id", "text"]
MAJORITY_OF = 3


@dataclass(frozen=True)
class Merged:
    """The union of several files.

    Attributes:
        by: what made two records one: `id` or `text`.
        records: one of each, in the order of the first file, then the second, ...
        agreements: of every two files.
        surplus: records that repeat one of their own file, word for word and label for label.
        settled: conflicts by what settled them: decision, prefer, majority.
        left_out: records that a decision drops.
        open: conflicts that nothing settled; their records are not among `records`.
    """

    by: Literal["id", "text"]
    records: list[Record]
    agreements: list[Agreement]
    surplus: int
    settled: Mapping[str, int]
    left_out: int
    open: list[Conflict]

    def summary(self) -> dict[str, Any]:
        """All of it but the records, as plain values."""
        agreements = [
            {**one.model_dump(mode="json"), "share": round(one.share, 4)} for one in self.agreements
        ]
        return {
            "by": self.by,
            "records": len(self.records),
            "surplus": self.surplus,
            "settled": dict(self.settled),
            "left_out": self.left_out,
            "agreements": agreements,
            "open": [one.model_dump(mode="json") for one in self.open],
        }


@dataclass(frozen=True)
class Rules:
    """How conflicts are settled, in this order.

    Attributes:
        decisions: what a person decided, by key of the conflict.
        prefer: name of the file that is right where it has the record.
        majority: whether more than half of at least three files are right.
    """

    decisions: Mapping[str, Conflict]
    prefer: str | None = None
    majority: bool = False


def merge(files: Mapping[str, Sequence[Record]], rules: Rules, by: By = "auto") -> Merged:
    """Merge annotators' records of one type, by file name.

    Raises:
        UserError: `prefer` is none of the files.
        DataError: by id, and one id stands for two inputs.
    """
    if rules.prefer is not None and rules.prefer not in files:
        raise UserError(f"--prefer {rules.prefer}: {near(rules.prefer, files)}")
    chosen = _way(files) if by == "auto" else by
    groups, surplus = _groups(files, chosen)
    settled: Counter[str] = Counter()
    records: list[Record] = []
    unsettled: list[Conflict] = []
    left_out = 0
    for key, found in groups.items():
        how, record = _settle(key, found, rules)
        if how:
            settled[how] += 1
        if record is not None:
            records.append(record)
        elif how:
            left_out += 1
        else:
            unsettled.append(conflict(key, found))
    pairs = [_pair(names, groups) for names in combinations(files, 2)]
    return Merged(
        chosen,
        _unique_ids(records),
        pairs,
        surplus,
        dict(settled),
        left_out,
        unsettled,
    )


def _way(files: Mapping[str, Sequence[Record]]) -> Literal["id", "text"]:
    """`id` where files share ids and a shared id always means the same input, else `text`."""
    inputs: dict[str, bytes] = {}
    owner: dict[str, str] = {}
    shared = False
    for name, records in files.items():
        for record in records:
            key = input_key(record)
            if inputs.setdefault(record.id, key) != key:
                return "text"
            shared |= owner.setdefault(record.id, name) != name
    return "id" if shared else "text"


Groups = dict[bytes, list[tuple[str, Record]]]


def _groups(files: Mapping[str, Sequence[Record]], by: Literal["id", "text"]) -> tuple[Groups, int]:
    """(file, record) pairs by key; a file's own repetitions are counted and left out."""
    groups: Groups = {}
    inputs: dict[bytes, bytes] = {}
    surplus = 0
    for name, records in files.items():
        for record in records:
            text = input_key(record)
            key = record.id.encode() if by == "id" else text
            if inputs.setdefault(key, text) != text:
                raise DataError(
                    f"{name}: id {record.id!r} stands for another text than before: merge with --by text"
                )
            group = groups.setdefault(key, [])
            own = [target_key(one) for where, one in group if where == name]
            if target_key(record) in own:
                surplus += 1
            else:
                group.append((name, record))
    return groups, surplus


def _settle(key: bytes, found: list[tuple[str, Record]], rules: Rules) -> tuple[str, Record | None]:
    """What settled it (empty: nothing had to or could), and the record that stays."""
    votes = Counter(target_key(record) for _, record in found)
    if len(votes) == 1:
        return "", found[0][1]
    decided = rules.decisions.get(key.hex()) or rules.decisions.get(input_key(found[0][1]).hex())
    if decided is not None and decided.decision is not None:
        if decided.decision == DROP:
            return "decision", None
        return "decision", _labelled(found, decided.options[int(decided.decision) - 1].target)
    preferred = [record for name, record in found if name == rules.prefer]
    if len(preferred) == 1:
        return "prefer", preferred[0]
    target_of_most, most = votes.most_common(1)[0]
    if rules.majority and len(found) >= MAJORITY_OF and 2 * most > len(found):
        return "majority", next(one for _, one in found if target_key(one) == target_of_most)
    return "", None


def _labelled(found: list[tuple[str, Record]], target: dict[str, Any]) -> Record:
    """The record of the group that carries a target, else its first record, labelled so."""
    for _, record in found:
        if target_row(record) == target:
            return record
    changed = with_target(found[0][1], target)
    if changed.kind == "tagged_tokens" and len(changed.tags) != len(changed.tokens):
        raise DataError(
            f"the decision for record {changed.id!r} has {len(changed.tags)} tags for "
            f"{len(changed.tokens)} words: one tag a word"
        )
    return changed


def _pair(names: tuple[str, str], groups: Groups) -> Agreement:
    pairs: list[tuple[Any, Any]] = []
    for found in groups.values():
        own = {name: [one for where, one in found if where == name] for name in names}
        if all(own.values()):
            pairs.append((own[names[0]][0], own[names[1]][0]))
    return agreement(names, pairs)


def _unique_ids(records: list[Record]) -> list[Record]:
    """Ids that mean different inputs in different files get a number behind them."""
    taken = {record.id for record in records}
    seen: set[str] = set()
    result: list[Any] = []
    for record in records:
        name = record.id
        if name in seen:
            name = next(new for n in count(2) if (new := f"{record.id}-{n}") not in taken)
            taken.add(name)
        seen.add(name)
        result.append(record if name == record.id else with_target(record, {"id": name}))
    return result
