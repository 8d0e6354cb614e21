"""Fixtures of all tests: a home of its own, a tiny base model, tiny goldens. Nothing leaves the machine."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.update(
    {
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": "1",  # tests run side by side: more threads than cores would stall all
        "PREFECT_LOGGING_LEVEL": "ERROR",
    }
)

from goldsmith.settings import quiet_environment

quiet_environment()

from tests.command import World  # noqa: E402
from tests.postgres import postgres_server  # noqa: E402, F401
from tests.toys import TINY_SETTINGS, write_goldens, write_tiny_base  # noqa: E402

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Goldsmith home for this test alone; no store of the user's is ever touched."""
    for name in ("MLFLOW_TRACKING_URI", "PREFECT_API_URL", "PREFECT_PROFILE", "GOLDSMITH_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GOLDSMITH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A two-layer BERT made from a config, with the packaged tokenizer."""
    return write_tiny_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="session")
def goldens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of train, validation and test goldens that a tiny model can learn."""
    return write_goldens(tmp_path_factory.mktemp("goldens"))


@pytest.fixture
def project(
    tmp_path: Path, tiny_base: Path, goldens: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A working directory with one use case, `toy`, on the tiny goldens and the tiny base."""
    folder = tmp_path / "project"
    (folder / "use_cases").mkdir(parents=True)
    shutil.copytree(goldens, folder / "data" / "raw" / "toy")
    text = TINY_SETTINGS.format(base=tiny_base)
    (folder / "use_cases" / "toy.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One Prefect home for the commands of this session: making its database takes ten seconds."""
    return tmp_path_factory.mktemp("prefect")


@pytest.fixture(scope="session")
def trained(
    tmp_path_factory: pytest.TempPathFactory, tiny_base: Path, goldens: Path, prefect_home: Path
) -> World:
    """A world in which `goldsmith run toy` made version 1 the champion. Look, or copy; never change."""
    at = tmp_path_factory.mktemp("trained")
    world = World.make(at, tiny_base, goldens, PREFECT_HOME=str(prefect_home))
    done = world.run("run", "toy")
    assert done.status == 0, done.text
    (at / "first-run.txt").write_text(done.text, encoding="utf-8")
    return world


@pytest.fixture
def champion(trained: World, tmp_path: Path) -> World:
    """A copy of `trained` to do anything to."""
    return trained.copy(tmp_path / "champion")


@pytest.fixture
def fresh(tmp_path: Path, tiny_base: Path, goldens: Path, prefect_home: Path) -> World:
    """A world where nothing has run yet."""
    return World.make(tmp_path / "fresh", tiny_base, goldens, PREFECT_HOME=str(prefect_home))


@pytest.fixture(scope="session")
def datasets_folder() -> Path:
    """The public data sets; tests that need them skip where they are not."""
    named = os.environ.get("GOLDSMITH_DATASETS")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no public data sets: set GOLDSMITH_DATASETS to their folder")
    return folder


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of a local S3 server, which keeps its buckets from test to test."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a bucket on the local S3 server, empty."""
    import boto3

    for name, value in {
        "AWS_ENDPOINT_URL": s3_server,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3")
    client.create_bucket(Bucket="goldens")
    for item in client.list_objects_v2(Bucket="goldens").get("Contents", ()):
        client.delete_object(Bucket="goldens", Key=item["Key"])
    return "goldens"
