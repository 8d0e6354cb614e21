"""The documentation is held to the code: generated pages are current, schemas fit real files."""

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import numpy as np
import pytest

from goldsmith import config, pipeline
from goldsmith.cli.answering import _answers
from goldsmith.families.extractive_qa.runtime import WholeContext
from goldsmith.families.sequence_classification.runtime import LabelPrediction, render
from goldsmith.readers import ocr_json
from goldsmith.records import OcrPage, TaggedPage
from goldsmith.registry import bundle
from goldsmith.stages import load, passport

REPOSITORY = Path(__file__).parents[2]
DOCS = REPOSITORY / "docs"
NOT_OF_A_RUN = {"tagged_page", "ocr_page", "ocr_json"}
LINES = [
    (1, {"id": "a", "text": "interest was 4.5 % and $ 900"}),
    (2, {"tokens": ["at", "2.25", "%"]}),
    (3, {"words": "neither"}),
]


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_fields_is_current() -> None:
    page = (DOCS / "fields.md").read_text(encoding="utf-8")
    assert page == script("reference").page(), "run: python docs/reference.py"


def test_the_tables_of_checks_are_current() -> None:
    page = (DOCS / "data-contract.md").read_text(encoding="utf-8")
    assert page == script("contract").page(page), "run: python docs/contract.py"


def test_the_schemas_are_current() -> None:
    schemas = script("schemas")
    written = {path.stem: path.read_text(encoding="utf-8") for path in schemas.FOLDER.iterdir()}
    expected = {name: schemas.text(schema) for name, schema in schemas.schemas().items()}
    assert written == expected, "run: python docs/schemas.py"


def test_every_schema_is_a_schema() -> None:
    for schema in script("schemas").schemas().values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_a_record_on_disk_has_the_documented_columns() -> None:
    from goldsmith.records import arrow_schema

    for name, kind in {
        "tagged_tokens": "tagged_tokens",
        "tagged_page": TaggedPage,
        "ocr_page": "ocr_page",
    }.items():
        schema = json.loads((DOCS / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
        assert arrow_schema(kind).names == list(schema["properties"])


@pytest.mark.parametrize(
    "file", ["README.md", *(f"docs/{path.name}" for path in DOCS.glob("*.md"))]
)
def test_links_inside_the_repository_lead_somewhere(file: str) -> None:
    path = REPOSITORY / file
    found = re.findall(r"\]\((?!https?:)([^)#\s]+)", path.read_text(encoding="utf-8"))
    missing = [link for link in found if not (path.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize(("profile", "source"), [("demo", None), ("full", None), ("full", "files")])
def test_the_annotated_use_case_loads(
    profile: str, source: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (DOCS / "use-cases.md").read_text(encoding="utf-8")
    example = re.search(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert example is not None
    (tmp_path / "debt-figures.yaml").write_text(example[1], encoding="utf-8")
    monkeypatch.setenv("GOLDSMITH_USE_CASES", str(tmp_path))
    found = config.load("debt-figures", profile, source=source)
    assert set(re.findall(r"^(\w+):", example[1], re.MULTILINE)) <= {
        *type(found).model_fields,
        "profiles",
        "sources",
    }
    assert found.splits.folds == (5 if source else 0)


def documents(name: str) -> Any:
    return json.loads((DOCS / "schemas" / f"{name}.json").read_text(encoding="utf-8"))


def examples(project: Path) -> Iterator[tuple[str, Any]]:
    """(schema's name, value) of everything that a real run writes."""
    made: dict[str, Any] = {}
    use_case = config.load("toy")
    made["raw"] = pipeline.raw(use_case)
    for stage in pipeline.TRAINING[1:]:
        folders = {name: one.folder for name, one in made.items()}
        made[stage.name] = pipeline.run_stage(stage.name, use_case, folders)
    for artifact in made.values():
        yield "artifact", json.loads((artifact.folder / "artifact.json").read_text())
    for record in list(load.read_records(made["load"].folder))[:5]:
        row = {name: getattr(record, name) for name in ("id", "document_id", "split")}
        yield "tagged_tokens", {**row, "tokens": list(record.tokens), "tags": list(record.tags)}
    yield "validation", _read(made["validate_raw"].folder / "validation.json")
    yield "verdict", _read(made["judge"].folder / "verdict.json")
    yield "family", _read(made["train"].folder / "final" / "family.json")
    model, out = made["export"].folder / "model", project / "bundle"
    yield "family", _read(model / "family.json")
    made_by = passport.passport(use_case, made, "a flow run")
    bundle.build(model, made["judge"].folder, made_by, out)
    yield "bundle", _read(out / "bundle.json")
    yield "passport", _read(out / "passport.json")
    yield "family", _read(out / "family.json")
    predictor, answered_by = bundle.open_checked(out)
    about = {"name": "toy.demo", "version": 1, "sha256": answered_by["sha256"]}
    for line, answer in zip(LINES, _answers(predictor, iter(LINES), about), strict=True):
        if "error" not in answer:
            yield "input", line[1]
        yield "prediction", answer


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_what_a_real_run_writes_fits_the_schemas(project: Path) -> None:
    seen = set()
    for name, value in examples(project):
        jsonschema.validate(value, documents(name), jsonschema.Draft202012Validator)
        seen.add(name)
    assert seen == {path.stem for path in (DOCS / "schemas").iterdir()} - NOT_OF_A_RUN


def test_a_page_of_words_and_its_open_layout_fit_their_schemas() -> None:
    page = OcrPage("d:1", "d", 1, 600, 800, ("Total",), ((10, 20, 50, 32),), (0.9,))
    tagged = TaggedPage("d:1", "d", ("Total",), ("O",), "", 600, 800, page.boxes, ("date",))
    for name, value in (
        ("tagged_page", tagged.row()),
        ("ocr_page", page.row()),
        ("ocr_json", ocr_json.document([page])),
    ):
        # Through JSON, in which tuples are lists.
        validate = jsonschema.Draft202012Validator(documents(name)).validate
        validate(json.loads(json.dumps(value)))
    with pytest.raises(jsonschema.ValidationError):
        validate({"pages": [{"words": [{"text": "Total", "box": [10, 20, 50]}]}]})


def test_the_answers_of_every_family_fit_the_schema() -> None:
    about = {"name": "toy.demo", "version": 1, "sha256": "0" * 64}
    asked = [{"question": "who ?", "context": context} for context in ("Anna .", "")]
    label = LabelPrediction("a", 0.7, True, np.zeros(2), (("a", 0.7), ("b", 0.3)))
    answers = [*WholeContext().answer(asked), render(label)]
    for line in asked:
        jsonschema.validate(line, documents("input"), jsonschema.Draft202012Validator)
    for answer in answers:
        value = {"id": "1", "model": about, "prediction": answer}
        jsonschema.validate(value, documents("prediction"), jsonschema.Draft202012Validator)
    assert [len(answer) for answer in answers] == [1, 1, 2]


def test_the_schemas_refuse_what_they_should() -> None:
    for name, value in (
        ("input", {"words": ["a"]}),
        ("prediction", {"id": "1", "prediction": []}),
        ("prediction", {"id": "1", "prediction": [{"label": "a"}]}),
        ("input", {"question": "who ?"}),
        ("verdict", {"passed": True}),
        ("bundle", {"schema": 2, "opset": 17, "onnxruntime": "1.17", "files": {}}),
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(value, documents(name), jsonschema.Draft202012Validator)
