"""conflicts: equal inputs with different targets, side by side, and the file a person decides in."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from goldsmith.config.problems import first_finding
from goldsmith.curation.sides import input_key, shown_input, shown_target, target_key, target_row
from goldsmith.errors import DataError
from goldsmith.readers.lines import json_lines
from goldsmith.records import Record

DROP: Literal["drop"] = "drop"


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(_Line):
    """One of the targets that an input carries.

    Attributes:
        target: the columns of the target, as `goldsmith.curation.sides.target_row`.
        shown: the same in words.
        ids: the records that carry it.
        sources: the files or annotators that it comes from; empty for one data set.
    """

    target: dict[str, Any]
    shown: str
    ids: tuple[str, ...]
    sources: tuple[str, ...] = ()


class Conflict(_Line):
    """An input with several targets, and what a person decided.

    Attributes:
        key: of the input, or of the id where files were merged by id.
        decision: number of the right option from 1, `drop` for none of them, None: not decided.
    """

    key: str
    record: str
    text: str
    options: tuple[Option, ...]
    decision: int | Literal["drop"] | None = Field(None)


def conflict(key: bytes, records: Iterable[tuple[str, Record]]) -> Conflict:
    """A conflict from (source, record) pairs with one input; most frequent target first."""
    options: dict[bytes, list[tuple[str, Record]]] = {}
    for source, record in records:
        options.setdefault(target_key(record), []).append((source, record))
    ordered = sorted(options.values(), key=lambda found: -len(found))
    first = ordered[0][0][1]
    return Conflict(
        key=key.hex(),
        record=first.kind,
        text=shown_input(first),
        options=tuple(_option(found) for found in ordered),
    )


def _option(found: list[tuple[str, Record]]) -> Option:
    record = found[0][1]
    return Option(
        target=target_row(record),
        shown=shown_target(record),
        ids=tuple(dict.fromkeys(record.id for _, record in found)),
        sources=tuple(dict.fromkeys(source for source, _ in found if source)),
    )


def conflicts(records: Callable[[], Iterator[Record]]) -> list[Conflict]:
    """Every input that carries several targets, in the order of the source.

    Two passes: only the records in conflict are held.
    """
    first: dict[bytes, bytes] = {}
    several: dict[bytes, list[tuple[str, Record]]] = {}
    for record in records():
        key, target = input_key(record), target_key(record)
        if first.setdefault(key, target) != target:
            several[key] = []
    for record in records() if several else ():
        key = input_key(record)
        if key in several:
            several[key].append(("", record))
    return [conflict(key, found) for key, found in several.items()]


def lines(found: Iterable[Conflict]) -> Iterator[str]:
    """One conflict a line, each with an open `decision`."""
    for one in found:
        yield json.dumps(one.model_dump(mode="json"), ensure_ascii=False) + "\n"


def read_decisions(path: Path) -> Mapping[str, Conflict]:
    """The decided conflicts of a file of `lines` that a person filled in, by key.

    Raises:
        DataError: not such a file, or a decision that names no option; with its line.
    """
    if not path.is_file():
        raise DataError(f"{path}: no such file: `goldsmith goldens conflicts --output` writes one")
    decided: dict[str, Conflict] = {}
    for number, line in json_lines(path, str(path)):
        try:
            one = Conflict.model_validate(line)
        except ValidationError as error:
            raise DataError(f"{path}:{number}: {first_finding(error, Conflict)}") from None
        if isinstance(one.decision, int) and not 1 <= one.decision <= len(one.options):
            raise DataError(
                f"{path}:{number}: decision {one.decision} names no option: it is 1 to "
                f"{len(one.options)}, or {DROP!r}"
            )
        if one.decision is not None:
            decided[one.key] = one
    return decided
