"""Faults of tagged tokens."""

from collections.abc import Callable
from random import Random

from tests.faults.clean import debt_figures, names
from tests.faults.goldens import Goldens, Row
from tests.faults.injectors.base import Fault, Named, copied, each, ids, pairs


def _has_tags(row: Row) -> bool:
    return any(tag != "O" for tag in row["ner_tags"])


def _shuffled(row: Row, draw: Random) -> None:
    draw.shuffle(row["ner_tags"])


def _shifted(by: int) -> Callable[[Row, Random], None]:
    def shift(row: Row, draw: Random) -> None:
        tags = row["ner_tags"]
        row["ner_tags"] = (["O"] * by + tags)[: len(tags)] if by > 0 else tags[-by:] + ["O"] * -by

    return shift


def _decimal(row: Row) -> int | None:
    """The place of a tagged number with a decimal point."""
    pairs = enumerate(zip(row["tokens"], row["ner_tags"], strict=True))
    for place, (token, tag) in pairs:
        whole, _, rest = token.partition(".")
        if tag.startswith("B-") and whole.isdigit() and rest.isdigit():
            return place
    return None


def _half_tagged(row: Row, draw: Random) -> None:
    place = _decimal(row)
    assert place is not None
    whole, _, rest = row["tokens"][place].partition(".")
    tag = row["ner_tags"][place]
    half = draw.choice((["O", "O", tag], [tag, "O", "O"], [tag, f"I-{tag[2:]}", "O"]))
    row["tokens"][place : place + 1] = [whole, ".", rest]
    row["ner_tags"][place : place + 1] = half


def _no_beginning(row: Row, draw: Random) -> None:
    row["ner_tags"] = [tag.replace("B-", "I-") for tag in row["ner_tags"]]


def _shorter(row: Row, draw: Random) -> None:
    del row["ner_tags"][draw.randrange(len(row["ner_tags"]))]


def _illegal(row: Row, draw: Random) -> None:
    wrong = draw.choice(("X-{}", "{}", "B_{}", "B-"))
    row["ner_tags"] = [tag if tag == "O" else wrong.format(tag[2:]) for tag in row["ner_tags"]]


def _empty_tokens(row: Row, draw: Random) -> None:
    row["tokens"][draw.randrange(len(row["tokens"]))] = draw.choice(("", " "))


def _on_commas(row: Row, draw: Random) -> None:
    place = next(p for p, token in enumerate(row["tokens"]) if token in (",", ".", "of", "the"))
    row["ner_tags"] = ["O"] * len(row["tokens"])
    row["ner_tags"][place] = "B-DebtInstrumentBasisSpreadOnVariableRate1"


def _without_tags(goldens: Goldens, draw: Random) -> Named:
    for row in goldens.rows:
        row["ner_tags"] = ["O"] * len(row["tokens"])
    return ids(goldens.rows)


def _other_tags(goldens: Goldens, draw: Random) -> Named:
    chosen = draw.sample([row for row in goldens.part("train") if _has_tags(row)], 8)
    copies = [
        row | {"id": f"other-{row['id']}", "ner_tags": ["O"] * len(row["tokens"])} for row in chosen
    ]
    goldens.rows += copies
    return pairs(chosen, copies)


def _is_plain(row: Row) -> bool:
    return _has_tags(row) and any(token in (",", ".", "of", "the") for token in row["tokens"])


FAULTS = (
    Fault("shuffled tags", debt_figures, "the tags of a sentence in another order",
          "odd_entities", "warning", rows=each(_shuffled, where=_has_tags), by_chance=True),
    Fault("shuffled tags of names", names, "the tags of a sentence in another order",
          "dangling_inside", "error", by_chance=True,
          rows=each(_shuffled, where=lambda row: any(t.startswith("I-") for t in row["ner_tags"]))),
    Fault("shifted offsets (tags)", debt_figures, "every tag of a sentence one word to the right",
          "odd_entities", "warning", rows=each(_shifted(1), where=_has_tags), by_chance=True),
    Fault("half-tagged numbers", debt_figures, "2.25 as three words, only a part of them tagged",
          "half_tagged_numbers", "warning",
          rows=each(_half_tagged, where=lambda row: _decimal(row) is not None)),
    Fault("tags without beginning", names, "I- where BIO has B-", "dangling_inside", "error",
          rows=each(_no_beginning, where=_has_tags)),
    Fault("tags of another length", debt_figures, "a tag too few", "equal_lengths", "error",
          rows=each(_shorter)),
    Fault("illegal tags", debt_figures, "X-Label, Label, B_Label, B-", "legal_tags", "error",
          rows=each(_illegal, where=_has_tags)),
    Fault("empty words", debt_figures, "a word that is empty or a space", "empty_tokens", "warning",
          rows=each(_empty_tokens, count=4)),
    Fault("tags on commas", debt_figures, "the only tag stands on a comma or a function word",
          "odd_entities", "warning", rows=each(_on_commas, where=_is_plain)),
    Fault("tags lost", debt_figures, "every tag is O", "some_entity", "error", rows=_without_tags),
    Fault("duplicated split of sentences", debt_figures, "records of test again in train under other ids",
          "duplicates", "warning", rows=lambda goldens, draw: copied(goldens, draw, 15)),
    Fault("conflicting tags", debt_figures, "sentences again with every tag O",
          "conflicts", "warning", rows=_other_tags),
)  # fmt: skip
