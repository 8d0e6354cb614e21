"""Writes the schemas of this folder anew: `pip install check-jsonschema kubernetes-validate`, and run it.

They are JSON Schemas of others, under the Apache License 2.0, without their descriptions:
compose.json is of the Compose Specification, workflows.json of SchemaStore (GitHub's workflows), and
kubernetes.json has of the Kubernetes API, strict, what the manifests use and what that refers to.
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

KUBERNETES = "1.34"
KINDS = (
    "api.core.v1.Namespace", "api.core.v1.ConfigMap", "api.core.v1.ServiceAccount",
    "api.core.v1.Service", "api.rbac.v1.Role", "api.rbac.v1.RoleBinding",
    "api.apps.v1.Deployment", "api.batch.v1.Job", "api.policy.v1.PodDisruptionBudget",
    "api.autoscaling.v2.HorizontalPodAutoscaler",
)  # fmt: skip


def bare(found: Any) -> Any:
    """A schema without what only people read."""
    if isinstance(found, list):
        return [bare(one) for one in found]
    if not isinstance(found, dict):
        return found
    kept = {name: value for name, value in found.items() if not name.startswith("x-kubernetes")}
    return {
        name: bare(value)
        for name, value in kept.items()
        if not (name in ("description", "$comment") and isinstance(value, str))
    }


def references(found: Any) -> set[str]:
    """The names of the definitions that a schema refers to."""
    if isinstance(found, list):
        return {name for one in found for name in references(one)}
    if not isinstance(found, dict):
        return set()
    own = {found["$ref"].rpartition("/")[2]} if isinstance(found.get("$ref"), str) else set()
    return own | references(list(found.values()))


def kubernetes() -> dict[str, Any]:
    """The definitions of `KINDS`, and of all that they refer to."""
    folder = files("kubernetes_validate") / "kubernetes-json-schema"
    file = folder / f"v{KUBERNETES}.0-local-strict" / "_definitions.json"
    every = json.loads(file.read_text(encoding="utf-8"))["$defs"]
    kept: dict[str, Any] = {}
    wanted = {f"io.k8s.{kind}" for kind in KINDS}
    while wanted - set(kept):
        for name in wanted - set(kept):
            kept[name] = bare(every[name])
            wanted = wanted | references(kept[name])
    return {"$defs": kept}


def main() -> None:
    """Write all three."""
    vendor = files("check_jsonschema") / "builtin_schemas" / "vendor"
    found = {"kubernetes": kubernetes()}
    for name, file in (("compose", "compose-spec"), ("workflows", "github-workflows")):
        found[name] = bare(json.loads((vendor / f"{file}.json").read_text(encoding="utf-8")))
    for name, schema in found.items():
        text = json.dumps(schema, sort_keys=True, separators=(",", ":"))
        Path(__file__).with_name(f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
