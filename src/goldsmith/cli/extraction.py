"""evaluate-extraction: judging an extraction system without a use case."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from goldsmith.cli.running import AsJson, wide_console
from goldsmith.errors import UserError, near

if TYPE_CHECKING:
    from goldsmith.config.gates import Cost
    from goldsmith.config.layers import Origins
    from goldsmith.config.results import ResultsSettings
    from goldsmith.records import Field
    from goldsmith.reporting.extraction import ExtractionData

REPORT_FILE, JSON_FILE = "report.html", "report.json"


def evaluate_extraction(
    results: Annotated[Path, typer.Option(help="What the system found: a table of values.")],
    goldens: Annotated[Path, typer.Option(help="The gold values, in the same forms.")],
    pages: Annotated[
        Path | None, typer.Option(help="Words and boxes of the documents, for pictures.")
    ] = None,
    pages_format: Annotated[
        str, typer.Option(help="Reader of the pages, one of those with records ocr_page.")
    ] = "ocr_json",
    clusters: Annotated[
        Path | None, typer.Option(help="JSON file of document id to cluster of layouts.")
    ] = None,
    value: Annotated[
        list[str] | None,
        typer.Option(help="What a field's values are: FIELD=text, date, amount or company."),
    ] = None,
    settings: Annotated[
        Path | None,
        typer.Option(
            "--settings",
            metavar="FILE",
            help="JSON or YAML file of fields, gates.costs, validation, below every --value.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Folder to write report.html and report.json to.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Score an extraction system's results against goldens; registers and trains nothing.

    A table has a row a value (document_id, field, value; page, box and score may lack), or a row a
    document with a column a field: CSV, TSV, JSON, JSON lines, Parquet.

    Example: goldsmith evaluate-extraction --results found.jsonl --goldens gold.csv --value date=date
    """
    from goldsmith.extraction import checks
    from goldsmith.extraction.judging import read_clusters, score_sides
    from goldsmith.validation import report

    asked, origins = _settings(settings, value or [])
    sides = checks.Sides(
        _fields(goldens),
        _fields(results),
        _pages(pages, pages_format) if pages else [],
        asked.fields,
    )
    _require_fields(asked, origins, sides.goldens)
    groups = read_clusters(clusters)
    found = checks.validate(sides, asked.validation)
    folder = output or Path()
    if output:
        output.mkdir(parents=True, exist_ok=True)
        report.write(found, output)
    report.require(found, folder)
    scored = score_sides(sides.goldens, sides.results, asked.fields, groups)
    data = _summary(scored, sides, f"{results} against {goldens}", asked.gates.costs)
    if output:
        _write(data, output)
    _tell(data, report.notes(found), output, as_json)


def _settings(file: Path | None, values: list[str]) -> "tuple[ResultsSettings, Origins]":
    """What the file says under what `--value` says, and where each was said."""
    from pydantic import ValidationError

    from goldsmith.config import results

    asked, origins = results.read(file) if file else (results.ResultsSettings(), {})
    for text in values:
        field, _, kind = text.partition("=")
        try:
            asked = asked.with_value(field, kind)
        except ValidationError:
            hint = near(kind, ("text", "date", "amount", "company"))
            raise UserError(f"--value {text}: no kind of value {kind!r}: {hint}") from None
        origins.setdefault(("fields", field), f"--value {text}")
    return asked, origins


def _require_fields(
    asked: "ResultsSettings", origins: "Origins", goldens: "Sequence[Field]"
) -> None:
    from goldsmith.config.results import require_fields

    if there := {one.field for one in goldens}:
        require_fields(asked, origins, there)


def _fields(path: Path) -> "list[Field]":
    """The values of a table, long or wide as its first row is."""
    from goldsmith.readers.fields import Fields

    reader = Fields()
    files = reader.files(path)
    return list(reader.by_first_row(files, path).read(files, path))


def _pages(path: Path, name: str) -> list[Any]:
    from goldsmith.config import plugins

    kinds: dict[str, Any] = {one: plugins.load("readers", one) for one in plugins.names("readers")}
    drawn = {one: kind for one, kind in kinds.items() if kind.record.kind == "ocr_page"}
    if name not in drawn:
        raise UserError(f"--pages-format: no reader of pages {name!r}: {near(name, drawn)}")
    reader: Any = drawn[name](format=name)
    return list(reader.read(reader.files(path), path))


def _summary(found: Any, sides: Any, about: str, costs: "Mapping[str, Cost]") -> "ExtractionData":
    from goldsmith.extraction.scores import confusion
    from goldsmith.extraction.summary import summarise

    return summarise(
        found.scores,
        [(one.document_id, one.outcomes) for one in found.judged],
        sides.pages,
        confusion=confusion(found.judged),
        title="Extraction results",
        about=about,
        costs=costs,
    )


def _write(data: "ExtractionData", output: Path) -> None:
    from goldsmith.reporting.extraction import render

    (output / REPORT_FILE).write_text(render(data), encoding="utf-8")
    text = json.dumps(data.model_dump(mode="json"), indent=1, ensure_ascii=False)
    (output / JSON_FILE).write_text(text + "\n", encoding="utf-8")


def _tell(data: "ExtractionData", notes: list[str], output: Path | None, as_json: bool) -> None:
    from goldsmith.cli.extraction_tables import print_figures

    if as_json:
        shown = data.model_dump(mode="json", exclude={"documents", "gates", "passed"})
        print(json.dumps({**shown, "notes": notes}, indent=1, ensure_ascii=False))
        return
    console: Console = wide_console()
    for text in notes:
        console.print(text, highlight=False, markup=False, soft_wrap=True)
    print_figures(console, data)
    if output:
        console.print(f"\nReport   {output / REPORT_FILE}", soft_wrap=True, highlight=False)


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("evaluate-extraction")(evaluate_extraction)
