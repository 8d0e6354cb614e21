"""cluster: documents divided by layout and words, and what the command writes."""

import json
from pathlib import Path

import numpy as np
import pytest

from goldsmith.curation import clusters_page
from goldsmith.curation.clusters import SAMPLE, divide, nearest_to_medoid
from goldsmith.errors import DataError
from goldsmith.readers.ocr_json import document
from goldsmith.records import OcrPage
from tests.cli.here import here
from tests.command import World

WORDS = {
    "bill": "invoice amount tax net",
    "note": "dear sincerely regards we",
    "menu": "soup fish wine tea",
}


def page(kind: str, number: int, document_id: str = "") -> OcrPage:
    """Bills stand at the top right, notes fill the page, menus stand in its middle."""
    draw = np.random.default_rng(number)
    left, top, right, bottom = {
        "bill": (60, 0, 100, 30),
        "note": (0, 0, 100, 100),
        "menu": (35, 40, 65, 60),
    }[kind]
    words = WORDS[kind].split() * 3
    xs, ys = draw.uniform(left, right - 8, len(words)), draw.uniform(top, bottom - 3, len(words))
    boxes = tuple(
        (float(x), float(y), float(x) + 8, float(y) + 3) for x, y in zip(xs, ys, strict=True)
    )
    name = document_id or f"{kind}{number}"
    return OcrPage(f"{name}:1", name, 1, 100, 100, tuple(words), boxes)


KINDS = ["bill"] * 9 + ["note"] * 7 + ["menu"] * 5
PAGES = [page(kind, number) for number, kind in enumerate(KINDS)]


def test_documents_of_a_kind_are_a_cluster() -> None:
    divided = divide(reversed(PAGES))
    found = divided.found
    assert [len(one.documents) for one in found.clusters] == [9, 7, 5]
    assert max(found.silhouettes, key=found.silhouettes.__getitem__) == 3
    assert set(found.silhouettes) == set(range(2, 21)) and found.documents == found.sample == 21
    for kind, one in zip(("bill", "note", "menu"), found.clusters, strict=True):
        assert all(name.startswith(kind) for name in one.documents)
        assert one.medoid == one.documents[0] and set(one.words) == set(WORDS[kind].split())
    assert divided.density[0][:5, 7:].sum() > 0.99 * divided.density[0].sum()
    assert divided.places.shape == (21, 2)


def test_the_same_pages_in_any_order_give_the_same() -> None:
    one, other = divide(PAGES, seed=5), divide(PAGES[::-1], seed=5)
    assert one.found == other.found
    assert clusters_page.page(one, "t") == clusters_page.page(other, "t")


def test_the_medoid_of_a_large_cluster_is_chosen_among_all_names() -> None:
    """A thousand documents whose names come first lie apart from three thousand others."""
    apart = np.repeat([0.0, 1.0], [SAMPLE, 3 * SAMPLE])[:, None]
    order = nearest_to_medoid(apart, seed=13)
    assert order[0] >= SAMPLE and set(order[-SAMPLE:]) == set(range(SAMPLE))
    assert np.array_equal(order, nearest_to_medoid(apart, seed=13))


def test_layout_alone_and_words_alone_divide() -> None:
    blank = [
        OcrPage(one.id, one.document_id, 1, 100, 100, ("-",) * len(one.words), one.boxes)
        for one in PAGES
    ]
    for one in divide(blank).found.clusters:
        assert not {"bill", "menu"} <= {name.strip("0123456789") for name in one.documents}
    same = [
        OcrPage(one.id, one.document_id, 1, 100, 100, one.words, ((0, 0, 9, 9),) * len(one.words))
        for one in PAGES
    ]
    assert [len(one.documents) for one in divide(same).found.clusters] == [9, 7, 5]


def empty(number: int) -> OcrPage:
    return OcrPage(f"e{number}:1", f"e{number}", 1, 0, 0, (), ())


@pytest.mark.parametrize("count", [1, 2, 5])
def test_pages_without_words_and_documents_all_alike_are_one_cluster(count: int) -> None:
    divided = divide([empty(number) for number in range(count)])
    assert len(divided.found.clusters) == 1 and divided.found.silhouettes == {}
    assert "too few, or too much alike" in clusters_page.page(divided, "t")


def test_pages_without_words_are_a_cluster_of_their_own() -> None:
    found = divide([*PAGES, *map(empty, range(3))]).found
    assert {"e0", "e1", "e2"} in [set(one.documents) for one in found.clusters]


def test_a_document_is_all_its_pages() -> None:
    second = OcrPage("bill0:2", "bill0", 2, 100, 100, ("more",), ((0, 0, 9, 9),))
    divided = divide([second, *PAGES])
    assert (divided.found.documents, divided.found.pages) == (21, 22)


def test_what_cannot_be_divided() -> None:
    with pytest.raises(DataError, match="no page"):
        divide([])
    with pytest.raises(DataError, match="'bill0:1' stands twice"):
        divide([PAGES[0], PAGES[0]])


@pytest.fixture
def world(tmp_path: Path) -> World:
    (tmp_path / "project").mkdir()
    made = World(tmp_path / "project", tmp_path / "home")
    lines = [json.dumps(document([one])) + "\n" for one in PAGES]
    (made.folder / "in.jsonl").write_text("".join(lines))
    return made


COMMAND = ("goldens", "cluster", "in.jsonl", "--reader", "ocr_json", "--output", "out")


def test_the_command(world: World) -> None:
    done = here(world, *COMMAND, "--json")
    assert done.status == 0, done.text
    written = json.loads((world.folder / "out" / "clusters.json").read_text())
    assert json.loads(done.out) == written | {"output": "out"} and len(written["clusters"]) == 3
    html = (world.folder / "out" / "clusters.html").read_text()
    assert html.count("<svg") == 1 + 2 * 3 and "Medoid: bill" in html
    assert "src=" not in html and "<script" not in html and "<link" not in html
    shown = here(world, *COMMAND).out
    assert "21 documents" in shown and "best mean silhouette" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("in.jsonl", "--reader", "texts"), "--reader names a reader of OCR pages"),
        (("in.jsonl", "--reader", "sroi"), "did you mean sroie?"),
        (("no.jsonl", "--reader", "ocr_json"), "no such file or folder"),
        (("in.jsonl", "in.jsonl", "--reader", "ocr_json"), "stands twice"),
        (("in.jsonl", "--reader", "ocr_json", "--output", "in.jsonl"), "is a file: give a folder"),
    ],
)
def test_misuse(world: World, words: tuple[str, ...], said: str) -> None:
    done = here(world, "goldens", "cluster", "--output", "out", *words)
    assert done.status == 2 and said in done.err and "Traceback" not in done.err
    assert not (world.folder / "out").exists()
