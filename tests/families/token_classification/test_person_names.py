"""The use case on persons: its own goldens, and public ones under other names for the same."""

from pathlib import Path

import pytest

from goldsmith import config
from tests.faults.running import findings

NAMES = "person_company_names"
SETS = [
    (f"{NAMES}/wikigold", [], {"PER"}),
    (f"{NAMES}/wikigold", ["prepare.keep_labels=[PER, ORG]"], {"PER", "ORG"}),
    (f"{NAMES}/wnut17", [], {"PER"}),
    (f"{NAMES}/wnut17", ["prepare.keep_labels=[PER, ORG, LOC]"], {"PER", "ORG", "LOC"}),
    ("financial_entity_tagging/sec_filings_ner", [], {"PER"}),
]


@pytest.mark.parametrize(("path", "overrides", "labels"), SETS)
def test_public_sets_go_through_with_their_labels_by_config(
    datasets_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    path: str,
    overrides: list[str],
    labels: set[str],
) -> None:
    monkeypatch.setenv("GOLDSMITH_HOME", str(tmp_path))
    loaded = config.load(
        "person-names", "demo", overrides, source="files", path=str(datasets_folder / path)
    )
    said = findings(loaded, datasets_folder / path)
    assert [one for one in said if one.how == "error" or one.by == "lost_spans"] == []
    assert set(loaded.prepare.keep_labels or ()) == labels


def test_its_windows_hold_the_longest_article() -> None:
    from goldsmith.bases import resolve
    from goldsmith.sources.generators.person_names import Options, generate

    for profile in ("demo", "full"):
        loaded = config.load("person-names", profile)
        encoder = loaded.model.encoder(resolve("packaged:minilm"))
        rows = list(generate(13, Options(train=60, validation=10, test=10, long=0.2)))
        windows = encoder.encode([row["tokens"] for row in rows])
        assert max(map(len, windows)) > 2
        assert max(len(one.ids) for each in windows for one in each) <= loaded.model.max_length
