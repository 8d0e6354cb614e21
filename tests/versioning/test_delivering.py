"""New goldens as a revision: committed alone, pushed, announced; refused ones in quarantine."""

import contextlib
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from goldsmith.errors import DataError, StoreError, UserError
from goldsmith.revisions import delivering, moving, workplace
from goldsmith.revisions.delivering import Delivered, Revision
from goldsmith.versioning import committing, objects
from tests.command import die, killed
from tests.versioning.conftest import Project
from tests.versioning.test_adding import GOOD, new_file, state


def deliver(project: Project, *files: Path, told: list[Revision] | None = None) -> Delivered:
    sent = [] if told is None else told
    return delivering.deliver_or_quarantine(
        project.config(), list(files), project.say, lambda found, perhaps: sent.append(found)
    )


@dataclass
class Heard:
    """What was told of, and whether it may have been told before."""

    told: list[tuple[Revision, bool]] = field(default_factory=list)

    def hear(self, found: Revision, perhaps: bool) -> None:
        self.told.append((found, perhaps))


@contextlib.contextmanager
def at(project: Project) -> Iterator[Project]:
    with contextlib.chdir(project.folder):
        yield project


def remote_files(upstream: Path) -> str:
    command = ["git", "show", "--format=%s", "--name-only", "main"]
    return subprocess.run(command, cwd=upstream, capture_output=True, text=True).stdout


def test_the_pointer_alone_is_committed_and_both_are_pushed(
    project: Project, tmp_path: Path
) -> None:
    upstream = project.share(tmp_path)
    (project.folder / "staged.txt").write_text("mine", encoding="utf-8")
    project.git("add", "staged.txt")
    with (project.folder / "use_cases" / "toy.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# half an idea\n")
    before = project.git("status", "--porcelain")
    told: list[Revision] = []

    done = deliver(project, new_file(tmp_path / "more.jsonl", 1, 2), told=told)
    assert project.git("status", "--porcelain") == before
    assert done.revision == project.git("rev-parse", "HEAD") == project.git("rev-parse", "@{u}")
    assert remote_files(upstream) == "toy: goldens of 94 records\n\ndata/raw/toy.dvc\n"
    assert told == [Revision("toy", "demo", done.revision, "data/raw/toy", 94)]
    assert any(line.startswith("4 of 4 object(s) sent to ") for line in project.said), project.said
    assert moving.status(project.config()).in_remote == 5

    again = deliver(project, tmp_path / "more.jsonl", told=told)
    assert (again.committed, again.announced, again.revision) == (False, False, done.revision)
    assert len(told) == 1

    # Whoever pulls has them: the older goldens that lie there are in the cache, and make room.
    other = project.colleague(tmp_path / "other")
    with at(other):
        assert len(other.lines("more") if moving.pull(other.config(), other.say) else []) == 2
        deliver(other, new_file(tmp_path / "third.jsonl", 3))
    project.git("stash", "-q")
    project.git("pull", "-q")
    with pytest.raises(UserError, match=r"still holds the goldens of [0-9a-f]{10}, older than"):
        deliver(project, new_file(tmp_path / "fourth.jsonl", 4))
    moving.pull(project.config(), project.say)
    assert deliver(project, tmp_path / "fourth.jsonl").added.records == 96


def test_the_first_revision_has_the_line_that_dvc_wrote(empty: Project) -> None:
    empty.git("add", "use_cases", ".dvc", ".dvcignore")
    empty.git("commit", "-qm", "a project")
    deliver(empty)
    assert empty.git("show", "--format=", "--name-only").split() == [
        "data/raw/.gitignore", "data/raw/toy.dvc",
    ]  # fmt: skip
    assert any("no DVC remote" in line for line in empty.said)
    assert any("no upstream" in line for line in empty.said)
    assert empty.git("status", "--porcelain") == ""


def test_what_git_would_refuse_is_refused_first(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = new_file(tmp_path / "more.jsonl", 1)
    before = state(project)
    project.git("checkout", "-q", "--detach")
    with pytest.raises(UserError, match="on no branch"):
        deliver(project, more)
    project.git("checkout", "-q", "-b", "side")
    project.git("commit", "-q", "--allow-empty", "-m", "side")
    project.git("checkout", "-q", "main")
    project.git("merge", "-q", "--no-ff", "--no-commit", "side")
    with pytest.raises(UserError, match="a merge is under way"):
        deliver(project, more)
    project.git("merge", "--abort")
    (project.folder / ".git" / "info" / "exclude").write_text("*.dvc\n", encoding="utf-8")
    project.git("rm", "-q", "--cached", "data/raw/toy.dvc")
    with pytest.raises(UserError, match=r"toy\.dvc, so git would not keep it"):
        deliver(project, more)
    project.git("reset", "-q")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "")
    with pytest.raises(UserError, match=r"git config user\.name"):
        deliver(project, more)
    assert state(project) == before


