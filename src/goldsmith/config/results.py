"""Settings of judging results without a use case: what of a use case's file is for that."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import Field, ValidationError

from goldsmith.config.evaluation import REST, FieldRule, ResultsChecks, rule_of
from goldsmith.config.gates import Cost
from goldsmith.config.layers import Origins, parse_settings
from goldsmith.config.problems import explain
from goldsmith.config.sections import Section
from goldsmith.errors import ConfigError, near


class CostsAlone(Section):
    """The one gate's setting that makes a figure where nothing is accepted or refused."""

    costs: dict[str, Cost] = Field(
        default_factory=dict, description="Cost of mistakes by field, `*` for all others."
    )


class ResultsSettings(Section):
    """Sections as in the file of a use case of `kind: evaluation`."""

    fields: dict[str, FieldRule] = Field(
        default_factory=lambda: {REST: FieldRule()},
        description="Rules by field, `*` for all others; with rules and no `*`, no other field may "
        "occur.",
    )
    gates: CostsAlone = Field(default_factory=CostsAlone, description="The costs of mistakes.")
    validation: ResultsChecks = Field(
        default_factory=ResultsChecks, description="How much may be wrong with either side."
    )

    def with_value(self, field: str, value: str) -> "ResultsSettings":
        """The same, but for what the values of a field are; how they are compared stays.

        Raises:
            ValidationError: no such kind of value.
        """
        rule = rule_of(self.fields, field).model_dump() | {"value": value}
        return self.model_copy(update={"fields": self.fields | {field: FieldRule(**rule)}})


def read(file: Path) -> tuple[ResultsSettings, Origins]:
    """The settings of a JSON or YAML file, and where in it each stands.

    Raises:
        ConfigError: it cannot be read, or something in it is unknown or wrong; with file and line.
    """
    layer = parse_settings(file)
    try:
        return ResultsSettings.model_validate(layer.tree), layer.origins
    except ValidationError as error:
        raise ConfigError(explain(error, ResultsSettings, layer.origins, file)) from None


def require_fields(settings: ResultsSettings, origins: Origins, there: Iterable[str]) -> None:
    """Look that every rule and every cost is of a field that has gold values.

    Raises:
        ConfigError: one is not; with its place and the near names.
    """
    known = set(there)
    named: list[tuple[str, ...]] = [("fields", name) for name in settings.fields]
    named += [("gates", "costs", name) for name in settings.gates.costs]
    for *section, name in named:
        if name != REST and name not in known:
            place = origins[(*section, name)]
            dotted = ".".join(section)
            raise ConfigError(
                f"{place}: {dotted}: no gold value of a field {name!r}: {near(name, known)}"
            )
