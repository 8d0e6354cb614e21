"""Indexes, fusion, mining and chunks: what a retriever is made of, without any model."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.errors import DataError
from goldsmith.families.base import Predictor
from goldsmith.families.retrieval import Retrieval
from goldsmith.families.retrieval.chunking import (
    LARGE,
    Place,
    chunks,
    corpus_of,
    digest,
    left_out,
)
from goldsmith.families.retrieval.explaining import explain
from goldsmith.families.retrieval.feedback import expanded
from goldsmith.families.retrieval.fusion import Fusion, fuse, top
from goldsmith.families.retrieval.index import BLOCK, Index
from goldsmith.families.retrieval.lexical import Lexical
from goldsmith.families.retrieval.mining import pairs, relevant_places
from goldsmith.families.retrieval.runtime import Bm25, Ranking, read_input
from goldsmith.records import Corpus, Judgement, Passage, Query

PAGES = Corpus.of(
    [
        Passage("leave", "Leave", "You have 25 days of annual leave."),
        Passage("theft", "", "Report thefts within 14 days."),
        Passage("empty", "", ""),
        Passage("visit", "Visitors", "Visitors are met at the entrance."),
    ]
)


def embedded(texts: list[str]) -> np.ndarray:
    found = np.random.default_rng(len(texts)).normal(size=(len(texts), 6)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_bm25_finds_words_in_other_numbers_and_nothing_in_no_words() -> None:
    yardstick = Bm25(1.2, 0.75)
    asked = [Query(text, text, (), corpus=PAGES) for text in ("theft", "zebra", "")]
    found = yardstick.predict(asked)
    assert [one.documents for one in found] == [("theft",), (), ()]
    nothing = Lexical.build(["", " the "], 1.2, 0.75)
    assert nothing.scores(["theft"]).tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize("corpus", [PAGES, Corpus.of([Passage("a", "", "")]), Corpus.of([])])
def test_an_index_on_disk_answers_as_in_memory(tmp_path: Path, corpus: Corpus) -> None:
    made = Index.build(corpus, embedded, 1.2, 0.75)
    made.save(tmp_path, {"encoder": {"sha256": "e"}, "corpus": {"sha256": corpus.digest}})
    read = Index.open(tmp_path)
    assert tuple(read.passages) == corpus.passages
    assert read.about["encoder"] == {"sha256": "e"}
    asked = ["report a theft", "entrance"]
    vectors = np.zeros((2, made.vectors.shape[1]), dtype=np.float32)
    vectors[:, :1] = 1.0
    for fusion in (Fusion("none"), Fusion("weighted", 0.3), Fusion("rrf")):
        assert read.search(vectors, asked, fusion, 3) == made.search(vectors, asked, fusion, 3)


def test_a_folder_that_is_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not an index"):
        Index.open(tmp_path)


def test_search_is_exact_across_blocks() -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(2 * BLOCK + 5, 4)).astype(np.float32)
    corpus = tuple(Passage(str(place), "", "") for place in range(len(vectors)))
    index = Index(corpus, vectors, Lexical(None, len(vectors)))
    queries = rng.normal(size=(3, 4)).astype(np.float32)
    assert np.allclose(index.dense(queries), queries @ vectors.T, atol=1e-5)


@given(st.lists(st.integers(0, 5), max_size=40), st.integers(1, 50))
def test_the_top_is_a_stable_sort(scores: list[int], count: int) -> None:
    expected = sorted(range(len(scores)), key=lambda place: (-scores[place], place))[:count]
    assert top(np.array(scores, dtype=np.float32), count).tolist() == expected


def test_fusion_by_weights_and_by_ranks() -> None:
    dense, lexical = np.array([[0.9, 0.5, 0.1]]), np.array([[0.0, 2.0, 4.0]])
    assert fuse(dense, lexical, Fusion("none")).tolist() == dense.tolist()
    assert fuse(dense, lexical, Fusion("weighted", 1.0)).tolist() == [[1.0, 0.5, 0.0]]
    assert fuse(dense, lexical, Fusion("weighted", 0.25)).tolist() == [[0.25, 0.5, 0.75]]
    ranks = fuse(dense, lexical, Fusion("rrf"))
    # The first of the encoder has no word of the query: BM25 gives it no rank at all.
    expected = [1 / 61, 1 / 62 + 1 / 62, 1 / 63 + 1 / 61]
    assert np.allclose(ranks[0], np.array(expected) * 61 / 2)


def turned(*degrees: float) -> np.ndarray:
    """Vectors of length 1 in the plane."""
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_feedback_moves_a_query_half_way_to_its_best_passages() -> None:
    corpus = tuple(Passage(name, "", "") for name in ("near", "below", "beyond"))
    index = Index(corpus, turned(40, -25, 70), Lexical(None, 3))

    def order(feedback: int) -> list[int]:
        (hits,) = index.search(turned(10), ["?"], Fusion("none", feedback=feedback), 3)
        return [hit.place for hit in hits]

    assert order(0) == [0, 1, 2]
    assert order(1) == [0, 2, 1]  # half way to the best, at 25 degrees, the one beyond it is nearer
    assert order(50) == [0, 1, 2]  # more than there are: towards them all, at about 19 degrees
    assert index.search(np.zeros((0, 2), dtype=np.float32), [], Fusion("none", feedback=1), 3) == []


def test_feedback_asks_again_in_the_words_of_the_best_passages() -> None:
    texts = ("a wing and its lift, the lift of wings", "drag and lift", "boundary layers")
    corpus = Corpus.of([Passage(str(place), "", text) for place, text in enumerate(texts)])
    index = Index.build(corpus, None, 1.2, 0.75)

    def scores(feedback: int, text: str = "wing") -> list[float]:
        fusion = Fusion("weighted", 0.0, feedback)
        lexical = index.lexical([text])
        return index.fused(np.zeros((1, 0), dtype=np.float32), [text], lexical, fusion)[0].tolist()

    assert scores(0) == [1.0, 0.0, 0.0]
    for text in ("wing", "zebra"):  # of which no word is known: the first passage's are asked
        first, second, third = scores(1, text)
        assert first == 1.0 and 0.0 < second < 1.0 and third == 0.0


def test_an_expanded_query_has_half_of_its_weight_from_passages() -> None:
    found = expanded(["wing"], [["wing", "lift"], ["drag", "drag"]], [0.75, 0.25])
    assert found == pytest.approx({"wing": 0.5 + 0.1875, "lift": 0.1875, "drag": 0.125})
    many = [[f"term{place:02}" for place in range(40)]]
    assert list(expanded([], many, [0.0])) == [f"term{place:02}" for place in range(20)]
    assert expanded([], [], []) == {}


def judged(name: str, **grades: int) -> Query:
    return Query(name, f"about {name}", tuple(Judgement(*one) for one in grades.items()))


def test_hard_negatives_answer_nothing_of_the_query_and_are_the_same_again() -> None:
    records = [judged("days", leave=2, theft=1, visit=0), judged("visitors", visit=1)]
    relevant = relevant_places(records, PAGES)
    assert relevant == [{0, 1}, {3}]
    index = Index.build(PAGES, embedded, 1.2, 0.75)
    made = [pairs(records, relevant, index, embedded(["a", "b"]), 2, 10, 13) for _ in range(2)]
    assert made[0] == made[1]
    assert [(one.query, one.document) for one in made[0]] == [(0, 0), (0, 1), (1, 3)]
    for one in made[0]:
        assert len(one.negatives) == 2 and not set(one.negatives) & relevant[one.query]


def test_judgements_that_train_nothing_are_refused() -> None:
    with pytest.raises(DataError, match="'gone', which is not among the 4 of the corpus"):
        relevant_places([judged("days", gone=1)], PAGES)
    with pytest.raises(DataError, match="none of the 2 training queries has a relevant document"):
        relevant_places([judged("days"), judged("visit", visit=0)], PAGES)


PARTS = st.lists(
    st.sampled_from(["# Head\n", "a word", "\n\n", "\n", " ", "\r\n\r\n", "é\U0001f600", "x" * 300, "w " * 700, "```\n", "~~~ sh\n", "## " + "h " * 700]),
    max_size=20,
)  # fmt: skip


@given(PARTS)
def test_chunks_hold_every_word_once_where_they_say(parts: list[str]) -> None:
    text = "".join(parts)
    found = list(chunks(text))
    assert all(end - start <= LARGE for _, start, end in found)
    assert all(a[2] <= b[1] for a, b in itertools.pairwise(found))
    kept = "".join(text[start:end] for _, start, end in found)
    assert all(text[start:end].strip() == text[start:end] for _, start, end in found)
    if "#" not in text:
        assert "".join(kept.split()) == "".join(text.split())


def test_a_folder_of_texts_becomes_passages_with_places(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    handbook = (
        "# Leave\r\n\r\nYou have 25 days\U0001f600.\r\n\r\n## Illness\r\n\r\nTell us by 9:00."
    )
    (tmp_path / "deep" / "handbook.md").write_bytes(handbook.encode())
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89")
    found = corpus_of(tmp_path).passages
    assert [(one.title, one.text) for one in found] == [
        ("Leave", "You have 25 days\U0001f600."),
        ("Illness", "Tell us by 9:00."),
    ]
    for one in found:
        place = Place.of(one.document_id)
        assert place is not None and place.document == "deep/handbook.md"
        assert handbook[place.start : place.end] == one.text
    before = digest(tmp_path)
    (tmp_path / "more.txt").write_text("More.", encoding="utf-8")
    assert digest(tmp_path) != before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Leave\n\n## Illness\n", ["Leave", "Illness"]),
        ("# Handbook\n## Leave\nYou have 25 days.", ["Handbook", "You have 25 days."]),
        ("Before.\r\n\r\n###  Late \r\n\r\n", ["Before.", "Late"]),
        ("# \n\n## Leave", ["Leave"]),
        ("a\n\n# Leave", ["a", "Leave"]),
        ("# " + "word " * 300, [("word " * 240).strip(), ("word " * 60).strip()]),
    ],
    ids=["only headings", "above another", "at the end", "no word", "below a letter", "long"],
)
def test_a_heading_without_text_is_a_passage(text: str, expected: list[str]) -> None:
    assert [text[start:end] for _, start, end in chunks(text)] == expected


def test_a_file_of_headings_is_looked_in(tmp_path: Path) -> None:
    (tmp_path / "contents.md").write_text("# Leave\n\n## Illness\n", encoding="utf-8")
    corpus = corpus_of(tmp_path)
    assert [(one.document_id, one.title, one.text) for one in corpus.passages] == [
        ("contents.md:2-7", "contents", "Leave"),
        ("contents.md:12-19", "contents", "Illness"),
    ]
    assert left_out(tmp_path, corpus) == []


FENCED = "# Setting up\n\n{0}\n# a comment\nmake\n\n# another\n{1}\n\n# Running\n\nStart it."


@pytest.mark.parametrize(
    ("opened", "closed"),
    [
        ("```", "```"),
        ("~~~ sh title=``` ", "~~~"),
        ("````", "```\n# still in it\n`````"),
        ("```", "~~~\n# still in it\n```"),
        ("1. Type\n\n    ```sh", "\n    # in a list\n    ``` "),
        ("```sh\r", "```\r"),
    ],
)
def test_a_comment_in_a_block_of_code_is_no_heading(opened: str, closed: str) -> None:
    text = FENCED.format(opened, closed)
    first, second = chunks(text)
    block = text[text.index(opened) : text.rindex(closed) + len(closed)].strip()
    assert (first[0], text[slice(*first[1:])]) == ("Setting up", block)
    assert (second[0], text[slice(*second[1:])]) == ("Running", "Start it.")


def test_a_block_of_code_that_does_not_end_is_one_to_the_end() -> None:
    text = "# Setting up\n\n```\nmake\n\n# a comment"
    assert [title for title, _, _ in chunks(text)] == ["Setting up"]
    inline = "# Setting up\n\nType ```make```.\n``` once ```\n\n# Running\n\nStart it."
    assert [title for title, _, _ in chunks(inline)] == ["Setting up", "Running"]


def test_folders_without_documents_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder"):
        corpus_of(tmp_path / "gone")
    with pytest.raises(DataError, match=r"no document: \.md and \.txt files are read; it is empty"):
        corpus_of(tmp_path)
    (tmp_path / "a.pdf").touch()
    with pytest.raises(DataError, match=r"it holds \.pdf"):
        corpus_of(tmp_path)
    (tmp_path / "a.txt").write_text("\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"none of the 1 document\(s\) has a word"):
        corpus_of(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"caf\xe9")
    with pytest.raises(DataError, match=r"a\.txt: not UTF-8 at byte 3"):
        corpus_of(tmp_path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"documents": []}, "needs `query`"),
        ({"query": "a"}, "needs `documents` beside `query`"),
        ({"query": "a", "documents": "b"}, "needs `documents` beside `query`"),
        ({"query": "a", "documents": ["b", {"title": "c"}]}, r"documents\[1\]: needs a text"),
        ({"query": "a", "documents": ["\ud83d"]}, "half of a surrogate pair"),
    ],
)
def test_what_is_no_input_is_refused(line: dict[str, object], said: str) -> None:
    with pytest.raises(DataError, match=said):
        read_input(line)


def test_what_is_no_text_is_named_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("A page.", encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes("é".encode("latin-1"))
    with pytest.raises(
        DataError, match=r"latin\.txt: not UTF-8 at byte 0: save it as UTF-8"
    ) as one:
        corpus_of(tmp_path)
    assert len(str(one.value).splitlines()) == 1
    (tmp_path / "wide.txt").write_bytes("A page.".encode("utf-16-le"))
    for number in range(9):
        (tmp_path / f"photo-{number}.md").write_bytes(b"\x89PNG\xff")
    with pytest.raises(DataError, match="11 documents cannot be read") as several:
        corpus_of(tmp_path)
    assert "and 6 more" in str(several.value) and len(str(several.value).splitlines()) == 7
    for path in tmp_path.glob("*.md"):
        path.unlink()
    (tmp_path / "latin.txt").unlink()
    with pytest.raises(DataError, match=r"wide\.txt: no text: a zero byte at character 1"):
        corpus_of(tmp_path)
    with pytest.raises(DataError, match="documents are read from a folder"):
        corpus_of(tmp_path / "good.txt")


def test_what_is_not_looked_in_is_told(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("A page.", encoding="utf-8")
    assert left_out(tmp_path, corpus_of(tmp_path)) == []
    (tmp_path / ".hidden").write_text("x", encoding="utf-8")
    (tmp_path / "blank.md").write_text(" \n", encoding="utf-8")
    for name in ("a.pdf", "b.pdf", "c.docx"):
        (tmp_path / name).write_bytes(b"x")
    empty, other = left_out(tmp_path, corpus_of(tmp_path))
    assert empty == "1 document(s) without a word: blank.md"
    assert other.startswith("3 file(s) are no ") and other.endswith(": .docx, .pdf")


def test_the_worst_rankings_are_shown_by_rank() -> None:
    asked = Query("q", "theft", (Judgement("theft", 1), Judgement("visit", 1)), corpus=PAGES)
    found = Ranking(("leave", "theft"), (1.0, 0.5), ("", ""), np.zeros(0, dtype=np.float32))
    (example,) = explain([asked], [found]).errors
    assert example.asked == "theft"
    assert example.words == [
        ("1.", "", ""),
        ("[leave] Leave", "", "found"),
        ("2.", "", ""),
        ("[theft] Report thefts within 14 days.", "found", "found"),
        ("Further down:", "", ""),
        ("[visit] Visitors", "relevant", ""),
    ]


def test_the_base_without_training_is_a_yardstick(tiny_base: Path) -> None:
    def beside(**given: object) -> dict[str, Predictor]:
        settings = {"family": "retrieval", "base": str(tiny_base), "max_length": 32, **given}
        return Retrieval.model_validate(settings).yardsticks(Path(), ())

    found = beside()
    assert list(found) == ["bm25", "zero_shot_base", "zero_shot_hybrid"]
    asked = [Query("q", "visitors at the entrance", (), corpus=PAGES)]
    base, both = (found[name].predict(asked)[0] for name in ("zero_shot_base", "zero_shot_hybrid"))
    assert both.documents[0] == "visit" and len(base.documents) == len(PAGES.passages)
    assert np.array_equal(base.logits, both.logits) and base.scores != both.scores
    (alone,) = beside(weight=1.0)["zero_shot_hybrid"].predict(asked)
    assert alone.documents == base.documents and alone.scores != both.scores
    assert list(beside(hybrid="none")) == ["bm25", "zero_shot_base"]
