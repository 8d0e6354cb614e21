"""Behavioural cases of a use case: what a model must do whatever its figures are.

A case speaks of input lines and of the items of their answers, so that one form serves every family.
The kinds are those of CheckList (Ribeiro et al. 2020, "Beyond Accuracy"): minimum functionality,
invariance, direction.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, model_validator

from goldsmith.config.sections import Section

Item = dict[str, Any]  # of an answer: {label: ..., text: ..., score: ...}; a list is any of them
Line = dict[str, Any]  # one input line, as `goldsmith predict --input` takes it
NAME = Field(min_length=1, max_length=80, description="What a person calls it; once.")
INPUT = Field(
    min_length=1,
    description="An input line, as the family reads it: `text`, or `tokens`, or `question` and "
    "`context`.",
)


class _Case(Section):
    name: str = NAME
    input: Line = INPUT

    def inputs(self) -> list[Line]:
        """All input lines that the case asks, the unchanged one first."""
        return [self.input]

    def labels(self) -> list[str]:
        """The labels that it speaks of."""
        return []

    def item_keys(self) -> list[str]:
        """The keys of an answer's items that it looks at."""
        return []


class MinimumCase(_Case):
    """Minimum functionality: every expected item is in the answer."""

    kind: Literal["minimum"] = Field(description="minimum")
    expect: tuple[Item, ...] = Field(
        (),
        description="Items that the answer must hold, each by the keys given here; a list of values "
        "is any of them.",
    )
    exact: bool = Field(
        False,
        description="True: and the answer holds nothing else; with no `expect` nothing at all.",
    )

    @model_validator(mode="after")
    def _asks_something(self) -> "MinimumCase":
        if not self.expect and not self.exact:
            raise ValueError("asks nothing: give expect, or `exact: true` for an empty answer")
        if any(not item for item in self.expect):
            raise ValueError("expect: an item without any key matches everything")
        return self

    def labels(self) -> list[str]:
        """The labels that it speaks of."""
        given = (value_or_values(item["label"]) for item in self.expect if "label" in item)
        return [str(label) for values in given for label in values]

    def item_keys(self) -> list[str]:
        """The keys of an answer's items that it looks at."""
        return list(dict.fromkeys(key for item in self.expect for key in item))


class InvarianceCase(_Case):
    """Invariance: the answer stays as it is under changes that do not matter."""

    kind: Literal["invariance"] = Field(description="invariance")
    changed: tuple[Line, ...] = Field((), description="Changed inputs, written out.")
    replace: dict[str, str] = Field(
        default_factory=dict,
        description="Texts of the input to replace, all at once, old to new; in the answer too.",
    )
    keep: tuple[str, ...] = Field(
        ("label", "text"), min_length=1, description="Keys of the answer's items that must stay."
    )

    @model_validator(mode="after")
    def _changes_something(self) -> "InvarianceCase":
        if not self.changed and not self.replace:
            raise ValueError("changes nothing: give changed or replace")
        texts = list(_texts(self.input))
        for old, new in self.replace.items():
            if not old or not any(old in text for text in texts):
                raise ValueError(f"replace: {old!r} does not stand in the input")
            if old == new:
                raise ValueError(f"replace: {old!r} by itself changes nothing")
        return self

    def item_keys(self) -> list[str]:
        """The keys of an answer's items that it looks at; the default ones fit every family."""
        return [key for key in self.keep if key not in ("label", "text")]

    def inputs(self) -> list[Line]:
        """The input, what `replace` makes of it, and the changed ones."""
        replaced = [self.replaced(self.input)] if self.replace else []
        return [self.input, *replaced, *self.changed]

    def replaced(self, value: Any) -> Any:
        """A value with `replace` done in every text of it."""
        if isinstance(value, dict):
            return {key: self.replaced(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.replaced(inner) for inner in value]
        if isinstance(value, str):
            for old, new in self.replace.items():
                value = value.replace(old, new)
        return value


class DirectionCase(_Case):
    """Direction: a change of the input moves a label's score or number the way it must."""

    kind: Literal["direction"] = Field(description="direction")
    changed: Line = Field(min_length=1, description="The changed input.")
    label: str = Field(min_length=1, description="The label whose figure is looked at.")
    figure: Literal["count", "score"] | None = Field(
        None,
        description="count: its items in the answer; score: the greatest score of them. None: score "
        "where answers rank labels, else count.",
    )
    direction: Literal["rises", "falls"] = Field(description="What the change must do to it.")

    def inputs(self) -> list[Line]:
        """The input and the changed one."""
        return [self.input, self.changed]

    def labels(self) -> list[str]:
        """The label that it speaks of."""
        return [self.label]

    def item_keys(self) -> list[str]:
        """The keys of an answer's items that it looks at."""
        return ["label", "score"] if self.figure == "score" else ["label"]


AnyCase = Annotated[MinimumCase | InvarianceCase | DirectionCase, Discriminator("kind")]


def value_or_values(value: Any) -> list[Any]:
    """The values of which any may stand in an answer."""
    return list(value) if isinstance(value, list | tuple) else [value]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
