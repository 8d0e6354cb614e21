"""What people have to say of a use case's models, for the model card."""

from pydantic import Field

from goldsmith.config.sections import Section


class CardText(Section):
    """What no figure tells; all of it is optional."""

    purpose: str = Field("", description="What the model is for, and what it is not for.")
    limits: tuple[str, ...] = Field(
        (), description="What is known of where it fails, a sentence each."
    )
    license: str = Field("", description="Licence of the data, as an SPDX name where it has one.")
