"""`goldsmith evaluate-extraction`: tables in, figures and an error browser out."""

import csv
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

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


SETTINGS = """\
fields:
  "*": {compare: exact}
  company: {value: company, compare: edit, max_distance: 0.2}
  date: {value: date}
  total: {value: amount}
gates:
  costs: {"*": {miss: 0.5, false_alarm: 1}, total: {false_alarm: 10}}
"""


def metrics(done: Done) -> dict[str, float]:
    assert done.status == 0, done.text
    found: dict[str, float] = json.loads(done.out)["metrics"]
    return found


@pytest.fixture
def ruled(world: World) -> World:
    """With a file of rules and costs; the system writes its totals with a currency."""
    text = (world.folder / "found.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    for row in rows:
        row["value"] = f"RM {row['value']}" if row["field"] == "total" else row["value"]
    write(world.folder / "found.jsonl", rows)
    (world.folder / "rules.yaml").write_text(SETTINGS, encoding="utf-8")
    return world


def test_rules_and_costs_of_a_file(ruled: World, monkeypatch: pytest.MonkeyPatch) -> None:
    found = metrics(judged(ruled, "--settings", "rules.yaml", "--json"))
    assert found["label:address.f1"] == found["label:address.exact_f1"]
    assert found["label:company.f1"] > found["label:company.normalised_f1"]
    assert found["label:total.f1"] > found["label:total.exact_f1"] == 0
    told = json.dumps(yaml.safe_load(SETTINGS))
    (ruled.folder / "rules.json").write_text(told, encoding="utf-8")
    assert metrics(judged(ruled, "--settings", "rules.json", "--json")) == found
    dear = SETTINGS.replace("{miss: 0.5", "{miss: 500")
    (ruled.folder / "rules.yaml").write_text(dear, encoding="utf-8")
    dearer = metrics(judged(ruled, "--settings", "rules.yaml", "--json"))["cost.per_100_records"]
    assert dearer > found["cost.per_100_records"] > 0
    monkeypatch.setenv("COLUMNS", "120")
    shown = judged(ruled, "--settings", "rules.yaml").out
    assert f"cost {dearer:,.1f} per 100 documents" in " ".join(shown.split())


def test_a_value_lies_over_the_file(ruled: World) -> None:
    given = ("--settings", "rules.yaml", "--json")
    found = metrics(judged(ruled, *given))
    over = metrics(judged(ruled, *given, "--value", "total=text", "--value", "address=company"))
    assert over["label:total.f1"] == over["label:total.normalised_f1"] == 0
    # It says what the values are, and leaves how strictly they are compared.
    assert over["label:address.f1"] == over["label:address.exact_f1"]
    assert over["label:company.f1"] == found["label:company.f1"]


def test_several_values_and_shares_at_fault_of_a_file(world: World) -> None:
    text = (world.folder / "gold.csv").read_text(encoding="utf-8")
    lines = text.splitlines()
    (world.folder / "gold.csv").write_text("\n".join([*lines, lines[1]]), encoding="utf-8")
    file = world.folder / "rules.yaml"
    file.write_text('fields: {"*": {many: true}}', encoding="utf-8")
    assert judged(world).status == 2
    assert judged(world, "--settings", "rules.yaml").status == 0
    file.write_text("validation: {allow: {doubled_goldens: 0.1}}", encoding="utf-8")
    allowed = judged(world, "--settings", "rules.yaml")
    assert allowed.status == 0 and "doubled_goldens" in allowed.out
    file.write_text("fields: {company: {}, date: {}, total: {}}", encoding="utf-8")
    unnamed = judged(world, "--settings", "rules.yaml")
    assert unnamed.status == 2 and "unknown_fields" in unnamed.err and "'address'" in unnamed.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fields:\n  total: {vale: amount}", "rules.yaml:2: unknown key 'fields.total.vale': did you mean value?"),
        ("\nfeilds: {}", "rules.yaml:2: unknown key 'feilds': did you mean fields?"),
        ('fields:\n  "*": {}\n  totl: {}', "rules.yaml:3: fields: no gold value of a field 'totl': did you mean total?"),
        ("gates:\n  costs:\n    totl: {miss: 2}", "rules.yaml:3: gates.costs: no gold value of a field 'totl': did you mean total?"),
        ("gates:\n  costs: {total: {mis: 2}}", "rules.yaml:2: unknown key 'gates.costs.total.mis': did you mean miss?"),
        ("gates:\n  metrics: {micro.f1: 0.9}", "rules.yaml:2: unknown key 'gates.metrics': valid: costs"),
        ("validation:\n  allow: {wrong_box: 1}", "rules.yaml:2: validation.allow: unknown check 'wrong_box': did you mean wrong_boxes?"),
        ("fields: [total]", "rules.yaml:1: fields: Input should be a valid dictionary"),
        ("fields: {", "rules.yaml:1:10: not valid YAML"),
    ],
)  # fmt: skip
def test_mistakes_in_the_file_are_answered_with_their_place(
    world: World, text: str, said: str
) -> None:
    (world.folder / "rules.yaml").write_text(text, encoding="utf-8")
    done = judged(world, "--settings", "rules.yaml")
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
