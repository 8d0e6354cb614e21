"""Functions of the user's own that a use case names: `source.prepare: features.mail:clean`.

A module is looked for in the working directory first, then among the installed packages.
"""

from goldsmith.functions.batches import RawFunctions, assigned
from goldsmith.functions.code import PACKAGE, PROJECT, code_of, file_digest, packaged
from goldsmith.functions.finding import find

__all__ = [
    "PACKAGE",
    "PROJECT",
    "RawFunctions",
    "assigned",
    "code_of",
    "file_digest",
    "find",
    "packaged",
]
