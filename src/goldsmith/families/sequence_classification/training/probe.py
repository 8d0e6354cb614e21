"""The yardstick: logistic regression on the frozen base, which a fine-tuned model has to beat.

Its features are the base's last hidden states, averaged over the text and made of length 1. The
same regression on what the model's own head reads gives the weights that training starts from.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from transformers import AutoModel, PreTrainedModel

from goldsmith import bases, finetune
from goldsmith.families.base import read_family
from goldsmith.families.onnx import TOKENIZER_FILE
from goldsmith.families.sequence_classification.linear import Linear, fit, fit_scaled
from goldsmith.families.sequence_classification.runtime import (
    Encoded,
    Encoder,
    TextClassifier,
    batches,
    calibration_of,
)
from goldsmith.finetune import memory, processes
from goldsmith.finetune.models import layers
from goldsmith.settings import cores

PROBE_FILE = "probe.npz"
HEAD_FILE = "head.npz"
BATCH = 32
FEW = 100  # records that tell how far features vary
MOST = 50_000  # records that the regression sees: more move it little and take hours
SPREAD = 0.3  # standard deviation: wide, and still where tanh is nearly straight


class Features:
    """What the frozen base makes of texts: for the probe, and for the head of a model."""

    def __init__(self, model: PreTrainedModel, added: int = 0) -> None:
        """Watch a model's forward pass.

        Args:
            model: a model, or a base alone, which has no head.
            added: layers above those of the base.
        """
        self._model = model.eval()
        self._last: torch.nn.Module = layers(model)[1][-1 - added] if added else model.base_model
        self.head = head_of(model)
        self._read: torch.Tensor | None = None

    @torch.inference_mode()
    def of(self, ids: np.ndarray, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
        """Mean-pooled, normalised states (b, h), and (b, g) what the head's last layer reads."""
        inputs = {
            name: torch.from_numpy(value).to(self._model.device)
            for name, value in (("input_ids", ids), ("attention_mask", mask))
        }
        hook = self.head.register_forward_pre_hook(self._keep) if self.head is not None else None
        states: list[torch.Tensor] = []
        watch = self._last.register_forward_hook(
            lambda module, given, found: states.append(
                found if isinstance(found, torch.Tensor) else found[0]
            )
        )
        try:
            self._model(**inputs)
        finally:
            watch.remove()
            if hook is not None:
                hook.remove()
        shown = inputs["attention_mask"][..., None]
        mean = (states[0] * shown).sum(1) / shown.sum(1)
        pooled = torch.nn.functional.normalize(mean, dim=-1).float().cpu().numpy()
        return pooled, self._read_by_head(inputs["attention_mask"])

    def _keep(self, module: torch.nn.Module, given: tuple[torch.Tensor, ...]) -> None:
        self._read = given[0]

    def _read_by_head(self, mask: torch.Tensor) -> np.ndarray | None:
        if self._read is None:
            return None
        read = self._read
        if read.ndim == 3:  # a decoder's head reads every place; the last one's answer counts
            read = read[torch.arange(len(read)), mask.sum(1) - 1]
        found: np.ndarray = read.float().cpu().numpy()
        return found

    def of_texts(
        self, encoded: Sequence[Encoded], pad_id: int
    ) -> tuple[np.ndarray, np.ndarray | None]:
        """`of` of n texts, in their order: (n, h) and (n, g)."""
        pooled: list[np.ndarray] = []
        read: list[np.ndarray] = []
        order: list[int] = []
        for places, ids, mask in batches(encoded, BATCH, pad_id):
            order += places
            for one, other in memory.in_parts(self.of, ids, mask):
                pooled.append(one)
                read += [other] if other is not None else []
        back = np.argsort(order)
        return np.concatenate(pooled)[back], np.concatenate(read)[back] if read else None


def head_of(model: PreTrainedModel) -> torch.nn.Linear | None:
    """The last linear layer of a classification head; None where there is none."""
    inner = {id(module) for module in model.base_model.modules()}
    found = [
        module
        for module in model.modules()
        if isinstance(module, torch.nn.Linear)
        and id(module) not in inner
        and module.out_features == model.config.num_labels
    ]
    return found[-1] if found else None


