"""The probe, what a head starts from, class weights, and what a trained folder keeps of them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import AutoModelForSequenceClassification

from goldsmith import finetune
from goldsmith.errors import ConfigError, DataError
from goldsmith.families import base
from goldsmith.families.sequence_classification import SequenceClassification
from goldsmith.families.sequence_classification.calibration import UNATTAINABLE
from goldsmith.families.sequence_classification.linear import (
    STRENGTHS,
    Linear,
    fit,
    fit_scaled,
    strength,
)
from goldsmith.families.sequence_classification.runtime import Encoder
from goldsmith.families.sequence_classification.training import label_weights, targets_of
from goldsmith.families.sequence_classification.training.probe import PROBE_FILE, prepare
from goldsmith.gates import as_json
from goldsmith.prepared import FINAL
from goldsmith.records import LabelledText
from goldsmith.registry.bundle import build
from tests.families.kinds import KINDS, Made, make
from tests.registry.models import bundle_verdict
from tests.toys import write_tiny_decoder

TEXTS = ["notes paid at maturity", "the company", "interest of the company per annum", "at"] * 6


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path) -> dict[str, Path]:
    at = tmp_path_factory.mktemp("bases")
    return {"bert": tiny_base} | {
        kind: write_tiny_decoder(at / kind, kind) for kind in ("gpt2", "llama")
    }


def blobs(labels: int, records: int = 60, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    targets = np.arange(records) % labels
    return rng.normal(size=(labels, 8))[targets] + rng.normal(size=(records, 8)) * 0.7, targets


@pytest.mark.parametrize("labels", [2, 3])
def test_a_fit_is_scikit_learns_and_a_label_without_records_is_never_said(labels: int) -> None:
    from sklearn.linear_model import LogisticRegression

    features, targets = blobs(labels)
    places = targets * 2  # labels 1, 3, ... have no records
    found = fit(features, places, 2 * labels, [1.0] * 2 * labels)
    chosen = strength(features, places, [1.0] * 2 * labels)
    theirs = LogisticRegression(C=chosen, max_iter=1000).fit(features, places)
    logits = features @ found.weight.T + found.bias
    chances = torch.softmax(torch.from_numpy(logits[:, ::2]), -1).numpy()
    assert chances == pytest.approx(theirs.predict_proba(features), abs=1e-4)
    assert (logits.argmax(axis=1) % 2 == 0).all()
    everywhere = logits[:, 1::2].max(axis=1) < logits[:, ::2].max(axis=1)
    assert everywhere.all()


def test_noisy_labels_are_fitted_less_closely_than_clean_ones() -> None:
    features, targets = blobs(4, records=400)
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    slips = np.random.default_rng(1)
    noisy = np.where(slips.random(400) < 0.5, slips.integers(0, 4, 400), targets)
    weights = [1.0] * 4
    assert strength(features, noisy, weights) < strength(features, targets, weights)
    # Too few to hold any out, or a label with one record alone: still a penalty.
    assert strength(features[:2], targets[:2], weights) in STRENGTHS
    assert strength(features[:30], np.array([0] * 29 + [1]), weights) in STRENGTHS
    assert fit(features[:2], targets[:2], 4, weights).weight.any()


@pytest.mark.parametrize("intercept", [True, False])
def test_a_fit_on_features_of_odd_scales_is_folded_back(intercept: bool) -> None:
    features, targets = blobs(3)
    odd = features * np.array([1e3, 1, 1e-3, 1, 1, 1, 1, 0.0]) + 5.0 * intercept
    found = fit_scaled(odd, targets, 3, [1.0] * 3, intercept)
    guess = (odd @ found.weight.T + found.bias).argmax(axis=1)
    assert (guess == targets).mean() > 0.9
    assert intercept or not found.bias.any()


def test_weights_of_labels() -> None:
    from sklearn.utils.class_weight import compute_class_weight

    targets = np.array([0, 0, 0, 1, 2, 2])
    balanced = label_weights("balanced", targets, ["a", "b", "c", "none of it"])
    theirs = compute_class_weight("balanced", classes=np.arange(3), y=targets)
    assert balanced == pytest.approx([*theirs, 1.0])
    assert label_weights("none", targets, ["a", "b", "c"]) == [1.0] * 3
    assert label_weights({"b": 3.0}, targets, ["a", "b", "c"]) == [1.0, 3.0, 1.0]
    with pytest.raises(ConfigError, match=r"no label 'bilings': did you mean billing\?"):
        label_weights({"bilings": 2.0}, targets, ["billing", "claims", "other"])
    with pytest.raises(DataError, match="two labels at least, but all are 'a'"):
        targets_of([LabelledText("1", "", "x", "a")] * 3, ["a", "b"])


@pytest.mark.parametrize("kind", ["bert", "gpt2", "llama"])
def test_a_head_starts_as_the_regression_on_what_it_reads(
    bases: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    targets = np.arange(len(TEXTS)) % 4
    model, encoder = fresh(bases[kind])
    encoded = encoder.encode(TEXTS)
    features, probe = prepare(model, encoder, encoded, targets, [1.0] * 4, "probe", tmp_path)
    pooled, read = features.of_texts(encoded, encoder.pad_id)
    assert np.linalg.norm(pooled, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert ((pooled @ probe.weight.T + probe.bias).argmax(axis=1) == targets).all()
    alone = [features.of_texts([one], encoder.pad_id)[0][0] for one in encoded[:4]]
    assert np.array(alone) == pytest.approx(pooled[:4], abs=1e-5)
    assert read is not None
    begun = Linear.load(tmp_path / "head.npz")
    logits = forward(model, encoder, TEXTS)
    assert logits == pytest.approx(read @ begun.weight.T + begun.bias, abs=1e-3)
    assert (logits.argmax(axis=1) == targets).all()
    # A run that was killed begins where it began before, without fitting anything again.
    again, _ = fresh(bases[kind])
    begun.save(tmp_path / "head.npz")
    prepare(again, encoder, encoded, (targets + 1) % 4, [1.0] * 4, "probe", tmp_path)
    assert forward(again, encoder, TEXTS) == pytest.approx(logits, abs=1e-5)
    # A random head is left alone.
    other, _ = fresh(bases[kind])
    expected = forward(other, encoder, TEXTS)
    prepare(other, encoder, encoded, targets, [1.0] * 4, "random", tmp_path / "random")
    assert forward(other, encoder, TEXTS) == pytest.approx(expected, abs=1e-6)


def fresh(folder: Path) -> tuple[Any, Encoder]:
    torch.manual_seed(1)
    model = finetune.load_base(
        AutoModelForSequenceClassification, folder, dropout=0.0, labels=list("abcd")
    ).eval()
    return model, Encoder(folder / "tokenizer.json", 32, int(model.config.pad_token_id))


@torch.inference_mode()
def forward(model: Any, encoder: Encoder, texts: list[str]) -> np.ndarray:
    rows = [
        model(torch.from_numpy(one.ids)[None].long()).logits[0].numpy()
        for one in encoder.encode(texts)
    ]
    return np.array(rows)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path) -> Any:
    at = tmp_path_factory.mktemp("trained")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(at)
        patch.setenv("GOLDSMITH_HOME", str(at / "home"))
        kind = KINDS["classifier"]
        settings = {"abstain": {"accuracy": 0.95}, "class_weights": "balanced", "alternatives": 2}
        model = {**kind.model, **settings, "epochs": 2}
        yield make(replace(kind, model=model), at, {"tiny": str(tiny_base)}, at)


def test_a_trained_folder_keeps_its_calibration_and_its_probe(trained: Made) -> None:
    facts = json.loads((trained.trained / "family.json").read_text(encoding="utf-8"))
    assert facts["temperature"] == trained.facts["temperature"] != 1.0
    assert facts["pad_id"] == 0 and facts["threshold"] == trained.facts["threshold"]
    probe = trained.family.yardsticks(trained.trained, [])["probe"]
    found = trained.family.score(
        list(trained.data.validation(FINAL)),
        probe.predict(list(trained.data.validation(FINAL))),
        trained.data.labels,
    ).metrics()
    assert found["accuracy"] == pytest.approx(trained.facts["probe"]["accuracy"])
    assert found["accuracy"] > 0.8
    exported = json.loads((trained.exported / "family.json").read_text(encoding="utf-8"))
    assert exported["temperature"] == facts["temperature"] and "probe" not in exported
    assert not list(trained.exported.rglob(PROBE_FILE))


def test_what_is_accepted_on_validation_is_as_right_as_was_asked(trained: Made) -> None:
    records = list(trained.data.validation(FINAL))
    predictor = base.open(trained.exported, "fp32")
    predictions = predictor.predict(records)
    metrics = trained.family.score(records, predictions, trained.data.labels).metrics()
    assert metrics["coverage"] > 0 and metrics["accepted.accuracy"] >= 0.95
    answers = predictor.answer([{"text": one.text} for one in records])
    for answer, one in zip(answers, predictions, strict=True):
        assert [list(item) for item in answer] == [
            ["label", "score", "abstain"],
            ["label", "score"],
        ]
        assert answer[0] == {
            "label": one.label,
            "score": round(one.score, 6),
            "abstain": one.abstain,
        }
        assert answer[0]["score"] >= answer[1]["score"]


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u200b", "x" * 200_000, "notes " * 40_000, "🙂\x00"]
)
def test_odd_texts_are_answered_and_empty_ones_are_for_a_person(trained: Made, text: str) -> None:
    for name in trained.variants:
        (found,) = base.open(trained.exported, name).answer([{"text": text}])
        assert found[0]["label"] in trained.data.labels and 0 <= found[0]["score"] <= 1
        assert found[0]["abstain"] or text.strip(" \n\t\u200b")


@pytest.mark.parametrize("line", [{}, {"text": 3}, {"text": None}, {"tokens": ["a"]}])
def test_an_input_without_text(trained: Made, line: dict[str, Any]) -> None:
    with pytest.raises(DataError, match="needs `text`"):
        trained.family.check_input(line)
    with pytest.raises(DataError, match="needs `text`"):
        base.open(trained.exported, "fp32").answer([line])


def settings(**more: Any) -> SequenceClassification:
    return SequenceClassification(family="sequence_classification", base="packaged:minilm", **more)


def test_a_constant_answer_is_a_collapse() -> None:
    usual = {"constant.accuracy": 0.6, "constant.macro.f1": 0.25}
    said = settings().collapsed({"accuracy": 0.6, "macro.f1": 0.25, **usual})
    assert said and "commonest label (0.6000)" in said
    assert settings().collapsed({"accuracy": 0.0})
    for better in ({"accuracy": 0.61, "macro.f1": 0.2}, {"accuracy": 0.5, "macro.f1": 0.4}):
        assert settings().collapsed({**better, **usual}) is None
    # All records of validation may have one label.
    assert (
        settings().collapsed({"accuracy": 1.0, "macro.f1": 1.0, "constant.accuracy": 1.0}) is None
    )


@pytest.mark.parametrize("rule", [{}, {"accuracy": 0.9, "threshold": 0.5}, {"accuracy": 1.5}])
def test_one_rule_of_abstaining(rule: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"one of the two|less than or equal to 1"):
        settings(abstain=rule)


def test_no_score_reaches_the_threshold_that_nothing_reaches() -> None:
    assert UNATTAINABLE > 1.0


def test_a_bundle_scores_and_abstains_as_its_export(trained: Made, tmp_path: Path) -> None:
    judged = tmp_path / "judged"
    judged.mkdir()
    (judged / "verdict.json").write_text(json.dumps(as_json(bundle_verdict("any"))), "utf-8")
    (judged / "card.md").write_text("A card.", encoding="utf-8")
    build(trained.exported, judged, {}, tmp_path / "bundle")
    line = {"text": trained.records[0].text}
    found, expected = (
        base.open(folder, "fp32").answer([line])
        for folder in (tmp_path / "bundle", trained.exported)
    )
    assert found == expected
