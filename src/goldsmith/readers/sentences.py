"""Files of one word a line: sentences end at a blank line and may begin with comments."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from goldsmith.readers.opening import text_lines

DOCUMENT = "-DOCSTART-"
_COMMENT = re.compile(r"# ([^\W\d][\w .-]*?)\s*[=:]\s*([^\t]*)")
# CoNLL-U: a document begins, with or without a name.
_NEWDOC = re.compile(r"# newdoc(?:\s+id\s*=\s*(?P<name>[^\t]*))?\s*")


class Sentence(NamedTuple):
    """One block of lines.

    Attributes:
        line: number of its first line that is no comment.
        document: how many documents began before it or with it.
        document_name: as `# newdoc id = ...` names it; empty if nothing does.
        comments: by key, from lines `# key = value` or `# key: value`.
        words: (line number, line without its end) of each word.
    """

    line: int
    document: int
    document_name: str
    comments: dict[str, str]
    words: list[tuple[int, str]]


def sentences(file: Path, shown: str, encoding: str) -> Iterator[Sentence]:
    """Yield the sentences of a file.

    Raises:
        DataError: wrong bytes; with file and line.
    """
    document, name = 0, ""
    for starts_document, lines in _blocks(text_lines(file, shown, encoding)):
        if starts_document:
            document, name = document + 1, ""
        remarks = _remarks(lines)
        comments: dict[str, str] = {}
        for _, line in lines[:remarks]:
            if begins := _NEWDOC.fullmatch(line):
                document, name = document + 1, (begins["name"] or "").strip()
            if comment := _COMMENT.fullmatch(line):
                comments[comment[1].lower()] = comment[2].strip()
        if words := lines[remarks:]:
            yield Sentence(words[0][0], document, name, comments, words)


def _blocks(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[bool, list[tuple[int, str]]]]:
    """Yield (whether a mark before it begins a document, its lines); it may have no line."""
    starts_document, block = False, list[tuple[int, str]]()
    for number, raw in lines:
        line = raw.rstrip("\r\n")
        if line.startswith(DOCUMENT) or not line or line.isspace():
            yield starts_document, block
            starts_document, block = line.startswith(DOCUMENT), []
        else:
            block.append((number, line))
    yield starts_document, block


def _remarks(lines: Sequence[tuple[int, str]]) -> int:
    """How many lines stand before the words.

    A word may begin with the same sign ("#winning O"). Where words have tabs these tell them from
    any remark; else a remark is one that has the form of a comment.
    """
    tabs = any("\t" in line for _, line in lines)

    def is_remark(line: str) -> bool:
        if tabs and "\t" not in line:
            return line.startswith("#")
        return bool(_COMMENT.fullmatch(line) or _NEWDOC.fullmatch(line))

    return len(list(takewhile(is_remark, (line for _, line in lines))))


def has_documents(file: Path, shown: str, encoding: str) -> bool:
    """Whether a file marks its documents."""
    lines = (line for _, line in text_lines(file, shown, encoding))
    return any(line.startswith(DOCUMENT) or _NEWDOC.fullmatch(line.rstrip()) for line in lines)
