"""What indexing takes of memory: many passages, a little at a time."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from goldsmith.families.onnx import TOKENIZER_FILE
from goldsmith.families.retrieval import encoding
from goldsmith.families.retrieval.encoding import Encoder

SETTINGS: Any = SimpleNamespace(max_length=32, query_prefix="ask: ", document_prefix="read: ")
# What is measured has a process to itself; `ru_maxrss` of one begins at that of its parent.
GROWN = """
import re, sys
from pathlib import Path
from types import SimpleNamespace
from goldsmith.families.retrieval.encoding import Encoder
from goldsmith.families.retrieval.lexical import Lexical

def peak():
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) / 1024

settings = SimpleNamespace(max_length=512, query_prefix="", document_prefix="")
encoder = Encoder(Path(sys.argv[1]), settings)
works = {"encode": encoder.documents, "index": lambda texts: Lexical.build(texts, 1.2, 0.75)}
work = works[sys.argv[2]]
texts = [" ".join(f"rates{(place + k) % 97}" for k in range(60)) for place in range(10_000)]
work(texts[:100])
before, kept = peak(), work(texts)
print(peak() - before)
"""


def test_slices_give_the_ids_of_the_whole(tiny_base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["", "a rate", "The base rate of 4.5 percent " * 9, "bank", "é😀", " ", "a"]
    tokenizer: Any = Tokenizer.from_file(str(tiny_base / TOKENIZER_FILE))
    tokenizer.no_padding()
    tokenizer.enable_truncation(SETTINGS.max_length)
    monkeypatch.setattr(encoding, "ENCODED_AT_ONCE", 3)
    encoder = Encoder(tiny_base / TOKENIZER_FILE, SETTINGS)
    for prefix, found in (("ask: ", encoder.queries(texts)), ("read: ", encoder.documents(texts))):
        whole = tokenizer.encode_batch([prefix + text for text in texts])
        assert [row.tolist() for row in found] == [one.ids for one in whole]
        assert all(row.dtype == np.int32 for row in found)
    assert encoder.documents([]) == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux alone tells the peak")
@pytest.mark.parametrize(("work", "most"), [("encode", 100), ("index", 50)])
def test_many_passages_take_little_beside_what_is_kept(
    work: str, most: int, tiny_base: Path
) -> None:
    command = [sys.executable, "-c", GROWN, str(tiny_base / TOKENIZER_FILE), work]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < most, f"MiB: {done.stdout}"
