"""ask: found, read, cited; with the encoder's index made once, and BM25 alone where there is none."""

import json
from pathlib import Path
from typing import Any

import pytest

from goldsmith.cli import asking
from goldsmith.cli import asking_parts as parts
from goldsmith.config import plugins
from goldsmith.errors import DataError, UserError
from goldsmith.families import base
from goldsmith.families.base import write_family
from goldsmith.families.retrieval.chunking import corpus_of
from goldsmith.families.retrieval.index import Index

LEAVE = "# Leave\n\nYou have 25 days \U0001f600 of annual leave.\n"
THEFT = "# Theft\n\nReport a theft within 14 days.\n\n" + "Write to us. " * 40
QUESTION = "when must a theft be reported"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path) -> dict[str, Path]:
    """Exported folders of untrained tiny models, by family."""
    import torch
    from transformers import AutoModel, AutoModelForQuestionAnswering

    from goldsmith import finetune

    made = {}
    kinds = {"retrieval": AutoModel, "extractive_qa": AutoModelForQuestionAnswering}
    facts: dict[str, dict[str, Any]] = {"retrieval": {"weight": 0.3}, "extractive_qa": {"threshold": None}}  # fmt: skip
    for name, auto in kinds.items():
        at = tmp_path_factory.mktemp(name)
        family = plugins.load("families", name)(family=name, base=str(tiny_base))
        (at / "trained").mkdir()
        torch.manual_seed(0)
        model = finetune.load_base(auto, tiny_base, dropout=0.0)
        finetune.save(model, tiny_base, at / "trained")
        write_family(at / "trained", family, [], **facts[name])
        family.export(at / "trained", at / "exported")
        made[name] = at / "exported"
    return made


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "leave.md").write_text(LEAVE, encoding="utf-8")
    (folder / "theft.txt").write_text(THEFT, encoding="utf-8")
    return folder


def reader(exported: dict[str, Path]) -> parts.Reader:
    return parts.Reader(base.open(exported["extractive_qa"], "fp32"), {"name": "qa", "version": 1})


def test_an_answer_is_cited_where_it_stands(exported: dict[str, Path], documents: Path) -> None:
    retriever: Any = base.open(exported["retrieval"], "fp32")
    encoder = {"variant": "fp32", "sha256": "abc"}
    index = parts.indexed(retriever, encoder, corpus_of(documents), str(documents))
    finder = parts.Finder(index, retriever, {"name": "finder", "version": 2}, True)
    found = parts.answered(QUESTION, finder, reader(exported), 3)
    texts = {"leave.md": LEAVE, "theft.txt": THEFT}
    answer = found["answer"]
    assert texts[answer["document"]][answer["start"] : answer["end"]] == answer["text"]
    for one in found["passages"]:
        assert texts[one["document"]][one["start"] : one["end"]] == one["text"]
    assert {one["document"] for one in found["passages"]} == {"leave.md", "theft.txt"}
    assert found["index"]["passages"] == 3 and found["retriever"]["version"] == 2
    assert json.loads(json.dumps(found)) == found
    said = asking.shown(found)
    assert f"{answer['document']}, characters {answer['start']}-{answer['end']}" in said
    assert f"index {found['index']['sha256'][:12]} of 3 passages" in said


def test_an_index_is_made_once_and_anew_for_new_documents(
    exported: dict[str, Path], documents: Path, home: Path
) -> None:
    retriever: Any = base.open(exported["retrieval"], "fp32")
    encoder = {"variant": "fp32", "sha256": "abc"}

    def asked() -> Index:
        return parts.indexed(retriever, encoder, corpus_of(documents), str(documents))

    first, again = asked(), asked()
    folders = home / "artifacts" / "index"
    assert len(list(folders.glob("[0-9a-f]*"))) == 1
    assert first.about == again.about
    assert first.about["encoder"] == {**encoder, "mark": retriever.mark}
    (documents / "more.txt").write_text("Visitors are met at the entrance.", encoding="utf-8")
    assert len(asked().passages) == len(first.passages) + 1
    assert len(list(folders.glob("[0-9a-f]*"))) == 2


class Silent:
    """A reader that finds no answer anywhere, as the family says it."""

    def answer(self, lines: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
        return [[{"start": None, "end": None, "text": "", "score": 1.0}] for _ in lines]


def test_no_answer_is_said_plainly(documents: Path) -> None:
    index = Index.build(corpus_of(documents), None, 1.2, 0.75)
    finder = parts.Finder(index, None, {"name": "bm25"}, True, ("no champion",))
    silent = parts.Reader(Silent(), {"name": "qa", "version": 1})
    found = parts.answered(QUESTION, finder, silent, 3)
    assert found["answer"] is None and len(found["passages"]) == 2
    said = asking.shown(found)
    assert "note: no champion" in said and "found by BM25 alone; read by qa version 1" in said
    assert "No answer: none of the 2 passages read has one." in said
    nothing = parts.answered("zebra", finder, silent, 3)
    assert nothing["passages"] == []
    assert "No answer: no passage has a word of the question." in asking.shown(nothing)
    unread = parts.answered(QUESTION, finder, None, 3, ["no reader"])
    assert unread["answer"] is None and unread["reader"] is None
    said = asking.shown(unread)
    assert "No answer: nobody read the passages for one." in said and "Passages found" in said
    assert unread["notes"] == ["no champion", "no reader"] and "read by" not in said


def asked(question: str, **given: Any) -> None:
    usual: dict[str, Any] = {"documents": None, "use_case": None, "qa": None}
    asking.ask(question, **{**usual, "top": 3, "profile": None, "as_json": False, **given})


def test_what_cannot_be_asked_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="say where to look: --documents FOLDER, or --use-case"):
        asked("what")
    with pytest.raises(UserError, match="the question is empty"):
        asked(" ", documents=tmp_path)
    with pytest.raises(DataError, match="no such folder"):
        asked("what", documents=tmp_path / "gone")
    with pytest.raises(UserError, match="email-routing finds no documents"):
        asked("what", use_case="email-routing")


@pytest.mark.slow
def test_without_champions_what_is_there_answers_and_says_what_to_run(
    documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(QUESTION, documents=documents, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert found["retriever"] == {"name": "bm25"} and found["reader"] is None
    assert {one["document"] for one in found["passages"]} == {"theft.txt"}
    first, second = found["notes"]
    assert "goldsmith run document-retrieval" in first and "BM25 alone" in first
    assert "goldsmith run policy-questions" in second and "no answer is read" in second
    for given, named in (
        ({"use_case": "document-retrieval"}, "goldsmith run document-retrieval"),
        ({"documents": documents, "use_case": "document-retrieval"}, "run document-retrieval"),
        ({"documents": documents, "qa": "policy-questions"}, "goldsmith run policy-questions"),
        ({"documents": documents, "qa": "email-routing"}, "email-routing reads no answers"),
        ({"documents": documents, "use_case": "document-retreival"}, "did you mean document-retr"),
        ({"documents": documents, "profile": "nope"}, "no profile 'nope'"),
    ):
        with pytest.raises(UserError, match=named):
            asked(QUESTION, **given)  # type: ignore[arg-type]


def test_in_a_project_without_the_usual_use_cases_the_passages_are_found(
    documents: Path, project: Path
) -> None:
    finder = parts.finder(None, asking.USE_CASE, documents, None)
    assert finder.retriever is None and "unknown use case 'document-retrieval'" in finder.notes[0]
    nobody, why = parts.reader(None, asking.QA, None)
    assert nobody is None and "unknown use case 'policy-questions'" in why
