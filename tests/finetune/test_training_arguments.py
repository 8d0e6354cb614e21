"""What is passed through to transformers' TrainingArguments takes effect, resumes, or is refused."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForSequenceClassification, TrainingArguments

from goldsmith import finetune
from goldsmith.errors import ConfigError
from goldsmith.families import training_arguments
from goldsmith.families.onnx import padded
from tests.toys import write_tiny_decoder

LENGTH = 6


class Killed(Exception):
    pass


def examples(count: int) -> list[dict[str, Any]]:
    """Texts of one length, so that every way of batching them has the same mean."""
    return [
        {"input_ids": [101, *range(200 + place, 200 + place + LENGTH), 102], "label": place % 2}
        for place in range(count)
    ]


def collate(batch: Any) -> dict[str, torch.Tensor]:
    ids, mask = padded([one["input_ids"] for one in batch], 0)
    labels = torch.tensor([one["label"] for one in batch])
    return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask), "labels": labels}


@pytest.fixture
def trained(tiny_base: Path, tmp_path: Path) -> Callable[..., torch.Tensor]:
    """Train on 16 texts; returns all weights as one vector."""

    def train(
        folder: str,
        batch_size: int = 4,
        epochs: int = 3,
        rate: float = 1e-2,
        dropout: float = 0.1,
        base: Path = tiny_base,
        report: Any = None,
        scores: Sequence[float] = (),
        bf16: bool = False,
        **more: Any,
    ) -> torch.Tensor:
        finetune.seed_everything(1)
        model = finetune.load_base(
            AutoModelForSequenceClassification, base, dropout=dropout, labels=["a", "b"]
        )
        settings = finetune.Settings(
            epochs=epochs, batch_size=batch_size, warmup=0.0, patience=0, bf16=bf16,
            device="cpu", seed=1, more=more,
        )  # fmt: skip
        groups = finetune.layered_groups(model, rate, rate, 1.0, 0.0)
        later = iter(scores)
        finetune.finetune(
            model, examples(16), collate, loss, groups, settings, tmp_path / folder,
            report or (lambda event: None),
            (lambda model: {"score": next(later)}) if scores else None, "score" if scores else "",
        )  # fmt: skip
        return torch.cat([one.detach().flatten() for one in model.parameters()])

    return train


def loss(outputs: Any, labels: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.cross_entropy(outputs.logits, labels)


def test_accumulated_batches_are_one_batch(
    trained: Callable[..., torch.Tensor], tmp_path: Path
) -> None:
    # A Llama takes keyword arguments, for which the Trainer leaves the average to the loss. With so
    # large an epsilon a step is proportional to its gradient, not to its sign alone.
    plain: dict[str, Any] = {
        "base": write_tiny_decoder(tmp_path / "llama", "llama"),
        "adam_epsilon": 1.0, "max_grad_norm": 0.0, "epochs": 1, "rate": 1.0, "dropout": 0.0,
    }  # fmt: skip
    whole = trained("whole", batch_size=16, **plain)
    halves = trained("halves", batch_size=8, gradient_accumulation_steps=2, **plain)
    start = trained("start", batch_size=16, **{**plain, "adam_epsilon": 1e9})
    moved = (whole - start).norm()
    assert moved > 1e-3
    assert (whole - halves).norm() < 1e-3 * moved
    clipped = trained("clipped", batch_size=16, **{**plain, "max_grad_norm": 1e-3})
    assert (clipped - start).norm() < 0.1 * moved


def test_fp32_after_bf16_in_one_process_is_fp32(trained: Callable[..., torch.Tensor]) -> None:
    before = trained("before")
    assert not torch.equal(before, trained("half", bf16=True))
    assert torch.equal(before, trained("after"))


def test_the_scheduler_is_the_one_that_was_named(trained: Callable[..., torch.Tensor]) -> None:
    linear = trained("linear")
    assert torch.equal(linear, trained("again", lr_scheduler_type="linear"))
    assert not torch.equal(linear, trained("cosine", lr_scheduler_type="cosine"))


def test_a_killed_run_with_accumulation_resumes_to_the_same_weights(
    trained: Callable[..., torch.Tensor],
) -> None:
    more = {"gradient_accumulation_steps": 2, "lr_scheduler_type": "cosine"}
    seen: list[dict[str, Any]] = []

    def report(event: dict[str, Any]) -> None:
        seen.append(event)
        if len([one for one in seen if one["type"] == "checkpoint"]) == 2:
            raise Killed

    with pytest.raises(Killed):
        trained("killed", report=report, epochs=4, **more)
    resumed: list[dict[str, Any]] = []
    after = trained("killed", report=resumed.append, epochs=4, **more)
    assert [one["step"] for one in resumed if one["type"] == "resume"] == [4]
    assert max(one["step"] for one in resumed if one["type"] == "progress") == 8
    assert torch.equal(after, trained("undisturbed", epochs=4, **more))


def test_the_best_checkpoint_is_found_where_the_folder_was_moved_to(
    trained: Callable[..., torch.Tensor], tmp_path: Path
) -> None:
    """As when another machine goes on: a checkpoint names the best one by its old place."""
    seen: list[dict[str, Any]] = []

    def report(event: dict[str, Any]) -> None:
        seen.append(event)
        if len([one for one in seen if one["type"] == "checkpoint"]) == 2:
            raise Killed

    with pytest.raises(Killed):
        trained("one", report=report, epochs=2, scores=(0.9, 0.1))
    (tmp_path / "one").rename(tmp_path / "other")
    again = trained("other", epochs=2, scores=(0.1,))
    assert torch.equal(again, trained("undisturbed", epochs=2, scores=(0.9, 0.1)))
    assert not torch.equal(again, trained("last", epochs=2))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"lr_scheduler_type": "cosin"}, "cosin is not a valid SchedulerType"),
        ({"lr_scheduler_kwargs": {"bend": 1}}, "unexpected keyword argument 'bend'"),
        ({"adam_beta1": 1.5}, "Invalid beta parameter"),
        ({"field_of_another_version": 1}, "unexpected keyword argument 'field_of_another_version'"),
    ],
)
def test_what_transformers_refuses_is_said_before_the_first_step(
    trained: Callable[..., torch.Tensor], more: dict[str, Any], said: str
) -> None:
    seen: list[dict[str, Any]] = []
    with pytest.raises(ConfigError, match=r"^model\.training_arguments: transformers refuses") as caught:  # fmt: skip
        trained("refused", report=seen.append, **more)
    assert said in str(caught.value) and len(str(caught.value)) < 400
    assert seen == []


def test_the_fields_that_were_read_are_those_of_the_library() -> None:
    known = training_arguments.fields()
    assert known is not None
    assert set(known) == {one.name for one in fields(TrainingArguments) if one.init}
    free = training_arguments.free(known)
    assert {"gradient_accumulation_steps", "max_grad_norm", "lr_scheduler_type"} < set(free)
