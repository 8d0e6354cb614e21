"""A validation as files: JSON for programs, one offline HTML page for people."""

from html import escape
from pathlib import Path

from goldsmith.errors import MAX_LISTED, DataError
from goldsmith.validation.checking import Check, Validation

JSON_FILE = "validation.json"
HTML_FILE = "validation.html"
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2933}"
    "table{border-collapse:collapse;width:100%}td,th{padding:.5rem;border-bottom:1px solid #d9e2ec;"
    "text-align:left;vertical-align:top}.passed{color:#127a3e}.warning{color:#8a5a00;font-weight:600}.failed{color:#b42318;font-weight:600}"
    "details{color:#52606d}"
)


def write(validation: Validation, folder: Path) -> None:
    """Write both files."""
    (folder / JSON_FILE).write_text(validation.model_dump_json(indent=1) + "\n", encoding="utf-8")
    (folder / HTML_FILE).write_text(_page(validation), encoding="utf-8")


def read(folder: Path) -> Validation:
    """Read what `write` wrote."""
    return Validation.model_validate_json((folder / JSON_FILE).read_text(encoding="utf-8"))


def require(validation: Validation, folder: Path) -> None:
    """Stop a run whose goldens break the contract.

    Raises:
        DataError: with every failed check (at most five), its record ids and remedy.
    """
    if validation.passed:
        return
    failed = validation.failed
    lines = [f"  - {check.sentence()}" for check in failed[:5]]
    more = [f"  and {len(failed) - 5} more"] if len(failed) > 5 else []
    head = f"{validation.stage}: the goldens break the data contract ({len(failed)} of {len(validation.checks)} checks)"
    raise DataError("\n".join([head, *lines, *more, f"  report: {folder / HTML_FILE}"]))


def notes(validation: Validation) -> list[str]:
    """What a run says of a validation: one line of counts, and one a warning (at most eight)."""
    done = sum(check.status == "passed" for check in validation.checks)
    head = f"{done} of {len(validation.checks)} checks passed on {validation.records:,} records"
    warned = [f"warning: {check.sentence()}" for check in validation.warnings]
    more = [f"and {len(warned) - 8} more warnings"] if len(warned) > 8 else []
    return [head, *warned[:8], *more]


def tag(validation: Validation) -> str:
    """The result in one short line, for the tags of a version.

    >>> tag(Validation(stage="validate_raw", passed=True, records=9, checks=()))
    'passed'
    """
    found = [*validation.failed, *validation.warnings]
    named = ", ".join(f"{check.check} {check.failures:,}" for check in found)
    state = "passed" if validation.passed else "failed"
    return f"{state}; {named}"[:500] if named else state


def markdown(validation: Validation) -> str:
    """The checks as a Markdown table, the faulty ones first."""
    rows = [
        f"| {check.check} | {_SHOWN[check.status]} | {_cell(_said(check))} |"
        for check in _worst_first(validation)
    ]
    head = [f"{validation.records:,} rows", "", "| check | result | |", "|---|---|---|"]
    return "\n".join([*head, *rows])


_SHOWN = {"passed": "passed", "warning": "**warning**", "failed": "**failed**"}


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _worst_first(validation: Validation) -> list[Check]:
    order = ("failed", "warning", "passed")
    return sorted(validation.checks, key=lambda check: order.index(check.status))


def _said(check: Check) -> str:
    return check.title if check.status == "passed" else check.sentence()


def _page(validation: Validation) -> str:
    rows = "".join(
        f"<tr><td>{escape(check.check)}</td><td class={check.status}>{check.status}</td>"
        f"<td>{escape(_said(check))}{_ids(check)}</td><td>{escape(check.bound)}</td></tr>"
        for check in _worst_first(validation)
    )
    result = "passed" if validation.passed else "failed"
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(validation.stage)}</title>"
        f"<style>{_STYLE}</style><h1>{escape(validation.stage)}: <span class={result}>{result}</span></h1>"
        f"<p>{validation.records:,} rows, {len(validation.failed)} checks failed, "
        f"{len(validation.warnings)} warnings</p>"
        f"<table><tr><th>check<th>result<th>what was seen<th>faults allowed</tr>{rows}</table></html>\n"
    )


def _ids(check: Check) -> str:
    if len(check.ids) <= MAX_LISTED:
        return ""
    shown = ", ".join(escape(one[:80]) for one in check.ids)
    return f"<details><summary>the first {len(check.ids)} of {check.failures:,}</summary>{shown}</details>"
