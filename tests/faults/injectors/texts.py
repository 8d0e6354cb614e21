"""Faults of labelled texts: encodings, copies, labels."""

from random import Random

from tests.faults.clean import messages
from tests.faults.goldens import Goldens, Row
from tests.faults.injectors.base import Fault, How, Named, copied, each, ids, pairs


def _is_accented(row: Row) -> bool:
    return any(0xC0 <= ord(sign) < 0x180 for sign in row["text"])


def _mojibake(row: Row, draw: Random) -> None:
    # Windows's Latin-1 has five holes; what falls into one is read as Latin-1 proper.
    raw = row["text"].encode()
    row["text"] = "".join(bytes([one]).decode("cp1252", "replace") for one in raw).replace(
        "�", "\x81"
    )


def _latin1_mojibake(row: Row, draw: Random) -> None:
    row["text"] = row["text"].encode().decode("latin-1")


def _replaced(row: Row, draw: Random) -> None:
    row["text"] = row["text"].encode("latin-1", "ignore").decode("utf-8", "replace")


def _nul(row: Row, draw: Random) -> None:
    row["text"] = f"{row['text'][:9]}\0{row['text'][9:]}"


def _bom(row: Row, draw: Random) -> None:
    row["text"] = "\ufeff" + row["text"]


def _zero_width(row: Row, draw: Random) -> None:
    row["text"] = row["text"].replace(" ", " \u200b", 2)


def _empty(row: Row, draw: Random) -> None:
    row["text"] = draw.choice(("", " ", "\n\t", "\u00a0"))


