"""Faults that only a look at earlier goldens, or at what is wanted, can tell."""

from random import Random

from tests.faults.clean import debt_figures, messages, receipts
from tests.faults.clean.texts import ODD
from tests.faults.goldens import Goldens
from tests.faults.injectors.base import Fault, Named, ids

FOREIGN = (
    "Mit kort er blevet væk på vej hjem fra arbejde, og nu vil jeg gerne have det spærret med det samme.",
    "Ich habe gestern vergeblich versucht, mich in der Filiale nach meinem Kredit zu erkundigen.",
    "Je voudrais savoir pourquoi mon virement de la semaine dernière n'est toujours pas arrivé.",
)


def _other_languages(goldens: Goldens, draw: Random) -> Named:
    odd = {text for text, _ in ODD}
    goldens.rows = [row for row in goldens.rows if row["text"] not in odd]
    chosen = draw.sample(goldens.rows, 9)
    for number, row in enumerate(chosen):
        row["text"] = f"{FOREIGN[number % 3]} ({number})"
    return ids(chosen)


def _class_gone(goldens: Goldens, draw: Random) -> Named:
    goldens.rows = [row for row in goldens.rows if row["label"] != "login"]
    return [{"login"}]


def _renamed(goldens: Goldens, draw: Random) -> Named:
    for row in goldens.rows:
        if row["label"] == "payments":
            row["label"] = "transfers"
    return [{"payments"}, {"transfers"}]


def _cut_short(goldens: Goldens, draw: Random) -> Named:
    for row in goldens.rows:
        row["text"] = row["text"][:120]
    return [{"128"}]


def _confused(goldens: Goldens, draw: Random) -> Named:
    stated, effective = (
        f"B-DebtInstrumentInterestRate{one}Percentage" for one in ("Stated", "Effective")
    )
    for row in goldens.rows:
        row["ner_tags"] = [stated if tag == effective else tag for tag in row["ner_tags"]]
    return [{effective[2:]}]


def _all_dates(goldens: Goldens, draw: Random) -> Named:
    dates = [row for row in goldens.rows if row["field"] == "date"]
    for row in dates:
        row["value"] = str(draw.randint(42_000, 44_000))
    return ids(dates)


FAULTS = (
    Fault("class gone since", messages, "a label that the accepted goldens had is gone everywhere",
          "drift", "warning", rows=_class_gone, names="labels", after_clean=True),
    Fault("label renamed since", messages, "one label has another name everywhere", "drift", "warning",
          rows=_renamed, names="labels", after_clean=True),
    Fault("labels merged", debt_figures, "one tag is written for two, both of which are to be learnt",
          "prepare", "error", rows=_confused, names="labels"),
    Fault("texts cut since", messages, "every text ends after 120 characters", "drift", "warning",
          rows=_cut_short, names="labels", after_clean=True),
    Fault("other languages", messages, "Danish, German and French among English", "language", "warning",
          rows=_other_languages, sections={"validation": {"language": ["en"]}}),
    Fault("all dates as numbers", receipts, "every date as a spreadsheet counts it", "value_shape",
          "error", rows=_all_dates),
)  # fmt: skip
