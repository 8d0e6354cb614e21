"""Families, sources and readers are found by entry point, so that adding one changes no file
here."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from pydantic import BaseModel

from goldsmith.errors import ConfigError, near
from goldsmith.foreign import said

SINGULAR = {"families": "family", "sources": "source kind", "readers": "format"}
# What each of them has at least, and the class that a package's own is derived from.
HAS = {"families": ("record", "train"), "sources": ("fetch",), "readers": ("record", "read")}
DERIVED = {
    "families": "goldsmith.families.base.Family",
    "sources": "goldsmith.sources.Source",
    "readers": "goldsmith.config.sections.Section",
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
    is_section = isinstance(found, type) and issubclass(found, BaseModel)
    lacking = [one for one in HAS[group] if not hasattr(found, one)]
    if not is_section or lacking:
        why = f"has no `{lacking[0]}`" if is_section else "is no class of settings"
        raise ConfigError(f"{what} {why}: derive it from {DERIVED[group]}")
    return found


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.module
