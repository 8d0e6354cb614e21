"""Tagged sentences: debt figures from the packaged generator, and names of several words."""

from random import Random

from goldsmith.sources.generators import financial_entities
from tests.faults.clean.texts import CITIES, PEOPLE
from tests.faults.goldens import Goldens, split_of

COMPANIES = (
    ("Novo", "Nordisk", "A/S"), ("Société", "Générale"), ("J.", "P.", "Morgan", "&", "Co."), ("IBM",),
    ("Banco", "do", "Brasil"), ("Bank", "of", "New", "York"), ("eBay",), ("Müller", "GmbH"), ("3M",),
    ("Yahoo", "!"),
)  # fmt: skip
WORDINGS = (
    "{PER} joined {ORG} as chief economist in {LOC} last {w} .",
    "Shares of {ORG} fell {n} % in {LOC} after the {w} warning .",
    "“ We will not sell {ORG} , ” said {PER} on {w} .",
    "The {w} court in {LOC} ruled against {ORG} and for {ORG} .",
    "{PER} and {PER} signed the {w} contract in {LOC} .",
    "From {LOC} to {LOC} it takes {n} hours by the {w} train .",
    "Nothing happened for {n} days , wrote the {w} paper .",
    "{ORG} , the {w} owner of {ORG} , paid € {n} million .",
    "According to {PER} , the {w} law costs jobs in {LOC} .",
    "Who owns {ORG} ? Not {PER} , says the {w} office of {LOC} .",
    "At {n} : 30 the {w} desk closed .",
    "{LOC} ( AP ) - {PER} resigned over the {w} affair .",
)
FILLERS = (
    "spring", "central", "Monday", "final", "old", "regional", "well-known", "provincial", "first",
    "naïve", "state", "evening", "labour", "former", "hasty", "unpaid", "weekly", "northern", "blunt",
)  # fmt: skip
TAILS = (
    "Analysts had expected {n} .", "The {w} deal was worth {n} crowns .", "{PER} declined to comment .",
    "It was the {n} th time since the {w} merger .", "Officials in {LOC} denied the {w} report .",
    "No one at {ORG} answered the {w} question .", "The {w} strike lasts until week {n} .", "",
)  # fmt: skip


def debt_figures(seed: int = 13) -> Goldens:
    """The goldens of the packaged use case financial-entities, smaller."""
    options = financial_entities.Options(train=420, validation=80, test=180, unseen=0.3, noise=0.03)
    rows = list(financial_entities.generate(seed, options))
    kept = {"prepare": {"keep_labels": financial_entities.TAGS}}
    return Goldens("debt figures", "tagged_tokens", rows, sections=kept)


def names(seed: int = 3, size: int = 420) -> Goldens:
    """Sentences with persons, organisations and places, in documents of four."""
    draw, rows, seen = Random(seed), [], set()
    while len(rows) < size:
        tokens, tags = _sentence(draw)
        if tokens in seen:
            continue
        seen.add(tokens)
        number = len(rows)
        row = {"id": f"n-{number:04d}", "document_id": f"article-{number // 4:03d}"}
        split = split_of(number // 4)
        rows.append(row | {"tokens": list(tokens), "ner_tags": tags, "split": split})
    return Goldens("names", "tagged_tokens", rows)


def _sentence(draw: Random) -> tuple[tuple[str, ...], list[str]]:
    tokens: list[str] = []
    tags: list[str] = []
    wording = f"{draw.choice(WORDINGS)} {draw.choice(TAILS)} {draw.choice(TAILS)}"
    for word in wording.split():
        if word in ("{PER}", "{ORG}", "{LOC}"):
            label = word[1:-1]
            name = _name(label, draw)
            tokens += name
            tags += [f"B-{label}", *[f"I-{label}"] * (len(name) - 1)]
        else:
            tokens.append(word.format(n=draw.randint(2, 999), w=draw.choice(FILLERS)))
            tags.append("O")
    return tuple(tokens), tags


def _name(label: str, draw: Random) -> tuple[str, ...]:
    if label == "ORG":
        return draw.choice(COMPANIES)
    return tuple(draw.choice(PEOPLE if label == "PER" else CITIES).split())
