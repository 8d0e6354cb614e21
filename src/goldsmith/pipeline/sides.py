"""The raw files of a use case of `kind: evaluation`: results, goldens, pages, clusters."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldsmith import artifacts, mirrored, snapshots
from goldsmith.artifacts import Artifact, Store
from goldsmith.config import Evaluation
from goldsmith.config.evaluation import SIDES
from goldsmith.errors import DataError
from goldsmith.pipeline.keys import PACKAGE, code_digest
from goldsmith.readers.finding import NAMED_BY
from goldsmith.settings import Settings
from goldsmith.snapshots import Report

GENERATORS = ("sources/generated.py", "sources/generators", "example_extractor.py")


@dataclass(frozen=True)
class _Side:
    """One side as `snapshots.take` wants a use case."""

    name: str
    source: Any
    data_rev: None = None


def raw_side(config: Evaluation, side: str, report: Report = lambda event: None) -> Artifact:
    """The raw files of one side as an artifact: generated, or a snapshot; empty where there are none.

    Args:
        config: the use case.
        side: results, goldens, pages, or clusters: the one file.
        report: takes progress events.

    Raises:
        DataError: no such path, or not what the reader reads.
        StoreError: a DVC pointer whose data cannot be pulled, or a source that is away.
    """
    source: Any = getattr(config, side)
    if source is None:
        return _empty()
    if side == "clusters":
        path = Path(source).expanduser()
        return snapshots.snapshot([path], source, report)
    if source.kind != "generated":
        view: Any = _Side(config.name, source)
        try:
            return snapshots.take(view, report)
        except DataError as error:
            named = f"{side}.path, or --set {side}.path=FILE"
            raise DataError(str(error).replace(NAMED_BY, named)) from None
    code = {name: code_digest(PACKAGE / name) for name in GENERATORS}
    key = artifacts.digest({"generate": config.section(side), "code": code})
    return Store(Settings().artifacts).ensure("generate", key, lambda out: source.generate(out))


def _empty() -> Artifact:
    return mirrored.store().ensure("snapshot", artifacts.digest("no files"), lambda out: None)


def pinned_sides(config: Evaluation) -> Evaluation:
    """The use case with every name that moves, such as a branch, replaced by what it is now.

    Raises:
        ConfigError: there is no such data set or revision.
        StoreError: where it is cannot be reached.
    """
    sources: dict[str, Any] = {side: getattr(config, side) for side in SIDES}
    return config.model_copy(
        update={side: one.pinned() for side, one in sources.items() if one is not None}
    )
