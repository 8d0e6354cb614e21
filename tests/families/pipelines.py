"""transformers' pipeline on a model folder and optimum's on an ONNX folder, against ours."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from goldsmith.families import base
from tests.families.kinds import Made


def agreement_with_pipelines(made: Made) -> Iterator[float]:
    """Share of equal decisions with each: the trained folder, then every exported variant's."""
    import transformers
    from optimum.pipelines import pipeline

    task = made.family.task
    agrees = AGREES[task]
    yield agrees(made, transformers.pipeline(task, model=str(made.trained), device="cpu"))
    _, facts = base.read_family(made.exported)
    for variant in facts["variants"]:
        folder = (made.exported / variant["file"]).parent
        yield agrees(made, pipeline(task, model=str(folder), accelerator="ort"))


def _labels(made: Made, ask: Any) -> float:
    texts = [record.text for record in made.records]
    ours = base.open(made.exported, "fp32").predict(made.records)
    theirs = ask(texts)
    assert {one["label"] for one in theirs} <= set(made.data.labels)
    return _share([a.label == b["label"] for a, b in zip(ours, theirs, strict=True)])


def _tags(made: Made, ask: Any) -> float:
    """By the first subword of each word; ours are canonical BIO, so I- may stand for their B-."""
    ours = base.open(made.exported, "fp32").predict(made.records)
    equal: list[bool] = []
    for record, one in zip(made.records, ours, strict=True):
        found = {item["start"]: item["entity"] for item in ask(record.text, ignore_labels=[])}
        assert set(found.values()) <= set(made.data.labels)
        starts = [sum(len(word) + 1 for word in record.tokens[:i]) for i in range(len(one.tags))]
        equal += [tag[2:] == found[at][2:] for tag, at in zip(one.tags, starts, strict=True)]
    return _share(equal)


def _answers(made: Made, ask: Any) -> float:
    """Of questions that have an answer, by its words, each system taking its best one."""
    records = [record for record in made.records if record.answers]
    lines = [{"question": one.question, "context": one.context} for one in records]
    equal: list[bool] = []
    for line, listed in zip(lines, base.open(made.exported, "fp32").answer(lines), strict=True):
        best = next(one for one in listed if one["text"])
        equal.append(best["text"] == ask(**line, max_answer_len=30)["answer"].strip())
    return _share(equal)


def _embeddings(made: Made, ask: Any) -> float:
    """Whether the mean of their hidden states points where our embedding does."""
    ours = base.open(made.exported, "fp32").predict(made.records)
    means = [np.mean(ask(record.text)[0], axis=0) for record in made.records]
    # int8's least similarity, not a decision: nearer than any other query's would be.
    return _share(
        [a.logits @ b / np.linalg.norm(b) > 0.95 for a, b in zip(ours, means, strict=True)]
    )


def _share(equal: list[bool]) -> float:
    return sum(equal) / len(equal)


AGREES: dict[str, Callable[[Made, Any], float]] = {
    "text-classification": _labels,
    "token-classification": _tags,
    "question-answering": _answers,
    "feature-extraction": _embeddings,
}
