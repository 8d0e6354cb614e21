"""`goldsmith data forget`: gone from the goldens, never back, and who has seen them is said."""

import json
import shutil
from pathlib import Path

import pytest

from goldsmith import pipeline
from goldsmith.artifacts import Store
from goldsmith.errors import ConfigError, DataError, StoreError, UserError
from goldsmith.registry import store as registry
from goldsmith.revisions import adding, forgetting, moving, naming, workplace
from goldsmith.revisions.forgetting import Forgotten
from goldsmith.settings import Settings
from goldsmith.stages import load
from goldsmith.versioning import objects, pointers, tombstones
from tests.versioning.conftest import Project


def forget(project: Project, *ids: str, **options: bool) -> Forgotten:
    return forgetting.forget(project.config(), ids, "asked by letter", project.say, **options)


def load_ids(project: Project, rev: str | None = None) -> set[str]:
    use_case = project.config(data_rev=rev)
    raw = pipeline.raw(use_case)
    made = pipeline.run_stage("load", use_case, {"raw": raw.folder})
    return {record.id for record in load.read_records(made.folder)}


def test_records_go_for_good(project: Project) -> None:
    lines, ids = project.lines(), project.ids()
    text = json.loads(lines[3]) | {"id": "other"}
    project.write([*lines, json.dumps(text)])
    adding.add(
        project.config(overrides=["validation.checks.duplicates={severity: warn}"]), [], project.say
    )
    project.commit("two")
    old = pointers.read(project.data)
    done = forget(project, ids[3], ids[5])
    assert (done.removed, done.also, done.before, done.left) == (3, 1, 0, 90)
    assert project.lines() == [*lines[:3], lines[4], *lines[6:]]
    assert [(one.commit, one.holds) for one in done.revisions] == [
        (project.git("rev-parse", name)[:10], count) for name, count in (("two", 3), ("one", 2))
    ]
    assert done.commands[0] == (
        "git add data/raw/toy.dvc data/raw/.gitignore data/tombstones/toy.jsonl"
    )
    assert done.versions == [] and done.untold == []
    stones = tombstones.read("toy")
    assert len(stones.for_revision(old.md5 if old else "")) == 2
    assert {one.why for one in stones.stones} == {"asked by letter"}

    assert moving.status(project.config()).changed is False
    gone = {ids[3], ids[5], "other"}
    assert not gone & load_ids(project)
    assert not gone & load_ids(project, "one"), "an old revision is loaded without them too"

    again = forget(project, ids[3])
    assert (again.removed, again.before, len(tombstones.read("toy"))) == (0, 1, 2)


def test_a_record_of_an_earlier_revision_only(project: Project) -> None:
    gone = project.ids()[0]
    project.write(project.lines()[1:])
    adding.add(project.config(), [], project.say)
    done = forget(project, gone)
    assert (done.removed, done.left) == (0, 91)
    assert [one.holds for one in done.revisions] == [0, 1]
    assert [one.revisions for one in tombstones.read("toy").stones] == [(done.revisions[1].md5,)]
    assert gone not in load_ids(project, "one")


def test_ids_that_are_places_are_known_by_their_text(empty: Project) -> None:
    lines = [json.loads(line) for line in empty.lines()]
    empty.write(
        [json.dumps({"tokens": one["tokens"], "ner_tags": one["ner_tags"]}) for one in lines]
    )
    adding.add(empty.config(), [], empty.say)
    empty.commit("one")
    done = forget(empty, "train:3")
    assert done.removed >= 1 and tombstones.read("toy").stones[0].id is None
    assert "train:3: places in a file, not ids" in done.untold[0]
    kept = [json.loads(line)["tokens"] for line in empty.lines()]
    assert lines[2]["tokens"] not in kept and lines[3]["tokens"] in kept


