"""The data contract: each check fails on its broken record and names it, within bounds as configured."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pydantic import ValidationError

from goldsmith.config.checks import CHECKS
from goldsmith.config.sections import Validation as Bounds
from goldsmith.errors import DataError
from goldsmith.records import (
    Answer,
    Field,
    Judgement,
    LabelledText,
    Query,
    Question,
    Record,
    TaggedTokens,
    arrow_schema,
)
from goldsmith.validation import checking, contract, report


def check(
    folder: Path,
    records: list[Any],
    corpus: list[str] | None = None,
    kind: type[Record] = TaggedTokens,
    **bounds: Any,
) -> dict[str, checking.Check]:
    """The raw checks of some records by name."""
    schema = arrow_schema(kind.kind)
    rows = [record.row() for record in records]
    pq.write_table(pa.Table.from_pylist(rows, schema), folder / "records.parquet")
    if corpus is not None:
        documents = [{"document_id": name, "title": "", "text": f"on {name}"} for name in corpus]
        passages = pa.Table.from_pylist(documents, arrow_schema("passage"))
        pq.write_table(passages, folder / "corpus.parquet")
    fixed = {"min_rows": 3, "max_tokens": 8} | bounds
    found, profile = contract.check_raw(kind.kind, folder, Bounds.model_validate(fixed))
    assert profile.num_rows == len(records)
    return {one.check: one for one in found.checks}


def faulty(checks: dict[str, checking.Check]) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {name: (one.status, one.ids) for name, one in checks.items() if one.status != "passed"}


def tagged(number: int, **change: Any) -> TaggedTokens:
    fields: dict[str, Any] = {"tokens": ("at", f"2{number}"), "tags": ("O", "B-Rate")}
    return TaggedTokens(
        **{"id": f"r{number}", "document_id": "", "split": "train"} | fields | change
    )


GOOD = [tagged(number) for number in range(4)]


def test_good_records_pass_every_check_of_their_type(tmp_path: Path) -> None:
    found = check(tmp_path, GOOD)
    assert faulty(found) == {}
    wanted = {
        name
        for name, one in CHECKS.items()
        if one.stage == "raw" and (not one.kinds or "tagged_tokens" in one.kinds)
    }
    # Looked at only where languages are named, and on pages.
    assert found.keys() == wanted - {"language", "values_on_page", "boxes_on_page"}


BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("legal_tags", {"tags": ("O", "Rate")}),
    ("legal_tags", {"tags": ("O", "")}),
    ("empty_text", {"tokens": (" ", ""), "tags": ("O", "O")}),
    ("empty_text", {"tokens": (), "tags": ()}),
    ("oversized_text", {"tokens": ("a",) * 9, "tags": ("O",) * 9}),
    ("empty_tokens", {"tokens": ("at", "")}),
    ("dangling_inside", {"tags": ("O", "I-Rate")}),
    ("half_tagged_numbers", {"tokens": ("2", ".", "25"), "tags": ("O", "O", "B-Rate")}),
    ("odd_entities", {"tokens": ("at", "the"), "tags": ("O", "B-Rate")}),
    ("label_set", {"tags": ("O", "B-rate")}),
    ("replacement_characters", {"tokens": ("caf\ufffd", "2")}),
    ("mojibake", {"tokens": ("cafÃ©", "2")}),
    ("control_characters", {"tokens": ("a\0t", "2")}),
    ("zero_width", {"tokens": ("\ufeffat", "2")}),
    ("duplicates", {"tokens": ("at", "20")}),
    ("conflicts", {"tokens": ("at", "20"), "tags": ("O", "B-Cap")}),
]


def test_each_check_names_its_broken_records(tmp_path: Path) -> None:
    broken = [tagged(n, **change) for n, (_, change) in enumerate(BROKEN, start=100)]
    found = check(tmp_path, [*GOOD, *broken])
    for name in CHECKS:
        named = {f"r{n}" for n, (one, _) in enumerate(BROKEN, start=100) if one == name}
        if named:
            assert named <= set(found[name].ids), name
            assert found[name].status != "passed"
            assert min(named) in found[name].sentence() and found[name].remedy
    assert found["mojibake"].failures == found["zero_width"].failures == 1
    assert faulty(check(tmp_path, [*GOOD, tagged(9, tags=("O",))]))["equal_lengths"][1] == ("r9",)


def test_a_number_tagged_whole_and_an_emoji_are_no_fault(tmp_path: Path) -> None:
    whole = tagged(7, tokens=("2", ".", "25"), tags=("B-Rate", "I-Rate", "I-Rate"))
    family = tagged(
        8,
        tokens=("👩\u200d👩\u200d👧", "SÃO", "«CAFÉ»", "“SMÅ”", "30"),
        tags=("O",) * 4 + ("B-Rate",),
    )
    assert faulty(check(tmp_path, [*GOOD, whole, family])) == {}


@pytest.mark.parametrize(
    ("records", "name"),
    [
        (GOOD[:2], "row_count"),
        ([], "row_count"),
        ([tagged(n, tags=("O", "O")) for n in range(4)], "some_entity"),
        ([*GOOD, tagged(2, tokens=("other", "5"))], "unique_ids"),
        ([*GOOD, tagged(0, id="", tokens=("other", "5"))], "unique_ids"),
    ],
)
def test_checks_of_the_whole(tmp_path: Path, records: list[TaggedTokens], name: str) -> None:
    assert check(tmp_path, records)[name].status == "failed"


def texts(count: int) -> list[LabelledText]:
    return [
        LabelledText(f"t{n}", "", f"a message on matter {n}", ("cards", "loans")[n % 2], "train")
        for n in range(count)
    ]


def test_labelled_texts(tmp_path: Path) -> None:
    broken = {
        "none": ("hello there", "", "empty_label"),
        "blank": ("hello here", " ", "empty_label"),
        "swapped": ("cards", "a message on my card", "label_in_text"),
        "case": ("hello again", "Cards", "label_set"),
        "unlisted": ("hello to you", "crads", "label_set"),
        "large": ("x" * 500, "cards", "oversized_text"),
        "danish": ("Dette er en besked om mit kort, som ikke virker længere", "cards", "language"),
    }
    records = [LabelledText(name, "", *values[:2], "train") for name, values in broken.items()]
    bounds = {"labels": ["cards", "loans"], "language": ["en"], "max_chars": 499, "max_tokens": 30}
    found = check(tmp_path, [*texts(40), *records], kind=LabelledText, **bounds)
    for name, (_, _, caught_by) in broken.items():
        assert name in found[caught_by].ids
    assert {one for check in found.values() for one in check.ids} == set(broken)


def question(number: int, *answers: Answer, **change: Any) -> Question:
    context = f"In {1900 + number} the Café Noir opened on the 2nd floor."
    fields: dict[str, Any] = {"answers": answers, "is_impossible": not answers}
    asked = f"What happened, number {number}?"
    return Question(**{"id": f"q{number}", "document_id": "d", "title": "", "context": context, "question": asked} | fields | change)  # fmt: skip


def test_questions(tmp_path: Path) -> None:
    good = [question(1, Answer("Café Noir", 12)), question(2), question(3, Answer("2", 36))]
    broken = [
        ("answer_offsets", question(10, Answer("Café", 13))),
        ("answer_offsets", question(11, Answer("Café", 900))),
        ("answer_offsets", question(12, Answer(".", -1))),
        ("empty_answer", question(13, Answer("", 12))),
        ("answer_cuts_word", question(14, Answer("Caf", 12))),
        ("answer_cuts_word", question(15, Answer("191", 3))),
        ("no_answer_consistent", question(16, Answer("Café", 12), is_impossible=True)),
        ("no_answer_consistent", question(17, is_impossible=False)),
        ("empty_question", question(18, Answer("Café", 12), question=" ")),
    ]
    records = [*good, question(4, Answer("1904", 3), Answer("Café", 12))]
    found = check(tmp_path, [*records, *(one for _, one in broken)], kind=Question, max_tokens=99)
    for name in {name for name, _ in broken}:
        assert found[name].ids == tuple(one.id for caught, one in broken if caught == name)
    assert {one for check in found.values() for one in check.ids} == {one.id for _, one in broken}


def test_queries_and_their_documents(tmp_path: Path) -> None:
    queries = [Query(f"q{n}", f"what is {n}", (Judgement(f"d{n}", 1),)) for n in range(4)]
    broken = [
        Query("q8", "what is 8", ()),
        Query("q9", "what is 9", (Judgement("d1", 1), Judgement("d99", 2))),
    ]
    corpus = ["d0", "d1", "d2", "d3", "d2"]
    assert faulty(check(tmp_path, queries, corpus[:4], Query)) == {}
    found = check(tmp_path, [*queries, *broken], corpus, Query)
    assert (found["judgements"].ids, found["judged_documents"].ids) == (("q8",), ("q9",))
    assert found["unique_documents"].ids == ("d2",)


def test_values_of_fields(tmp_path: Path) -> None:
    good = [
        Field(f"f{n}", f"d{n}", ("date", "total")[n % 2], (f"{n % 28 + 1}/3/2019", f"RM {n}.20")[n % 2])
        for n in range(200)
    ]  # fmt: skip
    broken = [Field("odd", "d900", "date", "43459"), Field("none", "d901", "total", " ")]
    found = check(tmp_path, [*good, *broken], kind=Field, fields=["date"])
    assert found["value_shape"].ids[0] == "odd"
    assert found["empty_value"].ids == ("none",)
    assert found["field_vocabulary"].ids[:2] == ("f1", "f3")


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        ({}, "failed"),
        ({"severity": "warn"}, "warning"),
        ({"max_count": 1}, "failed"),
        ({"max_count": 2}, "warning"),
        ({"max_share": 0.05}, "failed"),
        ({"max_share": 0.1}, "warning"),
        ({"max_share": 0.0, "severity": "warn"}, "warning"),
    ],
)
def test_severity_and_bound_come_from_the_use_case(
    tmp_path: Path, rule: dict[str, Any], status: str
) -> None:
    broken = [tagged(n, tags=("O", "X-Rate")) for n in (40, 41)]
    records = [*(tagged(n) for n in range(18)), *broken]
    found = check(tmp_path, records, checks={"legal_tags": rule})["legal_tags"]
    assert (found.status, found.failures, found.ids) == (status, 2, ("r40", "r41"))
    assert check(tmp_path, GOOD, checks={"legal_tags": rule})["legal_tags"].status == "passed"


def test_an_unknown_check_is_refused_with_the_near_names() -> None:
    with pytest.raises(ValidationError, match=r"'mojibakes': did you mean mojibake\?"):
        Bounds.model_validate({"checks": {"mojibakes": {"severity": "warn"}}})
    with pytest.raises(ValidationError, match="max_count or max_share, not both"):
        Bounds.model_validate({"checks": {"mojibake": {"max_count": 1, "max_share": 0.5}}})


def test_ids_are_bounded_and_counted(tmp_path: Path) -> None:
    broken = [tagged(n, tags=("O", "x")) for n in range(10, 200)]
    found = check(tmp_path, [*GOOD, *broken])["legal_tags"]
    assert (len(found.ids), found.failures) == (20, 190)
    assert "190 faulty in r10, r11, r12, r13, r14 and 185 more" in found.sentence()
    assert len(found.sentence()) < 250


def test_a_missing_column_fails_and_does_not_raise(tmp_path: Path) -> None:
    from goldsmith.validation import suites

    check(tmp_path, GOOD)
    _, profile = contract.check_raw("tagged_tokens", tmp_path, Bounds(min_rows=1))
    suite = [
        *suites.whole_table(profile.column_names, Bounds()),
        *suites.flags(["mojibake"], Bounds()),
    ]
    frame = profile.select(["id", "zero_width"]).to_pandas()
    found = {one.check: one.status for one in checking.run_suite(frame, suite)}
    assert found["schema"] == found["mojibake"] == "failed"


def many_failed(count: int) -> checking.Validation:
    checks = tuple(
        checking.Check(check=f"check <{n}>", title="", status="failed", observed="", failures=1, ids=("r1",))
        for n in range(count)
    )  # fmt: skip
    return checking.result("validate_raw", 9, checks)


def test_a_broken_contract_stops_the_run_in_few_lines(tmp_path: Path) -> None:
    report.require(many_failed(0), tmp_path)
    with pytest.raises(DataError) as caught:
        report.require(many_failed(9), tmp_path)
    lines = str(caught.value).splitlines()
    assert len(lines) == 8 and "9 of 9 checks" in lines[0] and "and 4 more" in lines[6]


def test_a_report_survives_its_file_and_escapes(tmp_path: Path) -> None:
    report.write(many_failed(2), tmp_path)
    assert report.read(tmp_path) == many_failed(2)
    page = (tmp_path / report.HTML_FILE).read_text(encoding="utf-8")
    assert "check &lt;1&gt;" in page and "<1>" not in page and "http" not in page
    assert "| check <0> | **failed** |" in report.markdown(many_failed(2))
