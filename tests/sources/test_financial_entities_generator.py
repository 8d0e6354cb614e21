import re
from collections import Counter, defaultdict

import pytest
from pydantic import ValidationError

from goldsmith.sources.generators._financial_heldout import TEST, VALIDATION
from goldsmith.sources.generators._financial_lexicon import (
    TEST_LEXICON,
    TRAIN_LEXICON,
    VALIDATION_LEXICON,
    Wordings,
)
from goldsmith.sources.generators._financial_train import TRAIN
from goldsmith.sources.generators.financial_entities import TAGS, Options, generate
from goldsmith.text import bio_spans
from tests.sources.rows import of


@pytest.fixture(scope="module")
def rows():
    return list(generate(13))


def kept(tags):
    return [tag if tag[2:] in TAGS else "O" for tag in tags]


def wordings_of(pool: Wordings):
    by_topic = [*pool.cores.values(), *pool.tails.values()]
    return {text for texts in by_topic for text in texts} | {*pool.own, *pool.others}


def test_same_seed_gives_the_same_rows(rows):
    assert list(generate(13)) == rows
    assert list(generate(13, Options())) == rows


def test_other_seeds_give_other_sentences(rows):
    theirs = {tuple(row["tokens"]) for row in generate(14)}
    ours = {tuple(row["tokens"]) for row in rows}
    assert len(ours & theirs) < 0.01 * len(ours)


def test_first_row_is_pinned():
    """The stream is the same on every machine, not only twice on this one."""
    first = next(generate(13))
    assert first["id"] == "gen-13-train-000000"
    assert first["document_id"] == "10-K-0001"
    assert " ".join(first["tokens"]) == (
        "The Ohio mortgage loan has a principal of $ 20,019 ,"
        " a rate fixed at 7.50 % and an amortisation period of seven years ."
    )


def test_sizes_and_ids(rows):
    assert Counter(row["split"] for row in rows) == {"train": 1200, "validation": 250, "test": 800}
    assert len({row["id"] for row in rows}) == len(rows)


def test_no_token_sequence_comes_twice(rows):
    assert len({tuple(row["tokens"]) for row in rows}) == len(rows)


def test_a_filing_has_three_to_eight_sentences_and_lies_in_one_split(rows):
    splits = defaultdict(set)
    for row in rows:
        splits[row["document_id"]].add(row["split"])
    assert all(len(each) == 1 for each in splits.values())
    sizes = Counter(row["document_id"] for row in rows)
    assert set(sizes.values()) <= set(range(3, 9))


def test_tags_are_legal_bio(rows):
    for row in rows:
        assert len(row["tokens"]) == len(row["ner_tags"])
        before = "O"
        for tag in row["ner_tags"]:
            if tag.startswith("I-"):
                assert before[2:] == tag[2:]
            before = tag


def test_entities_are_numbers_and_some_have_two_tokens(rows):
    texts = [
        " ".join(row["tokens"][start:end])
        for row in of(rows, "test")
        for start, end, tag in set(bio_spans(row["ner_tags"]))
        if tag in TAGS
    ]
    assert all(re.fullmatch(r"[\d.,]+( billion| million)?|three|five|seven", t) for t in texts)
    assert sum(text.endswith("billion") for text in texts) > 20


@pytest.mark.parametrize("seed", [13, 14, 15])
def test_each_tag_has_support_and_many_sentences_have_none(seed):
    test = of(generate(seed), "test")
    support = Counter(tag for row in test for _, _, tag in set(bio_spans(row["ner_tags"])))
    assert all(support[tag] >= 80 for tag in TAGS)
    none = sum(
        not any(kept(row["ner_tags"])[i] != "O" for i in range(len(row["tokens"]))) for row in test
    )
    assert 0.35 <= none / len(test) <= 0.5


def test_other_tags_stand_beside_the_four(rows):
    tags = Counter(tag[2:] for row in rows for tag in row["ner_tags"] if tag.startswith("B-"))
    assert len(set(tags) - set(TAGS)) > 10


