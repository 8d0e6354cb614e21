import json
import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest
from pydantic import ValidationError

from goldsmith.config import UseCase
from goldsmith.records import Question
from goldsmith.sources.generated import GeneratedSource
from goldsmith.sources.generators import policy_questions
from goldsmith.sources.generators._policy_names import STEMS
from goldsmith.sources.generators._policy_writer import Writer
from goldsmith.sources.generators.policy_questions import Options, generate
from tests.faults.running import NoModel, findings
from tests.sources.rows import of

FIELDS = ("privacy", "insurance", "hr")
SPLITS = ("train", "validation", "test")
FEW = {"train": 200, "validation": 60, "test": 120}


@pytest.fixture(scope="module")
def rows():
    return list(generate(13))


@pytest.fixture(scope="module")
def clean():
    return list(generate(13, Options(noise=0)))


def contexts(rows):
    return list(dict.fromkeys(row["context"] for row in rows))


def wordings(field, split):
    """All wordings of a pool, of clauses, questions, fillers and headings."""
    pool = policy_questions._pool(field, split)
    found = [*pool.wordings.fillers, *sum(pool.wordings.headings.values(), ())]
    for topic in pool.wordings.topics.values():
        found += [*topic.clauses, *sum(topic.asks.values(), ())]
    return found


def words(field, split):
    """All words of a pool: keys, as written and as asked for, and values."""
    pool = policy_questions._pool(field, split)
    keys = [key for each in pool.words.keys.values() for key in each]
    return [word for key in keys for word in (*key.written, *key.asked)] + [
        word for slot, each in pool.words.values.items() if slot != "basis" for word in each
    ]


def test_same_seed_gives_the_same_rows(rows):
    assert list(generate(13, Options())) == rows


def test_first_row_is_pinned():
    """The stream is the same on every machine, not only twice on this one."""
    first = next(generate(13))
    assert first["id"] == "gen-13-train-000000"
    assert first["document_id"] == "policy-0001"
    assert first["title"] == "Elmhurst Vale Market: privacy notice"
    assert first["question"] == "What protects me when which tablet I use must go to a third party?"
    assert first["context"].startswith("• Auditors of the accounts department have the right to")
    assert first["answers"] == []


def test_other_seeds_give_other_contexts():
    ours, theirs = (set(contexts(generate(seed, Options(**FEW)))) for seed in (13, 14))
    assert not ours & theirs


def test_sizes_and_ids(rows):
    assert Counter(row["split"] for row in rows) == {"train": 1800, "validation": 300, "test": 800}
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({(row["question"], row["context"]) for row in rows}) == len(rows)


def test_no_document_context_or_company_is_in_two_splits(rows):
    for what in ("document_id", "context", "title"):
        splits = defaultdict(set)
        for row in rows:
            splits[row[what]].add(row["split"])
        assert all(len(each) == 1 for each in splits.values())
    stems = [stem for each in STEMS.values() for stem in each]
    assert len(set(stems)) == len(stems)
    for row in of(rows, "train"):
        assert not any(stem in row["context"] for stem in STEMS["test"] + STEMS["validation"])


def test_answers_are_exact_slices(rows):
    for row in rows:
        assert row["is_impossible"] == (row["answers"] == [])
        for answer in row["answers"]:
            start, text = answer["answer_start"], answer["text"]
            assert row["context"][start : start + len(text)] == text
            assert 2 <= len(text.split()) <= 40


def test_nothing_of_the_notation_is_left(rows):
    for row in rows:
        texts = (row["title"], row["context"], row["question"])
        assert not any(re.search(r"[{}<>|~=]|  ", text) for text in texts)


def test_an_answer_stands_once_in_its_context(clean):
    for row in clean:
        assert all(row["context"].count(answer["text"]) == 1 for answer in row["answers"])


