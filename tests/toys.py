"""Tiny goldens and a tiny base: what a model of 32 hidden units learns in a few seconds."""

import json
import random
import shutil
from pathlib import Path

FILLERS = [
    "the",
    "of",
    "and",
    "company",
    "notes",
    "interest",
    "under",
    "agreement",
    "was",
    "at",
    "per",
    "annum",
    "paid",
]
RATES, AMOUNTS = ("2.25", "4.5", "7.125", "6"), ("500", "1,250", "75.5", "900")

TINY_SETTINGS = """\
title: Toy rates and amounts
model:
  family: token_classification
  base: {base}
  epochs: 6
  learning_rate: 0.005
  head_learning_rate: 0.01
gates:
  metrics:
    micro.f1: {{min: 0.5}}
baseline:
  patterns:
    - {{label: Amount, pattern: '\\$ (?P<value>[\\d.,]+)'}}
profiles:
  demo:
    source:
      kind: files
      path: data/raw/toy
      reader: {{format: tokens}}
"""


def sentence(rng: random.Random) -> tuple[list[str], list[str]]:
    """Words and tags: rates before a per cent sign, amounts behind a dollar sign."""
    tokens: list[str] = []
    tags: list[str] = []
    for _ in range(rng.randint(1, 3)):
        count = rng.randint(1, 5)
        tokens += rng.choices(FILLERS, k=count)
        tags += ["O"] * count
        if rng.random() < 0.5:
            tokens += [rng.choice(RATES), "%"]
            tags += ["B-Rate", "I-Rate"]
        else:
            tokens += ["$", rng.choice(AMOUNTS)]
            tags += ["O", "B-Amount"]
    return tokens, tags


def write_goldens(folder: Path, seed: int = 0, sizes: tuple[int, int, int] = (200, 60, 80)) -> Path:
    """train.jsonl, validation.jsonl and test.jsonl."""
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for split, size in zip(("train", "validation", "test"), sizes, strict=True):
        lines = []
        for _ in range(size):
            tokens, tags = sentence(rng)
            number += 1
            row = {"id": f"s{number}", "document_id": f"{split}-{number // 4}"}
            lines.append(json.dumps({**row, "tokens": tokens, "ner_tags": tags}))
        (folder / f"{split}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def write_tiny_base(folder: Path) -> Path:
    """A BERT of two layers and 32 units with random weights, saved as safetensors."""
    import torch
    from transformers import BertConfig, BertModel

    from goldsmith.bases import resolve

    torch.manual_seed(0)
    sizes = {
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 64,
    }
    BertModel(BertConfig(vocab_size=30522, **sizes)).save_pretrained(folder)
    packaged = resolve("packaged:minilm")
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        shutil.copyfile(packaged / name, folder / name)
    return folder
