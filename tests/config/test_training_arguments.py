"""Fields of transformers' TrainingArguments in a use case: checked by name and type when it loads."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from goldsmith import config
from goldsmith.errors import ConfigError
from goldsmith.families.base import read_family, write_family
from tests.config.test_load import TEXT

LIGHT = """
import sys
from goldsmith import config
found = config.load("toy").model.training_arguments
assert found == {"adam_epsilon": 1e-8}, found
print(sorted({name.partition(".")[0] for name in sys.modules} & {"torch", "transformers"}))
"""


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "use_cases" / "toy.yaml"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def given(**arguments: Any) -> dict[str, Any]:
    model: Any = config.load("toy", settings={"model": {"training_arguments": arguments}}).model
    found: dict[str, Any] = model.training_arguments
    return found


def refused(file: Path, lines: str) -> list[str]:
    text = TEXT.replace("  epochs: 3", f"  epochs: 3\n  training_arguments:\n{lines}")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config.load("toy")
    return str(caught.value).splitlines()


def test_fields_of_theirs_are_passed_on_with_their_own_types() -> None:
    assert given() == {}
    wanted = {
        "gradient_accumulation_steps": 2,
        "max_grad_norm": 0.5,
        "lr_scheduler_type": "cosine_with_min_lr",
        "lr_scheduler_kwargs": {"min_lr": 1e-6},
        "tf32": None,
        "torch_compile": False,
    }
    assert given(**wanted) == wanted
    assert given(adam_epsilon="1e-8", dataloader_num_workers="2") == {
        "adam_epsilon": 1e-8,
        "dataloader_num_workers": 2,
    }


def test_a_field_that_there_is_not_is_named_by_its_line_with_the_near_ones(file: Path) -> None:
    (said,) = refused(file, "    gradient_acumulation_steps: 2\n")
    assert said.startswith(
        "use_cases/toy.yaml:7: model.training_arguments.gradient_acumulation_steps: "
    )
    assert said.endswith("no such field: did you mean gradient_accumulation_steps?")


@pytest.mark.parametrize(
    ("name", "value", "instead"),
    [
        ("num_train_epochs", 3, "set model.epochs"),
        ("max_steps", 10, "set model.epochs"),
        ("per_device_train_batch_size", 8, "set model.batch_size"),
        ("learning_rate", 1e-4, "set model.learning_rate and model.head_learning_rate"),
        ("warmup_steps", 10, "set model.warmup"),
        ("bf16", True, "set compute.precision"),
        ("seed", 1, "set the use case's seed"),
        ("use_cpu", True, "set compute.gpus"),
        ("output_dir", "out", "checkpoints"),
        ("save_steps", 10, "every epoch"),
        ("eval_strategy", "steps", "set model.patience"),
        ("load_best_model_at_end", False, "set model.patience"),
        ("logging_steps", 1, "progress"),
        ("report_to", "wandb", "runs are logged to MLflow"),
        ("group_by_length", True, "batches hold records of like length"),
        ("hub_token", "x", "set publish"),
    ],
)
def test_fields_that_are_ours_are_refused_with_what_to_set(
    file: Path, name: str, value: Any, instead: str
) -> None:
    (said,) = refused(file, f"    {name}: {value}\n")
    place = f"use_cases/toy.yaml:7: model.training_arguments.{name}: "
    assert said.startswith(f"{place}is ours: {instead}")
    assert "ours are num_train_epochs, max_steps" in said and len(said) < 1500


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("gradient_accumulation_steps", "two", "should be a valid integer"),
        ("gradient_accumulation_steps", "2.5", "should be a valid integer"),
        ("gradient_accumulation_steps", "0", "greater than or equal to 1"),
        ("max_grad_norm", "[1]", "should be a valid number, not '[1]'"),
        ("lr_scheduler_type", "3", "should be a valid string, not '3'"),
        ("lr_scheduler_kwargs", "[3]", "valid"),
        ("gradient_checkpointing", "perhaps", "should be a valid boolean"),
    ],
)
def test_values_of_another_type_are_named_by_their_line(
    file: Path, name: str, value: str, said: str
) -> None:
    (line,) = refused(file, f"    {name}: {value}\n")
    assert line.startswith(f"use_cases/toy.yaml:7: model.training_arguments.{name}: ")
    assert said in line


def test_every_finding_is_said_and_not_without_end(file: Path) -> None:
    lines = refused(file, "".join(f"    wrong{number}: 1\n" for number in range(9)))
    assert [line.partition(": ")[0] for line in lines[:5]] == [
        f"use_cases/toy.yaml:{number}" for number in range(7, 12)
    ]
    assert lines[5:] == ["and 4 more"]


def test_they_are_read_without_importing_transformers(file: Path) -> None:
    file.write_text(
        TEXT.replace("  epochs: 3", "  training_arguments: {adam_epsilon: 1e-8}"), encoding="utf-8"
    )
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr


def test_a_trained_model_opens_whatever_the_library_has_now(tmp_path: Path) -> None:
    family: Any = config.load("toy").model
    older = family.model_copy(update={"training_arguments": {"field_of_another_version": 1}})
    write_family(tmp_path, older, ["O"])
    found: Any = read_family(tmp_path)[0]
    assert found.training_arguments == {"field_of_another_version": 1}
