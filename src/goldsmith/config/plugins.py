"""Families, sources and readers are found by entry point, so that adding one changes no file
here."""

from functools import cache
from importlib.metadata import entry_points

from pydantic import BaseModel

from goldsmith.errors import ConfigError, near

SINGULAR = {"families": "family", "sources": "source kind", "readers": "format"}


def names(group: str) -> list[str]:
    """The registered names of `families`, `sources` or `readers`."""
    return sorted({point.name for point in entry_points(group=f"goldsmith.{group}")})


@cache
def load(group: str, name: str) -> type[BaseModel]:
    """The config class registered under a name.

    Raises:
        ConfigError: no such name, or its package does not import.
    """
    for point in entry_points(group=f"goldsmith.{group}", name=name):
        try:
            found: type[BaseModel] = point.load()
        except ImportError as error:
            raise ConfigError(
                f"{group} {name!r} ({point.value}) does not import: {error}"
            ) from None
        return found
    raise ConfigError(f"unknown {SINGULAR[group]} {name!r}: {near(name, names(group))}")
