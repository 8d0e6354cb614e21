"""What must hold after a race, whatever befell the processes."""

import hashlib
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from goldsmith import gates
from goldsmith.registry import ledger, promotion, store, versions
from goldsmith.registry.ledger import Entry
from goldsmith.registry.versions import Version
from tests.races import contestants
from tests.races.crew import Story


@dataclass(frozen=True)
class Found:
    """Counts of what was looked at."""

    champions: int
    late: int
    replayed: int


def check(model: str, story: Story) -> Found:
    """Look at a race's end.

    Raises:
        AssertionError: something that must hold does not.
    """
    assert not story.errors, story.errors[:3]
    champion = versions.champion(model)
    book = ledger.read(model)
    assert champion is not None and book.head is not None, "promotions ended and nobody is champion"
    assert champion.number == book.head.version == _alias(model), "the alias is not at the head"
    known = {number: _version(model, number) for number in {*story.completed, *_numbers(book)}}
    _check_entries(book.entries, known)
    _check_late(story, book.entries)
    for number in story.completed - {champion.number}:
        found = contestants.judge(known[number])(champion)
        assert found.better is False, f"version {number} would beat the champion: {found.reason}"
    replayed = [known[number] for number in sorted(story.completed)]
    _check_replays(model, replayed, champion.number)
    return Found(len(book.entries), len(story.late), len(replayed))


def _numbers(book: ledger.Ledger) -> set[int]:
    return {one.version for one in book.entries}


def _version(model: str, number: int) -> Version:
    found = versions.get(model, number)
    assert found is not None
    return found


def _alias(model: str) -> int | None:
    stands = store.client().get_registered_model(model).aliases.get(versions.CHAMPION)
    return int(stands) if stands is not None else None


def _check_entries(entries: tuple[Entry, ...], known: dict[int, Version]) -> None:
    """Every champion was judged better than the one before it, and its verdict is kept."""
    client = store.client()
    for place, entry in enumerate(entries):
        previous = entries[place - 1] if place else None
        assert entry.number == place + 1 and entry.kind == "promoted"
        assert entry.previous == (previous.version if previous else None)
        version = known[entry.version]
        with tempfile.TemporaryDirectory() as scratch:
            text = Path(client.download_artifacts(version.run_id, entry.file, scratch)).read_bytes()
        assert hashlib.sha256(text).hexdigest() == entry.verdict, f"entry {entry.number}: verdict"
        verdict = gates.from_json(json.loads(text))
        assert verdict.passed
        if previous is None:
            assert verdict.champion_seen is None
            continue
        assert verdict.champion_seen == str(previous.version), "judged against another champion"
        assert verdict.gates[-1].name == "champion.superiority" and verdict.gates[-1].passed
        assert contestants.quality(version) > contestants.quality(known[previous.version])


def _check_late(story: Story, entries: tuple[Entry, ...]) -> None:
    """Whoever slept before it wrote changed nothing of what was written meanwhile."""
    for one in story.late:
        assert entries[: len(one.woken)] == one.woken, "an entry was written over"
        assert one.done is not None
        if one.done.text == "promoted":
            slept_on = one.before[-1].version if one.before else None
            judged = one.done.judged
            assert judged and judged[-1] != slept_on, f"a late waker did not judge again: {one}"


def _check_replays(model: str, completed: list[Version], champion: int) -> None:
    """Promoting again what was promoted to its end changes nothing."""
    before = ledger.read(model)
    for version in completed:
        decided = promotion.promote(
            version, contestants.verdict(version), contestants.judge(version)
        )
        assert decided.champion == champion
        assert (decided.outcome == "champion") == (version.number == champion), decided
    assert ledger.read(model) == before
