"""Goldens on the Hugging Face hub: the Parquet conversion of a data set, or its own data files.

No code of a data set is ever run. What a run reads is one commit, named in the snapshot's facts.
"""

import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, Literal, Self

from pydantic import Field

from goldsmith import hub
from goldsmith.errors import ConfigError, DataError, listed, near
from goldsmith.readers.finding import GZIP, SPLIT_NAMES
from goldsmith.records import Record
from goldsmith.sources import AnyReader, Report, Source

CONVERTED = "refs/convert/parquet"
SHARD = re.compile(r"(?P<config>[^/]+)/(?P<split>[^/]+)/(?P<number>\d{4,})\.parquet")
PARTIAL = "partial-"  # the hub converts the first gigabytes of a large split only, and says so
DEFAULT = "default"

Splits = dict[str, list[str]]  # split (or "" where a name tells none) -> files of the repository


class HubSource(Source):
    """A data set of the Hugging Face hub at one commit."""

    kind: Literal["hub"] = Field(description="hub")
    dataset: str = Field(description="Data set as owner/name.")
    revision: str = Field(
        hub.MAIN,
        description="Branch, tag or full commit hash; main reads the hub's own Parquet conversion "
        "where there is one.",
    )
    config: str | None = Field(
        None, description="Subset; may be left out where there is one, or one named default."
    )
    splits: tuple[str, ...] | None = Field(
        None, min_length=1, description="Splits to read, as the hub names them; all if left out."
    )
    reader: AnyReader = Field(description="The format and its settings: `{format: tokens}`.")

    @property
    def location(self) -> Path:
        """What messages call the files' folder."""
        return Path(self.dataset)

    @property
    def remote(self) -> bool:
        """Always."""
        return True

    @property
    def facts(self) -> dict[str, Any]:
        """Data set, commit, subset and splits, once the revision is a commit."""
        splits = list(self.splits) if self.splits else None
        names = {"dataset": self.dataset, "config": self.config, "splits": splits}
        return {"kind": "hub", "commit": self.revision, **names}

    @property
    def without_revisions(self) -> str:
        """A data set of the hub has revisions of its own."""
        return (
            f"{self.dataset} is on the hub: name a commit of it with `--set source.revision=COMMIT`"
        )

    @property
    def _repository(self) -> hub.Repository:
        return hub.Repository("dataset", self.dataset, "source.dataset")

    def pinned(self) -> Self:
        """With the commit that will be read; asks nobody where the revision is one already.

        `main` is pinned to a commit of the conversion, else of the branch: both are full commit
        hashes that may be written into a use case.
        """
        if hub.is_commit(self.revision):
            return self
        found = self._converted() if self.revision == hub.MAIN else None
        if found is None:
            found = hub.listing(self._repository, self.revision)
        self._files(found)
        return self.model_copy(update={"revision": found.commit})

    def _converted(self) -> hub.Listing | None:
        """The conversion of main, None where there is none or where it is cut short."""
        found = hub.find(self._repository, CONVERTED)
        if found is None or any(f"/{PARTIAL}" in name for name in found.files):
            return None
        return found

    def fetch(self, out: Path, report: Report) -> None:
        """Download the files of the commit as `<split>.parquet`, or with numbers where there are
        more."""
        found = hub.listing(self._repository, self.revision)
        for target, name in self._files(found).items():
            report({"type": "note", "text": f"downloading {self.dataset}/{name}"})
            shutil.copyfile(hub.download(self._repository, found.commit, name), out / target)

    def read(self, files: list[Path], shown: Path) -> Iterator[Record]:
        """The reader's records; ids that are mere numbers get their split as prefix.

        A data set of the hub counts each split from zero. All such ids are prefixed, whichever
        splits are read: an id must not depend on what else is read with it.
        """
        for record in super().read(files, shown):
            bare: Any = record
            named = bare.split and bare.id.isdecimal()
            yield replace(bare, id=f"{bare.split}-{bare.id}") if named else record

    def _files(self, found: hub.Listing) -> dict[str, str]:
        """The files to read, by the name that each gets in the snapshot.

        Raises:
            ConfigError: no such subset or split.
            DataError: nothing that the reader reads.
        """
        splits = self._of_subset(found) or self._raw(found)
        wanted = self.splits or tuple(splits)
        for name in wanted:
            if name not in splits:
                raise ConfigError(
                    f"source.splits: {self.dataset} has no split {name!r}: {near(name, splits)}"
                )
        return dict(pair for name in sorted(wanted) for pair in _named(name, splits[name]))

    def _of_subset(self, found: hub.Listing) -> Splits | None:
        """The Parquet files of a conversion; None where the commit is none."""
        subsets: dict[str, Splits] = defaultdict(lambda: defaultdict(list))
        for name in found.files:
            if match := SHARD.fullmatch(name):
                subsets[match["config"]][match["split"]].append(name)
        if not subsets:
            return None
        cut = [name for name in found.files if f"/{PARTIAL}" in name]
        if cut:
            raise DataError(
                f"source.revision: {found.commit} is a conversion of a part of {self.dataset} only "
                f"({listed(cut, 2)}): name a commit with its own data files"
            )
        return subsets[self._subset(list(subsets))]

    def _subset(self, names: Sequence[str]) -> str:
        chosen = self.config or (names[0] if len(names) == 1 else DEFAULT)
        if chosen not in names:
            fault = f"no subset {chosen!r}" if self.config else "more than one subset"
            raise ConfigError(f"source.config: {self.dataset} has {fault}: {near(chosen, names)}")
        return chosen

    def _raw(self, found: hub.Listing) -> Splits:
        """Data files as their owner put them there; those of a split if any name tells one."""
        files = self._readable(found.files)
        if not files:
            raise DataError(self._nothing(found))
        folders = {name: PurePosixPath(name).parts[:-1] for name in files}
        if self.config:
            files = [name for name in files if self.config in folders[name]]
        if not files:
            known = {folder for parts in folders.values() for folder in parts}
            raise ConfigError(
                f"source.config: {self.dataset} has no subset {self.config!r}: "
                f"{near(str(self.config), known)}"
            )
        splits: Splits = defaultdict(list)
        for name in files:
            splits[_split_of(name)].append(name)
        return {name: of for name, of in splits.items() if name} or splits

    def _readable(self, files: Sequence[str]) -> list[str]:
        """The files that the reader would take from a folder; only it knows which."""
        with tempfile.TemporaryDirectory() as scratch:
            named = {
                f"{number}-{PurePosixPath(name).name}": name for number, name in enumerate(files)
            }
            for name in named:
                (Path(scratch) / name).touch()
            try:
                return sorted(named[path.name] for path in self.reader.files(Path(scratch)))
            except DataError:
                return []

    def _nothing(self, found: hub.Listing) -> str:
        """Why a commit has no data, and what to do."""
        scripts = [name for name in found.files if name.endswith(".py")]
        place = f"{self.dataset} at {found.commit}"
        if not scripts:
            held = f"it holds {listed(found.files)}" if found.files else "it is empty"
            return f"{place}: no file that format {self.reader.format} reads; {held}"
        return (
            f"{place}: only a loading script ({listed(scripts, 2)}), and code of a data set is never "
            f"run. The hub's Parquet conversion of main is read where there is one: set "
            f"source.revision to main, or ask the owner for data files ({CONVERTED} is missing)"
        )


def _split_of(name: str) -> str:
    """The split that a file's name or one of its folders tells, as the hub itself guesses it."""
    for part in reversed(PurePosixPath(name).parts):
        for word in re.split(r"[^a-z0-9]+", part.lower()):
            if word in SPLIT_NAMES:
                return SPLIT_NAMES[word]
    return ""


def _named(split: str, files: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A flat name for each file of a split: readers take the split from it."""
    for number, name in enumerate(files):
        suffix = name[len(name.removesuffix(GZIP).rpartition(".")[0]) :]
        if not split:
            yield name.replace("/", "-"), name
        elif len(files) == 1:
            yield f"{split}{suffix}", name
        else:
            yield f"{split}-{number:05d}-of-{len(files):05d}{suffix}", name
