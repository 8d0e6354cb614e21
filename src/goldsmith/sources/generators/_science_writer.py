"""Puts titles and abstracts together from one pool of wordings."""

import re
from collections.abc import Mapping
from random import Random
from typing import NamedTuple

from goldsmith.sources.generators._deck import Deck
from goldsmith.sources.generators._science_fields import FIELDS, Speech
from goldsmith.sources.generators._science_frames import Frames
from goldsmith.sources.generators._science_themes import Theme
from goldsmith.sources.generators._science_tools import NUMBERS

_SLOT = re.compile(r"\{(\w+)\}")
_TELLING_TITLES = 0.3
_FINDINGS = 0.6
_OWN_TOOLS = 0.3
WORDS = range(60, 201)
"""How many words an abstract may have."""


class Pool(NamedTuple):
    """Everything that is worded in one way or another; held-out pools share no wording."""

    frames: Frames
    themes: Mapping[str, Theme]
    tools: Mapping[str, tuple[str, ...]]
    speech: Mapping[str, Speech]


class Paper(NamedTuple):
    """A paper, and the fields that a hasty reader might take for its own."""

    title: str
    abstract: str
    field: str
    tool_field: str
    other_field: str  # whose question it names without asking it; "" if it names only its own


class _Brief(NamedTuple):
    """What is settled before the first sentence of a paper."""

    field: str
    theme: Theme
    project: str
    things: str
    ask: str
    tool: str
    others: Mapping[str, str]  # question by field


class Writer:
    """Writes papers from one pool."""

    def __init__(self, pool: Pool, contrast: float, draw: Random) -> None:
        self._pool, self._draw, self._contrast = pool, draw, contrast
        self._frames = {part: Deck(texts, draw) for part, texts in pool.frames._asdict().items()}
        self._asks = {field: Deck(each.asks, draw) for field, each in pool.speech.items()}
        self._findings = {field: Deck(each.findings, draw) for field, each in pool.speech.items()}
        self._tools = {field: Deck(names, draw) for field, names in pool.tools.items()}
        self._tool_fields = Deck(tuple(pool.tools), draw)

    def write(self, field: str, theme: str, project: str) -> Paper:
        """Return a paper of a field on a theme, as one of the papers of a project."""
        own_tool = field in self._tools and self._draw.random() < _OWN_TOOLS
        tool_field = field if own_tool else self._tool_fields.deal()
        neighbours = [
            name for name, each in FIELDS.items() if theme in each.themes and name != field
        ]
        chosen = self._draw.sample(neighbours, 2)
        brief = _Brief(
            field=field,
            theme=self._pool.themes[theme],
            project=project,
            things=self._draw.choice(self._pool.themes[theme].things),
            ask=self._asks[field].deal(),
            tool=self._tools[tool_field].deal(),
            others={name: self._asks[name].deal() for name in chosen},
        )
        contrasts = self._contrasts()
        abstract = self._abstract(brief, contrasts)
        while len(abstract.split()) not in WORDS:
            abstract = self._abstract(brief, contrasts)
        other_field = chosen[0] if contrasts else ""
        return Paper(self._title(brief), abstract, field, tool_field, other_field)

    def _contrasts(self) -> frozenset[str]:
        """The places in which another field's question is named."""
        if self._draw.random() >= self._contrast:
            return frozenset()
        return frozenset(self._draw.sample(("before", "after", "late"), self._draw.randint(1, 2)))

    def _title(self, brief: _Brief) -> str:
        telling = self._draw.random() < _TELLING_TITLES
        text = self._fill(self._frames["telling_titles" if telling else "titles"].deal(), brief)
        return text[0].upper() + text[1:]

    def _abstract(self, brief: _Brief, contrasts: frozenset[str]) -> str:
        draw = self._draw
        parts = ["openings"] * draw.randint(1, 3) + ["before"] * ("before" in contrasts) + ["aims"]
        parts += ["after"] * ("after" in contrasts) + ["methods"] * draw.randint(1, 3)
        parts += ["results"] * draw.randint(1, 3) + ["findings"] * (draw.random() < _FINDINGS)
        parts += ["late"] * ("late" in contrasts) + ["ends"] * draw.randint(0, 1)
        sentences = []
        for part in parts:
            deck = self._findings[brief.field] if part == "findings" else self._frames[part]
            text = self._fill(deck.deal(), brief)
            sentences.append(text[0].upper() + text[1:] + "." * (text[-1] != "."))
        return " ".join(sentences)

    def _fill(self, text: str, brief: _Brief) -> str:
        return _SLOT.sub(lambda slot: self._word(slot[1], brief), text)

    def _word(self, name: str, brief: _Brief) -> str:
        if name in NUMBERS:
            return NUMBERS[name](self._draw)
        if name in ("project", "things", "tool"):
            return str(getattr(brief, name))
        if name == "tool2":
            return self._tools[self._tool_fields.deal()].deal()
        if name in ("ask", "other", "third"):
            asked = (brief.ask, *brief.others.values())
            return self._fill(asked[("ask", "other", "third").index(name)], brief)
        words: tuple[str, ...] = getattr(brief.theme, name)
        return self._draw.choice(words)
