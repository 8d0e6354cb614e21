"""Files of one word a line: sentences end at a blank line and may begin with comments."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from goldsmith.readers.opening import text_lines

DOCUMENT = "-DOCSTART-"
_COMMENT = re.compile(r"# ([^\W\d][\w .-]*?)\s*[=:]\s*([^\t]*)")


class Sentence(NamedTuple):
    """One block of lines.

    Attributes:
        line: number of its first line that is no comment.
        document: how many documents began before it or with it.
        comments: by key, from lines `# key = value` or `# key: value`.
        words: (line number, line without its end) of each word.
    """

    line: int
    document: int
    comments: dict[str, str]
    words: list[tuple[int, str]]


def sentences(file: Path, shown: str, encoding: str) -> Iterator[Sentence]:
    """Yield the sentences of a file.

    Raises:
        DataError: wrong bytes; with file and line.
    """
    document = 0
    comments: dict[str, str] = {}
    words: list[tuple[int, str]] = []
    for number, raw in text_lines(file, shown, encoding):
        line = raw.rstrip("\r\n")
        starts_document = line.startswith(DOCUMENT)
        if starts_document or not line or line.isspace():
            if words:
                yield Sentence(words[0][0], document, comments, words)
            comments, words = {}, []
            document += starts_document
        # A word may begin with the same sign ("#winning O"): comments stand before the words only.
        elif not words and (comment := _COMMENT.fullmatch(line)):
            comments[comment[1].lower()] = comment[2].strip()
        else:
            words.append((number, line))
    if words:
        yield Sentence(words[0][0], document, comments, words)


def has_documents(file: Path, shown: str, encoding: str) -> bool:
    """Whether a file marks its documents."""
    return any(line.startswith(DOCUMENT) for _, line in text_lines(file, shown, encoding))
