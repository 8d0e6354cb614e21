"""Data, base and code from wherever they may still be had; what cannot is told, all at once."""

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from goldsmith import bases, config, pipeline, versioning
from goldsmith.artifacts import Store, digest
from goldsmith.errors import GoldsmithError, StoreError
from goldsmith.rebuilding import base_model, clones, gathering
from goldsmith.rebuilding.place import Place, write_use_case
from goldsmith.settings import Settings
from goldsmith.versioning import tombstones
from goldsmith.versioning.tombstones import Tombstone, Tombstones
from tests.cli.here import here
from tests.cli.test_clearing import listing
from tests.command import World, ended_well
from tests.test_artifacts import fill
from tests.versioning.conftest import Project, empty, project  # noqa: F401 (fixtures)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    root = tmp_path / "place"
    root.mkdir()
    return Place(root)


def passport(project: Project) -> dict[str, Any]:  # noqa: F811
    """As much of one as gathering needs."""
    settings = project.config().model_dump(mode="json")
    files = sorted(project.data.glob("*.jsonl"))
    return {
        "use_case": "toy",
        "data_md5": versioning.md5(files, single=False),
        "data": {},
        "project_commit": project.git("rev-parse", "HEAD"),
        "config": settings,
    }


def gathered(made: dict[str, Any], place: Place) -> str:
    found = gathering.data(made, place, None, lambda text: None)
    assert found.path is not None
    files = sorted(Path(found.path).glob("*.jsonl"))
    assert versioning.md5(files, single=False) == made["data_md5"]
    shutil.rmtree(place.home)
    return found.said


def test_data_as_they_are_here_then_behind_their_pointer_then_nowhere(
    project: Project,  # noqa: F811
    place: Place,
) -> None:
    made = passport(project)
    assert "as it is here" in gathered(made, place)
    project.write(project.lines()[:-1])
    assert "by DVC" in gathered(made, place)
    shutil.rmtree(project.data)
    project.git("rm", "-q", "--cached", "data/raw/toy.dvc")
    Path("data/raw/toy.dvc").unlink()
    project.git("commit", "-qam", "gone")
    assert "of revision" in gathered(made, place), "a pointer of an earlier commit"
    for file in project.cached():
        file.unlink()
    with pytest.raises(StoreError, match="nowhere to be had") as raised:
        gathered(made, place)
    assert "neither in DVC's cache nor" in str(raised.value) or "no remote" in str(raised.value)
    assert "goldsmith data push" in str(raised.value)


def test_forgotten_records_are_not_trained_on_again(empty: Project) -> None:  # noqa: F811
    made = {"use_case": "toy", "data_md5": "abc.dir", "goldens_md5": ""}
    assert gathering.refuse_forgotten(made)
    known = Tombstones("toy")
    stone = Tombstone(known.id_hash("s60"), None, "2026-01-01", "asked", ("abc.dir",))
    tombstones.write(Tombstones("toy", [stone]))
    with pytest.raises(
        GoldsmithError, match=r"1 record\(s\).* a model is not trained on them again"
    ):
        gathering.refuse_forgotten(made)


