"""The comparison as its page shows it."""

from collections.abc import Sequence
from typing import Any

from goldsmith.config import UseCase
from goldsmith.contests.comparing import FLIP_KINDS, Compared, Flip
from goldsmith.contests.evaluating import Evaluation
from goldsmith.contests.figures import Figure
from goldsmith.contests.notes import Note
from goldsmith.families.base import Example
from goldsmith.families.bootstrap import Difference
from goldsmith.reporting import compare
from goldsmith.reporting.compare import CompareData, DifferenceRow, FlipRow, Range, SideRow

MOST_FLIPS = 20  # of each kind


def render(config: UseCase, found: Compared, goldens: str, notes: Sequence[Note]) -> str:
    """The page.

    Args:
        config: the use case.
        found: the comparison.
        goldens: what was scored on, in words.
        notes: what was left out of the goldens.
    """
    change = found.differences[found.primary]
    data = CompareData(
        title=config.title,
        use_case=config.name,
        profile=config.profile,
        goldens=goldens,
        first=_side(found.first),
        second=_side(found.second),
        records=len(found.sifted.test.records),
        left_out=len(found.sifted.left_out),
        documents=change.documents,
        differing=change.differing,
        primary=found.primary,
        detectable=change.detectable,
        alpha=found.alpha,
        overall=_overall(found),
        labels=_labels(found),
        slices=_slices(found),
        flips=tuple(_flips(found)),
        counts=dict(found.flip_counts),
        same=found.same,
        remarks=(*found.remarks, *map(str, notes)),
    )
    return compare.render(data)


def _overall(found: Compared) -> tuple[DifferenceRow, ...]:
    """The primary metric first."""
    rows = sorted(found.differences.items(), key=lambda item: item[0] != found.primary)
    one, other = found.first.figures.overall, found.second.figures.overall
    return tuple(_row(name, change, one.get(name), other.get(name)) for name, change in rows)


def _labels(found: Compared) -> tuple[DifferenceRow, ...]:
    kind = found.label_kind
    one, other = found.first.figures, found.second.figures
    support = one.support | other.support
    return tuple(
        _row(label, change, one.labels.get(label, {}).get(kind),
             other.labels.get(label, {}).get(kind), support.get(label, 0))
        for label, change in found.labels.items()
    )  # fmt: skip


def _slices(found: Compared) -> tuple[DifferenceRow, ...]:
    one, other = found.first.figures.slices, found.second.figures.slices
    return tuple(
        _row(name, change, one[name][1], other[name][1], one[name][0])
        for name, change in found.slices.items()
    )


def _side(one: Evaluation) -> SideRow:
    side = one.scored.side
    return SideRow(
        name=side.name, model=f"{side.model}, version {side.version}" if side.version else side.model,
        sha256=side.sha256, objection=side.objection, notes=tuple(map(str, one.scored.notes)),
    )  # fmt: skip


def _row(
    name: str,
    change: Difference,
    first: Figure | None,
    second: Figure | None,
    count: int | None = None,
) -> DifferenceRow:
    return DifferenceRow(
        name=name, count=count, first=_range(first), second=_range(second),
        change=Range(value=change.mean, low=change.low, high=change.high), p_value=change.p_value,
    )  # fmt: skip


def _range(one: Figure | None) -> Range | None:
    return None if one is None else Range(**one._asdict())


def _flips(found: Compared) -> list[FlipRow]:
    """The first flips of each kind, with the words of those that are wrong."""
    shown = [one for kind in FLIP_KINDS for one in found.of_kind(kind)[:MOST_FLIPS]]
    return [_flip(found, one) for one in shown]


def _flip(found: Compared, one: Flip) -> FlipRow:
    record = found.sifted.test.records[one.place]
    shown = [
        _example(found, record, side.scored.predictions[one.place], wrong)
        for side, wrong in ((found.first, one.first), (found.second, one.second))
    ]
    return FlipRow(
        id=record.id, kind=one.kind, mistakes=(one.first, one.second),
        words=tuple(tuple(example.words) if example else () for example in shown),
        asked=next((example.asked for example in shown if example), ""),
    )  # fmt: skip


def _example(found: Compared, record: Any, prediction: Any, wrong: int) -> Example | None:
    """A record in error as its family shows it; None where it is right."""
    errors = found.sifted.test.family.explain([record], [prediction]).errors if wrong else []
    return errors[0] if errors else None
