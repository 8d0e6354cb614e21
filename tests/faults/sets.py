"""Data sets without an injected fault: the embedded ones, and public ones where they are at hand."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goldsmith.sources.generators.financial_entities import TAGS
from tests.faults.clean import debt_figures, messages, names, policies, receipts, retrieval
from tests.faults.forms import FORMS, USUAL, write
from tests.faults.goldens import Goldens
from tests.faults.rules import Rules
from tests.faults.running import Finding, findings, use_case

EMBEDDED: tuple[Callable[[], Goldens], ...] = (
    debt_figures, names, messages, policies, retrieval, receipts,
)  # fmt: skip


@dataclass(frozen=True)
class Public:
    """A public set: where it lies below the folder of data sets, and how a use case reads it.

    Attributes:
        sections: what its use case says of its own, beyond the reader: which labels are learnt,
            folds where there are few documents. No check is changed.
    """

    name: str
    path: str
    reader: dict[str, Any]
    sections: dict[str, Any] = field(default_factory=dict)


_CONLL, _TEXTS = {"format": "conll"}, {"format": "texts"}
PUBLIC = (
    Public("FiNER-139, four tags", "financial_entity_tagging/finer139_tokens", {"format": "tokens"},
           {"prepare": {"keep_labels": TAGS}}),
    Public("FiNER-139, all tags", "financial_entity_tagging/finer139_tokens", {"format": "tokens"}),
    Public("SEC FIN5", "financial_entity_tagging/sec_filings_ner", _CONLL, {"splits": {"folds": 5}}),
    Public("WNUT-17", "person_company_names/wnut17", _CONLL),
    Public("Wikigold", "person_company_names/wikigold", _CONLL),
    Public("xSID Danish, slots", "message_routing/xsid_danish/da.valid.conll",
           {**_CONLL, "columns": {"token": 1}}),
    Public("xSID Danish, intents", "message_routing/xsid_danish/da.valid.conll",
           {**_TEXTS, "columns": {"label": "intent"}}),
    Public("xSID English, intents", "message_routing/xsid_danish/en.valid.conll",
           {**_TEXTS, "columns": {"label": "intent"}}),
    Public("BANKING77", "message_routing/banking77/train.csv", {**_TEXTS, "columns": {"label": "category"}}),
    Public("CFPB 1,000", "message_routing/cfpb_complaints_1000/dataset_shared.csv",
           {**_TEXTS, "columns": {"text": "narrative", "label": "product"}}),
    Public("CFPB narratives", "message_routing/cfpb_narratives_220/cfpb_sample_shared.json",
           {**_TEXTS, "columns": {"label": "expected_category"}}),
    Public("arXiv", "scientific_topics/arxiv_10_fields",
           {**_TEXTS, "columns": {"id": "arxiv_id", "text": ["title", "abstract"]}, "label_from": "file"}),
    Public("PolicyQA", "question_answering/policyqa/dev.json", {"format": "questions"}),
    Public("XQuAD", "question_answering/xquad_en/xquad.en_shared.json", {"format": "questions"}),
    Public("SQuAD 2.0, a piece", "question_answering/squad_v2_piece/small_shared.json",
           {"format": "questions", "document": "paragraph"}),
    Public("Cranfield", "document_retrieval/cranfield", {"format": "cranfield", "query_numbers": "odd"}),
    Public("SROIE", "ocr_documents/sroie_receipts/key", {"format": "fields", "layout": "wide"}),
)  # fmt: skip


@dataclass(frozen=True)
class Looked:
    """What was said of a set without an injected fault.

    Attributes:
        alarms: the findings without reason, with the names that do not have the fault.
    """

    name: str
    kind: str
    records: int
    findings: tuple[Finding, ...]
    alarms: tuple[tuple[Finding, tuple[str, ...]], ...]


def look_at_embedded(make: Callable[[], Goldens]) -> Looked:
    """An embedded set through the pipeline."""
    goldens = make()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "raw"
        form = USUAL[goldens.kind]
        write(goldens, form, folder)
        return _looked(goldens.name, folder, FORMS[form].reader, goldens.sections)


def look_at_public(one: Public, datasets: Path) -> Looked:
    """A public set through the pipeline."""
    return _looked(one.name, datasets / one.path, one.reader, one.sections)


def _looked(name: str, path: Path, reader: dict[str, Any], sections: dict[str, Any]) -> Looked:
    config = use_case(path, reader, **sections)
    source: Any = config.source
    files = source.reader.files(path)
    corpus = source.reader.corpus(files, path) if hasattr(source.reader, "corpus") else ()
    rules = Rules(source.reader.read(files, path), corpus)
    found = findings(config, path)
    alarms = []
    for one in found:
        wrong = tuple(name for name in one.names if not rules.has(one.by, name))
        if wrong or one.how == "error":
            alarms.append((one, wrong))
    return Looked(name, source.reader.record.kind, len(rules.records), tuple(found), tuple(alarms))
