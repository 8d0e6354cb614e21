"""Writes docs/schemas/*.json, the JSON Schemas of every file and line that Goldsmith documents.

`python docs/schemas.py` writes them; a test holds the files to what this gives, and real files to
the schemas. What has a type in the code is generated from it; the forms that are plain JSON there
have their types here.
"""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from goldsmith.gates import Verdict
from goldsmith.readers.ocr_json import OcrDocument
from goldsmith.records import OcrPage, TaggedPage, TaggedTokens
from goldsmith.validation.checking import Validation

FOLDER = Path(__file__).with_name("schemas")
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Form(BaseModel):
    """A documented form: no key beyond these."""

    model_config = ConfigDict(extra="forbid")


class ArtifactManifest(Form):
    """artifact.json: what an artifact folder holds and the key it was made under."""

    schema_: Literal[1] = Field(alias="schema")
    stage: str = Field(description="What made it.")
    key: str = Field(pattern="^[0-9a-f]{64}$", description="Digest of all that went into it.")
    content: str = Field(pattern="^[0-9a-f]{64}$", description="Digest of its files.")
    files: dict[str, str] = Field(description="sha256 by relative path, without artifact.json.")
    sizes: dict[str, int] = Field(description="Bytes by relative path.")
    seconds: float = Field(ge=0, description="Time that making it took.")
    about: dict[str, Any] = Field(description="Plain facts; no part of key or content.")


class ExportedVariant(Form):
    """One exported form of a model."""

    name: str
    file: str = Field(description="Main file, relative to the folder.")


class FamilyFile(BaseModel):
    """family.json: by which a model folder opens without any YAML."""

    model_config = ConfigDict(extra="allow")

    schema_: Literal[1] = Field(alias="schema")
    family: str = Field(description="Entry point in the group goldsmith.families.")
    config: dict[str, Any] = Field(description="The use case's `model:` section.")
    labels: list[str] = Field(description="In the order of the model's outputs.")
    variants: list[ExportedVariant] = Field([], description="None before export.")
    chosen: str = Field("", description="In a bundle: the variant that answers.")


class BundleFile(Form):
    """bundle.json: what a bundle holds and what it needs."""

    schema_: Literal[1] = Field(alias="schema")
    opset: int = Field(description="ONNX opset.")
    onnxruntime: str = Field(description="Least version.")
    files: dict[str, str] = Field(description="sha256 by relative path, without bundle.json.")


class MadeFrom(Form):
    """What a stage's result was made from; its key is the digest of this."""

    stage: str
    inputs: dict[str, str] = Field(
        description="Content of what it read, by the stage that made it."
    )
    config: dict[str, Any] = Field(description="The settings in its key, dotted.")
    code: dict[str, str] = Field(description="Digest of its code by path below the package.")
    identity: dict[str, str] = Field(description="Of the base model: sha256 by file, commit.")
    forgotten: str = Field(description="Digest of the tombstones; empty where there are none.")
    goldens: str = Field(description="Digest of the fixed test set; empty where there is none.")


class BaseModelFiles(Form):
    """The base model, as training read it."""

    name: str | None
    commit: str | None = Field(description="On the hub; null for another base.")
    files: dict[str, str] = Field(description="sha256 by file.")


class Machine(Form):
    """Where a stage's result was made."""

    processor: str = Field(description="Model, as the system names it.")
    threads: int = Field(ge=1, description="That it was computed with.")
    gpus: list[str] = Field(description="Models of the GPUs that were there.")


Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Passport(Form):
    """passport.json: how a version was made, enough to make it again and to check it."""

    schema_: Literal[1] = Field(alias="schema")
    model: str = Field(description="Registered model.")
    use_case: str
    profile: str
    seed: int
    goldsmith: str = Field(description="Version of Goldsmith.")
    commit: str = Field(description="Of its code, with +dirty if that differed; empty: unknown.")
    project_commit: str = Field(description="Of the working directory, in the same way.")
    flow_run: str = Field(description="Prefect's id.")
    data_md5: str = Field(description="Of the raw data as DVC has it; a folder's ends in .dir.")
    goldens_md5: str = Field(description="Of the fixed test set; empty where there is none.")
    data_rev: str | None = Field(description="Commit of the data, where one was asked for.")
    data: dict[str, Any] = Field(description="Path and pointer's md5, or a hub's commit.")
    base: BaseModelFiles
    lock_sha256: str = Field(description="Of requirements.lock; empty where there was none.")
    libraries: dict[str, str] = Field(description="Version by name of what results depend on.")
    config_sha256: Sha256 = Field(description="Digest of config.")
    config: dict[str, Any] = Field(description="The whole settings.")
    artifacts: dict[str, Sha256] = Field(description="Key by stage; raw is what load read.")
    contents: dict[str, Sha256] = Field(description="Content digest by stage.")
    stages: dict[str, MadeFrom] = Field(description="What each stage's key was made from.")
    machines: dict[str, Machine] = Field(
        {}, description="Where each stage was made; none in passports of before."
    )
    verdict_sha256: Sha256 = Field(description="Of verdict.json.")
    bundle: dict[str, Sha256] = Field(description="sha256 of the bundle's other files.")


