"""Base models made ready for fine-tuning, and trained ones written; knows no family."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoConfig, PreTrainedModel

TOKENIZER_FILES = (
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt", "vocab.json", "merges.txt",
)  # fmt: skip


def load_base(
    auto: Any,
    base: Path,
    *,
    dropout: float,
    labels: Sequence[str] | None = None,
    **changes: Any,
) -> PreTrainedModel:
    """A base model with a fresh head, in fp32.

    Args:
        auto: transformers' AutoModelFor... class.
        base: folder with safetensors weights.
        dropout: everywhere in the encoder.
        labels: names of the head's classes; None: the head has none.
        changes: more fields of the model's config.
    """
    config = AutoConfig.from_pretrained(base, local_files_only=True)
    if labels is not None:
        config.id2label = dict(enumerate(labels))
        config.label2id = {name: place for place, name in enumerate(labels)}
    # Each architecture has names of its own: hidden_dropout_prob, attention_dropout, attn_pdrop.
    for name, value in config.to_dict().items():
        if ("dropout" in name or name.endswith("pdrop")) and type(value) in (int, float):
            setattr(config, name, dropout)
    for name, value in changes.items():
        setattr(config, name, value)
    # On CPU the fused attention's backward is slower than eager's once dropout is off.
    attention = "eager" if dropout == 0.0 and not torch.cuda.is_available() else "sdpa"
    model: PreTrainedModel = auto.from_pretrained(
        base,
        config=config,
        use_safetensors=True,
        local_files_only=True,
        dtype=torch.float32,
        attn_implementation=attention,
    )
    return model


def load_trained(auto: Any, folder: Path) -> PreTrainedModel:
    """A trained model folder in fp32, ready to predict."""
    model: PreTrainedModel = auto.from_pretrained(
        folder, use_safetensors=True, local_files_only=True, dtype=torch.float32
    )
    return model.eval()


def layers(model: PreTrainedModel) -> Sequence[torch.nn.Module]:
    """The stack of blocks of an encoder or decoder, from the lowest up."""
    count = int(model.config.num_hidden_layers)
    found = (
        module
        for module in model.base_model.modules()
        if isinstance(module, torch.nn.ModuleList) and len(module) == count
    )
    return list(next(found))


def freeze(model: PreTrainedModel, embeddings: bool, lowest: int) -> None:
    """Take the embedding table, or with lowest layers all embeddings and those, out of training."""
    frozen: list[torch.nn.Module] = [model.get_input_embeddings()] if embeddings else []
    if lowest:
        stack = layers(model)
        frozen += [model.get_input_embeddings(), *stack[:lowest]]
        frozen += [part for name, part in model.base_model.named_children() if "embed" in name]
    for module in frozen:
        for parameter in module.parameters():
            parameter.requires_grad_(False)


def save(model: PreTrainedModel, base: Path, out: Path) -> None:
    """Write a trained model as safetensors, with its base's tokenizer beside it."""
    model.float().save_pretrained(out, safe_serialization=True)
    for name in TOKENIZER_FILES:
        if (base / name).is_file():
            shutil.copyfile(base / name, out / name)
