"""Opening a registered version: its bundle held to its own list and to the registry's tags."""

from typing import NamedTuple

from goldsmith.families.base import Predictor
from goldsmith.registry import versions
from goldsmith.registry.bundle import NoVerdictError, open_checked
from goldsmith.registry.versions import Version


def open_version(
    version: Version, *, without_verdict: bool = False
) -> tuple[Predictor, dict[str, str]]:
    """Open the chosen variant of a version, as `bundle.open_checked` does, and by its tags too.

    Raises:
        NoVerdictError: refused by its verdict, or altered since it was registered.
        DataError: not a bundle, or one of an unknown schema.
        StoreError: MLflow cannot give the bundle.
    """
    folder = versions.fetch_bundle(version)
    shown = f"{version.model} version {version.number}"
    try:
        return open_checked(folder, without_verdict=without_verdict, tags=version.tags, shown=shown)
    except NoVerdictError as error:
        if not error.altered:
            raise
        raise NoVerdictError(
            f"{error}; the copy that was looked at is {folder}: `goldsmith verify` says whether "
            "MLflow's holds; if it does, delete the folder, and it is fetched again",
            altered=True,
        ) from None


class Opened(NamedTuple):
    """A version that answers for a comparison.

    Attributes:
        predictor: its chosen variant.
        about: as `bundle.open_checked` gives it.
        objection: why it must not serve; empty where it may.
    """

    predictor: Predictor
    about: dict[str, str]
    objection: str


def open_to_compare(version: Version) -> Opened:
    """Open a version to score it: one that its verdict refused too, but never an altered one.

    Raises:
        NoVerdictError: altered since it was registered.
        DataError: not a bundle, or one of an unknown schema.
        StoreError: MLflow cannot give the bundle.
    """
    try:
        return Opened(*open_version(version), "")
    except NoVerdictError as error:
        if error.altered:
            raise
        predictor, about = open_version(version, without_verdict=True)
        return Opened(predictor, about, about["without_verdict"])
