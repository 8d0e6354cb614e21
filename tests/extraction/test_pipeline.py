"""A use case of `kind: evaluation` through its stages, the registry and the ledger of `accepted`."""

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from goldsmith import config, pipeline
from goldsmith.artifacts import Artifact
from goldsmith.config import Evaluation
from goldsmith.errors import ConfigError, DataError
from goldsmith.registry import ledger, seat, versions
from goldsmith.registry.promotion import Promotion
from goldsmith.registry.versions import Version
from goldsmith.stages.extraction import judge, release
from tests.cli.here import here
from tests.command import World
from tests.conftest import REPOSITORY
from tests.test_notices import hook

NAME = "extraction-results"
SMALL = {"documents": 60}


@pytest.fixture(scope="session")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('mlflow')}/mlflow.db"


@pytest.fixture
def world(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shared_store: str,
    request: pytest.FixtureRequest,
) -> Iterator[World]:
    """A project with the shipped use case on 60 receipts, under a name of this test's own."""
    folder = tmp_path / "project"
    (folder / "use_cases").mkdir(parents=True)
    settings = yaml.safe_load((REPOSITORY / "use_cases" / f"{NAME}.yaml").read_text("utf-8"))
    for side in ("results", "goldens", "pages"):
        settings["profiles"]["demo"][side]["options"] = SMALL
    name = f"e{zlib.crc32(request.node.name.encode())}"
    (folder / "use_cases" / f"{name}.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("MLFLOW_TRACKING_URI", shared_store)
    yield World(folder, tmp_path / "home")


def loaded(world: World, *overrides: str) -> Evaluation:
    (path,) = (world.folder / "use_cases").iterdir()
    found = config.load_any(path.stem, "demo", overrides)
    assert isinstance(found, Evaluation)
    return found


def noisy(share: float, side: str = "results") -> str:
    return f"{side}.options={{documents: 60, noise: {share}}}"


def run(found: Evaluation, until: str = "judge_results") -> dict[str, Artifact]:
    made = {f"raw_{side}": pipeline.raw_side(found, side) for side in ("goldens", "results", "pages", "clusters")}  # fmt: skip
    for stage in pipeline.EVALUATION:
        folders = {name: one.folder for name, one in made.items()}
        made[stage.name] = pipeline.run_stage(stage.name, found, folders)
        if stage.name == until:
            break
    return made


def offered(found: Evaluation) -> tuple[Version, Promotion]:
    made = run(found)
    version = release.register(found, made, "")
    return version, release.accept(found, made, version)


def test_a_changed_gate_only_judges_again(world: World) -> None:
    first = run(loaded(world))
    again = run(loaded(world, "gates.min_support=5"))
    assert [name for name, one in again.items() if not one.cached] == ["judge_results"]
    assert again["score"].key == first["score"].key
    stricter = run(loaded(world, "fields.address.compare=exact"))
    assert not stricter["score"].cached and stricter["load_results"].cached
    changed = run(loaded(world, noisy(0.2)), "score")
    assert changed["load_goldens"].cached and not changed["load_results"].cached


def test_a_gate_that_does_not_hold_refuses_and_a_refused_version_is_never_accepted(
    world: World,
) -> None:
    found = loaded(world, "gates.metrics={micro.f1: {min: 0.99}}")
    version, decided = offered(found)
    verdict = judge.read_verdict(run(found)["judge_results"].folder)
    assert not verdict.passed and "below 0.99" in verdict.failed[0].reason
    assert (decided.outcome, decided.champion) == ("refused", None)
    assert versions.get(version.model, version.number).aliases == ()


def test_the_accepted_results_stay_until_others_are_no_worse(world: World) -> None:
    first, decided = offered(loaded(world))
    assert (decided.outcome, decided.champion) == ("promoted", first.number)
    assert offered(loaded(world))[1].outcome == "champion", "equal results are the same version"
    low = "gates.metrics={micro.f1: {min: 0.1}}"
    worse, kept = offered(loaded(world, noisy(0.25), low))
    assert (kept.outcome, kept.champion) == ("kept", first.number)
    assert kept.gates[0].name == "accepted.non_inferiority"
    better, taken = offered(loaded(world, noisy(0.0), low))
    assert (taken.outcome, taken.champion) == ("promoted", better.number)
    book = seat.settle(first.model, name=ledger.ACCEPTED).book
    assert [one.version for one in book.entries] == [first.number, better.number]
    assert book.alias == better.number != worse.number
    assert ledger.read(first.model).entries == (), "the ledger of champions is another"


def test_goldens_or_rules_of_a_run_s_own_are_never_accepted(world: World) -> None:
    for override in (noisy(0.0, "goldens"), "fields.company.max_distance=0.9"):
        assert offered(loaded(world, override))[1].outcome == "adhoc"


def test_too_few_documents_in_common_are_left_to_a_person(world: World) -> None:
    offered(loaded(world))
    version, decided = offered(loaded(world, "gates.accepted.min_documents=100", noisy(0.01)))
    assert decided.outcome == "candidate" and "60 documents in common" in decided.reason
    assert version.number == 2


def test_an_alias_that_was_moved_by_hand_is_taken_back(world: World) -> None:
    from goldsmith.registry import store

    first, _ = offered(loaded(world))
    second, _ = offered(loaded(world, noisy(0.25), "gates.metrics={micro.f1: {min: 0.1}}"))
    store.client().set_registered_model_alias(first.model, ledger.ACCEPTED, str(second.number))
    seat.settle(first.model, name=ledger.ACCEPTED)
    assert versions.get(first.model, first.number).aliases == (ledger.ACCEPTED,)


def test_clusters_are_slices_that_gates_can_bound(world: World) -> None:
    clusters = {f"r{number:04d}": number % 2 for number in range(60)}
    (world.folder / "clusters.json").write_text(json.dumps(clusters), encoding="utf-8")
    gates = 'gates.metrics={"slice:*.micro.f1": {min: 0.5}}'
    found = run(loaded(world, "clusters=clusters.json", gates))
    verdict = judge.read_verdict(found["judge_results"].folder)
    assert [one.slice for one in verdict.gates] == ["cluster 0", "cluster 1"]
    (world.folder / "clusters.json").write_text("{}", encoding="utf-8")
    assert not run(loaded(world, "clusters=clusters.json"), "score")["score"].cached


def test_results_of_files_are_snapshot_and_faults_stop_the_run(world: World) -> None:
    raw = pipeline.raw_side(loaded(world), "results").folder / "test.jsonl"
    lines = raw.read_text(encoding="utf-8").splitlines()
    path = world.folder / "found.jsonl"
    path.write_text("\n".join(lines).replace('"total"', '"totl"'), encoding="utf-8")
    files = "results={kind: files, path: found.jsonl, reader: {format: fields}}"
    with pytest.raises(DataError, match=r"unknown_fields.*did you mean total"):
        run(loaded(world, files))
    path.write_text("\n".join(lines), encoding="utf-8")
    made = run(loaded(world, files))
    assert made["raw_results"].stage == "snapshot"
    assert judge.read_verdict(made["judge_results"].folder).passed


def test_the_profile_for_files_of_one_s_own(world: World) -> None:
    full = config.load_any(loaded(world).name, "full")
    assert isinstance(full, Evaluation) and full.model_name == full.name
    assert full.schedule is not None and full.pages is None
    for side in ("goldens", "results"):
        with pytest.raises(DataError, match=rf"raw/extraction-results/{side}: no such .*--set {side}\.path=FILE"):  # fmt: skip
            pipeline.raw_side(full, side)
        path = world.folder / "data" / "raw" / "extraction-results" / side / "values.csv"
        path.parent.mkdir(parents=True)
        rows = [f"d{n},{field},{n}" for n in range(12) for field in ("company", "date", "address", "total")]  # fmt: skip
        path.write_text("\n".join(["document_id,field,value", *rows]), encoding="utf-8")
    verdict = judge.read_verdict(run(full)["judge_results"].folder)
    assert verdict.passed, [gate.reason for gate in verdict.failed]


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("gates.metrics={label:totl.f1: {min: 1}}", "no field 'totl': did you mean total?"),
        ("gates.costs={totl: {miss: 1}}", "no field 'totl': did you mean total?"),
        ("validation.allow={wrong_box: 1}", "did you mean wrong_boxes?"),
        ("fields.total.value=money", "fields.total.value: Input should be"),
        ("results.generator=receipt_result", "did you mean receipt_results"),
        ("results={kind: generated, generator: receipt_pages}", "field records are needed"),
        ("results.prepare=mine.rows:clean", "no function changes what a system found"),
        ("clusters=nowhere.json", "no such file"),
        ("model={family: x}", "unknown key 'model'"),
        ("goldens={path: x}", "goldens.kind is missing"),
    ],
)
def test_wrong_settings_are_answered_with_the_near_names(
    world: World, override: str, said: str
) -> None:
    if override.startswith("goldens="):
        (path,) = (world.folder / "use_cases").iterdir()
        text = yaml.safe_load(path.read_text("utf-8"))
        text["profiles"]["demo"]["goldens"] = {"path": "x"}
        path.write_text(yaml.safe_dump(text), encoding="utf-8")
        override = "seed=1"
    with pytest.raises(ConfigError) as caught:
        loaded(world, override)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("verb", "instead"),
    [
        (["predict", "{}", "--text", "x"], "--set results.path=FILE` judges what it found"),
        (["ask", "x", "--use-case", "{}"], "--set results.path=FILE` judges what it found"),
        (["evaluate", "{}@1"], "goldsmith evaluate-extraction --results FILE"),
        (["compare", "{}@1", "{}@2"], "hold results against the accepted ones"),
        (["reproduce", "{}@1"], "judges the same results again"),
        (["goldens", "stats", "{}"], "--path FILE --format fields"),
        (["goldens", "power", "{}"], "what difference its goldens can detect"),
        (["data", "status", "{}"], "dvc add PATH"),
        (["show", "{}@champion"], "@accepted is what later results are held against"),
        (["show", "{}", "--history", "x.html"], "kind: evaluation"),
        (["verify", "{}"], "has no accepted version"),
    ],
)
def test_verbs_for_models_say_what_to_do_instead(
    world: World, verb: list[str], instead: str
) -> None:
    name = loaded(world).name
    done = here(world, *(word.replace("{}", name) for word in verb))
    assert done.status == 2 and instead in done.err, done.text
    assert "kind: evaluation" in done.err or verb[0] == "verify"


