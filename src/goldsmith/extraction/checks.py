"""What can be wrong with results or goldens: counted, named, and bounded by a share."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from goldsmith.config.evaluation import REST, FieldRule, ResultsChecks, rule_of
from goldsmith.errors import near
from goldsmith.records import Field, OcrPage
from goldsmith.validation.checking import MAX_IDS, Check, Validation, result

STAGE = "validate_results"


class Fault(NamedTuple):
    """What a check found.

    Attributes:
        ids: of the documents or records at fault.
        of: how many were looked at.
        seen: what was seen in some of them.
    """

    ids: list[str]
    of: int
    seen: tuple[str, ...] = ()


class Sides(NamedTuple):
    """Both sides and the pages."""

    goldens: Sequence[Field]
    results: Sequence[Field]
    pages: Sequence[OcrPage]
    rules: Mapping[str, FieldRule]


TITLES = {
    "values": ("both sides have values", "look at the paths and at the formats of the two sides"),
    "doubled_goldens": (
        "one gold value a field and document",
        "leave one of them, or say `many: true` for the field under `fields:`",
    ),
    "doubled_results": (
        "one found value a field and document",
        "the second counts as a false alarm; say `many: true` if there may be several",
    ),
    "unknown_fields": ("fields have the names that the goldens use", "rename them on one side"),
    "rules_without_goldens": (
        "every rule under `fields:` is for a field of the goldens", "correct its name"
    ),
    "results_without_goldens": (
        "results are of documents that have goldens",
        "they are left out; are ids of documents written alike on both sides?",
    ),
    "goldens_without_results": (
        "documents with goldens have results",
        "all their values count as missed; are ids of documents written alike on both sides?",
    ),
    "empty_values": ("values are not empty", "leave out what was not found"),
    "wrong_boxes": (
        "boxes are left, top, right, bottom, and none is negative",
        "they are not drawn; scores do not depend on them",
    ),
    "overlapping_boxes": (
        "boxes of two fields of a document do not lie over one another",
        "look whether one value is given for two fields",
    ),
    "wrong_scores": ("confidences are within 0 and 1", "divide per cents by 100"),
    "documents_without_pages": (
        "documents have pages, where there are pages at all", "they are shown without a picture"
    ),
}  # fmt: skip


def validate(sides: Sides, bounds: ResultsChecks) -> Validation:
    """Look at both sides; a check fails beyond its share, and others warn."""
    found = _faults(sides)
    checks = [_check(name, found[name], bounds) for name in TITLES if name in found]
    return result(STAGE, len(sides.goldens) + len(sides.results), checks)


def _faults(sides: Sides) -> dict[str, Fault]:
    gold, found = sides.goldens, sides.results
    lacking = [name for name, side in (("goldens", gold), ("results", found)) if not side]
    if lacking:
        return {"values": Fault([f"{name} are empty" for name in lacking], len(lacking))}
    told, seen = _documents(gold), _documents(found)
    faults = {
        "values": Fault([], 2),
        "doubled_goldens": _doubled(gold, sides.rules),
        "doubled_results": _doubled(found, sides.rules),
        "unknown_fields": _unknown_fields(sides),
        "rules_without_goldens": _idle_rules(sides),
        "results_without_goldens": Fault([one for one in seen if one not in told], len(seen)),
        "goldens_without_results": Fault([one for one in told if one not in seen], len(told)),
        "empty_values": Fault(
            [one.id for one in (*gold, *found) if not one.value.strip()], len(gold) + len(found)
        ),
        "wrong_boxes": _wrong_boxes((*gold, *found)),
        "overlapping_boxes": _overlapping(found),
        "wrong_scores": Fault([one.id for one in found if not 0 <= one.score <= 1], len(found)),
    }
    if sides.pages:
        drawn = {page.document_id for page in sides.pages}
        lost = [one for one in told if one not in drawn]
        faults["documents_without_pages"] = Fault(lost, len(told))
    return faults


def _documents(fields: Iterable[Field]) -> dict[str, None]:
    return dict.fromkeys(one.document_id for one in fields)


def _doubled(fields: Sequence[Field], rules: Mapping[str, FieldRule]) -> Fault:
    times = Counter((one.document_id, one.field) for one in fields)
    again = [
        key for key, count in times.items() if count > 1 and not rule_of(dict(rules), key[1]).many
    ]
    values = (
        " and ".join(repr(one.value[:30]) for one in fields if (one.document_id, one.field) == key)
        for key in again[:3]
    )
    return Fault([f"{document}: {field}" for document, field in again], len(times), tuple(values))


def known_fields(goldens: Iterable[Field], rules: Mapping[str, FieldRule]) -> list[str]:
    """The fields that are judged: those under `fields:`, unless `*` or nothing stands there; else
    those of the goldens."""
    if rules and REST not in rules:
        return list(rules)
    return sorted({one.field for one in goldens})


def _unknown_fields(sides: Sides) -> Fault:
    known = known_fields(sides.goldens, sides.rules)
    strange = [one for one in (*sides.goldens, *sides.results) if one.field not in known]
    names = dict.fromkeys(one.field for one in strange)
    seen = tuple(f"{name[:40]!r}, {near(name, known)}" for name in names)
    return Fault([one.id for one in strange], len(sides.goldens) + len(sides.results), seen)


def _idle_rules(sides: Sides) -> Fault:
    there = {one.field for one in sides.goldens}
    idle = [name for name in sides.rules if name != REST and name not in there]
    return Fault(idle, len(sides.rules), tuple(f"{name!r}, {near(name, there)}" for name in idle))


def wrong_box(box: Sequence[float]) -> bool:
    """Whether a box is there and is none: negative, or its right before its left."""
    if not box:
        return False
    left, top, right, bottom = box
    return min(box) < 0 or right < left or bottom < top


def _wrong_boxes(fields: Sequence[Field]) -> Fault:
    boxed = [one for one in fields if one.box]
    faulty = [one for one in boxed if wrong_box(one.box)]
    return Fault([one.id for one in faulty], len(boxed), tuple(str(one.box) for one in faulty[:3]))


def _overlapping(fields: Sequence[Field]) -> Fault:
    """Boxes of two fields of which one covers more than half of the smaller."""
    pages: dict[tuple[str, int], list[Field]] = {}
    for one in fields:
        if one.box and not wrong_box(one.box):
            pages.setdefault((one.document_id, one.page), []).append(one)
    faulty = [
        f"{first.id} and {second.id}"
        for on_page in pages.values()
        for first, second in combinations(on_page, 2)
        if first.field != second.field and _covers(first.box, second.box)
    ]
    return Fault(faulty, sum(map(len, pages.values())))


def _covers(first: Sequence[float], second: Sequence[float]) -> bool:
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    areas = ((box[2] - box[0]) * (box[3] - box[1]) for box in (first, second))
    return width > 0 and height > 0 and width * height > 0.5 * min(areas)


def _check(name: str, fault: Fault, bounds: ResultsChecks) -> Check:
    title, remedy = TITLES[name]
    allowed = 0.0 if name == "values" else bounds.allowed(name)
    share = len(fault.ids) / max(fault.of, 1)
    status: Literal["passed", "warning", "failed"] = "passed"
    if fault.ids:
        status = "warning" if allowed is None or share <= allowed else "failed"
    return Check(
        check=name,
        title=title,
        status=status,
        observed=f"observed {len(fault.ids)} of {fault.of}",
        bound="" if allowed is None else f"at most {allowed:.0%}",
        failures=len(fault.ids),
        ids=tuple(fault.ids[:MAX_IDS]),
        seen=fault.seen[:3],
        remedy=remedy,
    )


def usable(fields: Iterable[Field], known: Sequence[str]) -> Iterator[Field]:
    """The values that are scored: of known fields, and not empty."""
    return (one for one in fields if one.field in known and one.value.strip())
