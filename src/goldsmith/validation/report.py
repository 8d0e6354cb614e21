"""A validation as files: JSON for programs, one offline HTML page for people."""

from html import escape
from pathlib import Path

from goldsmith.errors import DataError
from goldsmith.validation.checking import Validation

JSON_FILE = "validation.json"
HTML_FILE = "validation.html"
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2933}"
    "table{border-collapse:collapse;width:100%}td,th{padding:.5rem;border-bottom:1px solid #d9e2ec;"
    "text-align:left;vertical-align:top}.ok{color:#127a3e}.no{color:#b42318;font-weight:600}"
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


def markdown(validation: Validation) -> str:
    """The checks as a Markdown table."""
    rows = [
        f"| {check.check} | {'passed' if check.passed else '**failed**'} | "
        f"{check.observed if check.passed else check.sentence()} |"
        for check in validation.checks
    ]
    return "\n".join(
        [f"{validation.records} rows", "", "| check | result | |", "|---|---|---|", *rows]
    )


def _page(validation: Validation) -> str:
    rows = "".join(
        f"<tr><td>{escape(check.check)}</td>"
        f"<td class={'ok' if check.passed else 'no'}>{'passed' if check.passed else 'failed'}</td>"
        f"<td>{escape(check.observed if check.passed else check.sentence())}</td></tr>"
        for check in validation.checks
    )
    result = "<span class=ok>passed</span>" if validation.passed else "<span class=no>failed</span>"
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(validation.stage)}</title>"
        f"<style>{_STYLE}</style><h1>{escape(validation.stage)}: {result}</h1>"
        f"<p>{validation.records:,} rows</p><table><tr><th>check<th>result<th>what was seen</tr>"
        f"{rows}</table></html>\n"
    )