def test_options_of_trainings_are_refused(world: World) -> None:
    name = loaded(world).name
    for option in (["--source", "files"], ["--path", "x"], ["--data-rev", "HEAD"], ["--why"]):
        done = here(world, "run", name, *option)
        assert done.status == 2 and "kind: evaluation" in done.err, done.text


def test_show_lists_versions_and_one_verdict(world: World) -> None:
    first, _ = offered(loaded(world))
    name = loaded(world).name
    listing = json.loads(here(world, "show", name, "--json").out)
    assert [(one["version"], one["aliases"]) for one in listing["versions"]] == [(1, ["accepted"])]
    found = json.loads(here(world, "show", f"{name}@accepted", "--json").out)
    assert found["verdict"]["passed"] and found["passport"]["config"]["kind"] == "evaluation"
    assert Path(found["version"]["report"]).is_file()
    assert "accepted" in here(world, "show", f"{name}@1").out and first.number == 1
    (row,) = json.loads(here(world, "list", "--json").out)
    assert (row["family"], row["kind"]) == (None, "evaluation")


def test_a_deployment_runs_the_extraction_flow(world: World) -> None:
    from deployments.plans import choose, plans

    (found,) = plans(choose([loaded(world).name], "demo")[0][0], world.folder)
    assert found.name == f"extraction/{loaded(world).model_name}"
    assert found.deployment.work_pool_name == "cpu"


@pytest.mark.slow
def test_a_run_ends_with_figures_gates_version_and_a_notice(
    world: World, prefect_home: Path
) -> None:
    world.variables["PREFECT_HOME"] = str(prefect_home)
    with hook() as (address, got):
        world.variables["GOLDSMITH_NOTIFY"] = address
        done = world.run("run", loaded(world).name, "--require-promotion")
        assert done.status == 0, done.text
        assert all(
            word in done.out
            for word in ("label:total.precision", "accepted is version 1", "report.html")
        )
        again = world.run("run", loaded(world).name, "--json")
    found = json.loads(again.out)
    assert found["outcome"] == "champion" and not found["new"] and all(found["cached"].values())
    (notice,) = got
    assert (notice["outcome"], notice["version"]) == ("promoted", 1)
    assert "version 1 is accepted now: the first version" in notice["text"]
