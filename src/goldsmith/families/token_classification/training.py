"""The torch half: fine-tuning a transformers token classifier, and predicting with it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import torch
from transformers import AutoModelForTokenClassification, PreTrainedModel

from goldsmith import bases, finetune
from goldsmith.families.base import Run, write_family
from goldsmith.families.onnx import TOKENIZER_FILE, padded
from goldsmith.families.token_classification.metrics import score
from goldsmith.families.token_classification.runtime import (
    Encoded,
    Encoder,
    WordTagger,
    read_labels,
)
from goldsmith.prepared import Prepared
from goldsmith.records import TaggedTokens
from goldsmith.settings import cores
from goldsmith.text import OUTSIDE

if TYPE_CHECKING:
    from goldsmith.families.token_classification import TokenClassification

IGNORED = -100  # torch's cross_entropy leaves such targets out
MONITORED = 2000  # records that a run without validation watches for a collapse


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
        from goldsmith.families.base import read_family

        family, _ = read_family(folder)
        settings: Any = family
        torch.set_num_threads(cores())
        model = finetune.load_trained(AutoModelForTokenClassification, folder)
        encoder = Encoder(folder / TOKENIZER_FILE, settings.max_length)
        return cls(model, encoder, read_labels(folder), settings.label_subwords)

    @torch.inference_mode()
    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Run the model where it lies."""
        device = self._model.device
        outputs = self._model(
            input_ids=torch.from_numpy(ids).to(device),
            attention_mask=torch.from_numpy(mask).to(device),
        )
        result: np.ndarray = outputs.logits.float().cpu().numpy()
        return result


class _Examples(Sequence[dict[str, Any]]):
    """Encoded records with a target a subword; encoded once, kept as small integer lists."""

    def __init__(
        self,
        records: Sequence[TaggedTokens],
        encoder: Encoder,
        labels: Sequence[str],
        subwords: str,
    ) -> None:
        number = {name: place for place, name in enumerate(labels)}
        self._items: list[dict[str, Any]] = []
        for start in range(0, len(records), 1000):
            batch = records[start : start + 1000]
            for record, one in zip(batch, encoder.encode([r.tokens for r in batch]), strict=True):
                targets = _targets([number[tag] for tag in record.tags], one, subwords)
                self._items.append({"input_ids": one.ids, "targets": targets})

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, place: Any) -> Any:
        return self._items[place]


def _targets(word_targets: Sequence[int], encoded: Encoded, subwords: str) -> list[int]:
    """A target for each subword: its word's, on the first or all of them; IGNORED elsewhere."""
    targets, seen = [], set()
    for word in encoded.word_of:
        read = word is not None and (subwords == "all" or word not in seen)
        targets.append(word_targets[word] if read and word is not None else IGNORED)
        seen.add(word)
    return targets


class _Collate:
    """Pad a batch to its longest example."""

    def __init__(self, pad_id: int) -> None:
        self._pad_id = pad_id

    def __call__(self, examples: Sequence[Mapping[str, Any]]) -> dict[str, torch.Tensor]:
        ids, mask = padded([example["input_ids"] for example in examples], self._pad_id)
        labels = np.full_like(ids, IGNORED)  # (b, t)
        for row, example in enumerate(examples):
            labels[row, : len(example["targets"])] = example["targets"]
        tensors = {"input_ids": ids, "attention_mask": mask, "labels": labels}
        return {name: torch.from_numpy(value) for name, value in tensors.items()}


class _Loss:
    """Cross-entropy over subwords with a weight on entity tags, or focal loss.

    Focal loss: Lin et al. 2017, (1 - p)^gamma * cross-entropy.
    """

    def __init__(self, labels: Sequence[str], entity_weight: float, gamma: float) -> None:
        weights = [1.0 if name == OUTSIDE else entity_weight for name in labels]
        self._weights, self._gamma = torch.tensor(weights), gamma

    def __call__(self, outputs: Any, targets: torch.Tensor) -> torch.Tensor:
        flat, wanted = (
            outputs.logits.float().flatten(0, 1),
            targets.flatten(),
        )  # (b*t, labels), (b*t,)
        weights = self._weights.to(flat.device)
        each = torch.nn.functional.cross_entropy(
            flat, wanted, weight=weights, ignore_index=IGNORED, reduction="none"
        )
        kept = wanted != IGNORED
        norm = weights[wanted[kept]].sum()
        if self._gamma:
            chance = flat.softmax(-1).gather(-1, wanted.clamp(min=0)[:, None])[:, 0]
            each = each * (1 - chance.detach()) ** self._gamma
        return each.sum() / norm.clamp(min=1e-9)


