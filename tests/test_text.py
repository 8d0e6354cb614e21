"""Words, spans and tags."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.text import (
    Span,
    bio_spans,
    canonical_bio,
    is_tag,
    join_words,
    normalise,
    spans_to_bio,
    split_words,
)

TAGS = st.lists(st.sampled_from(["O", "B-A", "I-A", "B-B", "I-B"]), max_size=12)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("LIBOR plus 2.25%.", ["LIBOR", "plus", "2.25", "%", "."]),
        ("$1,250.5 million", ["$", "1,250.5", "million"]),
        ("the Company’s U.S. notes", ["the", "Company", "’s", "U.S.", "notes"]),
        ("a 10-K", ["a", "10", "-", "K"]),
        ("rate\u00a0🙂 5", ["rate", "🙂", "5"]),
        ("Smørrebrød", ["Smørrebrød"]),
        ("  ", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in split_words(text)] == words


@given(st.text(max_size=60))
def test_words_cover_all_but_white_space(text: str) -> None:
    offsets = split_words(text)
    assert "".join(text[a:b] for a, b in offsets) == "".join(text.split())
    assert all(b <= c for (_, b), (c, _) in pairwise(offsets))


@given(st.lists(st.text(min_size=1, max_size=5), max_size=6))
def test_joined_words_are_found_at_their_offsets(words: list[str]) -> None:
    text, offsets = join_words(words)
    assert [text[a:b] for a, b in offsets] == words
    assert text == " ".join(words)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The  NOTES", "the notes", True),
        ("Company\u00a0pays", "company pays", True),
        ("ﬁxed rate", "fixed rate", True),
        ("2.25 %", "2.26 %", False),
    ],
)
def test_normalise_folds_only_what_makes_no_difference(one: str, other: str, same: bool) -> None:
    assert (normalise(one) == normalise(other)) is same


@pytest.mark.parametrize("tag", ["O", "B-x", "I-x", "B-a-b"])
def test_legal_tags(tag: str) -> None:
    assert is_tag(tag)


@pytest.mark.parametrize("tag", ["", "o", "B-", "S-x", "Rate", "b-x", "B_x"])
def test_illegal_tags(tag: str) -> None:
    assert not is_tag(tag)
    assert len(canonical_bio([tag, "O"])) == 2  # looked at before it is refused: must not fail


@given(TAGS)
def test_spans_and_tags_are_inverse(tags: list[str]) -> None:
    assert spans_to_bio(bio_spans(tags), len(tags)) == canonical_bio(tags)
    assert canonical_bio(canonical_bio(tags)) == canonical_bio(tags)


def test_neighbours_stay_two_entities() -> None:
    assert bio_spans(["B-A", "B-A", "I-A"]) == [Span(0, 1, "A"), Span(1, 3, "A")]
    assert bio_spans(["B-A", "I-B"]) == [Span(0, 1, "A"), Span(1, 2, "B")]
