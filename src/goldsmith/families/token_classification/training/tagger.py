"""The trained model as a predictor, and as a score after each epoch."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from transformers import AutoModelForTokenClassification, PreTrainedModel

from goldsmith import finetune
from goldsmith.families.base import read_family
from goldsmith.families.token_classification.encoding import Encoder
from goldsmith.families.token_classification.metrics import score
from goldsmith.families.token_classification.runtime import WordTagger, read_labels
from goldsmith.finetune import memory
from goldsmith.records import TaggedTokens
from goldsmith.settings import cores


class TorchTagger(WordTagger):
    """The model as trained, in fp32, behind the same encoder and decoder as every variant."""

    def __init__(
        self, model: PreTrainedModel, encoder: Encoder, labels: Sequence[str], subwords: str
    ) -> None:
        super().__init__(encoder, labels, subwords)
        self._model = model

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open a trained model folder."""
        family, _ = read_family(folder)
        settings: Any = family
        torch.set_num_threads(cores())
        model = finetune.load_trained(AutoModelForTokenClassification, folder)
        return cls(model, settings.encoder(folder), read_labels(folder), settings.label_subwords)

    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Run the model where it lies."""
        return np.concatenate(memory.in_parts(self._forward, ids, mask))

    @torch.inference_mode()
    def _forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        device = self._model.device
        outputs = self._model(
            input_ids=torch.from_numpy(ids).to(device),
            attention_mask=torch.from_numpy(mask).to(device),
        )
        result: np.ndarray = outputs.logits.float().cpu().numpy()
        return result


class Evaluator:
    """Metrics of a model on fixed records, by the decoder that serves."""

    def __init__(
        self, encoder: Encoder, labels: list[str], subwords: str, records: Sequence[TaggedTokens]
    ) -> None:
        self._make = lambda model: TorchTagger(model, encoder, labels, subwords)
        self._records, self._labels = records, labels

    def __call__(self, model: PreTrainedModel) -> dict[str, float]:
        """The metrics over all labels."""
        was_training = model.training
        predictions = self._make(model.eval()).predict(self._records, batch_size=64)
        model.train(was_training)
        metrics = score(list(self._records), predictions, self._labels).metrics()
        return {name: value for name, value in metrics.items() if not name.startswith("label:")}
