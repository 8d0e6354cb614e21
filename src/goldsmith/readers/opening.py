"""Opening files: gzip, encodings, byte-order marks. Every fault is named by file, line and byte."""

import codecs
import encodings.aliases
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from goldsmith.errors import DataError, near
from goldsmith.readers.finding import GZIP

DETECT = "detect"
BOM = "\ufeff"
_BLOCK = 1 << 16
_SAMPLE = 1 << 18  # bytes; more makes detection slower and no surer
_CLOSE = 0.02  # charset-normalizer's measures of mess and of language, both in 0..1


def check_encoding(name: str) -> str:
    """The name, if it is `detect` or a codec of text.

    Raises:
        ValueError: it is neither; says the near names.
    """
    known = {*encodings.aliases.aliases.values(), DETECT}
    try:
        # rot13, hex and base64 are codecs too, of bytes or of text into text.
        known_text = name == DETECT or codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError):
        known_text = False
    if not known_text:
        raise ValueError(f"unknown encoding: {near(name, known)}")
    return name


@contextmanager
def opened(file: Path, shown: str) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked if it is gzip, and the file watched while they are read.

    Raises:
        DataError: not readable, not whole, not gzip, or changed since it was opened.
    """
    try:
        with watched(file, shown), file.open("rb") as raw:
            packed = file.suffix.lower() == GZIP
            try:
                yield io.BufferedReader(gzip.GzipFile(fileobj=raw)) if packed else raw
            except (EOFError, gzip.BadGzipFile, zlib.error) as error:
                raise _unpacking(error, shown) from None
    except PermissionError:
        raise DataError(f"{shown}: not readable by this user: check its permissions") from None


class ChangedError(DataError):
    """A file changed, or went away, while it was read: what was read may be of both states."""


@contextmanager
def watched(file: Path, shown: str) -> Iterator[Callable[[], None]]:
    """Hold a file to what it is now until the end of the block; the function given checks earlier.

    Raises:
        ChangedError: it changed; told rather than a fault of what was read, which may come of it.
    """
    try:
        before = _state(file)
    except FileNotFoundError:
        raise ChangedError(f"{shown}: it went away while it was read: run again") from None
    check = partial(_check_unchanged, file, before, shown)
    try:
        yield check
    except (DataError, FileNotFoundError):
        check()
        raise
    check()


def _unpacking(error: Exception, shown: str) -> DataError:
    if isinstance(error, EOFError):
        return DataError(f"{shown}: cut short: its gzip data end too early; copy it again, whole")
    return DataError(f"{shown}: not sound gzip ({error}): copy it again, or name it without {GZIP}")


def _state(file: Path) -> tuple[int, int, int]:
    found = file.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino


def _check_unchanged(file: Path, before: tuple[int, int, int], shown: str) -> None:
    try:
        same = _state(file) == before
    except FileNotFoundError:
        same = False
    if not same:
        raise ChangedError(
            f"{shown}: it changed while it was read: run again when nothing writes to it"
        )


def each_text_line(
    file: Path, shown: str, encoding: str | None = None
) -> Iterator[tuple[int, str | DataError]]:
    """Yield (line number from 1, line with its end) of a text file.

    A line with wrong bytes is handed over as its error and stops nothing, where the encoding
    lets the next line be found.

    Args:
        file: the file.
        shown: its name in messages.
        encoding: a codec, `detect`, or None for UTF-8 where no setting can say otherwise.
    """
    codec = detect(file, shown) if encoding == DETECT else encoding or "utf-8"
    # A byte-order mark goes in any case, so that the plain codec serves.
    codec = "utf-8" if codecs.lookup(codec).name == "utf-8-sig" else codec
    remedy = "convert the file to UTF-8"
    if encoding:
        remedy += f", or name its encoding in source.reader.encoding (a codec, or {DETECT})"
    with opened(file, shown) as stream:
        if "\n".encode(codec) == b"\n":
            yield from _narrow(stream, shown, codec, remedy)
        else:
            yield from _wide(stream, shown, codec, remedy)


def text_lines(file: Path, shown: str, encoding: str) -> Iterator[tuple[int, str]]:
    """As `each_text_line`, but the first fault is raised."""
    for number, line in each_text_line(file, shown, encoding):
        if isinstance(line, DataError):
            raise line
        yield number, line


def whole_text(file: Path, shown: str, encoding: str) -> str:
    """All of a text file.

    Raises:
        DataError: as `each_text_line` hands over.
    """
    return "".join(line for _, line in text_lines(file, shown, encoding))


def _narrow(
    stream: BinaryIO, shown: str, codec: str, remedy: str
) -> Iterator[tuple[int, str | DataError]]:
    """Lines of a codec in which the byte 0A is a line's end and nothing else."""
    for number, raw in enumerate(stream, start=1):
        try:
            line = raw.decode(codec)
        except UnicodeDecodeError as error:
            yield number, _wrong_bytes(f"{shown}:{number}", error.start + 1, raw, codec, remedy)
            continue
        yield number, line.removeprefix(BOM) if number == 1 else line


