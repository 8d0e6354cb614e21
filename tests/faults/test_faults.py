"""Every fault is caught, with the right names, and clean goldens raise no false alarm."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.faults import table
from tests.faults.clean import messages
from tests.faults.goldens import Goldens
from tests.faults.injectors import FAULTS, Fault
from tests.faults.injectors.base import Named
from tests.faults.judging import Judged, judge
from tests.faults.rules import Rules
from tests.faults.sets import EMBEDDED, PUBLIC, Looked, Public, look_at_embedded, look_at_public

# The page needs all results once more.
_judged: dict[str, Judged] = {}
_looked: dict[str, Looked] = {}


def judged(fault: Fault) -> Judged:
    if fault.name not in _judged:
        _judged[fault.name] = judge(fault)
    return _judged[fault.name]


def at_embedded(make: Callable[[], Goldens]) -> Looked:
    if make.__name__ not in _looked:
        _looked[make.__name__] = look_at_embedded(make)
    return _looked[make.__name__]


def at_public(one: Public, datasets: Path) -> Looked:
    if one.name not in _looked:
        _looked[one.name] = look_at_public(one, datasets)
    return _looked[one.name]


def test_there_are_enough_faults_of_every_record_type() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 20
    assert len({make().kind for make in EMBEDDED}) == 5
    for make in EMBEDDED:
        assert sum(fault.into is make for fault in FAULTS) >= 5


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_fault_is_caught(fault: Fault) -> None:
    found = judged(fault)
    assert found.caught, f"by {found.by}; else {found.others}"


@pytest.mark.parametrize("make", EMBEDDED, ids=lambda make: make.__name__)
def test_embedded_goldens_are_clean(make: Callable[[], Goldens]) -> None:
    assert at_embedded(make).findings == ()


@pytest.mark.parametrize("one", PUBLIC, ids=lambda one: one.name)
def test_public_goldens_raise_no_false_alarm(one: Public, datasets_folder: Path) -> None:
    found = at_public(one, datasets_folder)
    assert found.alarms == ()
    assert found.records > 100


def test_the_page_is_current(datasets_folder: Path) -> None:
    looked = [at_embedded(make) for make in EMBEDDED]
    looked += [at_public(one, datasets_folder) for one in PUBLIC]
    made = table.HEAD + table.markdown([judged(fault) for fault in FAULTS], looked)
    assert table.PAGE.read_text(encoding="utf-8") == made, "run: python -m tests.faults --write"


def _nothing(goldens: Goldens, draw: Random) -> Named:
    return [{goldens.rows[0]["id"]}]


def _one_too_few(goldens: Goldens, draw: Random) -> Named:
    for row in goldens.rows[:12]:
        row["text"] = ""
    return [{row["id"]} for row in goldens.rows[:11]]


@pytest.mark.parametrize(
    ("spoil", "check", "how"),
    [
        (_nothing, "empty_text", "error"),
        (_one_too_few, "empty_text", "error"),
        (_one_too_few, "empty_text", "warning"),
        (_one_too_few, "mojibake", "error"),
        (_one_too_few, "", "harmless"),
    ],
)
def test_the_proof_can_fail(
    spoil: Callable[[Goldens, Random], Named], check: str, how: str
) -> None:
    fault = Fault("spoilt", messages, "", check, how, rows=spoil)
    assert not judge(fault).caught


def test_a_sound_record_that_is_named_is_a_false_alarm() -> None:
    from goldsmith.records import LabelledText

    texts = ["a\u200bb", "sound", "twice", "Twice "]
    rules = Rules(LabelledText(str(n), "", text, "x") for n, text in enumerate(texts))
    assert [rules.has("zero_width", str(n)) for n in range(4)] == [True, False, False, False]
    assert [rules.has("prepare.duplicates", str(n)) for n in range(4)] == [False, False, True, True]
    assert not rules.has("a_check_without_a_rule", "1")
