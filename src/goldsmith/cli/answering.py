"""predict: answers from the champion's bundle by the light runtime."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from goldsmith import config
from goldsmith.cli.running import ProfileName
from goldsmith.errors import DataError, GoldsmithError, UserError

BATCH = 256


def predict(
    target: Annotated[
        str, typer.Argument(help="UC, UC@VERSION or UC@ALIAS; the champion if none is named.")
    ],
    text: Annotated[str | None, typer.Option(help="One text to answer.")] = None,
    input_file: Annotated[
        Path | None, typer.Option("--input", help="JSON lines to answer.")
    ] = None,
    output_file: Annotated[
        Path | None, typer.Option("--output", help="Where to write; else printed.")
    ] = None,
    without_verdict: Annotated[
        bool,
        typer.Option(
            "--without-verdict",
            help="Answer also from a version that is refused or altered; every answer says so.",
        ),
    ] = False,
    profile: ProfileName = None,
) -> None:
    """Answer a text or a file of JSON lines from the champion's bundle.

    Example: goldsmith predict financial-entities --text "Interest is LIBOR plus 2.25%."
    """
    from goldsmith.readers.lines import each_line

    if (text is None) == (input_file is None):
        raise UserError("give either --text or --input FILE")
    from goldsmith.registry import versions

    name, _, wanted = target.partition("@")
    model = config.load(name, profile).model_name
    version = versions.find(model, wanted or versions.CHAMPION)
    predictor, about = _opened(version, without_verdict)
    lines: Iterable[tuple[int, dict[str, Any] | DataError]] = (
        [(1, {"text": text})]
        if text is not None
        else each_line(_readable(input_file), str(input_file))
    )
    answers = _answers(predictor, iter(lines), about)
    if output_file:
        _write(answers, output_file)
    else:
        for answer in answers:
            print(json.dumps(answer, ensure_ascii=False))


def _opened(version: Any, without_verdict: bool) -> tuple[Any, dict[str, Any]]:
    """A version's predictor, and the `model` of every answer that it gives."""
    from goldsmith.registry.bundle import NoVerdictError
    from goldsmith.registry.opening import open_version

    try:
        predictor, found = open_version(version, without_verdict=without_verdict)
    except NoVerdictError as error:
        raise NoVerdictError(f"{error} (--without-verdict asks it all the same)") from None
    about = {"name": version.model, "version": version.number, "sha256": found["sha256"]}
    reason = found.get("without_verdict")
    if reason is None:
        return predictor, about
    shown = f"{version.model} version {version.number}"
    print(f"warning: {shown} answers without a passing verdict: {reason}", file=sys.stderr)
    return predictor, {**about, "without_verdict": reason}


def _readable(path: Path | None) -> Path:
    if path is None or not path.is_file():
        raise DataError(f"{path}: no such file: --input takes a file of JSON lines")
    return path


def _answers(
    predictor: Any, lines: Iterator[tuple[int, dict[str, Any] | DataError]], about: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Answer in batches; a line that cannot be answered gets an `error` and stops nothing."""
    batch: list[tuple[str, dict[str, Any]]] = []
    for number, line in lines:
        if isinstance(line, DataError):
            yield from _answer(predictor, batch, about)
            batch = []
            yield {"id": str(number), "error": str(line)}
            continue
        batch.append((str(line.get("id", number)), line))
        if len(batch) == BATCH:
            yield from _answer(predictor, batch, about)
            batch = []
    yield from _answer(predictor, batch, about)


def _answer(
    predictor: Any, batch: list[tuple[str, dict[str, Any]]], about: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    try:
        found = predictor.answer([line for _, line in batch]) if batch else []
    except DataError as error:
        if len(batch) == 1:
            yield {"id": batch[0][0], "error": str(error)}
        else:
            for one in batch:
                yield from _answer(predictor, [one], about)
        return
    for (name, _), prediction in zip(batch, found, strict=True):
        yield {"id": name, "model": about, "prediction": prediction}


def _write(answers: Iterator[dict[str, Any]], path: Path) -> None:
    """Write beside the target first, so that a failing run leaves an old file as it was."""
    partial = path.with_name(f".{path.name}.partial")
    count = 0
    try:
        with partial.open("w", encoding="utf-8") as stream:
            for answer in answers:
                stream.write(json.dumps(answer, ensure_ascii=False) + "\n")
                count += 1
        partial.replace(path)
    except OSError as error:
        raise GoldsmithError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        partial.unlink(missing_ok=True)
    print(f"{count} answers in {path}", file=sys.stderr)


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(predict)
