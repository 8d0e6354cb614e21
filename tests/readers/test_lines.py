"""JSON lines: every fault is named by file and line."""

import os
from pathlib import Path

import pytest

from goldsmith.errors import DataError
from goldsmith.readers.lines import find_files, json_lines

not_root = pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"a": 1}\n{"a": }\n', "x.jsonl:2:7: not JSON"),
        (b'{"a": 1}\n\n[1]\n', "x.jsonl:3: a JSON object is needed, not list"),
        (b'{"a": 1}\n{"a": "\xff"}\n', "x.jsonl:2: byte 8 of the line is not UTF-8"),
        (b'{"a": "\\ud83d"}\n', "x.jsonl:1: half of a surrogate pair"),
        (b"PAR1\x15\x04", "x.jsonl:1:1: not JSON"),
        (b"[" * 100_000, "x.jsonl:1: nested too deeply"),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(content)
    with pytest.raises(DataError) as caught:
        list(json_lines(file, "x.jsonl"))
    assert said in str(caught.value)


def test_blank_lines_count_but_give_nothing(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(b'\n{"a": "\xf0\x9f\x99\x82"}\r\n   \n{"a": "\\ud83d\\ude42"}')
    assert list(json_lines(file, "x")) == [(2, {"a": "🙂"}), (4, {"a": "🙂"})]


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"a": 1}\n')
    assert list(json_lines(file, "x")) == [(1, {"a": 1})]


def test_files_of_a_folder_are_sorted_and_others_left(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "readme.md"):
        (tmp_path / name).touch()
    (tmp_path / "c.jsonl").mkdir()
    assert [path.name for path in find_files(tmp_path, ".jsonl")] == ["a.jsonl", "b.jsonl"]
    assert find_files(tmp_path / "readme.md", ".jsonl") == [tmp_path / "readme.md"]


def test_an_empty_folder_and_no_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"without a \*\.jsonl file; it is empty"):
        find_files(tmp_path, ".jsonl")
    with pytest.raises(DataError, match="no such file or folder: check the path"):
        find_files(tmp_path / "none", ".jsonl")


def test_a_folder_of_the_wrong_thing_says_what_it_holds(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.parquet").touch()
    with pytest.raises(DataError, match=r"it holds 00\.parquet, .* and 25 more"):
        find_files(tmp_path, ".jsonl")


@not_root
def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text("{}")
    file.chmod(0)
    with pytest.raises(DataError, match=r"x\.jsonl: not readable by this user"):
        list(json_lines(file, "x.jsonl"))
    tmp_path.chmod(0)
    try:
        with pytest.raises(DataError, match="not readable by this user"):
            find_files(tmp_path, ".jsonl")
    finally:
        tmp_path.chmod(0o700)
