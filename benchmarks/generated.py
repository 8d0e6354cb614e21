"""The records that `benchmarks.scale` generates, by kind."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.words import drawn, sizes, words

BLOCK = 10_000  # records that are generated at a time
LABELS = ("Rate", "Amount", "Name", "Place")
TOPICS = 8


class Kind(NamedTuple):
    """What is generated.

    Attributes:
        write: takes a file and a number of records.
        family: that learns from them.
        format: reads them.
    """

    write: Callable[[Path, int], None]
    family: str
    format: str


def write_texts(file: Path, rows: int) -> None:
    """Labelled texts; the first words hint at the label."""
    random, known = np.random.default_rng(rows), words()
    with file.open("w", encoding="utf-8") as stream:
        for start in range(0, rows, BLOCK):
            count = min(BLOCK, rows - start)
            ends = np.cumsum(sizes(random, 40, count))
            tokens = drawn(random, known, ends[-1])
            topics = random.integers(0, TOPICS, count)
            for place, own in enumerate(np.split(tokens, ends[:-1])):
                topic = int(topics[place])
                own[0] = known[topic]
                line = {"id": f"r{start + place}", "text": " ".join(own), "label": f"topic {topic}"}
                stream.write(json.dumps(line) + "\n")


def write_sentences(file: Path, rows: int) -> None:
    """Tagged sentences of 48 words on average, two of them tagged."""
    random, known = np.random.default_rng(rows), words()
    with file.open("w", encoding="utf-8") as stream:
        for start in range(0, rows, BLOCK):
            count = min(BLOCK, rows - start)
            ends = np.cumsum(sizes(random, 48, count))
            tokens = drawn(random, known, ends[-1])
            for place, own in enumerate(np.split(tokens, ends[:-1])):
                tags = ["O"] * len(own)
                for where, label in zip(*random.integers(0, (len(own), 4), (2, 2)).T, strict=True):
                    tags[where], own[where] = f"B-{LABELS[label]}", str(start + place)
                number = start + place
                line = {
                    "id": f"r{number}", "document_id": f"d{number // 50}",
                    "tokens": own.tolist(), "ner_tags": tags,
                }  # fmt: skip
                stream.write(json.dumps(line) + "\n")


KINDS = {
    "texts": Kind(write_texts, "sequence_classification", "texts"),
    "sentences": Kind(write_sentences, "token_classification", "tokens"),
}
