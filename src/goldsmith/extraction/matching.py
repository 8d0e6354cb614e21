"""Gold and found values of one document brought together, field by field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from goldsmith.config.evaluation import FieldRule, rule_of
from goldsmith.extraction.same import near, right, same
from goldsmith.records import Field

Kind = Literal["right", "wrong value", "missed", "false alarm", "taken for another"]
KINDS: tuple[Kind, ...] = ("right", "wrong value", "missed", "false alarm", "taken for another")
COMPARISONS = ("exact", "normalised", "edit")


@dataclass(frozen=True)
class Outcome:
    """What became of one gold value, or of a found value that has none.

    Attributes:
        kind: right; wrong value: both have the field, with different values; missed: nothing found;
            false alarm: no gold value; taken for another: the gold value was found as `taken_as`.
        gold, found: the values; None: there is none.
        taken_as: the field under which the gold value was found; empty for the other kinds.
    """

    document_id: str
    field: str
    kind: Kind
    gold: Field | None
    found: Field | None
    taken_as: str = ""


@dataclass(frozen=True)
class Judged:
    """One document: its outcomes, and right values by (field, comparison)."""

    document_id: str
    outcomes: tuple[Outcome, ...]
    hits: Mapping[tuple[str, str], int]

    @property
    def whole(self) -> bool:
        """Whether every value is right and none too many."""
        return all(one.kind == "right" for one in self.outcomes)


Equal = Callable[[str, str], bool]
Pairs = list[tuple[Field, Field]]


def judge(
    document_id: str,
    gold: Sequence[Field],
    found: Sequence[Field],
    rules: Mapping[str, FieldRule],
) -> Judged:
    """Judge what was found in a document. A gold value matches one found value at most."""
    outcomes: list[Outcome] = []
    hits: dict[tuple[str, str], int] = {}
    for field in dict.fromkeys(one.field for one in (*gold, *found)):
        rule = rule_of(dict(rules), field)
        ours = [one for one in gold if one.field == field]
        theirs = [one for one in found if one.field == field]
        outcomes += _of_field(document_id, field, ours, theirs, rule)
        for name, equal in comparisons(rule).items():
            hits[field, name] = len(pairs(ours, theirs, equal))
    return Judged(document_id, tuple(_confused(outcomes, rules)), hits)


def comparisons(rule: FieldRule) -> dict[str, Equal]:
    """The three comparisons of a field's values, each more lenient than the one before."""
    return {
        "exact": lambda gold, found: gold == found,
        "normalised": lambda gold, found: same(rule.value, gold, found),
        "edit": lambda gold, found: same(rule.value, gold, found) or near(rule, gold, found),
    }


def pairs(gold: Sequence[Field], found: Sequence[Field], equal: Equal) -> Pairs:
    """A greatest set of pairs of equal values, each value in one at most.

    By augmenting paths (Kuhn 1955), for within a bound of edits a may equal b, b equal c, and a not
    c: then the first that comes is not always the one to take. Values that are exactly alike are
    tried first.
    """
    taken: dict[int, int] = {}  # place of the found value -> place of the gold value

    def place(one: int, tried: set[int]) -> bool:
        order = sorted(range(len(found)), key=lambda it: found[it].value != gold[one].value)
        for other in order:
            if other not in tried and equal(gold[one].value, found[other].value):
                tried.add(other)
                if other not in taken or place(taken[other], tried):
                    taken[other] = one
                    return True
        return False

    for one in range(len(gold)):
        place(one, set())
    return [(gold[one], found[other]) for other, one in sorted(taken.items(), key=lambda it: it[1])]


def _of_field(
    document_id: str, field: str, gold: Sequence[Field], found: Sequence[Field], rule: FieldRule
) -> list[Outcome]:
    matched = pairs(gold, found, lambda first, second: right(rule, first, second))
    outcomes = [Outcome(document_id, field, "right", one, other) for one, other in matched]
    left = [one for one in gold if all(one is not it for it, _ in matched)]
    over = [one for one in found if all(one is not it for _, it in matched)]
    both = min(len(left), len(over))
    outcomes += [
        Outcome(document_id, field, "wrong value", one, other)
        for one, other in zip(left[:both], over[:both], strict=True)
    ]
    outcomes += [Outcome(document_id, field, "missed", one, None) for one in left[both:]]
    outcomes += [Outcome(document_id, field, "false alarm", None, one) for one in over[both:]]
    return outcomes


def _confused(outcomes: Sequence[Outcome], rules: Mapping[str, FieldRule]) -> list[Outcome]:
    """The outcomes, where a gold value that stands under another field's name says so."""
    stray = [one for one in outcomes if one.found and one.kind in ("wrong value", "false alarm")]
    made: list[Outcome] = []
    for one in outcomes:
        other = _found_elsewhere(one, stray, rules)
        if other is None:
            made.append(one)
            continue
        taken = Outcome(one.document_id, one.field, "taken for another", one.gold, one.found or other.found, other.field)  # fmt: skip
        made.append(taken)
    return made


def _found_elsewhere(
    one: Outcome, stray: Sequence[Outcome], rules: Mapping[str, FieldRule]
) -> Outcome | None:
    if one.gold is None or one.kind == "right":
        return None
    rule = rule_of(dict(rules), one.field)
    others = (other for other in stray if other.field != one.field and other.found)
    return next(
        (it for it in others if it.found and right(rule, one.gold.value, it.found.value)), None
    )
