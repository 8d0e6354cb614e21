"""The torch half: fine-tuning a transformers model for question answering, and reading with it."""

import inspect
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import torch
from transformers import AutoModelForQuestionAnswering, PreTrainedModel

from goldsmith import bases, finetune
from goldsmith.families.base import Run, read_family, write_family
from goldsmith.families.extractive_qa.decoding import Rules
from goldsmith.families.extractive_qa.metrics import NO_ANSWER as NO_ANSWER_LABEL
from goldsmith.families.extractive_qa.metrics import is_answerable, score
from goldsmith.families.extractive_qa.runtime import Reader, WholeContext, encoder_of, rules_of
from goldsmith.families.extractive_qa.targets import RECORDS, target
from goldsmith.families.extractive_qa.thresholds import chosen
from goldsmith.families.extractive_qa.windows import NO_ANSWER, Encoder
from goldsmith.families.onnx import padded
from goldsmith.finetune import lora, memory
from goldsmith.prepared import Prepared
from goldsmith.records import Question
from goldsmith.settings import cores

if TYPE_CHECKING:
    from goldsmith.families.extractive_qa import ExtractiveQa

HEADS = ("qa_outputs",)  # what transformers calls it, whatever the architecture
BARRED, OPEN, RIGHT = -1, 0, 1  # what a subword may be in a window: never an answer, one, the one
NEUTRAL = 0.0  # the margin at which an answer and none are equally likely to the model