def test_other_commits_are_never_pushed(project: Project, tmp_path: Path) -> None:
    upstream = project.share(tmp_path)
    (project.folder / "idea.py").touch()
    project.commit("not-ready")
    before = remote_files(upstream)
    told: list[Revision] = []
    deliver(project, new_file(tmp_path / "more.jsonl", 1), told=told)
    assert remote_files(upstream) == before and len(told) == 1
    assert "not pushed: other commits of yours wait for origin/main too (idea.py)" in "".join(
        project.said
    )


def test_an_upstream_that_refuses_is_asked_again(project: Project, tmp_path: Path) -> None:
    upstream = project.share(tmp_path)
    hook = upstream / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho closed for today >&2; exit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    more, told = new_file(tmp_path / "more.jsonl", 1), list[Revision]()
    with pytest.raises(StoreError, match=r"closed for today.*the commit is kept"):
        deliver(project, more, told=told)
    assert told == []
    hook.unlink()
    done = deliver(project, more, told=told)
    assert [one.revision for one in told] == [done.revision] and not done.committed
    assert "goldens of 93 records" in remote_files(upstream)

    other = project.colleague(tmp_path / "other")
    with at(other):
        moving.pull(other.config(), other.say)
        deliver(other, new_file(tmp_path / "theirs.jsonl", 2))
    with pytest.raises(UserError, match="origin/main has a newer revision of data/raw/toy"):
        deliver(project, new_file(tmp_path / "mine.jsonl", 3))
    (other.folder / "else.txt").touch()
    other.commit("else")
    other.git("push", "-q")
    project.git("pull", "-q")
    moving.pull(project.config(), project.say)
    assert deliver(project, tmp_path / "mine.jsonl").added.records == 95


def test_refused_files_are_kept_with_their_report(project: Project, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    before, head = state(project), project.git("rev-parse", "HEAD")
    told: list[Revision] = []
    for line, report in ((GOOD % (1, 1) + "\n" + GOOD % (1, 2), True), ('{"id": ', False)):
        bad.write_text(line + "\n", encoding="utf-8")
        for _ in range(2):
            with pytest.raises(DataError, match="nothing was changed: ") as caught:
                deliver(project, bad, told=told)
        place = Path(str(caught.value).rpartition("report: ")[2])
        assert (place / "files" / "bad.jsonl").read_bytes() == bad.read_bytes()
        about = json.loads((place / "quarantine.json").read_text(encoding="utf-8"))
        assert about["files"][0]["from"] == str(bad) and about["use_case"] == "toy"
        assert (place / "why.txt").read_text("utf-8").startswith("nothing was changed: ")
        assert (place / "validation.html").is_file() is report
    assert len(list(place.parent.iterdir())) == 2, "the same files twice are one entry"
    assert (state(project), project.git("rev-parse", "HEAD"), told) == (before, head, [])


def test_a_changed_ignore_file_is_not_committed(empty: Project) -> None:
    (empty.folder / "data" / "raw" / ".gitignore").write_text("/mine\n", encoding="utf-8")
    deliver(empty)
    assert "data/raw/.gitignore has other changes of yours" in "".join(empty.said)
    assert committing.to_commit(empty.data) == ([], [])


def told_and_dead(path: Path, missing_ok: bool = False) -> None:
    if path.parent.name == "unannounced":
        die()


# What a command is about to do when it is killed: (where, name, what happens instead).
MOMENTS: dict[str, tuple[Any, str, Any]] = {
    "copying": (workplace.Workplace, "files", die),
    "added": (committing, "to_commit", die),
    "noted": (committing, "commit_alone", die),
    "committed": (objects.Objects, "push", die),
    "sent": (committing, "push", die),
    "pushed": (delivering, "Revision", die),
    "told": (Path, "unlink", told_and_dead),
}


@pytest.mark.slow
def test_killed_at_each_step_it_is_finished_by_the_next(project: Project, tmp_path: Path) -> None:
    upstream = project.share(tmp_path)
    (project.folder / "staged.txt").write_text("mine", encoding="utf-8")
    project.git("add", "staged.txt")
    for number, (moment, patch) in enumerate(MOMENTS.items(), 1):
        more = new_file(tmp_path / f"{moment}.jsonl", number)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(*patch)
            killed(partial(deliver, project, more))
        head = project.git("rev-parse", "HEAD")

        project.said.clear()
        seen = Heard()
        after = delivering.deliver(project.config(), [more], project.say, seen.hear)
        assert after.added.records == 92 + number, moment
        # Only a revision that was committed before may have been told of before.
        assert [(one.revision, perhaps) for one, perhaps in seen.told] == [
            (after.revision, moment in ("committed", "sent", "pushed", "told"))
        ]
        assert (head == after.revision) is seen.told[0][1], moment
        assert project.git("rev-parse", "HEAD") == project.git("rev-parse", "origin/main")
        assert remote_files(upstream).endswith("\n\ndata/raw/toy.dvc\n")
        assert project.git("status", "--porcelain") == "A  staged.txt"
        found = moving.status(project.config())
        assert (found.changed, found.in_remote) == (False, found.objects)
        assert not list((project.folder / "data" / "raw").glob(".partial-*"))
    count = project.git("rev-list", "--count", "one..HEAD")
    assert int(count) == len(MOMENTS), "one commit for each"
