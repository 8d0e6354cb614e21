"""goldens: dividing OCR documents into clusters."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from goldsmith.cli.goldens import answered
from goldsmith.cli.goldens_input import Goldens, Part, given
from goldsmith.cli.running import AsJson
from goldsmith.errors import UserError

RESULT, PAGE = "clusters.json", "clusters.html"


def cluster(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or globs of OCR results.")],
    reader: Annotated[
        str,
        typer.Option(
            "--reader",
            "--format",
            help="A reader of pages, or its section as `{format: ..., ...}`.",
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", help="Folder for clusters.json and clusters.html.")
    ],
    seed: Annotated[int, typer.Option(min=0, help="Another seed may divide otherwise.")] = 13,
    most: Annotated[int, typer.Option(min=2, max=100, help="Most clusters that are tried.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Divide OCR documents into clusters by the layout and the words of their pages.

    Of 2 to --most clusters the number with the best mean silhouette wins.
    Writes the clusters with the documents and the medoid of each as JSON, and
    an offline page with a picture of each. For OCR pages only.

    Example: goldsmith goldens cluster receipts/box --reader sroie --output
    clusters
    """
    from goldsmith.curation import clusters, clusters_page
    from goldsmith.curation.files import check_output, replacing

    several = [given(None, None, Part.SOURCE, [one], reader) for one in paths]
    inputs = [found for one in several for found in one.inputs]
    if output.is_file():
        raise UserError(f"--output {output} is a file: give a folder")
    for name in (RESULT, PAGE):
        check_output(output / name, inputs)
    divided = clusters.divide(_pages(several), seed, most)
    title = ", ".join(one.name for one in several)
    with replacing(output / RESULT, inputs) as stream:
        stream.write(divided.found.model_dump_json(indent=1) + "\n")
    with replacing(output / PAGE, inputs) as stream:
        stream.write(clusters_page.page(divided, title))
    if not answered(divided.found.model_dump(mode="json") | {"output": str(output)}, as_json):
        from goldsmith.cli import goldens_tables as tables

        tables.print_clusters(divided.found, title, output)


def _pages(several: list[Goldens]) -> Iterator[Any]:
    for one in several:
        if one.kind != "ocr_page":
            raise UserError(
                f"{one.name}: not for records of type {one.kind}: --reader names a reader of OCR "
                "pages (hocr, ocr_json, sroie, tesseract, textract)"
            )
    for one in several:
        yield from one.read()


def register(goldens: typer.Typer) -> None:
    """Add the verb."""
    goldens.command()(cluster)
