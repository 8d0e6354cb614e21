"""goldens: looking at labelled data, and mending them, before they are trained on."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from goldsmith.cli import goldens_tables as tables
from goldsmith.cli.goldens_input import Goldens, Part, given
from goldsmith.cli.running import AsJson, ProfileName
from goldsmith.curation.align import Ambiguous
from goldsmith.curation.dedupe import Rule
from goldsmith.curation.merge import By
from goldsmith.errors import UserError

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


def _answer(value: Any, as_json: bool) -> bool:
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

    Writes an offline page with pictures: for a use case to reports/UC/goldens.html, for files where
    --output says. For every record type.

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
    if not _answer({**figures.model_dump(mode="json"), "page": target and str(target)}, as_json):
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

    Example: goldsmith goldens sample financial-entities -n 50 --output to-check.jsonl
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
    if not _answer(answer, as_json):
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

    --output writes one conflict a line for a person to fill in `decision` (the number of the right
    option, or "drop"); `goldsmith goldens merge --decisions` takes that file back. Questions with
    several answers are shown too, which may be right. Not for queries.

    Example: goldsmith goldens conflicts financial-entities --output decide.jsonl
    """
    from goldsmith.curation import conflicts as listing
    from goldsmith.curation.files import replacing

    found = given(use_case, profile, part, path, reader)
    found.refuse(("query",), "a query's judgements add up, they are in no conflict")
    several = listing.conflicts(found.read)
    if output:
        with replacing(output, found.inputs) as stream:
            stream.writelines(listing.lines(several))
    answer = [one.model_dump(mode="json") for one in several]
    if not _answer({"conflicts": answer, "output": output and str(output)}, as_json):
        tables.print_conflicts(several, found.name, output)


@goldens.command()
def dedupe(
    output: Annotated[Path, typer.Option("--output", help="Where to write; never the input.")],
    use_case: UseCaseName = None,
    rule: Annotated[
        Rule,
        typer.Option(help="keep_first, keep_last, or keep_in_test (the copy nearest to test)."),
    ] = "keep_first",
    drop_conflicts: Annotated[
        bool, typer.Option("--drop-conflicts", help="Leave out inputs with several targets, too.")
    ] = False,
    profile: ProfileName = None,
    part: WhichPart = Part.SOURCE,
    path: Paths = None,
    reader: Format = None,
    as_json: AsJson = False,
) -> None:
    """Write the goldens without surplus duplicates (same input, same target), as JSON lines.

    For every record type; of a retrieval set only the queries are written, not the corpus.

    Example: goldsmith goldens dedupe financial-entities --output deduped.jsonl
    """
    from goldsmith.curation import dedupe as deduping
    from goldsmith.curation import files

    found = given(use_case, profile, part, path, reader)
    files.check_output(output, found.inputs)
    survey = deduping.survey(found.read, rule, drop_conflicts)
    written = files.write(deduping.kept(found.read(), survey), output, found.inputs)
    dropped = [one._asdict() for one in survey.dropped]
    answer = {"records": survey.records, "written": written, "dropped": dropped}
    if not _answer({**answer, "output": str(output)}, as_json):
        tables.print_dedupe(survey, written, found.name, output)


