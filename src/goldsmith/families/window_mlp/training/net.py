"""The net itself in torch."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from goldsmith import bases
from goldsmith.families.window_mlp.features import Encoded, Features
from goldsmith.families.window_mlp.words import AFFIX_BUCKETS, AFFIX_DIMENSION, NOTHING, WordRows

if TYPE_CHECKING:
    from goldsmith.families.window_mlp import WindowMlp

SPREAD = 0.1  # of fresh embeddings; small, so that a piece that training never shows says little


class Net(nn.Module):
    """Embeddings, one hidden layer, one output a label; what its graph in `export` says as well."""

    def __init__(self, family: "WindowMlp", features: Features, labels: int) -> None:
        super().__init__()
        self.pieces = _table(features.table.pieces.count, family.dimension)
        self.affixes = _table(AFFIX_BUCKETS + 1, AFFIX_DIMENSION)
        word = family.dimension + AFFIX_DIMENSION + features.table.width
        self.hidden = nn.Linear(features.columns * word + features.own, family.hidden)
        self.output = nn.Linear(family.hidden, labels)
        self.dropout = nn.Dropout(family.dropout)
        # A word whose letters are left out is known by its shape and its neighbours, as a new one is.
        self.unread = nn.Dropout1d(family.word_dropout)

    def forward(self, words: WordRows, windows: torch.Tensor, own: torch.Tensor) -> torch.Tensor:
        """Logits (t, labels); `words` holds tensors, `windows` is (t, w), `own` (t, o)."""
        pieces = self.pieces(words.pieces).sum(1) * words.share
        letters = torch.cat([pieces, self.affixes(words.affixes).sum(1)], dim=1)
        rows = torch.cat([self.unread(letters), words.shape], dim=1)
        seen = self.dropout(rows)[windows].flatten(1)
        hidden = torch.relu(self.hidden(torch.cat([seen, own], dim=1)))
        logits: torch.Tensor = self.output(self.dropout(hidden))
        return logits


def fresh(family: "WindowMlp", features: Features, labels: int, base: Path | None) -> Net:
    """A net to be trained; a base's embeddings stay as they are, so that new words fit in too.

    Args:
        base: folder of the base, None without one.
    """
    net = Net(family, features, labels)
    if base is not None:
        table = torch.from_numpy(components(input_embeddings(base), family.dimension))
        with torch.no_grad():
            net.pieces.weight[1 : len(table) + 1] = table
        net.pieces.weight.requires_grad_(False)
    return net


def input_embeddings(base: Path) -> np.ndarray:
    """(v, h) float32: the input embeddings of a base."""
    from transformers import AutoModel

    model = AutoModel.from_pretrained(base, use_safetensors=True, local_files_only=True)
    table: np.ndarray = model.get_input_embeddings().weight.detach().float().numpy()
    return table


def components(table: np.ndarray, dimension: int) -> np.ndarray:
    """The first principal components of the rows of (v, h): (v, dimension), of variance 1 at most.

    Where h is smaller than dimension, the rest is zero.
    """
    centred = table - table.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, ::-1][:, :dimension]
    # The sign of an axis is anybody's choice: the greatest entry is positive here.
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    found = centred @ axes
    scaled = found / max(float(found.std(axis=0).max()), 1e-9)
    return np.pad(scaled, ((0, 0), (0, dimension - scaled.shape[1]))).astype(np.float32)


def tensors(encoded: Encoded, device: str) -> tuple[WordRows, torch.Tensor, torch.Tensor]:
    """What `Net.forward` takes, where the net lies."""
    words = WordRows(*(torch.from_numpy(rows).to(device) for rows in vars(encoded.words).values()))
    windows = torch.from_numpy(np.ascontiguousarray(encoded.windows)).to(device)
    return words, windows, torch.from_numpy(encoded.own).to(device)


def base_folder(family: "WindowMlp") -> Path | None:
    """Where the base lies, None without one."""
    return bases.resolve(family.base, family.revision) if family.base else None


def _table(count: int, dimension: int) -> nn.Embedding:
    table = nn.Embedding(count, dimension, padding_idx=NOTHING)
    with torch.no_grad():
        table.weight.normal_(0.0, SPREAD)
        table.weight[NOTHING] = 0.0
    return table
