"""Sources: files and generated goldens, as sections of a use case."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from goldsmith.readers.tokens import Tokens
from goldsmith.sources.files import FilesSource
from goldsmith.sources.generated import GeneratedSource

FILES = {"kind": "files", "path": "x", "reader": {"format": "tokens"}}
GENERATED = {"kind": "generated", "generator": "financial_entities"}
SIZES = {"train": 6, "validation": 0, "test": 3}


def test_a_reader_is_built_and_kept_whole() -> None:
    reader = {"format": "tokens", "columns": {"tokens": "words"}}
    source = FilesSource.model_validate(FILES | {"reader": reader, "path": "~/goldens"})
    assert isinstance(source.reader, Tokens)
    assert source.model_dump()["reader"]["columns"]["tokens"] == "words"
    assert source.location == Path.home() / "goldens"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reader": {"format": "tokens_jsonl"}}, "did you mean tokens"),
        (
            {"reader": {}},
            "needs a format; valid: conll, cranfield, fields, hocr, ocr_json, queries, questions, sroie, "
            "tagged_pages, tesseract, textract, texts and 1 more",
        ),
        ({"reader": "tokens"}, "needs a format"),
        (
            {"reader": {"format": "tokens", "colums": {}}},
            "unknown key 'colums': did you mean columns",
        ),
        ({"reader": {"format": "tokens", "columns": {"tags": 3}}}, r"columns\.tags: "),
        ({"pth": "y"}, "pth"),
    ],
)
def test_wrong_files_sources(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        FilesSource.model_validate(FILES | change)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"generator": "financial_entity"}, "did you mean financial_entities"),
        ({"generator": "_financial_train"}, "unknown generator"),
        ({"options": {"trian": 5}}, r"options\.trian: .* did you mean train"),
        ({"options": {"noise": 2}}, r"options\.noise: "),
        ({"seed": -1}, "seed"),
    ],
)
def test_wrong_generated_sources(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        GeneratedSource.model_validate(GENERATED | change)


def test_generated_goldens_are_read_by_their_reader(tmp_path: Path) -> None:
    source = GeneratedSource.model_validate(GENERATED | {"options": SIZES})
    assert source.generate(tmp_path) == 9
    records = list(source.reader.read(source.reader.files(tmp_path), tmp_path))
    assert sorted(record.split for record in records) == ["test"] * 3 + ["train"] * 6


def test_a_seed_makes_the_goldens(tmp_path: Path) -> None:
    def made(seed: int) -> list[str]:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        GeneratedSource.model_validate(GENERATED | {"options": SIZES, "seed": seed}).generate(
            folder
        )
        lines = (folder / "train.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["tokens"] for line in lines]

    assert made(1) == made(1)
    assert made(1) != made(2)
