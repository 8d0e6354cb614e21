"""Names of classes from what `datasets` writes into the schema of Parquet."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goldsmith.errors import DataError
from goldsmith.readers.tokens import Tokens

TAGS = {"_type": "ClassLabel", "names": ["O", "B-Rate"]}


def write(path: Path, tags: list[list[int]], feature: Any) -> Path:
    features = {
        "tokens": {"_type": "Sequence", "feature": {"dtype": "string"}},
        "ner_tags": feature,
    }
    table = pa.table({"tokens": [["a", "b"]] * len(tags), "ner_tags": tags})
    metadata = {"huggingface": json.dumps({"info": {"features": features}})}
    pq.write_table(table.replace_schema_metadata(metadata), path)
    return path


@pytest.mark.parametrize(
    "feature",
    [
        {"_type": "Sequence", "feature": TAGS, "length": -1},
        {"_type": "List", "feature": TAGS},
        [TAGS],
    ],
    ids=["Sequence", "List", "brackets"],
)
def test_integers_get_the_names_of_the_schema(tmp_path: Path, feature: Any) -> None:
    file = write(tmp_path / "train.parquet", [[0, 1], [1, 0]], feature)
    found = [record.tags for record in Tokens().read([file], file)]
    assert found == [("O", "B-Rate"), ("B-Rate", "O")]
    other = Tokens(tag_names=("O", "B-Amount"))
    assert next(iter(other.read([file], file))).tags == ("O", "B-Amount")


def test_what_datasets_itself_writes_is_read(tmp_path: Path) -> None:
    """Where `datasets` is, its own file is the judge of what its metadata look like."""
    datasets = pytest.importorskip("datasets")
    features = datasets.Features(
        {
            "tokens": datasets.Sequence(datasets.Value("string")),
            "ner_tags": datasets.Sequence(datasets.ClassLabel(names=["O", "B-Rate"])),
        }
    )
    rows = {"tokens": [["a", "b"]], "ner_tags": [[0, 1]]}
    file = tmp_path / "test.parquet"
    datasets.Dataset.from_dict(rows, features=features).to_parquet(file)
    [record] = Tokens().read([file], file)
    assert (record.tags, record.split) == (("O", "B-Rate"), "test")


def test_an_integer_without_a_name_is_an_error(tmp_path: Path) -> None:
    file = write(tmp_path / "train.parquet", [[0, 7]], [TAGS])
    with pytest.raises(DataError, match=r"train\.parquet: row 1: tag 7"):
        list(Tokens().read([file], file))


def test_metadata_of_another_form_are_an_error(tmp_path: Path) -> None:
    file = tmp_path / "train.parquet"
    table = pa.table({"tokens": [["a"]], "ner_tags": [[0]]})
    pq.write_table(table.replace_schema_metadata({"huggingface": "[1]"}), file)
    with pytest.raises(DataError, match="metadata in its schema cannot be read"):
        list(Tokens().read([file], file))
