"""SQL as a source, on SQLite: what is refused, what is read, and that no password is shown."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from goldsmith import config, pipeline
from goldsmith.errors import ConfigError, DataError, GoldsmithError
from goldsmith.sources.sql import SqlSource

CANARY = "c4n@ry/pässword"
QUOTED = "c4n%40ry%2Fp%C3%A4ssword"
TABLE = "create table mails (id integer primary key, body text, department text, sender text)"
MODEL = {"family": "sequence_classification", "base": "packaged:minilm"}
MAPPED = "{format: texts, columns: {text: body, label: department}}"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "mails.db")) as found:
        found.execute(TABLE)
        rows = [(number, f"mail {number}", "claims", "x@y") for number in range(5, 0, -1)]
        found.executemany("insert into mails values (?, ?, ?, ?)", rows)
        found.commit()
        monkeypatch.setenv("MAILS", f"sqlite:///{tmp_path / 'mails.db'}")
        yield found


def use_case(*overrides: str, reader: str = MAPPED, place: str = "table=mails") -> config.UseCase:
    source = {"kind": "sql", "url_env": "MAILS", "reader": yaml.safe_load(reader)}
    key, _, value = place.partition("=")
    settings = {"source": {**source, key: value}, "model": MODEL}
    return config.load("toy", overrides=overrides, settings=settings)


def lines(found: Any) -> list[dict[str, Any]]:
    text = (found.folder / "rows.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_a_table_is_read_by_its_key_and_by_the_columns_that_are_named(
    project: Path, database: sqlite3.Connection
) -> None:
    found = pipeline.raw(use_case())
    assert lines(found)[0] == {"id": 1, "body": "mail 1", "department": "claims"}
    assert [line["id"] for line in lines(found)] == [1, 2, 3, 4, 5]
    loaded = pipeline.make_stage("load", use_case(), {"raw": found.folder})
    assert json.loads((loaded.folder / "raw.json").read_text())["records"] == 5


def test_equal_rows_are_one_snapshot(project: Path, database: sqlite3.Connection) -> None:
    first = pipeline.raw(use_case())
    by_query = use_case(
        "source.order_by=[id]", place="query=select id, body, department from mails;"
    )
    assert pipeline.raw(by_query).key == first.key
    database.execute("update mails set sender = 'another'")  # not read: nothing new
    database.commit()
    assert pipeline.raw(use_case()).key == first.key
    database.execute("update mails set body = 'other' where id = 3")
    database.commit()
    assert pipeline.raw(use_case()).key != first.key


def test_values_of_every_kind(project: Path, database: sqlite3.Connection) -> None:
    database.execute("insert into mails values (6, null, 2.0, 'x')")
    database.execute("insert into mails values (7, '100 % %s :id', 1e999, 'x')")
    database.commit()
    found = lines(pipeline.raw(use_case("source.order_by=[id]")))
    assert found[5] == {"id": 6, "body": None, "department": "2.0"}
    assert found[6] == {"id": 7, "body": "100 % %s :id", "department": "Inf"}


def test_a_percent_sign_in_a_query_stays_one(project: Path, database: sqlite3.Connection) -> None:
    place = "query=select * from mails where body like '%3' or body = ':x'"
    assert len(lines(pipeline.raw(use_case("source.order_by=[id]", place=place)))) == 1


@pytest.mark.parametrize(
    ("overrides", "place", "said"),
    [
        ((), "table=mail", r"source\.table: mail of \$MAILS: no such table: did you mean mails\?"),
        ((), "table=other.mails", "no such schema: valid: main"),
        (
            ("source.reader.columns.label=departement",),
            "table=mails",
            r"columns\.label: mails has no column 'departement': did you mean department\?",
        ),
        (
            ("source.order_by=[ide]",),
            "table=mails",
            r"source\.order_by: mails has no column 'ide': did you mean id",
        ),
        (
            ("source.order_by=[department]",),
            "table=mails",
            r"two rows of mails have the same department \(claims\)",
        ),
        (
            ("source.order_by=[id]",),
            "query=select id from mail",
            "refuses the query: no such table",
        ),
        (("source.order_by=[id]",), "query=select * from mails where id > 9", "it has no row"),
        (
            ("source.order_by=[id]",),
            "query=select id, x'00ff' as body, department from mails",
            "column 'body' holds bytes",
        ),
    ],
)
def test_what_is_not_there_is_said_before_anything_is_kept(
    project: Path, home: Path, database: sqlite3.Connection,
    overrides: tuple[str, ...], place: str, said: str,
) -> None:  # fmt: skip
    with pytest.raises((DataError, ConfigError), match=said):
        pipeline.raw(use_case(*overrides, place=place))
    assert not list(home.glob("artifacts/snapshot/*"))


def test_a_column_that_the_reader_needs_is_missed_with_all_names(
    project: Path, database: sqlite3.Connection
) -> None:
    """By its first row: nothing else is read before."""
    with pytest.raises(DataError, match=r"column 'label' is missing: valid: .*department.*sender"):
        pipeline.raw(use_case(reader="{format: texts, columns: {text: body}}"))


def test_a_table_without_a_key_needs_an_order(project: Path, database: sqlite3.Connection) -> None:
    database.execute("create view latest as select * from mails")
    with pytest.raises(DataError, match=r"source\.order_by: latest has no primary key"):
        pipeline.raw(use_case(place="table=latest"))
    assert len(lines(pipeline.raw(use_case("source.order_by=[id]", place="table=latest")))) == 5


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        (["source.query=select 1 as id"], "name a table or a query, one of them"),
        (["source.table=null"], "name a table or a query, one of them"),
        (["source.table=null", "source.query=delete from mails"], "one SELECT is needed"),
        (["source.table=null", "source.query=-- select\ndrop table mails"], "one SELECT is needed"),
        (["source.table=null", "source.query=select * from mails"], "a query needs order_by"),
        (["source.reader={format: conll}"], "format conll reads no rows"),
        ([f"source.url_env=postgresql://u:{QUOTED}@h/d"], "the name of an environment variable"),
        ([f"source.url=postgresql://u:{QUOTED}@h/d"], "a use case holds no url of a database"),
        ([f"source.password={CANARY}"], "a use case holds no password of a database"),
    ],
)
def test_what_a_use_case_may_not_say(project: Path, overrides: list[str], said: str) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        use_case(*overrides)
    assert "c4n" not in str(caught.value)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "MAILS is not set"),
        (f"postgresql//u:{CANARY}", "what MAILS holds is no URL"),
        (f"postgresql://u:{QUOTED}@h:port/d", "what MAILS holds is no URL"),
        (f"oracle://u:{QUOTED}@h/d", "valid: mariadb, mysql, postgresql, sqlite"),
        ("sqlite:///no/such.db", "there is no SQLite file no/such.db"),
    ],
)
def test_what_the_variable_may_not_hold(
    project: Path, monkeypatch: pytest.MonkeyPatch, value: str, said: str
) -> None:
    monkeypatch.setenv("MAILS", value)
    with pytest.raises(ConfigError, match=said) as caught:
        pipeline.raw(use_case())
    assert "c4n" not in str(caught.value)


def test_a_file_that_is_no_database(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.db").write_text("no database" * 100)
    monkeypatch.setenv("MAILS", f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(GoldsmithError, match="MAILS names a file that is no sound SQLite database"):
        pipeline.raw(use_case())


def test_the_section_names_no_secret() -> None:
    reader = {"format": "texts"}
    found = SqlSource(kind="sql", url_env="MAILS", table="mails", reader=reader)
    assert found.model_dump(mode="json")["url_env"] == "MAILS"
    assert found.facts is None
    assert found.remote
