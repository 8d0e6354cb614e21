"""Behavioural cases held against a family and its labels, before anything is trained."""

from goldsmith.config.behaviour import AnyCase, DirectionCase, MinimumCase
from goldsmith.errors import ConfigError, DataError, near
from goldsmith.families.base import Family


def accept_case(case: AnyCase, family: Family, labels: list[str]) -> None:
    """Refuse a case that asks what the family cannot read or never answers.

    Args:
        case: of the use case.
        family: reads the case's inputs.
        labels: of the goldens.

    Raises:
        ConfigError: with the near names or the way to say it.
    """
    where = f"gates.behaviour: {case.name!r}"
    for line in case.inputs():
        try:
            family.check_input(line)
        except DataError as error:
            raise ConfigError(f"{where}: an input {error}; it has {', '.join(line)}") from None
    if isinstance(case, DirectionCase):
        _accept_direction(where, case, family)
    for key in case.item_keys():
        if family.answer_keys and key not in family.answer_keys:
            raise ConfigError(f"{where}: answers have no {key!r}: {near(key, family.answer_keys)}")
    for label in case.labels():
        if label not in labels:
            raise ConfigError(f"{where}: no label {label!r}: {near(label, labels)}")
    if isinstance(case, MinimumCase) and family.ranked:
        _accept_single(where, case, family)


def _accept_direction(where: str, case: DirectionCase, family: Family) -> None:
    if family.answer_keys and "label" not in family.answer_keys:
        raise ConfigError(
            f"{where}: {family.family} gives no labels, so there is no direction: say it with "
            f"minimum or invariance"
        )
    if family.ranked and case.figure == "count":
        raise ConfigError(
            f"{where}: figure: count: each label stands once in an answer of {family.family}: use "
            f"`figure: score`, or leave it out"
        )


def _accept_single(where: str, case: MinimumCase, family: Family) -> None:
    if len(case.expect) > 1:
        raise ConfigError(
            f"{where}: expect: {family.family} gives one answer, so {len(case.expect)} items cannot "
            f"all be in it: where any of several will do, give one item with a list of values"
        )
    if not case.expect and "label" in family.answer_keys:
        raise ConfigError(
            f"{where}: exact: {family.family} always gives a label: expect one, or "
            f"[{{abstain: true}}] for what a person must see"
        )
