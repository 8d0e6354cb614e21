"""`goldsmith evaluate-extraction`: tables in, figures and an error browser out."""

import csv
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from goldsmith.example_extractor import extract
from goldsmith.readers import ocr_json
from goldsmith.records import OcrPage
from goldsmith.sources.generators._receipts import Options, receipts
from tests.cli.here import here
from tests.command import Done, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Thirty receipts as files: goldens as a wide CSV, results as JSON lines, pages, clusters."""
    folder = tmp_path / "project"
    folder.mkdir()
    seen = list(receipts(13, Options(documents=30, noise=0.05)))
    with (folder / "gold.csv").open("w", newline="", encoding="utf-8") as stream:
        rows = [{"document_id": one.page.document_id} | {it.field: it.value for it in one.gold} for one in seen]  # fmt: skip
        writer = csv.DictWriter(stream, ["document_id", "company", "date", "address", "total"])
        writer.writeheader()
        writer.writerows(rows)
    write(folder / "found.jsonl", [it.row() for one in seen for it in extract(one.page)])
    write(folder / "pages.jsonl", [ocr_json.document([one.page]) for one in seen])
    clusters = {one.page.document_id: one.layout for one in seen}
    (folder / "clusters.json").write_text(json.dumps(clusters), encoding="utf-8")
    return World(folder, tmp_path / "home")


def write(path: Path, rows: list[dict]) -> None:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def judged(
    world: World, *more: str, results: str = "found.jsonl", goldens: str = "gold.csv"
) -> Done:
    return here(world, "evaluate-extraction", "--results", results, "--goldens", goldens, *more)


def test_figures_clusters_and_report(world: World) -> None:
    done = judged(
        world, "--pages", "pages.jsonl", "--clusters", "clusters.json", "--value", "total=amount",
        "--value", "date=date", "--value", "company=company", "--output", "out", "--json",
    )  # fmt: skip
    assert done.status == 0, done.text
    found = json.loads(done.out)
    assert 0.7 < found["metrics"]["micro.f1"] < 1 and found["records"] == 30
    assert [row["name"] for row in found["clusters"]] == ["cluster 0", "cluster 1", "cluster 2"]
    assert sum(row["documents"] for row in found["clusters"]) == 30
    whole = json.loads((world.folder / "out" / "report.json").read_text(encoding="utf-8"))
    assert len(whole["documents"]) == found["faulty"] > 0
    assert all(one["pages"] for one in whole["documents"])
    assert (world.folder / "out" / "validation.html").is_file()


def test_a_table_for_people(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    done = judged(world)
    assert done.status == 0, done.text
    assert all(word in done.out for word in ("micro F1", "company", "normalised", "wrong value"))


def test_text_of_a_document_cannot_leave_the_page_s_data(world: World) -> None:
    rows = [
        json.loads(line) for line in (world.folder / "found.jsonl").read_text("utf-8").splitlines()
    ]
    rows[0]["value"] = "</script><script>alert(1)</script><!--"
    write(world.folder / "found.jsonl", rows)
    assert judged(world, "--pages", "pages.jsonl", "--output", "out").status == 0
    text = (world.folder / "out" / "report.html").read_text(encoding="utf-8")

    class Page(HTMLParser):
        scripts, links = 0, 0

        def handle_starttag(self, tag: str, attrs: list) -> None:
            self.scripts += tag == "script"
            self.links += sum(
                name in ("src", "href") and not value.startswith("#") for name, value in attrs
            )

    page = Page()
    page.feed(text)
    assert (page.scripts, page.links) == (2, 0), (
        "the data and our own script; nothing from elsewhere"
    )
    assert "default-src 'none'" in text
    embedded = text.partition('id="data">')[2].partition("</script>")[0]
    assert any("</script>" in str(one) for one in json.loads(embedded))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--value", "totl=amount"], "did you mean total?"),
        (["--value", "total=amont"], "did you mean amount?"),
        (["--pages", "pages.jsonl", "--pages-format", "ocr_jsn"], "ocr_json"),
        (["--pages", "nowhere.jsonl"], "nowhere.jsonl: no such file"),
        (["--clusters", "gold.csv"], "not JSON"),
        (["--clusters", "nowhere.json"], "cannot be read"),
    ],
)
def test_misuse_is_answered_in_words(world: World, arguments: list[str], said: str) -> None:
    done = judged(world, *arguments)
    assert done.status == 2 and said in done.err and "Traceback" not in done.text


def test_goldens_may_be_a_file_a_document(world: World) -> None:
    with (world.folder / "gold.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    folder = world.folder / "gold"
    folder.mkdir()
    for row in rows:
        values = {name: value for name, value in row.items() if value and name != "document_id"}
        (folder / f"{row['document_id']}.json").write_text(json.dumps(values), encoding="utf-8")
    assert judged(world, goldens="gold").out == judged(world).out


def test_clusters_come_from_the_command_that_makes_them(world: World) -> None:
    ended = world.run("goldens", "cluster", "pages.jsonl", "--reader", "ocr_json", "--output", "divided")  # fmt: skip
    assert ended.status == 0, ended.text
    divided = json.loads((world.folder / "divided" / "clusters.json").read_text(encoding="utf-8"))
    done = judged(world, "--clusters", "divided/clusters.json", "--json")
    found = {row["name"]: row["documents"] for row in json.loads(done.out)["clusters"]}
    assert found == {
        f"cluster {one['number']}": len(one["documents"]) for one in divided["clusters"]
    }


def test_sides_that_do_not_meet(world: World) -> None:
    text = (world.folder / "found.jsonl").read_text(encoding="utf-8")
    (world.folder / "found.jsonl").write_text(text.replace('"r0', '"R0'), encoding="utf-8")
    done = judged(world)
    assert done.status == 2 and "results_without_goldens" in done.err
    (world.folder / "empty.jsonl").touch()
    empty = judged(world, results="empty.jsonl")
    assert empty.status == 2 and "results are empty" in empty.err


def test_a_document_twice_in_a_wide_table_is_two_gold_values(world: World) -> None:
    text = (world.folder / "gold.csv").read_text(encoding="utf-8")
    lines = text.splitlines()
    (world.folder / "gold.csv").write_text("\n".join([*lines, lines[1]]), encoding="utf-8")
    done = judged(world)
    assert done.status == 2 and "doubled_goldens" in done.err


def test_pages_without_words_are_read(world: World) -> None:
    write(
        world.folder / "pages.jsonl",
        [ocr_json.document([OcrPage("r0001:1", "r0001", 1, 0, 0, (), ())])],
    )
    done = judged(world, "--pages", "pages.jsonl")
    assert done.status == 0 and "documents_without_pages" in done.out
