"""goldens: mending labelled data: without duplicates, merged, placed in their texts."""

import json
from pathlib import Path
from typing import Annotated

import typer

from goldsmith.cli.goldens import Format, Output, Paths, UseCaseName, WhichPart, answered
from goldsmith.cli.goldens_input import Goldens, Part, given
from goldsmith.cli.running import AsJson, ProfileName
from goldsmith.curation.align import Ambiguous
from goldsmith.curation.dedupe import Rule
from goldsmith.curation.merge import By
from goldsmith.errors import UserError


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

    For every record type; of a retrieval set only the queries are written, not
    the corpus.

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
    if not answered({**answer, "output": str(output)}, as_json):
        from goldsmith.cli import goldens_tables as tables

        tables.print_dedupe(survey, written, found.name, output)


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

    Agreement is the share of equal targets and Cohen's kappa, over all labels
    and of each (of words in tagging). Conflicts are settled by --decisions,
    then --prefer, then --majority; what is left open is written to
    OUTPUT.conflicts.jsonl, for a person to decide. Not for queries, fields
    and pages.

    Example: goldsmith goldens merge --path anna.jsonl --path ben.jsonl --format
    tokens --output all.jsonl
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
    if not answered(merged.summary() | {"output": output and str(output)}, as_json):
        from goldsmith.cli import goldens_tables as tables

        tables.print_merge(merged, output, left)


def _check_merge(several: list[Goldens], decisions: Path | None) -> None:
    if len(several) < 2 and not decisions:
        raise UserError("give two or more --path to merge, or --decisions for one")
    names = [one.name for one in several]
    if len(set(names)) < len(names):
        raise UserError(f"--path {max(names, key=names.count)} stands twice")
    for one in several:
        one.refuse(
            ("query", "field", "ocr_page"), "merge tagged tokens, labelled texts and questions"
        )


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

    A value is looked for as it stands, then normalised (case, white space,
    1,250.00 = 1250, currency sign), then within --fuzzy edits. A record with a
    value that was not placed is left out: half-tagged it would teach that the
    value is none. Makes tagged tokens only.

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
    if not answered(tally.summary() | {"output": output and str(output)}, as_json):
        from goldsmith.cli import goldens_tables as tables

        tables.print_align(tally, output, problems)


def register(goldens: typer.Typer) -> None:
    """Add the verbs."""
    for verb in (dedupe, merge, align):
        goldens.command()(verb)
