"""Bundles: built from what was judged, opened only where that still holds."""

import json
from pathlib import Path

import pytest

from goldsmith.artifacts import file_hashes
from goldsmith.errors import DataError
from goldsmith.registry import bundle
from tests.command import World


@pytest.fixture
def built(trained: World, tmp_path: Path) -> Path:
    out = tmp_path / "bundle"
    (export,), (judged,) = trained.made("export"), trained.made("judge")
    bundle.build(export / "model", judged, {"use_case": "toy"}, out)
    return out


def rewrite(path: Path, **changes: object) -> None:
    value = {**json.loads(path.read_text("utf-8")), **changes}
    path.write_text(json.dumps(value), encoding="utf-8")


def test_bundle_describes_itself(built: Path) -> None:
    about = json.loads((built / "bundle.json").read_text("utf-8"))
    files = file_hashes(built)
    files.pop("bundle.json")
    assert about["files"] == files
    assert {"family.json", "verdict.json", "passport.json", "card.md"} <= set(files)
    assert about["schema"] == 1 and about["opset"] == 17


def test_chosen_variant_answers_with_its_hash(built: Path) -> None:
    predictor, about = bundle.open_checked(built)
    verdict = bundle.read_verdict(built)
    assert about["variant"] == verdict.chosen
    assert about["sha256"] in {one.sha256 for one in verdict.variants}
    ((span,),) = predictor.answer([{"text": "paid at 4.5 % per annum"}])
    assert (span["text"], span["label"]) == ("4.5 %", "Rate")


def test_refused_bundle_does_not_answer(built: Path) -> None:
    rewrite(built / "verdict.json", passed=False)
    with pytest.raises(DataError, match="refused"):
        bundle.open_checked(built)


def test_missing_file_is_named(built: Path) -> None:
    chosen = bundle.read_verdict(built).chosen
    (built / "onnx" / chosen / "model.onnx").unlink()
    with pytest.raises(DataError, match=f"the chosen variant '{chosen}' is missing"):
        bundle.open_checked(built)


def test_changed_file_has_no_verdict(built: Path) -> None:
    chosen = bundle.read_verdict(built).chosen
    with (built / "onnx" / chosen / "model.onnx").open("ab") as stream:
        stream.write(b"\0")
    with pytest.raises(DataError, match="has no passing verdict"):
        bundle.open_checked(built)


@pytest.mark.parametrize("content", [None, "{", "{}"])
def test_unreadable_verdict_is_an_error(built: Path, content: str | None) -> None:
    (built / "verdict.json").unlink()
    if content is not None:
        (built / "verdict.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"without a readable verdict\.json"):
        bundle.open_checked(built)


def test_variants_that_failed_are_left_out(trained: World, tmp_path: Path) -> None:
    import shutil

    judged = tmp_path / "judged"
    shutil.copytree(trained.made("judge")[0], judged)
    value = json.loads((judged / "verdict.json").read_text("utf-8"))
    left = [one for one in value["variants"] if one["name"] == value["chosen"]]
    rewrite(judged / "verdict.json", variants=left)
    out = tmp_path / "bundle"
    bundle.build(trained.made("export")[0] / "model", judged, {}, out)
    assert [path.name for path in (out / "onnx").iterdir()] == [value["chosen"]]
    bundle.open_checked(out)
