"""Print the table of faults: `python -m tests.faults`, `--markdown`, or `--write` for the docs' page."""

import argparse
import logging
import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.faults.table import HEAD, PAGE, everything, markdown


def main() -> int:
    """Exit status 0 if every fault is caught and no clean set raises a false alarm, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--markdown", action="store_true", help="print the tables as Markdown")
    parser.add_argument("--write", action="store_true", help=f"write docs/{PAGE.name}")
    parser.add_argument(
        "--datasets",
        type=Path,
        default=os.environ.get("GOLDSMITH_DATASETS"),
        help="folder of public data sets, to look for false alarms in (GOLDSMITH_DATASETS)",
    )
    asked = parser.parse_args()
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as home:
        os.environ["GOLDSMITH_HOME"] = home
        judged, looked = everything(asked.datasets)
    text = markdown(judged, looked)
    if asked.write:
        PAGE.write_text(HEAD + text, encoding="utf-8")
    elif asked.markdown:
        print(text, end="")
    else:
        _show(text)
    return int(any(not one.caught for one in judged) or any(one.alarms for one in looked))


def _show(text: str) -> None:
    """The Markdown tables, for a terminal; what a fault does is left to the page."""
    console = Console()
    console = Console(width=max(console.width, 120))
    table = Table(box=None)
    for line in [*text.splitlines(), ""]:
        cells = [cell.strip().replace("`", "") for cell in line.strip("|").split(" | ")]
        del cells[2 : 2 + (len(cells) == 9)]
        if not line.startswith("|"):
            if table.columns:
                console.print(table)
                table = Table(box=None)
            console.print(line.lstrip("# "))
        elif not table.columns:
            for cell in cells:
                table.add_column(cell, overflow="fold")
        elif not set("".join(cells)) <= set("-: "):
            table.add_row(*cells)


if __name__ == "__main__":
    sys.exit(main())
