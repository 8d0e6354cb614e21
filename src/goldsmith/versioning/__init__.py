"""Data versions: hashes, pointers and objects as DVC keeps them, git's revisions, tombstones.

`dvc` is imported here only, and inside functions.
"""

from goldsmith.versioning.checking_out import copy_out, pull_if_pointer
from goldsmith.versioning.git import commit, resolve
from goldsmith.versioning.hashing import md5
from goldsmith.versioning.pointers import Pointer
from goldsmith.versioning.pointers import find as find_pointer

__all__ = ["Pointer", "commit", "copy_out", "find_pointer", "md5", "pull_if_pointer", "resolve"]
