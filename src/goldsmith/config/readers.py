"""A section that names a reader by its `format`, found by entry point."""

from typing import Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny, ValidationError

from goldsmith.config import plugins
from goldsmith.config.problems import first_finding
from goldsmith.errors import ConfigError, near


def _build_reader(value: Any) -> Any:
    if not isinstance(value, dict) or "format" not in value:
        raise ValueError(f"needs a format; {near('', plugins.names('readers'))}")
    try:
        kind = plugins.load("readers", str(value["format"]))
        return kind.model_validate(value)
    except ConfigError as error:
        raise ValueError(str(error)) from None
    except ValidationError as error:
        raise ValueError(first_finding(error, kind)) from None


AnyReader = Annotated[SerializeAsAny[Any], BeforeValidator(_build_reader)]
"""A field that holds the reader that its `format` names."""
