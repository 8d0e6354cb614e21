"""align: gold values found in their texts, and what was not."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.curation.align import Tally, Way, align, canonical_word
from goldsmith.curation.values import Unaligned, Value, read
from goldsmith.errors import DataError
from goldsmith.records import TaggedTokens
from goldsmith.strings.distance import within
from goldsmith.text import bio_spans

TEXT = "On 3 May we issued $1,250.00 of 4.25% Senior  Notes, due 2030, by Acme Holdngs Inc."


def run(text: str, *values: tuple[str, str], way: Way = Way()) -> tuple[list[TaggedTokens], Tally]:  # noqa: B008
    tally = Tally()
    one = Unaligned("1", "d", text, tuple(Value(*value) for value in values), "test")
    return list(align([one], way, tally)), tally


def found(record: TaggedTokens) -> list[tuple[str, str]]:
    return [(s.label, " ".join(record.tokens[s.start : s.end])) for s in bio_spans(record.tags)]


@pytest.mark.parametrize(
    ("value", "placed", "how"),
    [
        ("4.25", "4.25", "exact"),
        ("1,250.00", "1,250.00", "exact"),
        ("$1,250.00", "$ 1,250.00", "exact"),
        ("1250", "1,250.00", "normalised"),
        ("€ 1250", "1,250.00", "normalised"),
        ("1.250,0", "1,250.00", "normalised"),
        ("4.250 %", "4.25 %", "normalised"),
        ("SENIOR notes", "Senior Notes", "normalised"),
        ("Acme Holdings Inc", "Acme Holdngs Inc", "fuzzy"),
    ],
)
def test_a_value_is_placed(value: str, placed: str, how: str) -> None:
    (record,), tally = run(TEXT, ("X", value), way=Way(fuzzy=2))
    assert found(record) == [("X", placed)]
    assert tally.counts == {"X": {how: 1}}
    assert (record.id, record.document_id, record.split) == ("1", "d", "test")


@pytest.mark.parametrize(
    ("value", "fuzzy", "fault"),
    [
        ("25", 0, "not found"),  # inside of 4.25
        ("4.26", 3, "not found"),  # another number, however near
        ("Acme Holdings Inc", 0, "not found"),
        ("Bcme Holdings Ltd", 3, "not found"),
        ("  ", 0, "empty"),
    ],
)
def test_a_value_without_a_place_leaves_its_record_out(value: str, fuzzy: int, fault: str) -> None:
    records, tally = run(TEXT, ("Rate", "4.25"), ("X", value), way=Way(fuzzy))
    assert records == [] and (tally.seen, tally.left_out) == (1, 1)
    assert [(one.label, one.fault) for one in tally.problems] == [("X", fault)]
    (record,), _ = run(TEXT, ("Rate", "4.25"), ("X", value), way=Way(fuzzy, keep_incomplete=True))
    assert found(record) == [("Rate", "4.25")]


def test_several_places() -> None:
    text = "from 4.25% up to 4.25%"
    records, tally = run(text, ("Rate", "4.25"))
    assert records == [] and tally.problems[0].fault == "ambiguous"
    assert tally.problems[0].places == ("from 4.25% up to", "% up to 4.25%")
    for ambiguous, number in (("first", 1), ("all", 2)):
        (record,), _ = run(text, ("Rate", "4.25"), way=Way(ambiguous=ambiguous))
        assert found(record) == [("Rate", "4.25")] * number
    (record,), tally = run(text, ("Rate", "4.25"), ("Rate", "4.25"))
    assert len(found(record)) == 2 and not tally.problems, "as many places as values"


def test_a_longer_value_takes_its_words_first() -> None:
    (record,), tally = run("Acme paid Acme Bank", ("Org", "Acme"), ("Bank", "Acme Bank"))
    assert found(record) == [("Org", "Acme"), ("Bank", "Acme Bank")] and not tally.problems


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["Acme", "2.25", "%", "notes", "A.B.", "é"]), min_size=1, max_size=8),
    st.data(),
)
def test_a_stretch_of_words_is_found_where_it_is_or_said_to_be_ambiguous(words: list[str], data: st.DataObject) -> None:  # fmt: skip
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    text, value = " ".join(words), " ".join(words[start:end])
    records, tally = run(text, ("X", value))
    if records:
        assert found(records[0]) == [("X", value)]
    else:
        assert tally.problems[0].fault == "ambiguous" and text.count(value) > 1


def test_canonical_numbers_and_distance() -> None:
    assert canonical_word("1,250") == "1250" and canonical_word("1,5") == "1.5"
    assert canonical_word("1.250.000") == "1250000" and canonical_word("007") == "7"
    assert within("flaw", "lawn", 2) == 2 and within("", "ab", 1) is None


def test_reading_values(tmp_path: Path) -> None:
    path = tmp_path / "values.jsonl"
    lines = [
        {"id": 7, "text": "a", "values": [{"label": "X", "value": 2.5}, {"label": "Y", "value": None}]},
        {"text": "b", "values": {"X": ["1", "2"], "Y": None}, "document_id": "d"},
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert list(read(path)) == [
        Unaligned("7", "", "a", (Value("X", "2.5"),)),
        Unaligned("2", "d", "b", (Value("X", "1"), Value("X", "2"))),
    ]
    for line, fault in (
        ({"txt": "a", "values": []}, "column 'text' is missing: did you mean txt"),
        ({"text": "a", "values": ["x"]}, "a list of {label, value}"),
        ({"text": "a", "values": [{"lable": "X", "value": "1"}]}, "did you mean lable"),
        ({"text": "a", "values": {"X": {"deep": 1}}}, "neither text nor a number"),
    ):
        path.write_text(json.dumps(line), encoding="utf-8")
        with pytest.raises(DataError, match=rf"values.jsonl:1: .*{fault}"):
            list(read(path))
