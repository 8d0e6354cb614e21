"""What is known of a base model beside its weights."""

from pathlib import Path

import pytest

from goldsmith import bases
from goldsmith.errors import ConfigError, DataError
from goldsmith.families.onnx import open_tokenizer


@pytest.mark.parametrize(
    ("readme", "licence"),
    [
        ("---\nlicense: mit\ntags: [a]\n---\n# A model\n", "mit"),
        ("---\nlicense: [mit, apache-2.0]\n---\n", "mit, apache-2.0"),
        ("---\nlicense: other\nlicense_name: own-terms\n---\n", "own-terms"),
        ("---\nlicense: {\n---\n", ""),
        ("---\n- a list\n---\n", ""),
        ("# No front matter\nlicense: mit\n", ""),
        (None, ""),
    ],
)
def test_a_bases_licence_is_that_of_its_readmes_front_matter(
    readme: str | None, licence: str, tmp_path: Path
) -> None:
    for name in (*bases.NEEDED, bases.WEIGHTS):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    if readme is not None:
        (tmp_path / bases.README).write_text(readme, encoding="utf-8")
    assert bases.licence(str(tmp_path)) == licence


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            ("spiece.model",),
            r"has a slow tokenizer only \(spiece.model\), no tokenizer.json: training",
        ),
        (("vocab.json", "merges.txt"), r"slow tokenizer only \(vocab.json, merges.txt\)"),
        ((), "has no tokenizer.json: a base needs a config and a fast tokenizer"),
        (("tokenizer.json",), "has no model.safetensors: weights in pickle form are not loaded"),
    ],
)
def test_a_base_without_a_fast_tokenizer_is_refused_with_the_reason(
    files: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    for name in ("config.json", "pytorch_model.bin", *files):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        bases.resolve(str(tmp_path))


def test_a_tokenizer_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text('{"version": "1.0"}', encoding="utf-8")
    with pytest.raises(DataError, match=r"tokenizer\.json: not a readable tokenizer"):
        open_tokenizer(tmp_path / "tokenizer.json")


def test_a_base_that_is_not_here_is_not_asked_for() -> None:
    assert bases.licence("packaged:minilm") == "apache-2.0"
    assert bases.licence("owner/name", "0" * 40) == "" == bases.licence("./nowhere")
    assert bases.here("owner/name", "main") is None, "a branch says nothing of what is here"
