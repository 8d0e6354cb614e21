"""How to read a file that nobody has described: the reader and its columns, by name and content."""

import glob
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from goldsmith.config import plugins
from goldsmith.curation import roles
from goldsmith.curation.roles import Column
from goldsmith.errors import DataError, UserError, listed
from goldsmith.readers.finding import named, suffix
from goldsmith.readers.tables import TableReader, rows_of
from goldsmith.text import bio_spans, is_tag

LOOKED_AT = 1000  # rows
DELIMITERS = (";", "\t", "|")


@dataclass(frozen=True)
class Guess:
    """A reader's section, the reader that it makes, and what was guessed by content alone."""

    section: dict[str, Any]
    reader: Any
    notes: tuple[str, ...]


def guess(path: Path, kind: str, given: dict[str, Any] | None = None) -> Guess:
    """Find a reader of a record type for a file or folder, and name its columns.

    Args:
        path: file, folder or glob.
        kind: the record type that is wanted.
        given: keys of the reader's section that are known; they win.

    Raises:
        UserError: no reader makes records of that type.
        DataError: none of those that do understands the file; says what each of them had to say.
    """
    if not path.exists() and not glob.has_magic(str(path)):
        raise DataError(f"{path}: no such file or folder: --from takes a file, a folder or a glob")
    names = [str(given["format"])] if given and "format" in given else _formats(kind, path)
    if not names:
        raise UserError(f"no reader makes records of type {kind}: install one, or write the YAML")
    faults: list[str] = []
    for name in names:
        try:
            return _try(name, path, kind, given or {})
        except DataError as error:
            faults.append(f"  - {name}: {str(error).splitlines()[0]}")
    shown = "\n".join(faults)
    raise DataError(f"{path}: no reader of {kind} records understands it\n{shown}")


def _formats(kind: str, path: Path) -> list[str]:
    """The readers of a record type that need no word of the user's; those of tables first where the
    file is one."""
    readers: dict[str, Any] = {
        name: plugins.load("readers", name) for name in plugins.names("readers")
    }
    names = [name for name, one in readers.items() if one.record.kind == kind and not _asks(one)]
    form = suffix(path)
    return sorted(names, key=lambda name: form not in getattr(readers[name], "suffixes", ()))


def _asks(reader_type: Any) -> bool:
    """Whether a reader has settings without a default, which nobody can guess."""
    settings = getattr(reader_type, "model_fields", {}).items()
    return any(one.is_required() for name, one in settings if name != "format")


def _try(name: str, path: Path, kind: str, given: dict[str, Any]) -> Guess:
    reader_type: Any = plugins.load("readers", name)
    known = {**given, "format": name}
    plain = _built(reader_type, known)
    files = plain.files(path)
    section: dict[str, Any] = known
    notes: list[str] = []
    fields = getattr(reader_type.model_fields.get("columns"), "annotation", None)
    if isinstance(plain, TableReader) and kind in roles.REQUIRED and fields:
        section, notes = _of_table(plain, files, path, kind, known, fields)
    reader = _built(reader_type, section)
    _check(reader, files, path)
    return Guess(section, reader, tuple(notes))


def _built(reader_type: Any, section: dict[str, Any]) -> Any:
    from pydantic import ValidationError

    from goldsmith.config.problems import first_finding

    try:
        return reader_type.model_validate(section)
    except ValidationError as error:
        raise UserError(f"--reader: {first_finding(error, reader_type)}") from None


def _check(reader: Any, files: Sequence[Path], path: Path) -> None:
    """A reader that reads the first records may still be the wrong one: they must hold something."""
    first = list(islice(reader.read(list(files), path), LOOKED_AT))
    if not any(one.text.strip() for one in first):
        raise DataError(f"{path}: no record with a text in it")
    if reader.record.kind == "tagged_tokens" and not any(_is_tagged(one) for one in first):
        raise DataError(f"{path}: no record whose tags are tags (O, B-label, I-label)")


def _is_tagged(record: Any) -> bool:
    return all(map(is_tag, record.tags)) and bool(bio_spans(record.tags))


def _of_table(
    plain: Any,
    files: Sequence[Path],
    path: Path,
    kind: str,
    known: dict[str, Any],
    fields: type[BaseModel],
) -> tuple[dict[str, Any], list[str]]:
    """The section with delimiter and columns, where they are not the reader's defaults."""
    found = next(iter(named(list(files), path)))
    section = dict(known)
    columns = _columns(plain, found)
    if len(columns) == 1 and suffix(found.file) in (".csv", ".tsv"):
        header = columns[0].name
        delimiter = next((one for one in DELIMITERS if one in header), None)
        if delimiter and "delimiter" not in known:
            section["delimiter"] = delimiter
            columns = _columns(_built(type(plain), section), found)
    if _is_nested(columns):
        return section, []
    own = known.get("columns") or {}
    defaults = {key: one.default for key, one in fields.model_fields.items()}
    chosen, notes = roles.assign(columns, kind, {**own})
    missing = [role for role in roles.REQUIRED[kind] if role not in chosen]
    if missing:
        names = listed([one.name for one in columns], 20)
        raise DataError(f"no column looks like {' and '.join(missing)}; it has {names}")
    differ = {key: name for key, name in chosen.items() if defaults.get(key) != name}
    if differ:
        section["columns"] = {**differ, **own}
    return section, notes


def _is_nested(columns: Sequence[Column]) -> bool:
    """SQuAD's articles are no table: their reader finds its own way."""
    return any(one.name == "paragraphs" for one in columns)


def _columns(reader: Any, found: Any) -> list[Column]:
    values: dict[str, list[Any]] = {}
    count = 0
    for row in islice(rows_of(found, reader), LOOKED_AT):
        count += 1
        for name, value in row.values.items():
            values.setdefault(str(name), []).append(value)
    if not count:
        raise DataError(f"{found.name}: it has no rows")
    return [Column(name, tuple(held), count) for name, held in values.items()]
