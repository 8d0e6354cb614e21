"""A watched bucket or folder: what is new and complete is taken, once, and never in anyone's tree."""

import os
from pathlib import Path
from typing import Any

import pytest

from goldsmith.errors import ConfigError, UserError
from goldsmith.revisions import adding, arrivals, watching
from goldsmith.revisions.arrivals import Seen
from goldsmith.revisions.delivering import Revision
from goldsmith.revisions.watching import Looked, Refused
from goldsmith.versioning import clones, committing
from tests.command import die, killed
from tests.versioning.conftest import Project
from tests.versioning.test_adding import GOOD, new_file, state


class Watcher:
    """Looks, and keeps what was told."""

    def __init__(self, project: Project, path: str) -> None:
        self.project = project
        self.told: list[Revision] = []
        self.refused: list[Refused] = []
        self.record = Path(os.devnull)  # of what was told, for who outlives a killed look
        file = project.folder / "use_cases" / "toy.yaml"
        file.write_text(f"{file.read_text('utf-8')}    watch: {{path: '{path}'}}\n", "utf-8")

    def look(self) -> Looked:
        return watching.look(
            self.project.config(),
            self.say,
            self.hear,
            self.refused.append,
        )

    def hear(self, found: Revision, perhaps: bool) -> None:
        self.told.append(found)
        with self.record.open("a", encoding="utf-8") as stream:
            stream.write(f"{found.revision}\n")

    def say(self, text: str) -> None:
        self.project.say(text)


def lines(*numbers: int) -> bytes:
    return "".join(GOOD % (n, n) + "\n" for n in numbers).encode()


def untouched(project: Project) -> tuple[Any, ...]:
    return state(project), project.git("rev-parse", "HEAD"), project.git("status", "--porcelain")


def test_new_objects_become_a_revision(project: Project, tmp_path: Path, bucket: str) -> None:
    import boto3

    upstream = project.share(tmp_path)
    watcher, s3 = Watcher(project, f"s3://{bucket}/in/toy"), boto3.client("s3")
    before = untouched(project)
    assert watcher.look().words == "nothing new"

    def put(name: str, body: bytes) -> None:
        s3.put_object(Bucket=bucket, Key=f"in/toy/{name}", Body=body)

    put("one.jsonl", lines(1, 2))
    put("bad.jsonl", b'{"id": ')
    put("README.md", b"what this is")
    put("deeper/two.jsonl", lines(3))
    put(".hidden.jsonl", lines(4))
    unfinished = s3.create_multipart_upload(Bucket=bucket, Key="in/toy/late.jsonl")
    s3.upload_part(
        Bucket=bucket, Key="in/toy/late.jsonl", PartNumber=1, UploadId=unfinished["UploadId"],
        Body=lines(5),
    )  # fmt: skip
    done = watcher.look()
    assert done.taken == ("one.jsonl",)
    (refused,) = watcher.refused
    assert refused.names == ("bad.jsonl",) and "not JSON" in refused.reason
    about = (refused.folder / "quarantine.json").read_text(encoding="utf-8")
    assert f"s3://{bucket}/in/toy/bad.jsonl" in about
    assert any("passed over" in line and "README.md" in line for line in project.said)
    (told,) = watcher.told
    assert told.records == 94 and untouched(project) == before
    project.git("fetch", "-q")
    assert project.git("rev-parse", "origin/main") == told.revision
    assert upstream.is_dir()

    assert watcher.look() == Looked()
    put("one.jsonl", lines(1, 2, 6))
    put("bad.jsonl", lines(7))
    done = watcher.look()
    assert (done.taken, watcher.told[-1].records) == (("bad.jsonl", "one.jsonl"), 96)
    assert len(watcher.told) == 2 and len(watcher.refused) == 1


def test_an_object_replaced_while_it_is_fetched_waits(
    project: Project, tmp_path: Path, bucket: str
) -> None:
    import boto3

    s3 = boto3.client("s3")
    project.share(tmp_path)
    watcher = Watcher(project, f"s3://{bucket}/toy")
    watch = project.config().watch
    assert watch is not None
    for name in ("one", "two", "three"):
        s3.put_object(Bucket=bucket, Key=f"toy/{name}.jsonl", Body=lines(len(name)))
    found = arrivals.look(watch)
    s3.put_object(Bucket=bucket, Key="toy/one.jsonl", Body=lines(8))
    s3.delete_object(Bucket=bucket, Key="toy/three.jsonl")
    brought = arrivals.bring(watch, found, tmp_path, project.say)
    assert [one.name for one in brought] == ["two.jsonl"]
    assert any("toy/one.jsonl changed while it was fetched" in line for line in project.said)
    assert not (tmp_path / "one.jsonl").exists() and (tmp_path / "two.jsonl").is_file()
    assert watcher.look().taken == ("one.jsonl", "two.jsonl")


