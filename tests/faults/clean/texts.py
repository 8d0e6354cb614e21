"""Messages of customers to the teams of a bank: six labels, threads, accents and odd rows."""

from collections.abc import Iterator
from random import Random

from tests.faults.goldens import Goldens, Row, split_of

TEAMS = {
    "cards": (
        "My card ending {digits} was declined at {place} although I have {amount} left.",
        "I have been waiting for the new debit card since {date}.",
        "The chip of my card no longer works at the till in {city}.",
        "Could you block the card that I lost on the way to {city}?",
        "Somebody at {place} copied my card number, so I need another one.",
        "Which limit does the gold card have for withdrawals abroad?",
        "The PIN letter that you sent on {date} was empty.",
        "Contactless payments fail since I came back from {city}.",
    ),
    "loans": (
        "I would like to borrow {amount} for a kitchen and pay it back over {number} years.",
        "What does it cost to redeem my mortgage before {date}?",
        "The instalment of my car loan was taken twice, {amount} each time.",
        "Is the rate of the offer that {person} made me in {city} fixed?",
        "My application {reference} for a home loan has been open for {number} weeks.",
        "We want to add {person} to our mortgage as second borrower.",
        "Please send the yearly statement of interest for loan {reference}.",
        "Can I pause the repayments while I am on parental leave until {date}?",
    ),
    "payments": (
        "The transfer of {amount} to {person} has not arrived since {date}.",
        "I typed a wrong account number and sent {amount} to a stranger.",
        "A direct debit from {place} was collected although I cancelled it.",
        "How long does a payment to {city} take, and who bears the fees?",
        "My standing order over {amount} was carried out twice in a row.",
        "The exchange rate of transaction {reference} differs from your web page.",
        "Please recall payment {reference}, the invoice was forged.",
        "{person} says that the rent of {amount} never came in.",
    ),
    "login": (
        "The app logs me out as soon as I enter the code from the text message.",
        "I have a new telephone and cannot confirm the device {reference}.",
        "My user name is locked after {number} attempts.",
        "The page stays white in the browser since the update on {date}.",
        "The fingerprint is not recognised any more by the mobile bank.",
        "Where do I change the e-mail address of my profile?",
        "I get no code when I sign in from {city}.",
        "Two-factor sign-in asks for a token that nobody ever sent me.",
    ),
    "insurance": (
        "Water ran through the ceiling on {date} and the damage is about {amount}.",
        "Does the travel policy cover a cancelled flight to {city}?",
        "I need the confirmation of cover for the landlord, policy {reference}.",
        "The assessor {person} never came to the appointment on {date}.",
        "Please raise the insured sum of the household policy to {amount}.",
        "My bicycle was stolen in front of {place}.",
        "Are the {number} rooms that we let to guests insured too?",
        "You refused claim {reference} without giving any reason.",
    ),
    "complaint": (
        "I have been on hold for {number} minutes, and nobody in {city} knew anything.",
        "{person} promised to call back by {date} and did not.",
        "The fee of {amount} was never agreed, I demand it back!",
        "Your branch in {city} was closed without a word of notice.",
        "This is the third letter about case {reference}; the next one goes to the ombudsman.",
        "I was treated rudely at the counter by {person}.",
        "Your advertisement says “free of charge”, the statement says {amount}.",
        "I want to close all accounts as of {date} because of this service.",
    ),
}
OPENINGS = (
    "Hello,", "Dear Sir or Madam,", "Good morning!", "Hej,", "Kære bank,", "Guten Tag,", "Bonjour,",
    "To whom it may concern:", "Hi there –", "",
)  # fmt: skip
CLOSINGS = (
    "Best regards, {person}", "Kind regards, {person}, {city}", "Med venlig hilsen {person}",
    "Thanks in advance!", "Mit freundlichen Grüßen, {person}", "My number is +45 {digits} {digits}.",
    "I am at home after {number} o'clock.", "Please answer by e-mail.", "",
)  # fmt: skip
PEOPLE = (
    "Søren Ødegård", "Zoë Müller", "José Nuñez", "Anna Kowalska", "Marie-Hélène Lefèvre", "Tom O'Neill",
    "Nguyễn Văn An", "Åse Bjørnsen", "João São Pedro", "Ivana Šarić", "Peter Smith", "Lê Thị Hoa",
)  # fmt: skip
CITIES = (
    "København", "Århus", "Zürich", "Málaga", "São Paulo", "Kraków", "Saint-Étienne", "Odense", "Leeds",
    "Łódź", "İzmir", "Malmö",
)  # fmt: skip
PLACES = ("Café Noir", "the “Blue Door” shop", "H&M", "7-Eleven", "Føtex", "El Niño Bar", "Gate B7")
CURRENCIES = ("€{}", "£{}", "{} kr.", "{} EUR", "${}", "CHF {}", "{} zł", "¥{}00")
# Odd, but nothing is wrong with them: a word, capitals that look like broken UTF-8, an emoji of
# three people joined by zero-width joiners, right-to-left text, tabs and line breaks, a long one.
ODD = (
    ("PIN?", "cards"),
    ("DÉBITO EM SÃO PAULO NÃO AUTORIZADO, JÁ RECLAMEI À CENTRAL!", "payments"),
    ("Merci pour la crêpe à la fête 👩‍👩‍👧 … mais pas pour l'attente.", "complaint"),
    ("أريد تغيير عنوان بريدي الإلكتروني", "login"),
    ("Zusammenfassung:\n\t1. Schlüssel verloren\n\t2. Schaden ½ Mio. €", "insurance"),
    ("£££ ??? 3 % → 5 % !!!", "loans"),
)


