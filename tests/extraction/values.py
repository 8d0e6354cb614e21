"""Values in few characters: `values("a", total="1", date="2")` is a document's."""

from goldsmith.records import Field


def value(document: str, field: str, text: str, **more: object) -> Field:
    return Field(f"{document}:{field}:{text}", document, field, text, **more)  # type: ignore[arg-type]


def values(document: str, **fields: str) -> list[Field]:
    return [value(document, field, text) for field, text in fields.items()]
