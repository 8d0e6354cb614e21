"""The torch half: what a base of another architecture does with the family's settings."""

from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel, DistilBertConfig, DistilBertModel

from goldsmith.families.token_classification import TokenClassification
from goldsmith.families.token_classification.training import _new_model

BERT = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
}
DISTILBERT = {"dim": 32, "n_layers": 2, "n_heads": 2, "hidden_dim": 64}


@pytest.mark.parametrize("dropout", [0.0, 0.3])
@pytest.mark.parametrize("architecture", ["bert", "distilbert"])
def test_dropout_holds_whatever_the_architecture_calls_it(
    tmp_path: Path, architecture: str, dropout: float
) -> None:
    if architecture == "bert":
        BertModel(BertConfig(vocab_size=50, **BERT)).save_pretrained(tmp_path)
    else:
        DistilBertModel(DistilBertConfig(vocab_size=50, **DISTILBERT)).save_pretrained(tmp_path)
    family = TokenClassification(
        family="token_classification", base=str(tmp_path), dropout=dropout, freeze_layers=1
    )
    model = _new_model(tmp_path, ["O", "B-Rate"], family, None)
    layers = [one for one in model.modules() if isinstance(one, torch.nn.Dropout)]
    assert layers and {one.p for one in layers} == {dropout}
    frozen = {name for name, one in model.named_parameters() if not one.requires_grad}
    assert any(".layer.0." in name for name in frozen)
    assert not any(".layer.1." in name for name in frozen)
