"""What of two predictors' predictions and answers must be equal."""

from typing import Any


def decisions(predictions: Any) -> list[list[str]]:
    return [list(one.decisions) for one in predictions]


def agreement(ours: Any, theirs: Any) -> float:
    """Share of equal decisions."""
    pairs = [
        (a, b)
        for one, other in zip(decisions(ours), decisions(theirs), strict=True)
        for a, b in zip(one, other, strict=True)
    ]
    return sum(a == b for a, b in pairs) / len(pairs)


def well_formed(answer: list[dict[str, Any]], line: dict[str, Any]) -> bool:
    """Whether offsets are those of the text, in code points."""
    text = line.get("context", line.get("text"))
    spans = [one for one in answer if one.get("start") is not None]
    return all(text[one["start"] : one["end"]] == one["text"] for one in spans) and all(
        0.0 <= one["score"] <= 1.0 for one in answer
    )


def bare(answer: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The best of it, without the scores, of which an export changes the last digit."""
    return [{key: value for key, value in one.items() if key != "score"} for one in answer[:1]]
