"""The fixed test set of a use case: its `goldens:`, pulled, hashed and read apart from its source."""

import json
from collections.abc import Iterator
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


def functions(config: UseCase) -> tuple[str | None, str | None]:
    """Names of the functions that give records of goldens labels and prepare them: the source's; none
    where the fixed test set has a reader of its own."""
    source: Any = config.source
    own = config.goldens is not None and config.goldens.reader is not None
    return (None, None) if own else (source.label, source.prepare)


def records(config: UseCase) -> Iterator[Any]:
    """The records of the fixed test set as its reader gives them.

    Raises:
        DataError: a file that the reader refuses.
    """
    found = files(config)
    if config.goldens is not None:
        yield from reader(config).read(found, config.goldens.location)


def marked(batch: Any) -> Any:
    """A batch of the fixed test set beside the source: in the split `goldens`, its ids marked.

    Ids of the source and of the fixed test set may be the same; the mark keeps them apart.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = {name: batch.column(name) for name in batch.schema.names}
    columns["id"] = pc.binary_join_element_wise(PREFIX, columns["id"], "")
    columns["split"] = pa.repeat(GOLDENS, batch.num_rows)
    return pa.RecordBatch.from_arrays(list(columns.values()), schema=batch.schema)
