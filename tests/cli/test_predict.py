"""goldsmith predict: the documented lines, one error a bad line, and whole files only."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from goldsmith.artifacts import file_sha256
from goldsmith.cli.answering_input import from_file, from_options
from goldsmith.cli.answering_tables import print_answers
from goldsmith.errors import DataError, UserError
from goldsmith.families.extractive_qa import ExtractiveQa
from goldsmith.families.extractive_qa.runtime import WholeContext
from goldsmith.families.sequence_classification import SequenceClassification
from tests.cli.here import here
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
    assert " ".join(lines[3]["tokens"])[span["start"] : span["end"]] == "4.5 %"
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
    ("arguments", "said"),
    [
        (["--input", "nothing.jsonl"], "--input"),
        (["--text", "a", "--input", "b"], "--input"),
        (["--question", "who ?"], "--question needs --context"),
        (["--question", "who ?", "--context", "I"], "token_classification needs `text`"),
    ],
)
def test_wrong_use_of_predict(trained: World, arguments: list[str], said: str) -> None:
    ended_well(here(trained, "predict", "toy", *arguments), 2, said)


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


ROUTING = SequenceClassification(family="sequence_classification", base="packaged:minilm")
READING = ExtractiveQa(family="extractive_qa", base="packaged:minilm")


def test_a_text_file_is_one_text_and_a_folder_one_a_file(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("my card\nis gone\n", encoding="utf-8")
    (tmp_path / "a.TXT").write_bytes(b"\xff")
    (tmp_path / "c.pdf").write_bytes(b"")
    (first, broken), (second, whole) = from_file(ROUTING, tmp_path)
    assert (first, second) == (1, 2) and isinstance(broken, DataError) and "a.TXT" in str(broken)
    assert whole == {"id": "b.txt", "text": "my card\nis gone\n"}
    assert [line for _, line in from_file(ROUTING, tmp_path / "b.txt")] == [whole]
    with pytest.raises(
        UserError, match=r"a text file is one `text`, but: family extractive_qa needs"
    ):
        from_file(READING, tmp_path / "b.txt")
    with pytest.raises(UserError, match=r"--text: family extractive_qa needs `question` and `con"):
        from_options(READING, {"text": "who ?"})
    (tmp_path / "none").mkdir()
    with pytest.raises(DataError, match=r"--input: no \.txt or \.md file in this folder"):
        from_file(ROUTING, tmp_path / "none")


def printed(predictions: list[Any], width: int = 80) -> str:
    console = Console(record=True, width=width, file=StringIO())
    lines = [{"id": f"m{n}", "prediction": one} for n, one in enumerate(predictions)]
    print_answers([*lines, {"id": "bad", "error": "needs [text]"}], console)
    return console.export_text()


def test_a_terminal_gets_a_table_of_what_the_family_answers() -> None:
    ranked = [{"label": "cards", "score": 0.61, "abstain": True}, {"label": "fees", "score": 0.2}]
    text = printed([ranked])
    for words in ("cards to a person", "0.610", "fees", "needs [text]", "bad"):
        assert words in text, text
    assert "text " not in text.splitlines()[1] and "at" not in text.splitlines()[1]
    found = WholeContext().answer([{"question": "a", "context": c} for c in ("30 days " * 60, "")])
    text = printed(found)
    assert "no answer" in text and "0-480" in text and max(map(len, text.splitlines())) <= 80
    text = printed([[], [{"start": 3, "end": 6, "text": "4.5", "label": "Rate", "score": 0.9}]])
    assert "nothing found" in text and "3-6" in text and "Rate" in text
