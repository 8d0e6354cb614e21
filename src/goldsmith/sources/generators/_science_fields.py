"""The fields of science and what each looks at."""

from collections.abc import Mapping
from typing import NamedTuple


class Field(NamedTuple):
    """A field: how many of a hundred papers it has, and the themes that it looks at."""

    share: int
    themes: tuple[str, ...]


class Speech(NamedTuple):
    """One field's wordings in one pool: what it asks and what it finds."""

    asks: tuple[str, ...]
    findings: tuple[str, ...]


FIELDS: Mapping[str, Field] = {
    "astro-ph": Field(11, ("stars", "cosmos")),
    "cond-mat": Field(10, ("crystals", "soft", "lattice")),
    "cs.LG": Field(12, ("stars", "cosmos", "genomes", "cells", "neurons", "markets", "households",
                        "grids", "signals", "crystals", "lattice")),
    "econ": Field(9, ("households", "markets", "grids", "epidemics")),
    "eess": Field(10, ("signals", "grids", "neurons", "stars")),
    "math": Field(11, ("cosmos", "cells", "epidemics", "markets", "signals", "crystals", "soft",
                       "lattice")),
    "physics.bio-ph": Field(8, ("cells", "neurons", "soft")),
    "q-bio": Field(10, ("genomes", "cells", "neurons", "epidemics")),
    "q-fin": Field(9, ("markets", "grids", "households", "epidemics")),
    "stat": Field(10, ("stars", "cosmos", "genomes", "neurons", "epidemics", "markets",
                       "households", "signals")),
}  # fmt: skip
"""The ten fields; neighbours share themes, and what they call their tools."""

RARE_FIELDS: Mapping[str, Field] = {
    "hep-lat": Field(0, ("lattice",)),
    "nlin": Field(0, ("grids", "neurons", "soft")),
}
"""Two fields that a data set has hardly any papers of."""
