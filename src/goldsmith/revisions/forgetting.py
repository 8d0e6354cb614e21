"""forget: take records out of the goldens so that they never come back, and say who has seen
them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from goldsmith.config import UseCase
from goldsmith.curation import fixed
from goldsmith.errors import DataError, StoreError, UserError, listed
from goldsmith.revisions import holders, naming, purging, rewriting, workplace
from goldsmith.revisions.holders import History, Revision, TrainedOn
from goldsmith.revisions.purging import Plan
from goldsmith.revisions.workplace import Say, Workplace
from goldsmith.versioning import checking_out, pointers, swapping, tombstones
from goldsmith.versioning.tombstones import Tombstones


@dataclass(frozen=True)
class Forgotten:
    """What `forget` did.

    Attributes:
        removed: records taken out of the working data.
        also: how many of them were not named, but have the id or the input of one that was.
        before: of the named ones, how many were forgotten before.
        left: records that the working data still have.
        tombstones: the file of tombstones.
        revisions: of the goldens, and how many of the records each holds.
        versions: registered ones; None where the registry could not be asked.
        untold: what could not be found out or done, in words.
        purged: what was deleted for good; None without a purge.
        commands: what to type so that git has the new revision.
    """

    removed: int
    also: int
    before: int
    left: int
    tombstones: Path
    revisions: list[Revision]
    versions: list[TrainedOn]
    untold: list[str]
    purged: Plan | None = None
    commands: list[str] = field(default_factory=list)


def forget(
    config: UseCase, ids: Sequence[str], why: str, say: Say, purge: bool = False, sure: bool = False
) -> Forgotten:
    """Take records out of the working data and of every later revision.

    Args:
        config: the use case.
        ids: of the records; none for all that have a tombstone already (to purge them).
        why: for the tombstones.
        say: takes lines of progress.
        purge: also delete what holds the records from cache, remotes and artifact store.
        sure: go on with the purge; without it, it is only said what would be deleted.

    Raises:
        ConfigError: the use case does not read files of the working tree.
        UserError: no pointer, ids that no revision has, or a purge that is not sure; nothing is
            changed then.
        DataError: nothing would be left, or a format that cannot be rewritten safely.
        StoreError: DVC or the disk refuses.
    """
    place = workplace.find(config)
    with place.locked(say) as objects:
        pointer = place.pointer()
        if not place.path.exists():
            checking_out.check_out(objects, pointer, say)
        history = History(place, objects, say)
        known = tombstones.read(config.name)
        named = naming.find(history, known, ids, why)
        wanted = Tombstones(config.name, [*named.new, *named.old])
        left, removed, also = _count(place, wanted, ids)
        revisions = history.search(wanted)
        versions, untold = _versions(config.name, revisions, wanted)
        untold += _in_fixed_part(config, wanted)
        plan = purging.plan(place, objects, revisions, wanted) if purge else None
        if plan is not None:
            _say_plan(plan, say, sure)
        with place.scratch() as scratch:
            copy = place.copy_to(scratch)
            rewriting.leave_out(place, copy, wanted)
            # First the tombstones: from here on nothing that is loaded has the records.
            file = tombstones.write(_merged(known, wanted, revisions))
            if removed:
                swapping.replace(copy, place.path)
        objects.add(place.path, say)
        if plan is not None:
            purging.carry_out(plan, objects)
    if named.places:
        untold.append(
            f"{listed(named.places)}: places in a file, not ids: other records have them now, so do "
            "not run this list again"
        )
    commands = place.to_commit(file)
    stones = {(one.id, one.text) for one in known.stones}
    before = sum((one.id, one.text) in stones for one in wanted.stones)
    return Forgotten(removed, also, before, left, file, revisions, versions, untold, plan, commands)


def _in_fixed_part(config: UseCase, wanted: Tombstones) -> list[str]:
    """Whether the fixed test set still holds records; loading leaves them out all the same."""
    count = sum(map(wanted.covers, fixed.records(config)))
    remedy = "`goldsmith data forget ... --part goldens` takes them out of its files too"
    return [f"the fixed test set holds {count} of them: {remedy}"] if count else []


def _count(place: Workplace, wanted: Tombstones, ids: Sequence[str]) -> tuple[int, int, int]:
    """How many records of the working data stay, how many go, and how many of those go unnamed."""
    names, flags, also = set(ids), [], 0
    for record in place.records():
        flags.append(wanted.covers(record))
        also += flags[-1] and record.id not in names
    if all(flags):
        raise DataError(
            f"{place.path}: these are all of its {len(flags):,} records; nothing was changed. To end "
            f"a use case, `dvc remove {pointers.beside(place.path)}` and delete its file"
        )
    return len(flags) - sum(flags), sum(flags), also


def _merged(known: Tombstones, wanted: Tombstones, revisions: Sequence[Revision]) -> Tombstones:
    """All tombstones, those of these records with the data that held them."""
    old = {(one.id, one.text): one for one in known.stones}
    new = {(one.id, one.text): one for one in wanted.stones}
    for key, one in new.items():
        held = {md5 for rev in revisions if one in rev.stones for md5 in (rev.md5, rev.loaded_md5)}
        kept = old.get(key, one)  # when and why it was forgotten first
        new[key] = replace(kept, revisions=tuple(sorted({*kept.revisions, *held})))
    return Tombstones(known.use_case, (old | new).values())


def _say_plan(plan: Plan, say: Say, sure: bool) -> None:
    say("a purge deletes for good:")
    for line in plan.lines() or ["nothing: no object and no artifact holds the records"]:
        say(f"  {line}")
    for name in plan.kept:
        say(f"  not object {name}: another pointer of the working tree names it too")
    if not sure:
        raise UserError(
            "nothing was changed or deleted: look at the list above, and add --yes to go on"
        )


def _versions(
    name: str, revisions: list[Revision], wanted: Tombstones
) -> tuple[list[TrainedOn], list[str]]:
    untold = [
        f"revision {one.commit} ({one.md5}): {one.why}" for one in holders.unreadable(revisions)
    ]
    try:
        found = holders.versions(name, revisions, wanted)
    except StoreError as error:
        return [], [*untold, f"which registered versions were trained on them: {error}"]
    for one in found:
        if one.held is None:
            untold.append(
                f"{one.shown}: its data (md5 {one.data_md5 or 'unknown'}) are no revision that can "
                "be read, and this machine's artifact store has them no more"
            )
    return found, untold


def as_json(found: Forgotten) -> dict[str, Any]:
    """As plain values."""
    plain = {name: getattr(found, name) for name in ("removed", "also", "before", "left", "untold")}
    return plain | {
        "tombstones": str(found.tombstones),
        "revisions": [_plain(one) for one in found.revisions],
        "versions": [vars(one) | {"aliases": list(one.aliases)} for one in found.versions],
        "purged": found.purged.as_json() if found.purged else None,
        "commands": list(found.commands),
    }


def _plain(one: Revision) -> dict[str, Any]:
    names = ("commit", "md5", "loaded_md5", "holds", "files", "why")
    return {name: getattr(one, name) for name in names}
