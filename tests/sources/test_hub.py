"""The hub as a source of goldens and of base models: the real client against a hub of our own."""

import io
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goldsmith import config, pipeline
from goldsmith.artifacts import read_manifest
from goldsmith.bases import resolve
from goldsmith.sources.hub import HubSource
from goldsmith.stages.load import read_facts, read_records
from tests import hub_server
from tests.command import World, ended_well
from tests.hub_server import CONVERTED, Hub
from tests.toys import TINY_SETTINGS, sentence

NAMES = ["O", "B-Amount", "B-Rate", "I-Rate"]
SIZES = {"train": (120, 80), "validation": (60,), "test": (80,)}
HUB = """\
    source:
      kind: hub
      dataset: own/debt
      reader: {format: tokens}
"""
# Builds sources and bases from JSON, and prints what became of them: one process for many.
ASK = """
import json, sys
from goldsmith import bases
from goldsmith.errors import GoldsmithError
from goldsmith.sources.hub import HubSource
for about in json.loads(sys.argv[1]):
    try:
        if "base" in about:
            commit = bases.pin(about["base"], about.get("revision"))
            folder = bases.resolve(about["base"], commit)
            found = [commit, sorted(path.name for path in folder.iterdir()), bases.identity(about["base"], commit)]
        else:
            reader = {"format": "tokens"}
            source = HubSource.model_validate({"kind": "hub", "dataset": "own/debt", "reader": reader, **about})
            found = [source.pinned().revision]
        print(json.dumps(found))
    except GoldsmithError as error:
        print(json.dumps({"status": error.exit_status, "text": str(error)}))
"""


def parquet(rng: random.Random, first: int, rows: int) -> bytes:
    """Sentences as `datasets` writes them: integers for tags, whose names the schema has."""
    found = [sentence(rng) for _ in range(rows)]
    label = {"_type": "ClassLabel", "names": NAMES}
    features = {"ner_tags": {"_type": "Sequence", "feature": label}}
    table = pa.table(
        {
            "id": list(range(first, first + rows)),
            "tokens": [tokens for tokens, _ in found],
            "ner_tags": [[NAMES.index(tag) for tag in tags] for _, tags in found],
        }
    ).replace_schema_metadata({"huggingface": json.dumps({"info": {"features": features}})})
    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()


def converted(seed: int = 0, config: str = "debt", prefix: str = "") -> dict[str, bytes]:
    """The files of a Parquet conversion; every split counts its ids from zero."""
    rng, files = random.Random(seed), {}
    for split, shards in SIZES.items():
        for number, rows in enumerate(shards):
            name = f"{config}/{prefix}{split}/{number:04d}.parquet"
            files[name] = parquet(rng, sum(shards[:number]), rows)
    return files


SCRIPT = {"debt.py": b"raise SystemExit('run')", "README.md": b"", ".gitattributes": b""}


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A hub with `own/debt`: a loading script, and the hub's conversion of it."""
    with hub_server.running() as found:
        found.commit("datasets", "own/debt", SCRIPT)
        found.commit("datasets", "own/debt", converted(), CONVERTED)
        yield found


@pytest.fixture
def world(tmp_path: Path, hub: Hub) -> World:
    """A project whose only use case reads `own/debt` from the hub."""
    found = World(tmp_path / "project", tmp_path / "home", hub.environment(tmp_path / "hf"))
    (found.folder / "use_cases").mkdir(parents=True)
    head = TINY_SETTINGS.format(base="packaged:minilm").partition("    source:")[0]
    found.use_case().write_text(head + HUB, encoding="utf-8")
    return found


def snapshot(world: World) -> Path:
    """The one snapshot of a world."""
    [folder] = world.made("snapshot")
    return folder


def test_load_pins_a_commit_and_asks_for_nothing_twice(world: World, hub: Hub) -> None:
    commit = hub.refs["datasets", "own/debt"][CONVERTED]
    done = world.run("step", "load", "toy")
    assert done.status == 0, done.text
    assert sum("GET" in line and ".parquet" in line for line in hub.asked()) == 4
    assert (read_manifest(snapshot(world)) or {})["about"] == {
        "kind": "hub", "dataset": "own/debt", "commit": commit, "config": None, "splits": None,
    }  # fmt: skip
    records = list(read_records(world.folder / "data" / "records" / "toy"))
    assert [record.id for record in records if record.id.endswith("-17")] == [
        f"{split}-17" for split in sorted(SIZES)
    ]
    assert len({record.id for record in records}) == 340
    assert {tag for record in records for tag in record.tags} == set(NAMES)
    first = read_facts(world.folder / "data" / "records" / "toy")["md5"]

    assert world.run("step", "load", "toy").status == 0
    assert not any("/resolve/" in line for line in hub.asked()), "it downloaded again"
    pinned = world.run("step", "load", "toy", "--set", f"source.revision={commit}")
    assert pinned.status == 0 and hub.asked() == [], "a full commit needs nobody"
    assert "made before" in pinned.out

    hub.commit("datasets", "own/debt", converted(seed=1), CONVERTED)
    hub.cut = 1
    done = world.run("step", "load", "toy")
    ended_well(done, 1, "IncompleteRead", "run again")
    assert len(world.made("snapshot")) == 1
    assert world.run("step", "load", "toy").status == 0
    assert read_facts(world.folder / "data" / "records" / "toy")["md5"] != first
    again = world.run("step", "load", "toy", "--set", f"source.revision={commit}")
    assert again.status == 0, again.text
    assert read_facts(world.folder / "data" / "records" / "toy")["md5"] == first