def test_accepted_answers_lie_in_each_other(clean):
    counts = Counter(len(row["answers"]) for row in clean)
    assert counts[2] > 300 and counts[3] > 12 and set(counts) == {0, 1, 2, 3}
    for row in clean:
        texts = [answer["text"] for answer in row["answers"]]
        assert all(short in long for long, short in pairwise(texts))


@pytest.mark.parametrize("split", SPLITS)
def test_lengths_of_contexts(rows, split):
    lengths = [len(context.split()) for context in contexts(of(rows, split))]
    assert all(80 <= length <= 300 or 500 <= length <= 900 for length in lengths)
    assert any(length >= 500 for length in lengths)
    assert 150 <= sorted(lengths)[len(lengths) // 2] <= 230


def test_shortest_longest_and_long_are_obeyed():
    short = contexts(generate(13, Options(**FEW, longest=120, long=0)))
    assert all(80 <= len(context.split()) <= 120 for context in short)
    shorter = contexts(generate(13, Options(**FEW, shortest=30, longest=70, long=0)))
    assert all(30 <= len(context.split()) <= 70 for context in shorter)
    with pytest.raises(
        ValidationError, match="longest: 90 is less than 40 words over shortest, 80"
    ):
        Options(longest=90)
    long = contexts(generate(13, Options(train=60, validation=60, test=60, long=1)))
    assert all(500 <= len(context.split()) <= 900 for context in long)


@pytest.mark.parametrize("share", [0.0, 0.25, 0.6])
def test_share_of_impossible_questions(share):
    found = list(generate(14, Options(train=900, validation=0, test=0, impossible=share, noise=0)))
    assert sum(row["is_impossible"] for row in found) / 900 == pytest.approx(share, abs=0.05)


def test_answers_are_at_the_edges_too(clean):
    starts = [row for row in clean if any(a["answer_start"] == 0 for a in row["answers"])]
    ends = [row for row in clean if any(row["context"].endswith(a["text"]) for a in row["answers"])]
    assert len(starts) > 5 and len(ends) > 10


def test_contexts_have_lists_numbers_and_unicode_quotes(rows):
    texts = contexts(rows)
    for pattern in (r"\n\d+\.2 ", r"\n\(b\) ", r"\n• ", "“.*”", "’", '"', "£", "€"):
        assert sum(bool(re.search(pattern, text)) for text in texts) > 20


def test_several_questions_a_context_and_answers_of_the_same_form(rows):
    counts = Counter(row["context"] for row in rows)
    assert 3 <= len(rows) / len(counts) <= 6


@pytest.mark.parametrize("field", FIELDS)
def test_held_out_wordings_and_words_are_not_in_training(field):
    for pool in (wordings, words):
        train, validation, test = (set(pool(field, split)) for split in SPLITS)
        assert not (train & validation or train & test or validation & test)


@pytest.mark.parametrize("field", FIELDS)
def test_every_topic_is_in_every_pool_with_the_same_answers(field):
    train, *others = (policy_questions._pool(field, split) for split in SPLITS)
    for pool in others:
        assert set(pool.words.values) == set(train.words.values)
        assert {n: set(t.asks) for n, t in pool.wordings.topics.items()} == {
            n: set(t.asks) for n, t in train.wordings.topics.items()
        }


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("split", SPLITS)
def test_every_answer_of_a_topic_is_marked_in_some_clause_and_no_other(field, split):
    for topic in policy_questions._pool(field, split).wordings.topics.values():
        marked = {name for clause in topic.clauses for name in re.findall(r"<(\w+)\|", clause)}
        assert marked == set(topic.asks)
        assert all("{key}" in wording for wordings in topic.asks.values() for wording in wordings)
        assert all("{key}" in clause for clause in topic.clauses)


@pytest.mark.parametrize("unseen", [0.0, 0.5, 1.0])
def test_share_of_unseen_contexts(unseen):
    """A context is unseen if it has values of the test pool and none of training."""
    test = contexts(of(generate(13, Options(train=1, validation=0, unseen=unseen)), "test"))
    old, new = (
        {word for field in FIELDS for word in words(field, split) if len(word) > 20}
        for split in ("train", "test")
    )
    old_hits = sum(any(word in text for word in old) for text in test)
    new_hits = sum(any(word in text for word in new) for text in test)
    assert new_hits / (new_hits + old_hits) == pytest.approx(unseen, abs=0.12)


def test_noise_changes_answers_only_and_about_as_many_as_asked():
    sizes = {"train": 900, "validation": 0, "test": 0}
    right = list(generate(13, Options(**sizes, noise=0)))
    noisy = list(generate(13, Options(**sizes, noise=0.2)))
    for one, other in zip(right, noisy, strict=True):
        assert {**one, "answers": 0, "is_impossible": 0} == {
            **other,
            "answers": 0,
            "is_impossible": 0,
        }
    wrong = sum(a["answers"] != b["answers"] for a, b in zip(right, noisy, strict=True))
    assert wrong / 900 == pytest.approx(0.2, abs=0.04)


def test_every_split_is_noisy(rows, clean):
    for split in SPLITS:
        assert 0.02 < _changed(of(rows, split), of(clean, split)) < 0.08


def _changed(ours, theirs):
    pairs = zip(ours, theirs, strict=True)
    return sum(one["answers"] != other["answers"] for one, other in pairs) / len(ours)


@pytest.mark.parametrize("slip", ["missed", "neighbour", "boundary"])
def test_each_slip_can_be_had_alone(slip):
    weights = {"missed": 1e-9, "neighbour": 0, "boundary": 0, slip: 1}
    sizes = {"train": 600, "validation": 0, "test": 0, "impossible": 0}
    right = generate(13, Options(**sizes, noise=0))
    noisy = generate(13, Options(**sizes, noise=0.3, **weights))
    kinds = Counter(
        _slip_of(one["answers"][0], other["answers"])
        for one, other in zip(right, noisy, strict=True)
        if one["answers"] != other["answers"]
    )
    assert kinds.most_common(1)[0][0] == slip
    assert kinds[slip] > 0.95 * sum(kinds.values()) > 100


def _slip_of(right, given):
    if not given:
        return "missed"
    text, start = given[0]["text"], given[0]["answer_start"]
    right_end = right["answer_start"] + len(right["text"])
    overlap = start < right_end and right["answer_start"] < start + len(text)
    return "boundary" if overlap else "neighbour"


def test_a_company_that_is_not_we_has_its_verbs_agree():
    pool = policy_questions._pool("privacy", "train")
    text = "{we} keep~, {we} pass~ and {we} have~ what is {our} own."
    style = policy_questions._style("privacy", "train", policy_questions.Random(1))
    writer = Writer(pool, policy_questions.Random(1))
    spelt = writer._spelt("", None, text, style._replace(subject="the Company"), set())
    assert spelt.text == (
        "The Company keeps, the Company passes and the Company has what is the Company’s own."
    ).replace("’", "'" if style.straight else "’")


def test_options_are_checked():
    with pytest.raises(ValidationError):
        Options(noise=1.5)
    with pytest.raises(ValidationError, match="noise"):
        GeneratedSource(kind="generated", generator="policy_questions", options={"nois": 0.1})
    assert all(field.description for field in Options.model_fields.values())


def test_goldens_pass_the_contract(tmp_path):
    options = {"train": 600, "validation": 150, "test": 250}
    source = GeneratedSource(kind="generated", generator="policy_questions", options=options)
    assert source.reader.record is Question
    raw = tmp_path / "raw"
    raw.mkdir()
    assert source.generate(raw) == 1000
    first = json.loads((raw / "train.jsonl").read_text(encoding="utf-8").split("\n")[0])
    assert "split" not in first
    config = UseCase.model_validate(
        {
            "name": "policies",
            "profile": "demo",
            "title": "Policies",
            "source": source,
            "model": NoModel(),
        }
    )
    assert findings(config, raw) == []
