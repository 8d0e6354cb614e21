import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from pydantic import ValidationError

from goldsmith.config import UseCase
from goldsmith.records import LabelledText
from goldsmith.sources.generated import GeneratedSource
from goldsmith.sources.generators import scientific_topics
from goldsmith.sources.generators._science_fields import FIELDS, RARE_FIELDS
from goldsmith.sources.generators._science_writer import WORDS, Pool
from goldsmith.sources.generators.scientific_topics import (
    LABELS,
    TEST,
    TRAIN,
    VALIDATION,
    Options,
    generate,
)
from tests.faults.running import NoModel, findings
from tests.sources.rows import of

SMALL = {"train": 300, "validation": 60, "test": 120}


@pytest.fixture(scope="module")
def rows():
    return list(generate(13))


def wordings_of(pool: Pool):
    frames = {text for texts in pool.frames for text in texts}
    speech = {text for each in pool.speech.values() for text in (*each.asks, *each.findings)}
    return frames | speech | {text for names in pool.tools.values() for text in names}


def theme_words_of(pool: Pool):
    return {word for theme in pool.themes.values() for words in theme for word in words}


def test_same_seed_gives_the_same_rows(rows):
    assert list(generate(13)) == rows
    assert list(generate(13, Options())) == rows


def test_other_seeds_give_other_texts(rows):
    theirs = {row["text"] for row in generate(14)}
    assert not theirs & {row["text"] for row in rows}


def test_first_row_is_pinned(rows):
    """The stream is the same on every machine, not only twice on this one."""
    assert rows[0]["id"] == "gen-13-train-000000"
    assert rows[0]["document_id"] == "project-0001"
    assert rows[0]["label"] == "cs.LG"
    assert rows[0]["text"].startswith(
        "When difference-in-differences designs met pilot sequences\n\nThe BIBANA-6 collaboration has collected 739,000 pilot sequences."
    )


def test_sizes_and_ids(rows):
    assert Counter(row["split"] for row in rows) == {"train": 2000, "validation": 300, "test": 800}
    assert len({row["id"] for row in rows}) == len(rows)


def test_no_text_comes_twice(rows):
    assert len({row["text"].casefold() for row in rows}) == len(rows)


def test_a_project_has_up_to_four_papers_and_lies_in_one_split(rows):
    splits = defaultdict(set)
    for row in rows:
        splits[row["document_id"]].add(row["split"])
    assert all(len(each) == 1 for each in splits.values())
    assert set(Counter(row["document_id"] for row in rows).values()) == {1, 2, 3, 4}


def test_a_text_is_a_title_and_an_abstract(rows):
    for row in rows:
        title, abstract = row["text"].split("\n\n")
        assert title[0] == title[0].upper() and not title.endswith(".")
        assert len(abstract.split()) in WORDS
        assert abstract.endswith(".")
        assert not re.search(r"\{[a-z]\w*\}", row["text"])


def test_abstracts_have_latex_numbers_and_acronyms(rows):
    texts = [row["text"] for row in rows]
    for pattern in (r"\$[^$]*\\\w+", r"\d+\.\d\\?%", r"\([A-Z]{2,}s?\)"):
        assert sum(bool(re.search(pattern, text)) for text in texts) > 0.1 * len(texts)


@pytest.mark.parametrize("seed", [13, 14, 15])
def test_ten_fields_have_their_share_and_two_are_rare(seed):
    rows = list(generate(seed))
    for split in ("train", "test"):
        found = Counter(row["label"] for row in of(rows, split))
        total = sum(found.values())
        assert set(found) == set(LABELS)
        for name, field in FIELDS.items():
            assert found[name] / total == pytest.approx(field.share / 100, abs=0.03)
        for name in RARE_FIELDS:
            assert 1 <= found[name] < 0.01 * total


def test_rare_fields_can_be_left_out_or_be_more():
    none = Counter(row["label"] for row in generate(13, Options(rare=0, **SMALL)))
    assert set(none) == set(FIELDS)
    more = Counter(row["label"] for row in generate(13, Options(rare=0.05, noise=0, **SMALL)))
    assert {name: more[name] for name in RARE_FIELDS} == dict.fromkeys(RARE_FIELDS, 24)


def test_every_field_shares_its_themes_with_others():
    for name, field in {**FIELDS, **RARE_FIELDS}.items():
        for theme in field.themes:
            others = [each for each in FIELDS if each != name and theme in FIELDS[each].themes]
            assert len(others) >= 2, (name, theme)


