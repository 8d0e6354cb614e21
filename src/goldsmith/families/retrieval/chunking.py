"""A folder of texts as passages: paragraph by paragraph, each with its place in its file; light."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from goldsmith.errors import DataError, listed
from goldsmith.records import Corpus, Passage
from goldsmith.text import require_whole

SUFFIXES = (".md", ".txt")
SMALL = 400  # characters: shorter paragraphs of one heading are taken together
LARGE = 1200  # longer ones are cut between two words
MAX_FAULTS = 5
REMEDY = "save it as UTF-8, or take it out of the folder"
_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*\n[ \t\r]*\n|\s*\Z|\s*\n(?=#{1,6} ))", re.DOTALL)
_HEADING = re.compile(r"#{1,6}(?: +(.*)|$)")
# A block of code as CommonMark has it (0.31, section 4.5), at any indentation, for it may stand in a
# list: a row of ` or ~ to one that is as long, or to the end.
_FENCED = re.compile(
    r"^[ \t]*(?P<row>(?P<sign>[`~])(?P=sign){2,}+)(?!(?<=`)[^\n]*`)[^\n]*\n"
    r"(?s:.*?)(?:^[ \t]*(?P=row)(?P=sign)*[ \t\r]*$|\Z)",
    re.MULTILINE,
)
_PLACE = re.compile(r"(.*):(\d+)-(\d+)", re.DOTALL)


class Place(NamedTuple):
    """Where a passage stands: characters (Unicode code points) start to end of a document."""

    document: str
    start: int
    end: int

    @property
    def id(self) -> str:
        """As the passage's document_id."""
        return f"{self.document}:{self.start}-{self.end}"

    @classmethod
    def of(cls, name: str) -> "Place | None":
        """The place in a passage's id; None for an id that says none."""
        found = _PLACE.fullmatch(name)
        return cls(found[1], int(found[2]), int(found[3])) if found else None


def texts_of(folder: Path) -> list[Path]:
    """The texts below a folder, sorted by name.

    Raises:
        DataError: no such folder, or none in it.
    """
    if folder.is_file():
        raise DataError(
            f"{folder}: a file: documents are read from a folder, such as {folder.parent}"
        )
    if not folder.is_dir():
        raise DataError(f"{folder}: no such folder: documents are read from a folder")
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    found = [path for path in found if path.is_file()]
    if not found:
        there = sorted({path.suffix or path.name for path in folder.rglob("*") if path.is_file()})
        holds = f"it holds {listed(there)}" if there else "it is empty"
        raise DataError(f"{folder}: no document: {' and '.join(SUFFIXES)} files are read; {holds}")
    return found


def digest(folder: Path) -> str:
    """Hex digest of the names and bytes of the texts below a folder."""
    found = hashlib.sha256()
    for path in texts_of(folder):
        raw = path.read_bytes()
        found.update(f"{path.relative_to(folder).as_posix()}\0{len(raw)}\0".encode() + raw)
    return found.hexdigest()


def corpus_of(folder: Path) -> Corpus:
    """The passages of all texts below a folder; what has no words is left out.

    Raises:
        DataError: no text, some that are not UTF-8, or nothing in any of them.
    """
    files = texts_of(folder)
    passages: list[Passage] = []
    faults: list[str] = []
    for path in files:
        try:
            passages += _passages(path, folder)
        except DataError as error:
            faults.append(str(error))
    if faults:
        raise DataError(_together(folder, faults))
    if not passages:
        raise DataError(f"{folder}: none of the {len(files):,} document(s) has a word in it")
    return Corpus.of(passages)


def left_out(folder: Path, corpus: Corpus) -> list[str]:
    """What of a folder is not looked in, in words: texts without a word, and files of other kinds."""
    read = {Place.of(one.document_id) for one in corpus.passages}
    within = {place.document for place in read if place}
    texts = texts_of(folder)
    empty = [name for path in texts if (name := _name(path, folder)) not in within]
    others = [path for path in folder.rglob("*") if path.is_file() and path not in set(texts)]
    seen = [path for path in others if not path.name.startswith(".")]
    found = []
    if empty:
        found.append(f"{len(empty):,} document(s) without a word: {listed(empty)}")
    if seen:
        kinds = listed(sorted({path.suffix or path.name for path in seen}))
        found.append(
            f"{len(seen):,} file(s) are no {' or '.join(SUFFIXES)} and are not looked in: {kinds}"
        )
    return found


def _together(folder: Path, faults: Sequence[str]) -> str:
    if len(faults) == 1:
        return faults[0]
    rest = [f"and {len(faults) - MAX_FAULTS:,} more"] if len(faults) > MAX_FAULTS else []
    lines = "\n".join(f"  - {one}" for one in [*faults[:MAX_FAULTS], *rest])
    return f"{folder}: {len(faults):,} documents cannot be read\n{lines}"


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _passages(path: Path, folder: Path) -> list[Passage]:
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}: {REMEDY}") from None
    if "\0" in text:
        raise DataError(f"{path}: no text: a zero byte at character {text.index(chr(0))}: {REMEDY}")
    name = _name(path, folder)
    try:
        require_whole(name)
    except DataError:
        raise DataError(f"{name!a}: a name that is not UTF-8: rename the file") from None
    return [
        Passage(Place(name, start, end).id, title or path.stem, text[start:end])
        for title, start, end in chunks(text)
    ]


def chunks(text: str) -> Iterator[tuple[str, int, int]]:
    """Heading above, start and end of each chunk of a text, in order.

    A heading without a text before the next one is a chunk itself, below none. In a fenced block of
    code no line is a heading.

    >>> [(title, "# Leave\\n\\nYou have 25 days.\\n"[a:b]) for title, a, b in chunks("# Leave\\n\\nYou have 25 days.\\n")]
    [('Leave', 'You have 25 days.')]
    """
    title, start, end = "", -1, -1
    bare: Iterable[tuple[int, int]] = ()
    masked = _FENCED.sub(lambda block: block[0].replace("#", "x"), text)
    for found in _PARAGRAPH.finditer(masked):
        first, last = found.span()
        heading = _HEADING.match(masked, first, last)
        if start >= 0 and (heading or last - start > SMALL):
            yield title, start, end
            start = -1
        if heading:
            yield from (("", *one) for one in bare)
            title = (heading[1] or "").strip()
            first = _behind(text, heading.end(), last)
            if first == last:
                at = _behind(text, heading.start(1), last)
                bare = _pieces(text, at, at + len(title)) if title else ()
                continue
        bare = ()
        *whole, (start, end) = _pieces(text, first if start < 0 else start, last)
        yield from ((title, *one) for one in whole)
    if start >= 0:
        yield title, start, end
    yield from (("", *one) for one in bare)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A stretch of a text, cut between two words where it is too long."""
    found = []
    while end - start > LARGE:
        cut = text.rfind(" ", start + 1, start + LARGE)
        cut = cut if cut > start else start + LARGE
        found.append((start, start + len(text[start:cut].rstrip())))
        start = _behind(text, cut, end)
    return [*found, (start, end)]


def _behind(text: str, start: int, end: int) -> int:
    """The first place from start on that is no white space; end if there is none."""
    while start < end and text[start].isspace():
        start += 1
    return start
