"""The torch half on toy questions: adapters, resuming, variants, thresholds, collapse."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch
from safetensors.torch import load_file
from transformers import (
    AutoModelForQuestionAnswering,
    DistilBertConfig,
    DistilBertModel,
    pipeline,
)

from goldsmith import finetune
from goldsmith.config.sections import Prepare, Splits
from goldsmith.errors import ConfigError
from goldsmith.families import base
from goldsmith.families.base import Run
from goldsmith.families.extractive_qa import ExtractiveQa
from goldsmith.families.extractive_qa.training import BARRED, OPEN, RIGHT, _new_model, span_loss
from goldsmith.finetune import lora
from goldsmith.prepare import prepare
from goldsmith.prepared import COUNTS_FILE, FINAL, Prepared
from goldsmith.readers.questions import Questions
from goldsmith.records import Question, arrow_schema
from tests.toys import write_questions

SETTINGS = {
    "epochs": 10, "learning_rate": 0.005, "head_learning_rate": 0.01, "patience": 0,
    "max_length": 48, "max_question": 12, "stride": 8,
}  # fmt: skip
ADAPTERS = {"rank": 4, "alpha": 8.0, "targets": ["query", "attention.output.dense"]}


@dataclass(frozen=True)
class World:
    data: Prepared
    base: Path
    at: Path

    def family(self, **settings: Any) -> ExtractiveQa:
        given = {"family": "extractive_qa", "base": str(self.base), **SETTINGS, **settings}
        return ExtractiveQa.model_validate(given)

    def train(self, name: str, checkpoints: str, **settings: Any) -> tuple[Path, Any, list[Any]]:
        events: list[Any] = []
        out = self.at / name
        out.mkdir()
        run = Run(events.append, self.at / checkpoints, "cpu", 13)
        return out, self.family(**settings).train(self.data, FINAL, out, run), events


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path) -> Any:
    at = tmp_path_factory.mktemp("qa")
    raw = write_questions(at / "raw", sizes=(300, 60, 60))
    reader = Questions()
    rows = [one.row() for one in reader.read(reader.files(raw), raw)]
    pq.write_table(pa.Table.from_pylist(rows, arrow_schema("question")), at / "raw.parquet")
    (at / "prepared").mkdir()
    counts = prepare("question", at / "raw.parquet", Prepare(), Splits(), at / "prepared")
    (at / "prepared" / COUNTS_FILE).write_text(json.dumps(counts), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOLDSMITH_HOME", str(at / "home"))
        yield World(Prepared(at / "prepared"), tiny_base, at)


@pytest.fixture(scope="module")
def adapted(world: World) -> tuple[Path, Any, list[Any]]:
    """Trained with adapters, whole."""
    return world.train("adapted", "checkpoints", lora=ADAPTERS, freeze_layers=1)


def test_adapters_learn_and_are_in_the_plain_weights(
    world: World, adapted: tuple[Path, Any, list[Any]]
) -> None:
    out, facts, _ = adapted
    assert facts["monitor"]["f1"] > facts["monitor"]["never.f1"] + 0.1
    assert json.loads((out / "family.json").read_text())["threshold"] == facts["threshold"]
    # The adapter alone, put on the base again, gives what the merged model gives.
    from peft import PeftModel

    about = json.loads((out / "adapter" / "adapter_config.json").read_text())
    assert about["base_model_name_or_path"] == str(world.base) and about["task_type"] is None
    torch.manual_seed(5)  # another head than the one that was trained: the adapter brings its own
    plain = finetune.load_base(AutoModelForQuestionAnswering, world.base, dropout=0.0)
    unmerged: Any = PeftModel.from_pretrained(plain, str(out / "adapter")).eval()
    merged = finetune.load_trained(AutoModelForQuestionAnswering, out)
    batch = {
        "input_ids": torch.tensor([[101, 2029, 3446, 102, 1017, 1003, 102]]),
        "token_type_ids": torch.tensor([[0, 0, 0, 0, 1, 1, 1]]),
        "attention_mask": torch.ones(1, 7, dtype=torch.long),
    }
    with torch.inference_mode():
        ours, theirs = merged(**batch), unmerged(**batch)
        without = unmerged(**{**batch, "token_type_ids": torch.zeros(1, 7, dtype=torch.long)})
    assert (ours.start_logits - theirs.start_logits).abs().max() < 1e-4
    assert (ours.end_logits - theirs.end_logits).abs().max() < 1e-4
    assert (without.start_logits - theirs.start_logits).abs().max() > 1e-3  # types are not dropped


def test_only_adapters_and_head_are_trained(
    world: World, adapted: tuple[Path, Any, list[Any]]
) -> None:
    before, after = load_file(world.base / "model.safetensors"), load_file(adapted[0] / "model.safetensors")  # fmt: skip
    changed = {
        name.removeprefix("bert.")
        for name, value in after.items()
        if name.startswith("bert.") and not torch.equal(value, before[name.removeprefix("bert.")])
    }
    # Layer 0 is frozen; of layer 1 the two kinds of layers that `targets` names.
    assert changed == {
        "encoder.layer.1.attention.self.query.weight",
        "encoder.layer.1.attention.output.dense.weight",
    }
    kept = load_file(adapted[0] / "adapter" / "adapter_model.safetensors")
    assert {name.rpartition(".")[0].rpartition(".")[2] for name in kept} == {"lora_A", "lora_B", "qa_outputs"}  # fmt: skip


def test_a_killed_run_with_adapters_goes_on_to_the_same_weights(
    world: World, adapted: tuple[Path, Any, list[Any]]
) -> None:
    """As after a kill: an older checkpoint is there, and nothing else."""
    newest = max((world.at / "checkpoints").glob("checkpoint-*"), key=lambda one: one.stat().st_mtime)  # fmt: skip
    older = next(one for one in (world.at / "checkpoints").glob("checkpoint-*") if one != newest)
    shutil.copytree(older, world.at / "killed" / older.name)
    out, facts, events = world.train("resumed", "killed", lora=ADAPTERS, freeze_layers=1)
    assert [event["step"] for event in events if event["type"] == "resume"] == [
        int(older.name.split("-")[1])
    ]
    assert facts["steps"] == adapted[1]["steps"]
    ours, theirs = (load_file(one / "model.safetensors") for one in (out, adapted[0]))
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


def test_variants_answer_as_the_merged_model_and_pipelines_load_it(
    world: World, adapted: tuple[Path, Any, list[Any]]
) -> None:
    family, records = world.family(lora=ADAPTERS), list(world.data.heldout(FINAL))
    long = Question(
        "long", "", "", f"{records[0].context} and the company " * 9, "which rate ?", ()
    )
    records.append(long)
    expected = family.reference(adapted[0]).predict(records)
    exported = world.at / "exported"
    exported.mkdir()
    assert [one.name for one in family.export(adapted[0], exported)] == ["fp32", "int8"]
    for batch in (1, 32):
        found = base.open(exported, "fp32").predict(records, batch_size=batch)
        gaps = [np.abs(a.logits - b.logits).max() for a, b in zip(found, expected, strict=True)]
        assert max(gaps) < 1e-4
        assert [one.decisions for one in found] == [one.decisions for one in expected]
    assert len(expected[-1].logits) > 48  # several windows
    assert any(one.answer for one in expected) and not all(one.answer for one in expected)
    empty = base.open(exported, "int8").answer([{"question": "which rate ?", "context": ""}])
    assert empty == [[{"start": None, "end": None, "text": "", "score": 1.0}]]
    theirs: Any = pipeline("question-answering", model=str(adapted[0]), tokenizer=str(adapted[0]))
    sure = max(range(60), key=lambda place: expected[place].margin)
    said = theirs(question=records[sure].question, context=records[sure].context)
    assert said["answer"] == expected[sure].spans[0].text


def test_questions_of_which_only_the_start_is_read_are_counted(world: World) -> None:
    _, _, plain = world.train("whole", "whole-checkpoints", epochs=1)
    assert [event for event in plain if event["type"] == "note"] == []
    _, _, events = world.train("cut", "cut-checkpoints", epochs=1, max_question=2)
    (note,) = [event["text"] for event in events if event["type"] == "note"]
    assert note.startswith("300 of 300 training questions are longer than model.max_question")


@pytest.mark.parametrize("checkpoints", ["none", "distilbert"])
def test_targets_that_name_nothing_are_refused_before_training(
    world: World, tmp_path: Path, checkpoints: str
) -> None:
    folder, named, near = world.base, "qeury", "did you mean query?"
    if checkpoints == "distilbert":
        folder, named, near = (
            tmp_path,
            "query",
            "there are q_lin, k_lin, v_lin, out_lin, lin1, lin2",
        )
        sizes = {"dim": 32, "n_layers": 2, "n_heads": 2, "hidden_dim": 64}
        DistilBertModel(DistilBertConfig(vocab_size=50, **sizes)).save_pretrained(folder)
    with pytest.raises(ConfigError) as caught:
        _new_model(folder, world.family(lora={"targets": ["dense", named] if checkpoints == "none" else [named]}))  # fmt: skip
    said = str(caught.value)
    assert f"no linear layer of the encoder is called {named!r}" in said and near in said
    assert len(said) < 400
    plain = _new_model(folder, world.family(lora={}))
    names = {name for name, one in lora.inner(plain).named_parameters() if one.requires_grad}
    assert any("lora_A" in name for name in names)
    assert all("lora_" in name or "qa_outputs" in name for name in names)


def test_loss_by_hand() -> None:
    """Barred places take no part: with two open ones of equal logits, half the chance is right."""

    class Outputs:
        start_logits = torch.tensor([[1.0, 9.0, 1.0, -4.0]])
        end_logits = torch.tensor([[0.0, 9.0, float(np.log(3)), 7.0]])

    labels = torch.full((1, 4, 2), BARRED)
    labels[0, 0], labels[0, 2] = OPEN, RIGHT
    wanted = (np.log(2) + np.log(4 / 3)) / 2
    assert float(span_loss(Outputs(), labels)) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize(
    ("monitor", "said"),
    [
        ({"f1": 0.5, "never.f1": 0.25, "best.f1": 0.6, "whole_context.f1": 0.3}, None),
        ({"f1": 0.25, "never.f1": 0.25, "best.f1": 0.6, "whole_context.f1": 0.3}, "no answer to every"),
        ({"f1": 0.27, "never.f1": 0.25, "best.f1": 0.2, "whole_context.f1": 0.3}, "whole context (0.3"),
        ({"f1": 0.0}, "no better than"),
    ],
)  # fmt: skip
def test_a_model_no_better_than_a_constant_answer_is_a_collapse(
    world: World, monitor: dict[str, float], said: str | None
) -> None:
    found = world.family().collapsed(monitor)
    assert found is None if said is None else said in str(found)
