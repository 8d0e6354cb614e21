"""What became of every fault, and what was said of clean goldens, as a table."""

from collections.abc import Sequence
from pathlib import Path

from tests.faults.injectors import FAULTS
from tests.faults.judging import Judged, judge
from tests.faults.sets import EMBEDDED, PUBLIC, Looked, look_at_embedded, look_at_public

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"
HEAD = """\
# Faults: what the data contract catches

Written by `python -m tests.faults --write`; a test holds the page to what comes out. Each row is one
fault injector of `tests/faults/injectors`: it puts a known fault into clean goldens (seeded generators
of `tests/faults/clean`, some hundred records each), which then go through the pipeline's own stages
under the default rules: load, validate, prepare, validate again.

- *caught by*: the reader (`load`), a [check](data-contract.md), or a rule of `prepare`.
- *how*: **error** stops the run before training, **warning** names the records and lets it go on,
  **count** says what `prepare` left out. *Harmless* faults must not be spoken of at all.
- *right*: of the names given, how many were injected. At most 20 are given.
- *found*: of the injected, how many were named, where all names could be given. A shuffled or shifted
  tag that comes to stand on another number is as good as before, so not all of these can be found.
- *false alarms*: of the clean sets below, on how many this check raised one: an error, or a named record
  that does not have the fault by a rule of our own (`tests/faults/rules.py`), for real sets are dirty.

"""


def markdown(judged: Sequence[Judged], looked: Sequence[Looked]) -> str:
    """Both tables."""
    caught = sum(one.caught for one in judged)
    clean = sum(not one.alarms for one in looked)
    rows = [_fault_row(one, looked) for one in judged]
    sets = [_set_row(one) for one in looked]
    parts = [
        f"{caught} of {len(judged)} faults are caught; {clean} of {len(looked)} clean sets raise no false alarm.\n",
        "| fault | record type | what it does | injected | caught by | how | right | found | false alarms |",
        "| --- | --- | --- | ---: | --- | --- | ---: | ---: | ---: |",
        *rows,
        "\n## The clean sets\n",
        "Embedded ones come from the generators, the others are public. Their own faults are real.\n",
        "| set | record type | records | what is said of it | false alarms |",
        "| --- | --- | ---: | --- | ---: |",
        *sets,
    ]
    return "\n".join(parts) + "\n"


def _fault_row(one: Judged, looked: Sequence[Looked]) -> str:
    fault = one.fault
    wrong = sum(any(found.by == fault.caught_by for found, _ in each.alarms) for each in looked)
    by = f"`{fault.caught_by}`" if fault.caught_by else "-"
    how = fault.how if one.caught else "**not caught**"
    right = f"{one.right} of {one.named}" if one.named else "-"
    found = f"{one.found} of {one.injected}" if one.found is not None and one.injected else "-"
    injected = str(one.injected) if one.injected else "all"
    cells = [fault.name, one.kind, fault.does, injected, by, how, right, found]
    return f"| {' | '.join(cells)} | {wrong if fault.caught_by else '-'} |"


def _set_row(one: Looked) -> str:
    said = ", ".join(f"`{found.by}` {found.total:,}" for found in one.findings) or "nothing"
    return f"| {one.name} | {one.kind} | {one.records:,} | {said} | {len(one.alarms)} |"


def everything(datasets: Path | None) -> tuple[list[Judged], list[Looked]]:
    """All faults judged, and all sets looked at: the public ones where there is a folder of them."""
    looked = [look_at_embedded(make) for make in EMBEDDED]
    if datasets:
        looked += [look_at_public(one, datasets) for one in PUBLIC]
    return [judge(fault) for fault in FAULTS], looked
