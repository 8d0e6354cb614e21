"""Tiny goldens and a tiny base: what a model of 32 hidden units learns in a few seconds."""

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


NAMES = ["rose", "grant", "mark", "bill", "may", "sterling"]
TOPICS = {
    "billing": ["invoice", "charged", "refund", "payment", "twice"],
    "delivery": ["parcel", "late", "courier", "address", "arrived"],
    "login": ["password", "locked", "code", "account", "reset"],
}


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
    """Tagged sentences as train.jsonl, validation.jsonl and test.jsonl."""
    return _write(folder, seed, sizes, tagged)


def write_names(folder: Path, seed: int = 0, sizes: tuple[int, int, int] = (200, 60, 80)) -> Path:
    """Tagged sentences in which nothing but a capital tells a name: Rose, and a rose."""
    return _write(folder, seed, sizes, named)


def write_pages(folder: Path, seed: int = 0, sizes: tuple[int, int, int] = (200, 60, 80)) -> Path:
    """A page a document, of four lines of words in `pages`, with a rate and an amount in `goldens`."""
    rng = random.Random(seed)
    for name in ("pages", "goldens"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    values: list[dict[str, str]] = []
    for split, size in zip(("train", "validation", "test"), sizes, strict=True):
        with (folder / "pages" / f"{split}.jsonl").open("w", encoding="utf-8") as stream:
            for number in range(size):
                name, found = f"{split}-{number}", {"rate": f"{rng.choice(RATES)} %"}
                found["amount"] = rng.choice(AMOUNTS)
                lines = [f"at {found['rate']}", f"paid $ {found['amount']}"]
                lines += [" ".join(rng.choices(FILLERS, k=5)) for _ in range(2)]
                rng.shuffle(lines)
                words = [
                    {"text": line, "box": [10, 20 * row, 10 + 8 * len(line), 20 * row + 12]}
                    for row, line in enumerate(lines)
                ]
                page = {"width": 600, "height": 100, "words": words}
                stream.write(json.dumps({"document_id": name, "pages": [page]}) + "\n")
                values += [
                    {"document_id": name, "field": field, "value": value}
                    for field, value in found.items()
                ]
    with (folder / "goldens" / "values.jsonl").open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(one) + "\n" for one in values)
    return folder


def write_texts(folder: Path, seed: int = 0, sizes: tuple[int, int, int] = (200, 60, 80)) -> Path:
    """Labelled texts as train.jsonl, validation.jsonl and test.jsonl."""
    return _write(folder, seed, sizes, labelled)


def write_questions(
    folder: Path, seed: int = 0, sizes: tuple[int, int, int] = (400, 60, 80)
) -> Path:
    """Questions, one in five without an answer, as train.jsonl, validation.jsonl and test.jsonl."""
    return _write(folder, seed, sizes, asked)


def write_queries(folder: Path, seed: int = 0, sizes: tuple[int, int, int] = (200, 60, 80)) -> Path:
    """Twenty-four pages and queries with some words of one, as a BEIR folder with three splits."""
    rng = random.Random(seed)
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    pages = {f"{topic}-{number}": (topic, number) for topic in TOPICS for number in range(8)}
    corpus = [
        {
            "_id": name,
            "title": f"{topic} {number}",
            "text": " ".join([*TOPICS[topic], *FILLERS[:5]]),
        }
        for name, (topic, number) in pages.items()
    ]
    queries: list[dict[str, Any]] = []
    judged: dict[str, list[dict[str, Any]]] = {"train": [], "validation": [], "test": []}
    for split, size in zip(judged, sizes, strict=True):
        for _ in range(size):
            page = rng.choice(sorted(pages))
            topic, number = pages[page]
            words = [*rng.sample(TOPICS[topic], 3), str(number), *rng.choices(FILLERS, k=4)]
            rng.shuffle(words)
            name = f"q{len(queries)}"
            queries.append({"_id": name, "text": " ".join(words)})
            judged[split].append({"query-id": name, "corpus-id": page, "score": 1})
    tables = {"corpus": corpus, "queries": queries}
    tables |= {f"qrels/{split}": rows for split, rows in judged.items()}
    for table, rows in tables.items():
        text = "".join(f"{json.dumps(row)}\n" for row in rows)
        (folder / f"{table}.jsonl").write_text(text, encoding="utf-8")
    return folder


def tagged(rng: random.Random) -> dict[str, Any]:
    """A sentence with its tags."""
    tokens, tags = sentence(rng)
    return {"tokens": tokens, "ner_tags": tags}