def test_a_hub_that_is_away_is_said_at_once(world: World, hub: Hub) -> None:
    """Neither data fetched before nor any other are taken in place of what main is now."""
    assert world.run("step", "load", "toy").status == 0
    shutil.rmtree(world.folder / "data")
    nobody = "http://127.0.0.1:9"
    started = time.monotonic()
    done = world.run("step", "load", "toy", HF_ENDPOINT=nobody)
    assert time.monotonic() - started < 60
    ended_well(done, 1, "source.dataset: own/debt", nobody, "Connection refused", "HF_ENDPOINT")
    done = world.run("step", "load", "toy", HF_HUB_OFFLINE="1")
    ended_well(done, 1, "HF_HUB_OFFLINE is set")
    hub.failing = 503
    ended_well(world.run("step", "load", "toy"), 1, "503")
    assert not (world.folder / "data").exists()


DOCTOR = """
from goldsmith.cli.checkup import of_use_case
for one in of_use_case("toy"):
    print(one.what, one.ok, one.found, one.remedy)
"""


def test_doctor_says_whether_base_and_data_can_be_reached(world: World, hub: Hub) -> None:
    files = dict.fromkeys(("config.json", "tokenizer.json", "model.safetensors"), b"")
    hub.commit("models", "own/tiny", files)
    text = world.use_case().read_text(encoding="utf-8").replace("packaged:minilm", "own/tiny")
    world.use_case().write_text(text, encoding="utf-8")

    def looked(**variables: str) -> list[str]:
        found = subprocess.run(
            [sys.executable, "-c", DOCTOR], cwd=world.folder, capture_output=True, text=True,
            env=world.environment(**variables),
        )  # fmt: skip
        assert found.returncode == 0, found.stderr
        return found.stdout.splitlines()

    base, data = looked()
    assert base.startswith("use case toy True profile demo")
    assert data.startswith("data of toy True hub: own/debt")
    assert not any("/resolve/" in line for line in hub.asked()), "looking downloads nothing"
    base, data = looked(HF_ENDPOINT="http://127.0.0.1:9")
    assert "use case toy False" in base and "model.base: own/tiny" in base
    assert "data of toy False" in data and "Connection refused" in data


def ask(hub: Hub, cache: Path, *about: dict[str, Any], **variables: str) -> list[Any]:
    """What becomes of sources and bases in a process that talks to a hub."""
    world = World(cache, cache / "home", hub.environment(cache / "hf"))
    found = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(about)],
        env=world.environment(**variables), capture_output=True, text=True,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    return [json.loads(line) for line in found.stdout.splitlines()]


def errors(found: Sequence[Any], *expected: tuple[int, Sequence[str]]) -> None:
    """Status and parts of the message of each answer, in a few lines and without a traceback."""
    for answer, (status, parts) in zip(found, expected, strict=True):
        assert isinstance(answer, dict), answer
        assert answer["status"] == status, answer
        assert all(part in answer["text"] for part in parts), answer
        assert len(answer["text"]) < 700, answer