def test_held_out_wordings_are_not_in_training():
    pools = [wordings_of(pool) for pool in (TRAIN, VALIDATION, TEST)]
    assert len(pools[0] | pools[1] | pools[2]) == sum(map(len, pools))


def test_no_company_is_in_two_splits(rows):
    names = [set(each.names) for each in (TRAIN_LEXICON, VALIDATION_LEXICON, TEST_LEXICON)]
    assert not (names[0] & names[1] or names[0] & names[2] or names[1] & names[2])
    for row in of(rows, "train"):
        text = " ".join(row["tokens"])
        assert not any(name in text for name in names[1] | names[2])


def test_unseen_words_are_in_test_only(rows):
    for word in ("SOFR", "SONIA", "debentures", "multicurrency revolver"):
        assert not any(word in " ".join(row["tokens"]) for row in of(rows, "train"))
        assert any(word in " ".join(row["tokens"]) for row in of(rows, "test"))


@pytest.mark.parametrize("unseen", [0.0, 0.5, 1.0])
def test_share_of_unseen_sentences(unseen):
    """A sentence is unseen if the words around its numbers are those of a held-out core."""
    test = of(generate(13, Options(train=10, unseen=unseen)), "test")
    words = set(TEST_LEXICON.words["base"]) | set(TEST_LEXICON.words["facility"])
    old = set(TRAIN_LEXICON.words["base"]) | set(TRAIN_LEXICON.words["facility"])
    texts = [" ".join(row["tokens"]) for row in test]
    new_hits = sum(any(word in text for word in words) for text in texts)
    old_hits = sum(any(word in text for word in old) for text in texts)
    assert new_hits / (new_hits + old_hits) == pytest.approx(unseen, abs=0.12)


def test_noise_changes_tags_only_and_about_as_many_as_asked():
    clean = list(generate(13, Options(noise=0)))
    noisy = list(generate(13, Options(noise=0.2)))
    assert [row["tokens"] for row in clean] == [row["tokens"] for row in noisy]
    total = wrong = 0
    for one, other in zip(clean, noisy, strict=True):
        true = set(bio_spans(kept(one["ner_tags"])))
        total += len(true)
        wrong += len(true - set(bio_spans(kept(other["ner_tags"]))))
    assert wrong / total == pytest.approx(0.2, abs=0.03)


def test_every_split_is_noisy(rows):
    clean = {row["id"]: row["ner_tags"] for row in generate(13, Options(noise=0))}
    for split in ("train", "validation", "test"):
        assert any(row["ner_tags"] != clean[row["id"]] for row in of(rows, split))


@pytest.mark.parametrize("slip", ["confused", "neighbour", "boundary"])
def test_each_slip_can_be_had_alone(slip):
    weights = {"missed": 1e-9, "confused": 0, "neighbour": 0, "boundary": 0, slip: 1}
    clean = list(generate(13, Options(noise=0, train=300)))
    noisy = list(generate(13, Options(noise=0.3, train=300, **weights)))
    lost, won = Counter(), Counter()
    for one, other in zip(clean, noisy, strict=True):
        true, given = set(bio_spans(kept(one["ner_tags"]))), set(bio_spans(kept(other["ner_tags"])))
        lost.update(tag for _, _, tag in true - given)
        won.update(tag for _, _, tag in given - true)
    assert sum(won.values()) > 20
    if slip == "boundary":
        assert set(won) == {TAGS[3]}
    if slip == "confused":
        assert set(won) == {TAGS[1], TAGS[2]}


def test_noise_zero_gives_one_tag_per_wording():
    """Without noise every capacity that is given in billions has both its tokens tagged."""
    for row in generate(13, Options(noise=0)):
        for start, end, tag in set(bio_spans(row["ner_tags"])):
            if tag == TAGS[3]:
                assert (end - start == 2) == (row["tokens"][start + 1] == "billion")


def test_options_are_checked():
    with pytest.raises(ValidationError):
        Options(noise=1.5)
    with pytest.raises(ValidationError):
        Options(nois=0.1)
    assert all(field.description for field in Options.model_fields.values())
