"""The record types: one labelled example each, as plain types, and their Arrow schemas.

Knows neither files nor models.
"""

from goldsmith.records.base import Record
from goldsmith.records.documents import Field, OcrPage
from goldsmith.records.queries import Corpus, Judgement, Passage, Query
from goldsmith.records.schemas import TYPES, arrow_schema
from goldsmith.records.texts import Answer, LabelledText, Question
from goldsmith.records.words import TaggedPage, TaggedTokens

__all__ = [
    "TYPES",
    "Answer",
    "Corpus",
    "Field",
    "Judgement",
    "LabelledText",
    "OcrPage",
    "Passage",
    "Query",
    "Question",
    "Record",
    "TaggedPage",
    "TaggedTokens",
    "arrow_schema",
]
