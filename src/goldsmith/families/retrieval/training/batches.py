"""Batches of pairs and the loss over them: a query, its documents, and what is a negative to it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch

from goldsmith.families.onnx import padded
from goldsmith.families.retrieval.encoding import Encoder
from goldsmith.families.retrieval.index import body
from goldsmith.families.retrieval.mining import Pair
from goldsmith.records import Corpus, Query

LEFT_OUT, NEGATIVE, POSITIVE = -1, 0, 1  # what a document may be to a query of the batch


def contrastive_loss(scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """InfoNCE (van den Oord et al. 2018) with the batch's other documents as negatives, too.

    Mean cross-entropy of each query's own document against all that are not left out: the
    multiple-negatives ranking loss of Henderson et al. 2017.

    Args:
        scores: (b, m).
        labels: (b, m) of LEFT_OUT, NEGATIVE, and one POSITIVE a row.
    """
    scores = scores.float().masked_fill(labels == LEFT_OUT, -torch.inf)
    return torch.nn.functional.cross_entropy(scores, (labels == POSITIVE).long().argmax(dim=1))


class Examples(Sequence[dict[str, Any]]):
    """Pairs in subwords; a document's are made once, however many pairs it is in."""

    def __init__(
        self, found: Sequence[Pair], records: Sequence[Query], corpus: Corpus, encoder: Encoder
    ) -> None:
        needed = sorted({place for one in found for place in (one.document, *one.negatives)})
        rows = encoder.documents([body(corpus.passages[place]) for place in needed])
        self._documents = dict(zip(needed, rows, strict=True))
        self._queries = encoder.queries([one.text for one in records])
        self._pairs = list(found)

    def __len__(self) -> int:
        return len(self._pairs)

    def __getitem__(self, place: Any) -> Any:
        one = self._pairs[place]
        return {
            "input_ids": self._documents[one.document],
            "negatives": [self._documents[k] for k in one.negatives],
            "query_ids": self._queries[one.query],
            "pair": one,
        }


class Collate:
    """The queries of a batch, its documents with their hard negatives behind, and labels (b, m)."""

    def __init__(self, pad_id: int, relevant: Sequence[set[int]]) -> None:
        self._pad_id, self._relevant = pad_id, relevant

    def __call__(self, examples: Sequence[Mapping[str, Any]]) -> dict[str, torch.Tensor]:
        """What the model's forward takes, and the labels."""
        found: list[Pair] = [one["pair"] for one in examples]
        places = [one.document for one in found] + [k for one in found for k in one.negatives]
        rows = [one["input_ids"] for one in examples]
        rows += [row for one in examples for row in one["negatives"]]
        ids, mask = padded(rows, self._pad_id)
        query_ids, query_mask = padded([one["query_ids"] for one in examples], self._pad_id)
        arrays = {
            "input_ids": ids,
            "attention_mask": mask,
            "query_ids": query_ids,
            "query_mask": query_mask,
            "labels": self._labels(found, places),
        }
        return {name: torch.from_numpy(value) for name, value in arrays.items()}

    def _labels(self, found: Sequence[Pair], places: Sequence[int]) -> np.ndarray:
        labels = np.full((len(found), len(places)), NEGATIVE, dtype=np.int64)
        for row, one in enumerate(found):
            # What answers the query as well would be trained away from it.
            answers = self._relevant[one.query]
            labels[row, [k for k, place in enumerate(places) if place in answers]] = LEFT_OUT
            labels[row, row] = POSITIVE
        return labels
