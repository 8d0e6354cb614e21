"""Which stages a run would do, told from their keys and from what the artifact store holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from goldsmith import artifacts, mirrored, pipeline
from goldsmith.artifacts import Store
from goldsmith.config import UseCase
from goldsmith.pipeline import Stage

State = Literal["runs", "depends", "nothing new"]
Parts = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """What a run would do about one stage.

    Attributes:
        stage: its name.
        state: `runs`; `depends`: runs if what a stage before it makes is new; `nothing new`.
        because: what is not as it was, in words; empty where nothing is.
    """

    stage: str
    state: State
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Forecast:
    """The steps, and the parts of each stage's key as far as they could be told."""

    steps: tuple[Step, ...]
    parts: dict[str, Parts]


@dataclass
class _Known:
    """Content of what was made so far; `sure` says whether a run would find exactly that."""

    contents: dict[str, str]
    sure: set[str]


def stages(config: UseCase) -> list[Stage]:
    """The stages that a run of a use case has: `generate` only where goldens are generated."""
    source: Any = config.source
    table = pipeline.KINDS[config.kind]
    return [one for one in table if one.reads or source.kind == "generated"]


def contents(champion: Mapping[str, Parts]) -> dict[str, str]:
    """Content of each of a champion's artifacts, as the stages that read it say."""
    return {name: found for one in champion.values() for name, found in one["inputs"].items()}


def forecast(
    config: UseCase, champion: Mapping[str, Parts], raw: str | None, raw_held: bool
) -> Forecast:
    """What each stage would do.

    Args:
        config: the use case, pinned.
        champion: key parts by stage; empty without a champion, or where it does not say.
        raw: content of the raw data; None: only a run can tell (or they are generated).
        raw_held: whether the store has them.
    """
    before = contents(champion)
    store, known = mirrored.store(), _Known({}, set())
    steps: list[Step] = []
    parts: dict[str, Parts] = {}
    generated = any(not one.reads for one in stages(config))
    if not generated:
        steps.append(Step(pipeline.RAW, "nothing new" if raw_held else "runs"))
        _remember(known, pipeline.RAW, raw, before, sure=raw is not None)
    for one in stages(config):
        step, found = _step(one, config, champion, known, store)
        steps.append(step)
        if found is not None:
            parts[one.name] = found
        name = one.name if one.reads else pipeline.RAW
        content = store.content(one.name, artifacts.digest(found)) if found is not None else None
        same = found is not None and found == champion.get(one.name)
        sure = (content is not None or same) and step.state != "depends"
        _remember(known, name, content, before, sure and content is not None)
    return Forecast(tuple(steps), parts)


def _remember(
    known: _Known, name: str, content: str | None, before: Mapping[str, str], sure: bool
) -> None:
    """Where content cannot be told, go on as if it came out as the champion's."""
    found = content or before.get(name)
    if found is not None:
        known.contents[name] = found
    if sure:
        known.sure.add(name)


def _step(
    one: Stage, config: UseCase, champion: Mapping[str, Parts], known: _Known, store: Store
) -> tuple[Step, Parts | None]:
    reads = [name for name in one.reads if name not in one.after]
    sure = all(name in known.sure for name in reads)
    if any(name not in known.contents for name in reads):
        made = _made_before(one, config, store)
        return Step(one.name, "depends" if made else "runs"), None
    if one.name == "train" and _other_commit(config, champion):
        return Step(one.name, "runs", ("base commit",)), None
    parts = pipeline.key_parts(one, config, known.contents)
    because = tuple(reasons(champion[one.name], parts)) if one.name in champion else ()
    if store.content(one.name, artifacts.digest(parts)) is not None:
        return Step(one.name, "nothing new" if sure else "depends", because), parts
    if not because and one.name in champion:
        because = ("the artifact store here does not hold it",)
    return Step(one.name, "runs", because), parts


def _other_commit(config: UseCase, champion: Mapping[str, Parts]) -> bool:
    """Whether the base is another commit of the hub, whose files need no download to tell."""
    commit = config.section("model").get("revision")
    old = champion.get("train", {}).get("identity", {}).get("commit")
    return commit is not None and old is not None and commit != old


def _made_before(one: Stage, config: UseCase, store: Store) -> bool:
    """Whether the store holds any result of a stage for a use case and profile."""
    return any(
        (manifest := artifacts.read_manifest(made.folder)) is not None
        and manifest["about"].get("use_case") == config.name
        and manifest["about"].get("profile") == config.profile
        for made in store.all(one.name)
    )


def reasons(old: Parts, new: Parts) -> list[str]:
    """What differs between two states of a key's parts, in words."""
    named = {"inputs": "{}'s result", "config": "{}", "code": "code of {}", "identity": "base {}"}
    found = [
        words.format(name)
        for part, words in named.items()
        for name in sorted(old[part].keys() | new[part].keys())
        if old[part].get(name) != new[part].get(name)
    ]
    beside = {"forgotten": "forgotten records", "goldens": "the fixed goldens"}
    return found + [words for part, words in beside.items() if old.get(part) != new.get(part)]
