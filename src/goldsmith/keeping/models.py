"""Which versions of a registered model are kept, and what those need."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from goldsmith.keeping.items import DAY, LEAST_DAYS, Item, Policy, aged
from goldsmith.registry import fresh, removal, seat
from goldsmith.registry.files import file_key
from goldsmith.registry.rollback import earlier, looked_at
from goldsmith.registry.seat import Seat
from goldsmith.registry.versions import Version, bundle_key, get
from goldsmith.stages import contest

SNAPSHOT = "snapshot"
RESULTS_TAG = "results_md5"  # of judged results
RESULTS = "judged results are small, and any may be accepted"
NO_CHAMPION = "the model has no champion yet: any of its versions may become it"


@dataclass
class Needs:
    """What kept versions need of this machine's artifact store.

    Attributes:
        artifacts: why, in words, by (stage, key).
        use_cases: of which nothing may go, because nobody can tell what is needed; why, by name.
    """

    artifacts: dict[tuple[str, str], str] = field(default_factory=dict)
    use_cases: dict[str, str] = field(default_factory=dict)

    def of_use_case(self, stage: str, name: str) -> str:
        """Why an artifact stays whose use case's needs nobody can tell; empty if they can be told.

        Goldens of a snapshot may be those of any use case.
        """
        if stage == SNAPSHOT:
            return next(iter(self.use_cases.values()), "")
        return self.use_cases.get(name, "")


def held(now: Seat) -> dict[int, str]:
    """The versions that a model cannot do without, by number, and why: its champion, the one to
    which a rollback would go, and those that an alias names.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    found: dict[int, str] = {}
    if now.champion is None:
        return found
    for number in earlier(now.book):
        version = get(now.book.model, number)
        if version is not None and not looked_at(version)[0]:
            found[number] = f"a rollback of version {now.champion.number} goes to it"
            break
    before = now.book.head.previous if now.book.head else None
    if before is not None:
        found.setdefault(before, f"champion before version {now.champion.number}")
    found[now.champion.number] = "champion"
    return found


def kept(
    now: Seat, versions: Sequence[Version], policy: Policy, time: float
) -> dict[int, tuple[bool, str]]:
    """Of each version whether it stays, and why; newest first.

    Args:
        now: who is champion.
        versions: of ours, newest first.
        policy: how long things stay.
        time: now, in seconds since 1970.
    """
    needed, found = held(now), dict[int, tuple[bool, str]]()
    for place, one in enumerate(versions):
        days = (time - one.created) / DAY
        if one.number in now.book.removed:
            found[one.number] = (False, "its removal was begun")
        elif one.number in needed:
            found[one.number] = (True, needed[one.number])
        elif one.aliases:
            found[one.number] = (True, f"alias {', '.join(one.aliases)}")
        elif now.champion is None:
            found[one.number] = (True, RESULTS if RESULTS_TAG in one.tags else NO_CHAMPION)
        elif place < policy.versions:
            found[one.number] = (True, f"among the newest {policy.versions}")
        elif days < (least := max(policy.days, LEAST_DAYS)):
            found[one.number] = (True, f"younger than {least:g} day(s)")
        else:
            found[one.number] = (False, aged(days))
    return found


def judged(model: str, policy: Policy, time: float, needs: Needs) -> list[tuple[Item, Version]]:
    """What becomes of the versions of a model; what the kept ones need is added.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    ours = removal.of_ours(model)
    if not ours:
        return []
    now = seat.settle(model, must_be_there=False)
    found, vital = kept(now, ours, policy, time), held(now)
    result = []
    for one in ours:
        stays, why = found[one.number]
        if stays:
            whole = one.number in vital or bool(one.aliases)
            _add(needs, one, f"{model} version {one.number}: {why}", whole)
        item = Item("version", f"{model} version {one.number}", 0, not stays, why)
        result.append((item, one))
    return result


def _add(needs: Needs, version: Version, why: str, whole: bool) -> None:
    """What a version needs: the raw goldens, which may be nowhere else; with `whole` every artifact
    that it was made of, and the copies by which it answers here."""
    results = RESULTS_TAG in version.tags
    passport = fresh.results_passport(version) if results else fresh.passport(version)
    keys = (passport or {}).get("artifacts")
    if keys is None:
        name = version.model.partition(".")[0]
        needs.use_cases.setdefault(
            name, f"{version.model} version {version.number} has no passport"
        )
        return
    for stage, key in keys.items():
        if stage == "raw" or stage.startswith("raw_"):
            for first in ("generate", "snapshot"):
                needs.artifacts.setdefault((first, key), why)
        elif whole:
            needs.artifacts.setdefault((stage, key), why)
    if whole:
        needs.artifacts.setdefault(("bundle", bundle_key(version)), why)
        key = file_key(version, contest.TRAINED_ON_FILE)
        needs.artifacts.setdefault(("version-file", key), why)


def remove(found: Sequence[tuple[Item, Version]], policy: Policy, time: float) -> set[int]:
    """Remove the versions of a model that may go, by the ledger as it is now; which.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    if not any(item.goes for item, _ in found):
        return set()
    ours = {version.number: version for _, version in found}
    model = found[0][1].model

    def choose(now: Seat) -> set[int]:
        # Aliases are set by people at any time: looked at as late as can be.
        current = [one for number in ours if (one := get(model, number)) is not None]
        return {
            number for number, (stays, _) in kept(now, current, policy, time).items() if not stays
        }

    gone = removal.announce(model, choose) & ours.keys()
    for number in sorted(gone):
        removal.delete(ours[number])
    return gone
