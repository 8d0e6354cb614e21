"""What `predict` is asked: input lines of options, of JSON lines, or of plain texts."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from goldsmith.errors import DataError, UserError
from goldsmith.families.base import Family
from goldsmith.readers.finding import suffix

Line = tuple[int, dict[str, Any] | DataError]
TEXTS = (".txt", ".md")  # one text a file; every other file holds JSON lines
GIVEN = {
    "tagged_tokens": "--text", "labelled_text": "--text",
    "question": "--question and --context", "query": "--query",
}  # fmt: skip
QUESTIONS = (".json", ".csv", ".tsv", ".parquet")  # besides, where the use case reads questions


def from_options(family: Any, given: Mapping[str, Any]) -> Iterator[Line]:
    """The one line that the command line gives.

    Raises:
        DataError: the family needs another one.
    """
    # What a query is asked of is not in the line: it is what the use case indexes.
    line = {"documents": [], **given} if "query" in given else given
    _check(family, line, " and ".join(f"--{key}" for key in given))
    return iter([(1, dict(given))])


def from_file(family: Any, path: Path, reader: Any = None) -> Iterator[Line]:
    """The lines of a file of JSON lines; of a text file, or a folder of such, one line a file; of a
    file of questions (SQuAD's JSON or a table), labelled or not, one a question.

    Args:
        family: what is to answer.
        path: the file or folder.
        reader: of the use case's own goldens.

    Raises:
        DataError: no such file, or texts where the family needs something else.
    """
    if path.is_dir():
        files = sorted(one for one in path.iterdir() if one.suffix.lower() in TEXTS)
        if not files:
            raise DataError(f"{path}: --input: no {' or '.join(TEXTS)} file in this folder")
    elif not path.is_file():
        raise DataError(
            f"{path}: no such file: --input takes a file of JSON lines, or a text file or a folder "
            f"of such"
        )
    elif path.suffix.lower() in TEXTS:
        files = [path]
    elif suffix(path) in QUESTIONS and hasattr(reader, "asked"):
        return iter(enumerate(reader.asked([path], path), start=1))
    else:
        from goldsmith.readers.lines import each_line

        return each_line(path, str(path))
    _check(family, {"text": ""}, f"{path}: a text file is one `text`, but")
    return _texts(files)


def _texts(files: list[Path]) -> Iterator[Line]:
    from goldsmith.readers.opening import each_text_line

    for number, file in enumerate(files, start=1):
        lines = [line for _, line in each_text_line(file, str(file))]
        fault = next((line for line in lines if isinstance(line, DataError)), None)
        text = "".join(line for line in lines if isinstance(line, str))
        yield number, fault or {"id": file.name, "text": text}


def _check(family: Any, line: Mapping[str, Any], where: str) -> None:
    assert isinstance(family, Family)
    try:
        family.check_input(line)
    except DataError as error:
        remedy = (
            f"; give {GIVEN.get(family.record.kind, '--input')}" if where.startswith("--") else ""
        )
        raise UserError(f"{where}: family {family.family} {error}{remedy}") from None
