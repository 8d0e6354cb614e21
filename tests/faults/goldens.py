"""A data set in the making: rows as plain dicts, so that a fault can be anything at all."""

import copy
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass
class Goldens:
    """Rows with the columns of a record type, and for queries the documents beside them.

    Attributes:
        name: of the data set.
        kind: the record type.
        rows: one dict a record: tagged_tokens has tokens and ner_tags, question has answers as
            a list of {text, answer_start}, query has relevant as a list of {document_id, grade}.
        corpus: for queries, dicts of document_id, title and text.
        sections: settings of the use case that these goldens are made for.
    """

    name: str
    kind: str
    rows: list[Row]
    corpus: list[Row] = field(default_factory=list)
    sections: dict[str, Any] = field(default_factory=dict)

    def copy(self) -> "Goldens":
        """Another one, to do anything to."""
        return copy.deepcopy(self)

    def part(self, split: str) -> list[Row]:
        """The rows of one split."""
        return [row for row in self.rows if row["split"] == split]


def split_of(place: int) -> str:
    """Of seven neighbours four are for training, one for validation and two for test."""
    return ("train", "train", "validation", "train", "test", "train", "test")[place % 7]
