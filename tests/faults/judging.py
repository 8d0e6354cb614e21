"""What was said of a fault held against what was injected: caught or not, and the names right."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.faults.forms import FORMS, USUAL, write
from tests.faults.goldens import Goldens
from tests.faults.injectors.base import Fault, Named
from tests.faults.running import Finding, accepted, findings, use_case

SEED = 1
MAX_NAMED = 20


@dataclass(frozen=True)
class Judged:
    """A fault and what became of it.

    Attributes:
        fault: the fault.
        kind: the record type that it was put into.
        injected: how many faults.
        by: the finding that caught it; None if none did.
        right: of the names given, how many were injected; None where none were to be given.
        named: how many names were given.
        found: how many of the injected faults were named; None where the list was cut.
        others: what else was said.
    """

    fault: Fault
    kind: str
    injected: int
    by: Finding | None
    named: int
    right: int
    found: int | None
    others: tuple[Finding, ...]

    @property
    def caught(self) -> bool:
        """Whether it was said as it should be, with the right names and no others."""
        if self.fault.how == "harmless":
            return self.by is None and not self.others
        if self.by is None or self.by.how != self.fault.how or self.right < self.named:
            return False
        if self.injected and not self.named:
            return False
        whole = self.found is None or self.found == self.injected
        return whole or (self.fault.by_chance and bool(self.found))


def judge(fault: Fault, seed: int = SEED) -> Judged:
    """Put a fault into its clean goldens and send them through the pipeline."""
    draw = Random(f"{seed}-{fault.name}")
    clean = fault.into()
    goldens = clean.copy()
    injected: Named = []
    form = fault.form or USUAL[goldens.kind]
    if fault.rows:
        injected += fault.rows(goldens, draw)
    with tempfile.TemporaryDirectory() as scratch:
        folder, before = Path(scratch) / "raw", Path(scratch) / "before"
        write(goldens, form, folder)
        if fault.files:
            injected += fault.files(folder, draw)
        summary = None
        if fault.after_clean:
            write(clean, form, before)
            summary = accepted(use_case(before, FORMS[form].reader, **clean.sections), before)
        config = use_case(folder, FORMS[form].reader, **goldens.sections, **fault.sections)
        found = findings(config, folder, summary)
    return _compared(fault, goldens, injected, found)


def _compared(fault: Fault, goldens: Goldens, injected: Named, found: Sequence[Finding]) -> Judged:
    fitting = [one for one in found if one.by == fault.caught_by]
    others = tuple(one for one in found if one not in fitting)
    if not fitting:
        return Judged(fault, goldens.kind, len(injected), None, 0, 0, 0, others)
    by = fitting[0]
    names = _said(fault, by, injected)
    right = sum(any(name in one for one in injected) for name in names)
    cut = fault.names == "ids" and by.total > MAX_NAMED
    named_faults = sum(bool(one & set(names)) for one in injected)
    count = len(names) if injected else 0
    return Judged(
        fault, goldens.kind, len(injected), by, count, right if injected else 0,
        None if cut else named_faults, others,
    )  # fmt: skip


def _said(fault: Fault, by: Finding, injected: Named) -> tuple[str, ...]:
    """The names that a finding gives; places and labels stand in its text."""
    if fault.names in ("ids", "documents"):
        return by.names
    expected = sorted(name for one in injected for name in one)
    return tuple(name for name in expected if name in by.text)
