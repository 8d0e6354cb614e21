"""The mirror of the artifact store, in a folder and on a real S3 server (moto): what one machine has
made another finds, whole or not at all."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
import pytest

from goldsmith import mirror
from goldsmith.artifacts import MANIFEST, VOLATILE, Artifact, Store, content_of, content_of_files
from goldsmith.errors import ConfigError, StoreError
from goldsmith.mirror import Folder, Place
from goldsmith.mirrored import Mirrored

TEXTS = {"a.txt": "a", "inner/b.txt": "b", "inner/twice.txt": "a", VOLATILE: "1"}


@pytest.fixture(params=["folder", "s3"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a mirror is to be."""
    if request.param == "s3":
        return f"s3://{request.getfixturevalue('bucket')}/some/prefix"
    (tmp_path / "shared").mkdir()
    return str(tmp_path / "shared")


@pytest.fixture
def place(location: str) -> Place:
    found = mirror.opened(location)
    assert found is not None
    return found


class Machine:
    """A machine with a disk of its own."""

    def __init__(self, at: Path, place: Place) -> None:
        self.said: list[str] = []
        self.store = Mirrored(at / "artifacts", place, self.said.append)
        self.made = 0

    def ensure(self, key: str = "key", **changes: str) -> Artifact:
        def make(folder: Path) -> None:
            self.made += 1
            for name, text in {**TEXTS, **changes}.items():
                (folder / name).parent.mkdir(exist_ok=True)
                (folder / name).write_text(text)

        return self.store.ensure("stage", key, make, {"use_case": "toy"})


@pytest.fixture
def machines(tmp_path: Path, place: Place) -> list[Machine]:
    return [Machine(tmp_path / name, place) for name in ("one", "two", "three")]


def manifest_of(place: Place, key: str = "key") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(place.read(f"artifacts/stage/{key}.json") or b"")
    return found


def test_what_one_machine_made_the_other_finds(machines: list[Machine], place: Place) -> None:
    one, two, _ = machines
    made = one.ensure()
    assert sorted(map(len, place.names("files"))) == [73] * 3, "by sha256, equal files once"
    found = two.ensure()
    assert (one.made, two.made) == (1, 0)
    assert (made.cached, found.cached) == (False, True)
    assert found.content == made.content == content_of(found.folder)
    assert (found.folder / "inner" / "twice.txt").read_text() == "a"
    assert (found.folder / MANIFEST).read_bytes() == (made.folder / MANIFEST).read_bytes()
    assert len(list(found.folder.parent.iterdir())) == 1, "no partial folder is left"
    assert two.said == [f"fetched stage/key from {place.shown}"]
    assert two.ensure().folder == found.folder and len(two.said) == 1


