"""`--data-rev`: the data of another revision, without touching the working tree."""

import json
import shutil

import pytest

from goldsmith import artifacts, config, pipeline
from goldsmith.errors import ConfigError, StoreError, UserError
from goldsmith.revisions import adding, moving
from goldsmith.stages import load
from tests.versioning.conftest import Project


@pytest.fixture
def later(project: Project) -> Project:
    """Revision `two` has ten records fewer in training."""
    project.write(project.lines()[10:])
    adding.add(project.config(), [], project.say)
    project.commit("two")
    return project


def loaded(project: Project, rev: str | None) -> dict[str, object]:
    use_case = pipeline.pinned(project.config(data_rev=rev), pipeline.stage("load"))
    raw = pipeline.raw(use_case)
    made = pipeline.run_stage("load", use_case, {"raw": raw.folder})
    return load.read_facts(made.folder) | {"about": artifacts.read_manifest(raw.folder)["about"]}


def test_a_revision_is_read_from_the_cache(later: Project) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in later.data.iterdir())
    old, new, now = (loaded(later, rev) for rev in ("one", "two", None))
    assert (old["records"], new["records"], now["records"]) == (92, 82, 82)
    assert new["md5"] == now["md5"] != old["md5"]
    assert old["about"] == {"path": "data/raw/toy", "md5": old["md5"]}
    assert sorted((path, path.stat().st_mtime_ns) for path in later.data.iterdir()) == before
    assert later.git("status", "--porcelain", "-uno") == ""


def test_the_run_names_the_commit_and_is_not_adhoc(later: Project) -> None:
    found = pipeline.pinned(later.config(data_rev="one"), pipeline.stage("load"))
    assert found.data_rev == later.git("rev-parse", "one^{commit}")
    assert found.adhoc == ()


def test_what_the_cache_lacks_comes_from_s3(later: Project, bucket: str) -> None:
    later.remote(f"s3://{bucket}/dvc")
    later.git("checkout", "-q", "one")
    shutil.rmtree(later.data)
    moving.pull(later.config(), later.say)
    assert moving.push(later.config(), later.say) == 4
    assert moving.push(later.config(), later.say) == 0
    shutil.rmtree(later.folder / ".dvc" / "cache")
    shutil.rmtree(later.data)
    assert loaded(later, "one")["records"] == 92
    assert not later.data.exists()
    with pytest.raises(StoreError, match=r"neither in DVC's cache nor in s3://goldens/dvc"):
        loaded(later, "two")


@pytest.mark.parametrize(
    ("rev", "message"),
    [
        ("tow", r"unknown revision 'tow' in \S+: did you mean two\?"),
        ("--all", r"unknown revision '--all'"),
        ("empty", r"revision 'empty' \(\w{10}\) has no pointer data/raw/toy\.dvc: commits that"),
    ],
)
def test_a_revision_without_the_data_is_named(later: Project, rev: str, message: str) -> None:
    later.git("checkout", "-q", "--orphan", "bare")
    later.git("rm", "-q", "-r", "-f", "--cached", ".")
    later.git("commit", "-q", "--allow-empty", "-m", "nothing")
    later.git("tag", "empty")
    with pytest.raises(UserError, match=message):
        loaded(later, rev)


def test_lost_objects_are_a_store_error(later: Project) -> None:
    for path in later.cached():
        path.unlink()
    with pytest.raises(StoreError, match=r"not in DVC's cache, and there is no remote to fetch"):
        loaded(later, "one")


def test_a_damaged_object_is_not_read(later: Project) -> None:
    for path in later.cached():
        path.chmod(0o644)
        if path.suffix != ".dir":
            path.write_bytes(path.read_bytes().replace(b"B-Rate", b"B-Rats"))
        path.chmod(0o444)  # as DVC leaves them: it does not hash such files again
    with pytest.raises(StoreError, match="is damaged: its bytes do not have the hash in its name"):
        loaded(later, "one")


def test_generated_goldens_have_no_revisions(later: Project) -> None:
    text = (later.folder / "use_cases" / "toy.yaml").read_text(encoding="utf-8")
    generated = "kind: generated\n      generator: financial_entities\n"
    head = text[: text.index("kind: files")]
    (later.folder / "use_cases" / "toy.yaml").write_text(head + generated, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"--data-rev one: generated goldens have no revisions.*"):
        config.load("toy", data_rev="one")


def test_the_flow_takes_it_as_a_parameter() -> None:
    from flows.training import _parser, training

    assert "data_rev" in training.parameters.properties
    assert _parser().parse_args(["toy", "--data-rev", "v1"]).data_rev == "v1"


def test_one_file_below_a_pointer_is_found(later: Project) -> None:
    overrides = ["source.path=data/raw/toy/train.jsonl"]
    found = pipeline.raw(later.config(overrides=overrides, data_rev="one"))
    assert [path.name for path in found.folder.glob("*.jsonl")] == ["train.jsonl"]
    first = (found.folder / "train.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert json.loads(first)["id"] == "s1"
