"""A field that names a function of the user's own, as `module:function`."""

import re
from typing import Annotated

from pydantic import AfterValidator

_FORM = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*")


def _check_form(value: str) -> str:
    if not _FORM.fullmatch(value):
        raise ValueError("write it as module:function, such as features.mail:clean")
    return value


FunctionName = Annotated[str, AfterValidator(_check_form)]
"""Only its form is checked here: loading a use case imports nobody's code."""
