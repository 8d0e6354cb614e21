"""Learning rates by layer."""

from typing import Any

from transformers import PreTrainedModel


def layered_groups(
    model: PreTrainedModel, rate: float, head_rate: float, decay: float, weight_decay: float
) -> list[dict[str, Any]]:
    """Optimiser groups: the head at its own rate, each layer below the last at `decay` times more.

    Layer-wise decay as in Howard and Ruder 2018 (ULMFiT, discriminative fine-tuning).
    """
    depth = int(getattr(model.config, "num_hidden_layers", 0))
    groups: dict[tuple[float, float], list[Any]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            plain = parameter.ndim < 2
            key = (
                _rate_of(name, model, rate, head_rate, decay, depth),
                0.0 if plain else weight_decay,
            )
            groups.setdefault(key, []).append(parameter)
    return [
        {"params": found, "lr": lr, "weight_decay": weight}
        for (lr, weight), found in groups.items()
    ]


def _rate_of(
    name: str, model: PreTrainedModel, rate: float, head_rate: float, decay: float, depth: int
) -> float:
    if not name.startswith(f"{model.base_model_prefix}."):
        return head_rate
    numbers = [int(part) for part in name.split(".") if part.isdigit()]
    layer = numbers[0] if numbers else -1
    return rate * decay ** (depth - 1 - layer)
