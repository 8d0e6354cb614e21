"""Which variant answers: the smallest that keeps the trained model's quality, test labels unseen."""

from typing import Any

import pytest

from goldsmith.config import UseCase
from goldsmith.config.usecase import use_case_type
from goldsmith.stages.export import _overlap
from goldsmith.stages.judge import choose


def use_case() -> UseCase:
    kind = use_case_type("token_classification", "generated")
    return kind.model_validate(
        {
            "name": "toy",
            "profile": "demo",
            "title": "Toy",
            "source": {"kind": "generated", "generator": "financial_entities"},
            "model": {"family": "token_classification", "base": "packaged:minilm"},
        }
    )


def variant(name: str, size: float, overlap: float, **validation: float) -> dict[str, Any]:
    return {"name": name, "size_mb": size, "overlap": overlap, "validation": validation}


@pytest.mark.parametrize(("overlap", "answers"), [(0.99, "int8"), (0.94, "fp32")])
def test_with_folds_lost_entities_count_and_not_the_many_equal_words(
    overlap: float, answers: str
) -> None:
    variants = [variant("fp32", 90, 1.0), variant("int8", 23, overlap)]
    assert choose(variants, use_case(), "micro.f1") == answers


@pytest.mark.parametrize(("score", "answers"), [(0.85, "int8"), (0.8, "fp32")])
def test_validation_decides_where_there_is_one(score: float, answers: str) -> None:
    variants = [
        variant("fp32", 90, 1.0, **{"micro.f1": 0.86}),
        variant("int8", 23, 0.5, **{"micro.f1": score}),
    ]
    assert choose(variants, use_case(), "micro.f1") == answers


def test_overlap_leaves_out_what_is_usual() -> None:
    assert _overlap(["O", "B", "O", "A"], ["O", "B", "A", "O"], "O") == (2, 4)
    assert _overlap(["O"], ["O"], "O") == (0, 0)
