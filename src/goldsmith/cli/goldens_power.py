"""goldens power: what a use case's test records can tell apart."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from goldsmith.cli.running import AsJson, ProfileName

if TYPE_CHECKING:
    from goldsmith.contests.power import Power


def power(
    use_case: Annotated[str, typer.Argument(help="Use case, as in `goldsmith list`.")],
    correlation: Annotated[
        float,
        typer.Option(
            min=0.0, max=0.99, help="How alike two versions find the same documents, 0 to 0.99."
        ),
    ] = 0.5,
    profile: ProfileName = None,
    as_json: AsJson = False,
) -> None:
    """Say how small a gain of a new version these test goldens can show.

    Prints the smallest gain of the primary metric that promotion would find
    four times in five, and how many documents half of it would take.

    Example: goldsmith goldens power financial-entities
    """
    from goldsmith import config
    from goldsmith.cli import instead
    from goldsmith.cli.goldens import answered
    from goldsmith.contests.power import estimate
    from goldsmith.contests.testset import current_test_set

    loaded = config.load(use_case, profile, instead=instead.POWER)
    found = estimate(loaded, current_test_set(loaded), correlation)
    value: dict[str, Any] = found.model_dump(mode="json")
    if not answered({**value, "more_documents": found.more_documents}, as_json):
        _print(Console(), f"{loaded.name} ({loaded.profile})", found)


def _print(console: Console, name: str, found: "Power") -> None:
    lines = [
        f"{name}: {found.documents:,} test documents, {found.records:,} records, "
        f"{found.mentions:,} mentions",
        "",
        f"Smallest detectable gain of {found.metric}: {found.detectable:.4f}",
        f"  found in {found.power:.0%} of cases by a one-sided test at alpha {found.alpha:g}",
        f"For half of it, {found.detectable / 2:.4f}: {found.documents_for_half:,} documents like "
        f"these, {found.more_documents:,} more",
        "",
        f"Variance: from {found.basis};",
        f"  standard error of one version {found.error:.4f}, of the difference of two that find "
        f"documents alike (correlation {found.correlation:g}) "
        f"{(2 * (1 - found.correlation)) ** 0.5 * found.error:.4f}",
        *(f"Note: {note}" for note in found.notes),
    ]
    console.print("\n".join(lines), highlight=False, markup=False, soft_wrap=True)
