"""Verifying data, code and lock file by what a clone and DVC's cache still have."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from goldsmith import functions, versioning
from goldsmith.artifacts import file_sha256
from goldsmith.pipeline import code_digest
from goldsmith.verifying import code as of_code
from goldsmith.verifying import data as of_data
from goldsmith.verifying.items import Item
from goldsmith.versioning import code, tombstones
from goldsmith.versioning.tombstones import Tombstone, Tombstones
from tests.versioning.conftest import Project


def passport(project: Project) -> dict[str, Any]:
    """As much of one as data need."""
    settings = project.config().model_dump(mode="json")
    files = sorted(project.data.glob("*.jsonl"))
    return {
        "use_case": "toy",
        "data_md5": versioning.md5(files, single=False),
        "goldens_md5": "",
        "data": {},
        "artifacts": {},
        "config": settings,
    }


def only(found: Any) -> Item:
    (item,) = found
    return item


def test_data_are_looked_for_where_they_lie_then_behind_their_pointer(project: Project) -> None:
    made = passport(project)
    item = only(of_data.items(made))
    assert item.state == "holds" and "as it is here" in item.detail
    kept = project.lines()
    project.write(kept[:-1])
    item = only(of_data.items(made))
    assert item.state == "holds" and "3 object(s) in DVC's cache" in item.detail, item
    file = next(one for one in project.cached() if not one.name.endswith(".dir"))
    file.chmod(0o644)
    content = file.read_bytes()
    file.write_bytes(b"x" + content[1:])
    file.chmod(0o444)  # DVC itself looks again at what is not read-only
    assert only(of_data.items(made)).state == "changed"
    file.unlink()
    item = only(of_data.items(made))
    assert item.state == "cannot be checked here" and "`dvc fetch`" in item.detail
    shutil.rmtree(project.folder / ".git")
    item = only(of_data.items(made))
    assert item.state == "changed" and "no commit here has a pointer" in item.detail
    assert made["data_md5"] in item.detail
    shutil.rmtree(project.data)
    assert only(of_data.items(made)).state == "cannot be checked here"


def test_data_that_differ_for_a_forgotten_record_name_it(empty: Project) -> None:
    made = passport(empty)
    empty.write(empty.lines()[:-1])
    assert only(of_data.items(made)).state == "changed"
    known = Tombstones("toy")
    stone = Tombstone(known.id_hash("s60"), None, "2026-01-01", "asked", (made["data_md5"],))
    tombstones.write(Tombstones("toy", [stone]))
    item = only(of_data.items(made))
    assert item.state == "cannot be checked here"
    assert "1 record(s) of these data were forgotten (2026-01-01" in item.detail


@pytest.fixture
def clone(project: Project, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The project as a clone that the code runs from, and a version that was made by it."""
    package = project.folder / "src" / "goldsmith"
    (package / "stages").mkdir(parents=True)
    for name in ("__init__.py", "text.py", "stages/judge.py"):
        (package / name).write_text(f"{name} = 1\n", encoding="utf-8")
    Path("requirements.lock").write_text("numpy==2\n", encoding="utf-8")
    Path("features").mkdir()
    Path("features/rows.py").write_text("def clean(batch): return batch\n", encoding="utf-8")
    commit = project.commit("two")
    monkeypatch.setattr(code, "PACKAGE", package)
    digests = {name: code_digest(package / name) for name in ("text.py", "stages")}
    return {
        "commit": commit,
        "project_commit": commit,
        "lock_sha256": file_sha256(Path("requirements.lock")),
        "stages": {
            "load": {"code": functions.code_of("features.rows:clean") | {"package:p": "f" * 64}},
            "judge": {"code": {**digests, "{family}": "f" * 64}},
        },
        "config": {"model": {"family": "theirs"}},
    }


def test_code_and_lock_file_are_those_of_the_commit_not_of_the_tree(
    project: Project, clone: dict[str, Any]
) -> None:
    (code.PACKAGE / "text.py").write_text("changed since\n", encoding="utf-8")
    Path("requirements.lock").write_text("numpy==3\n", encoding="utf-8")
    Path("features/rows.py").write_text("changed since\n", encoding="utf-8")
    item = of_code.item(clone)
    assert item.state == "holds", item
    assert "not looked at: package p, family theirs of another package" in item.detail
    assert of_code.lock(clone).state == "holds"
    assert code.commit() == f"{clone['commit']}+dirty"

    own = clone["stages"]["load"]["code"]
    written = own.pop("project:features/rows.py")
    own["project:features/rows.py"] = "0" * 64
    assert "features/rows.py at commit" in of_code.item(clone).detail
    own["project:features/rows.py"] = written
    clone["stages"]["judge"]["code"]["stages"] = "0" * 64
    clone["lock_sha256"] = "0" * 64
    for one, name in ((of_code.item(clone), "stages"), (of_code.lock(clone), "requirements.lock")):
        assert one.state == "changed" and name in one.detail, one
    dirty = {
        **clone,
        "commit": f"{clone['commit']}+dirty",
        "project_commit": f"{clone['commit']}+dirty",
    }
    for one in (of_code.item(dirty), of_code.lock(dirty)):
        assert one.state == "cannot be checked here" and "differed from its commit" in one.detail, (
            one
        )
    gone = {**clone, "commit": "1" * 40, "project_commit": "1" * 40}
    for one in (of_code.item(gone), of_code.lock(gone)):
        assert one.state == "cannot be checked here" and "1111111111" in one.detail, one


def test_an_installed_wheel_knows_the_commit_that_it_was_built_from(
    clone: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert code.commit() == clone["commit"]
    (code.PACKAGE / "new.py").touch()
    assert code.commit() == f"{clone['commit']}+dirty", "a new file of the package counts"
    monkeypatch.setattr(code, "PACKAGE", tmp_path)
    monkeypatch.setattr(code, "BUILT_FROM", tmp_path / "built_from.txt")
    assert code.commit() == "" and code.clone() is None
    (tmp_path / "built_from.txt").write_text(f"{clone['commit']}\n", encoding="utf-8")
    assert code.commit() == clone["commit"]
