"""goldens: looking at labelled data before they are trained on."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from goldsmith.cli.goldens_input import Part, given
from goldsmith.cli.running import AsJson, ProfileName

goldens = typer.Typer(
    name="goldens",
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="Look at goldens (labelled data) and mend them.",
    epilog="Each verb works on a use case, or on files: [bold]--path FILE --format tokens[/bold].",
)

UseCaseName = Annotated[
    str | None, typer.Argument(help="Use case, as in `goldsmith list`; or give --path.")
]
Paths = Annotated[
    list[Path] | None, typer.Option("--path", help="File or folder, in place of the use case's.")
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="Format of --path: a reader's name, or its section as `{format: ..., ...}`.",
    ),
]
WhichPart = Annotated[
    Part, typer.Option("--part", help="The use case's source, or its fixed test set.")
]
Output = Annotated[Path | None, typer.Option("--output", help="Where to write.")]


def answered(value: Any, as_json: bool) -> bool:
    """Print the answer as JSON if that is wanted; says whether it was."""
    if as_json:
        print(json.dumps(value, indent=1, ensure_ascii=False))
    return as_json


@goldens.command()
def stats(
    use_case: UseCaseName = None,
    profile: ProfileName = None,
    part: WhichPart = Part.SOURCE,
    path: Paths = None,
    reader: Format = None,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Count records, documents, labels by split, lengths, duplicates and conflicts.

    Writes an offline page with pictures: for a use case to
    reports/UC/goldens.html, for files where --output says. For every record
    type.

    Example: goldsmith goldens stats financial-entities
    """
    from goldsmith.curation.files import replacing
    from goldsmith.curation.page import page
    from goldsmith.curation.stats import stats as count

    found = given(use_case, profile, part, path, reader)
    figures = count(found.read(), found.kind)
    target = output or (Path("reports") / use_case / "goldens.html" if use_case else None)
    if target:
        with replacing(target, found.inputs) as stream:
            stream.write(page(figures, found.name))
    if not answered({**figures.model_dump(mode="json"), "page": target and str(target)}, as_json):
        from goldsmith.cli import goldens_tables as tables

        tables.print_stats(figures, found.name, target)


@goldens.command()
def sample(
    use_case: UseCaseName = None,
    n: Annotated[int, typer.Option("-n", "--records", min=1, help="How many.")] = 20,
    label: Annotated[str | None, typer.Option(help="Only records with this label.")] = None,
    split: Annotated[str | None, typer.Option(help="Only records of this split.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed draws other records.")] = 13,
    profile: ProfileName = None,
    part: WhichPart = Part.SOURCE,
    path: Paths = None,
    reader: Format = None,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Draw records by label, rare labels too, to look at or (--output, JSON lines) to annotate.

    For every record type.

    Example: goldsmith goldens sample financial-entities -n 50 --output
    to-check.jsonl
    """
    from goldsmith.curation import files
    from goldsmith.curation.sample import sample as draw

    found = given(use_case, profile, part, path, reader)
    drawn = draw(found.read, n, seed, label, split)
    if output:
        files.write(drawn.records, output, found.inputs)
    answer = {
        "strata": [dict(zip(("label", "records", "drawn"), s, strict=True)) for s in drawn.strata],
        "records": [files.line(record) for record in drawn.records],
        "output": output and str(output),
    }
    if not answered(answer, as_json):
        from goldsmith.cli import goldens_tables as tables

        tables.print_sample(drawn, found.name, output)


@goldens.command()
def conflicts(
    use_case: UseCaseName = None,
    profile: ProfileName = None,
    part: WhichPart = Part.SOURCE,
    path: Paths = None,
    reader: Format = None,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Lay records with equal inputs and different targets side by side.

    --output writes one conflict a line for a person to fill in `decision` (the
    number of the right option, or "drop"); `goldsmith goldens merge
    --decisions` takes that file back. Questions with several answers are shown
    too, which may be right. Not for queries.

    Example: goldsmith goldens conflicts financial-entities --output
    decide.jsonl
    """
    from goldsmith.curation import conflicts as listing
    from goldsmith.curation.files import replacing

    found = given(use_case, profile, part, path, reader)
    found.refuse(("query",), "a query's judgements add up, they are in no conflict")
    found.refuse(("ocr_page",), "a page carries no label, it is in no conflict")
    several = listing.conflicts(found.read)
    if output:
        with replacing(output, found.inputs) as stream:
            stream.writelines(listing.lines(several))
    answer = [one.model_dump(mode="json") for one in several]
    if not answered({"conflicts": answer, "output": output and str(output)}, as_json):
        from goldsmith.cli import goldens_tables as tables

        tables.print_conflicts(several, found.name, output)


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    from goldsmith.cli import goldens_clusters, goldens_mending, goldens_power

    goldens_mending.register(goldens)
    goldens.command()(goldens_power.power)
    goldens_clusters.register(goldens)
    app.add_typer(goldens)
