"""Questions on the staff rules of companies: several paragraphs a company, some without answer."""

from random import Random
from typing import NamedTuple

from tests.faults.clean.texts import CITIES, PEOPLE
from tests.faults.goldens import Goldens, Row, split_of


class Fact(NamedTuple):
    """A sentence with one fact in it, the question on it, and the forms of its answer."""

    sentence: str
    question: str
    answers: tuple[str, ...]


FACTS = (
    Fact("New staff at {c} have {} of annual leave.", "How much annual leave have new staff?",
         ("twenty-five days", "28 days", "six weeks (30 days)", "5 weeks")),
    Fact("Expenses above {} need the written consent of the head of department at {c}.",
         "From which amount do expenses need consent?", ("€1,250", "£400", "2.500 kr.", "$99.50", "¥30,000")),
    Fact("Whoever falls ill tells the office of {c} {}.", "When must sickness be reported?",
         ("by nine o'clock", "on the first day", "before 08:30", "“without delay”")),
    Fact("The keys to the archive of {c} are kept by {}.", "Who keeps the keys to the archive?", PEOPLE),
    Fact("The pension of {c} is paid from the age of {} on.", "From what age is the pension paid?",
         ("62", "65½", "sixty-seven", "63.5")),
    Fact("{c} holds its yearly meeting in {}.", "Where is the yearly meeting held?", CITIES),
    Fact("Flights of {c} longer than {} may be booked in a better class.",
         "Which flights may be booked in a better class?", ("six hours", "4,000 km", "ten (10) hours")),
    Fact("A probation period at {c} ends after {}.", "When does probation end?",
         ("90 days", "three months", "half a year")),
    Fact("Working from home is allowed at {c} {}.", "How often may staff work from home?",
         ("twice a week", "on Mondays and Fridays", "up to 60% of the time")),
    Fact("Company bicycles of {c} may be used {}.", "When may company bicycles be used?",
         ("at any time", "on workdays until 20:00", "from April to October")),
    Fact("Old computers of {c} are given to {}.", "Who gets the old computers?",
         ("the école Jean-Moulin", "local schools", "staff, by lot")),
    Fact("Lunch at {c} costs {}.", "What does lunch cost?", ("€4.20", "45 kr.", "nothing", "£3")),
)  # fmt: skip
FIRMS = (
    "Grønbæk A/S", "Société Générale d'Été", "Müller & Söhne KG", "Acme Ltd.", "Łódź Textile", "“Zum Löwen”",
    "North-West Rail", "Niño y Cía.", "Data4All", "O'Neill Foods", "Åbo Shipping", "Café Central",
    "Vrij Bedrijf BV", "İzmir Olive Oil",
)  # fmt: skip
FRAMES = (
    "This part was last changed in {y}.", "It applies to all offices outside {l} since {y}.",
    "Exceptions are granted by {p} alone.", "The works council agreed to this in {y}.",
    "Part-time staff are treated alike; see page {n}.", "Questions go to {p}, room {n}.",
)  # fmt: skip


def policies(seed: int = 21, paragraphs: int = 7) -> Goldens:
    """Three questions a paragraph, every seventh without an answer in it."""
    draw, rows = Random(seed), []
    for place, firm in enumerate(FIRMS):
        for paragraph in range(paragraphs):
            facts = draw.sample(FACTS, 5)
            context, starts = _paragraph(firm, facts[:4], draw)
            for fact in facts[2:]:
                answer = starts.get(fact)
                number = len(rows)
                if fact is facts[4] and paragraph % 2:
                    continue
                rows.append(_row(number, firm, context, fact, answer, split_of(place)))
    # Two people may find two answers: the same question on the same context, both right.
    first = next(row for row in rows if row["answers"])
    text = first["answers"][0]["text"].split()[0]
    again = [{"text": text, "answer_start": first["answers"][0]["answer_start"]}]
    rows.append(first | {"id": "q-again", "answers": again})
    return Goldens("policies", "question", rows)


def _paragraph(
    firm: str, facts: list[Fact], draw: Random
) -> tuple[str, dict[Fact, tuple[str, int]]]:
    parts: list[str] = []
    starts: dict[Fact, tuple[str, int]] = {}
    for fact in facts:
        answer = draw.choice(fact.answers)
        sentence = fact.sentence.format(answer, c=firm)
        before = fact.sentence.partition("{}")[0].format(c=firm)
        begin = sum(len(part) + 1 for part in parts)
        starts[fact] = (answer, begin + len(before))
        frame = draw.choice(FRAMES).format(
            y=draw.randint(1990, 2024),
            l=draw.choice(CITIES),
            p=draw.choice(PEOPLE),
            n=draw.randint(1, 400),
        )
        parts += [sentence, frame]
    return " ".join(parts), starts


def _row(
    number: int, firm: str, context: str, fact: Fact, answer: tuple[str, int] | None, split: str
) -> Row:
    answers = [{"text": answer[0], "answer_start": answer[1]}] if answer else []
    return {
        "id": f"q-{number:04d}",
        "document_id": firm,
        "title": firm,
        "context": context,
        "question": fact.question,
        "answers": answers,
        "is_impossible": not answers,
        "split": split,
    }
