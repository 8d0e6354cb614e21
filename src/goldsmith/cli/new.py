"""new: a use case out of a file of goldens, so that the next run works without an edit."""

import json
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from goldsmith import config
from goldsmith.cli.running import AsJson, SettingsFile
from goldsmith.config import plugins
from goldsmith.config.usecase import NAME_PATTERN
from goldsmith.errors import ConfigError, GoldsmithError, UserError
from goldsmith.settings import Settings

RAW = Path("data") / "raw"
WITHOUT_DVC = "`goldsmith run` and `goldsmith step` run it, `dvc repro` does not"
HIDES = "the use cases that ship with the package are hidden by it"


@dataclass(frozen=True)
class Given:
    """Values for the file: those of a file of settings, and over them `section.key=value` texts."""

    texts: Sequence[str]
    settings: config.layers.Layer | None


@dataclass(frozen=True)
class Founded:
    """What `new` made.

    Attributes:
        written: files and folders that are new or changed, relative to the working directory.
        notes: what a person should look at.
        accepted: whether the raw goldens keep the data contract.
        validation: the page that says so.
    """

    name: str
    written: tuple[str, ...]
    notes: tuple[str, ...]
    accepted: bool
    validation: str
    page: str
    records: int
    labels: int
    folds: int


def new(
    name: Annotated[str, typer.Argument(help="Of the use case: lower case, digits, hyphens.")],
    family: Annotated[str, typer.Option("--family", help="Model family.")],
    source: Annotated[Path, typer.Option("--from", help="File or folder of goldens.")],
    title: Annotated[str | None, typer.Option(help="One line for lists and reports.")] = None,
    reader: Annotated[
        str | None,
        typer.Option(
            "--reader", help="Known keys of the reader's section: `{format: conll, ...}`."
        ),
    ] = None,
    overrides: Annotated[
        list[str] | None,
        typer.Option("--set", help="A value for the file: section.key=value; may be repeated."),
    ] = None,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Write a use case for a file of goldens: YAML, data, DVC's entries, and a first data report.

    Looks at the file for its format and columns, copies it to data/raw/NAME
    (with a DVC pointer where there is a DVC repository) and writes
    use_cases/NAME.yaml with bounds that a first model can reach. Nothing that
    is there already is overwritten; on an error nothing is left behind.

    Example: goldsmith new invoice-numbers --family token_classification --from
    invoices.jsonl
    """
    _check_name(name)
    kind: Any = plugins.load("families", family)
    with ExitStack() as undo:
        given = Given(overrides or (), config.read_settings(settings))
        made = _found(name, family, kind.record.kind, source, title, reader, given, undo)
        undo.pop_all()
    if as_json:
        print(json.dumps(made.__dict__, indent=1, ensure_ascii=False))
    else:
        _print(made)


def _check_name(name: str) -> None:
    if not re.fullmatch(NAME_PATTERN, name):
        raise ConfigError(f"{name!r} is no name for a use case: lower case, digits and hyphens")
    taken = [_yaml_path(name), RAW / name, RAW / f"{name}.dvc"]
    for path in taken:
        if path.exists():
            raise UserError(f"{path} is there already: take another name, or remove it first")


def _yaml_path(name: str) -> Path:
    return Settings().use_cases / f"{name}.yaml"


def _found(
    name: str,
    family: str,
    kind: str,
    source: Path,
    title: str | None,
    reader: str | None,
    given: Given,
    undo: ExitStack,
) -> Founded:
    from goldsmith.curation import drafting, dvc_yaml, guessing
    from goldsmith.curation.page import page
    from goldsmith.curation.stats import stats

    guess = guessing.guess(source, kind, _mapping(reader))
    files = guess.reader.files(source)
    found = stats(guess.reader.read(files, source), kind)
    chosen = drafting.plan(found, guess.reader.read(files, source))
    section = {"kind": "files", "path": (RAW / name).as_posix(), "reader": guess.section}
    tree = drafting.sections(
        title or _title(name), family, chosen, section, given.texts, given.settings
    )
    hides = not Settings().use_cases.is_dir()
    _copy(files, RAW / name, undo)
    _write(_yaml_path(name), drafting.text(tree, name, found, chosen, guess.notes), undo)
    config.load(name, "demo", settings=given.settings)  # what is wrong in that file, by its lines
    loaded = config.load(name, "demo")
    written = [_yaml_path(name).as_posix(), (RAW / name).as_posix()]
    validation, accepted = _validate(loaded)
    report = Path("reports") / name / "goldens.html"
    _write(report, page(found, loaded.title), undo)
    written += _enter_in_dvc_yaml(name, family, undo)
    written += _track(RAW / name, undo)
    notes = [*guess.notes, *([f"{_yaml_path(name).parent}/ is new: {HIDES}"] if hides else [])]
    if not dvc_yaml.has_stages(family):
        notes.append(f"{family} comes from a package: {WITHOUT_DVC}")
    return Founded(
        name, tuple(written), tuple(notes), accepted, validation, report.as_posix(),
        found.records, len(found.labels), chosen.folds,
    )  # fmt: skip


def _mapping(reader: str | None) -> dict[str, Any]:
    value = yaml.safe_load(reader) if reader else {}
    if isinstance(value, str):
        return {"format": value}
    if not isinstance(value, dict):
        raise UserError(f"--reader {reader}: write it as {{format: ..., ...}}")
    return value


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _copy(files: list[Path], target: Path, undo: ExitStack) -> None:
    """The files under their names below one folder."""
    from goldsmith.readers.finding import relative_names

    _folders(target, undo)
    undo.callback(shutil.rmtree, target, ignore_errors=True)
    try:
        for file, name in zip(files, relative_names(files), strict=True):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target / name)
    except OSError as error:
        raise GoldsmithError(f"{target}: cannot be written: {error.strerror}") from None


def _folders(path: Path, undo: ExitStack) -> None:
    """Make a path's parents, to be removed again where they were not there and stay empty."""
    for folder in reversed(path.parents):
        if not folder.exists():
            folder.mkdir()
            undo.callback(_remove_if_empty, folder)


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _write(path: Path, text: str, undo: ExitStack) -> None:
    """Write a file whole; undone, it is what it was before."""
    before = path.read_bytes() if path.is_file() else None
    _folders(path, undo)
    undo.callback(_restore(path, before))
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        raise GoldsmithError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        partial.unlink(missing_ok=True)


def _restore(path: Path, before: bytes | None) -> Callable[[], None]:
    def restore() -> None:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(before)

    return restore


def _validate(loaded: Any) -> tuple[str, bool]:
    """Load and hold to the contract as a run would; its page, and whether the run would go on."""
    from goldsmith import pipeline
    from goldsmith.validation import report

    raw = pipeline.raw(loaded)
    made = pipeline.run_stage("load", loaded, {"raw": raw.folder})
    checked = pipeline.make_stage("validate_raw", loaded, {"load": made.folder})
    passed = report.read(checked.folder).passed
    return str(checked.folder / report.HTML_FILE), passed


def _enter_in_dvc_yaml(name: str, family: str, undo: ExitStack) -> list[str]:
    """The use case's lines in params.yaml and dvc.yaml, where the project has both."""
    from goldsmith.curation import dvc_yaml

    changed = []
    for path, text in dvc_yaml.entries(Path(), name, family, (RAW / name).as_posix()):
        _write(path, text, undo)
        changed.append(path.as_posix())
    return changed


def _track(target: Path, undo: ExitStack) -> list[str]:
    """`dvc add`, where there is a DVC repository."""
    from goldsmith.versioning import objects, pointers

    if not any((folder / ".dvc").is_dir() for folder in target.absolute().parents):
        return []
    pointer, ignored = pointers.beside(target), target.parent / ".gitignore"
    undo.callback(_restore(pointer, None))
    undo.callback(_restore(ignored, ignored.read_bytes() if ignored.is_file() else None))
    with objects.opened(target) as found:
        found.add(target, lambda text: print(text, file=sys.stderr))
    return [pointer.as_posix()]


def _print(made: Founded) -> None:
    folds = f", {made.folds} folds" if made.folds else ""
    print(f"{made.name}: {made.records:,} records, {made.labels:,} labels{folds}")
    print("Written")
    for path in made.written:
        print(f"  {path}")
    print(f"Goldens     {made.page}")
    print(f"Validation  {made.validation}")
    for note in made.notes:
        print(f"note: {note}")
    if not made.accepted:
        print(
            "The goldens break the data contract: a run would stop; the validation page says why."
        )
    print(f"\nNext:\n  goldsmith run {made.name}")


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(new)
