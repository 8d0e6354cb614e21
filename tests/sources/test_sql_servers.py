"""SQL as a source, on real PostgreSQL and MariaDB servers: consistent, read-only, and in words when
one is away. Each has a user whose password must show nowhere."""

import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from goldsmith import config, pipeline
from goldsmith.errors import ConfigError, DataError, StoreError
from goldsmith.sources.generated import GeneratedSource
from goldsmith.stages.load import read_records
from tests import mariadb, postgres
from tests.command import until
from tests.sources.test_sql import CANARY, QUOTED, lines, use_case

pytestmark = pytest.mark.slow
MANY = 6001
BLOCKED = 4000  # rows that come before the query sleeps: two batches


@dataclass
class Database:
    """One server with a database `mail`, and what differs between the two kinds."""

    kind: str
    server: Any
    run: Callable[..., list[Any]]
    sleep: str
    sleeping: str

    def url(self, password: str = QUOTED, database: str = "mail") -> str:
        return f"{self.kind}://reader:{password}@127.0.0.1:{self.server.port}/{database}"


@pytest.fixture(scope="module")
def on_postgres() -> Iterator[Database]:
    import psycopg2

    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL: install its server (Debian: postgresql)")
    with postgres.server() as server:
        postgres.new_database(server.uri, "mail")

        def run(*statements: str) -> list[Any]:
            with contextlib.closing(psycopg2.connect(f"{server.uri}/mail")) as found:
                found.autocommit = True
                with found.cursor() as cursor:
                    for one in statements:
                        cursor.execute(one)
                    return list(cursor.fetchall()) if cursor.description else []

        (server.place / "data" / "pg_hba.conf").write_text(
            "local all all trust\n"
            "host all goldsmith 127.0.0.1/32 trust\n"
            "host all all 127.0.0.1/32 scram-sha-256\n"
        )
        run(
            "select pg_reload_conf()",
            f"create user reader password '{CANARY}'",
            # So that rows come by the index, at once, and no process beside looks ahead.
            "alter database mail set enable_sort = off",
            "alter database mail set enable_seqscan = off",
            "alter database mail set enable_bitmapscan = off",
            "alter database mail set max_parallel_workers_per_gather = 0",
        )
        sleeping = "select 1 from pg_stat_activity where wait_event = 'PgSleep'"
        yield Database("postgresql", server, run, "pg_sleep(600) is null", sleeping)


@pytest.fixture(scope="module")
def on_mariadb() -> Iterator[Database]:
    with mariadb.server() as server:
        server.run(
            "create database mail character set utf8mb4",
            f"create user reader identified by '{CANARY}'",
            "grant select, execute on mail.* to reader",
        )

        def run(*statements: str) -> list[Any]:
            return server.run(*statements, database="mail")

        sleeping = "select 1 from information_schema.processlist where state = 'User sleep'"
        yield Database("mariadb", server, run, "sleep(600) = 1", sleeping)


