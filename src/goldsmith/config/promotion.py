"""The promotion section of a use case: who lets a version that earned it be champion."""

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from goldsmith.config.sections import Section
from goldsmith.errors import near

MODES = ("auto", "approval")


class PromotionRule(Section):
    """Who decides, and how long a run waits for it; no part of any stage's key."""

    mode: Literal["auto", "approval"] = Field(
        "auto",
        description="auto: a version that earned it is champion at once; approval: it becomes "
        "candidate, and a person decides.",
    )
    wait_hours: Annotated[float, Field(ge=0.0, le=24 * 366)] = Field(
        0.0,
        description="Under approval: hours that a run on a Prefect server stays open for the "
        "decision; 0: it ends at once.",
    )

    @field_validator("mode", mode="before")
    @classmethod
    def _known_mode(cls, value: Any) -> Any:
        if value not in MODES:
            raise ValueError(f"no such mode: {near(str(value), MODES)}")
        return value

    @model_validator(mode="after")
    def _waits_for_somebody(self) -> "PromotionRule":
        if self.wait_hours and self.mode == "auto":
            raise ValueError("wait_hours waits for a person: it needs `mode: approval`")
        return self

    @property
    def approval(self) -> bool:
        """Whether a person decides."""
        return self.mode == "approval"
