"""Bundles: built from what was judged, opened only where that still holds."""

import json
import shutil
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


def relist(built: Path) -> None:
    """Make the bundle's own list agree with its files, as a careful forger would."""
    files = file_hashes(built)
    files.pop("bundle.json")
    rewrite(built / "bundle.json", files=files)


def test_refused_bundle_answers_only_when_asked_to_in_so_many_words(built: Path) -> None:
    gate = {"name": "micro.f1", "variant": "int8", "value": 0.1, "op": ">=", "threshold": 0.5,
            "passed": False, "reason": "micro.f1 is 0.1, below 0.5"}  # fmt: skip
    rewrite(built / "verdict.json", passed=False, variants=[], gates=[gate])
    relist(built)
    with pytest.raises(
        bundle.NoVerdictError, match=r"refused by its verdict: .* below 0\.5"
    ) as said:
        bundle.open_checked(built)
    assert not said.value.altered
    predictor, about = bundle.open_checked(built, without_verdict=True)
    assert "refused" in about["without_verdict"] and len(about["sha256"]) == 64
    assert predictor.answer([{"text": "paid at 4.5 % per annum"}])[0]


def test_a_refused_bundle_holds_the_variant_that_was_chosen(trained: World, tmp_path: Path) -> None:
    (export,), (judged,) = trained.made("export"), trained.made("judge")
    verdict, folder = json.loads((judged / "verdict.json").read_text("utf-8")), tmp_path / "judged"
    others = [one for one in verdict["variants"] if one["name"] != verdict["chosen"]]
    shutil.copytree(judged, folder)
    rewrite(folder / "verdict.json", passed=False, variants=others)
    bundle.build(export / "model", folder, {"use_case": "toy"}, tmp_path / "bundle")
    _, about = bundle.open_checked(tmp_path / "bundle", without_verdict=True)
    assert others and about["variant"] == verdict["chosen"]


def test_every_altered_file_is_named_whatever_was_done_to_it(built: Path) -> None:
    chosen = bundle.read_verdict(built).chosen
    model = f"onnx/{chosen}/model.onnx"
    with (built / model).open("ab") as stream:
        stream.write(b"\0")
    (built / "card.md").unlink()
    (built / "notes.txt").write_text("beside", encoding="utf-8")
    with pytest.raises(bundle.NoVerdictError) as said:
        bundle.open_checked(built)
    for part in (f"{model} (changed)", "card.md (missing)", "notes.txt (in no list)"):
        assert part in str(said.value)
    relist(built)
    with pytest.raises(bundle.NoVerdictError, match=f"about another file than {model}"):
        bundle.open_checked(built)
    (built / model).unlink()
    with pytest.raises(DataError, match=f"the chosen variant '{chosen}' is missing"):
        bundle.open_checked(built, without_verdict=True)


def test_the_registrys_tags_notice_what_the_bundles_own_list_cannot(built: Path) -> None:
    tags = bundle.anchors(built)
    assert bundle.faults(built, tags) == []
    forged = {**tags, bundle.VERDICT_TAG: "0" * 64}
    assert [one.name for one in bundle.faults(built, forged)] == [f"tag {bundle.VERDICT_TAG}"]
    rewrite(built / "verdict.json", estimate="folds")
    assert [one.name for one in bundle.faults(built, tags)] == ["verdict.json"]
    relist(built)
    assert bundle.faults(built) == [], "by itself a folder can do no better"
    assert [one.name for one in bundle.faults(built, tags)] == ["bundle.json", "verdict.json"]


@pytest.mark.parametrize("content", [None, "{", "{}"])
def test_unreadable_verdict_is_an_error(built: Path, content: str | None) -> None:
    (built / "verdict.json").unlink()
    if content is not None:
        (built / "verdict.json").write_text(content, encoding="utf-8")
    relist(built)
    with pytest.raises(bundle.NoVerdictError, match=r"no readable verdict\.json"):
        bundle.open_checked(built)
    assert "verdict" in bundle.open_checked(built, without_verdict=True)[1]["without_verdict"]


def test_a_bundle_of_another_schema_is_refused_and_every_earlier_one_is_read(built: Path) -> None:
    rewrite(built / "bundle.json", schema=bundle.SCHEMA + 1)
    with pytest.raises(DataError, match=f"a bundle of schema {bundle.SCHEMA + 1}"):
        bundle.open_checked(built, without_verdict=True)
    assert bundle.READABLE == (1,), "a schema that champions were registered with stays readable"
    # Schema 1 as it was before the passport named the bundle's files.
    rewrite(built / "bundle.json", schema=1)
    (built / "passport.json").write_text('{"use_case": "toy"}', encoding="utf-8")
    relist(built)
    assert bundle.open_checked(built)[1]["variant"] == bundle.read_verdict(built).chosen


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
