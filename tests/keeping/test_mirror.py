"""gc of the mirror, in a folder and on a real S3 server (moto): the old goes, the shared files stay."""

import os
import shutil
import time
from pathlib import Path

import pytest

from goldsmith import keeping, mirror, mirrored
from goldsmith.errors import UserError
from goldsmith.keeping import Policy
from goldsmith.mirror import blob_name
from goldsmith.mirrored import FILES, Mirrored
from tests.command import World, ended_well

LATER = time.time() + 100 * 86400


@pytest.fixture(params=["folder", "s3"])
def far(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the mirror is."""
    (tmp_path / "shared").mkdir()
    where = str(tmp_path / "shared")
    if request.param == "s3":
        where = f"s3://{request.getfixturevalue('bucket')}/some/prefix"
    monkeypatch.setenv("GOLDSMITH_ARTIFACTS", where)
    return where


@pytest.fixture
def store(far: str) -> Mirrored:
    found = mirrored.store()
    assert isinstance(found, Mirrored)
    return found


def make(store: Mirrored, key: str, text: str, stage: str = "stage", **about: str) -> None:
    def fill(folder: Path) -> None:
        (folder / "own").write_text(text)
        (folder / "same").write_text("in every artifact")

    store.ensure(stage, key, fill, about)


def swept(now: float | None = None, dry: bool = False) -> dict[str, bool]:
    """Of everything in the mirror whether it goes."""
    found = keeping.sweep(Policy(30, 1), dry, now=now, mirror=True)
    assert not found.failed
    every = (*found.removed, *found.kept)
    return {one.name: one.goes for one in every if one.kind == "mirrored"}


def test_the_old_goes_and_files_of_what_stays_do_not(
    store: Mirrored, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(store, "a" * 64, "one")
    make(store, "b" * 64, "two", use_case="toy")
    whole = store.place.names(FILES)
    assert len(whole) == 3
    assert swept() == {f"stage/{'a' * 64}": False, f"stage/{'b' * 64}": False}
    # A model that was registered from here and is in another registry: nobody knows what it needs.
    locks = store.root.parent / "locks"
    locks.mkdir(exist_ok=True)
    (locks / "register-toy.demo.lock").touch()
    wanted = {f"stage/{'a' * 64}": True, f"stage/{'b' * 64}": False}
    assert swept(LATER, dry=True) == wanted
    assert store.place.names(FILES) == whole, "dry"
    assert swept(LATER) == wanted
    assert len(store.place.names(FILES)) == 2
    assert [one.key for one in store.kept()] == ["b" * 64]


def test_states_that_nobody_goes_on_from_and_loose_files_go(store: Mirrored) -> None:
    make(store, "a" * 64, "one")
    kept = store.place.names(FILES)
    store.place.write("checkpoints/train-abc/final/00000001.json", b"{}")
    store.place.write("checkpoints/train-abc/final/files/ab/abc", b"weights")
    store.place.write(blob_name(FILES, "0" * 64), b"sent, and then its sender was killed")
    assert swept() == {f"stage/{'a' * 64}": False, "checkpoints/train-abc": False}
    found = swept(time.time() + 2 * 86400)
    assert found == {f"stage/{'a' * 64}": False, "checkpoints/train-abc": False, FILES: True}
    assert store.place.names(FILES) == kept
    assert swept(LATER)["checkpoints/train-abc"]
    assert store.place.names("checkpoints") == []


def test_what_a_newer_version_sent_stays_with_every_file(store: Mirrored) -> None:
    store.place.write(f"artifacts/stage/{'c' * 64}.json", b'{"schema": 99}')
    store.place.write(blob_name(FILES, "0" * 64), b"whose, nobody here can say")
    assert swept(LATER) == {f"stage/{'c' * 64}": False}
    assert len(store.place.names(FILES)) == 1


def test_without_a_mirror_there_is_nothing_to_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOLDSMITH_ARTIFACTS", raising=False)
    with pytest.raises(UserError, match="--mirror: there is none: GOLDSMITH_ARTIFACTS"):
        keeping.sweep(Policy(), mirror=True)


@pytest.mark.slow
def test_a_champion_answers_from_the_mirror_after_everything_else_went(
    champion: World, tmp_path: Path
) -> None:
    """What its passport names stays in the mirror, and a machine with an empty disk finds it there."""
    far = champion.folder.parent / "far"
    far.mkdir()
    champion.variables["GOLDSMITH_ARTIFACTS"] = str(far)
    champion.train()
    needed = sorted((far / "artifacts").rglob("*.json"))
    assert needed
    place = mirror.opened(str(far))
    assert place
    make(Mirrored(tmp_path / "other", place), "a" * 64, "of no version", "train", use_case="toy")
    for file in far.rglob("*.json"):
        os.utime(file, (0, 0))
    ended_well(champion.run("gc", "--mirror", "--keep-days", "0", "--keep-versions", "0"), 0)
    assert sorted((far / "artifacts").rglob("*.json")) == needed
    shutil.rmtree(champion.home / "artifacts")
    ended_well(champion.run("verify", "toy"), 0)
    again = champion.train()
    assert (again["version"], again["outcome"]) == (1, "champion")
    assert champion.made("train"), "fetched"