def middle_of(model: PreTrainedModel, head: torch.nn.Linear) -> torch.nn.Linear | None:
    """The linear layer between the base's layers and a head's last one; None where there is none.

    BERT has it in the base (`pooler.dense`), RoBERTa and DistilBERT have it in the head.
    """
    _, stack = layers(model)
    inner = {id(module) for layer in stack for module in layer.modules()} | {id(head)}
    found = [
        module
        for module in model.modules()
        if isinstance(module, torch.nn.Linear)
        and id(module) not in inner
        and module.in_features == module.out_features == head.in_features
    ]
    return found[-1] if found and stack else None


def widen(middle: torch.nn.Linear, features: np.ndarray) -> None:
    """Scale a layer so that the features behind it, (n, g), vary by about SPREAD.

    On features that hardly vary a regression has huge weights, and then one step of the base's own
    layers throws away what the head began with.
    """
    factor = float(SPREAD / max(features.std(axis=0).mean(), 1e-6))
    with torch.no_grad():
        for parameter in middle.parameters():
            parameter.mul_(factor)


def start_from(head: torch.nn.Linear, found: Linear) -> None:
    """Give a head the weights of a fitted classifier; a head without a bias does without."""
    with torch.no_grad():
        head.weight.copy_(torch.from_numpy(found.weight))
        if head.bias is not None:
            head.bias.copy_(torch.from_numpy(found.bias))


def prepare(
    model: PreTrainedModel,
    encoder: Encoder,
    encoded: Sequence[Encoded],
    targets: np.ndarray,
    weights: Sequence[float],
    start: str,
    kept: Path,
    added: int = 0,
) -> tuple[Features, Linear]:
    """Fit the probe on training texts and, unless `start` is random, start the model's head.

    Args:
        model: the base with a fresh head.
        encoder: of the texts.
        encoded: n training texts.
        targets: (n) int.
        weights: of the records of each label.
        start: `probe` or `random`.
        kept: folder where a run that was killed left both fits.
        added: layers above those of the base.

    Returns:
        What makes features, and the probe on them.
    """
    kept.mkdir(parents=True, exist_ok=True)
    probe, head = kept / PROBE_FILE, kept / HEAD_FILE
    last = head_of(model) if start == "probe" else None
    some = np.random.default_rng(0).permutation(len(encoded))[:MOST]
    texts, wanted = [encoded[place] for place in some], targets[some]
    features = Features(model, added)
    middle = middle_of(model, last) if last is not None else None
    if middle is not None:
        _, read = features.of_texts(texts[:FEW], encoder.pad_id)
        assert read is not None
        widen(middle, read)
    with processes.first():
        if not probe.is_file() or (last is not None and not head.is_file()):
            pooled, read = features.of_texts(texts, encoder.pad_id)
            if last is not None and read is not None:
                biased = last.bias is not None
                fit_scaled(read, wanted, len(weights), weights, biased).save(head)
            fit(pooled, wanted, len(weights), weights).save(probe)
    if last is not None:
        start_from(last, Linear.load(head))
    return features, Linear.load(probe)


class Probe(TextClassifier):
    """The frozen base with the fitted classifier, as a predictor."""

    def __init__(self, features: Features, linear: Linear, *rest: Any) -> None:
        super().__init__(*rest)
        self._features, self._linear = features, linear

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open the probe beside a trained model; the base comes from where training had it."""
        family, known = read_family(folder)
        settings: Any = family
        torch.set_num_threads(cores())
        base = bases.resolve(settings.base, settings.revision)
        encoder = Encoder(base / TOKENIZER_FILE, settings.max_length, known["pad_id"])
        features = Features(finetune.load_trained(AutoModel, base))
        linear, calibration = Linear.load(folder / PROBE_FILE), calibration_of(known["probe"])
        return cls(features, linear, encoder, known["labels"], calibration, settings.alternatives)

    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Logits of a batch."""
        parts = memory.in_parts(self._features.of, ids, mask)
        pooled = np.concatenate([one for one, _ in parts])
        found: np.ndarray = pooled @ self._linear.weight.T + self._linear.bias
        return found
