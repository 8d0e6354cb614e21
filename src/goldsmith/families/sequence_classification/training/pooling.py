"""Mean pooling for a head that reads the first token: as one more layer of transformers' own kind.

Sentence encoders say what a text means by the mean of its tokens' states, and their first token's
state was never trained. transformers' head for BERT reads that one alone. A further layer whose
attention is uniform, whose values are the states themselves and whose feed-forward half is 0 has
the normalised mean of all tokens in every place, the first one's too: the folder stays one that
`transformers.pipeline` loads. Its keys and its feed-forward half are free to learn more.
"""

import copy
import json
from pathlib import Path
from typing import Any

import torch
from transformers import PreTrainedModel

from goldsmith.finetune.models import layers

SENTENCE_POOLING = Path("1_Pooling", "config.json")  # as sentence-transformers writes it
WEIGHT = 20.0  # of the mean beside the token's own state, which is added to it
KIND = "bert"


def says_mean(base: Path) -> bool:
    """Whether a base's folder says that texts are the mean of their tokens."""
    try:
        found = json.loads((base / SENTENCE_POOLING).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(found.get("pooling_mode_mean_tokens"))


def can_add_mean(model: PreTrainedModel) -> bool:
    """Whether the architecture is one whose layers are known."""
    return bool(model.config.model_type == KIND) and not model.config.is_decoder


@torch.no_grad()
def add_mean(model: PreTrainedModel) -> None:
    """Append the layer to a BERT, and have the pooler pass its state on."""
    _, stack = layers(model)
    added: Any = copy.deepcopy(stack[-1])
    attention, feed = added.attention, added.output
    _to_identity(attention.self.value, 1.0)
    _to_identity(attention.output.dense, WEIGHT)
    for zero in (attention.self.key, feed.dense):
        _to_identity(zero, 0.0)
    for norm in (attention.output.LayerNorm, feed.LayerNorm):
        norm.weight.fill_(1.0)
        norm.bias.zero_()
    encoder: Any = model.base_model
    encoder.encoder.layer.append(added)
    model.config.num_hidden_layers += 1
    _to_identity(encoder.pooler.dense, 1.0)


def _to_identity(layer: torch.nn.Linear, factor: float) -> None:
    layer.weight.copy_(factor * torch.eye(layer.out_features, layer.in_features))
    layer.bias.zero_()
