"""The history page of a real registry, and a person's no."""

from pathlib import Path

import pytest

from goldsmith.errors import UserError
from goldsmith.registry import approval, history, ledger, store
from tests.registry.models import Model


def figures(value: float, data: str = "a") -> dict[str, str]:
    named = {"value": value, "low": value - 0.03, "high": value + 0.03}
    said = {f"primary.{name}": f"{figure:.6g}" for name, figure in named.items()}
    return {"primary": "micro.f1", "data_md5": data, **said}


def test_the_page_tells_the_ledger_and_what_became_of_the_others(
    model: Model, tmp_path: Path
) -> None:
    first, better = model.add(24, "one", **figures(0.7)), model.add(39, "two", **figures(0.8, "b"))
    worse, waiting = model.add(14), model.add(54, **figures(0.9))
    for version in (first, better, worse):
        model.promote(version)
    model.rollback()
    model.promote(waiting, approval=True)
    found = history.gather(model.name)
    assert [(one.number, one.version, one.kind) for one in found.changes] == [
        (1, 1, "promoted"), (2, 2, "promoted"), (3, 1, "rolled_back"),
    ]  # fmt: skip
    last = found.changes[-1]
    assert (last.by, last.reason, last.data) == ("Ada", "misses new notes", "a")
    assert last.measured and (last.measured.metric, last.measured.value) == ("micro.f1", 0.7)
    entries = ledger.read(model.name).entries
    assert [one.verdict for one in found.changes] == [one.verdict for one in entries]
    assert [(one.version, one.outcome) for one in found.others] == [(4, "candidate"), (3, "kept")]
    assert found.others[1].measured is None

    where = history.log(model.name)
    assert where == history.log(model.name) and where.endswith("history.html")
    page = Path(where.removeprefix("file://")).read_text(encoding="utf-8")
    assert "version 4 waits for a person" in page
    history.write(model.name, tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page
    with pytest.raises(UserError, match="cannot be written: No such file"):
        history.write(model.name, tmp_path / "none" / "page.html")
    with pytest.raises(UserError, match="has no version yet"):
        history.write("other", tmp_path / "page.html")


def test_a_no_is_remembered_until_a_person_says_yes(model: Model) -> None:
    model.promote(model.add(24))
    asked = model.add(39, "two")
    assert model.promote(asked, approval=True).outcome == "candidate"
    assert approval.rejected(model.get(2)) == ""
    said = approval.reject(model.get(2), 1, by="Ben", reason="not before the audit")
    assert (said.outcome, said.champion) == ("refused", 1)
    assert approval.rejected(model.get(2)) == said.reason == "rejected by Ben: not before the audit"
    found = store.client().get_registered_model(model.name)
    assert "candidate" not in found.aliases
    assert model.approve(asked).outcome == "approved"
    assert approval.rejected(model.get(2)) == ""