def _huge(row: Row, draw: Random) -> None:
    row["text"] = (row["text"] + " ") * (200_000 // len(row["text"]) + 1)


def _swap(row: Row, draw: Random) -> None:
    row["text"], row["label"] = row["label"], row["text"]


def _no_label(row: Row, draw: Random) -> None:
    row["label"] = draw.choice(("", "  "))


def _all_swapped(goldens: Goldens, draw: Random) -> Named:
    for row in goldens.rows:
        _swap(row, draw)
    return ids(goldens.rows)


def _a_word_changed(row: Row, draw: Random) -> Row:
    words = row["text"].split()
    words[draw.randrange(len(words))] = "however"
    return row | {"text": " ".join(words)}


def _nearly_copied(goldens: Goldens, draw: Random) -> Named:
    short = [row for row in goldens.part("test") if len(row["text"].split()) <= 25]
    goldens.rows = [row for row in goldens.rows if row not in short]
    return copied(goldens, draw, 12, _a_word_changed)


def _conflicting(goldens: Goldens, draw: Random) -> Named:
    labels = sorted({row["label"] for row in goldens.rows})
    chosen = draw.sample(goldens.part("train"), 9)
    copies = [
        row
        | {
            "id": f"other-{row['id']}",
            "label": draw.choice([x for x in labels if x != row["label"]]),
        }
        for row in chosen
    ]
    goldens.rows += copies
    return pairs(chosen, copies)


def _same_ids(goldens: Goldens, draw: Random) -> Named:
    chosen = draw.sample(goldens.rows, 8)
    for first, second in zip(chosen[::2], chosen[1::2], strict=True):
        second["id"] = first["id"]
    return ids(chosen[::2])


def _written_otherwise(row: Row, draw: Random) -> None:
    row["label"] = draw.choice((row["label"].upper(), row["label"].title(), f" {row['label']}"))


def _renamed_in_test(goldens: Goldens, draw: Random) -> Named:
    for row in goldens.part("test"):
        if row["label"] == "cards":
            row["label"] = "payment cards"
    return [{"payment cards"}]


def _undeclared(goldens: Goldens, draw: Random) -> Named:
    chosen = draw.sample([row for row in goldens.rows if row["label"] == "loans"], 25)
    for row in chosen:
        row["label"] = "lending"
    return [{"lending"}]


def _gone(split: str, label: str) -> Fault:
    def drop(goldens: Goldens, draw: Random) -> Named:
        goldens.rows = [r for r in goldens.rows if (r["split"], r["label"]) != (split, label)]
        return [{label}]

    does = f"every record of one label is missing from {split}"
    caught: tuple[str, How] = (
        ("unknown_labels", "error") if split == "train" else ("test_support", "warning")
    )
    return Fault(f"class gone from {split}", messages, does, *caught, rows=drop, names="labels")


def _one_label(goldens: Goldens, draw: Random) -> Named:
    goldens.rows = [row for row in goldens.rows if row["label"] == "cards" or draw.random() < 0.02]
    for number in range(9 * len(goldens.rows)):
        copy = dict(draw.choice(goldens.rows))
        if copy["label"] == "cards":
            copy |= {"id": f"more-{number}", "document_id": f"more-{number}"}
            goldens.rows.append(
                copy | {"text": f"{copy['text']} Reference {number} of {number % 17}."}
            )
    return [{"loans"}, {"complaint"}]


BALANCED = {"validation": {"max_imbalance": 20}}
DECLARED = {
    "validation": {"labels": ["cards", "loans", "payments", "login", "insurance", "complaint"]}
}

FAULTS = (
    Fault("mojibake (cp1252)", messages, "UTF-8 read as Windows-1252 in part of the records",
          "mojibake", "error", rows=each(_mojibake, where=_is_accented)),
    Fault("mojibake (Latin-1)", messages, "UTF-8 read as Latin-1 in a few records",
          "mojibake", "warning", rows=each(_latin1_mojibake, count=3, where=_is_accented)),
    Fault("lost letters", messages, "Latin-1 decoded as UTF-8, errors replaced by U+FFFD",
          "replacement_characters", "error",
          rows=each(_replaced, where=lambda row: any(0xC0 <= ord(s) < 0x100 for s in row["text"]))),
    Fault("NULs", messages, "a NUL in the middle of a text", "control_characters", "warning",
          rows=each(_nul)),
    Fault("BOM in the text", messages, "a byte order mark at the start of a text", "zero_width",
          "warning", rows=each(_bom)),
    Fault("zero-width spaces", messages, "zero-width spaces between words", "zero_width", "error",
          rows=each(_zero_width, count=30)),
    Fault("empty strings", messages, "texts without a visible sign", "empty_text", "error",
          rows=each(_empty)),
    Fault("a few empty strings", messages, "texts without a visible sign", "prepare.empty_text", "count",
          rows=each(_empty, count=3)),
    Fault("huge texts", messages, "texts of 200,000 characters", "oversized_text", "warning",
          rows=each(_huge, count=3)),
    Fault("swapped columns", messages, "text and label change places in every record",
          "label_in_text", "error", rows=_all_swapped),
    Fault("swapped columns in part", messages, "text and label change places in some records",
          "label_in_text", "error", rows=each(_swap, count=10)),
    Fault("labels empty", messages, "records without a label", "empty_label", "error",
          rows=each(_no_label)),
    Fault("duplicated split", messages, "records of test again in train under other ids",
          "duplicates", "warning", rows=lambda goldens, draw: copied(goldens, draw, 15)),
    Fault("duplicated split, prepared", messages, "records of test again in train under other ids",
          "prepare.duplicates", "count", rows=lambda goldens, draw: copied(goldens, draw, 15)),
    Fault("near-duplicate leak", messages, "texts of test with a word changed, in train",
          "near_duplicates", "warning", rows=_nearly_copied),
    Fault("conflicting labels", messages, "a text again under another label", "conflicts", "warning",
          rows=_conflicting),
    Fault("conflicting labels, prepared", messages, "a text again under another label",
          "prepare.conflicting_targets", "count", rows=_conflicting),
    Fault("wrong ids", messages, "two records under one id", "unique_ids", "error", rows=_same_ids),
    Fault("label written otherwise", messages, "in other case or behind a space, in some records",
          "label_set", "error", rows=each(_written_otherwise)),
    Fault("label renamed in test", messages, "one label has another name in test",
          "unknown_labels", "error", rows=_renamed_in_test, names="labels"),
    Fault("label renamed in part", messages, "part of one label under a name that is not declared",
          "label_set", "error", rows=_undeclared, names="labels", sections=DECLARED),
    _gone("train", "login"),
    _gone("test", "login"),
    Fault("one label drowns the rest", messages, "nearly all records have one label",
          "imbalance", "warning", rows=_one_label, names="labels", sections=BALANCED),
)  # fmt: skip