def _wrong_bytes(place: str, byte: int, raw: bytes, codec: str, remedy: str) -> DataError:
    name = "UTF-8" if codec == "utf-8" else codec
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        remedy = f"it begins as UTF-16 does: {remedy}"
    return DataError(f"{place}: byte {byte} of the line is not {name}: {remedy}")


def _wide(
    stream: BinaryIO, shown: str, codec: str, remedy: str
) -> Iterator[tuple[int, str | DataError]]:
    """Lines of UTF-16, UTF-32 and the like; wrong bytes end the file."""
    decoder = codecs.getincrementaldecoder(codec)()
    number, rest, done = 1, "", 0
    while True:
        block = stream.read(_BLOCK)
        done += len(block)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            byte = done - len(error.object) + error.start + 1
            yield number, DataError(f"{shown}: byte {byte:,} is not {codec}: {remedy}")
            return
        except UnicodeError as error:  # such as: no byte-order mark
            yield number, DataError(f"{shown}: not {codec} ({error}): {remedy}")
            return
        rest = (rest + text).removeprefix(BOM) if number == 1 else rest + text
        *lines, rest = rest.split("\n")
        for line in lines:
            yield number, f"{line}\n"
            number += 1
        if not block:
            break
    if rest:
        yield number, rest


def detect(file: Path, shown: str) -> str:
    """The codec of a text file: UTF-8 if all of it is, else the likeliest.

    Raises:
        DataError: nothing fits.
    """
    from charset_normalizer import from_bytes

    utf8, sample = True, b""
    with opened(file, shown) as stream:
        head = stream.read(_BLOCK)
        if b"\0" in head:
            sample, utf8 = head, False
        else:
            sample, utf8 = _not_ascii(io.BytesIO(head + stream.readline()), stream)
    if utf8:
        return "utf-8"
    matches = from_bytes(sample)
    best = matches.best()
    if best is None:
        raise DataError(f"{shown}: no encoding fits its bytes: name it in source.reader.encoding")
    equal = [
        match
        for match in matches
        if match.chaos <= best.chaos + _CLOSE and match.coherence >= best.coherence - _CLOSE
    ]
    # Of readings that are equally good the commonest encoding wins: in short texts, Danish and
    # German in cp1252 pass for cp1250 as well.
    fits = {name for match in equal for name in match.could_be_from_charset}
    return "cp1252" if "cp1252" in fits else best.encoding


def _not_ascii(*streams: BinaryIO) -> tuple[bytes, bool]:
    """The first lines that are not ASCII, and whether every line is UTF-8."""
    sample, utf8 = bytearray(), True
    for stream in streams:
        for raw in stream:
            if raw.isascii():
                continue
            if len(sample) < _SAMPLE:
                sample += raw
            utf8 = utf8 and _is_utf8(raw)
            if not utf8 and len(sample) >= _SAMPLE:
                break
    return bytes(sample), utf8


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
