"""ask and predict with real champions: made by runs of tiny models, asked by the command."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from goldsmith.artifacts import read_manifest
from tests.cli.here import here
from tests.command import World, ended_well
from tests.families.kinds import QA, SEEKS
from tests.toys import write_queries, write_questions

pytestmark = pytest.mark.slow

FINDS, READS = "document-retrieval", "policy-questions"
LOAN = "The loan \U0001f4b6 was paid at 4.5 % per annum."
PAGE = "# Rates\n\n" + LOAN + "\n\n# Visitors\n\nVisitors are met at the entrance.\n"
QUESTION = "which rate ?"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path, prefect_home: Path) -> World:
    """A world in which a retriever and a reader are champions. Look, and ask; never change."""
    at = tmp_path_factory.mktemp("asked")
    world = World(at / "project", at / "home", {"PREFECT_HOME": str(prefect_home)})
    (world.folder / "use_cases").mkdir(parents=True)
    raw = world.folder / "data" / "raw"
    write_queries(raw / FINDS)
    write_questions(raw / READS)
    gates = {"min_support": 1, "variants": {"int8": {"min_agreement": 0.1, "min_batch_agreement": 0.1, "max_loss": 1.0}}}  # fmt: skip
    for name, model, form, metric in (
        (FINDS, SEEKS, "queries", "ndcg_10"),
        (READS, {**QA, "freeze_embeddings": False}, "questions", "f1"),
    ):
        source = {"kind": "files", "path": f"data/raw/{name}", "reader": {"format": form}}
        value = {
            "title": name,
            "model": {**model, "base": str(tiny_base)},
            "validation": {"min_rows": 10, "min_train_support": 1, "min_test_support": 1},
            "gates": {**gates, "metrics": {metric: {"min": 0.05}}},
            "profiles": {"demo": {"source": source}},
        }
        world.use_case(name).write_text(json.dumps(value), encoding="utf-8")
        done = world.run("run", name, "--require-promotion")
        assert done.status == 0, done.text
    pages = world.folder / "pages"
    (pages / "more").mkdir(parents=True)
    (pages / "rates.md").write_text(PAGE, encoding="utf-8")
    (pages / "more" / "empty.txt").write_text(" \n", encoding="utf-8")
    (pages / "scan.pdf").write_bytes(b"%PDF")
    return world


def answer(world: World, *arguments: str) -> dict[str, Any]:
    done = here(world, *arguments)
    assert done.status == 0, done.text
    value: dict[str, Any] = json.loads(done.out)
    return value


def test_the_answer_stands_where_it_is_cited(asked: World) -> None:
    found = answer(asked, "ask", QUESTION, "--documents", "pages", "--json")
    cited = found["answer"]
    assert cited["document"] == "rates.md"
    assert PAGE[cited["start"] : cited["end"]] == cited["text"]
    assert cited["text"] in ("4.5", "4.5 %")
    for one in found["passages"]:
        assert PAGE[one["start"] : one["end"]] == one["text"]
    assert (found["retriever"]["name"], found["retriever"]["version"]) == (f"{FINDS}.demo", 1)
    assert (found["reader"]["name"], found["reader"]["version"]) == (f"{READS}.demo", 1)
    assert found["index"]["passages"] == 2
    empty, other = found["notes"]
    assert "more/empty.txt" in empty and ".pdf" in other
    said = here(asked, "ask", QUESTION, "--documents", "pages").out
    assert said.startswith("note: ") and f"{cited['text']}\n  rates.md, characters" in said
    for name in (FINDS, READS):
        assert f"{name}.demo version 1" in said
    assert f"index {found['index']['sha256'][:12]} of 2 passages" in said


def test_a_use_case_is_asked_in_the_index_that_its_run_made(asked: World) -> None:
    def indexes() -> list[Path]:
        corpora = {path: json.loads((path / "index.json").read_text("utf-8")) for path in asked.made("index")}  # fmt: skip
        return [path for path, one in corpora.items() if one["passages"] == 24]

    (made,) = indexes()
    assert "use_case" in (read_manifest(made) or {})["about"]  # by the run, not by a question
    found = answer(asked, "ask", "parcel late 3", "--use-case", FINDS, "--json")
    assert indexes() == [made] and found["index"]["passages"] == 24
    assert found["passages"][0]["document"].startswith("delivery-")
    assert found["passages"][0]["start"] == 0
    line = answer(asked, "predict", FINDS, "--query", "parcel late 3")
    assert indexes() == [made] and line["index"] == found["index"]
    first = [one["document_id"] for one in line["prediction"][:5]]
    assert first == [one["document"] for one in found["passages"]]


def test_a_line_that_brings_its_documents_is_asked_of_no_index(
    asked: World, tmp_path: Path
) -> None:
    lines = [
        {"id": "own", "query": "late parcel", "documents": ["refund paid", "parcel late"]},
        {"id": "indexed", "query": "late parcel"},
        {"id": "none"},
    ]
    path = tmp_path / "in.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    done = here(asked, "predict", FINDS, "--input", str(path))
    own, indexed, none = (json.loads(line) for line in done.out.splitlines())
    assert [one["document_id"] for one in own["prediction"]] == ["2", "1"] and "index" not in own
    assert indexed["index"]["passages"] == 24 and len(indexed["prediction"]) == 10
    assert "needs `query`" in none["error"]


def test_what_has_no_answer_is_said_plainly(asked: World, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("visitors are met there", encoding="utf-8")
    done = here(asked, "ask", QUESTION, "--documents", str(tmp_path))
    assert done.status == 0
    assert done.out.startswith("No answer: the one passage read has none."), done.out


def test_two_hundred_files_are_indexed_once(asked: World, tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number}.txt").write_text(f"page {number}\n\n{LOAN}", encoding="utf-8")
    found = answer(asked, "ask", QUESTION, "--documents", str(tmp_path), "--json")
    assert found["index"]["passages"] == 200 and len(found["passages"]) == 5
    before = asked.made("index")
    assert answer(asked, "ask", QUESTION, "--documents", str(tmp_path), "--json") == found
    assert asked.made("index") == before


def test_without_a_reader_the_champions_passages_are_shown(asked: World, tmp_path: Path) -> None:
    (tmp_path / "project" / "use_cases").mkdir(parents=True)
    only = replace(asked, folder=tmp_path / "project")
    only.use_case(FINDS).write_bytes(asked.use_case(FINDS).read_bytes())
    pages = str(asked.folder / "pages")
    done = here(only, "ask", QUESTION, "--documents", pages)
    assert done.status == 0 and "No answer: nobody read the passages for one." in done.out
    assert "unknown use case 'policy-questions'" in done.out and "found by document-retrieval" in done.out  # fmt: skip
    ended_well(
        here(only, "ask", QUESTION, "--documents", pages, "--qa", READS), 2, "unknown use case"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", QUESTION, "--documents", "pages/more"], "none of the 1 document(s) has a word"),
        (["ask", QUESTION, "--documents", "pages/rates.md"], "documents are read from a folder"),
        (["ask", QUESTION, "--documents", "pages", "--qa", FINDS], "reads no answers"),
        (["ask", QUESTION, "--documents", "pages", "--use-case", READS], "finds no documents"),
        (["predict", FINDS, "--text", "late parcel"], "needs `query` (string); give --query"),
        (["predict", READS, "--query", "late"], "give --question and --context"),
        (["predict", FINDS, "--query", "a", "--text", "b"], "or --query"),
    ],
)
def test_wrong_use_is_told(asked: World, arguments: list[str], said: str) -> None:
    ended_well(here(asked, *arguments), 2, said)
