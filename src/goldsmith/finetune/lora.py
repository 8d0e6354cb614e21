"""Low-rank adapters by peft: put on before training, merged into the weights behind it.

Knows no family: it is given a model, settings with rank, alpha, dropout and targets, and the names
of the parts beside the encoder that are trained whole.
"""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import PreTrainedModel
from transformers.pytorch_utils import Conv1D

from goldsmith.errors import ConfigError, listed, near

ADAPTER_FOLDER = "adapter"


def with_adapters(model: PreTrainedModel, settings: Any, heads: Sequence[str]) -> Any:
    """A peft model in which adapters and heads are trained and nothing else.

    It has no task type: peft's wrapper for question answering drops `token_type_ids`.

    Args:
        model: a base model with its head.
        settings: rank, alpha, dropout, targets; no targets: every linear layer of the encoder.
        heads: names of modules beside the encoder.

    Raises:
        ConfigError: a target that names no linear layer of the encoder; says the near names.
    """
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha,
        lora_dropout=settings.dropout,
        target_modules=_targets(model, settings.targets),
        modules_to_save=list(heads),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return get_peft_model(model, config)


def merged(adapted: Any, base: str, out: Path) -> PreTrainedModel:
    """The plain model with the adapters in its weights; the adapters alone go to `adapter/`.

    Args:
        adapted: what `with_adapters` gave, trained.
        base: the base's name, as the adapter's config tells it.
        out: the model folder.
    """
    adapted.peft_config["default"].base_model_name_or_path = base
    adapted.save_pretrained(str(out / ADAPTER_FOLDER))
    # peft's own card is a form that nobody filled in.
    (out / ADAPTER_FOLDER / "README.md").unlink(missing_ok=True)
    plain: PreTrainedModel = adapted.merge_and_unload()
    return plain


def inner(model: Any) -> PreTrainedModel:
    """The transformers model inside a peft model; any other model as it is."""
    get_base: Any = getattr(model, "get_base_model", None)
    return get_base() if get_base is not None and hasattr(model, "peft_config") else model


def _targets(model: PreTrainedModel, wanted: Sequence[str]) -> list[str]:
    """The full names of the layers that get an adapter."""
    prefix = f"{model.base_model_prefix}."
    names = [
        name
        for name, module in model.named_modules()
        if name.startswith(prefix) and isinstance(module, torch.nn.Linear | Conv1D)
    ]
    if not wanted:
        return names
    known = list(dict.fromkeys(name.rpartition(".")[2] for name in names))
    for target in wanted:
        if not any(_is_named(name, target) for name in names):
            raise ConfigError(
                f"model.lora.targets: no linear layer of the encoder is called {target!r}: "
                f"{near(target, known)}; there are {listed(known, 12)}"
            )
    return [name for name in names if any(_is_named(name, target) for target in wanted)]


def _is_named(name: str, target: str) -> bool:
    return name == target or name.endswith(f".{target}")
