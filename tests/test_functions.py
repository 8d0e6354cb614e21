"""Functions of the user's own: found in the project, called with batches, in the keys."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from goldsmith import config, functions, pipeline
from goldsmith.contests import goldens
from goldsmith.errors import ConfigError, DataError, UserError
from goldsmith.functions.batches import labelled, prepared
from goldsmith.functions.finding import Function
from goldsmith.prepared import Prepared
from goldsmith.records import LabelledText, arrow_schema
from goldsmith.stages import load

USE_CASE = """\
title: Mail
model: {family: token_classification, base: packaged:minilm}
splits: {assign: "features.mail:split", validation: 0.0}
goldens: {path: data/fixed.jsonl}
profiles:
  demo:
    source:
      kind: files
      path: data/mail.jsonl
      reader: {format: texts, columns: {label: queue}}
      label: features.mail:label
      prepare: features.mail:clean
"""
MAIL = """\
import pyarrow.compute as pc

from .words import PREFIX
from shared.spam import is_spam


def label(batch):
    top = pc.replace_substring_regex(batch["label"], "/.*", "")
    return pc.if_else(pc.equal(top, "junk"), None, top)


def clean(batch):
    text = pc.replace_substring_regex(batch["text"], PREFIX, "")
    batch = batch.set_column(batch.schema.get_field_index("text"), "text", text)
    return batch.filter(pc.invert(is_spam(text)))


def split(batch):
    return ["test" if one.endswith(("0", "5")) else "train" for one in batch["id"].to_pylist()]
"""
FILES = {
    "features/mail.py": MAIL,
    "features/words.py": 'PREFIX = "^Ref [0-9]+: "\n',
    "features/other.py": "",
    "shared/spam.py": 'import pyarrow.compute as pc\n\n\ndef is_spam(text):\n    return pc.match_substring(text, "win a")\n',
}


def row(number: int) -> dict[str, str]:
    said = "win a prize" if number % 10 == 7 else f"{'invoice' if number % 3 else 'meter'} {number}"
    queue = "junk" if number % 10 == 9 else f"{'billing' if number % 3 else 'meter'}/{number % 2}"
    return {"id": f"m{number}", "text": f"Ref {number}: {said}", "queue": queue}


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with functions, 100 mails and 10 fixed goldens of the same shape."""
    folder = tmp_path / "mail"
    data = {"mail": range(100), "fixed": range(200, 210)}
    for name, numbers in data.items():
        lines = "".join(json.dumps(row(n)) + "\n" for n in numbers)
        FILES_AND_DATA = folder / "data" / f"{name}.jsonl"
        FILES_AND_DATA.parent.mkdir(parents=True, exist_ok=True)
        FILES_AND_DATA.write_text(lines, encoding="utf-8")
    for name, text in {**FILES, "use_cases/mail.yaml": USE_CASE}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def made(*stages: str, **settings: str) -> Any:
    """Artifacts of stages, one after the other, as a run makes them."""
    overrides = [f"{name.replace('__', '.')}={value}" for name, value in settings.items()]
    use_case = pipeline.pinned(config.load("mail", overrides=overrides))
    found = {pipeline.RAW: pipeline.raw(use_case)}
    for name in stages:
        folders = {key: one.folder for key, one in found.items()}
        found[name] = pipeline.run_stage(name, use_case, folders)
    return found


def test_labels_are_given_records_prepared_and_splits_assigned(mail: Path) -> None:
    found = made("load", "validate_raw", "prepare", validation__min_rows="5")
    records = list(load.read_records(found["load"].folder))
    assert LabelledText("m1", "", "invoice 1", "billing") in records
    facts = load.read_facts(found["load"].folder)
    assert (facts["records"], facts["goldens"]) == (80, 8)  # no spam, no junk, of goldens neither
    assert facts["left_out"] == {
        "source.label features.mail:label": 11,
        "source.prepare features.mail:clean": 11,
    }
    data = Prepared(found["prepare"].folder)
    # The fixed goldens are the test records, whatever the function would say of them.
    assert {one.id for one in data.heldout("final")} == {
        f"goldens:m{number}" for number in range(200, 210) if number % 10 not in (7, 9)
    }
    assert {one.id[-1] for one in data.training("final")} == set("12346 8".replace(" ", ""))
    assert data.counts["dropped"]["test_of_source"]["records"] == 20
    others, notes = goldens.read(config.load("mail"), mail / "data" / "fixed.jsonl")
    assert [one.label for one in others.records[:2]] == ["billing", "meter"]
    assert str(notes[0]).startswith("2 goldens left out")


