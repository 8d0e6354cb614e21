"""Functions of the user's own that do what they may not: said with their line, exit 2, nothing written."""

import pytest

from tests.command import World, ended_well

FUNCTIONS = """\
def raises(batch):
    return cleaned(batch)


def cleaned(batch):
    return batch["txt"]


def other_columns(batch):
    return batch.rename_columns(["id", "document_id", "words", "tags", "split"])


def nothing(batch):
    return batch.slice(0, 0)
"""


@pytest.mark.parametrize(
    ("verb", "function", "parts"),
    [
        (
            "run",
            "raises",
            ["KeyError", "features/rows.py:6", 'batch["txt"]', "data/raw/toy", "record 's261'"],
        ),
        (
            "step load",
            "other_columns",
            ["no column tokens", "a column words", "features/rows.py:9", "record 's261'"],
        ),
        ("step load", "nothing", ["none of the 340 records is left", "rows:nothing left out 340"]),
        (
            "step load",
            "nothingg",
            ["features/rows.py has no function 'nothingg'", "did you mean nothing"],
        ),
    ],
)
def test_a_prepare_function_that_fails(
    fresh: World, verb: str, function: str, parts: list[str]
) -> None:
    path = fresh.folder / "features" / "rows.py"
    path.parent.mkdir()
    path.write_text(FUNCTIONS, encoding="utf-8")
    # `python -m goldsmith` has the working directory on its path by itself; the script has not.
    setting = f"source.prepare=features.rows:{function}"
    done = fresh.run(*verb.split(), "toy", "--set", setting, PYTHONSAFEPATH="1")
    ended_well(done, 2, *parts, lines=3)
    assert fresh.made("load") == [] and not (fresh.folder / "data" / "records").exists()
    assert not list(path.parent.glob("__pycache__"))
