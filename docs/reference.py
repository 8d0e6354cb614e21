"""Writes docs/fields.md, the table of every field of a use case, from the types themselves.

`python docs/reference.py` writes the page; a test holds it to what this gives.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from goldsmith.config import (
    behaviour,
    card,
    compute,
    evaluation,
    gates,
    plugins,
    promotion,
    sections,
    triggers,
    usecase,
)
from goldsmith.config.usecase import UseCase

PAGE = Path(__file__).with_name("fields.md")
HEAD = """\
# Fields of a use case

Written by `python docs/reference.py` from the types in `src/goldsmith/config` and from the
installed families, sources and readers. An unknown key is an error that names the nearest valid
ones.
"""
# Set by `config.load`, never in a file.
NOT_IN_FILES = ("name", "profile", "adhoc")
GROUPS = {
    "families": ("model", "family"),
    "sources": ("source", "kind"),
    "readers": ("source.reader", "format"),
}
PARTS = {
    "baseline.patterns[]": sections.Pattern,
    "gates.metrics.*": gates.Bound,
    "gates.variants.*": gates.VariantGates,
    "gates.costs.*": gates.Cost,
    "gates.behaviour[] with kind: minimum": behaviour.MinimumCase,
    "gates.behaviour[] with kind: invariance": behaviour.InvarianceCase,
    "gates.behaviour[] with kind: direction": behaviour.DirectionCase,
    "gates.champion": gates.ChampionGate,
}
SECTIONS = {
    "prepare": sections.Prepare,
    "splits": sections.Splits,
    "validation": sections.Validation,
    "baseline": sections.Baseline,
    "gates": gates.Gates,
    **PARTS,
    "promotion": promotion.PromotionRule,
    "card": card.CardText,
    "compute": compute.Compute,
    "schedule": sections.Schedule,
    "watch": triggers.Watch,
    "triggers": triggers.Triggers,
    "goldens": usecase.FixedGoldens,
}
JUDGED = {
    "fields.*": evaluation.FieldRule,
    "validation": evaluation.ResultsChecks,
    "gates": evaluation.ResultsGates,
}


def page() -> str:
    """The whole page as Markdown."""
    top = [name for name in UseCase.model_fields if name not in NOT_IN_FILES]
    parts = [HEAD, "## Top level\n", _table(UseCase, top), _LAYERS]
    for name, model in SECTIONS.items():
        parts += [f"## `{name}`\n", _table(model)]
    own = [name for name in evaluation.Evaluation.model_fields if name not in NOT_IN_FILES]
    parts += ["## `kind: evaluation`\n", _JUDGED, _table(evaluation.Evaluation, own)]
    for name, model in JUDGED.items():
        parts += [f"### `{name}` under `kind: evaluation`\n", _table(model)]
    for group, (section, key) in GROUPS.items():
        for name in plugins.names(group):
            parts += [f"## `{section}` with `{key}: {name}`\n", *_nested(plugins.load(group, name))]
    return "\n".join(parts)


_LAYERS = """\
| `profiles` | mapping | required | Layers over the file by name: `demo`, `full`; a run has one. |
| `sources` | mapping | none | Layers by name that `--source` puts over the profile. |
"""
_JUDGED = """\
A use case of this kind judges [results of a system that is not ours](extraction.md) and has these keys alone; bounds,
costs and `gates.accepted` are as `gates.metrics.*`, `gates.costs.*` and `gates.champion` above.
"""


def _nested(model: type[BaseModel]) -> Iterator[str]:
    yield _table(model)
    for name, field in model.model_fields.items():
        for inner in get_args(field.annotation) or (field.annotation,):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield f"Keys of `{name}`:\n"
                yield _table(inner)


def _table(model: type[BaseModel], names: list[str] | None = None) -> str:
    schema = model.model_json_schema()
    definitions, required = schema.get("$defs", {}), schema.get("required", [])
    rows = ["| field | value | default | meaning |", "| --- | --- | --- | --- |"]
    for name, one in schema["properties"].items():
        if names is None or name in names:
            field = model.model_fields[name]
            default = field.get_default(call_default_factory=True)
            shown = "required" if name in required else _default(default)
            value = _value(one, definitions).replace("|", "\\|")
            rows.append(f"| `{name}` | {value} | {shown} | {field.description} |")
    return "\n".join(rows) + ("\n" if names is None else "")


def _default(value: Any) -> str:
    inner = value.values() if isinstance(value, dict) else [value]
    if any(isinstance(one, BaseModel) for one in inner):
        return "see below"
    if value is None or value in ((), {}, ""):
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def _value(one: dict[str, Any], definitions: dict[str, Any]) -> str:
    for union in ("anyOf", "oneOf"):
        if union in one:
            kinds = [inner for inner in one[union] if inner.get("type") != "null"]
            return " or ".join(_value(inner, definitions) for inner in kinds)
    if "enum" in one or "const" in one:
        return ", ".join(f"`{value}`" for value in one.get("enum", [one.get("const")]))
    if "$ref" in one or "allOf" in one:
        return "section"
    if one.get("type") == "array":
        return f"list of {_value(one.get('items', {}), definitions)}"
    word = {"number": "number", "integer": "integer", "string": "text", "boolean": "true, false"}
    return word.get(one.get("type", ""), "section") + _bounds(one)


def _bounds(one: dict[str, Any]) -> str:
    signs = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
    found = [f"{sign} {one[key]:g}" for key, sign in signs.items() if key in one]
    return f" {', '.join(found)}" if found else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
