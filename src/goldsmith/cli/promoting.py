"""promote and rollback: a person moves the champion."""

import typer


def register(app: typer.Typer) -> None:
    """Add the verbs."""