def test_a_function_is_in_the_keys_of_the_stages_that_call_it(mail: Path) -> None:
    def keys() -> dict[str, str]:
        use_case = config.load("mail")
        stages = {one.name: one for one in pipeline.TRAINING}
        return {
            name: pipeline.key(stages[name], use_case, dict.fromkeys(stages[name].reads, "1"))
            for name in ("load", "validate_raw", "prepare", "train")
        }

    before = keys()
    parts = pipeline.code_parts(pipeline.stage("load"), config.load("mail"))
    own = {name for name in parts if name.startswith(functions.PROJECT)}
    assert own == {
        "project:features/mail.py",
        "project:features/words.py",
        "project:shared/spam.py",
    }
    (mail / "features" / "other.py").write_text("changed = 1\n", encoding="utf-8")
    assert keys() == before
    (mail / "features" / "words.py").write_text('PREFIX = "^Ref"\n', encoding="utf-8")
    after = keys()
    assert {name for name in before if before[name] != after[name]} == {"load", "prepare"}


def test_an_edit_is_called_as_it_is_hashed(mail: Path) -> None:
    first = made("load")["load"]
    assert made("load")["load"].cached
    # The same size within the same second: what Python's own bytecode cache overlooks.
    text = (mail / "features" / "words.py").read_text(encoding="utf-8")
    (mail / "features" / "words.py").write_text(text.replace("Ref", "Reg"), encoding="utf-8")
    second = made("load")["load"]
    assert (second.cached, second.key != first.key) == (False, True)
    assert next(iter(load.read_records(second.folder))).text == "Ref 0: meter 0"
    assert not list(mail.rglob("*.pyc"))


