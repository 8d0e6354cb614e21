"""Faults of the gold fields of documents."""

from collections.abc import Callable
from datetime import date
from random import Random

from tests.faults.clean import receipts
from tests.faults.goldens import Goldens, Row
from tests.faults.injectors.base import Fault, Named, each, ids, pairs


def _is(field: str) -> Callable[[Row], bool]:
    return lambda row: row["field"] == field


def _as_number(row: Row, draw: Random) -> None:
    # What a spreadsheet makes of a date: days since 30 December 1899.
    day = date(draw.randint(2016, 2019), draw.randint(1, 12), draw.randint(1, 28))
    row["value"] = str((day - date(1899, 12, 30)).days)


def _elsewhere(row: Row, draw: Random) -> None:
    row["field"] = draw.choice(("Total amount", "datum", "vendor"))


def _empty(row: Row, draw: Random) -> None:
    row["value"] = draw.choice(("", " "))


def _swapped(goldens: Goldens, draw: Random) -> Named:
    rows = {(row["document_id"], row["field"]): row for row in goldens.rows}
    chosen: Named = []
    for document in draw.sample(sorted({row["document_id"] for row in goldens.rows}), 8):
        day, total = rows[document, "date"], rows[document, "total"]
        day["value"], total["value"] = total["value"], day["value"]
        chosen += ids([day, total])
    return chosen


def _conflicting(goldens: Goldens, draw: Random) -> Named:
    chosen = draw.sample([row for row in goldens.rows if row["field"] == "company"], 8)
    copies = [row | {"id": f"{row['id']}-2", "value": f"{row['value']} Ltd."} for row in chosen]
    goldens.rows += copies
    return pairs(chosen, copies)


DECLARED = {"validation": {"fields": ["company", "date", "address", "total"]}}

FAULTS = (
    Fault("dates as numbers", receipts, "dates as a spreadsheet counts them, 43435",
          "value_shape", "warning", rows=each(_as_number, where=_is("date"))),
    Fault("values of two fields swapped", receipts, "the date as total and the total as date",
          "value_shape", "warning", rows=_swapped),
    Fault("field outside the vocabulary", receipts, "names of fields that are not declared",
          "field_vocabulary", "error", rows=each(_elsewhere), sections=DECLARED),
    Fault("values empty", receipts, "a field without a value", "empty_value", "error",
          rows=each(_empty)),
    Fault("conflicting values", receipts, "two values of one field of one document",
          "conflicts", "warning", rows=_conflicting),
)  # fmt: skip
