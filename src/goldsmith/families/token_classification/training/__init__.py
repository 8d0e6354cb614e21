"""The torch half: fine-tuning a transformers token classifier, and predicting with it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transformers import AutoModelForTokenClassification, PreTrainedModel

from goldsmith import bases, finetune
from goldsmith.families.base import Run, write_family
from goldsmith.families.token_classification.casing import mark_folder
from goldsmith.families.token_classification.encoding import Encoder
from goldsmith.families.token_classification.training.examples import Collate, Examples
from goldsmith.families.token_classification.training.loss import Loss
from goldsmith.families.token_classification.training.tagger import Evaluator, TorchTagger
from goldsmith.prepared import Prepared
from goldsmith.records import TaggedTokens
from goldsmith.text import OUTSIDE

if TYPE_CHECKING:
    from goldsmith.families.token_classification import TokenClassification

__all__ = ["TorchTagger", "train"]


def train(
    family: "TokenClassification", data: Prepared, part: str, out: Path, run: Run
) -> dict[str, Any]:
    """Fine-tune the base on one part of the data and write the model folder.

    Returns:
        Facts of the run; `monitor` holds the metrics on validation, or without it on training
        records.
    """
    finetune.seed_everything(run.seed)
    base = bases.resolve(family.base, family.revision)
    encoder = family.encoder(base)
    start = _auxiliary(family, data, part, encoder, base, run) if family.auxiliary_epochs else None
    model = _new_model(base, data.labels, family, start)
    records, (watched, validates) = data.training(part), data.watched(part)
    evaluator = Evaluator(encoder, data.labels, family.label_subwords, watched)
    facts = _phase(
        family, model, records, data.labels, encoder, run, "kept", family.epochs,
        evaluator if validates else None,
    )  # fmt: skip
    finetune.save(model, base, out)
    if family.mark_case:
        mark_folder(out)
    write_family(out, family, data.labels)
    monitor = evaluator(model)
    return {
        **facts,
        "records": len(records),
        "monitor": monitor,
        "monitored_on": "validation" if validates else "training",
        "monitored_records": len(watched),
    }


def _new_model(
    base: Path, labels: Sequence[str], family: "TokenClassification", start: PreTrainedModel | None
) -> PreTrainedModel:
    """The base with a fresh head for the labels, its encoder taken from `start` if given."""
    model = finetune.load_base(
        AutoModelForTokenClassification, base, dropout=family.dropout, labels=labels
    )
    if start is not None:
        model.base_model.load_state_dict(start.base_model.state_dict())
    finetune.freeze(model, family.freeze_embeddings, family.freeze_layers)
    return model


def _auxiliary(
    family: "TokenClassification", data: Prepared, part: str, encoder: Encoder, base: Path, run: Run
) -> PreTrainedModel:
    """A first phase on every tag that the training goldens carry, whether kept or not."""
    records = data.training(part, tags="raw_tags")
    tags = sorted({tag for record in records for tag in record.tags} - {OUTSIDE})
    labels = [OUTSIDE, *tags]
    model = _new_model(base, labels, family, None)
    _phase(family, model, records, labels, encoder, run, "auxiliary", family.auxiliary_epochs, None)
    return model


def _phase(
    family: "TokenClassification",
    model: PreTrainedModel,
    records: Sequence[TaggedTokens],
    labels: Sequence[str],
    encoder: Encoder,
    run: Run,
    name: str,
    epochs: int,
    evaluator: Evaluator | None,
) -> dict[str, Any]:
    """One fine-tuning run with its own checkpoints."""
    settings = finetune.settings_of(family, run, epochs)
    examples = Examples(records, encoder, labels, family.label_subwords)
    return finetune.finetune(
        model,
        examples,
        Collate(encoder.pad_id),
        Loss(labels, family.entity_weight, family.focal_gamma),
        finetune.groups_of(model, family),
        settings,
        run.checkpoints / name,
        lambda event: run.report({"phase": name, **event}),
        evaluator,
        "micro.f1",
        examples.negatives,
        family.negatives_per_epoch,
    )
