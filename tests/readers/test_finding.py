"""Which files make up a data set, and what they are called."""

import os
from pathlib import Path

import pytest

from goldsmith import artifacts
from goldsmith.errors import DataError
from goldsmith.readers.finding import find_files, fixed_part, named, relative_names, suffix

not_root = pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
JSONL = (".jsonl",)


def touch(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def test_files_of_a_folder_are_sorted_and_others_left(tmp_path: Path) -> None:
    touch(tmp_path, "b.jsonl", "a.JSONL.gz", "readme.md", ".hidden.jsonl", "below/x.jsonl")
    (tmp_path / "c.jsonl").mkdir()
    assert [path.name for path in find_files(tmp_path, JSONL)] == ["a.JSONL.gz", "b.jsonl"]
    assert find_files(tmp_path / "readme.md", JSONL) == [tmp_path / "readme.md"]


def test_an_empty_folder_and_no_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"without a \*\.jsonl or \*\.csv file; it is empty"):
        find_files(tmp_path, (".jsonl", ".csv"))
    with pytest.raises(DataError, match="no such file or folder: check the path"):
        find_files(tmp_path / "none", JSONL)


def test_a_folder_of_the_wrong_thing_says_what_it_holds(tmp_path: Path) -> None:
    touch(tmp_path, *(f"{number:02}.parquet" for number in range(30)))
    with pytest.raises(DataError, match=r"it holds 00\.parquet, .* and 25 more"):
        find_files(tmp_path, JSONL)


@not_root
def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0)
    try:
        with pytest.raises(DataError, match="not readable by this user"):
            find_files(tmp_path, JSONL)
    finally:
        tmp_path.chmod(0o700)


def test_a_glob_takes_what_it_matches(tmp_path: Path) -> None:
    touch(tmp_path, "a/train.jsonl", "b/train.jsonl", "b/deep/er.jsonl", "b/.x.jsonl", "[c].jsonl")
    assert relative_names(find_files(tmp_path / "*/train.jsonl", JSONL)) == [
        "a/train.jsonl",
        "b/train.jsonl",
    ]
    assert len(find_files(tmp_path / "**/*.jsonl", JSONL)) == 4
    assert find_files(tmp_path / "[c].jsonl", JSONL) == [tmp_path / "[c].jsonl"]


def test_a_glob_without_match_says_what_is_there(tmp_path: Path) -> None:
    touch(tmp_path, "a.csv")
    with pytest.raises(
        DataError, match=rf"\*\.jsonl: this glob matches no .*{tmp_path} holds a.csv"
    ):
        find_files(tmp_path / "*.jsonl", JSONL)
    with pytest.raises(DataError, match=rf"there is no folder {tmp_path}/none"):
        find_files(tmp_path / "none/*.jsonl", JSONL)


def test_the_fixed_part_of_a_path() -> None:
    assert fixed_part(Path("a/b/*/c.csv")) == Path("a/b")
    assert fixed_part(Path("*.csv")) == Path()
    assert fixed_part(Path("a/b.csv")) == Path("a/b.csv")


@pytest.mark.parametrize(
    ("names", "shown", "wanted", "prefixes"),
    [
        (["x.csv"], "data/x.csv", ["data/x.csv"], ["x"]),
        (["x.csv"], "data", ["data/x.csv"], ["x"]),
        (["a/x.csv", "b/x.csv"], "d/*/x.csv", ["d/a/x.csv", "d/b/x.csv"], ["a/x.csv", "b/x.csv"]),
        (["x.csv"], "d/*/x?.csv", ["d/*/x.csv"], ["x"]),
        (["a/x.csv", "y.csv"], "d/**/*.csv", ["d/**/a/x.csv", "d/**/y.csv"], ["x", "y"]),
        (["x.csv.gz", "x.tsv"], "d", ["d/x.csv.gz", "d/x.tsv"], ["x.csv.gz", "x.tsv"]),
    ],
)  # fmt: skip
def test_what_files_are_called(
    tmp_path: Path, names: list[str], shown: str, wanted: list[str], prefixes: list[str]
) -> None:
    root = touch(tmp_path / "root", *names)
    found = list(named([root / name for name in names], Path(shown)))
    assert [one.name for one in found] == wanted
    assert [one.prefix for one in found] == prefixes


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("train.csv", "train"),
        ("valid.csv.gz", "validation"),
        ("dev.tsv", "validation"),
        ("test-00000-of-00002.parquet", "test"),
        ("dev-v2.0.json", "validation"),
        ("emerging.dev.conll", ""),
        ("trainer.csv", ""),
    ],
)
def test_the_split_of_a_file(name: str, split: str) -> None:
    assert next(named([Path(name)], Path("data"))).split == split


def test_a_folder_of_ours_is_the_data_set_whole(tmp_path: Path) -> None:
    """A snapshot holds what a glob found in several folders, or a file of an unusual name."""

    def make(out: Path) -> None:
        touch(out, "a/train.jsonl", "b/train.jsonl", "odd.name")

    folder = artifacts.Store(tmp_path).ensure("snapshot", "k", make).folder
    names = ["a/train.jsonl", "b/train.jsonl", "odd.name"]
    assert relative_names(find_files(folder, JSONL)) == names


def test_a_file_of_the_users_named_like_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "artifact.json").write_text("[]")
    with pytest.raises(DataError, match=r"artifact\.json is the name of a file of ours"):
        find_files(tmp_path, (".json",))


def test_suffixes() -> None:
    assert [suffix(Path(name)) for name in ("a.CSV", "a.csv.gz", "a.b.tsv", "a")] == [
        ".csv",
        ".csv",
        ".tsv",
        "",
    ]