def test_nothing_is_sent_twice_and_the_manifest_last(
    bucket: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place = mirror.opened(f"s3://{bucket}/m")
    assert place is not None
    one, two = (Machine(tmp_path / name, place) for name in ("one", "two"))
    with caplog.at_level("INFO", logger="werkzeug"):
        one.ensure()
        one.ensure("other", **{VOLATILE: "2"})
        two.ensure()
    sent = re.findall(r"PUT /goldens/m/(\w+)/", caplog.text)
    assert sent == ["files"] * 3 + ["artifacts"] + ["files"] + ["artifacts"]


@pytest.mark.parametrize("damage", ["bytes", "missing", "no manifest", "other", "outside"])
def test_a_damaged_one_is_named_made_anew_and_mended(
    tmp_path: Path, machines: list[Machine], place: Place, damage: str
) -> None:
    one, two, three = machines
    one.ensure()
    name, manifest = "artifacts/stage/key.json", manifest_of(place)
    blob = mirror.blob_name("files", manifest["files"]["inner/b.txt"])
    if damage == "bytes":
        place.write(blob, b"c")  # of the same size
    elif damage == "missing":
        place.delete([blob])
    elif damage == "no manifest":
        place.write(name, b'{"schema": 1, "fi')
    elif damage == "other":
        place.write(name, json.dumps({**manifest, "key": "other"}).encode())
    else:
        files = {**manifest["files"], "../../outside": manifest["files"]["a.txt"]}
        content = content_of_files(files)
        place.write(name, json.dumps({**manifest, "files": files, "content": content}).encode())
    found = two.ensure()
    assert (two.made, found.cached) == (1, False)
    assert two.said[0].startswith(f"warning: stage/key in {place.shown}: ")
    wrong = blob if damage in ("bytes", "missing") else "outside" if damage == "outside" else name
    assert wrong in two.said[0] and "made anew" in two.said[0]
    assert not list(tmp_path.rglob("outside")) and not list(tmp_path.rglob(".partial-key"))
    assert three.ensure().content == found.content
    assert three.made == 0 and not any("warning" in text for text in three.said)


def test_half_an_upload_is_not_seen(machines: list[Machine], place: Place) -> None:
    one, two, _ = machines
    one.ensure()
    place.delete(["artifacts/stage/key.json"])
    two.ensure()
    assert two.made == 1 and two.said == []


def test_two_machines_at_once_both_finish(machines: list[Machine], place: Place) -> None:
    both = threading.Barrier(2)

    def at_once(machine: Machine, **changes: str) -> None:
        def make(folder: Path) -> None:
            both.wait(60)
            (folder / "a.txt").write_text(changes.get("text", "a"))

        machine.store.ensure("stage", "key", make)

    threads = [threading.Thread(target=at_once, args=(one,)) for one in machines[:2]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [machine.store.find("stage", "key") for machine in machines[:2]]
    assert found[0] and found[1] and found[0].content == found[1].content
    assert machines[0].said == machines[1].said == []
    assert place.names("artifacts") == ["artifacts/stage/key.json"]


def test_of_two_results_the_first_stays_and_each_machine_keeps_its_own(
    machines: list[Machine], place: Place
) -> None:
    one, two, three = machines
    alone = Store(two.store.root)
    own = alone.ensure("stage", "key", lambda out: (out / "a.txt").write_text("rounded") and None)
    first = one.ensure()
    assert two.ensure().content == own.content != first.content
    assert two.said == [
        f"stage/key: another machine made it too, and its result differs; that one stays in "
        f"{place.shown}, and this run goes on with its own"
    ]
    assert three.ensure().content == first.content


def test_what_could_not_be_sent_is_kept_and_sent_by_the_next_run(
    machines: list[Machine], location: str
) -> None:
    one, two, _ = machines

    def make(folder: Path) -> None:
        (folder / "a.txt").write_text("a")
        away(location, gone=True)

    with pytest.raises(StoreError, match=r"stage/key is done, .*kept in .*the next run sends it"):
        one.store.ensure("stage", "key", make)
    assert one.store.find("stage", "key") is not None
    away(location, gone=False)
    assert one.ensure().cached and one.made == 0
    assert two.ensure().cached and two.made == 0


def away(location: str, gone: bool) -> None:
    """Take the mirror's folder or bucket away, or bring it back."""
    if location.startswith("s3://"):
        client = boto3.client("s3")
        change = client.delete_bucket if gone else client.create_bucket
        change(Bucket=location.split("/")[2])
    elif gone:
        Path(location).rmdir()
    else:
        Path(location).mkdir()


def test_forgetting_leaves_what_others_need(machines: list[Machine], place: Place) -> None:
    one, two, _ = machines
    one.ensure()
    one.ensure("other", **{"inner/b.txt": "secret"})
    store = two.store
    assert isinstance(store, Mirrored)
    kept = {one.key: one.about for one in store.kept("stage")}
    assert kept == {key: {"use_case": "toy"} for key in ("key", "other")}
    assert store.forget([("stage", "other"), ("stage", "never")]) == 1
    assert place.names("artifacts") == ["artifacts/stage/key.json"]
    assert b"secret" not in [place.read(name) for name in place.names("files")]
    assert two.ensure().cached and two.made == 0


def test_content_is_told_without_a_download(machines: list[Machine]) -> None:
    one, two, _ = machines
    made = one.ensure()
    assert two.store.content("stage", "key") == made.content
    assert two.store.content("stage", "other") is None
    assert two.store.find("stage", "key") is None


def test_a_sound_mirror_is_written_to_and_needs_nothing_else(location: str, home: Path) -> None:
    mirror.check(location, home / "artifacts")
    mirror.check(location, home / "artifacts")
    place = mirror.opened(location)
    assert place is not None and json.loads(place.read(mirror.MARK) or b"") == {"schema": 1}
    place.write(mirror.MARK, b'{"schema": 2}')
    with pytest.raises(StoreError, match="newer Goldsmith"):
        mirror.check(location, home / "artifacts")


def test_a_folder_that_cannot_be_one_is_refused_before_work(tmp_path: Path, home: Path) -> None:
    (tmp_path / "file").touch()
    for text, kind, message in (
        (str(tmp_path / "none"), StoreError, r"no such folder: .*none: mount it, or make it with"),
        (str(tmp_path / "file"), StoreError, "no such folder"),
        (str(home / "artifacts" / "m"), ConfigError, "lies in the artifact store"),
        ("gs://bucket/x", ConfigError, r"gs:// is no place for it: name a folder or s3://"),
        ("s3:///x", ConfigError, r"write it as s3://bucket/prefix"),
    ):
        with pytest.raises(kind, match=message):
            mirror.check(text, home / "artifacts")
    mirror.check("", home / "artifacts")


def test_a_bucket_that_cannot_be_used_is_named_without_secrets(
    bucket: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from moto.core import set_initial_no_auth_action_count

    def refused(location: str, message: str, kind: type[Exception] = StoreError) -> None:
        with pytest.raises(kind, match=message) as said:
            mirror.check(location, home)
        assert "canary" not in str(said.value)

    refused("s3://elsewhere/x", r"s3://elsewhere/x: S3 failed: .*make the bucket elsewhere")
    refused("s3://user:canary@goldens/x", "names no user or password", ConfigError)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)  # it remembers credentials
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "canary")
    keys = "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY"
    set_initial_no_auth_action_count(0)(refused)(f"s3://{bucket}/x", f"look at {keys}")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    refused(f"s3://{bucket}/x", f"set {keys}")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "no url")
    refused(f"s3://{bucket}/x", "Invalid endpoint")


def test_a_failing_upload_is_tried_again(monkeypatch: pytest.MonkeyPatch, bucket: str) -> None:
    asked: list[str] = []

    class Busy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked.append(self.path)
            self.send_response(503 if len(asked) < 2 else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Busy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    try:
        place = mirror.opened(f"s3://{bucket}/m")
        assert place is not None
        place.write("a", b"a")
        assert asked == ["/goldens/m/a"] * 2
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        asked.clear()
        stingy = mirror.opened(f"s3://{bucket}/m")
        assert stingy is not None
        with pytest.raises(StoreError, match="S3 failed"):
            stingy.write("a", b"a")
        assert len(asked) == 1
    finally:
        server.shutdown()
        server.server_close()


def test_a_folder_that_is_not_there_is_not_an_empty_one(tmp_path: Path) -> None:
    place = Folder(tmp_path / "none")
    for act in (lambda: place.read("a"), lambda: place.names("a"), lambda: place.write("a", b"a")):
        with pytest.raises(StoreError, match="no such folder"):
            act()