@pytest.mark.parametrize(
    ("file", "name", "parts"),
    [
        ("def fun(batch): pass", "features.bad:f", ["features/bad.py has no function 'f'", "fun"]),
        ("f = 3", "features.bad:f", ["int, which cannot be called"]),
        ("import nowhere_at_all", "features.bad:f", ["nowhere_at_all", "features/bad.py:1: import"]),
        ("def f(:", "features.bad:f", ["SyntaxError", "features/bad.py:1"]),
        ("1 / 0", "features.bad:f", ["ZeroDivisionError", "features/bad.py:1: 1 / 0"]),
        ("", "features.mial:clean", ["no module 'features.mial'", "features/mial.py", "features.mail"]),
        ("", "json:dumpz", ["json/__init__.py has no function 'dumpz'", "dumps"]),
        ("", "clean", ["--set source.prepare", "module:function", "features.mail:clean"]),
    ],
)  # fmt: skip
def test_a_function_that_is_not_there_is_said_before_any_work(
    mail: Path, home: Path, file: str, name: str, parts: list[str]
) -> None:
    (mail / "features" / "bad.py").write_text(file, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        made(source__prepare=name)
    assert all(part in str(raised.value) for part in parts), raised.value
    assert len(str(raised.value)) < 600 and not home.exists()


BATCH = pa.RecordBatch.from_pylist(
    [LabelledText(f"t{n}", "", f"text {n}", "a", "train").row() for n in range(400)],
    arrow_schema("labelled_text"),
)


def text_as(values: Any) -> Callable[[Any], Any]:
    return lambda batch: batch.set_column(2, "text", values)


def failing(batch: Any) -> Any:
    raise ValueError("no such\nthing " * 200)


def leaving(batch: Any) -> Any:
    raise SystemExit(0)


@pytest.mark.parametrize(
    ("call", "parts"),
    [
        (failing, ["raised ValueError: no such thing", "test_functions.py:", "raise ValueError"]),
        (leaving, ["raised SystemExit: 0"]),
        (lambda batch: None, ["returned NoneType, not a pyarrow RecordBatch"]),
        (lambda batch: batch.to_pylist(), ["returned list"]),
        (
            lambda batch: batch.rename_columns(["id", "document_id", "txt", "label", "split"]),
            ["no column text, a column txt (did you mean text?)"],
        ),
        (text_as(pa.array(range(400))), ["text as int64, not string"]),
        (text_as(pa.array([None] * 400, pa.string())), ["a null in text of record 't0'"]),
        (lambda batch: pa.concat_batches([batch] * 2), ["'t0' (twice)", "and 395 more"]),
        (
            lambda batch: batch.set_column(0, "id", pc.binary_join_element_wise(batch["id"], "x", "")),
            ["'t0x' (new)", "keep their ids"],
        ),
        (
            lambda batch: batch.set_column(4, "split", pa.array(["tran"] * 400)),
            ["unknown split 'tran'", "did you mean train?"],
        ),
    ],
)  # fmt: skip
def test_what_prepare_may_not_return(call: Callable[[Any], Any], parts: list[str]) -> None:
    with pytest.raises(DataError) as raised:
        prepared(Function("source.prepare", "m:f", call), BATCH, "data/raw")
    parts += ["source.prepare m:f", "in the batch of data/raw that begins with record 't0'"]
    assert all(part in str(raised.value) for part in parts), raised.value
    assert len(str(raised.value)) < 700 and "\n" not in str(raised.value)


def test_what_prepare_may_return() -> None:
    def backwards(batch: Any) -> Any:
        table = pa.Table.from_batches([batch.slice(0, 2), batch.slice(5, 2)])
        return table.select(["split", "label", "text", "document_id", "id"])

    found = prepared(Function("source.prepare", "m:f", backwards), BATCH, "data")
    assert found.schema == BATCH.schema
    assert found["id"].to_pylist() == ["t0", "t1", "t5", "t6"]
    none = prepared(Function("source.prepare", "m:f", lambda batch: batch.slice(0, 0)), BATCH, "")
    assert (none.num_rows, none.schema) == (0, BATCH.schema)


def test_columns_of_labels_and_splits() -> None:
    def said(value: Any) -> Function:
        return Function("source.label", "m:f", lambda batch: value)

    assert labelled(said(["b", None] * 200), BATCH, "")["label"].to_pylist() == ["b"] * 200
    coded = pa.array(["b"] * 400).dictionary_encode()
    assert labelled(said(pa.chunked_array([coded])), BATCH, "").schema == BATCH.schema
    for value, part in (
        (["b"], "1 values for 400 records"),
        ([1] * 400, "a column of int64, not of strings"),
        (3, "returned int, not a column"),
    ):
        with pytest.raises(DataError, match=part):
            labelled(said(value), BATCH, "")
    for value, part in (
        (["train"] * 399 + [None], "no split for record 't399'"),
        (["train"] * 399 + ["dev"], "unknown split 'dev'"),
    ):
        with pytest.raises(DataError, match=part):
            functions.assigned(said(value), BATCH, "")


@pytest.mark.parametrize(
    ("settings", "part"),
    [
        ({"source__reader": "{format: tokens}"}, "source.label: for labelled_text records only"),
        ({"splits__folds": "3"}, "assign and folds both say where records go"),
        ({"splits__by": "hash"}, "assign and by: hash both say"),
        ({"prepare__min_label_count": "3", "source__label": "null",
          "source__reader": "{format: questions}"}, "prepare.min_label_count: for labelled_text and"),
    ],
)  # fmt: skip
def test_settings_that_contradict_are_refused_at_once(
    mail: Path, settings: dict[str, str], part: str
) -> None:
    with pytest.raises(ConfigError, match=part):
        made(**settings)


def test_all_rows_dropped_or_no_test_assigned_leaves_nothing_behind(mail: Path, home: Path) -> None:
    text = MAIL + "\n\ndef nothing(batch):\n    return batch.slice(0, 0)\n"
    text += '\n\ndef all_train(batch):\n    return ["train"] * batch.num_rows\n'
    (mail / "features" / "mail.py").write_text(text, encoding="utf-8")
    with pytest.raises(
        UserError, match=r"none of the 100 records is left.*mail:nothing left out 90"
    ):
        made("load", source__prepare="features.mail:nothing")
    assert not list((home / "artifacts" / "load").iterdir())
    settings = {"goldens": "null", "splits__assign": "features.mail:all_train"}
    with pytest.raises(DataError, match=r"all_train gave train: 80: it has to give both"):
        made("load", "validate_raw", "prepare", validation__min_rows="5", **settings)
    assert not list((home / "artifacts" / "prepare").iterdir())