class Span(Form):
    """An entity: half-open offsets in Unicode code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    text: str
    label: str
    score: float = Field(ge=0, le=1)


class RankedLabel(Form):
    """A label of a text; the first of them is the answer."""

    label: str
    score: float = Field(ge=0, le=1)
    abstain: bool = Field(False, description="Of the first: true where a person should look.")


class FoundAnswer(Form):
    """An answer in a context, half-open in Unicode code points; null and empty: no answer."""

    start: int | None = Field(ge=0)
    end: int | None = Field(ge=1)
    text: str
    score: float = Field(ge=0, le=1)


class FoundDocument(Form):
    """A document that answers a query; the first of them is the best."""

    document_id: str
    title: str
    score: float = Field(ge=0, le=1)


class AnsweredBy(Form):
    """The version and the file that answered."""

    name: str
    version: int
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    without_verdict: str = Field(
        "", description="Only with --without-verdict: why this file has no passing verdict."
    )


class SearchedIn(Form):
    """The index that was asked: a digest of its corpus and encoder, and how many passages it has."""

    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    passages: int = Field(ge=0)


class Answer(Form):
    """An input line that was answered."""

    id: str
    model: AnsweredBy
    index: SearchedIn | None = Field(
        None, description="Retrieval only: of a line without documents of its own."
    )
    prediction: list[Span] | list[RankedLabel] | list[FoundAnswer] | list[FoundDocument] = Field(
        description="Entities (tagging), labels best first (text classification), answers best "
        "first (question answering), or documents best first (retrieval)."
    )


class Unanswered(Form):
    """An input line that could not be answered."""

    id: str
    error: str


class TextInput(BaseModel):
    """One text; other keys are passed over."""

    id: str | int | None = None
    text: str


class GivenDocument(BaseModel):
    """A document to rank; without an id it is called by its place, from 1."""

    document_id: str | int | None = None
    title: str | None = None
    text: str


class QueryInput(BaseModel):
    """One query; without documents, on what the use case indexes. Other keys are passed over."""

    id: str | int | None = None
    query: str
    documents: list[str | GivenDocument] | None = None


class TokensInput(BaseModel):
    """One text in words, or a page: words with boxes; other keys are passed over."""

    id: str | int | None = None
    tokens: list[str]
    boxes: list[tuple[float, float, float, float]] | None = None
    width: float | None = None
    height: float | None = None


class QuestionInput(BaseModel):
    """One question; other keys are passed over."""

    id: str | int | None = None
    question: str
    context: str


def _renamed(schema: dict[str, Any]) -> dict[str, Any]:
    """Verdict's `schema_version` is written as `schema`."""
    properties = schema["properties"]
    version = {**properties.pop("schema_version"), "title": "Schema"}
    version.pop("default")
    schema["properties"] = {"schema": {**version, "const": 1}, **properties}
    schema["required"] = list(schema["properties"])
    return schema


def schemas() -> dict[str, dict[str, Any]]:
    """File name without `.json` -> schema."""
    found: dict[str, dict[str, Any]] = {
        "artifact": ArtifactManifest.model_json_schema(),
        "family": FamilyFile.model_json_schema(),
        "bundle": BundleFile.model_json_schema(),
        "passport": Passport.model_json_schema(),
        "verdict": _renamed(Verdict.model_json_schema(mode="serialization")),
        "validation": Validation.model_json_schema(mode="serialization"),
        "prediction": TypeAdapter(Answer | Unanswered).json_schema(),
        "input": TypeAdapter(TextInput | TokensInput | QuestionInput | QueryInput).json_schema(),
        "tagged_tokens": TypeAdapter(TaggedTokens).json_schema(),
        "tagged_page": TypeAdapter(TaggedPage).json_schema(),
        "ocr_page": TypeAdapter(OcrPage).json_schema(),
        "ocr_json": OcrDocument.model_json_schema(),
    }
    return {name: {"$schema": DIALECT, **schema} for name, schema in found.items()}


def text(schema: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def write() -> None:
    """Write every schema."""
    FOLDER.mkdir(exist_ok=True)
    for name, schema in schemas().items():
        (FOLDER / f"{name}.json").write_text(text(schema), encoding="utf-8")


if __name__ == "__main__":
    write()
