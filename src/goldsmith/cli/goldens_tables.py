"""What the verbs of `goldsmith goldens` print for people."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from goldsmith.cli.running import wide_console
from goldsmith.curation.align import Tally
from goldsmith.curation.clusters import Clusters
from goldsmith.curation.conflicts import Conflict
from goldsmith.curation.dedupe import Survey
from goldsmith.curation.merge import Merged
from goldsmith.curation.sample import Sample
from goldsmith.curation.sides import shown_input, shown_target
from goldsmith.curation.stats import Stats
from goldsmith.errors import listed

WIDTH = 120
MOST_LABELS, MOST_GROUPS, MOST_PROBLEMS = 40, 20, 20


def _console() -> Console:
    """The user's terminal; a log file gets lines wide enough for whole labels."""
    return wide_console()


def _table(title: str, *columns: str, numbers: Sequence[str] = ()) -> Table:
    """A table of data; a title, which may hold a long path, makes it no wider than the page."""
    table = Table(title=Text(title), title_justify="left", min_width=min(len(title) + 2, WIDTH))
    for name in columns:
        table.add_column(name, justify="right" if name in numbers else "left", overflow="fold")
    return table


def _row(table: Table, *cells: object) -> None:
    """Data may hold what rich takes for markup: they are printed as they are."""
    table.add_row(*(Text(str(cell)) for cell in cells))


def _say(console: Console, text: str) -> None:
    console.print(Text(text), soft_wrap=True)


def print_stats(found: Stats, name: str, page: Path | None) -> None:
    """Records and lengths by split, labels by split, repeated inputs."""
    console, splits = _console(), list(found.splits)
    table = _table(f"{name}: {found.records:,} records of type {found.record}",
                   "split", "records", "words p50", "p95", "max",
                   numbers=("records", "words p50", "p95", "max"))  # fmt: skip
    for split, count in found.splits.items():
        one = found.lengths[split]
        _row(table, split, f"{count:,}", one.p50, one.p95, one.max)
    console.print(table)
    labels = _table("Targets by label", "label", *splits, "all", numbers=(*splits, "all"))
    for label, counts in list(found.labels.items())[:MOST_LABELS]:
        cells = [f"{counts[split]:,}" for split in splits]
        _row(labels, label, *cells, f"{found.support(label):,}")
    console.print(labels)
    if len(found.labels) > MOST_LABELS:
        _say(console, f"and {len(found.labels) - MOST_LABELS} more, on the page")
    _say(
        console,
        f"documents  {found.documents:,}, and {found.without_document:,} records without one",
    )
    _say(
        console,
        f"unlabelled {found.unlabelled:,} records ({found.unlabelled_share:.1%}) have no target",
    )
    repeats = found.repeats
    _say(console, _with_ids("duplicates", repeats.duplicates, "surplus records", repeats.duplicate_ids))  # fmt: skip
    what = f"inputs with several targets, on {repeats.conflicting:,} records"
    _say(console, _with_ids("conflicts ", repeats.conflicts, what, repeats.conflicting_ids))
    if page:
        _say(console, f"page       {page}")


def _with_ids(word: str, count: int, what: str, ids: Sequence[str]) -> str:
    return f"{word} {count:,} {what}" + (f": {listed(ids)}" if ids else "")


def print_sample(drawn: Sample, name: str, output: Path | None) -> None:
    """What was drawn by label, and the records unless they went into a file."""
    console = _console()
    table = _table(f"{name}: {len(drawn.records)} records drawn", "rarest label", "records", "drawn",
                   numbers=("records", "drawn"))  # fmt: skip
    for label, records, taken in drawn.strata[:MOST_LABELS]:
        _row(table, label, f"{records:,}", taken)
    console.print(table)
    if output:
        _say(console, f"{len(drawn.records)} records in {output}")
        return
    shown = _table("", "id", "input", "target")
    for record in drawn.records:
        _row(shown, record.id, shown_input(record), shown_target(record))
    console.print(shown)


def print_conflicts(found: Sequence[Conflict], name: str, output: Path | None) -> None:
    """Each input once, with its targets below one another."""
    console = _console()
    if not found:
        _say(console, f"{name}: no conflicts: no two equal inputs have different targets")
        return
    table = _table(f"{name}: {len(found):,} inputs with several targets",
                   "input", "option", "target", "records")  # fmt: skip
    for one in found[:MOST_GROUPS]:
        for place, option in enumerate(one.options, start=1):
            ids = listed(option.ids) + (f" ({listed(option.sources)})" if option.sources else "")
            _row(table, one.text if place == 1 else "", place, option.shown, ids)
        table.add_section()
    console.print(table)
    if len(found) > MOST_GROUPS:
        _say(console, f"and {len(found) - MOST_GROUPS} more; --output writes all of them")
    if output:
        _say(console, f"{len(found)} conflicts in {output}: fill in `decision`, then")
        _say(console, f"  goldsmith goldens merge ... --decisions {output} --output FILE")


