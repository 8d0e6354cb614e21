"""Files as a source: what becomes of them in the store, by either driver."""

from pathlib import Path

import pytest

from goldsmith import config, pipeline, versioning
from goldsmith.errors import DataError
from goldsmith.readers.finding import relative_names
from tests.readers.files import write_table

ROWS = [{"text": "a", "label": "b"}]


def source(path: str, section: str = "{format: texts}") -> config.UseCase:
    overrides = ["source.kind=files", f"source.path={path}", f"source.reader={section}"]
    return config.load("toy", overrides=overrides)


def test_a_snapshot_keeps_folders_and_takes_what_the_reader_reads(project: Path) -> None:
    root = project / "mail"
    for name in ("a/train.csv", "b/train.csv", "b/more.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("csv"):
            write_table(root / name, ROWS)
    found = pipeline.raw(source("mail/*/train.csv"))
    names = ["a/train.csv", "artifact.json", "b/train.csv"]
    files = sorted(path for path in found.folder.rglob("*") if path.is_file())
    assert [path.relative_to(found.folder).as_posix() for path in files] == names
    assert pipeline.raw(source("mail/**/*.csv")).key == found.key


def test_a_snapshot_has_the_md5_of_the_files(project: Path) -> None:
    """With the folders in it: DVC hashes a folder by the paths below it."""
    for name in ("corpus.jsonl", "queries.jsonl", "qrels/test.tsv"):
        (project / "asked" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "asked" / name).write_text(name)
    reader = source("asked", "{format: queries}").source.reader
    local = reader.files(Path("asked"))
    stored = reader.files(pipeline.raw(source("asked", "{format: queries}")).folder)
    assert relative_names(stored) == ["corpus.jsonl", "qrels/test.tsv", "queries.jsonl"]
    assert versioning.md5(local, single=False) == versioning.md5(stored, single=False)


def test_a_step_sees_that_its_file_changed(project: Path) -> None:
    """`goldsmith step` reads what a flow reads, and makes no second copy of it."""
    write_table(project / "x.csv", ROWS)
    found = [pipeline.workspace_input("raw", source("x.csv"))]
    assert found == [pipeline.raw(source("x.csv")).folder]
    write_table(project / "x.csv", ROWS * 2)
    found.append(pipeline.workspace_input("raw", source("x.csv")))
    assert len(set(found)) == 2


def test_a_file_of_any_name(project: Path) -> None:
    (project / "goldens.iob1").write_text("a I-A\n")
    wanted = source("goldens.iob1", "{format: conll}")
    loaded = pipeline.run_stage("load", wanted, {"raw": pipeline.raw(wanted).folder})
    assert (loaded.folder / "records.parquet").is_file()
    with pytest.raises(DataError, match=r"goldens\.iob1: no table of a known form"):
        other = source("goldens.iob1")
        pipeline.run_stage("load", other, {"raw": pipeline.raw(other).folder})