def test_what_is_not_there_is_named_with_what_is(hub: Hub, tmp_path: Path) -> None:
    both = converted(config="a2019") | converted(config="a2020")
    hub.commit("datasets", "own/years", {}, "main")
    hub.commit("datasets", "own/years", both, CONVERTED)
    script = hub.commit("datasets", "own/script", SCRIPT)
    hub.commit("datasets", "own/pictures", {"train/0.png": b""})
    hub.commit("datasets", "own/large", SCRIPT)
    large = hub.commit("datasets", "own/large", converted(prefix="partial-"), CONVERTED)
    main = hub.refs["datasets", "own/debt"]["main"]
    found = ask(
        hub,
        tmp_path,
        {"dataset": "own/dept"},
        {"revision": "mian"},
        {"revision": "f" * 40, "config": "debt"},
        {"dataset": "own/years"},
        {"dataset": "own/years", "config": "a2091"},
        {"splits": ["train", "vallidation"]},
        {"dataset": "own/script"},
        {"dataset": "own/pictures"},
        {"dataset": "own/large"},
        {"dataset": "own/large", "revision": CONVERTED},
        {"dataset": "debt of mine"},
    )
    assert found.pop(2) == ["f" * 40], "a full commit is looked for when it is fetched"
    errors(
        found,
        (2, ["source.dataset: no dataset 'own/dept'", "of own: did you mean debt?", "HF_TOKEN"]),
        (2, ["source.revision: own/debt has no revision 'mian'", "did you mean main?"]),
        (2, ["source.config: own/years has more than one subset", "a2019, a2020"]),
        (2, ["no subset 'a2091'", "did you mean a2019 or a2020?"]),
        (2, ["source.splits: own/debt has no split 'vallidation'", "did you mean validation?"]),
        (2, [f"own/script at {script}", "loading script (debt.py)", "never", CONVERTED]),
        (2, ["own/pictures", "no file that format tokens reads", "train/0.png"]),
        (2, ["own/large", "loading script"]),
        (2, [f"source.revision: {large} is a conversion of a part"]),
        (2, ["'debt of mine' is no hub id"]),
    )
    assert main not in str(found)


def test_a_commit_is_read_as_it_is_and_never_as_the_conversion_of_another(
    world: World, hub: Hub
) -> None:
    main = hub.refs["datasets", "own/debt"]["main"]
    done = world.run("step", "load", "toy", "--set", f"source.revision={main}")
    ended_well(done, 2, main, "loading script (debt.py)", "source.revision to main")
    done = world.run("step", "load", "toy", "--set", f"source.revision={'f' * 40}")
    ended_well(done, 2, "source.revision: own/debt has no revision", "valid: main")


def test_data_files_of_the_owner_are_read_where_there_is_no_conversion(
    world: World, hub: Hub, goldens: Path
) -> None:
    """Of a repository with other files too; two of a split; the subset is a folder."""
    lines = {
        path.stem: path.read_text(encoding="utf-8").splitlines(keepends=True)
        for path in goldens.glob("*.jsonl")
    }
    files = {
        "README.md": b"# debt", "dataset_infos.json": b"{}",
        "data/us/train-00000.jsonl": "".join(lines["train"][:90]).encode(),
        "data/us/train-00001.jsonl": "".join(lines["train"][90:]).encode(),
        "data/us/dev.jsonl": "".join(lines["validation"]).encode(),
        "data/us/test.jsonl": "".join(lines["test"]).encode(),
        "data/eu/test.jsonl": b"not to be read",
    }  # fmt: skip
    commit = hub.commit("datasets", "own/raw", files)
    settings = ("--set", "source.dataset=own/raw", "--set", "source.config=us")
    done = world.run("step", "load", "toy", *settings)
    assert done.status == 0, done.text
    names = sorted(path.name for path in snapshot(world).glob("*.jsonl"))
    assert names == [
        "test.jsonl", "train-00000-of-00002.jsonl", "train-00001-of-00002.jsonl", "validation.jsonl",
    ]  # fmt: skip
    records = list(read_records(world.folder / "data" / "records" / "toy"))
    sizes = {split: sum(r.split == split for r in records) for split in SIZES}
    assert sizes == {"train": 200, "validation": 60, "test": 80}
    assert records[0].id.startswith("s"), "an id that is no number stays as it is"
    done = world.run("step", "load", "toy", *settings[:2], "--set", "source.config=uk")
    ended_well(done, 2, "no subset 'uk'")
    assert (read_manifest(snapshot(world)) or {})["about"]["commit"] == commit


def test_a_source_says_what_is_wrong_with_it() -> None:
    source = HubSource.model_validate(
        {"kind": "hub", "dataset": "own/debt", "reader": {"format": "tokens"}}
    )
    assert source.remote and "source.revision" in source.without_revisions
    for wrong in ({"splits": []}, {"reader": {"format": "tokes"}}, {"dataste": "x"}):
        with pytest.raises(ValueError, match=r"splits|did you mean tokens|dataste"):
            HubSource.model_validate(source.model_dump() | wrong)


def test_equal_bytes_from_files_are_other_records(project: Path) -> None:
    """Only of the hub's data ids get their split: the one must not be taken for the other."""
    reader = "reader: {format: tokens}"
    sources = ("kind: hub, dataset: own/debt", "kind: files, path: debt")
    loaded = [config.load("toy", overrides=[f"source={{{one}, {reader}}}"]) for one in sources]
    load = pipeline.stage("load")
    found = [pipeline.key(load, one, {"raw": "equal"}) for one in loaded]
    assert len(set(found)) == 2


