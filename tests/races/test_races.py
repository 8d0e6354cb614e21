"""A hundred of the thousand promotions that `python -m tests.races` makes on each store."""

from pathlib import Path

import pytest

from tests.races import contestants, stores
from tests.races.racing import Total, race


def test_better_version_always_wins_so_that_a_race_has_one_right_end() -> None:
    for worse, better in zip(contestants.QUALITIES, contestants.QUALITIES[1:], strict=False):
        for ours, theirs in ((worse, better), (better, worse)):
            gate = contestants.gate(ours, theirs)
            assert gate.passed is (ours > theirs), gate.reason


def raced(name: str, promotions: int, place: Path) -> Total:
    with stores.running(name, place) as variables:
        return race(promotions, variables, seed=7)


def test_race_on_sqlite(tmp_path: Path) -> None:
    total = raced("sqlite", 20, tmp_path)
    assert total.promotions == 20 and total.faults.total() > 5


@pytest.mark.slow
def test_race_on_postgresql(postgres_server: str, tmp_path: Path) -> None:
    variables = {**stores.own(tmp_path), **stores.on_postgres(postgres_server, "races")}
    assert race(40, variables, seed=7).faults.total() > 10


@pytest.mark.slow
def test_race_on_a_server(tmp_path: Path) -> None:
    assert raced("server", 40, tmp_path).faults.total() > 10