def test_a_base_must_be_the_one_of_then(place: Place, tiny_base: Path, tmp_path: Path,
                                         monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    folder, clone = tmp_path / "work", place.root / "project"
    shutil.copytree(tiny_base, folder / "bases" / "tiny")
    clone.mkdir()
    monkeypatch.chdir(folder)
    known = {"name": "./bases/tiny", "commit": None, "files": bases.hashes(tiny_base)}
    assert "3 files" in base_model.find({"base": known}, place, clone)
    assert bases.hashes(clone / "bases" / "tiny") == known["files"]
    assert "at the commit" in base_model.find({"base": known}, place, clone)
    shutil.rmtree(clone / "bases")
    (folder / "bases" / "tiny" / "config.json").write_text("{}")
    with pytest.raises(GoldsmithError, match=r"another config.json .* put the one of sha256"):
        base_model.find({"base": known}, place, clone)
    shutil.rmtree(folder / "bases")
    with pytest.raises(GoldsmithError, match="no such folder"):
        base_model.find({"base": known}, place, clone)
    hub = {"name": "somebody/gone", "commit": "1" * 40, "files": {}}
    with pytest.raises(GoldsmithError, match="somebody/gone"):
        base_model.find({"base": hub}, place, clone)


def test_data_of_a_hub_by_their_commit(place: Place) -> None:
    section = {
        "kind": "hub",
        "dataset": "a/b",
        "revision": "1" * 40,
        "reader": {"format": "tokens"},
    }
    made = {"config": {"source": section}, "data_md5": "", "data": {"commit": "1" * 40}}
    with pytest.raises(GoldsmithError, match="HF_HUB_OFFLINE"):
        gathering.data(made, place, None, lambda text: None)
    facts = {"kind": "hub", "commit": "1" * 40, "dataset": "a/b", "config": None, "splits": None}
    held = Store(Settings().artifacts).ensure("snapshot", digest(facts), fill)
    made |= {"artifacts": {"raw": held.key}, "contents": {"raw": held.content}}
    found = gathering.data(made, place, None, lambda text: None)
    assert found == gathering.Had("the copy in this machine's artifact store")
    there = Store(place.home / "artifacts").find("snapshot", digest(facts))
    assert there is not None and there.content == held.content
    section["reader"] = {"format": "of next year"}
    with pytest.raises(GoldsmithError, match=r"does not read these settings of then .*format"):
        gathering.data(made, place, None, lambda text: None)


def test_rows_of_a_database_are_those_of_their_snapshot(
    project: Project,  # noqa: F811
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Read as then: from this machine's snapshot, the mirror's, and else not at all."""
    (tmp_path / "mirror").mkdir()
    monkeypatch.setenv("GOLDSMITH_ARTIFACTS", str(tmp_path / "mirror"))
    with closing(sqlite3.connect(tmp_path / "mails.db")) as database:
        database.execute("create table mails (id integer primary key, body text, label text)")
        database.executemany("insert into mails values (?, ?, 'x')", [(n, f"m{n}") for n in (2, 1)])
        database.commit()
        monkeypatch.setenv("MAILS", f"sqlite:///{tmp_path / 'mails.db'}")
        columns = {"text": "body", "label": "label"}
        reader = {"format": "texts", "columns": columns}
        settings = {"source": {"kind": "sql", "url_env": "MAILS", "table": "mails", "reader": reader},
                    "model": {"family": "sequence_classification", "base": "packaged:minilm"}}  # fmt: skip
        loaded = config.load("toy", settings=settings)
        raw = pipeline.raw(loaded)
        then = pipeline.make_stage("load", loaded, {"raw": raw.folder})
        database.execute("delete from mails where id = 1")
        database.commit()
    made = {"use_case": "toy", "profile": "demo", "config": loaded.model_dump(mode="json"),
            "data_md5": "", "artifacts": {"raw": raw.key}, "contents": {"raw": raw.content}}  # fmt: skip

    def again() -> gathering.Had:
        shutil.rmtree(place.home, ignore_errors=True)
        return gathering.data(made, place, None, lambda text: None)

    found = again()
    assert found.said == "the snapshot of its rows in this machine's artifact store"
    place_of_use_cases(place, made, found.path, monkeypatch)
    source: Any = (now := config.load("toy", "demo")).source
    assert (source.kind, source.path) == ("files", found.path)
    loaded_again = pipeline.make_stage("load", now, {"raw": pipeline.raw(now).folder})
    assert then.content == loaded_again.content and then.key != loaded_again.key
    shutil.rmtree(raw.folder)
    assert again().said == "the snapshot of its rows in the mirror"
    monkeypatch.setenv("GOLDSMITH_ARTIFACTS", "")
    with pytest.raises(StoreError, match=r"mails of \$MAILS: sql has no revisions, .* in a mirror"):
        again()


def place_of_use_cases(
    place: Place, made: dict[str, Any], data: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_use_case(place, made, data, None)
    monkeypatch.setenv("GOLDSMITH_USE_CASES", str(place.use_cases))


@pytest.mark.parametrize(
    ("commit", "said"),
    [("", "names no commit"), ("1" * 40, "not in the clone"), ("1" * 40 + "+dirty", "not in the clone")],
)  # fmt: skip
def test_code_that_is_not_here(place: Place, commit: str, said: str) -> None:
    with pytest.raises(GoldsmithError, match=said):
        clones.lay_code({"commit": commit}, place)


def test_a_tree_with_changes_of_its_own_is_told(place: Place) -> None:
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=Path(clones.code.PACKAGE),
                          capture_output=True, text=True, check=True).stdout.strip()  # fmt: skip
    made = {
        "stages": {"judge": {"code": {"gates": "0" * 64}}},
        "config": {"model": {"family": "x"}},
    }
    for commit, said in ((f"{head}+dirty", "nowhere to be had"), (head, "not what the stages")):
        with pytest.raises(GoldsmithError, match=said):
            clones.lay_code({**made, "commit": commit}, place)


def test_a_folder_outside_git_gives_its_functions_if_they_are_the_same(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goldsmith import functions

    monkeypatch.chdir(tmp_path)
    Path("features").mkdir()
    Path("features/rows.py").write_text("def clean(batch): return batch\n")
    made = {"use_case": "toy", "project_commit": "",
            "stages": {"load": {"code": functions.code_of("features.rows:clean")}}}  # fmt: skip
    laid = clones.lay_project(made, place, None)
    assert laid.folder is not None and (laid.folder / "features" / "rows.py").is_file()
    Path("features/rows.py").write_text("changed\n")
    with pytest.raises(GoldsmithError, match=r"features/rows.py.* is another"):
        clones.lay_project(made, place, None)


@pytest.fixture
def gone(champion: World) -> Iterator[World]:
    """A world whose data are others now, and whose copy of them was deleted."""
    shutil.rmtree(champion.home / "artifacts" / "snapshot")
    file = champion.folder / "data" / "raw" / "toy" / "train.jsonl"
    file.write_text("\n".join(file.read_text().splitlines()[:-1]) + "\n")
    yield champion


def test_what_cannot_be_had_is_told_before_anything_runs(gone: World) -> None:
    before = listing(gone.home)
    done = here(gone, "reproduce", "toy@1", "--json")
    ended_well(done, 1, "toy.demo version 1 cannot be made again here; nothing was run",
               "data: data/raw/toy of md5", "is nowhere to be had", lines=20)  # fmt: skip
    answer = json.loads(done.out)
    assert answer["reproduced"] is None and any("md5" in one for one in answer["missing"])
    assert listing(gone.home) == before and not (Settings().home / "work").exists()


def test_bad_usage_of_reproduce(champion: World, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    for arguments, said in (
        (("toy",), "name the version too"),
        (("toy@9",), "toy.demo has no version '9'"),
        (("toi@1",), "did you mean toy?"),
        (("toy@1", "--into", str(tmp_path / "full")), "not empty, and not of this version"),
    ):
        ended_well(here(champion, "reproduce", *arguments), 2, said)
    assert (tmp_path / "full" / "mine.txt").read_text() == "mine"
