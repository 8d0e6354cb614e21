"""The torch half: fine-tuning a transformers classifier from its probe, and calibrating both."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import torch
from transformers import AutoModelForSequenceClassification, PreTrainedModel

from goldsmith import bases, finetune
from goldsmith.errors import ConfigError, DataError, near
from goldsmith.families.base import Run, read_family, write_family
from goldsmith.families.onnx import TOKENIZER_FILE, padded
from goldsmith.families.sequence_classification.monitoring import Monitor
from goldsmith.families.sequence_classification.runtime import (
    Encoded,
    Encoder,
    TextClassifier,
    calibration_of,
)
from goldsmith.families.sequence_classification.training import pooling, probe
from goldsmith.finetune import memory
from goldsmith.prepared import Prepared
from goldsmith.records import LabelledText
from goldsmith.settings import cores

if TYPE_CHECKING:
    from goldsmith.families.sequence_classification import SequenceClassification


class TorchClassifier(TextClassifier):
    """The model as trained, in fp32, behind the same encoder and decoder as every variant."""

    def __init__(self, model: PreTrainedModel, *rest: Any) -> None:
        super().__init__(*rest)
        self._model = model

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open a trained model folder."""
        family, facts = read_family(folder)
        settings: Any = family
        torch.set_num_threads(cores())
        model = finetune.load_trained(AutoModelForSequenceClassification, folder)
        encoder = Encoder(folder / TOKENIZER_FILE, settings.max_length, facts["pad_id"])
        return cls(model, encoder, facts["labels"], calibration_of(facts), settings.alternatives)

    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Run the model where it lies, in evaluation mode, and leave it in the mode that it had."""
        was_training = self._model.training
        self._model.eval()
        found = memory.in_parts(self._forward, ids, mask)
        self._model.train(was_training)
        return np.concatenate(found)

    @torch.inference_mode()
    def _forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        device = self._model.device
        outputs = self._model(
            input_ids=torch.from_numpy(ids).to(device),
            attention_mask=torch.from_numpy(mask).to(device),
        )
        result: np.ndarray = outputs.logits.float().cpu().numpy()
        return result


class _Collate:
    """Pad a batch to its longest example."""

    def __init__(self, pad_id: int) -> None:
        self._pad_id = pad_id

    def __call__(self, examples: Sequence[Mapping[str, Any]]) -> dict[str, torch.Tensor]:
        ids, mask = padded([example["input_ids"] for example in examples], self._pad_id)
        return {
            "input_ids": torch.from_numpy(ids),
            "attention_mask": torch.from_numpy(mask),
            "labels": torch.tensor([example["target"] for example in examples]),
        }


class _Loss:
    """Cross-entropy with a weight a label, over the weights of the batch."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._weights = torch.tensor(weights, dtype=torch.float32)

    def __call__(self, outputs: Any, targets: torch.Tensor) -> torch.Tensor:
        logits = outputs.logits.float()
        return torch.nn.functional.cross_entropy(
            logits, targets, weight=self._weights.to(logits.device)
        )


def train(
    family: "SequenceClassification", data: Prepared, part: str, out: Path, run: Run
) -> dict[str, Any]:
    """Fit the probe and fine-tune the base on one part of the data; write the model folder.

    Returns:
        Facts of the run; `monitor` holds the metrics on validation, or without it on training
        records, and those of always giving the commonest label.

    Raises:
        DataError: fewer than two labels in training.
        ConfigError: a class weight of a label that the goldens do not have.
    """
    finetune.seed_everything(run.seed)
    records = data.training(part)
    targets = targets_of(records, data.labels)
    weights = label_weights(family.class_weights, targets, data.labels)
    base = bases.resolve(family.base, family.revision)
    model = finetune.load_base(
        AutoModelForSequenceClassification, base, dropout=family.dropout, labels=data.labels
    )
    added = int(pool(model, base, family.pooling))
    model.to(run.device)
    encoder = Encoder(base / TOKENIZER_FILE, family.max_length, fill_id(model))
    encoded = encoder.encode(record.text for record in records)
    monitor = Monitor.of(family, data, part, targets)
    features, linear = probe.prepare(
        model, encoder, encoded, targets, weights, family.head, run.checkpoints, added
    )
    # Before the base is trained: what the probe reads is the base as it was.
    probed = monitor.outcome(probe.Probe(features, linear, encoder, data.labels))
    classifier = TorchClassifier(model, encoder, data.labels)
    facts = _finetune(family, model, encoded, targets, weights, encoder, run, monitor, classifier)
    found = monitor.outcome(classifier)
    finetune.save(model, base, out)
    linear.save(out / probe.PROBE_FILE)
    write_family(
        out, family, data.labels, pad_id=encoder.pad_id,
        **found.calibration._asdict(), probe=probed.calibration._asdict(),
    )  # fmt: skip
    cut = sum(one.cut for one in encoded)
    for text in [_said_of_length(cut, len(records)), *monitor.notes(found, probed)]:
        run.report({"type": "note", "text": text})
    return {
        **facts,
        "records": len(records),
        "cut_off": cut,
        **monitor.facts(found, probed),
    }


