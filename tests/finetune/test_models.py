"""Base models of every shape: their layers, what freezes, their rates, their pad token, their export."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import (
    AlbertConfig,
    AlbertModel,
    AutoConfig,
    AutoModelForSequenceClassification,
    DistilBertConfig,
    DistilBertModel,
    ElectraConfig,
    ElectraModel,
)

from goldsmith import exporting, finetune
from goldsmith.errors import ConfigError
from goldsmith.families.onnx import Session, padded
from goldsmith.finetune.models import layers
from tests.toys import write_tiny_decoder

SMALL = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}  # fmt: skip
LABELS = ["a", "b", "c"]
STACKS = {
    "bert": "encoder.layer",
    "distilbert": "transformer.layer",
    "electra": "encoder.layer",
    "gpt2": "h",
    "llama": "layers",
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path) -> dict[str, Path]:
    at = tmp_path_factory.mktemp("bases")
    sizes = {"dim": 32, "n_layers": 2, "n_heads": 2, "hidden_dim": 64}
    DistilBertModel(DistilBertConfig(vocab_size=50, **sizes)).save_pretrained(at / "distilbert")
    ElectraModel(ElectraConfig(vocab_size=50, embedding_size=16, **SMALL)).save_pretrained(
        at / "electra"
    )
    AlbertModel(AlbertConfig(vocab_size=50, embedding_size=16, **SMALL)).save_pretrained(
        at / "albert"
    )
    decoders = {kind: write_tiny_decoder(at / kind, kind) for kind in ("gpt2", "llama")}
    return {"bert": tiny_base, **{n: at / n for n in ("distilbert", "electra", "albert")}, **decoders}  # fmt: skip


def new(folder: Path) -> Any:
    return finetune.load_base(
        AutoModelForSequenceClassification, folder, dropout=0.0, labels=LABELS
    )


@pytest.mark.parametrize("kind", STACKS)
def test_the_lowest_layers_and_all_below_them_freeze(folders: dict[str, Path], kind: str) -> None:
    model = new(folders[kind])
    name, stack = layers(model)
    assert (name, len(stack)) == (STACKS[kind], 2)
    finetune.freeze(model, embeddings=True, lowest=1)
    prefix = f"{model.base_model_prefix}."
    below = {
        name
        for name, _ in model.named_parameters()
        if name.startswith(prefix) and ("embed" in name or ".wte." in name or ".wpe." in name)
    }
    frozen = {name for name, one in model.named_parameters() if not one.requires_grad}
    first = {name for name, _ in model.named_parameters() if f"{prefix}{STACKS[kind]}.0." in name}
    assert below and first and frozen == below | first


@pytest.mark.parametrize("kind", STACKS)
def test_rates_fall_from_the_head_to_the_embeddings(folders: dict[str, Path], kind: str) -> None:
    model = new(folders[kind])
    names = {id(one): name for name, one in model.named_parameters()}
    found: dict[str, float] = {}
    for group in finetune.layered_groups(model, 1e-3, 1e-2, 0.5, 0.01):
        for one in group["params"]:
            found[names[id(one)]] = group["lr"]
            assert group["weight_decay"] == (0.0 if one.ndim < 2 else 0.01)
    assert set(found) == set(names.values())
    stack = f"{model.base_model_prefix}.{STACKS[kind]}."
    for name, rate in found.items():
        if not name.startswith(f"{model.base_model_prefix}."):
            assert rate == 1e-2, name
        elif name.startswith(f"{stack}0."):
            assert rate == 5e-4, name
        elif "embed" in name or ".wte." in name or ".wpe." in name:
            assert rate == 2.5e-4, name
        else:  # the last layer, and what lies above it: a last norm, a pooler
            assert rate == 1e-3, name


def test_more_layers_than_there_are_cannot_freeze(folders: dict[str, Path]) -> None:
    with pytest.raises(ConfigError, match=r"model\.freeze_layers is 3, but Bert\w+ has 2 layers"):
        finetune.freeze(new(folders["bert"]), embeddings=True, lowest=3)
    shared = new(folders["albert"])
    with pytest.raises(ConfigError, match="has 0 layers that can be frozen"):
        finetune.freeze(shared, embeddings=True, lowest=1)
    rates = {one["lr"] for one in finetune.layered_groups(shared, 1e-3, 1e-2, 0.5, 0.01)}
    assert rates == {1e-3, 1e-2}


def test_the_pad_token_is_the_bases_own_or_its_end_of_text(folders: dict[str, Path]) -> None:
    assert new(folders["bert"]).config.pad_token_id == 0
    gpt2 = new(folders["gpt2"])
    assert gpt2.config.pad_token_id == gpt2.config.eos_token_id == 0
    named = AutoConfig.from_pretrained(folders["llama"], pad_token_id=3)
    assert finetune.pad_token(named) == 3
    config = gpt2.config
    for pad, end, expected in (
        (-1, 5, 5),
        (10**6, [7, 8], 7),
        (None, None, None),
        (-1, [10**6], None),
    ):
        config.pad_token_id, config.eos_token_id = pad, end
        assert finetune.pad_token(config) == expected


@pytest.mark.parametrize("kind", ["gpt2", "llama"])
def test_decoders_export_with_equal_logits_alone_and_in_a_batch(
    folders: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    torch.manual_seed(1)
    model = new(folders[kind])
    torch.nn.init.normal_(model.score.weight, std=1.0)
    finetune.save(model, folders[kind], tmp_path / "model")
    trained = finetune.load_trained(AutoModelForSequenceClassification, tmp_path / "model")
    fp32 = exporting.to_onnx(tmp_path / "model", tmp_path / "fp32", "text-classification")
    int8 = exporting.to_int8(tmp_path / "fp32", tmp_path / "int8")
    rng = np.random.default_rng(0)
    rows = [rng.integers(1, 250, size=size).tolist() for size in (3, 40, 1, 17, 200)]
    ids, mask = padded(rows, trained.config.pad_token_id)
    with torch.inference_mode():
        expected = trained(
            input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask)
        ).logits.numpy()
    spread = expected.std()
    for file, gap in ((fp32, 1e-4), (int8, 0.3)):
        session = Session(file)
        together = session.run(["logits"], {"input_ids": ids, "attention_mask": mask})[0]
        assert np.abs(together - expected).max() < gap * spread
        if file == fp32:
            for row, wanted in zip(rows, expected, strict=True):
                one, whole = padded([row], 0)
                (alone,) = session.run(["logits"], {"input_ids": one, "attention_mask": whole})
                assert np.abs(alone[0] - wanted).max() < gap * spread
