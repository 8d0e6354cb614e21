"""A BERT whose first token reads the mean of all tokens, by one more layer of its own kind."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModelForSequenceClassification

from goldsmith import bases, exporting, finetune
from goldsmith.errors import ConfigError
from goldsmith.families.onnx import Session, padded
from goldsmith.families.sequence_classification.runtime import Encoder
from goldsmith.families.sequence_classification.training import pool
from goldsmith.families.sequence_classification.training.pooling import add_mean, says_mean
from goldsmith.families.sequence_classification.training.probe import Features
from tests.toys import write_tiny_decoder

TEXTS = ["notes", "interest paid under the agreement of the company", "at", "per annum was paid"]


def test_what_the_head_reads_is_the_mean_of_the_bases_states(
    tiny_base: Path, tmp_path: Path
) -> None:
    model = finetune.load_base(
        AutoModelForSequenceClassification, tiny_base, dropout=0.0, labels=["a", "b", "c"]
    ).eval()
    with torch.no_grad():  # random weights attend to everything alike, trained ones do not
        for part in ("query", "key"):
            getattr(model.base_model.encoder.layer[-1].attention.self, part).weight.mul_(100)
    encoded = Encoder(tiny_base / "tokenizer.json", 32, 0).encode(TEXTS)
    before, _ = Features(model).of_texts(encoded, 0)
    add_mean(model)
    after, read = Features(model, added=1).of_texts(encoded, 0)
    assert after == pytest.approx(before, abs=1e-6) and read is not None
    centred = before - before.mean(axis=1, keepdims=True)
    states = np.arctanh(np.clip(read, -0.999999, 0.999999))
    for one, other in zip(states, centred, strict=True):
        assert one @ other / np.linalg.norm(one) / np.linalg.norm(other) > 0.98
    # Other tokens than its own are read, padding is not, and the folder is transformers' own.
    ids, mask = padded([one.ids for one in encoded], 0)
    with torch.inference_mode():
        together = model(torch.from_numpy(ids), torch.from_numpy(mask)).logits.numpy()
        alone = [model(torch.from_numpy(one.ids)[None].long()).logits[0].numpy() for one in encoded]
    assert together == pytest.approx(np.array(alone), abs=1e-5)
    finetune.save(model, tiny_base, tmp_path / "model")
    again = finetune.load_trained(AutoModelForSequenceClassification, tmp_path / "model")
    assert again.config.num_hidden_layers == 3
    file = exporting.to_onnx(tmp_path / "model", tmp_path / "onnx", "text-classification")
    (found,) = Session(file).run(["logits"], {"input_ids": ids, "attention_mask": mask})
    assert found == pytest.approx(together, abs=1e-4)


def test_the_layer_goes_on_learning(tiny_base: Path) -> None:
    model = finetune.load_base(
        AutoModelForSequenceClassification, tiny_base, dropout=0.0, labels=["a", "b"]
    )
    add_mean(model)
    encoded = Encoder(tiny_base / "tokenizer.json", 32, 0).encode(TEXTS)
    ids, mask = (torch.from_numpy(one) for one in padded([one.ids for one in encoded], 0))
    logits = model(ids, mask).logits
    torch.nn.functional.cross_entropy(logits, torch.tensor([0, 1, 0, 1])).backward()
    layer = model.base_model.encoder.layer[-1]
    for part in (layer.attention.self.key, layer.attention.self.value, layer.output.dense):
        assert part.weight.grad.abs().max() > 0


def test_the_base_says_whether_the_mean_is_read(tiny_base: Path, tmp_path: Path) -> None:
    assert says_mean(bases.resolve("packaged:minilm")) and not says_mean(tiny_base)
    base = tmp_path / "sentences"
    shutil.copytree(tiny_base, base)
    (base / "1_Pooling").mkdir()
    said = base / "1_Pooling" / "config.json"
    decoder = write_tiny_decoder(tmp_path / "gpt2")

    def pools(folder: Path, rule: str) -> bool:
        model = finetune.load_base(
            AutoModelForSequenceClassification, folder, dropout=0.0, labels=["a", "b"]
        )
        layers = model.config.num_hidden_layers
        found = pool(model, folder, rule)
        assert model.config.num_hidden_layers == layers + found
        return found

    for value, wanted in ((True, True), (False, False)):
        said.write_text(json.dumps({"pooling_mode_mean_tokens": value}), encoding="utf-8")
        assert pools(base, "auto") is wanted
    assert pools(base, "mean") and not pools(base, "own")
    assert not pools(tiny_base, "auto") and not pools(decoder, "auto")
    with pytest.raises(ConfigError, match="mean can be added to a BERT, not to 'gpt2': use own"):
        pools(decoder, "mean")