def _finetune(
    family: "SequenceClassification",
    model: PreTrainedModel,
    encoded: Sequence[Encoded],
    targets: np.ndarray,
    weights: Sequence[float],
    encoder: Encoder,
    run: Run,
    monitor: Monitor,
    classifier: TorchClassifier,
) -> dict[str, Any]:
    finetune.freeze(model, family.freeze_embeddings, family.freeze_layers)
    return finetune.finetune(
        model,
        [
            {"input_ids": one.ids, "target": int(target)}
            for one, target in zip(encoded, targets, strict=True)
        ],
        _Collate(encoder.pad_id),
        _Loss(weights),
        finetune.groups_of(model, family),
        finetune.settings_of(family, run),
        run.checkpoints / "model",
        run.report,
        (lambda _: monitor.metrics(classifier)) if monitor.validates else None,
        family.primary,
    )


def _said_of_length(cut: int, records: int) -> str:
    return f"{cut:,} of {records:,} training texts are longer than model.max_length: their start is read"


def pool(model: PreTrainedModel, base: Path, rule: str) -> bool:
    """Have a model read the mean of its tokens where the rule or its base says so.

    Returns:
        Whether a layer was added for it.

    Raises:
        ConfigError: the mean is asked for of an architecture that cannot be given it.
    """
    wanted = rule == "mean" or (rule == "auto" and pooling.says_mean(base))
    able = pooling.can_add_mean(model)
    if rule == "mean" and not able:
        raise ConfigError(
            f"model.pooling: mean can be added to a BERT, not to {model.config.model_type!r}: use own"
        )
    if wanted and able:
        pooling.add_mean(model)
    return wanted and able


def fill_id(model: PreTrainedModel) -> int:
    """What fills up batches; written into the model's config, where a decoder's head looks for it.

    Without a pad token or an end of text it is the first subword: the mask hides it.
    """
    if model.config.pad_token_id is None:
        model.config.pad_token_id = 0
    return int(model.config.pad_token_id)


def targets_of(records: Sequence[LabelledText], labels: Sequence[str]) -> np.ndarray:
    """(n) int, the place of each record's label.

    Raises:
        DataError: fewer than two labels among them.
    """
    number = {name: place for place, name in enumerate(labels)}
    targets = np.array([number[record.label] for record in records], dtype=np.int64)
    if len(np.unique(targets)) < 2:
        seen = f"all are {labels[targets[0]]!r}" if len(targets) else "there are none"
        raise DataError(f"training records need two labels at least, but {seen}")
    return targets


def label_weights(
    rule: str | Mapping[str, float], targets: np.ndarray, labels: Sequence[str]
) -> list[float]:
    """(k) loss weights: all 1, as given by label, or n / (labels that occur * records of a label).

    `balanced` is scikit-learn's formula (King and Zeng 2001, "Logistic Regression in Rare Events
    Data"); a label that training does not have weighs 1.

    Raises:
        ConfigError: a weight of a label that the goldens do not have.
    """
    if isinstance(rule, str):
        counts = np.bincount(targets, minlength=len(labels))
        share = len(targets) / max((counts > 0).sum(), 1)
        even = rule == "none"
        return [1.0 if even or not count else float(share / count) for count in counts]
    for name in rule:
        if name not in labels:
            raise ConfigError(f"model.class_weights: no label {name!r}: {near(name, labels)}")
    return [rule.get(name, 1.0) for name in labels]
