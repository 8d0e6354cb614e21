"""What is not as it was when the champion was made: data, config, code, libraries, base model."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from goldsmith import artifacts, pipeline, snapshots
from goldsmith.artifacts import Store
from goldsmith.changes import differences
from goldsmith.changes.differences import Change
from goldsmith.changes.forecast import Forecast, Parts, Step, contents, forecast, stages
from goldsmith.config import UseCase
from goldsmith.settings import Settings
from goldsmith.snapshots import Seen
from goldsmith.stages import passport as passports
from goldsmith.versioning import tombstones

NO_STAGES = (
    "data, code and base model: the champion's passport is from before passports said what each "
    "stage was made from"
)
NO_LIBRARIES = "libraries: the champion's passport does not list them"


@dataclass(frozen=True)
class Why:
    """What changed since the champion, and what a run would do now.

    Attributes:
        model: name in the registry.
        champion: its version; None: there is none.
        changes: one for each thing that differs.
        untold: what cannot be compared, and why.
        steps: what a run would do, stage by stage.
    """

    model: str
    champion: int | None
    changes: tuple[Change, ...]
    untold: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def runs(self) -> list[str]:
        """The stages that would run at least."""
        return [one.stage for one in self.steps if one.state == "runs"]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {**asdict(self), "runs": self.runs}


def compare(
    config: UseCase, champion: int | None, passport: Mapping[str, Any] | None, fault: str = ""
) -> Why:
    """Hold a use case as it is now against the champion's passport.

    Args:
        config: the use case.
        champion: the version; None: there is none.
        passport: the champion's; None: there is none, or it cannot be read.
        fault: why it cannot be read.

    Raises:
        UserError: source, base or revision is not there.
        StoreError: a hub that is away.
    """
    config = pipeline.pinned(config)
    then = _stages_then(passport or {})
    seen = _look(config)
    content, known = _raw_content(seen, passport or {}, contents(then).get(pipeline.RAW))
    found = forecast(config, then, content, seen is not None and seen.held)
    if passport is None:
        return Why(config.model_name, champion, (), (fault,) if fault else (), found.steps)
    changes = [
        *(_data(config, seen, passport, then, found) if then else ()),
        *differences.of_config(passport["config"], config.model_dump(mode="json"), stages(config)),
        *_code(config, then),
        *_base(config, then, found),
        *_libraries(passport),
    ]
    untold = [
        *([] if then else [NO_STAGES]),
        *([] if known or not then else ["the raw data: only a run reads them where they are"]),
        *([] if "libraries" in passport else [NO_LIBRARIES]),
    ]
    return Why(config.model_name, champion, tuple(changes), tuple(untold), found.steps)


def _stages_then(passport: Mapping[str, Any]) -> dict[str, Parts]:
    """Key parts by stage; the raw artifact of generated goldens is that of `generate`."""
    made = passport.get("stages", {}).values()
    return {parts["stage"]: parts for parts in made if parts and "stage" in parts}


def _look(config: UseCase) -> Seen | None:
    """None where the goldens are generated."""
    source: Any = config.source
    return None if source.kind == "generated" else snapshots.look(config)


def _raw_content(
    seen: Seen | None, passport: Mapping[str, Any], then: str | None
) -> tuple[str | None, bool]:
    """Content of the raw data now where it can be told, and whether it can be compared."""
    if seen is None or seen.content is not None:
        return (seen.content if seen else None), True
    if "md5" in seen.facts:
        return (then if seen.facts["md5"] == passport.get("data_md5") else None), True
    if seen.facts:
        return (then if dict(seen.facts) == passport.get("data") else None), True
    return None, False


def _data(
    config: UseCase,
    seen: Seen | None,
    passport: Mapping[str, Any],
    then: Mapping[str, Parts],
    found: Forecast,
) -> list[Change]:
    changes: list[Change] = []
    if seen is None:
        old, new = (
            artifacts.digest(one["generate"]) if "generate" in one else ""
            for one in (then, found.parts)
        )
        made = Store(Settings().artifacts).find("generate", new) if new else None
        # Another generator may make the same goldens: its code and settings are rows of their own.
        same = made is not None and made.content == contents(then).get(pipeline.RAW)
        if old != new and not same:
            changes.append(_change("generated goldens", old, new))
    elif seen.content is not None and seen.content != contents(then).get(pipeline.RAW):
        changes += _files(seen, passport, contents(then).get(pipeline.RAW, ""))
    elif seen.content is None and seen.facts:
        old_facts = {"md5": passport["data_md5"]} if "md5" in seen.facts else passport["data"]
        changes += differences.of_names("data", old_facts, seen.facts, ("load",))
    old_parts, now = then.get("load", {}), found.parts.get("load", {})
    for part, name in {
        "forgotten": f"{tombstones.FOLDER.as_posix()} (forgotten records)",
        "goldens": "goldens (the fixed test set)",
    }.items():
        if now and old_parts.get(part, "") != now.get(part, ""):
            changes.append(_change(name, old_parts.get(part, ""), now.get(part, "")))
    return changes


def _change(name: str, old: str, new: str) -> Change:
    none = differences.ABSENT
    return Change(
        "data", name, differences.said(old or none), differences.said(new or none), ("load",)
    )


def _files(seen: Seen, passport: Mapping[str, Any], then: str) -> list[Change]:
    """File by file where the store still has the champion's snapshot."""
    key = passport.get("artifacts", {}).get(pipeline.RAW, "")
    held = Store(Settings().artifacts).find("snapshot", key) if key else None
    manifest = artifacts.read_manifest(held.folder) if held else None
    if manifest is not None and seen.files is not None:
        return differences.of_names("data", manifest["files"], seen.files, ("load",))
    return [_change("the raw goldens", then, seen.content or "")]


def _code(config: UseCase, then: Mapping[str, Parts]) -> list[Change]:
    now = {one.name: pipeline.code_parts(one, config) for one in stages(config)}
    old = {name: parts["code"] for name, parts in then.items()}
    return differences.of_code(old, now, f"families/{config.section('model')['family']}")


def _base(config: UseCase, then: Mapping[str, Parts], found: Forecast) -> list[Change]:
    if "train" not in then:
        return []
    old = then["train"]["identity"]
    if "train" in found.parts:
        return differences.of_names("base", old, found.parts["train"]["identity"], ("train",))
    commit = config.section("model").get("revision")
    if commit is None or commit == old.get("commit"):
        return []
    return [
        Change(
            "base",
            "commit",
            differences.said(old.get("commit")),
            differences.said(commit),
            ("train",),
        )
    ]


def _libraries(passport: Mapping[str, Any]) -> list[Change]:
    if "libraries" not in passport:
        return []
    return differences.of_names("library", passport["libraries"], passports.libraries())
