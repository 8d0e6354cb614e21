"""Stage bodies, one verb a file: they read finished folders and fill an empty one.

`run(context)` does the work. `accept(context_config, folder)`, where a stage has one, looks at a
finished result, new or cached, and raises if the pipeline must not go on from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldsmith.config import UseCase


@dataclass(frozen=True)
class Context:
    """What a stage body is given.

    Attributes:
        config: the use case.
        inputs: the folders of the stages that it reads, by name.
        out: the empty folder to fill.
        work: a folder of this key on this machine that survives a killed run.
        report: takes progress events.
    """

    config: UseCase
    inputs: Mapping[str, Path]
    out: Path
    work: Path
    report: Callable[[dict[str, Any]], None]
