"""evaluate and compare: versions and recorded predictions on the same records."""

import typer


def register(app: typer.Typer) -> None:
    """Add the verbs."""
