"""Learning rates by layer."""

from typing import Any

from transformers import PreTrainedModel

from goldsmith.finetune.models import layers


def groups_of(model: PreTrainedModel, family: Any) -> list[dict[str, Any]]:
    """`layered_groups` with the rates of a `FineTuned` family."""
    return layered_groups(
        model,
        family.learning_rate,
        family.head_learning_rate,
        family.layer_decay,
        family.weight_decay,
    )


def layered_groups(
    model: PreTrainedModel, rate: float, head_rate: float, decay: float, weight_decay: float
) -> list[dict[str, Any]]:
    """Optimiser groups: the head at its own rate, each layer below the last at `decay` times more.

    Layer-wise decay as in Howard and Ruder 2018 (ULMFiT, discriminative fine-tuning).
    """
    place = _places(model)
    top = max(place.values(), default=0)
    groups: dict[tuple[float, float], list[Any]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            lr = rate * decay ** (top - place[name]) if name in place else head_rate
            weight = 0.0 if parameter.ndim < 2 else weight_decay
            groups.setdefault((lr, weight), []).append(parameter)
    return [
        {"params": found, "lr": lr, "weight_decay": weight}
        for (lr, weight), found in groups.items()
    ]


def _places(model: PreTrainedModel) -> dict[str, int]:
    """How high each parameter of the base lies: -1 below the layers, then by layer.

    What lies above the layers (a last norm, a pooler) counts to the last one; without a stack of
    layers all are of one height.
    """
    stack, blocks = layers(model)
    # A base without any head on it is its own base model.
    prefix = "" if model.base_model is model else f"{model.base_model_prefix}."
    inside = f"{prefix}{stack}."
    found, reached = {}, -1
    for name, _ in model.named_parameters():
        if name.startswith(prefix):
            if blocks and name.startswith(inside):
                reached = int(name[len(inside) :].partition(".")[0])
            found[name] = reached
    return found
