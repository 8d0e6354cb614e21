"""The rule-based example extractor on real receipts, as a table, or what it finds as a file.

    python -m benchmarks.receipts
    python -m benchmarks.receipts PATH ... --reader sroie > found.jsonl

Without a path: F1 on the public receipts, those of `benchmarks.public`. Rules are fitted by whoever
writes them, too, so the receipts are halved by the SHA-256 of their ids: rules were written with the
even ones in view, and the odd ones were looked at once, at the end. With paths: what the rules find
on those pages, a line a value, as `goldsmith evaluate-extraction --results` reads it.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks import public
from goldsmith.config import plugins
from goldsmith.config.evaluation import FieldRule
from goldsmith.errors import GoldsmithError, UserError, near
from goldsmith.example_extractor import extract
from goldsmith.extraction.judging import score_sides
from goldsmith.extraction.scores import PRIMARY, FieldScores
from goldsmith.families.bootstrap import interval
from goldsmith.records import Field, OcrPage

RECEIPTS = Path("ocr_documents") / "sroie_receipts"
RULES = {
    "company": FieldRule(value="company"),
    "date": FieldRule(value="date"),
    "total": FieldRule(value="amount"),
    "*": FieldRule(),
}
FIELDS = ("company", "date", "address", "total")
RESAMPLES = 2000


def pages(paths: Sequence[Path], form: str) -> Iterator[OcrPage]:
    """The pages at the paths.

    Raises:
        UserError: no reader of pages of that name, or a file that is not what the reader reads.
    """
    kinds: dict[str, Any] = {one: plugins.load("readers", one) for one in plugins.names("readers")}
    drawn = {one: kind for one, kind in kinds.items() if kind.record.kind == "ocr_page"}
    if form not in drawn:
        raise UserError(f"--reader: no reader of pages {form!r}: {near(form, drawn)}")
    reader = drawn[form](format=form)
    for path in paths:
        yield from reader.read(reader.files(path), path)


def even(document_id: str) -> bool:
    """Whether a receipt is of the half that the rules were written with."""
    return sha256(document_id.encode()).digest()[-1] % 2 == 0


def scored(folder: Path) -> dict[str, FieldScores]:
    """Scores on a folder of `box` and `key`: of all receipts, and of each half."""
    reader: Any = plugins.load("readers", "fields")(format="fields", layout="wide")
    goldens = list(reader.read(reader.files(folder / "key"), folder / "key"))
    results = [one for page in pages([folder / "box"], "sroie") for one in extract(page)]

    def on(side: Sequence[Field], half: bool) -> list[Field]:
        return [one for one in side if even(one.document_id) is half]

    return {
        "all": score_sides(goldens, results, RULES).scores,
        "even": score_sides(on(goldens, True), on(results, True), RULES).scores,
        "odd": score_sides(on(goldens, False), on(results, False), RULES).scores,
    }


def print_table(found: dict[str, FieldScores]) -> None:
    """F1 by exactly the same value, and beside it by at most a tenth of the characters wrong."""
    print(
        "| receipts | micro F1, 95 % | " + " | ".join(FIELDS) + " | within 10 %: micro | address |"
    )
    print("| --- " + "| ---: " * (len(FIELDS) + 3) + "|")
    for name, scores in found.items():
        metrics = scores.metrics()
        low, high = interval(scores, PRIMARY, RESAMPLES, 0)
        cells = [
            f"{name}, {len(scores.ids)}",
            f"{metrics[PRIMARY]:.3f}, {low:.3f} to {high:.3f}",
            *(f"{metrics[f'label:{field}.f1']:.3f}" for field in FIELDS),
            f"{metrics['edit.f1']:.3f}",
            f"{metrics['label:address.edit_f1']:.3f}",
        ]
        print(f"| {' | '.join(cells)} |")


def main() -> int:
    """Run the command."""
    assert __doc__
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path, help="files, folders or globs of pages")
    parser.add_argument("--reader", default="sroie", help="a reader of pages (default sroie)")
    given = parser.parse_args()
    try:
        for page in pages(given.paths, given.reader):
            for one in extract(page):
                print(json.dumps(one.row(), ensure_ascii=False))
        if not given.paths:
            print_table(scored(public.folder() / RECEIPTS))
    except GoldsmithError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
