"""Base models made ready for fine-tuning, and trained ones written; knows no family."""

import json
import math
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoConfig, PretrainedConfig, PreTrainedModel

from goldsmith.errors import ConfigError

TOKENIZER_FILES = (
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt", "vocab.json", "merges.txt",
)  # fmt: skip


def load_base(
    auto: Any,
    base: Path,
    *,
    dropout: float,
    labels: Sequence[str] | None = None,
) -> PreTrainedModel:
    """A base model with a fresh head, in fp32.

    Args:
        auto: transformers' AutoModelFor... class.
        base: folder with safetensors weights.
        dropout: everywhere in the encoder.
        labels: names of the head's classes; None: the head has none.

    A decoder that has no pad token (GPT-2, Llama) is padded with its end-of-text one: see
    `pad_token`.
    """
    config = AutoConfig.from_pretrained(base, local_files_only=True)
    if labels is not None:
        config.id2label = dict(enumerate(labels))
        config.label2id = {name: place for place, name in enumerate(labels)}
    # Each architecture has names of its own: hidden_dropout_prob, attention_dropout, attn_pdrop.
    for name, value in config.to_dict().items():
        if ("dropout" in name or name.endswith("pdrop")) and type(value) in (int, float):
            setattr(config, name, dropout)
    config.pad_token_id = pad_token(config)
    # On CPU the fused attention's backward is slower than eager's once dropout is off. None: the
    # fused one, where the architecture has it.
    attention = "eager" if dropout == 0.0 and not torch.cuda.is_available() else None
    model: PreTrainedModel = auto.from_pretrained(
        base,
        config=config,
        use_safetensors=True,
        local_files_only=True,
        dtype=torch.float32,
        attn_implementation=attention,
    )
    return model


def pad_token(config: PretrainedConfig) -> int | None:
    """The id that fills up batches: the base's own, else its end of text; None where it has neither.

    A head that pools a decoder's last token finds it by this id, so it must be in the config.
    """
    ends = config.eos_token_id if isinstance(config.eos_token_id, list) else [config.eos_token_id]
    size = getattr(config, "vocab_size", None) or math.inf
    # Llama's early configs say -1; others name a token that was never added to the embeddings.
    usable = (one for one in (config.pad_token_id, *ends) if one is not None and 0 <= one < size)
    return next(usable, None)


def load_trained(auto: Any, folder: Path) -> PreTrainedModel:
    """A trained model folder in fp32, ready to predict."""
    model: PreTrainedModel = auto.from_pretrained(
        folder, use_safetensors=True, local_files_only=True, dtype=torch.float32
    )
    return model.eval()


def layers(model: PreTrainedModel) -> tuple[str, Sequence[torch.nn.Module]]:
    """The stack of blocks of an encoder or decoder, from the lowest up, and its dotted name.

    The name is the one below `model.base_model`: `encoder.layer` of BERT, `h` of GPT-2, `layers` of
    Llama. Empty for an architecture whose blocks are no list (ALBERT shares one).
    """
    count = int(getattr(model.config, "num_hidden_layers", 0))
    for name, module in model.base_model.named_modules():
        if isinstance(module, torch.nn.ModuleList) and len(module) == count:
            return name, list(module)
    return "", []


def freeze(model: PreTrainedModel, embeddings: bool, lowest: int) -> None:
    """Take the embedding table, or with lowest layers all embeddings and those, out of training.

    Raises:
        ConfigError: there are not so many layers.
    """
    frozen: list[torch.nn.Module] = [model.get_input_embeddings()] if embeddings else []
    if lowest:
        name, stack = layers(model)
        if lowest > len(stack):
            raise ConfigError(
                f"model.freeze_layers is {lowest}, but {type(model).__name__} has {len(stack)} "
                "layers that can be frozen: lower it"
            )
        frozen += stack[:lowest]
        for below, part in model.base_model.named_children():
            if below == name.partition(".")[0]:
                break
            frozen.append(part)
    for module in frozen:
        for parameter in module.parameters():
            parameter.requires_grad_(False)


def save(model: PreTrainedModel, base: Path, out: Path) -> None:
    """Write a trained model as safetensors, with its base's tokenizer beside it."""
    model.float().save_pretrained(out, safe_serialization=True)
    for name in TOKENIZER_FILES:
        if (base / name).is_file():
            shutil.copyfile(base / name, out / name)
    if model.config.pad_token_id is not None:
        _name_pad_token(out, int(model.config.pad_token_id))


def _name_pad_token(folder: Path, pad_id: int) -> None:
    """Write a pad token into a tokenizer that has none, so that transformers' pipelines batch."""
    from tokenizers import Tokenizer

    path = folder / "tokenizer_config.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    name = Tokenizer.from_file(str(folder / "tokenizer.json")).id_to_token(pad_id)
    if known.get("pad_token") is None and name is not None:
        known |= {"pad_token": name, "padding_side": "right"}
        path.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
