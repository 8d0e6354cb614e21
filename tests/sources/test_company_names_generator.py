from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from pydantic import ValidationError

from goldsmith.config import UseCase
from goldsmith.records import TaggedTokens
from goldsmith.sources.generated import GeneratedSource
from goldsmith.sources.generators import _company_wordings as wordings
from goldsmith.sources.generators import _company_words as words
from goldsmith.sources.generators.company_names import TAGS, Options, generate
from goldsmith.text import bio_spans, split_words
from tests.faults.running import NoModel, findings
from tests.sources.rows import of


@pytest.fixture(scope="module")
def rows():
    return list(generate(13))


@pytest.fixture(scope="module")
def clean():
    return list(generate(13, Options(noise=0)))


def names(rows, tag="ORG"):
    return [
        " ".join(row["tokens"][start:end])
        for row in rows
        for start, end, name in bio_spans(row["ner_tags"])
        if name == tag
    ]


def test_same_seed_gives_the_same_rows(rows):
    assert list(generate(13)) == rows
    assert {tuple(row["tokens"]) for row in generate(14)} != {tuple(r["tokens"]) for r in rows}


def test_sizes_ids_and_splits(rows):
    assert Counter(row["split"] for row in rows) == {"train": 1500, "validation": 300, "test": 800}
    assert len({row["id"] for row in rows}) == len(rows)
    splits = defaultdict(set)
    for row in rows:
        splits[row["document_id"]].add(row["split"])
    assert all(len(each) == 1 for each in splits.values())


def test_no_token_sequence_comes_twice(rows):
    assert len({" ".join(row["tokens"]).casefold() for row in rows}) == len(rows)


def test_words_are_split_as_a_service_splits_them(clean):
    """What a model learns is what it is asked."""
    for row in clean:
        assert all(split_words(token) == [(0, len(token))] for token in row["tokens"]), row
        assert len(row["tokens"]) == len(row["ner_tags"])


def test_every_tag_has_support(rows):
    test = of(rows, "test")
    support = Counter(tag for row in test for _, _, tag in bio_spans(row["ner_tags"]))
    assert support["ORG"] > 500
    assert all(support[tag] >= 100 for tag in TAGS)


def test_one_name_is_a_company_here_and_something_else_there(clean):
    companies = {name.casefold() for name in names(of(clean, "test"))}
    others = {
        part.casefold()
        for tag in ("PER", "LOC", "MISC")
        for name in names(of(clean, "test"), tag)
        for part in name.split()
    }
    assert len(companies & others) > 15


def test_no_word_or_wording_is_in_two_pools():
    pools = (wordings.TRAIN, wordings.VALIDATION, wordings.TEST)
    for one, other in combinations(pools, 2):
        assert not {*one.companies, *one.shorts, *one.none} & {
            *other.companies,
            *other.shorts,
            *other.none,
        }
    for one, other in combinations(
        (words.TRAIN_WORDS, words.VALIDATION_WORDS, words.TEST_WORDS), 2
    ):
        for field in words.Words._fields:
            assert not set(getattr(one, field)) & set(getattr(other, field)), field


@pytest.mark.parametrize("unseen", [0.0, 0.5, 1.0])
def test_share_of_articles_with_unseen_names(unseen):
    test = of(generate(13, Options(train=1, test=300, unseen=unseen, noise=0)), "test")
    held_out = {name.casefold() for name in (*words.TEST_WORDS.places, *words.TEST_WORDS.families)}
    found = defaultdict(set)
    for row in test:
        found[row["document_id"]] |= {token.casefold() for token in row["tokens"]}
    share = sum(bool(each & held_out) for each in found.values()) / len(found)
    assert share == pytest.approx(unseen, abs=0.13)


def test_noise_changes_tags_only_and_about_as_many_as_asked(clean):
    noisy = list(generate(13, Options(noise=0.2)))
    assert [row["tokens"] for row in clean] == [row["tokens"] for row in noisy]
    pairs = [
        (set(bio_spans(one["ner_tags"])), set(bio_spans(other["ner_tags"])))
        for one, other in zip(clean, noisy, strict=True)
    ]
    wrong = sum(len(true - found) for true, found in pairs) / sum(len(true) for true, _ in pairs)
    assert wrong == pytest.approx(0.2, abs=0.03)


def test_options_are_checked():
    with pytest.raises(ValidationError):
        Options(noise=1.5)
    assert all(field.description for field in Options.model_fields.values())


def test_the_data_contract_finds_nothing(tmp_path: Path):
    goldens = GeneratedSource(kind="generated", generator="company_names")
    assert goldens.reader.record is TaggedTokens
    assert goldens.generate(tmp_path) == 2600
    config = UseCase.model_validate(
        {"name": "companies", "profile": "demo", "title": "C", "source": goldens,
         "model": NoModel(), "prepare": {"keep_labels": ["ORG"]}}
    )  # fmt: skip
    assert findings(config, tmp_path) == []
