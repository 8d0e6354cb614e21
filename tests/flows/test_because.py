"""What a run was started by: believed only when it is what it should be."""

from typing import Any

import pytest

from goldsmith import config
from goldsmith.errors import UserError
from tasks.because import DEGRADED, NEW_DATA, match, read, revision_for

COMMIT = "0123456789" * 4


def versioned(**payload: Any) -> dict[str, Any]:
    about = {"use_case": "toy", "profile": "demo", "revision": COMMIT, "records": 1234}
    return {"event": NEW_DATA, "id": "e1", "payload": {**about, **payload}}


@pytest.mark.parametrize(
    ("because", "message"),
    [
        ("goldsmith.data.versioned", "must be a mapping with event, id and payload, not a text"),
        ([1], "not a list"),
        (7, "not a int"),
        ({"event": "goldsmith.data.version"}, "did you mean goldsmith.data.versioned?"),
        ({"event": 3, "payload": {}}, "event '3' starts no training: valid: "),
        ({"event": NEW_DATA, "payload": "{}"}, "payload of .* must be a mapping, not a text"),
        ({"event": NEW_DATA}, "must be a mapping, not nothing"),
        (versioned(use_case="tay"), "payload.use_case is 'tay', and this run is of 'toy'"),
        (versioned(revision=int(COMMIT)), "must be a whole commit .* a int"),
        (versioned(revision="main"), "must be a whole commit"),
        (versioned(revision=f"{COMMIT}\n"), "must be a whole commit"),
        (versioned(revision=None), "nothing"),
    ],
)
def test_what_is_no_cause_is_refused_in_words(because: Any, message: str) -> None:
    with pytest.raises(UserError, match=f"because: .*{message}") as caught:
        read(because, "toy")
    assert len(str(caught.value)) < 400 and "Triggers" in str(caught.value)


def test_a_cause_says_what_it_is_and_which_goldens_it_means() -> None:
    assert read(None, "toy") is None and revision_for(None, "v1") == "v1"
    found = read(versioned(), "toy")
    assert found is not None
    assert found.words == "new goldens (revision 0123456789, 1,234 records)"
    assert revision_for(found, None) == revision_for(found, COMMIT) == COMMIT
    with pytest.raises(UserError, match="name two revisions"):
        revision_for(found, "v1")
    worse = read({"event": DEGRADED, "payload": {"reason": "F1 is\n0.61", "f1": 0.61}}, "toy")
    assert worse is not None
    assert (worse.words, worse.revision) == ("a degraded model (F1 is 0.61)", None)
    assert "no reason given" in str(
        getattr(read({"event": DEGRADED, "payload": {}}, "toy"), "words", "")
    )


def test_the_resource_of_an_event_is_its_profiles() -> None:
    use_case = config.load("financial-entities", "demo")
    assert match(use_case, NEW_DATA)["goldsmith.profile"] == "demo"
    assert match(use_case, DEGRADED) == {
        "prefect.resource.id": "goldsmith.model.financial-entities.demo"
    }
