"""What mail programs and people make of a message: headers, signatures, quotes, typing errors."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from textwrap import wrap
from typing import NamedTuple

from goldsmith.sources.generators._email_lexicon import DANISH, ENGLISH
from goldsmith.sources.generators._email_writer import Person, Writer, stamp

_DESK = {DANISH: "Fjordlys Kundeservice", ENGLISH: "Fjordlys Customer Service"}
_DESK_EMAIL = "kundeservice@fjordlys.example"
_SUBJECT = {DANISH: "Emne: ", ENGLISH: "Subject: "}
_ANSWER = {DANISH: ("SV: ", "Re: ", "Sv: "), ENGLISH: ("Re: ", "RE: ")}
_FORWARD = {DANISH: ("VS: ", "Fwd: "), ENGLISH: ("FW: ", "Fwd: ")}
_BLOCK = {
    DANISH: "Fra: {who}\nSendt: {when}\nTil: {to}\nEmne: {subject}\n",
    ENGLISH: "From: {who}\nSent: {when}\nTo: {to}\nSubject: {subject}\n",
}
_RULES = {
    DANISH: ("-----Oprindelig meddelelse-----\n", "________________________________\n", ""),
    ENGLISH: ("-----Original Message-----\n", "________________________________\n", ""),
}
_WROTE = {DANISH: "Den {when} skrev {who}:\n", ENGLISH: "On {when}, {who} wrote:\n"}
_MARK_WIDTH = 72
_DANISH_LETTERS = {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"}
_WORD = re.compile(r"[^\W\d_]{4,}")


class Habits(NamedTuple):
    """How a person writes throughout a thread."""

    typos: float  # share of the words that are mistyped
    lower_case: bool
    ascii_letters: bool  # ae for æ
    signature: int  # 0 none, 1 name, 2 with phone, 3 with address, 4 with a disclaimer
    joint: str  # between paragraphs
    marks: bool  # quotes with "> "


class Entry(NamedTuple):
    """A mail of a thread's history."""

    subject: str
    text: str
    from_company: bool
    when: datetime


def habits(person: Person, typos: float, draw: Random) -> Habits:
    """Return a person's habits; a share `typos` of people mistypes words."""
    return Habits(
        typos=draw.choice((0.03, 0.05, 0.08)) if draw.random() < typos else 0.0,
        lower_case=draw.random() < 0.08,
        ascii_letters=person.language == DANISH and draw.random() < 0.08,
        signature=draw.choices((0, 1, 2, 3, 4), (10, 45, 15, 15, 15))[0],
        joint=draw.choice(("\n", "\n\n", "\n\n", " ")),
        marks=draw.random() < 0.6,
    )


def message(paragraphs: Sequence[str], writer: Writer, ways: Habits, draw: Random) -> str:
    """Return a message from greeting to signature, as its person types it."""
    phrases = writer.pool.phrases
    greeting = writer.pick(phrases.greetings) + draw.choice((",", ",", "", "!"))
    typed = mistyped(ways.joint.join(paragraphs), ways, draw)
    parts = [greeting, typed] if draw.random() < 0.85 else [typed]
    if ways.signature:
        parts.append(_signature(writer, ways, draw))
    text = draw.choice(("\n", "\n\n")).join(parts)
    return text.lower() if ways.lower_case else text


def _signature(writer: Writer, ways: Habits, draw: Random) -> str:
    person = writer.person
    language, first = person.language, person.name.split()[0]
    signed = [writer.pick(writer.pool.phrases.closings)]
    signed.append(first if ways.signature == 1 and draw.random() < 0.6 else person.name)
    if ways.signature >= 2:
        label = draw.choice(("Tlf.", "Mobil") if language == DANISH else ("Phone", "Tel."))
        signed.append(f"{label} {person.phone}")
    if ways.signature >= 3:
        signed.append(f"{person.street}, {person.city}")
    if ways.signature == 4:
        signed += ["", writer.pick(writer.pool.phrases.disclaimers)]
    return "\n".join(signed)


def mistyped(text: str, ways: Habits, draw: Random) -> str:
    """Return the text with letters swapped, doubled or left out in a share of its words."""
    if ways.typos:
        text = _WORD.sub(
            lambda word: _slip(word[0], draw) if draw.random() < ways.typos else word[0], text
        )
    if ways.ascii_letters:
        text = "".join(_DANISH_LETTERS.get(letter, letter) for letter in text)
    return text


def _slip(word: str, draw: Random) -> str:
    place = draw.randint(1, len(word) - 2)
    kind = draw.choice(("swapped", "doubled", "missing"))
    if kind == "swapped":
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == "doubled":
        return word[:place] + word[place] + word[place:]
    return word[:place] + word[place + 1 :]


def with_subject(subject: str, text: str, language: str, kind: str, draw: Random) -> str:
    """Return the text under its subject line; `kind` is new, answer or forward."""
    prefixes: Mapping[str, tuple[str, ...]] = {
        "new": ("",),
        "answer": _ANSWER[language],
        "forward": _FORWARD[language],
    }
    return f"{_SUBJECT[language]}{draw.choice(prefixes[kind])}{subject}\n\n{text}"


def quoted(history: Sequence[Entry], person: Person, ways: Habits, draw: Random) -> str:
    """Return a thread's history as a mail program quotes it, the latest mail on top."""
    block = ""
    for entry in history:
        who = _sender(entry, person)
        below = f"{entry.text}\n\n{block}".strip()
        if ways.marks:
            when = stamp(entry.when, person.language)
            block = _WROTE[person.language].format(when=when, who=who) + _marked(below)
        else:
            block = draw.choice(_RULES[person.language]) + header(entry, person) + below
    return block


def header(entry: Entry, person: Person) -> str:
    """Return the lines that say from whom and to whom a mail went."""
    desk = f"{_DESK[person.language]} <{_DESK_EMAIL}>"
    customer = f"{person.name} <{person.email}>"
    who, to = (desk, customer) if entry.from_company else (customer, desk)
    block, when = _BLOCK[person.language], stamp(entry.when, person.language)
    return block.format(who=who, when=when, to=to, subject=entry.subject) + "\n"


def _sender(entry: Entry, person: Person) -> str:
    if entry.from_company:
        return f"{_DESK[person.language]} <{_DESK_EMAIL}>"
    return f"{person.name} <{person.email}>"


def _marked(text: str) -> str:
    marked: list[str] = []
    for line in text.splitlines():
        if line.startswith(">"):
            marked.append(f"> {line}")
        else:
            marked += [f"> {part}".rstrip() for part in wrap(line, _MARK_WIDTH) or [""]]
    return "\n".join(marked)
