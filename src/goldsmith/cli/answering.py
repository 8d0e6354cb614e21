"""predict: answers from the champion's bundle by the light runtime."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from goldsmith import config
from goldsmith.cli import instead
from goldsmith.cli.running import ProfileName
from goldsmith.errors import DataError, GoldsmithError, UserError

BATCH = 256

Beside = Callable[[Mapping[str, Any]], dict[str, Any]]


def predict(
    target: Annotated[
        str, typer.Argument(help="UC, UC@VERSION or UC@ALIAS; the champion if none is named.")
    ],
    text: Annotated[str | None, typer.Option(help="One text to answer.")] = None,
    question: Annotated[
        str | None, typer.Option(help="One question to answer, with --context.")
    ] = None,
    context: Annotated[str | None, typer.Option(help="What the answer is to be found in.")] = None,
    query: Annotated[
        str | None, typer.Option(help="One query, on the documents that the use case indexes.")
    ] = None,
    input_file: Annotated[
        Path | None,
        typer.Option(
            "--input",
            help="JSON lines to answer; or texts: a .txt file or a folder; or SQuAD's JSON.",
        ),
    ] = None,
    output_file: Annotated[
        Path | None, typer.Option("--output", help="Where to write JSON lines; else printed.")
    ] = None,
    without_verdict: Annotated[
        bool,
        typer.Option(
            "--without-verdict",
            help="Answer also from a version that is refused or altered; every answer says so.",
        ),
    ] = False,
    profile: ProfileName = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON lines on a terminal, too.")
    ] = False,
    squad: Annotated[
        bool,
        typer.Option(
            "--squad", help="Write one object {id: text}, as SQuAD's own scorer reads it."
        ),
    ] = False,
) -> None:
    """Answer a text, a question, a query, or a file of JSON lines from the champion's bundle.

    Prints a table on a terminal, and one JSON line an answer elsewhere.

    Example: goldsmith predict financial-entities --text "Interest is LIBOR plus 2.25%."
    """
    given = _given(text, question, context, query, input_file)
    from goldsmith.cli.answering_input import from_file, from_options
    from goldsmith.registry import versions

    name, _, wanted = target.partition("@")
    loaded = config.load(name, profile, instead=instead.ANSWERS)
    if input_file is None:
        lines = from_options(loaded.model, given)
    else:
        lines = from_file(loaded.model, input_file, getattr(loaded.source, "reader", None))
    if squad:
        _check_squad(loaded.model)
    version = versions.find(loaded.model_name, wanted or versions.CHAMPION)
    predictor, about, found = _opened(version, without_verdict)
    beside = _about_nothing
    family: Any = loaded.model
    if family.record.kind == "query":
        from goldsmith.cli.indexes import Searching

        predictor = Searching(loaded, predictor, found)
        if "query" in given:
            predictor.open()
        beside = predictor.about
    answers = _answers(predictor, lines, about, beside)
    if output_file:
        _write(answers, output_file, squad)
    elif squad:
        print(json.dumps(as_squad(answers), indent=1, ensure_ascii=False))
    elif as_json or not sys.stdout.isatty():
        for answer in answers:
            print(json.dumps(answer, ensure_ascii=False))
    else:
        from goldsmith.cli.answering_tables import print_answers

        print_answers(answers)


def _given(
    text: str | None,
    question: str | None,
    context: str | None,
    query: str | None,
    input_file: Path | None,
) -> dict[str, str]:
    """The one input of the command line; empty with --input.

    Raises:
        UserError: none, several, or half of one.
    """
    asked = {"question": question, "context": context}
    pair = {key: value for key, value in asked.items() if value is not None}
    alone = {
        key: value for key, value in {"text": text, "query": query}.items() if value is not None
    }
    if len(alone) + bool(pair) + (input_file is not None) != 1:
        raise UserError(
            "give either --text, or --question and --context, or --query, or --input FILE"
        )
    if len(pair) == 1:
        lacking = next(key for key in asked if key not in pair)
        raise UserError(f"--{next(iter(pair))} needs --{lacking} beside it")
    return pair or alone


def _opened(version: Any, without_verdict: bool) -> tuple[Any, dict[str, Any], Mapping[str, str]]:
    """A version's predictor, the `model` of every answer that it gives, and the file behind it."""
    from goldsmith.registry.bundle import NoVerdictError
    from goldsmith.registry.opening import open_version

    try:
        predictor, found = open_version(version, without_verdict=without_verdict)
    except NoVerdictError as error:
        raise NoVerdictError(f"{error} (--without-verdict asks it all the same)") from None
    about = {"name": version.model, "version": version.number, "sha256": found["sha256"]}
    reason = found.get("without_verdict")
    if reason is None:
        return predictor, about, found
    shown = f"{version.model} version {version.number}"
    print(f"warning: {shown} answers without a passing verdict: {reason}", file=sys.stderr)
    return predictor, {**about, "without_verdict": reason}, found


def _about_nothing(line: Mapping[str, Any]) -> dict[str, Any]:
    return {}


def _answers(
    predictor: Any,
    lines: Iterator[tuple[int, dict[str, Any] | DataError]],
    about: dict[str, Any],
    beside: Beside = _about_nothing,
) -> Iterator[dict[str, Any]]:
    """Answer in batches; a line that cannot be answered gets an `error` and stops nothing.

    Args:
        predictor: what answers.
        lines: (number, line) of the input.
        about: the `model` of every answer.
        beside: further keys of the answer to a line.
    """
    batch: list[tuple[str, dict[str, Any]]] = []
    for number, line in lines:
        if isinstance(line, DataError):
            yield from _answer(predictor, batch, about, beside)
            batch = []
            yield {"id": str(number), "error": str(line)}
            continue
        batch.append((str(line.get("id", number)), line))
        if len(batch) == BATCH:
            yield from _answer(predictor, batch, about, beside)
            batch = []
    yield from _answer(predictor, batch, about, beside)


def _answer(
    predictor: Any, batch: list[tuple[str, dict[str, Any]]], about: dict[str, Any], beside: Beside
) -> Iterator[dict[str, Any]]:
    try:
        found = predictor.answer([line for _, line in batch]) if batch else []
    except DataError as error:
        if len(batch) == 1:
            yield {"id": batch[0][0], "error": str(error)}
        else:
            for one in batch:
                yield from _answer(predictor, [one], about, beside)
        return
    for (name, line), prediction in zip(batch, found, strict=True):
        yield {"id": name, "model": about, **beside(line), "prediction": prediction}


def _check_squad(family: Any) -> None:
    if family.record.kind != "question":
        raise UserError(f"--squad writes answers to questions; family {family.family} answers none")


def as_squad(answers: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The best text of each output line by its id; empty for no answer, and for an error."""
    found = ((line["id"], line.get("prediction") or [{}]) for line in answers)
    return {name: str(items[0].get("text", "")) for name, items in found}


def _write(answers: Iterator[dict[str, Any]], path: Path, squad: bool = False) -> None:
    """Write beside the target first, so that a failing run leaves an old file as it was."""
    partial = path.with_name(f".{path.name}.partial")
    count = 0
    try:
        with partial.open("w", encoding="utf-8") as stream:
            if squad:
                found = as_squad(answers)
                json.dump(found, stream, indent=1, ensure_ascii=False)
                count = len(found)
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
