import re
from collections import Counter, defaultdict
from itertools import chain, combinations
from pathlib import Path

import pytest
from pydantic import ValidationError

from goldsmith.config import UseCase
from goldsmith.records import TaggedTokens
from goldsmith.sources.generated import GeneratedSource
from goldsmith.sources.generators.person_names import (
    TAGS,
    TEST,
    TRAIN,
    VALIDATION,
    Options,
    generate,
)
from goldsmith.text import bio_spans
from tests.faults.running import NoModel, findings
from tests.sources.rows import of

POOLS = (TRAIN, VALIDATION, TEST)
SMALL = {"train": 400, "validation": 60, "test": 200}


@pytest.fixture(scope="module")
def rows():
    return list(generate(13))


@pytest.fixture(scope="module")
def clean():
    return list(generate(13, Options(noise=0)))


def names(rows, tag="PER"):
    return [
        " ".join(row["tokens"][start:end])
        for row in rows
        for start, end, name in sorted(set(bio_spans(row["ner_tags"])))
        if name == tag
    ]


def wordings_of(pool):
    *topics, rests, chats = pool.wordings
    return {*chain(*topics, *rests.values(), chats)}


def parts_of(pool):
    return {part for each in pool.cultures for part in (*each.men, *each.women, *each.families)}


def test_same_seed_gives_the_same_rows(rows):
    assert list(generate(13)) == rows
    assert list(generate(13, Options())) == rows


def test_other_seeds_give_other_sentences(rows):
    theirs = {tuple(row["tokens"]) for row in generate(14)}
    ours = {tuple(row["tokens"]) for row in rows}
    assert len(ours & theirs) < 0.03 * len(ours)


def test_first_row_is_pinned(rows):
    """The stream is the same on every machine, not only twice on this one."""
    assert rows[0]["id"] == "gen-13-train-000000"
    assert rows[0]["document_id"] == "article-0001"
    assert " ".join(rows[0]["tokens"]).startswith("Božena Procházka and Boston met again in June .")


def test_sizes_and_ids(rows):
    assert Counter(row["split"] for row in rows) == {"train": 1500, "validation": 300, "test": 800}
    assert len({row["id"] for row in rows}) == len(rows)


def test_no_token_sequence_comes_twice(rows):
    assert len({" ".join(row["tokens"]).casefold() for row in rows}) == len(rows)


def test_an_article_has_up_to_six_records_and_lies_in_one_split(rows):
    splits = defaultdict(set)
    for row in rows:
        splits[row["document_id"]].add(row["split"])
    assert all(len(each) == 1 for each in splits.values())
    assert set(Counter(row["document_id"] for row in rows).values()) == set(range(1, 7))


def test_tags_are_legal_bio_and_all_tokens_are_words(rows):
    for row in rows:
        assert len(row["tokens"]) == len(row["ner_tags"])
        assert not any(re.search(r"[{}\s]", token) or not token for token in row["tokens"])
        before = "O"
        for tag in row["ner_tags"]:
            assert tag == "O" or tag[2:] in TAGS
            if tag.startswith("I-"):
                assert before[2:] == tag[2:]
            before = tag


def test_a_title_is_no_part_of_a_name_without_noise(clean):
    titles = {title for pool in POOLS for title in pool.words.plain["title"]}
    assert not any(name.split()[0] in titles for name in names(clean))


@pytest.mark.parametrize("seed", [13, 14, 15])
def test_every_tag_has_support(seed):
    test = of(generate(seed), "test")
    support = Counter(tag for row in test for _, _, tag in set(bio_spans(row["ner_tags"])))
    assert support["PER"] > 1000
    assert all(support[tag] >= 200 for tag in TAGS)
    some = sum(any(tag[2:] == "PER" for tag in row["ner_tags"]) for row in test) / len(test)
    assert 0.45 < some < 0.75


def test_one_name_is_a_person_here_and_a_place_or_an_organisation_there(clean):
    tags = defaultdict(set)
    for row in of(clean, "test"):
        for start, end, tag in set(bio_spans(row["ner_tags"])):
            tags[" ".join(row["tokens"][start:end])].add(tag)
    assert sum({"PER", "ORG", "LOC"} <= each for each in tags.values()) > 15


def test_persons_are_named_in_many_ways(clean):
    persons = names(clean)
    for form in (r"^\S+ [A-Z]\. ", r"(Jr\.|Sr\.|III)$", r"“ \w+ ”", r"van der", r"de la", r"O'",
                 r"\w-\w", r"[áéóñöüøçşžłăảễ]", r"^[a-z]", r"^[A-Z]{3,}$"):  # fmt: skip
        assert sum(bool(re.search(form, name)) for name in persons) >= 10, form


def test_case_is_no_safe_sign_of_a_name(clean):
    lower = [row for row in clean if " ".join(row["tokens"]).islower()]
    upper = [row for row in clean if " ".join(row["tokens"]).isupper()]
    assert len(names(lower)) > 100
    assert len(names(upper)) > 50


