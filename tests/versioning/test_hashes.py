"""Data hashes are DVC's own."""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from dvc.repo import Repo

from goldsmith import versioning
from goldsmith.errors import StoreError

NAMES = {"b.jsonl": b"two\n", "a.jsonl": b"one\n", "å b.jsonl": b"", "B.jsonl": b"\xff\r\n"}


def git(folder: Path, *arguments: str) -> None:
    name = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / "goldens").mkdir(parents=True)
    for name, content in NAMES.items():
        (folder / "goldens" / name).write_bytes(content)
    (folder / "one.jsonl").write_bytes(b"one\r\n")
    git(folder, "init", "-q")
    with Repo.init(str(folder)) as repo:
        repo.scm_context.quiet = True
        repo.add([str(folder / "goldens"), str(folder / "one.jsonl")])
    return folder


def pointer(path: Path) -> str:
    found: str = yaml.safe_load(path.read_text(encoding="utf-8"))["outs"][0]["md5"]
    return found


def test_hashes_are_those_of_dvc_add(repository: Path) -> None:
    one, many = repository / "one.jsonl", sorted((repository / "goldens").glob("*.jsonl"))
    assert versioning.md5([one], single=True) == pointer(repository / "one.jsonl.dvc")
    assert versioning.md5(many, single=False) == pointer(repository / "goldens.dvc")
    assert versioning.md5(many[::-1], single=False) == pointer(repository / "goldens.dvc")


def test_data_behind_a_pointer_are_fetched(repository: Path) -> None:
    one = repository / "one.jsonl"
    one.unlink()
    versioning.pull_if_pointer(one)
    assert one.read_bytes() == b"one\r\n"
    shutil.rmtree(repository / "goldens")
    versioning.pull_if_pointer(repository / "goldens" / "*.jsonl")
    assert (repository / "goldens" / "a.jsonl").read_bytes() == NAMES["a.jsonl"]
    versioning.pull_if_pointer(repository / "none")  # neither data nor pointer: the reader's to say
    assert not (repository / "none").exists()


def test_a_pointer_without_data_is_a_store_error(repository: Path) -> None:
    one = repository / "one.jsonl"
    one.unlink()
    (repository / "one.jsonl.dvc").write_text(
        (repository / "one.jsonl.dvc")
        .read_text()
        .replace(pointer(repository / "one.jsonl.dvc"), "0" * 32)
    )
    with pytest.raises(StoreError, match=r"one\.jsonl\.dvc: its data cannot be pulled"):
        versioning.pull_if_pointer(one)


def test_the_commit_says_whether_the_tree_is_dirty(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "goldens")
    monkeypatch.chdir(repository)
    clean = versioning.commit()
    (repository / "one.jsonl.dvc").write_text("changed")
    assert len(clean) == 40 and versioning.commit() == f"{clean}+dirty"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert versioning.commit() == ""