def named(rng: random.Random) -> dict[str, Any]:
    """A name with capitals, or the same words without and no name, between other words."""
    name, is_name = rng.choices(NAMES, k=rng.randint(1, 2)), rng.random() < 0.5
    before, behind = (rng.choices(FILLERS, k=rng.randint(0, 3)) for _ in range(2))
    tags = ["B-Name", "I-Name"][: len(name)] if is_name else ["O"] * len(name)
    return {
        "tokens": [*before, *(one.title() if is_name else one for one in name), *behind],
        "ner_tags": [*("O" for _ in before), *tags, *("O" for _ in behind)],
    }


def labelled(rng: random.Random) -> dict[str, Any]:
    """A text whose label shows in half of its words."""
    label = rng.choice(sorted(TOPICS))
    words = rng.choices(TOPICS[label], k=rng.randint(1, 8))
    words += rng.choices(FILLERS, k=rng.randint(1, 8))
    rng.shuffle(words)
    return {"text": " ".join(words), "label": label}


def asked(rng: random.Random) -> dict[str, Any]:
    """Which rate, or which amount: the number before a per cent sign, or behind a dollar sign."""
    given = {"rate": rng.choice(RATES), "amount": rng.choice(AMOUNTS)}
    parts = [f"{given['rate']} %", f"$ {given['amount']}"]
    wanted = rng.choice(sorted(given))
    if rng.random() < 0.2:
        parts.remove(parts[0] if wanted == "rate" else parts[1])
        del given[wanted]
    rng.shuffle(parts)
    context = ""
    for part in parts:
        context += " ".join([*rng.choices(FILLERS, k=rng.randint(1, 6)), part, ""])
    context = context.strip()
    answer = given.get(wanted, "")
    start = context.index({"rate": f"{answer} %", "amount": f"$ {answer}"}[wanted]) if answer else 0
    start += 2 if answer and wanted == "amount" else 0
    answers = {"text": [answer], "answer_start": [start]} if answer else {"text": [], "answer_start": []}  # fmt: skip
    return {"question": f"which {wanted} ?", "context": context, "answers": answers}


def _write(
    folder: Path, seed: int, sizes: tuple[int, int, int], row: Callable[[random.Random], Any]
) -> Path:
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for split, size in zip(("train", "validation", "test"), sizes, strict=True):
        lines = []
        for _ in range(size):
            made = row(rng)
            number += 1
            name = {"id": f"s{number}", "document_id": f"{split}-{number // 4}"}
            lines.append(json.dumps({**name, **made}))
        (folder / f"{split}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def write_tiny_base(folder: Path, positions: int = 512) -> Path:
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
        "max_position_embeddings": positions,
    }
    BertModel(BertConfig(vocab_size=30522, **sizes)).save_pretrained(folder)
    packaged = resolve("packaged:minilm")
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        shutil.copyfile(packaged / name, folder / name)
    return folder


def write_tiny_decoder(folder: Path, kind: str = "gpt2") -> Path:
    """A GPT-2 or Llama of two layers and 32 units, random weights, without a pad token."""
    import torch
    from transformers import GPT2Config, GPT2Model, LlamaConfig, LlamaModel, PreTrainedTokenizerFast

    end = "<|endoftext|>"
    tokenizer = _byte_pairs(end)
    sizes: dict[str, Any] = {"vocab_size": tokenizer.get_vocab_size(), "bos_token_id": 0, "eos_token_id": 0}  # fmt: skip
    torch.manual_seed(0)
    if kind == "gpt2":
        made = GPT2Model(GPT2Config(n_embd=32, n_layer=2, n_head=2, n_positions=256, **sizes))
    else:
        heads = {"num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 64}
        made = LlamaModel(LlamaConfig(hidden_size=32, num_hidden_layers=2, **heads, **sizes))
    made.save_pretrained(folder)
    # As GPT-2's own class has it: a type id would be one more token's embedding to GPT-2.
    names = ["input_ids", "attention_mask"]
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token=end, eos_token=end, model_input_names=names
    ).save_pretrained(folder)
    return folder


def _byte_pairs(end: str) -> Any:
    """GPT-2's kind of tokenizer, trained on the toy texts."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=500,
        special_tokens=[end],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    rng = random.Random(0)
    tokenizer.train_from_iterator([labelled(rng)["text"] for _ in range(300)], trainer)
    return tokenizer
