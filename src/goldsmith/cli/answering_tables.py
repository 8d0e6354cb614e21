"""Answers as a table on a terminal: what was found first, what it was chosen from below it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

TOGETHER = 200  # answers in one table
LONGEST = 300  # characters of one text
COLUMNS = ("label", "document", "text", "score", "at")


def print_answers(answers: Iterable[Mapping[str, Any]], console: Console | None = None) -> None:
    """Print prediction lines, as they come."""
    console, rest = console or Console(), iter(answers)
    while block := list(islice(rest, TOGETHER)):
        console.print(_table(block))


def _table(block: list[Mapping[str, Any]]) -> Table:
    shown = [(answer["id"], list(_rows(answer))) for answer in block]
    rows = [row for _, found in shown for row in found]
    columns = [name for name in COLUMNS if any(name in row for row in rows)] or ["text"]
    table = Table()
    for name in (*(["id"] if len(block) > 1 else []), *columns):
        right = name in ("score", "at")
        table.add_column(name, justify="right" if right else "left", overflow="fold", no_wrap=right)
    for name, found in shown:
        for place, row in enumerate(found):
            message = {columns[0]: row["message"]} if "message" in row else {}
            cells = [(row | message).get(column, "") for column in columns]
            head = [escape(name) if place == 0 else ""] if len(block) > 1 else []
            style = "dim" if row.get("other") else None
            table.add_row(*head, *cells, style=style, end_section=place == len(found) - 1)
    return table


def _rows(answer: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """One row an item; alternatives, which a family ranks below its answer, say so."""
    if "error" in answer:
        yield {"message": f"[red]{escape(_cut(answer['error']))}[/red]"}
        return
    items = answer["prediction"]
    if not items:
        yield {"message": "[italic]nothing found[/italic]"}
    for place, item in enumerate(items):
        ranked = ("label" in item) != ("start" in item)
        yield _row(item) | ({"other": "yes"} if ranked and place else {})


def _row(item: Mapping[str, Any]) -> dict[str, str]:
    row = {}
    if "label" in item:
        person = " [yellow]to a person[/yellow]" if item.get("abstain") else ""
        row["label"] = f"{escape(_cut(item['label']))}{person}"
    if "document_id" in item:
        row["document"] = escape(_cut(f"{item['document_id']}  {item['title']}".strip()))
    if "text" in item:
        row["text"] = escape(_cut(item["text"])) or "[italic]no answer[/italic]"
    if item.get("start") is not None:
        row["at"] = f"{item['start']}-{item['end']}"
    if "score" in item:
        row["score"] = f"{item['score']:.3f}"
    return row


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1]}…"
