"""JSON lines: every fault is named by file and line."""

import os
from pathlib import Path

import pytest

from goldsmith.errors import DataError
from goldsmith.readers.lines import json_lines

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


@not_root
def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text("{}")
    file.chmod(0)
    with pytest.raises(DataError, match=r"x\.jsonl: not readable by this user"):
        list(json_lines(file, "x.jsonl"))