@goldens.command()
def merge(
    use_case: UseCaseName = None,
    path: Paths = None,
    reader: Format = None,
    by: Annotated[
        By, typer.Option(help="What makes two records one: id, text, or auto (id where it can).")
    ] = "auto",
    decisions: Annotated[
        Path | None, typer.Option(help="Decided conflicts, as `goldens conflicts` wrote them.")
    ] = None,
    prefer: Annotated[str | None, typer.Option(help="The --path that is right.")] = None,
    majority: Annotated[
        bool, typer.Option("--majority", help="More than half of three or more files are right.")
    ] = False,
    profile: ProfileName = None,
    part: WhichPart = Part.SOURCE,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Merge the files of several annotators into one, and print how far they agree.

    Agreement is the share of equal targets and Cohen's kappa, over all labels and of each (of words in
    tagging). Conflicts are settled by --decisions, then --prefer, then --majority; what is left open
    is written to OUTPUT.conflicts.jsonl, for a person to decide. Not for queries and fields.

    Example: goldsmith goldens merge --path anna.jsonl --path ben.jsonl --format tokens --output all.jsonl
    """
    from goldsmith.curation import conflicts as listing
    from goldsmith.curation import files
    from goldsmith.curation import merge as merging

    several = [given(use_case, profile, part, [one], reader) for one in path or ()]
    several = several or [given(use_case, profile, part, None, reader)]
    _check_merge(several, decisions)
    inputs = [found for one in several for found in one.inputs]
    left = output and output.with_name(f"{output.name}.conflicts.jsonl")
    for target in (output, left):
        if target:
            files.check_output(target, [*inputs, *([decisions] if decisions else [])])
    rules = merging.Rules(listing.read_decisions(decisions) if decisions else {}, prefer, majority)
    read = {one.name: list(one.read()) for one in several}
    merged = merging.merge(read, rules, by)
    if output and left:
        files.write(merged.records, output, inputs)
        left.unlink(missing_ok=True)
        if merged.open:
            with files.replacing(left, inputs) as stream:
                stream.writelines(listing.lines(merged.open))
    if not _answer(merged.summary() | {"output": output and str(output)}, as_json):
        tables.print_merge(merged, output, left)


def _check_merge(several: list[Goldens], decisions: Path | None) -> None:
    if len(several) < 2 and not decisions:
        raise UserError("give two or more --path to merge, or --decisions for one")
    names = [one.name for one in several]
    if len(set(names)) < len(names):
        raise UserError(f"--path {max(names, key=names.count)} stands twice")
    for one in several:
        one.refuse(("query", "field"), "merge tagged tokens, labelled texts and questions")


@goldens.command()
def align(
    path: Annotated[Path, typer.Option("--path", help="JSON lines of texts with their values.")],
    output: Output = None,
    text: Annotated[str, typer.Option(help="Key of the text.")] = "text",
    values: Annotated[
        str, typer.Option(help="Key of the values: a list of {label, value}, or label: value.")
    ] = "values",
    fuzzy: Annotated[
        int, typer.Option(min=0, help="Greatest edit distance, one edit for four characters.")
    ] = 0,
    ambiguous: Annotated[
        Ambiguous, typer.Option(help="A value with several places: leave, first or all.")
    ] = "leave",
    keep_incomplete: Annotated[
        bool,
        typer.Option("--keep-incomplete", help="Write records with a value that has no place."),
    ] = False,
    problems: Annotated[
        Path | None, typer.Option(help="Where to write what was not placed, as JSON lines.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Place gold values in their texts: tagged words out of texts and lists of {label, value}.

    A value is looked for as it stands, then normalised (case, white space, 1,250.00 = 1250, currency
    sign), then within --fuzzy edits. A record with a value that was not placed is left out: half-tagged
    it would teach that the value is none. Makes tagged tokens only.

    Example: goldsmith goldens align --path values.jsonl --output tagged.jsonl
    """
    from goldsmith.curation import align as aligning
    from goldsmith.curation import files
    from goldsmith.curation.values import read

    way = aligning.Way(fuzzy, ambiguous, keep_incomplete)
    tally = aligning.Tally()
    tagged = aligning.align(read(path, text, values), way, tally)
    if output:
        files.write(tagged, output, [path])
    else:
        for _ in tagged:
            pass
    if problems:
        with files.replacing(problems, [path, *([output] if output else [])]) as stream:
            for one in tally.problems:
                stream.write(json.dumps(one._asdict(), ensure_ascii=False) + "\n")
    if not _answer(tally.summary() | {"output": output and str(output)}, as_json):
        tables.print_align(tally, output, problems)


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.add_typer(goldens)
