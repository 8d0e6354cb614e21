"""Four fields of receipts, in the shapes that people write dates and amounts in."""

from random import Random

from tests.faults.clean.texts import CITIES, PEOPLE
from tests.faults.goldens import Goldens, split_of

SHOPS = (
    "Café Noir",
    "99 SPEED MART S/B",
    "H&M",
    "7-Eleven",
    "Føtex",
    "El Niño Bar",
    "B'Happy Ltd.",
)
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
DATES = ("{d:02d}/{m:02d}/{y}", "{d:02d}-{m:02d}-{y}", "{y}-{m:02d}-{d:02d}", "{d} {M} {y}", "{M} {d}, {y}")  # fmt: skip
TOTALS = ("{}", "{}", "{}", "RM{}", "RM {}", "${}", "€ {}")
FIELDS = ("company", "date", "address", "total")


def receipts(seed: int = 8, size: int = 140) -> Goldens:
    """Fields of receipts; every thirtieth receipt has no address, as real ones do."""
    draw, rows = Random(seed), []
    for number in range(size):
        document = f"receipt-{number:03d}"
        for field, value in _values(draw).items():
            if field == "address" and number % 30 == 7:
                continue
            row = {"id": f"{document}/{field}", "document_id": document, "field": field}
            rows.append(row | {"value": value, "split": split_of(number)})
    return Goldens("receipts", "field", rows)


def _values(draw: Random) -> dict[str, str]:
    month, street = draw.randint(1, 12), draw.choice(PEOPLE)
    date = draw.choice(DATES).format(
        d=draw.randint(1, 28), m=month, M=MONTHS[month - 1], y=draw.randint(2016, 2019)
    )
    amount = f"{draw.randint(1, 2_000):,}.{draw.randint(0, 99):02d}"
    city = draw.choice(CITIES)
    return {
        "company": f"{draw.choice(SHOPS)} {city}",
        "date": date,
        "address": f"NO. {draw.randint(1, 300)}, {street} Street, {draw.randint(1000, 99_999)} {city}",
        "total": draw.choice(TOTALS).format(amount),
    }
