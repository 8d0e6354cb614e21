"""Embedded goldens: rows that a seeded generator of ours makes, written as JSON lines by split."""

import importlib
import json
import pkgutil
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from goldsmith.errors import near
from goldsmith.readers.fields import Fields
from goldsmith.readers.ocr_json import OcrJson
from goldsmith.readers.queries import Queries
from goldsmith.readers.questions import Questions
from goldsmith.readers.texts import Texts
from goldsmith.readers.tokens import Tokens
from goldsmith.records import Field as FieldRecord
from goldsmith.records import LabelledText, OcrPage, Query, Question, TaggedTokens
from goldsmith.sources import Source, generators

_READERS = {
    TaggedTokens: Tokens(),
    LabelledText: Texts(),
    Question: Questions(),
    Query: Queries(),
    FieldRecord: Fields(),
    OcrPage: OcrJson(),
}


class GeneratedSource(Source):
    """Goldens from a generator module of `goldsmith.sources.generators`."""

    kind: Literal["generated"] = Field(description="generated")
    generator: str = Field(description="Module that generates.")
    seed: int = Field(13, ge=0, description="Another seed gives other goldens.")
    options: dict[str, Any] = Field(
        default_factory=dict, description="The generator's own options."
    )

    @model_validator(mode="after")
    def _options_are_the_generators(self) -> "GeneratedSource":
        known = [module.name for module in pkgutil.iter_modules(generators.__path__)]
        if self.generator not in known or self.generator.startswith("_"):
            public = [name for name in known if not name.startswith("_")]
            raise ValueError(
                f"unknown generator {self.generator!r}: {near(self.generator, public)}"
            )
        try:
            self._module.Options.model_validate(self.options)
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(map(str, first["loc"]))
            hint = (
                f" {near(key, self._module.Options.model_fields)}"
                if "extra" in first["type"]
                else ""
            )
            raise ValueError(f"options.{key}: {first['msg']}.{hint}") from None
        return self

    @property
    def _module(self) -> Any:
        return importlib.import_module(f"{generators.__name__}.{self.generator}")

    @property
    def reader(self) -> Any:
        """The reader of what `generate` writes: the generator's `RECORD`, else tagged tokens."""
        return _READERS[getattr(self._module, "RECORD", TaggedTokens)]

    @property
    def without_revisions(self) -> str:
        """A generator's code and settings are its revision."""
        return (
            "generated goldens have no revisions: another seed gives others (`--set "
            "source.seed=N`), and `git checkout REV` the generator of that revision"
        )

    def generate(self, out: Path) -> int:
        """Write `<split>.jsonl` files into a folder; returns the number of rows."""
        options = self._module.Options.model_validate(self.options)
        streams: dict[str, Any] = {}
        count = 0
        try:
            for row in self._module.generate(self.seed, options):
                split = row.pop("split")
                if split not in streams:
                    path = out / f"{split}.jsonl"
                    path.parent.mkdir(exist_ok=True)
                    streams[split] = path.open("w", encoding="utf-8")
                streams[split].write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
        finally:
            for stream in streams.values():
                stream.close()
        return count