@pytest.mark.parametrize(
    ("ids", "kind", "message"),
    [
        (["s1", "s01"], UserError, r"1 id\(s\) are in no revision of data/raw/toy that can be read: s01: did you mean \S+"),
        (["*all*"], DataError, r"these are all of its 92 records; nothing was changed"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_changes_nothing(
    project: Project, ids: list[str], kind: type[Exception], message: str
) -> None:
    if ids == ["*all*"]:
        ids = [name for part in ("train", "validation", "test") for name in project.ids(part)]
    with pytest.raises(kind, match=message):
        forget(project, *ids)
    assert project.git("status", "--porcelain") == ""
    assert not tombstones.file("toy").exists()


def test_lists_of_ids_are_checked(tmp_path: Path) -> None:
    (tmp_path / "ids").write_bytes(b"\xef\xbb\xbf a \r\n\r\nb\na\n")
    assert naming.read_ids(tmp_path / "ids") == ["a", "b"]
    (tmp_path / "ids").write_bytes(b"\n")
    with pytest.raises(UserError, match="no id in it"):
        naming.read_ids(tmp_path / "ids")
    with pytest.raises(UserError, match="cannot be read"):
        naming.read_ids(tmp_path / "none")


def register(md5: str, *aliases: str) -> None:
    """A version as `register` tags it."""
    client = registry.client()
    if not client.search_registered_models():
        client.create_registered_model("toy.demo")
    found = client.create_model_version("toy.demo", "file:///nowhere", tags={"data_md5": md5})
    for alias in aliases:
        client.set_registered_model_alias("toy.demo", alias, found.version)


def test_purge_deletes_what_holds_them_and_says_who_was_trained(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shared").mkdir()
    monkeypatch.setenv("GOLDSMITH_ARTIFACTS", str(tmp_path / "shared"))
    project.remote(str(tmp_path / "far"))
    moving.push(project.config(), project.say)
    gone = project.ids()[7]
    assert gone in load_ids(project)
    first = pointers.read(project.data)
    assert first is not None
    register(first.md5, "champion")
    register("0" * 32)
    place = pipeline.raw(project.config())
    validated = Store(Settings().artifacts).all("load")[0]
    pipeline.run_stage("validate_raw", project.config(), {"load": validated.folder})
    shutil.copytree(project.data, "data/raw/other")
    (Path("data/raw/other") / "train.jsonl").unlink()
    with objects.opened(Path("data/raw")) as found:
        found.add(Path("data/raw/other"))

    with pytest.raises(UserError, match=r"nothing was changed or deleted: .* add --yes to go on"):
        forget(project, gone, purge=True)
    assert pointers.read(project.data) == first and place.folder.exists()
    assert any(line.startswith("  object ") and "far" in line for line in project.said)

    done = forget(project, gone, purge=True, sure=True)
    assert [(one.version, one.aliases, one.held) for one in done.versions] == [
        (2, (), None),
        (1, ("champion",), True),
    ]
    assert "toy.demo version 2: its data" in done.untold[0]
    assert done.purged is not None and len(done.purged.objects) == 1
    assert not place.folder.exists() and not validated.folder.exists()
    assert [one.stage for one in done.purged.artifacts] == ["snapshot", "load", "validate_raw"]
    assert [one[0] for one in done.purged.mirrored] == ["snapshot", "load", "validate_raw"]
    needle = f'"{gone}"'.encode()
    for root in (
        project.folder / ".dvc",
        tmp_path / "far",
        project.folder / "data",
        Settings().home,
        tmp_path / "shared",
    ):
        holding = [p for p in root.rglob("*") if p.is_file() and needle in p.read_bytes()]
        assert holding == []
    assert gone not in load_ids(project) and len(load_ids(project)) == 91
    with pytest.raises(StoreError, match=r"1 record\(s\) of these data were forgotten"):
        load_ids(project, "one")
    later = forget(project, gone, purge=True, sure=True)
    assert later.purged is not None and later.purged.objects == ()
    assert [one.held for one in later.versions] == [None, True], "the tombstone remembers"
    assert f"{first.md5}" in " ".join(later.untold), "the purged revision cannot be looked into"
    assert [one.md5 for one in later.revisions if one.holds is None] == [first.md5]


def test_the_fixed_test_set_has_revisions_of_its_own(project: Project) -> None:
    shutil.copytree(project.data, "data/raw/fixed")
    Path("data/raw/fixed/train.jsonl").unlink()
    settings = project.folder / "use_cases" / "toy.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"goldens: data/raw/fixed\n{text}", encoding="utf-8")
    (project.data / "test.jsonl").unlink()
    part = workplace.fixed_part_of(project.config())
    assert adding.add(part, [], project.say).records == 32
    adding.add(project.config(), [], project.say)
    project.commit("two")

    gone = project.ids("validation")[0]
    done = forget(project, gone)
    assert (done.removed, done.left) == (1, 71)
    assert "the fixed test set holds 1 of them: `goldsmith data forget" in done.untold[0]
    again = forgetting.forget(part, [gone], "", project.say)
    assert (again.removed, again.before, again.left) == (1, 1, 31)
    with pytest.raises(ConfigError, match="toy has no fixed test set under profile demo"):
        workplace.fixed_part_of(part)
