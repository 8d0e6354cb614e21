"""Model families: one folder each, found by name. See `goldsmith.families.base` for the
protocol."""

from goldsmith.config import plugins


def names() -> list[str]:
    """The names of the installed families."""
    return plugins.names("families")
