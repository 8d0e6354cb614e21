"""Families, sources and readers are found by entry point, so that adding one changes no file
here."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from pydantic import BaseModel

from goldsmith.errors import ConfigError, near
from goldsmith.foreign import said

SINGULAR = {"families": "family", "sources": "source kind", "readers": "format"}
# The class that a package's own is derived from, and what it has at least.
NEEDED = {
    "families": ("goldsmith.families.base.Family", ("record", "train")),
    "sources": ("goldsmith.sources.Source", ("fetch",)),
    "readers": ("goldsmith.config.sections.Section", ("record", "read")),
}


def names(group: str) -> list[str]:
    """The registered names of `families`, `sources` or `readers`."""
    return sorted({point.name for point in entry_points(group=f"goldsmith.{group}")})


@cache
def load(group: str, name: str) -> type[BaseModel]:
    """The config class registered under a name.

    Raises:
        ConfigError: no such name, its package fails while it is imported, or it names something else.
    """
    for point in entry_points(group=f"goldsmith.{group}", name=name):
        return _loaded(group, point)
    raise ConfigError(f"unknown {SINGULAR[group]} {name!r}: {near(name, names(group))}")


def _loaded(group: str, point: EntryPoint) -> type[BaseModel]:
    what = f"{SINGULAR[group]} {point.name!r}, {point.value} of the installed package {_package(point)},"
    try:
        found: Any = point.load()
    except (Exception, SystemExit) as error:  # whatever somebody's package does
        raise ConfigError(f"{what} does not import: {said(error)}") from None
    parent, needed = NEEDED[group]
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        raise ConfigError(f"{what} is no class of settings: derive it from {parent}")
    if lacking := [one for one in needed if not hasattr(found, one)]:
        raise ConfigError(f"{what} has no `{lacking[0]}`: derive it from {parent}")
    return found


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.module
