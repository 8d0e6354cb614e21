"""A decoder is padded by a token that it has: batches of mixed lengths answer as single texts."""

import json
from pathlib import Path

import numpy as np
import pytest
import transformers
from transformers import AutoModelForSequenceClassification

from goldsmith import exporting, finetune
from goldsmith.families.onnx import Session, open_tokenizer
from goldsmith.families.sequence_classification.calibration import Calibration
from goldsmith.families.sequence_classification.runtime import Encoder, OnnxClassifier
from goldsmith.families.sequence_classification.training import TorchClassifier, fill_id
from tests.toys import write_tiny_decoder

END = "<|endoftext|>"
TEXTS = [
    "notes", "interest paid under the agreement " * 5, "", f"the company{END}", END,
    f"{END}{END} at", "per annum", "🙂 " * 30, f"of and was{END}{END}",
]  # fmt: skip


def forget_the_end(base: Path) -> None:
    """Leave a base without any token that could fill up a batch."""
    for name in ("config.json", "tokenizer_config.json"):
        known = json.loads((base / name).read_text())
        kept = {key: value for key, value in known.items() if not key.startswith(("eos_", "pad_"))}
        (base / name).write_text(json.dumps({**kept, "eos_token_id": None}))


@pytest.mark.parametrize("has_end", [True, False])
@pytest.mark.parametrize("kind", ["gpt2", "llama"])
def test_padding_changes_no_answer_in_torch_onnx_and_pipelines(
    tmp_path: Path, kind: str, has_end: bool
) -> None:
    base, out = write_tiny_decoder(tmp_path / "base", kind), tmp_path / "model"
    if not has_end:
        forget_the_end(base)
    model = finetune.load_base(
        AutoModelForSequenceClassification, base, dropout=0.0, labels=["a", "b", "c"]
    ).eval()
    fill = fill_id(model)
    finetune.save(model, base, out)
    exported = exporting.to_onnx(out, tmp_path / "onnx", "text-classification")
    encoder = Encoder(base / "tokenizer.json", 64, fill)
    assert open_tokenizer(base / "tokenizer.json").id_to_token(encoder.pad_id) == END
    lengths = {len(one.ids) for one in encoder.encode(TEXTS)}
    assert max(lengths) > 20 and 1 in lengths
    rest = (encoder, ["a", "b", "c"], Calibration())
    expected = TorchClassifier(model, *rest).classify(TEXTS, batch_size=1)
    assert np.ptp([one.logits[0] for one in expected]) > 0.01
    for classifier in (TorchClassifier(model, *rest), OnnxClassifier(Session(exported), *rest)):
        for size in (1, 3, 32):
            found = classifier.classify(TEXTS, batch_size=size)
            gaps = [np.abs(a.logits - b.logits).max() for a, b in zip(found, expected, strict=True)]
            assert max(gaps) < 1e-4, size
    assert [one.abstain for one in expected] == [text == "" for text in TEXTS]
    ask = transformers.pipeline("text-classification", model=str(out), device="cpu")
    some = [text for text in TEXTS if text]
    theirs = [one["label"] for one in ask(some, batch_size=4, truncation=True, max_length=64)]
    assert theirs == [one.label for one, text in zip(expected, TEXTS, strict=True) if text]
