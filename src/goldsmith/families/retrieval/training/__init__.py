"""The torch half: fine-tuning a bi-encoder on pairs with negatives, and embedding with it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import torch
from transformers import AutoModel, PreTrainedModel

from goldsmith import bases, finetune
from goldsmith.errors import DataError
from goldsmith.families.base import Run, read_family, write_family
from goldsmith.families.onnx import TOKENIZER_FILE
from goldsmith.families.retrieval import watching
from goldsmith.families.retrieval.encoding import Encoder
from goldsmith.families.retrieval.fusion import Fusion
from goldsmith.families.retrieval.interchange import write_sentence_transformers
from goldsmith.families.retrieval.mining import Pair, pairs, relevant_places
from goldsmith.families.retrieval.runtime import Retriever
from goldsmith.families.retrieval.training.batches import Collate, Examples, contrastive_loss
from goldsmith.finetune import memory
from goldsmith.prepared import Prepared
from goldsmith.records import Corpus, Query
from goldsmith.settings import cores

if TYPE_CHECKING:
    from goldsmith.families.retrieval import Retrieval


class TorchRetriever(Retriever):
    """The model as trained, in fp32, behind the same pooling and ranking as every variant."""

    def __init__(self, model: Any, encoder: Encoder, settings: Any, fusion: Fusion) -> None:
        super().__init__(encoder, settings, fusion)
        self._model = model

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open a trained model folder."""
        family, facts = read_family(folder)
        settings: Any = family
        torch.set_num_threads(cores())
        model = finetune.load_trained(AutoModel, folder)
        encoder = Encoder(folder / TOKENIZER_FILE, settings)
        return cls(model, encoder, settings, Fusion.chosen(settings, facts))

    @classmethod
    def of_base(cls, family: "Retrieval") -> Self:
        """The base as it comes, without BM25.

        Raises:
            ConfigError: a base that is not there.
        """
        torch.set_num_threads(cores())
        base = bases.resolve(family.base, family.revision)
        model = finetune.load_base(AutoModel, base, dropout=0.0)
        return cls(model.eval(), Encoder(base / TOKENIZER_FILE, family), family, Fusion("none"))

    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Run the model where it lies."""
        return np.concatenate(memory.in_parts(self._forward, ids, mask))

    @torch.inference_mode()
    def _forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        device = self._model.device
        arrays = {"input_ids": ids, "attention_mask": mask}
        outputs = self._model(
            **{name: torch.from_numpy(value).to(device) for name, value in arrays.items()}
        )
        result: np.ndarray = outputs.last_hidden_state.float().cpu().numpy()
        return result


class BiEncoder(torch.nn.Module):
    """One encoder for queries and documents; its output is their cosines over the temperature."""

    def __init__(self, encoder: PreTrainedModel, temperature: float) -> None:
        super().__init__()
        self.encoder, self._temperature = encoder, temperature
        self.config = encoder.config

    def gradient_checkpointing_enable(self, *args: Any, **kwargs: Any) -> None:
        """Trainer asks for it where `training_arguments` do."""
        self.encoder.gradient_checkpointing_enable(*args, **kwargs)

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        query_ids: torch.Tensor,
        query_mask: torch.Tensor,
    ) -> torch.Tensor:
        """Scores (b, m) float32 of b queries (b, s) on m documents (m, t)."""
        documents = self._embedded(input_ids, attention_mask)
        queries = self._embedded(query_ids, query_mask)
        with torch.autocast(queries.device.type, enabled=False):
            return queries @ documents.T / self._temperature

    def _embedded(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        weights = mask[..., None].float()
        mean = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(mean, dim=-1)


def train(family: "Retrieval", data: Prepared, part: str, out: Path, run: Run) -> dict[str, Any]:
    """Fine-tune the base on one part of the data and write the model folder.

    The folder also opens with `SentenceTransformer(folder)`.

    Returns:
        Facts of the run: `fusion`, its kind, and `weight` of the encoder in a weighted sum, `pairs`,
        and `monitor`: the metrics on validation, or without it on training records, and what tells a
        collapse.

    Raises:
        DataError: no corpus, no relevant document, or one that is not in the corpus.
    """
    finetune.seed_everything(run.seed)
    base = bases.resolve(family.base, family.revision)
    encoder = Encoder(base / TOKENIZER_FILE, family)
    corpus = data.corpus
    if corpus is None:
        raise DataError(f"{data.folder}: queries without a corpus: prepare writes it beside them")
    records, (watched, validates) = list(data.training(part)), data.watched(part)
    relevant = relevant_places(records, corpus)
    model: PreTrainedModel = finetune.load_base(AutoModel, base, dropout=family.dropout)
    device = torch.device(run.device)
    untrained = TorchRetriever(model.eval().to(device), encoder, family, watching.plain(family))
    found = _mined(family, untrained, records, relevant, corpus, run)
    evaluator = _Evaluator(family, encoder, list(watched), validates)
    among = watching.choices(family)
    if among and not validates:
        _, evaluator.fusion = watching.watched(untrained, records, among)
    both = BiEncoder(model, family.temperature)
    examples = Examples(found, records, corpus, encoder)
    collate = Collate(encoder.pad_id, relevant)
    facts = _tuned(family, both, examples, collate, run, evaluator if validates else None)
    finetune.save(model, base, out)
    write_sentence_transformers(out, family)
    monitor = evaluator(both)
    chosen = {"fusion": evaluator.fusion.kind, "weight": evaluator.fusion.weight}
    write_family(out, family, data.labels, **chosen)
    return {
        **facts,
        "records": len(records),
        "pairs": len(found),
        **chosen,
        "monitor": monitor,
        "monitored_on": "validation" if validates else "training",
        "monitored_records": len(watched),
    }


def _tuned(
    family: "Retrieval",
    both: BiEncoder,
    examples: Examples,
    collate: Collate,
    run: Run,
    evaluator: "_Evaluator | None",
) -> dict[str, Any]:
    """One fine-tuning run; the facts of it."""
    finetune.freeze(both.encoder, family.freeze_embeddings, family.freeze_layers)
    rate = family.learning_rate  # there is no head
    groups = finetune.layered_groups(
        both.encoder, rate, rate, family.layer_decay, family.weight_decay
    )
    return finetune.finetune(
        both,
        examples,
        collate,
        contrastive_loss,
        groups,
        finetune.settings_of(family, run),
        run.checkpoints,
        run.report,
        evaluator,
        family.primary,
    )


def _mined(
    family: "Retrieval", untrained: TorchRetriever, records: list[Query],
    relevant: Sequence[set[int]], corpus: Corpus, run: Run,
) -> list[Pair]:  # fmt: skip
    """The training pairs, their negatives from what BM25 and the base rank high."""
    queries = untrained.embed_queries([one.text for one in records])
    found = pairs(
        records, relevant, untrained.index(corpus), queries,
        family.hard_negatives, family.mining_depth, run.seed,
    )  # fmt: skip
    text = f"{len(found):,} pairs of {len(records):,} queries, {family.hard_negatives} hard negatives each"
    run.report({"type": "note", "text": text})
    return found


class _Evaluator:
    """Metrics of a model on fixed records, with the best fusion.

    Attributes:
        fusion: as the last call chose it. Without validation no call does: on what it
            was trained on an encoder looks better than it is. The base has not seen those queries,
            so its rankings choose.
    """

    def __init__(
        self, family: "Retrieval", encoder: Encoder, records: list[Query], chooses: bool
    ) -> None:
        self._family, self._encoder, self._records = family, encoder, records
        self._among = watching.choices(family) if chooses else []
        self.fusion = watching.plain(family)

    def __call__(self, model: Any) -> dict[str, float]:
        was_training = model.training
        encoder = model.encoder.eval()
        retriever = TorchRetriever(encoder, self._encoder, self._family, self.fusion)
        metrics, self.fusion = watching.watched(retriever, self._records, self._among)
        model.train(was_training)
        return metrics
