"""The stack on PostgreSQL; and no secret of its environment is found in anything that it keeps."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import World, ended_well, free_port
from tests.stack.running import up

pytestmark = pytest.mark.slow

CANARY = "c4n4ry-7f3b"  # in every secret below
SECRETS = {
    "GOLDSMITH_NOTIFY": f"http://127.0.0.1:9/hooks/{CANARY}",
    "AWS_SECRET_ACCESS_KEY": f"aws-{CANARY}",
    "HF_TOKEN": f"hf_{CANARY}",
}


def rows(uri: str) -> Iterator[str]:
    """Every row of every table, as text."""
    import psycopg2
    from psycopg2 import sql

    with contextlib.closing(psycopg2.connect(uri)) as found, found.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(sql.SQL("select t::text from {} t").format(sql.Identifier(table)))
            yield from (f"{table}: {row[0]}" for row in cursor)


def test_a_run_on_postgres_keeps_no_secret(
    tmp_path: Path, tiny_base: Path, goldens: Path, postgres_server: str
) -> None:
    world = World.make(tmp_path, tiny_base, goldens)
    url = postgres_server.replace("goldsmith@", f"goldsmith:pg-{CANARY}@") + "/postgres"
    with up(world, GOLDSMITH_POSTGRES=url, **SECRETS) as stack:
        run = stack.ended(stack.start_run("gates.metrics={micro.f1: {min: 0.999999}}"))
        assert run["state"]["type"] == "COMPLETED", stack.said()[-3000:]
        assert "refused" in run["state"]["message"], "and so a notice was sent, or tried"
        arguments = [" ".join(one.cmdline()) for one in stack.processes()]
        assert not [line for line in arguments if CANARY in line]
        assert stack.stop() == 0
    tables = [
        *rows(f"{postgres_server}/goldsmith_prefect"),
        *rows(f"{postgres_server}/goldsmith_mlflow"),
    ]
    assert any(row.startswith("flow_run:") for row in tables)
    assert any(row.startswith("model_versions:") for row in tables)
    assert not [row[:200] for row in tables if CANARY in row]
    assert not (world.home / "mlflow" / "mlflow.db").exists()
    kept = [path for path in (*world.home.rglob("*"), stack.log) if path.is_file()]
    assert len(kept) > 20
    assert not [path for path in kept if CANARY.encode() in path.read_bytes()]


def test_a_database_that_is_away_is_named_without_its_password(
    tmp_path: Path, tiny_base: Path, goldens: Path
) -> None:
    world = World.make(tmp_path, tiny_base, goldens)
    url = f"postgresql://goldsmith:{CANARY}@127.0.0.1:{free_port()}/postgres"
    done = world.run("up", "--port", str(free_port()), "--postgres", url)
    ended_well(done, 1, "PostgreSQL at 127.0.0.1:", "cannot be reached")
    assert CANARY not in done.text
    ended_well(world.run("up", "--postgres", f"mysql://u:{CANARY}@h/d"), 2, "postgresql://USER")
    assert not world.processes()
