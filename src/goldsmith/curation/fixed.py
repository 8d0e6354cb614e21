"""The fixed test set of a use case: its `goldens:`, pulled, hashed and read apart from its source."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from goldsmith import versioning
from goldsmith.config import UseCase
from goldsmith.errors import ConfigError
from goldsmith.readers.finding import fixed_part
from goldsmith.splits import GOLDENS

PREFIX = "goldens:"
FOLDER = Path("data") / "goldens"


def files(config: UseCase) -> list[Path]:
    """The files of the fixed test set, pulled if only their pointer is here; none without one.

    Raises:
        DataError: nothing there that the reader reads.
        StoreError: a pointer whose data cannot be pulled.
    """
    if config.goldens is None:
        return []
    versioning.pull_if_pointer(fixed_part(config.goldens.location))
    found: list[Path] = reader(config).files(config.goldens.location)
    return found


def reader(config: UseCase) -> Any:
    """The reader of the fixed test set: its own, else the source's.

    Raises:
        ConfigError: it makes records of another type than the source's.
    """
    source: Any = config.source
    own: Any = config.goldens.reader if config.goldens else None
    if own is not None and own.record.kind != source.reader.record.kind:
        raise ConfigError(
            f"goldens.reader: format {own.format} makes {own.record.kind} records, the source's "
            f"are {source.reader.record.kind}"
        )
    return own or source.reader


def md5(config: UseCase) -> str:
    """The md5 by which DVC knows the fixed test set; empty without one."""
    found = files(config)
    if config.goldens is None or not found:
        return ""
    single = len(found) == 1 and config.goldens.location.name == found[0].name
    return versioning.md5(found, single=single)


def digest(config: UseCase) -> str:
    """What the fixed test set adds to a key: its bytes, and how they are read."""
    if config.goldens is None:
        return ""
    section = reader(config).model_dump(mode="json")
    text = json.dumps([md5(config), section], sort_keys=True)
    return sha256(text.encode()).hexdigest()


def records(config: UseCase) -> Iterator[Any]:
    """The records of the fixed test set as its reader gives them.

    Raises:
        DataError: a file that the reader refuses.
    """
    found = files(config)
    if config.goldens is not None:
        yield from reader(config).read(found, config.goldens.location)


def marked(record: Any) -> Any:
    """A record of the fixed test set beside the source's: in the split `goldens`, its id marked.

    Ids of the source and of the fixed test set may be the same; the mark keeps them apart.
    """
    return replace(record, id=f"{PREFIX}{record.id}", split=GOLDENS)
