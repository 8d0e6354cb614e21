"""The plain sides of `benchmarks.training`: transformers' own examples, in their own words.

Labels by first subword as in run_ner.py, windows as in run_qa.py, AutoModelFor... and Trainer. Side
`padded` fills every input up to 128 subwords and steps with the plain AdamW; side `dynamic` pads to
the longest of a batch and steps with the fused one. Both in fp32, with the base's own dropout.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import (
    AutoModelForQuestionAnswering,
    AutoModelForSequenceClassification,
    AutoModelForTokenClassification,
    AutoTokenizer,
    Trainer,
    TrainingArguments,
)

from goldsmith.records import LabelledText, Question, TaggedTokens
from goldsmith.settings import cores

PADDED = 128
IGNORED = -100
STRIDE = 64
RATE = 5e-5  # TrainingArguments' own default
Encoded = list[dict[str, Any]]


def texts(
    records: Sequence[LabelledText], labels: Sequence[str], tokenizer: Any, cut: int
) -> Encoded:
    """As run_glue.py: truncated texts, one label each."""
    place = {name: number for number, name in enumerate(labels)}
    found = tokenizer([one.text for one in records], truncation=True, max_length=cut)
    return [
        {"input_ids": ids, "labels": place[one.label]}
        for ids, one in zip(found["input_ids"], records, strict=True)
    ]


def words(
    records: Sequence[TaggedTokens], labels: Sequence[str], tokenizer: Any, cut: int
) -> Encoded:
    """As run_ner.py: the first subword of a word carries its tag."""
    place = {name: number for number, name in enumerate(labels)}
    found = tokenizer(
        [list(one.tokens) for one in records],
        is_split_into_words=True,
        truncation=True,
        max_length=cut,
    )
    rows = []
    for row, record in enumerate(records):
        targets, last = [], None
        for word in found.word_ids(row):
            fresh = word is not None and word != last
            targets.append(place[record.tags[word]] if fresh else IGNORED)
            last = word
        rows.append({"input_ids": found["input_ids"][row], "labels": targets})
    return rows


def questions(
    records: Sequence[Question], labels: Sequence[str], tokenizer: Any, cut: int
) -> Encoded:
    """As run_qa.py: windows over the context; one without the answer points at its first token."""
    found = tokenizer(
        [one.question for one in records],
        [one.context for one in records],
        truncation="only_second",
        max_length=cut,
        stride=STRIDE,
        return_overflowing_tokens=True,
        return_offsets_mapping=True,
    )
    rows = []
    for row, sample in enumerate(found["overflow_to_sample_mapping"]):
        start, end = _target(records[sample], found["offset_mapping"][row], found.sequence_ids(row))
        rows.append(
            {
                "input_ids": found["input_ids"][row],
                "token_type_ids": found["token_type_ids"][row],
                "start_positions": start,
                "end_positions": end,
            }
        )
    return rows


def _target(record: Question, offsets: Any, sides: Any) -> tuple[int, int]:
    if not record.answers:
        return 0, 0
    text, begin = record.answers[0].text, record.answers[0].start
    finish = begin + len(text)
    inside = [
        place
        for place, (low, high) in enumerate(offsets)
        if sides[place] == 1 and low < finish and high > begin
    ]
    context = [place for place, side in enumerate(sides) if side == 1]
    whole = context and offsets[context[0]][0] <= begin and offsets[context[-1]][1] >= finish
    return (inside[0], inside[-1]) if inside and whole else (0, 0)


class Pad:
    """Fill up a batch: to a fixed length, or to its longest."""

    def __init__(self, pad_id: int, length: int | None) -> None:
        self._pad_id, self._length = pad_id, length

    def __call__(self, rows: Sequence[dict[str, Any]]) -> dict[str, torch.Tensor]:
        """Rows of unequal length -> tensors (b, t), targets as they are."""
        width = self._length or max(len(row["input_ids"]) for row in rows)
        found: dict[str, Any] = {
            "attention_mask": [[1] * len(row["input_ids"]) for row in rows],
            **{name: [row[name] for row in rows] for name in rows[0]},
        }
        fills = {"input_ids": self._pad_id, "labels": IGNORED}
        for name, values in found.items():
            if isinstance(values[0], list):
                fill = fills.get(name, 0)
                found[name] = [value + [fill] * (width - len(value)) for value in values]
        return {name: torch.tensor(values) for name, values in found.items()}


KINDS: dict[str, tuple[Any, Callable[..., Encoded]]] = {
    LabelledText.kind: (AutoModelForSequenceClassification, texts),
    TaggedTokens.kind: (AutoModelForTokenClassification, words),
    Question.kind: (AutoModelForQuestionAnswering, questions),
}


def train(
    records: Sequence[Any],
    labels: Sequence[str],
    base: Path,
    out: Path,
    *,
    padded: bool,
    epochs: int,
    batch_size: int,
    max_length: int,
    seed: int,
    device: str = "cpu",
) -> Any:
    """Encode, train and return the model."""
    torch.manual_seed(seed)
    np.random.seed(seed)
    auto, encode = KINDS[records[0].kind]
    tokenizer = AutoTokenizer.from_pretrained(base)
    names: dict[str, Any] = {}
    if records[0].kind != Question.kind:  # its head has no labels, but a start and an end
        names = {
            "id2label": dict(enumerate(labels)),
            "label2id": {name: place for place, name in enumerate(labels)},
        }
    model = auto.from_pretrained(base, **names)
    rows = encode(list(records), labels, tokenizer, PADDED if padded else max_length)
    settings = TrainingArguments(
        output_dir=str(out),
        num_train_epochs=epochs,
        per_device_train_batch_size=batch_size,
        learning_rate=RATE,
        optim="adamw_torch" if padded else "adamw_torch_fused",
        use_cpu=device == "cpu",
        bf16=device != "cpu",
        seed=seed,
        save_strategy="no",
        logging_strategy="no",
        report_to=[],
        disable_tqdm=True,
        remove_unused_columns=False,
    )
    pad = Pad(tokenizer.pad_token_id, PADDED if padded else None)
    Trainer(model=model, args=settings, train_dataset=rows, data_collator=pad).train()
    return model


def make_ready(device: str) -> None:
    """Use the cores that this process owns, and start the GPU if it is to be used."""
    torch.set_num_threads(cores())
    torch.zeros(1, device=device)
