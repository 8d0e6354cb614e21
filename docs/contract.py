"""Writes the table of checks into docs/data-contract.md, from the checks themselves.

`python docs/contract.py` writes it; a test holds the page to what this gives.
"""

from pathlib import Path

from goldsmith.config.checks import CHECKS, Default

PAGE = Path(__file__).with_name("data-contract.md")
BEGIN, END = "<!-- checks, by docs/contract.py -->", "<!-- end of checks -->"
KINDS = {
    "tagged_tokens": "tagged tokens",
    "labelled_text": "labelled texts",
    "question": "questions",
    "query": "queries",
    "field": "fields",
    "ocr_page": "OCR pages",
}


def table() -> str:
    """One table for all record types, one for each, one for what is checked after `prepare`."""
    raw = {name: check for name, check in CHECKS.items() if check.stage == "raw"}
    parts = [_section("All record types", {n: c for n, c in raw.items() if not c.kinds})]
    for kind, title in KINDS.items():
        own = {name: check for name, check in raw.items() if kind in check.kinds}
        parts.append(_section(title[0].upper() + title[1:], own))
    after = {name: check for name, check in CHECKS.items() if check.stage == "prepared"}
    parts.append(_section("After `prepare`", after))
    return "\n".join(parts)


def page(text: str) -> str:
    """The page with its tables made anew."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{table()}\n{END}{tail}"


def _section(title: str, checks: dict[str, Default]) -> str:
    rows = [
        f"| `{name}` | {_cell(check)} | {check.severity} | {_bound(check)} |"
        for name, check in checks.items()
    ]
    head = ["| check | asks for | severity | bound |", "| --- | --- | --- | --- |"]
    return "\n".join([f"\n### {title}\n", *head, *rows])


def _cell(check: Default) -> str:
    only = check.kinds if check.stage == "prepared" else ()
    kinds = f" ({', '.join(KINDS[kind] for kind in only)})" if only else ""
    return f"{check.title}{kinds}"


def _bound(check: Default) -> str:
    return f"{check.max_share:.1%}".replace(".0%", "%") if check.max_share else "none"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
