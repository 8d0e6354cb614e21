"""The deployment files, read as their tools read them."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
HERE = ROOT / "deployments"
MANIFESTS = ("namespace", "settings", "deploy", "worker", "serving")
POOLS = ("cpu", "gpu")
RUN = {"name": "a-run", "command": ["prefect", "flow-run", "execute"], "labels": {}}
# ${NAME}, ${NAME:-default}, ${NAME:?what is wrong}
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> str:
    """The version of a package in the lock file."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return next(line.partition("==")[2] for line in lines if line.startswith(f"{name}=="))


def example() -> dict[str, str]:
    """What env.example sets."""
    lines = (HERE / "env.example").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return dict(pairs)


def compose(values: dict[str, str]) -> dict[str, Any]:
    """compose.yaml with its variables replaced, as `docker compose config` does."""
    text = (HERE / "compose.yaml").read_text(encoding="utf-8")
    return dict(_filled(yaml.safe_load(text), values))


def _filled(found: Any, values: dict[str, str]) -> Any:
    if isinstance(found, dict):
        return {name: _filled(one, values) for name, one in found.items()}
    if isinstance(found, list):
        return [_filled(one, values) for one in found]
    return VARIABLE.sub(lambda at: _value(at, values), found) if isinstance(found, str) else found


def _value(at: re.Match[str], values: dict[str, str]) -> str:
    name, sign, rest = at.groups()
    if values.get(name):
        return values[name]
    assert sign != "?", f"{name}: {rest}"
    return rest or ""


def manifests() -> list[dict[str, Any]]:
    """Every object of the Kubernetes manifests."""
    texts = ((HERE / "kubernetes" / f"{name}.yaml").read_text("utf-8") for name in MANIFESTS)
    return [one for text in texts for one in yaml.safe_load_all(text)]


def pool(name: str) -> dict[str, Any]:
    """A work pool's base job template."""
    return dict(json.loads((HERE / "kubernetes" / "pools" / f"{name}.json").read_text("utf-8")))


def rendered(template: dict[str, Any], **values: Any) -> dict[str, Any]:
    """The job that Prefect makes of a template: defaults, then what a deployment gives."""
    from prefect.utilities.templating import apply_values

    properties = template["variables"]["properties"]
    known = {name: one["default"] for name, one in properties.items() if "default" in one}
    manifest = template["job_configuration"]["job_manifest"]
    made = dict(apply_values(manifest, {**RUN, **known, **values}))
    pod = made["spec"]["template"]["spec"]
    # Prefect's worker refuses a job without these, misplaced as they are; Kubernetes drops them.
    assert (pod.pop("parallelism"), pod.pop("completions")) == (1, 1)
    assert pod["containers"][0]["name"] == "prefect-job"
    return made


def pods(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The pod of a Deployment or a Job, if it has one."""
    template = found.get("spec", {}).get("template")
    if template:
        yield template["spec"]


class Stage(NamedTuple):
    """A stage of the Dockerfile: what it builds on, and its instructions, its bases' first."""

    base: str
    lines: list[tuple[str, str]]

    def all(self, word: str) -> list[str]:
        """What stands behind an instruction, each time."""
        return [rest for found, rest in self.lines if found == word]

    def last(self, word: str) -> str:
        """What stands behind an instruction the last time."""
        return self.all(word)[-1]


def stages() -> dict[str, Stage]:
    """The stages of the Dockerfile by name."""
    text = (HERE / "docker" / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    found: dict[str, Stage] = {}
    for line in re.sub(r"\\\n", " ", text).splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            lines = list(found[base].lines) if base in found else []
            found[name] = Stage(base, lines)
        elif word:
            found[name].lines.append((word, rest.strip()))
    return found


def environment(stage: Stage) -> dict[str, str]:
    """What a stage's ENV set."""
    return dict(pair.split("=", 1) for rest in stage.all("ENV") for pair in rest.split())