@pytest.mark.parametrize("pool", [TRAIN, VALIDATION, TEST], ids=["train", "validation", "test"])
def test_every_pool_speaks_of_every_field_and_theme(pool):
    assert set(pool.speech) == set(LABELS)
    assert set(pool.tools) == set(FIELDS)
    assert set(pool.themes) == {theme for field in FIELDS.values() for theme in field.themes}


def test_held_out_wordings_and_words_are_not_in_training():
    for words in (wordings_of, theme_words_of):
        for one, other in combinations((TRAIN, VALIDATION, TEST), 2):
            assert not words(one) & words(other)


def test_training_has_no_held_out_words(rows):
    train = " ".join(row["text"] for row in of(rows, "train"))
    test = " ".join(row["text"] for row in of(rows, "test"))
    for word in ("magnetars", "kagome metals", "wastewater samples", "synthetic control groups"):
        assert word not in train
        assert word in test


@pytest.mark.parametrize("unseen", [0.0, 0.5, 1.0])
def test_share_of_unseen_papers(unseen):
    options = Options(train=1, unseen=unseen)
    starts = [text.split("{ask}")[0].lower() for text in TEST.frames.aims]
    test = [row["text"].lower() for row in of(generate(13, options), "test")]
    hits = sum(any(start in text for start in starts) for text in test)
    assert hits / len(test) == pytest.approx(unseen, abs=0.08)


def test_contrast_decides_how_many_papers_name_another_question():
    starts = [
        text.split("{")[0]
        for part in (TRAIN.frames.before, TRAIN.frames.after, TRAIN.frames.late)
        for text in part
        if not text.startswith("{")
    ]
    for share in (0.0, 0.5, 1.0):
        texts = [row["text"].lower() for row in generate(13, Options(contrast=share, **SMALL))]
        hits = sum(any(start in text for start in starts) for text in texts[:300]) / 300
        assert hits == pytest.approx(share * 0.85, abs=0.15)


def test_noise_changes_labels_only_and_about_as_many_as_asked():
    clean = list(generate(13, Options(noise=0)))
    noisy = list(generate(13, Options(noise=0.2)))
    assert [row["text"] for row in clean] == [row["text"] for row in noisy]
    wrong = sum(
        one["label"] != other["label"] for one, other in zip(clean, noisy, strict=True)
    ) / len(clean)
    assert wrong == pytest.approx(0.2, abs=0.03)


def test_every_split_is_noisy(rows):
    clean = {row["id"]: row["label"] for row in generate(13, Options(noise=0))}
    for split in ("train", "validation", "test"):
        assert any(row["label"] != clean[row["id"]] for row in of(rows, split))


def test_slips_by_object_stay_within_the_theme():
    weights = {"by_tool": 0, "by_contrast": 0, "by_object": 1}
    clean = generate(13, Options(noise=0, **SMALL))
    noisy = generate(13, Options(noise=1, **SMALL, **weights))
    fields = {**FIELDS, **RARE_FIELDS}
    for one, other in zip(clean, noisy, strict=True):
        assert set(fields[one["label"]].themes) & set(fields[other["label"]].themes)
        assert one["label"] != other["label"]


@pytest.mark.parametrize("option", ["by_tool", "by_contrast"])
def test_slips_go_the_way_that_their_weights_say(option):
    weights = {"by_tool": 0, "by_contrast": 0, "by_object": 1e-9, option: 1}
    one = [row["label"] for row in generate(13, Options(noise=1, **SMALL))]
    other = [row["label"] for row in generate(13, Options(noise=1, **SMALL, **weights))]
    assert one != other


def test_options_are_checked():
    with pytest.raises(ValidationError):
        Options(noise=1.5)
    with pytest.raises(ValidationError):
        Options(contrasts=0.1)
    assert all(field.description for field in Options.model_fields.values())


def source(**options) -> GeneratedSource:
    return GeneratedSource(kind="generated", generator="scientific_topics", options=options)


def test_the_source_refuses_unknown_options_and_names_near_ones():
    with pytest.raises(ValidationError, match=r"contrasts.*contrast"):
        source(contrasts=0.5)


def test_the_record_type_is_labelled_text():
    assert scientific_topics.RECORD is LabelledText
    assert source().reader.record is LabelledText


def test_the_data_contract_finds_nothing(tmp_path: Path):
    goldens = source()
    assert goldens.generate(tmp_path) == 3100
    config = UseCase.model_validate(
        {"name": "topics", "profile": "demo", "title": "T", "source": goldens, "model": NoModel()}
    )
    assert findings(config, tmp_path) == []