def print_dedupe(found: Survey, written: int, name: str, output: Path) -> None:
    """How many and which records were left out."""
    console = _console()
    for reason, what in (("duplicate", "surplus duplicates"), ("conflict", "records in conflict")):
        ids = [one.id for one in found.dropped if one.reason == reason]
        if ids or reason == "duplicate":
            _say(console, _with_ids(f"{name}:", len(ids), f"{what} left out", ids))
    _say(console, f"{written:,} of {found.records:,} records in {output}")


def print_merge(merged: Merged, output: Path | None, left: Path | None) -> None:
    """Agreement of every two files, and what became of conflicts."""
    console = _console()
    for one in merged.agreements:
        title = f"{one.first} and {one.second}: {one.records:,} records in both, {one.share:.1%} labelled alike"
        table = _table(
            title, "label", f"kappa over {one.unit}", numbers=(f"kappa over {one.unit}",)
        )
        for label, value in one.labels.items():
            _row(table, label, _figure(value))
        table.add_section()
        _row(table, "all labels", _figure(one.kappa))
        console.print(table)
        if one.incomparable:
            _say(console, f"{one.incomparable} records are cut into other words: not in kappa")
    settled = ", ".join(f"{count} by {how}" for how, count in sorted(merged.settled.items()))
    _say(console, f"conflicts  {settled or 'none'} settled, {len(merged.open)} left open")
    _say(console, f"records    {len(merged.records):,}, merged by {merged.by}; "
                  f"{merged.surplus} repetitions and {merged.left_out} dropped by decision left out")  # fmt: skip
    if output:
        _say(console, f"{len(merged.records):,} records in {output}")
    if merged.open and left and output:
        _say(console, f"{len(merged.open)} open conflicts in {left}: fill in `decision`, then merge "
                      f"again with --decisions {left}")  # fmt: skip
    elif merged.open:
        print_conflicts(merged.open, "open", None)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def print_align(tally: Tally, output: Path | None, problems: Path | None) -> None:
    """Values by label and way, and those that were not placed."""
    console, ways = _console(), ("exact", "normalised", "fuzzy", "ambiguous", "not found", "empty")
    total = sum(tally.counts.values(), Counter[str]())
    shown = [way for way in ways if total[way]]
    table = _table("Values placed", "label", *shown, "all", numbers=(*shown, "all"))
    for label, counts in [*sorted(tally.counts.items()), ("all labels", total)]:
        if label == "all labels":
            table.add_section()
        _row(table, label, *(f"{counts[way]:,}" for way in shown), f"{counts.total():,}")
    console.print(table)
    if tally.problems:
        missing = _table("Not placed", "record", "label", "value", "why", "places")
        for one in tally.problems[:MOST_PROBLEMS]:
            _row(missing, one.id, one.label, one.value, one.fault, "\n".join(one.places))
        console.print(missing)
        rest = len(tally.problems) - MOST_PROBLEMS
        if rest > 0:
            _say(console, f"and {rest} more; --problems FILE writes all of them")
    _say(console, f"{tally.records:,} of {tally.seen:,} records"
                  f"{f' in {output}' if output else ''}; {tally.left_out:,} left out for a value without a place")  # fmt: skip
    if problems:
        _say(console, f"{len(tally.problems)} values without a place in {problems}")


def print_clusters(found: Clusters, name: str, folder: Path) -> None:
    """The clusters, the largest first, and why there are so many."""
    console = _console()
    table = _table(f"{name}: {found.documents:,} documents, {found.pages:,} pages",
                   "cluster", "documents", "medoid", "telling words",
                   numbers=("cluster", "documents"))  # fmt: skip
    for one in found.clusters:
        _row(table, one.number, f"{len(one.documents):,}", one.medoid, ", ".join(one.words))
    console.print(table)
    best = found.silhouettes.get(len(found.clusters))
    if best is None:
        _say(console, "The documents are too few, or too much alike, to be divided.")
    else:
        tried = f"{min(found.silhouettes)} to {max(found.silhouettes)}"
        _say(console, f"Of {tried} clusters this number has the best mean silhouette, {best:.3f}.")
    _say(console, f"Written: {folder / 'clusters.json'}, {folder / 'clusters.html'}")