def train(
    family: "TokenClassification", data: Prepared, part: str, out: Path, run: Run
) -> dict[str, Any]:
    """Fine-tune the base on one part of the data and write the model folder.

    Returns:
        Facts of the run; `monitor` holds the metrics on validation, or without it on training
        records.
    """
    finetune.seed_everything(run.seed)
    base = bases.resolve(family.base, family.revision)
    encoder = Encoder(base / TOKENIZER_FILE, family.max_length)
    start = _auxiliary(family, data, part, encoder, base, run) if family.auxiliary_epochs else None
    model = _new_model(base, data.labels, family, start)
    records, validation = data.training(part), data.validation(part)
    monitored = validation if len(validation) else records[:MONITORED]
    evaluator = _Evaluator(encoder, data.labels, family.label_subwords, monitored)
    facts = _phase(
        family, model, records, data.labels, encoder, run, "kept", family.epochs,
        evaluator if len(validation) else None,
    )  # fmt: skip
    finetune.save(model, base, out)
    write_family(out, family, data.labels)
    monitor = evaluator(model)
    return {
        **facts,
        "records": len(records),
        "monitor": monitor,
        "monitored_on": "validation" if len(validation) else "training",
        "monitored_records": len(monitored),
    }


class _Evaluator:
    """Metrics of a model on fixed records, by the decoder that serves."""

    def __init__(
        self, encoder: Encoder, labels: list[str], subwords: str, records: Sequence[TaggedTokens]
    ) -> None:
        self._make = lambda model: TorchTagger(model, encoder, labels, subwords)
        self._records, self._labels = records, labels

    def __call__(self, model: PreTrainedModel) -> dict[str, float]:
        was_training = model.training
        predictions = self._make(model.eval()).predict(self._records, batch_size=64)
        model.train(was_training)
        metrics = score(list(self._records), predictions, self._labels).metrics()
        return {name: value for name, value in metrics.items() if not name.startswith("label:")}


def _new_model(
    base: Path, labels: Sequence[str], family: "TokenClassification", start: PreTrainedModel | None
) -> PreTrainedModel:
    """The base with a fresh head for the labels, its encoder taken from `start` if given."""
    model = finetune.load_base(
        AutoModelForTokenClassification, base, dropout=family.dropout, labels=labels
    )
    if start is not None:
        model.base_model.load_state_dict(start.base_model.state_dict())
    finetune.freeze(model, family.freeze_embeddings, family.freeze_layers)
    return model


def _auxiliary(
    family: "TokenClassification", data: Prepared, part: str, encoder: Encoder, base: Path, run: Run
) -> PreTrainedModel:
    """A first phase on every tag that the training goldens carry, whether kept or not."""
    records = data.training(part, tags="raw_tags")
    tags = sorted({tag for record in records for tag in record.tags} - {OUTSIDE})
    labels = [OUTSIDE, *tags]
    model = _new_model(base, labels, family, None)
    _phase(family, model, records, labels, encoder, run, "auxiliary", family.auxiliary_epochs, None)
    return model


def _phase(
    family: "TokenClassification",
    model: PreTrainedModel,
    records: Sequence[TaggedTokens],
    labels: Sequence[str],
    encoder: Encoder,
    run: Run,
    name: str,
    epochs: int,
    evaluator: "_Evaluator | None",
) -> dict[str, Any]:
    """One fine-tuning run with its own checkpoints."""
    settings = finetune.settings_of(family, run.device, run.seed, epochs)
    return finetune.finetune(
        model,
        _Examples(records, encoder, labels, family.label_subwords),
        _Collate(encoder.pad_id),
        _Loss(labels, family.entity_weight, family.focal_gamma),
        finetune.layered_groups(
            model,
            family.learning_rate,
            family.head_learning_rate,
            family.layer_decay,
            family.weight_decay,
        ),
        settings,
        run.checkpoints / name,
        lambda event: run.report({"phase": name, **event}),
        evaluator,
        "micro.f1",
        [place for place, record in enumerate(records) if set(record.tags) <= {OUTSIDE}],
        family.negatives_per_epoch,
    )