class TorchReader(Reader):
    """The model as trained, in fp32, behind the same encoder and decoder as every variant."""

    def __init__(
        self, model: Any, encoder: Encoder, rules: Rules, threshold: float | None = None
    ) -> None:
        super().__init__(encoder, rules, threshold)
        self._model, self._takes_types = model, takes_types(model)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open a trained model folder."""
        family, facts = read_family(folder)
        settings: Any = family
        torch.set_num_threads(cores())
        model = finetune.load_trained(AutoModelForQuestionAnswering, folder)
        return cls(model, encoder_of(settings, folder), rules_of(settings), facts["threshold"])

    def forward(self, ids: np.ndarray, mask: np.ndarray, type_ids: np.ndarray) -> np.ndarray:
        """Run the model where it lies."""
        return np.concatenate(memory.in_parts(self._forward, ids, mask, type_ids))

    @torch.inference_mode()
    def _forward(self, ids: np.ndarray, mask: np.ndarray, type_ids: np.ndarray) -> np.ndarray:
        known = {"input_ids": ids, "attention_mask": mask, "token_type_ids": type_ids}
        if not self._takes_types:
            del known["token_type_ids"]
        device = self._model.device
        outputs = self._model(
            **{name: torch.from_numpy(value).to(device) for name, value in known.items()}
        )
        both = torch.stack([outputs.start_logits, outputs.end_logits], dim=-1)
        result: np.ndarray = both.float().cpu().numpy()
        return result


def takes_types(model: Any) -> bool:
    """Whether an architecture tells question from context by `token_type_ids`."""
    return "token_type_ids" in inspect.signature(lora.inner(model).forward).parameters


class _Examples(Sequence[dict[str, Any]]):
    """Windows with the places of their answer; those of one question together.

    Attributes:
        beside: places of the windows without the answer of questions that have one, by question.
        lost: questions whose answer is whole in no window; none of theirs is trained on.
        cut: questions of which only the beginning is read.
    """

    def __init__(self, records: Sequence[Question], encoder: Encoder) -> None:
        self._items: list[dict[str, Any]] = []
        self.beside: list[list[int]] = []
        self.lost = self.cut = 0
        for start in range(0, len(records), RECORDS):
            batch = records[start : start + RECORDS]
            encoded = encoder.encode([(one.question, one.context) for one in batch])
            for record, found in zip(batch, encoded, strict=True):
                self._add(record, found)

    def _add(self, record: Question, encoded: Any) -> None:
        self.cut += encoded.cut
        answers = target(record, encoded)
        if answers is None:
            self.lost += 1
            return
        beside = []
        for window, (start, end) in zip(encoded.windows, answers, strict=True):
            if is_answerable(record) and (start, end) == (NO_ANSWER, NO_ANSWER):
                beside.append(len(self._items))
            self._items.append(
                {
                    "input_ids": window.ids,
                    "type_ids": window.type_ids,
                    "open": (window.first, window.first + window.size),
                    "answer": (start, end),
                }
            )
        if beside:
            self.beside.append(beside)

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, place: Any) -> Any:
        return self._items[place]


class _Collate:
    """Pad a batch to its longest window; labels are (b, t, 2) of BARRED, OPEN and RIGHT."""

    def __init__(self, pad_id: int, takes_types: bool) -> None:
        self._pad_id, self._takes_types = pad_id, takes_types

    def __call__(self, examples: Sequence[Mapping[str, Any]]) -> dict[str, torch.Tensor]:
        ids, mask = padded([example["input_ids"] for example in examples], self._pad_id)
        labels = np.full((*ids.shape, 2), BARRED, dtype=np.int64)
        labels[:, NO_ANSWER] = OPEN
        for row, example in enumerate(examples):
            labels[row, slice(*example["open"])] = OPEN
            for side in (0, 1):
                labels[row, example["answer"][side], side] = RIGHT
        arrays = {"input_ids": ids, "attention_mask": mask, "labels": labels}
        if self._takes_types:
            arrays["token_type_ids"], _ = padded([example["type_ids"] for example in examples], 0)
        return {name: torch.from_numpy(value) for name, value in arrays.items()}


def span_loss(outputs: Any, labels: torch.Tensor) -> torch.Tensor:
    """Mean cross-entropy of start and end over what can be an answer: the context, and none.

    Args:
        outputs: with start_logits and end_logits, (b, t) each.
        labels: (b, t, 2) of BARRED, OPEN, and one RIGHT a side.
    """
    logits = torch.stack([outputs.start_logits, outputs.end_logits], dim=-1).float()
    logits = logits.masked_fill(labels == BARRED, -torch.inf)
    return torch.nn.functional.cross_entropy(logits, labels.argmax(dim=1))


def train(family: "ExtractiveQa", data: Prepared, part: str, out: Path, run: Run) -> dict[str, Any]:
    """Fine-tune the base on one part of the data and write the model folder.

    Returns:
        Facts of the run: `threshold`, `lost` questions, and `monitor`: the metrics on validation,
        or without it on training records, and what tells a collapse.

    Raises:
        ConfigError: a base that is no encoder, or `lora.targets` that it does not have.
    """
    finetune.seed_everything(run.seed)
    base = bases.resolve(family.base, family.revision)
    encoder = encoder_of(family, base)
    model = _new_model(base, family)
    records, (watched, validates) = data.training(part), data.watched(part)
    evaluator = _Evaluator(family, encoder, data.labels, watched, validates)
    examples = _Examples(records, encoder)
    if examples.cut:
        run.report({"type": "note", "text": _said_of_length(examples.cut, len(records))})
    facts = finetune.finetune(
        model,
        examples,
        _Collate(encoder.pad_id, takes_types(model)),
        span_loss,
        finetune.groups_of(lora.inner(model), family),
        finetune.settings_of(family, run),
        run.checkpoints,
        run.report,
        evaluator if validates else None,
        family.primary,
        examples.beside,
        family.negatives_per_epoch,
    )
    plain = lora.merged(model, family.base, out) if family.lora else model
    finetune.save(plain, base, out)
    monitor = evaluator(plain)
    write_family(out, family, data.labels, threshold=evaluator.threshold)
    return {
        **facts,
        "records": len(records),
        "lost": examples.lost,
        "threshold": evaluator.threshold,
        "monitor": monitor,
        "monitored_on": "validation" if validates else "training",
        "monitored_records": len(watched),
    }


def _said_of_length(cut: int, records: int) -> str:
    return f"{cut:,} of {records:,} training questions are longer than model.max_question: their start is read"


class _Evaluator:
    """Metrics of a model on fixed records, by the decoder that serves, at the best threshold.

    Attributes:
        threshold: what the last call chose. Without validation none is chosen: what was trained on
            says too little of doubt, so the model's own odds decide; and where no question of the
            goldens lacks an answer, each gets one.
    """

    def __init__(
        self,
        family: "ExtractiveQa",
        encoder: Encoder,
        labels: list[str],
        records: Sequence[Question],
        chooses: bool,
    ) -> None:
        self._make = lambda model: TorchReader(model, encoder, rules_of(family))
        self._records, self._labels, self._chooses = records, labels, chooses
        self.threshold = NEUTRAL if NO_ANSWER_LABEL in labels else None

    def __call__(self, model: Any) -> dict[str, float]:
        was_training = model.training
        predictions = self._make(model.eval()).predict(self._records, batch_size=64)
        model.train(was_training)
        records = list(self._records)
        if self._chooses:
            fallback = NEUTRAL if NO_ANSWER_LABEL in self._labels else None
            self.threshold = chosen(records, predictions, fallback)
        decided = [one.at(self.threshold) for one in predictions]
        return score(records, decided, self._labels).metrics() | _beside(records, predictions)


def _beside(records: Sequence[Question], predictions: Sequence[Any]) -> dict[str, float]:
    """What tells a collapse: the F1 of no answer to every question; and on the questions that have
    one, that of the best answer without any threshold, and of the whole context."""
    pairs = [pair for pair in zip(records, predictions, strict=True) if is_answerable(pair[0])]
    some, best = [record for record, _ in pairs], [one.at(None) for _, one in pairs]
    return {
        "never.f1": 1 - len(some) / max(len(records), 1),
        "best.f1": score(some, best, []).metrics()["f1"],
        "whole_context.f1": score(some, WholeContext().predict(some), []).metrics()["f1"],
    }


def _new_model(base: Path, family: "ExtractiveQa") -> Any:
    """The base with its head for question answering, a fresh one where it has none.

    With `lora` all but adapters and head is frozen; `freeze_layers` then leaves the adapters of the
    lowest layers untrained.
    """
    model: PreTrainedModel = finetune.load_base(
        AutoModelForQuestionAnswering, base, dropout=family.dropout
    )
    if family.lora is None:
        finetune.freeze(model, family.freeze_embeddings, family.freeze_layers)
        return model
    adapted = lora.with_adapters(model, family.lora, HEADS)
    finetune.freeze(lora.inner(adapted), True, family.freeze_layers)
    return adapted