def test_long_records_name_persons_far_behind_word_256(rows):
    for split, share in (("train", 45), ("validation", 9), ("test", 24)):
        long = [row for row in of(rows, split) if len(row["tokens"]) >= 300]
        assert len(long) == share
        for row in long:
            assert len(row["tokens"]) <= 900
            assert any(tag == "B-PER" for tag in row["ner_tags"][256:])
    assert any(tag == "B-PER" for row in long for tag in row["ner_tags"][600:])


def test_long_records_can_be_left_out():
    rows = generate(13, Options(long=0, **SMALL))
    assert max(len(row["tokens"]) for row in rows) < 60


def test_held_out_wordings_are_not_in_training():
    for one, other in combinations(POOLS, 2):
        assert not wordings_of(one) & wordings_of(other)
        assert not set(one.words.places) & set(other.words.places)
        assert not set(one.words.bare) & set(other.words.bare)


def test_no_part_of_a_name_is_in_two_pools():
    for one, other in combinations(POOLS, 2):
        assert not parts_of(one) & parts_of(other)


def test_training_shows_no_held_out_part_and_test_shows_many(rows):
    shown = {part for name in names(of(rows, "train")) for part in name.casefold().split()}
    held_out = {part.casefold() for part in parts_of(TEST)}
    assert not shown & held_out
    test = {part for name in names(of(rows, "test")) for part in name.casefold().split()}
    assert len(test & held_out) > 120


@pytest.mark.parametrize("unseen", [0.0, 0.5, 1.0])
def test_share_of_articles_with_unseen_names(unseen):
    test = of(generate(13, Options(train=1, unseen=unseen, noise=0)), "test")
    held_out = {part.casefold() for part in parts_of(TEST)} - {"austin", "rob"}
    of_article = defaultdict(set)
    for row in test:
        for name in names([row]):
            of_article[row["document_id"]] |= set(name.casefold().split())
    hits = sum(bool(parts & held_out) for parts in of_article.values())
    assert hits / len(of_article) == pytest.approx(unseen, abs=0.1)


def test_chats_decide_how_many_sentences_are_in_lower_case():
    shares = {}
    for chats in (0.0, 0.2, 1.0):
        found = list(generate(13, Options(chats=chats, long=0, **SMALL)))
        shares[chats] = sum(" ".join(row["tokens"]).islower() for row in found) / len(found)
    assert shares[0.0] == 0
    assert shares[0.0] < shares[0.2] < shares[1.0]


def test_noise_changes_tags_only_and_about_as_many_as_asked(clean):
    noisy = list(generate(13, Options(noise=0.2)))
    assert [row["tokens"] for row in clean] == [row["tokens"] for row in noisy]
    total = wrong = 0
    for one, other in zip(clean, noisy, strict=True):
        true = set(bio_spans(one["ner_tags"]))
        total += len(true)
        wrong += len(true - set(bio_spans(other["ner_tags"])))
    assert wrong / total == pytest.approx(0.2, abs=0.03)


def test_every_split_is_noisy(rows, clean):
    for split in ("train", "validation", "test"):
        pairs = zip(of(rows, split), of(clean, split), strict=True)
        assert any(one["ner_tags"] != other["ner_tags"] for one, other in pairs)


@pytest.mark.parametrize("slip", ["confused", "boundary"])
def test_each_slip_can_be_had_alone(slip):
    weights = {"missed": 1e-9, "confused": 0, "boundary": 0, slip: 1}
    true = list(generate(13, Options(noise=0, **SMALL)))
    noisy = list(generate(13, Options(noise=0.3, **SMALL, **weights)))
    changed = 0
    for one, other in zip(true, noisy, strict=True):
        before, after = set(bio_spans(one["ner_tags"])), set(bio_spans(other["ner_tags"]))
        places = {(start, end) for start, end, _ in before}
        ends = {(end, tag) for _, end, tag in before}
        for start, end, tag in after - before:
            changed += 1
            assert (start, end) in places if slip == "confused" else (end, tag) in ends
    assert changed > 50


def test_options_are_checked():
    with pytest.raises(ValidationError):
        Options(noise=1.5)
    with pytest.raises(ValidationError):
        Options(longer=0.1)
    assert all(field.description for field in Options.model_fields.values())


def source(**options) -> GeneratedSource:
    return GeneratedSource(kind="generated", generator="person_names", options=options)


def test_the_source_refuses_unknown_options_and_names_near_ones():
    with pytest.raises(ValidationError, match=r"unsen.*unseen"):
        source(unsen=0.5)


def test_the_record_type_is_tagged_tokens():
    assert source().reader.record is TaggedTokens


def test_the_data_contract_finds_nothing(tmp_path: Path):
    goldens = source()
    assert goldens.generate(tmp_path) == 2600
    config = UseCase.model_validate(
        {"name": "persons", "profile": "demo", "title": "P", "source": goldens, "model": NoModel(),
         "prepare": {"keep_labels": ["PER"]}}
    )  # fmt: skip
    assert findings(config, tmp_path) == []