@pytest.fixture(params=["on_postgres", "on_mariadb"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    found: Database = request.getfixturevalue(request.param)
    found.run(
        "create table mails (id integer primary key, body text, department varchar(40), "
        "sent timestamp null, fee decimal(10, 2))",
        "create table secrets (id integer primary key, body text)",
    )
    if found.kind == "postgresql":
        found.run("grant select on mails to reader")
    monkeypatch.setenv("MAILS", found.url())
    yield found
    found.run("drop table if exists mails", "drop table secrets")


def fill(database: Database, rows: int = 3) -> None:
    for start in range(0, rows, 2000):
        values = ", ".join(
            f"({number}, 'Mail nr. {number}: blåbær', 'claims', '2024-05-01 12:00:00', 1.50)"
            for number in range(start, min(start + 2000, rows))
        )
        database.run(f"insert into mails values {values}")


def test_rows_are_the_same_from_either_server(project: Path, database: Database) -> None:
    fill(database, 2500)
    found = pipeline.raw(use_case())
    assert lines(found)[2499] == {
        "id": 2499, "body": "Mail nr. 2499: blåbær", "department": "claims",
    }  # fmt: skip
    typed = pipeline.raw(use_case(reader="{format: texts, columns: {text: sent, label: fee}}"))
    assert lines(typed)[0] == {"id": 0, "sent": "2024-05-01T12:00:00", "fee": 1.5}


def test_a_table_of_another_schema(project: Path, database: Database) -> None:
    fill(database)
    schema = "public" if database.kind == "postgresql" else "mail"
    assert len(lines(pipeline.raw(use_case(place=f"table={schema}.mails")))) == 3
    with pytest.raises(DataError, match=r"no such table: did you mean mails\?"):
        pipeline.raw(use_case(place=f"table={schema}.mail"))


@pytest.mark.parametrize(
    ("password", "name", "said"),
    [
        ("wr0ng-c4n", "mail", "refuses the user or the password: check both in MAILS"),
        (QUOTED, "post", "has no such database"),
    ],
)
def test_who_may_not_enter(
    project: Path, home: Path, database: Database, monkeypatch: pytest.MonkeyPatch,
    password: str, name: str, said: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("MAILS", database.url(password, name))
    with pytest.raises(ConfigError, match=said) as caught:
        pipeline.raw(use_case())
    shows_nothing(caught.value, database)
    assert not list(home.glob("artifacts/snapshot/*"))


def shows_nothing(error: BaseException, database: Database) -> None:
    """Neither the message nor what it came from has anything of the URL."""
    seen: BaseException | None = error
    while seen is not None:
        for secret in ("c4n", "reader", str(database.server.port), "127.0.0.1"):
            assert secret not in f"{seen} {seen.args!r}"
        seen = seen.__cause__ or seen.__context__


def test_a_refused_query_is_said_without_the_password(project: Path, database: Database) -> None:
    fill(database)
    wrong = use_case(
        "source.order_by=[id]",
        place=f"query=select id, body, department from mails where '{CANARY}' = nocolumn",
    )
    with pytest.raises(ConfigError, match=r"refuses the query: .*nocolumn") as caught:
        pipeline.raw(wrong)
    assert "c4n" not in str(caught.value)


def test_a_query_that_writes_changes_nothing(project: Path, database: Database) -> None:
    """By a function, which looks like reading."""
    fill(database)
    if database.kind == "postgresql":
        database.run(
            "create or replace function wipe() returns setof mails language sql as "
            "'delete from mails returning *'",
            "grant all on mails to reader",
        )
        query = "select * from wipe()"
    else:
        database.run(
            "create or replace function wipe() returns int modifies sql data "
            "begin delete from mails; return 1; end",
        )
        query = "select wipe() as id, body, department from mails"
    with pytest.raises(ConfigError, match="it writes, and a source only reads"):
        pipeline.raw(use_case("source.order_by=[id]", place=f"query={query}"))
    assert len(lines(pipeline.raw(use_case()))) == 3
    database.run("drop function wipe" + ("()" if database.kind == "postgresql" else ""))


def test_a_table_that_the_user_may_not_read(
    project: Path, on_postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILS", on_postgres.url())
    on_postgres.run("create table hidden (id integer primary key, body text)")
    with pytest.raises(
        ConfigError, match=r"hidden of \$MAILS: not allowed .*grant the user SELECT"
    ):
        pipeline.raw(use_case(place="table=hidden"))
    on_postgres.run("drop table hidden")


def test_a_server_that_dies_while_it_is_read(project: Path, home: Path, database: Database) -> None:
    """After two batches, in the middle of the third: nothing is kept, and the next try reads all."""
    fill(database, MANY)
    query = f"select * from mails where id < {BLOCKED} or {database.sleep}"
    caught: list[BaseException] = []

    def read() -> None:
        try:
            pipeline.raw(use_case("source.order_by=[id]", place=f"query={query}"))
        except BaseException as error:
            caught.append(error)

    reading = threading.Thread(target=read)
    reading.start()
    until("the query never slept", lambda: caught or database.run(database.sleeping), 60)
    kill(database)
    reading.join(60)
    assert not reading.is_alive()
    assert isinstance(caught[0], StoreError), repr(
        caught[0]
    )  # the kind that tasks are tried again after
    said = (
        r"MAILS went away while source\.query was read, after [0-9,]+ rows: nothing of it is kept"
    )
    assert re.search(said, str(caught[0])), str(caught[0])
    shows_nothing(caught[0], database)
    assert not list(home.glob("artifacts/snapshot/*"))
    with pytest.raises(StoreError, match="the database of MAILS cannot be reached: check that"):
        pipeline.raw(use_case())
    database.server.start()
    assert len(lines(pipeline.raw(use_case()))) == MANY


def kill(database: Database) -> None:
    if database.kind == "mariadb":
        database.server.stop()
        return
    processes = database.server.processes()
    for one in processes:
        with contextlib.suppress(Exception):
            one.kill()
    for one in processes:
        with contextlib.suppress(Exception):
            one.wait(20)


def test_email_routing_reads_its_table(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Profile `full`, on the generated mails: from the server to prepared records."""
    options = {"train": 200, "validation": 40, "test": 60}
    made = GeneratedSource(kind="generated", generator="email_routing", options=options)
    made.generate(tmp_path)
    mails = [
        json.loads(line)
        for file in sorted(tmp_path.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    database.run(
        "drop table mails",
        "create table mails (id varchar(80) primary key, thread_id varchar(80), sender text, "
        "subject text, body text, department varchar(40))",
    )
    if database.kind == "postgresql":
        database.run("grant select on mails to reader")
    for mail in mails:
        values = [mail["id"], mail["document_id"], "x@y", "", mail["text"], mail["label"]]
        quoted = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
        database.run(f"insert into mails values ({quoted})")
    monkeypatch.setenv("EMAIL_ROUTING_DATABASE", database.url())
    loaded = config.load("email-routing", "full", ["validation.min_rows=100"])
    raw = pipeline.raw(loaded)
    assert "c4n" not in json.dumps(loaded.model_dump(mode="json"))
    found = pipeline.make_stage("load", loaded, {"raw": raw.folder})
    records = {one.id: one for one in read_records(found.folder)}
    assert len(records) == len(mails) == 300
    assert all(records[mail["id"]].text == mail["text"] for mail in mails)
    valid = pipeline.run_stage("validate_raw", loaded, {"load": found.folder})
    inputs = {"load": found.folder, "validate_raw": valid.folder}
    counts = json.loads(
        (pipeline.make_stage("prepare", loaded, inputs).folder / "counts.json").read_text()
    )
    assert set(counts["records"]) == {"train", "validation", "test"}
    for file in filter(Path.is_file, (tmp_path / "home").rglob("*")):
        assert b"c4n" not in file.read_bytes(), file
