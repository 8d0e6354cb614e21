"""`goldsmith data diff`: record by record, by id or by input."""

import json

import pytest

from goldsmith.errors import UserError
from goldsmith.revisions import adding, diffing, moving
from tests.versioning.conftest import Project


def test_added_removed_and_changed_by_id(project: Project) -> None:
    lines = [json.loads(line) for line in project.lines()]
    lines[1]["ner_tags"] = ["O"] * len(lines[1]["ner_tags"])
    more = {"id": "new", "tokens": ["5", "%"], "ner_tags": ["B-Rate", "I-Rate"]}
    project.write([json.dumps(one) for one in [*lines[3:], *lines[1:3], more]])
    found = diffing.diff(project.config(), "one", None, project.say)
    assert (found.added, found.removed, found.changed) == (1, 1, 1)
    assert (found.before.records, found.after.records) == (92, 92)
    assert set(found.before.labels) == {"Rate", "Amount"}
    assert {what: [one["id"] for one in some] for what, some in found.samples.items()} == {
        "added": ["new"],
        "removed": [lines[0]["id"]],
        "changed": [lines[1]["id"]],
    }
    assert list(found.samples["changed"][0]["columns"]) == ["tags"]
    assert json.loads(json.dumps(found.as_json()))["after"]["revision"] == "working tree"

    adding.add(
        project.config(overrides=["validation.checks.some_entity={severity: warn}"]),
        [],
        project.say,
    )
    project.commit("two")
    between = diffing.diff(project.config(), "two", "one", project.say, limit=0)
    assert (between.added, between.removed, between.changed) == (1, 1, 1)
    assert between.before == diffing.Side("two", found.after.md5, 92, found.after.labels)
    assert not any(between.samples.values())


def test_without_ids_by_input(empty: Project) -> None:
    rows = [json.loads(line) for line in empty.lines()]
    bare = [{"tokens": one["tokens"], "ner_tags": one["ner_tags"]} for one in rows]
    unique = list({json.dumps(one["tokens"]): one for one in bare}.values())
    empty.write([json.dumps(one) for one in unique])
    adding.add(empty.config(), [], empty.say)
    empty.commit("one")
    changed = {**unique[2], "ner_tags": ["O"] * len(unique[2]["ner_tags"])}
    empty.write([json.dumps(one) for one in [unique[5], *unique[3:5], changed, *unique[6:]]])
    found = diffing.diff(empty.config(), "one", None, empty.say)
    assert (found.added, found.removed, found.changed) == (0, 2, 1)


def test_a_revision_without_the_data(project: Project) -> None:
    with pytest.raises(UserError, match=r"unknown revision 'won'.*did you mean one"):
        diffing.diff(project.config(), "won", None, project.say)


def test_status_tells_where_they_are(project: Project) -> None:
    found = moving.status(project.config())
    assert (found.records, found.objects, found.in_cache, found.in_remote) == (92, 4, 4, None)
    assert found.remote.startswith("no DVC remote to use: none is configured; `dvc remote add -d")
    assert found.committed and found.changed is False
    project.write(project.lines()[1:])
    assert moving.status(project.config()).changed is True
    with pytest.raises(UserError, match="differs from its pointer and would be lost"):
        moving.pull(project.config(), project.say)
    with pytest.raises(UserError, match="no DVC remote to use"):
        moving.push(project.config(), project.say)
    assert "what the pointer names is sent" in project.said[-1]


def test_status_and_pull_without_a_pointer(empty: Project) -> None:
    assert moving.status(empty.config()).pointer is None
    with pytest.raises(UserError, match=r"no pointer data/raw/toy\.dvc: `goldsmith data add toy`"):
        moving.pull(empty.config(), empty.say)
