"""The public data sets, read with the numbers that their description states."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from goldsmith.config import plugins
from tests.readers.files import read

NER, TALK, ASK = "financial_entity_tagging", "message_routing", "question_answering"
CONLL = {"format": "conll"}
SLOTS = CONLL | {"columns": {"number": 0, "token": 1}}
INTENTS = {"format": "texts", "columns": {"label": "intent"}}
ARXIV = {"id": "arxiv_id", "text": ["title", "abstract"]}
SETS: list[tuple[str, dict[str, Any], int, dict[str, int]]] = [
    # path, reader, records, further numbers. Of FiNER the description has 2,000 tagged numbers;
    # the file has 1,969.
    (f"{NER}/finer139_tokens", {"format": "tokens"}, 1380, {"B-*": 1969, "labels": 132}),
    (f"{NER}/sec_filings_ner/FIN5.txt", CONLL, 1164, {"tokens": 41_010, "documents": 5}),
    ("person_company_names/wnut17/wnut17train.conll", CONLL, 3394, {"tokens": 62_730}),
    ("person_company_names/wnut17/emerging.dev.conll", CONLL, 1009, {"tokens": 15_733}),
    ("person_company_names/wikigold", CONLL, 1225, {"documents": 99}),
    (f"{TALK}/xsid_danish/da.valid.conll", SLOTS, 300, {}),
    (f"{TALK}/xsid_danish", INTENTS, 600, {}),
    (f"{TALK}/banking77/*.csv", {"format": "texts", "columns": {"label": "category"}}, 10_003, {"labels": 77}),
    (f"{TALK}/cfpb_complaints_1000/dataset_shared.csv", {"format": "texts", "columns": {"text": "narrative", "label": "product"}}, 710, {"labels": 5}),
    (f"{TALK}/cfpb_narratives_220", {"format": "texts", "columns": {"label": "expected_category"}}, 154, {"labels": 11}),
    ("scientific_topics/arxiv_10_fields", {"format": "texts", "columns": ARXIV, "label_from": "file"}, 6000, {"labels": 10}),
    (f"{ASK}/policyqa", {"format": "questions"}, 3809, {"documents": 20, "impossible": 0}),
    (f"{ASK}/xquad_en", {"format": "questions"}, 876, {"documents": 35, "impossible": 0}),
    (f"{ASK}/squad_v2_piece", {"format": "questions", "document": "paragraph"}, 493, {"documents": 67, "impossible": 263}),
    ("document_retrieval/cranfield", {"format": "cranfield", "query_numbers": "odd"}, 113, {"judgements": 971, "passages": 1400}),
    ("ocr_documents/sroie_receipts/box", {"format": "sroie"}, 416, {"documents": 416}),
    ("ocr_documents/sroie_receipts/key", {"format": "fields", "layout": "wide"}, 416 * 4 - 1, {"documents": 416}),
]  # fmt: skip


def numbers(records: list[Any]) -> dict[str, int]:
    tags = Counter(tag for one in records for tag in getattr(one, "tags", ()))
    labels = {one.label for one in records if hasattr(one, "label")} | {
        tag[2:] for tag in tags if tag != "O"
    }
    return {
        "tokens": sum(tags.values()),
        "B-*": sum(count for tag, count in tags.items() if tag[:2] == "B-"),
        "labels": len(labels),
        "documents": len({one.document_id for one in records}),
        "impossible": sum(getattr(one, "is_impossible", False) for one in records),
        "judgements": sum(len(getattr(one, "relevant", ())) for one in records),
    }


@pytest.mark.parametrize(("path", "section", "count", "more"), SETS, ids=[one[0] for one in SETS])
def test_every_set_that_has_a_reader(
    datasets_folder: Path, path: str, section: dict[str, Any], count: int, more: dict[str, int]
) -> None:
    reader: Any = plugins.load("readers", section["format"]).model_validate(section)
    records = read(reader, datasets_folder / path)
    found = numbers(records)
    if "passages" in more:
        files = reader.files(datasets_folder / path)
        found["passages"] = sum(1 for _ in reader.corpus(files, datasets_folder / path))
    assert len(records) == len(
        {one.id for one in records} if "xsid_danish" not in path else records
    )
    assert len(records) == count
    assert {name: found[name] for name in more} == more


def test_answers_of_the_sets_are_slices(datasets_folder: Path) -> None:
    reader = plugins.load("readers", "questions")()
    for one in read(reader, datasets_folder / ASK / "*" / "*.json"):
        for text, start in one.answers:
            assert one.context[start : start + len(text)] == text
