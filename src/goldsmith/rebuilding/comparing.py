"""The version that was made again held against the one that is registered."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from goldsmith import pipeline
from goldsmith.artifacts import read_manifest
from goldsmith.errors import GoldsmithError, listed
from goldsmith.gates.verdict import recorded
from goldsmith.rebuilding.record import Record
from goldsmith.registry.registering import metric_name
from goldsmith.stages import judge, load

Result = Literal["same", "within", "differs", "told"]
SAME: Result = "same"
WITHIN: Result = "within"
DIFFERS: Result = "differs"
TOLD: Result = "told"  # differs, and says nothing against the version


class Row(NamedTuple):
    """One thing that was compared: its name, what became of it, and how that was seen."""

    what: str
    result: Result
    detail: str


@dataclass(frozen=True)
class Figure:
    """A figure then and now.

    Attributes:
        name: as the report has it.
        registered, rebuilt: None where one of the two has it not.
        bound: the most by which they may differ; None: it is shown only.
    """

    name: str
    registered: float | None
    rebuilt: float | None
    bound: float | None

    @property
    def result(self) -> Result:
        """What became of it."""
        if self.registered is None or self.rebuilt is None:
            return TOLD if self.bound is None else DIFFERS
        difference = abs(recorded(self.registered) - recorded(self.rebuilt))
        if not difference:
            return SAME
        if self.bound is None:
            return TOLD
        return WITHIN if recorded(difference) <= recorded(self.bound) else DIFFERS

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return {**asdict(self), "result": self.result}


class Tolerance(NamedTuple):
    """By how much figures may differ, and why.

    Attributes:
        primary: of the primary metric.
        others: of every other figure; None: they are shown only.
        said: where the number comes from, in words.
    """

    primary: float
    others: float | None
    said: str


def tolerance(record: Record, elsewhere: str, given: float | None) -> Tolerance:
    """How near the figures must be.

    On an equal processor with as many threads training is the same to the last bit, so they are
    equal. Elsewhere sums are rounded otherwise, and training ends in another model of the same
    worth: its figure must be one that these test records cannot tell from the version's, which is
    half the width of the version's own 95 % bootstrap interval.

    Args:
        record: the version.
        elsewhere: why equality cannot be expected, in words; empty where it can.
        given: a bound of the user's.
    """
    if given is not None:
        return Tolerance(given, None, "--tolerance")
    if not elsewhere:
        return Tolerance(0.0, 0.0, "the same processor, threads and libraries: equal")
    try:
        low, high = (float(record.version.tags[f"primary.{name}"]) for name in ("low", "high"))
    except (KeyError, ValueError):
        return Tolerance(0.0, None, f"{elsewhere}; the version has no interval: equal")
    half = recorded((high - low) / 2)
    said = f"{elsewhere}: half of the 95 % interval that the version was registered with"
    return Tolerance(half, None, said)


def figures(record: Record, folders: Mapping[str, str], bounds: Tolerance) -> list[Figure]:
    """Every figure then and now, the primary one first."""
    report = judge.read_report(Path(folders["judge"]))
    now = {metric_name(name): value for name, value in report.metrics.items()}
    then = dict(record.figures)
    primary = metric_name(report.primary)
    if primary not in then and "primary.value" in record.version.tags:
        then[primary] = float(record.version.tags["primary.value"])
    names = sorted(now.keys() | (then.keys() if record.figures else set()), key=lambda one: (one != primary, one))  # fmt: skip
    return [
        Figure(name, then.get(name), now.get(name), bounds.primary if name == primary else bounds.others)
        for name in names
        if record.figures or name == primary
    ]  # fmt: skip


def rows(record: Record, folders: Mapping[str, str]) -> list[Row]:
    """Everything but the figures.

    Raises:
        GoldsmithError: the run left no artifacts that can be read.
    """
    made = {name: read_manifest(Path(folder)) for name, folder in folders.items()}
    broken = [name for name, one in made.items() if one is None]
    if broken:
        raise GoldsmithError(f"the run left no whole artifact of {listed(broken)}")
    found = {name: one for name, one in made.items() if one is not None}
    return [
        *_data(record, Path(folders["load"])),
        *_made_from(record, found),
        *_contents(record, found),
        *_files(record, Path(folders["judge"])),
    ]


def _row(what: str, same: bool, detail: str, otherwise: Result = DIFFERS) -> Row:
    return Row(what, SAME if same else otherwise, detail)


def _data(record: Record, loaded: Path) -> Iterator[Row]:
    facts, passport = load.read_facts(loaded), record.passport
    for what, name in (("data", "md5"), ("goldens", "goldens_md5")):
        then, now = passport.get("data_md5" if name == "md5" else name, ""), facts.get(name, "")
        if then or now:
            detail = f"md5 {now}" if then == now else f"md5 {now or 'none'}, then {then or 'none'}"
            yield _row(what, then == now, detail)


def _made_from(record: Record, made: Mapping[str, Any]) -> Iterator[Row]:
    """Code, settings and base, by what each stage's key is the digest of."""
    then = record.passport.get("stages", {})
    now = {name: one["about"].get("made_from") or {} for name, one in made.items()}
    if now.get(pipeline.RAW):
        now["generate"] = now.pop(pipeline.RAW)
    for what, part in (("code", "code"), ("settings", "config"), ("base model", "identity")):
        stages = [one for one in then if one in now and part in then[one]]
        other = [
            f"{stage}: {name}"
            for stage in stages
            for name in sorted(then[stage][part].keys() | now[stage].get(part, {}).keys())
            if not _of_a_snapshot(name, now[stage].get(part, {}).get(name))
            and json.dumps(then[stage][part].get(name), sort_keys=True)
            != json.dumps(now[stage].get(part, {}).get(name), sort_keys=True)
        ]
        detail = f"of {len(stages)} stages" if not other else listed(sorted(set(other)))
        if stages:
            yield _row(what, not other, detail)


def _of_a_snapshot(name: str, now: object) -> bool:
    """Whether a setting says that rows of a database were read from their snapshot."""
    return name == "source.kind" and now == "files"


def _contents(record: Record, made: Mapping[str, Any]) -> Iterator[Row]:
    """How far the stages made the same files, byte by byte; `judge` has measured times in its."""
    then = record.passport.get("contents", {})
    for name in ("prepare", "train", "export"):
        if name in then and name in made:
            same = then[name] == made[name]["content"]
            what = {"prepare": "prepared data", "train": "weights", "export": "exported files"}[
                name
            ]
            detail = f"content {made[name]['content'][:12]}" + ("" if same else f", then {then[name][:12]}")  # fmt: skip
            yield _row(what, same, detail, DIFFERS if name == "prepare" else TOLD)


def _files(record: Record, judged: Path) -> Iterator[Row]:
    """The verdict and the files that it is about, by their sha256."""
    then, now = record.verdict, judge.read_verdict(judged)
    yield _row("model sha256", then.model_sha256 == now.model_sha256, now.model_sha256[:16], TOLD)
    ours = {one.name: one.sha256 for one in now.variants}
    for one in then.variants:
        same = ours.get(one.name) == one.sha256
        yield _row(f"{one.name} sha256", same, ours.get(one.name, "not among those that passed")[:40], TOLD)  # fmt: skip
    said = "passed" if now.passed else f"refused: {now.failed[0].reason if now.failed else 'no variant'}"  # fmt: skip
    yield _row("verdict", then.passed == now.passed, said, TOLD)
