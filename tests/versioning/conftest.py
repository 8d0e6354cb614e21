"""A project in a git and DVC repository, with goldens of one use case behind a pointer."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from goldsmith import config
from goldsmith.config import UseCase
from tests.toys import TINY_SETTINGS, write_goldens


@dataclass(frozen=True)
class Project:
    """The working directory of a test."""

    folder: Path
    said: list[str]

    @property
    def data(self) -> Path:
        return Path("data/raw/toy")

    def config(self, **options: Any) -> UseCase:
        return config.load("toy", **options)

    def git(self, *arguments: str) -> str:
        name = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        done = subprocess.run(
            ["git", *name, *arguments], cwd=self.folder, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self, tag: str) -> str:
        """Commit everything and tag it; returns the commit."""
        self.git("add", ".")
        self.git("commit", "-qm", tag)
        self.git("tag", tag)
        return self.git("rev-parse", "HEAD")

    def lines(self, name: str = "train") -> list[str]:
        return (self.data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()

    def write(self, lines: list[str], name: str = "train") -> None:
        text = "".join(f"{line}\n" for line in lines)
        (self.data / f"{name}.jsonl").write_text(text, encoding="utf-8")

    def ids(self, name: str = "train") -> list[str]:
        return [json.loads(line)["id"] for line in self.lines(name)]

    def remote(self, url: str) -> None:
        """Configure a DVC remote, on this machine only."""
        text = f"[core]\n    remote = far\n['remote \"far\"']\n    url = {url}\n"
        (self.folder / ".dvc" / "config.local").write_text(text, encoding="utf-8")

    def cached(self) -> list[Path]:
        """The files of DVC's cache."""
        return sorted((self.folder / ".dvc" / "cache" / "files").rglob("*/*/*"))

    def share(self, at: Path) -> Path:
        """A bare upstream of the branch, and a DVC remote, both folders; returns the upstream."""
        self.remote(str(at / "goldens"))
        self.git("init", "-q", "--bare", "-b", "main", str(at / "upstream.git"))
        self.git("remote", "add", "origin", str(at / "upstream.git"))
        self.git("push", "-q", "-u", "origin", "main")
        return at / "upstream.git"

    def colleague(self, at: Path) -> "Project":
        """Another clone of the upstream, with the same DVC remote."""
        self.git("clone", "-q", self.git("remote", "get-url", "origin"), str(at))
        text = (self.folder / ".dvc" / "config.local").read_text(encoding="utf-8")
        (at / ".dvc" / "config.local").write_text(text, encoding="utf-8")
        return Project(at, [])

    def say(self, text: str) -> None:
        self.said.append(text)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """No pointer yet: goldens in the working tree of a fresh repository."""
    from dvc.repo import Repo

    folder = tmp_path / "project"
    (folder / "use_cases").mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "t")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "t@example.org")
    settings = TINY_SETTINGS.format(base="none")
    (folder / "use_cases" / "toy.yaml").write_text(settings, encoding="utf-8")
    project = Project(folder, [])
    project.git("init", "-q", "-b", "main")
    Repo.init(no_scm=False).close()
    (folder / ".dvc" / "config").write_text("[core]\n    analytics = false\n", encoding="utf-8")
    write_goldens(folder / "data" / "raw" / "toy", sizes=(60, 12, 20))
    return project


@pytest.fixture
def project(empty: Project) -> Project:
    """Revision `one`: 92 goldens behind a committed pointer."""
    from dvc.repo import Repo

    with Repo() as repo:
        repo.scm_context.quiet = True
        repo.add([str(empty.data)])
    empty.commit("one")
    return empty