def test_files_in_a_folder_are_taken_when_they_are_complete(
    project: Project, tmp_path: Path
) -> None:
    project.share(tmp_path)
    place = tmp_path / "incoming"
    watcher = Watcher(project, str(place))
    with pytest.raises(Exception, match="incoming cannot be read: No such file"):
        watcher.look()
    place.mkdir()
    for name in ("half.jsonl.part", ".half.jsonl", "half.tmp"):
        new_file(place / name, 9)
    young = new_file(place / "young.jsonl", 1)
    old = new_file(place / "old.jsonl", 2)
    os.utime(old, (1, 1))
    assert watcher.look().taken == ("old.jsonl",)
    new_file(young, 1, 3)
    assert watcher.look() == Looked(), "it has changed since"
    assert watcher.look().taken == ("young.jsonl",), "it has not"
    assert [one.records for one in watcher.told] == [93, 95]
    assert watcher.look() == Looked()


def test_whoever_pushes_meanwhile_is_built_upon(project: Project, tmp_path: Path) -> None:
    project.share(tmp_path)
    place = tmp_path / "incoming"
    place.mkdir()
    os.utime(new_file(place / "one.jsonl", 1), (1, 1))
    watcher = Watcher(project, str(place))
    other = project.colleague(tmp_path / "other")

    def say(text: str) -> None:
        project.say(text)
        if text.startswith("committed ") and not (other.folder / "else.txt").exists():
            (other.folder / "else.txt").touch()
            other.commit("else")
            other.git("push", "-q")

    watcher.say = say  # type: ignore[method-assign]
    done = watcher.look()
    assert done.taken == ("one.jsonl",) and len(watcher.told) == 1
    assert "origin/main has commits that are not here: once more" in project.said
    project.git("fetch", "-q")
    assert project.git("log", "--format=%s", "one..origin/main") == (
        "toy: goldens of 93 records\nelse"
    )


def test_what_cannot_be_watched_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="toy watches nothing under profile demo"):
        watching.look(project.config(), project.say, None, lambda one: None)
    watcher = Watcher(project, str(tmp_path))
    new_file(tmp_path / "one.jsonl", 1)
    os.utime(tmp_path / "one.jsonl", (1, 1))
    with pytest.raises(ConfigError, match="lie in one another"):
        watcher.look()
    file = project.folder / "use_cases" / "toy.yaml"
    (tmp_path / "in").mkdir()
    (tmp_path / "one.jsonl").rename(tmp_path / "in" / "one.jsonl")
    text = file.read_text("utf-8").replace(f"'{tmp_path}'", f"'{tmp_path}/in'")
    file.write_text(text, "utf-8")
    with pytest.raises(UserError, match="has no upstream to push new goldens to"):
        watcher.look()
    file.write_text(text.replace("watch: {", "watch: {evry: 3, "), "utf-8")
    with pytest.raises(ConfigError, match=r"unknown key 'watch.evry': did you mean every"):
        watcher.look()


MOMENTS = {
    "cloning": (clones, "_name_committer"),
    "fetched": (adding, "sift"),
    "committed": (committing, "push"),
    "delivered": (Seen, "write"),
}


@pytest.mark.slow
def test_a_killed_look_neither_loses_nor_doubles(project: Project, tmp_path: Path) -> None:
    project.share(tmp_path)
    place = tmp_path / "incoming"
    place.mkdir()
    watcher = Watcher(project, str(place))
    told = tmp_path / "told"
    watcher.record = told
    for number, (moment, patch) in enumerate(MOMENTS.items(), 1):
        os.utime(new_file(place / f"{moment}.jsonl", number), (1, 1))
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(*patch, die)
            killed(watcher.look)
        assert watcher.look().taken == (f"{moment}.jsonl",)
        assert len(told.read_text("utf-8").split()) == number, "told once"
        assert watcher.look() == Looked()
        project.git("fetch", "-q")
        assert int(project.git("rev-list", "--count", "one..origin/main")) == number
    left = {path.name for path in (tmp_path / "home" / "watch" / "toy.demo").iterdir()}
    assert left == {"clone", "seen.json"}


def test_a_state_that_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "seen.json"
    Seen(file, {"a": {"tag": "1", "outcome": "taken", "went": ""}}).write("here")
    assert Seen.read(file, "here").done and not Seen.read(file, "there").done
    file.write_text("[]", encoding="utf-8")
    with pytest.raises(Exception, match=r"seen\.json cannot be read .*: delete it"):
        Seen.read(file, "here")
