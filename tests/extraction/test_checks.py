"""What is wrong with either side is counted, named and bounded before anything is scored."""

import pytest

from goldsmith.config.evaluation import FieldRule, ResultsChecks
from goldsmith.errors import DataError
from goldsmith.extraction.checks import Sides, validate
from goldsmith.records import Field, OcrPage
from goldsmith.validation.checking import Check
from goldsmith.validation.report import require
from tests.extraction.values import value, values

DOCUMENTS = [f"d{number}" for number in range(20)]
GOLD = [one for name in DOCUMENTS for one in values(name, total="1", date="2021-01-02")]


def checked(
    found: list[Field],
    gold: list[Field] = GOLD,
    bounds: ResultsChecks | None = None,
    **more: object,
) -> dict[str, Check]:
    pages, rules = more.get("pages", []), more.get("rules", {})
    sides = Sides(gold, found, pages, rules)  # type: ignore[arg-type]
    return {one.check: one for one in validate(sides, bounds or ResultsChecks()).checks}


def test_sound_sides_pass_every_check() -> None:
    pages = [OcrPage(name, name, 1, 10, 10, (), ()) for name in DOCUMENTS]
    assert {one.status for one in checked(GOLD, pages=pages).values()} == {"passed"}


def test_two_gold_values_for_one_field(tmp_path) -> None:
    twice = [*GOLD, value("d3", "total", "2")]
    found = checked(GOLD, twice)["doubled_goldens"]
    assert (found.status, found.ids, found.seen) == ("failed", ("d3: total",), ("'1' and '2'",))
    many = checked(GOLD, twice, rules={"*": FieldRule(many=True)})
    assert many["doubled_goldens"].status == "passed"
    with pytest.raises(DataError, match=r"doubled_goldens.*1 faulty in d3: total.*many: true"):
        require(validate(Sides(twice, GOLD, [], {}), ResultsChecks()), tmp_path)


def test_two_found_values_for_one_field_warn() -> None:
    assert checked([*GOLD, value("d3", "total", "2")])["doubled_results"].status == "warning"


def test_results_for_documents_without_goldens_and_the_other_way_round() -> None:
    strangers = [*GOLD, *values("x1", total="1"), *values("x2", total="1")]
    found = checked(strangers)["results_without_goldens"]
    assert (found.status, found.ids, found.observed) == ("failed", ("x1", "x2"), "observed 2 of 22")
    lenient = ResultsChecks(allow={"results_without_goldens": 0.1})
    assert checked(strangers, bounds=lenient)["results_without_goldens"].status == "warning"
    half = [one for one in GOLD if int(one.document_id[1:]) < 10]
    lacking = checked(half)["goldens_without_results"]
    assert (lacking.status, lacking.failures) == ("failed", 10)
    elsewhere = [value(f"D{one.document_id}", one.field, one.value) for one in GOLD]
    assert checked(elsewhere)["goldens_without_results"].failures == 20


@pytest.mark.parametrize("side", ["goldens", "results"])
def test_an_empty_side(side: str) -> None:
    found = checked(GOLD if side == "goldens" else [], [] if side == "goldens" else GOLD)
    assert [(one.check, one.status, one.ids) for one in found.values()] == [
        ("values", "failed", (f"{side} are empty",))
    ]


def test_names_of_fields_that_the_goldens_do_not_have() -> None:
    found = checked([*GOLD, value("d1", "totl", "1")])["unknown_fields"]
    assert (found.status, found.seen) == ("failed", ("'totl', did you mean total?",))
    rules = {"totl": FieldRule(), "date": FieldRule()}
    idle = checked(GOLD, rules=rules)
    assert idle["rules_without_goldens"].seen == ("'totl', did you mean total?",)
    assert idle["unknown_fields"].status == "failed"


@pytest.mark.parametrize("box", [(-1, 0, 5, 5), (5, 0, 1, 5), (0, 5, 5, 1)])
def test_boxes_that_are_none(box: tuple[float, ...]) -> None:
    boxed = [
        Field(one.id, one.document_id, one.field, one.value, 1, (0, 0, 5, 5)) for one in GOLD[:3]
    ]
    broken = Field("d9:x", "d9", "total", "1", 1, box)
    found = checked([*boxed, broken])["wrong_boxes"]
    assert (found.status, found.ids, found.seen) == ("failed", ("d9:x",), (str(box),))


def test_boxes_that_lie_over_one_another_warn() -> None:
    def boxed(field: str, box: tuple[float, ...], page: int = 1) -> Field:
        return Field(f"d1:{field}{page}", "d1", field, "1", page, box)

    apart = [boxed("total", (0, 0, 10, 10)), boxed("date", (0, 9, 10, 19)), boxed("date", (0, 0, 10, 10), 2)]  # fmt: skip
    assert checked(apart)["overlapping_boxes"].status == "passed"
    over = checked([boxed("total", (0, 0, 10, 10)), boxed("date", (1, 1, 9, 9))])
    assert over["overlapping_boxes"].ids == ("d1:total1 and d1:date1",)
    assert over["overlapping_boxes"].status == "warning"


def test_empty_values_confidences_and_missing_pages() -> None:
    odd = [*GOLD, value("d1", "total", " "), value("d2", "total", "1", score=87.0)]
    found = checked(odd, pages=[OcrPage("d0", "d0", 1, 10, 10, (), ())])
    assert found["empty_values"].failures == 1 and found["wrong_scores"].ids == ("d2:total:1",)
    assert found["documents_without_pages"].failures == 19


def test_what_is_listed_is_bounded() -> None:
    many = [value(f"x{number}", "total", "1") for number in range(500)]
    found = checked([*GOLD, *many])["results_without_goldens"]
    assert found.failures == 500 and len(found.ids) == 20 and len(found.sentence()) < 400
