"""goldsmith predict: the documented lines, one error a bad line, and whole files only."""

import json
from pathlib import Path
from typing import Any

import pytest

from goldsmith.artifacts import file_sha256
from tests.command import World, ended_well

SAMPLE = "interest was paid at 4.5 % per annum"


def answer(world: World, text: str) -> dict[str, Any]:
    done = world.run("predict", "toy", "--text", text)
    assert done.status == 0, done.text
    value: dict[str, Any] = json.loads(done.out)
    return value


def test_text_is_answered_by_the_champions_file(trained: World) -> None:
    found = answer(trained, SAMPLE)
    assert found["id"] == "1"
    assert (found["model"]["name"], found["model"]["version"]) == ("toy.demo", 1)
    files = trained.home.glob("artifacts/bundle/*/onnx/*/model.onnx")
    assert found["model"]["sha256"] in {file_sha256(file) for file in files}
    (span,) = found["prediction"]
    assert (SAMPLE[span["start"] : span["end"]], span["label"]) == ("4.5 %", "Rate")
    assert span["text"] == "4.5 %" and 0.0 < span["score"] <= 1.0


def test_file_of_lines_keeps_ids_order_and_code_points(trained: World, tmp_path: Path) -> None:
    astral = "\U0001d538 \U0001f4b6 " + SAMPLE  # two code points beyond 16 bits
    lines = [
        {"id": "a", "text": SAMPLE},
        {"id": "b", "words": "no text"},
        {"text": astral},
        {"id": 4, "tokens": ["paid", "at", "4.5", "%", "per", "annum"]},
        {"id": "e", "text": 5},
        {"id": "f", "text": ""},
    ]
    given, wanted = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    done = trained.run("predict", "toy", "--input", str(given), "--output", str(wanted))
    assert done.status == 0, done.text
    rows = [json.loads(line) for line in wanted.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", "b", "3", "4", "e", "f"]
    assert ["error" in row for row in rows] == [False, True, False, False, True, False]
    assert "text" in rows[1]["error"] and "tokens" in rows[1]["error"]
    (span,) = rows[2]["prediction"]
    assert astral[span["start"] : span["end"]] == "4.5 %" == span["text"]
    (span,) = rows[3]["prediction"]
    assert " ".join(lines[3]["tokens"])[span["start"] : span["end"]] == "4.5 %"  # type: ignore[arg-type]
    assert rows[5]["prediction"] == []


def test_line_that_is_not_json_gets_an_error_and_stops_nothing(
    trained: World, tmp_path: Path
) -> None:
    given = tmp_path / "in.jsonl"
    good = json.dumps({"id": "z", "text": SAMPLE})
    given.write_bytes(f"{good}\n{{broken\n".encode() + b"\xff\n" + f"[1]\n{good}\n".encode())
    done = trained.run("predict", "toy", "--input", str(given))
    assert done.status == 0, done.text
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["id"] for row in rows] == ["z", "2", "3", "4", "z"]
    assert [row.get("error", "") != "" for row in rows] == [False, True, True, True, False]
    assert "in.jsonl:2" in rows[1]["error"]


def test_output_is_replaced_only_when_whole(trained: World, tmp_path: Path) -> None:
    given, wanted = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text((json.dumps({"text": SAMPLE}) + "\n") * 400, encoding="utf-8")
    wanted.write_text("as it was\n", encoding="utf-8")
    # The bundle is fetched already, so the answers are the first big file.
    assert answer(trained, SAMPLE)
    done = trained.run(
        "predict", "toy", "--input", str(given), "--output", str(wanted), limit=20_000
    )
    ended_well(done, 1, "out.jsonl", "cannot be written")
    assert wanted.read_text("utf-8") == "as it was\n"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".out")] == []


@pytest.mark.parametrize(
    "arguments", [["--input", "nothing.jsonl"], ["--text", "a", "--input", "b"]]
)
def test_wrong_use_of_predict(trained: World, arguments: list[str]) -> None:
    ended_well(trained.run("predict", "toy", *arguments), 2, "--input")


def test_tampered_file_does_not_answer(champion: World) -> None:
    assert answer(champion, SAMPLE)["prediction"]
    tampered = 0
    for root in (champion.home / "mlflow", champion.home / "artifacts" / "bundle"):
        for path in root.rglob("model.onnx"):
            content = bytearray(path.read_bytes())
            content[-40] ^= 1
            path.write_bytes(bytes(content))
            tampered += 1
    assert tampered
    done = champion.run("predict", "toy", "--text", SAMPLE)
    ended_well(done, 2, "toy.demo version 1: altered", "model.onnx (changed)", "goldsmith verify")
    assert done.out == ""


def test_unknown_version_is_named_with_the_known_ones(trained: World) -> None:
    done = trained.run("predict", "toy@7", "--text", SAMPLE)
    ended_well(done, 2, "toy.demo has no version '7'", "1", "champion")
