"""What its settings refuse, the base's components, a text longer than the net reads at once."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from goldsmith import config, pipeline
from goldsmith.families.window_mlp import WindowMlp, runtime
from goldsmith.families.window_mlp.export import graph
from goldsmith.families.window_mlp.training import TorchWindow
from goldsmith.families.window_mlp.training.net import Net, components

LABELS = ["O", "B-ORG", "I-ORG"]


def net(**settings: Any) -> WindowMlp:
    return WindowMlp.model_validate({"family": "window_mlp", **settings})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"embedding": "base"}, "needs `base`, such as packaged:minilm"),
        ({"base": "packaged:minilm"}, "nothing reads it with embedding: characters"),
        ({"revision": "main"}, "there is no base"),
        ({"rules": {"year": "(19"}}, "year: not a regular expression"),
        ({"gazetteers": {"forms": ["inc", "  "]}}, "forms: an entry without a word"),
        ({"windows": 3}, "windows"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        net(**wrong)


def test_components_keep_what_sets_words_apart() -> None:
    table = np.random.default_rng(3).normal(size=(200, 6)) * [9, 5, 1e-3, 1e-3, 1e-3, 1e-3]
    found = components(table.astype(np.float32), 2)
    assert found.shape == (200, 2)
    assert np.allclose(components(table[::-1].astype(np.float32), 2)[::-1], found, atol=1e-4)
    gaps = np.linalg.norm(table[:1] - table, axis=1)
    kept = np.linalg.norm(found[:1] - found, axis=1)
    assert np.corrcoef(gaps, kept)[0, 1] > 0.999
    assert not components(table, 8)[:, 6:].any()


def test_a_text_longer_than_the_net_reads_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    family = net(dimension=4, buckets=64, hidden=8)
    features = family.features(Path())
    tagger = TorchWindow(Net(family, features, 3).eval(), features, LABELS, "cpu")
    sentences = [[f"Word{number % 17}" for number in range(53)], ["x"], []]
    whole = tagger.tag(sentences)
    monkeypatch.setattr(runtime, "MOST_WORDS", 10)
    parts = tagger.tag(sentences)
    for one, other in zip(whole, parts, strict=True):
        assert np.allclose(one.logits, other.logits, atol=1e-5)
        assert one.tags == other.tags


def test_the_int8_graph_is_a_quarter_of_the_other() -> None:
    family = net()
    state = Net(family, family.features(Path()), 3).state_dict()
    weights = {name: value.numpy() for name, value in state.items()}
    fp32, int8 = (graph(weights, whole=whole).ByteSize() for whole in (True, False))
    assert int8 < 0.27 * fp32


def test_code_that_it_calls_is_in_the_key() -> None:
    loaded = config.load("company-names", "demo")
    for name in ("train", "export", "judge"):
        found = pipeline.code_paths(pipeline.stage(name), loaded)
        assert found["families/token_classification"].is_dir()
        assert found["{family}"].name == "window_mlp"
