"""Writes the mails of one thread: whoever writes stays the same, and what is quoted was written."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from goldsmith.sources.generators._email_layout import (
    Entry,
    habits,
    header,
    message,
    mistyped,
    quoted,
    with_subject,
)
from goldsmith.sources.generators._email_lexicon import Lexicon, Pool
from goldsmith.sources.generators._email_writer import Writer, moment, person

LONG = 600
_SUBJECT_SHARE = 0.7
_TELLING_SUBJECT_SHARE = 0.55  # else it is one that fits every mail
_FAITHFUL_SUBJECT_SHARE = 0.75  # of the telling ones; else it is on what the mail only mentions
_SAME_TOPIC_SHARE = 0.3  # of the threads whose beginning is not in the goldens
_BELOW_SHARE = 0.1  # of the marked quotes: the answer stands below


class Rates(NamedTuple):
    """Shares of mails of some kind; as in the generator's options."""

    background: float
    quoted: float
    forwarded: float
    short: float
    long: float
    typos: float


class Mail(NamedTuple):
    """A mail as it arrives, its topic, and the topics that it might be mistaken for."""

    text: str
    topic: str
    misleading: tuple[str, ...]
    core: str  # no two mails may have the same


class Thread:
    """A customer's mails to the company, each of which may quote those before it."""

    def __init__(
        self, pool: Pool, home: Lexicon, language: str, rates: Rates, draw: Random
    ) -> None:
        self._rates, self._draw = rates, draw
        self._writer = Writer(pool, person(home, language, draw), draw)
        self._habits = habits(self._writer.person, rates.typos, draw)
        self._history: list[Entry] = []
        self._topic = ""  # of the latest exchange
        self._when = moment(draw)

    def mail(self, topic: str) -> Mail:
        """Return the next mail of the thread, for the topic's department."""
        draw, rates, shape = self._draw, self._rates, self._draw.random()
        if shape >= 1 - rates.short:
            return self._short(topic)
        body = self._writer.body(topic, rates.background)
        text = message(body.paragraphs, self._writer, self._habits, draw)
        subject = self._subject(topic, body.mentioned)
        misleading, kind = body.mentioned, "new"
        if shape < rates.long or shape < rates.quoted:
            misleading, kind = self._topic_before(topic) + misleading, "answer"
            subject = self._history[-1].subject
            whole = self._joined(text, self._quote(in_full=shape < rates.long))
        elif shape < rates.quoted + rates.forwarded:
            kind, whole = "forward", self._passed_on(subject, text)
        else:
            whole = text
        self._remember(subject, text, topic)
        if draw.random() < _SUBJECT_SHARE:
            whole = with_subject(subject, whole, self._writer.person.language, kind, draw)
        return Mail(whole, topic, tuple(name for name in misleading if name != topic), whole)

    def _short(self, topic: str) -> Mail:
        """Return a mail without any ceremony."""
        draw, writer = self._draw, self._writer
        request = writer.pick(writer.pool.topics[topic].requests)
        name, phone, number = writer.person.name, writer.person.phone, writer.person.customer_no
        signed = draw.choice((name, f"/{name}", f"{name} {phone}", f"{number} {name}"))
        text = mistyped(request, self._habits, draw) + draw.choice((" ", "\n")) + signed
        return Mail(text.lower() if draw.random() < 0.35 else text, topic, (), request)

    def _subject(self, topic: str, mentioned: Sequence[str]) -> str:
        draw, writer = self._draw, self._writer
        if draw.random() >= _TELLING_SUBJECT_SHARE:
            return _capital(writer.pick(writer.pool.phrases.subjects))
        if mentioned and draw.random() >= _FAITHFUL_SUBJECT_SHARE:
            topic = mentioned[0]
        return _capital(writer.pick(writer.pool.topics[topic].subjects))

    def _topic_before(self, topic: str) -> tuple[str, ...]:
        """Return the topic of the latest exchange, had before the thread begins if need be."""
        if not self._history:
            others = [name for name in self._writer.pool.topics if name != topic]
            same = self._draw.random() < _SAME_TOPIC_SHARE
            self._topic = topic if same else self._draw.choice(others)
            self._history = self._exchange(self._topic, self._when)
        return (self._topic,)

    def _exchange(self, topic: str, when: datetime) -> list[Entry]:
        """Return a message on the topic, written then, and the company's answer."""
        body = self._writer.body(topic, self._rates.background)
        text = message(body.paragraphs, self._writer, self._habits, self._draw)
        return self._answered(self._subject(topic, body.mentioned), text, topic, when)

    def _answered(self, subject: str, text: str, topic: str, when: datetime) -> list[Entry]:
        later = when + timedelta(days=self._draw.randint(1, 3), minutes=self._draw.randint(-90, 90))
        answer = Entry(subject, self._answer(topic), True, later)
        return [Entry(subject, text, False, when), answer]

    def _remember(self, subject: str, text: str, topic: str) -> None:
        """Add a message and the company's answer to the history."""
        self._when += timedelta(days=self._draw.randint(4, 40))
        self._history += self._answered(subject, text, topic, self._when)
        self._topic = topic

    def _answer(self, topic: str) -> str:
        draw, writer = self._draw, self._writer
        name = writer.person.name.split()[0]
        thanks = writer.pick(writer.pool.phrases.thanks)
        reply = writer.pick(writer.pool.topics[topic].replies)
        signed = f"{draw.choice(writer.pool.lexicon.first_names)}, Fjordlys"
        return f"{writer.pick(writer.pool.phrases.salutes)} {name}\n\n{thanks} {reply}\n\n{signed}"

    def _stretched(self) -> list[Entry]:
        """Return the history with as much before it as makes a mail of `LONG` words and more."""
        topics, history = list(self._writer.pool.topics), list(self._history)
        while sum(len(entry.text.split()) for entry in history) < LONG:
            gap = timedelta(days=self._draw.randint(4, 9), minutes=self._draw.randint(0, 500))
            earlier = history[0].when - gap
            history = self._exchange(self._draw.choice(topics), earlier) + history
        return history

    def _quote(self, *, in_full: bool) -> str:
        ways, history = self._habits, self._history[-self._draw.choice((1, 2, 2, 3)) :]
        if in_full:
            # Marks a dozen deep would be half of the mail.
            ways, history = ways._replace(marks=False), self._stretched()
        return quoted(history, self._writer.person, ways, self._draw)

    def _joined(self, text: str, quote: str) -> str:
        if self._habits.marks and self._draw.random() < _BELOW_SHARE:
            return f"{quote}\n\n{text}"
        return f"{text}\n\n{quote}"

    def _passed_on(self, subject: str, text: str) -> str:
        """Return the message as a colleague forwards it who cannot answer it."""
        writer = self._writer
        entry = Entry(subject, text, False, self._when)
        cover = writer.pick(writer.pool.phrases.covers)
        return f"{cover}\n\n{header(entry, writer.person)}{text}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
