"""The stages of `kind: evaluation`: load, validate, score, judge; and what only its flow does."""

from typing import Any

from goldsmith.config import Evaluation
from goldsmith.stages import Context


def settings(context: Context) -> Evaluation:
    """The use case, which the table of this kind alone hands to these bodies."""
    found: Any = context.config
    return found
