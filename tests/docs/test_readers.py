"""The examples of every reader in docs/formats.md are read as they stand."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from goldsmith.config import plugins
from tests.readers.files import read

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
READERS = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", PAGE.read_text("utf-8"), re.M | re.S))


def test_every_reader_has_its_example() -> None:
    assert sorted(READERS) == plugins.names("readers")


@pytest.mark.parametrize("name", READERS)
def test_examples_are_read(tmp_path: Path, name: str) -> None:
    source = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", READERS[name], re.S)[0])
    for file, text in re.findall(r'```\w+ title="(.+?)"\n(.*?)```', READERS[name], re.S):
        (tmp_path / file).write_text(text, encoding="utf-8")
    reader: Any = plugins.load("readers", name).model_validate(source["reader"])
    assert len(read(reader, tmp_path)) >= 1
