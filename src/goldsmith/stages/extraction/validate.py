"""validate: both sides before they are scored, so that no figure rests on names that do not meet."""

from collections.abc import Callable
from pathlib import Path

from goldsmith.config import UseCase
from goldsmith.extraction import checks
from goldsmith.stages import Context
from goldsmith.stages.extraction import settings
from goldsmith.stages.extraction.load import read_fields, read_pages
from goldsmith.validation import report


def run(context: Context) -> None:
    """Write validation.json and validation.html, whatever was found."""
    config, inputs = settings(context), context.inputs
    sides = checks.Sides(
        read_fields(inputs["load_goldens"]),
        read_fields(inputs["load_results"]),
        read_pages(inputs["load_pages"]),
        config.fields,
    )
    report.write(checks.validate(sides, config.validation), context.out)


def accept(config: UseCase, folder: Path, note: Callable[[str], None]) -> None:
    """Stop where a check failed.

    Raises:
        DataError: with every failed check, its ids and remedy.
    """
    found = report.read(folder)
    for text in report.notes(found):
        note(text)
    report.require(found, folder)
