"""Tagged sentences as JSON lines: `{"id": ..., "tokens": [...], "ner_tags": [...]}`.

The form of FiNER-139 and of most token-classification sets of the hub: tags are names, or
integers into a list of names.
"""

from collections.abc import Iterator
from functools import cached_property
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from goldsmith.errors import DataError, near
from goldsmith.readers.lines import find_files, json_lines
from goldsmith.records import TaggedTokens

SPLIT_NAMES = {
    "train": "train",
    "validation": "validation",
    "valid": "validation",
    "dev": "validation",
    "test": "test",
}


class Columns(BaseModel):
    """Which key of a line holds what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field("id", description="Unique id; file and line where absent.")
    document_id: str = Field("document_id", description="Document; may be absent.")
    tokens: str = Field("tokens", description="List of words.")
    tags: str = Field("ner_tags", description="List of tag names or integers.")
    split: str = Field("split", description="train, validation or test; may be absent.")


class TokensJsonl(BaseModel):
    """Reads `*.jsonl`; a file named train, validation (valid, dev) or test gives its lines'
    split."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    record: ClassVar[type[TaggedTokens]] = TaggedTokens

    format: Literal["tokens_jsonl"] = Field("tokens_jsonl", description="tokens_jsonl")
    columns: Columns = Field(default_factory=Columns, description="Which key holds what.")
    tag_names: str | tuple[str, ...] | None = Field(
        None, description="Names of integer tags, in order: a list, or the name of a packaged one."
    )

    def files(self, path: Path) -> list[Path]:
        """The file, or the folder's `*.jsonl` files."""
        return find_files(path, ".jsonl")

    def read(self, files: list[Path], shown: Path) -> Iterator[TaggedTokens]:
        """Yield a record a line.

        >>> line = '{"id": "1", "tokens": ["2.25", "%"], "ner_tags": ["B-Rate", "O"]}'
        ... # becomes TaggedTokens("1", "", ("2.25", "%"), ("B-Rate", "O"), split="train") in
        train.jsonl
        """
        for file in files:
            name = str(shown if shown.suffix == file.suffix else shown / file.name)
            for number, line in json_lines(file, name):
                yield self._record(line, f"{name}:{number}", f"{file.stem}:{number}", file.stem)

    def _record(self, line: dict[str, Any], place: str, default_id: str, stem: str) -> TaggedTokens:
        for key in (self.columns.tokens, self.columns.tags):
            if not isinstance(line.get(key), list):
                fault = "is not a list" if key in line else f"is missing: {near(key, line)}"
                raise DataError(
                    f"{place}: column {key!r} {fault} (source.reader.columns names the columns)"
                )
        tokens = line[self.columns.tokens]
        if not all(isinstance(token, str) for token in tokens):
            raise DataError(
                f"{place}: column {self.columns.tokens!r} holds something that is not text"
            )
        split = str(line.get(self.columns.split, "") or SPLIT_NAMES.get(stem, ""))
        if split and split not in SPLIT_NAMES:
            raise DataError(f"{place}: unknown split {split!r}: {near(split, SPLIT_NAMES)}")
        return TaggedTokens(
            id=_text(line.get(self.columns.id), default_id),
            document_id=_text(line.get(self.columns.document_id), ""),
            tokens=tuple(tokens),
            tags=tuple(self._tag(tag, place) for tag in line[self.columns.tags]),
            split=SPLIT_NAMES.get(split, ""),
        )

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


def _text(value: Any, default: str) -> str:
    """A value as text; null stands for an absent one."""
    return default if value is None else str(value)


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
