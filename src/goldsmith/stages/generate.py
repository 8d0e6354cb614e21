"""generate: embedded goldens by the use case's generator."""

from typing import Any

from goldsmith.stages import Context


def run(context: Context) -> None:
    """Write `<split>.jsonl` files."""
    source: Any = context.config.source
    rows = source.generate(context.out)
    context.report({"type": "note", "text": f"generated {rows:,} goldens with seed {source.seed}"})