def tiny_distilbert(folder: Path) -> Path:
    """Another architecture than the packaged base, as `distilbert-base-cased` is one."""
    from transformers import DistilBertConfig, DistilBertModel

    sizes = {"dim": 32, "n_layers": 2, "n_heads": 2, "hidden_dim": 64}
    DistilBertModel(DistilBertConfig(vocab_size=30522, **sizes)).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt"):
        shutil.copyfile(resolve("packaged:minilm") / name, folder / name)
    return folder


def test_a_base_is_pinned_and_kept_and_has_no_pickle(hub: Hub, tmp_path: Path) -> None:
    files = {
        name: name.encode()
        for name in ("config.json", "tokenizer.json", "vocab.txt", "model.safetensors")
    }
    others = {"pytorch_model.bin": b"", "onnx/model.onnx": b"", "tf_model.h5": b""}
    commit = hub.commit("models", "own/tiny", files | others)
    index = {
        "weight_map": {
            "a": "model-00001-of-00002.safetensors",
            "b": "model-00002-of-00002.safetensors",
        }
    }
    shards = {name: name.encode() for name in index["weight_map"].values()}
    parts = {name: value for name, value in files.items() if name != "model.safetensors"}
    listed = {"model.safetensors.index.json": json.dumps(index).encode()}
    hub.commit("models", "own/sharded", parts | shards | listed)
    hub.commit("models", "own/pickled", parts | others)
    hub.commit("models", "own/slow", {"config.json": b"", "model.safetensors": b""})
    tiny, sharded, *wrong = ask(
        hub, tmp_path, {"base": "own/tiny"}, {"base": "own/sharded"},
        {"base": "own/tyny"}, {"base": "own/tiny", "revision": "v1"}, {"base": "own/pickled"},
        {"base": "own/slow"}, {"base": "packaged:minilm", "revision": "main"},
    )  # fmt: skip
    assert tiny[0] == tiny[2]["commit"] == commit
    assert tiny[1] == sorted(files)
    assert set(sharded[2]) >= set(shards)
    errors(
        wrong,
        (2, ["model.base: no model 'own/tyny'", "of own: did you mean tiny?"]),
        (2, ["model.revision: own/tiny has no revision 'v1'", "valid: main"]),
        (2, ["own/pickled has no model.safetensors", "pickle form are not loaded"]),
        (2, ["own/slow has no tokenizer.json"]),
        (2, ["model.revision: packaged:minilm is not from the hub"]),
    )
    hub.asked()
    [pinned] = ask(hub, tmp_path, {"base": "own/tiny", "revision": commit})
    assert pinned == tiny and hub.asked() == []
    nobody = {"HF_ENDPOINT": "http://127.0.0.1:9"}
    kept, gone = ask(
        hub, tmp_path, {"base": "own/tiny", "revision": commit}, {"base": "own/tiny"}, **nobody
    )
    assert kept == tiny
    errors([gone], (1, ["model.base: own/tiny", "Connection refused"]))
    hub.commit("models", "own/tiny", files | {"model.safetensors": b"other weights"})
    [moved] = ask(hub, tmp_path, {"base": "own/tiny"})
    assert moved[2]["model.safetensors"] != tiny[2]["model.safetensors"]


@pytest.mark.slow
def test_a_run_from_hub_to_champion_names_both_commits(
    world: World, hub: Hub, tmp_path: Path, prefect_home: Path
) -> None:
    base = hub.folder("models", "own/tiny", tiny_distilbert(tmp_path / "base"))
    data = hub.refs["datasets", "own/debt"][CONVERTED]
    world.variables["PREFECT_HOME"] = str(prefect_home)
    text = world.use_case().read_text(encoding="utf-8").replace("packaged:minilm", "own/tiny")
    world.use_case().write_text(text, encoding="utf-8")
    answer = world.train()
    assert answer["outcome"] == "promoted", answer
    done = world.run("show", "toy@champion", "--json")
    assert done.status == 0, done.text
    passport = json.loads(done.out)["passport"]
    assert passport["data"]["commit"] == data
    assert passport["config"]["source"]["revision"] == data
    assert passport["config"]["model"]["revision"] == base
    hub.asked()
    pins = ("--set", f"source.revision={data}", "--set", f"model.revision={base}")
    again = world.train(*pins)
    assert hub.asked() == []
    assert again["cached"]["train"] and again["cached"]["raw"]
    done = world.run("run", "toy", HF_ENDPOINT="http://127.0.0.1:9")
    ended_well(done, 1, "source.dataset: own/debt", "Connection refused")