def messages(seed: int = 5, size: int = 420) -> Goldens:
    """Labelled texts in threads of one to three messages; a thread lies in one split."""
    draw, rows, seen = Random(seed), [], set()
    for thread, number in _threads(size, draw):
        label = draw.choice(list(TEAMS))
        text = _message(label, draw)
        while text in seen:
            text = _message(label, draw)
        seen.add(text)
        rows.append(_row(number, f"thread-{thread:03d}", text, label, split_of(thread)))
    for place, (text, label) in enumerate(ODD):
        rows.append(_row(size + place, f"odd-{place}", text, label, "train"))
    repeated = rows[3] | {"text": " ".join(["In detail:", *(row["text"] for row in rows[:40:7])])}
    rows.append(repeated | {"id": "m-long", "document_id": "long", "label": "complaint"})
    return Goldens("messages", "labelled_text", rows)


def _threads(size: int, draw: Random) -> Iterator[tuple[int, int]]:
    thread = number = 0
    while number < size:
        for _ in range(draw.choice((1, 1, 2, 3))):
            yield thread, number
            number += 1
        thread += 1


def _message(label: str, draw: Random) -> str:
    sentences = draw.sample(TEAMS[label], draw.choice((2, 3, 3, 4)))
    parts = [draw.choice(OPENINGS), *sentences, draw.choice(CLOSINGS)]
    return " ".join(filled(part, draw) for part in parts if part)


def filled(wording: str, draw: Random) -> str:
    """A wording with names, places and figures in its gaps."""
    amount = f"{draw.randint(2, 9_999):,}" + draw.choice(("", ".50", ".99"))
    return wording.format(
        person=draw.choice(PEOPLE),
        city=draw.choice(CITIES),
        place=draw.choice(PLACES),
        number=draw.randint(2, 60),
        digits=draw.randint(1000, 9999),
        reference=f"{draw.choice('ABKT')}-{draw.randint(10_000, 99_999)}",
        date=f"{draw.randint(1, 28)}/{draw.randint(1, 12)}/20{draw.randint(18, 25)}",
        amount=draw.choice(CURRENCIES).format(amount),
    )


def _row(number: int, document: str, text: str, label: str, split: str) -> Row:
    found = {"id": f"m-{number:04d}", "document_id": document, "text": text}
    return found | {"label": label, "split": split}
