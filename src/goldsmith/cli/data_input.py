"""What the verbs of `goldsmith data` have in common: which goldens are meant, and how they answer."""

import json
import sys
from typing import Annotated, Any

import typer

from goldsmith import config
from goldsmith.cli import instead
from goldsmith.cli.goldens_input import Part

SourceName = Annotated[
    str | None, typer.Option("--source", help="One of the use case's `sources`.")
]
WhichPart = Annotated[
    Part, typer.Option("--part", help="The use case's source, or its fixed test set.")
]


def load(use_case: str, profile: str | None, source: str | None, part: Part) -> config.UseCase:
    """The use case, as if its fixed test set were its source if that part is meant."""
    loaded = config.load(use_case, profile, source=source, instead=instead.VERSIONED)
    if part is Part.SOURCE:
        return loaded
    from goldsmith.revisions.workplace import fixed_part_of

    return fixed_part_of(loaded)


def say(text: str) -> None:
    """A line about what goes on."""
    print(text, file=sys.stderr)


def json_out(value: Any) -> None:
    """The answer for a program."""
    print(json.dumps(value, indent=1, ensure_ascii=False))
