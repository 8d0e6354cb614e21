"""The workflows: valid, pinned, with few rights, and what they run is there."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.deployments import files
from tests.deployments.files import ROOT

PLACE = ROOT / ".github" / "workflows"
SCHEMA = Path(__file__).with_name("schemas") / "workflows.json"
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def load(file: Path) -> dict[str, Any]:
    """A workflow; YAML 1.1 reads its key `on` as a truth value."""
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in found.items()}


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job.get("steps", [])]


@pytest.mark.parametrize("file", sorted(PLACE.iterdir()), ids=lambda one: one.name)
def test_a_workflow_is_valid_pinned_and_has_few_rights(file: Path) -> None:
    workflow = load(file)
    errors = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).iter_errors(workflow)
    assert [f"{error.json_path}: {error.message[:200]}" for error in errors] == []
    assert workflow["permissions"] == {}
    for used in re.findall(r"uses: (.+)", file.read_text(encoding="utf-8")):
        assert PINNED.fullmatch(used) or (ROOT / used).is_file(), used
    for step in steps(workflow):
        assert step.get("with", {}).get("persist-credentials", False) is False
        program = step.get("run", "").split()
        if program and program[0].startswith("."):
            assert os.access(ROOT / program[0], os.X_OK), program
        python = step.get("with", {}).get("python-version")
        assert python in (None, files.pyproject()["project"]["requires-python"][2:])


def test_ci_runs_all_of_it() -> None:
    assert [step["run"] for step in steps(load(PLACE / "ci.yml")) if "run" in step] == [".ci/run"]


def test_images_are_pushed_on_a_version_tag_alone() -> None:
    workflow = load(PLACE / "images.yml")
    assert workflow["on"] == {"push": {"tags": ["v[0-9]+.[0-9]+.[0-9]+"]}}
    job = workflow["jobs"]["image"]
    assert job["needs"] == "ci"
    stages = files.stages()
    assert all(
        "USER" in dict(stages[target].lines) for target in job["strategy"]["matrix"]["target"]
    )
    check = next(step["run"] for step in job["steps"] if "run" in step)
    version = files.pyproject()["project"]["version"]
    for tag, status in ((f"v{version}", 0), ("v99.0.0", 1)):
        variables = {**os.environ, "GITHUB_REF_NAME": tag}
        done = subprocess.run(
            ["bash", "-e", "-c", check], cwd=ROOT, env=variables, capture_output=True
        )
        assert done.returncode == status
