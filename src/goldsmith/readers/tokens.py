"""Tagged sentences from any table: a list of words and a list of tags a row.

The form of FiNER-139 and of most token-classification sets of the hub: tags are names, or
integers into a list of names.
"""

from collections.abc import Iterator
from functools import cached_property
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from goldsmith.config.sections import Section
from goldsmith.errors import DataError, near
from goldsmith.readers import schemes
from goldsmith.readers.schemes import Scheme
from goldsmith.readers.tables import Row, TableReader, rows
from goldsmith.readers.values import all_text, id_of, list_of, split_of, word_at
from goldsmith.records import TaggedTokens

SCHEME = "Of the tags, which become BIO: bio, iob1, bilou (IOBES too), or auto: by looking."


class Columns(Section):
    """Which column holds what."""

    id: str = Field("id", description="Unique id; file and line where absent.")
    document_id: str = Field("document_id", description="Document; may be absent.")
    tokens: str = Field("tokens", description="List of words.")
    tags: str = Field("ner_tags", description="List of tag names or integers.")
    split: str = Field("split", description="train, validation or test; may be absent.")


class Tokens(TableReader):
    """Reads tables; a file named train, validation (valid, dev) or test gives its rows' split."""

    record: ClassVar[type[TaggedTokens]] = TaggedTokens

    format: Literal["tokens"] = Field("tokens", description="tokens")
    columns: Columns = Field(default_factory=Columns, description="Which column holds what.")
    tag_names: str | tuple[str, ...] | None = Field(
        None, description="Names of integer tags, in order: a list, or the name of a packaged one."
    )
    scheme: Scheme = Field("auto", description=SCHEME)

    def read(self, files: list[Path], shown: Path) -> Iterator[TaggedTokens]:
        """Yield a record a row.

        >>> line = '{"id": "1", "tokens": ["2.25", "%"], "ner_tags": ["B-Rate", "O"]}'
        ... # becomes TaggedTokens("1", "", ("2.25", "%"), ("B-Rate", "O"), split="train") in
        train.jsonl
        """
        scheme = self.scheme
        if scheme == "auto":
            scheme = schemes.detect(self._tags(row) for row in rows(files, shown, self))
        as_bio = schemes.converter(scheme)
        columns = self.columns
        for row in rows(files, shown, self):
            yield TaggedTokens(
                id=id_of(row, columns),
                document_id=word_at(row, columns, "document_id"),
                tokens=all_text(row, columns.tokens, list_of(row, columns.tokens)),
                tags=as_bio(self._tags(row)),
                split=split_of(row, columns),
            )

    def _tags(self, row: Row) -> tuple[str, ...]:
        tags = list_of(row, self.columns.tags)
        if set(map(type, tags)) <= {str}:
            return tuple(tags)
        return tuple(self._tag(tag, row.place) for tag in tags)

    def _tag(self, tag: Any, place: str) -> str:
        if isinstance(tag, str):
            return tag
        if not isinstance(tag, int) or isinstance(tag, bool):
            raise DataError(f"{place}: tag {tag!r} is neither a name nor an integer")
        if not self._names:
            raise DataError(
                f"{place}: tag {tag} is an integer: name the tags with source.reader.tag_names"
            )
        if not 0 <= tag < len(self._names):
            raise DataError(f"{place}: tag {tag} is not in 0..{len(self._names) - 1} of tag_names")
        return self._names[tag]

    @cached_property
    def _names(self) -> tuple[str, ...]:
        if not isinstance(self.tag_names, str):
            return self.tag_names or ()
        return packaged_names(self.tag_names)


def packaged_names(name: str) -> tuple[str, ...]:
    """A list of tag names that ships with the package, such as `finer139`.

    Raises:
        DataError: there is none of that name.
    """
    folder = package_files("goldsmith.readers") / "tag_names"
    known = sorted(Path(file.name).stem for file in folder.iterdir() if file.name.endswith(".txt"))
    if name not in known:
        raise DataError(f"no packaged tag names {name!r}: {near(name, known)}")
    lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
