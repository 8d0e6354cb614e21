import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest
from pydantic import ValidationError

from goldsmith.config import UseCase
from goldsmith.sources.generated import GeneratedSource
from goldsmith.sources.generators._email_lexicon import DANISH, ENGLISH
from goldsmith.sources.generators.email_routing import POOLS, SHARES, Options, generate
from tests.faults.running import NoModel, findings
from tests.sources.rows import of

SLOTS = re.compile(r"\{(\w+)\}")
QUOTED = re.compile(r"^(>|Fra: Fjordlys|From: Fjordlys)", re.MULTILINE)


@pytest.fixture(scope="module")
def rows():
    return list(generate(13))


def wordings_of(pool):
    """All wordings of a pool, whatever they are for."""
    fields = [field for topic in pool.topics.values() for field in topic]
    return Counter(wording for field in (*fields, *pool.phrases) for wording in field)


def test_same_seed_gives_the_same_rows(rows):
    assert list(generate(13)) == rows
    assert list(generate(13, Options())) == rows


def test_other_seeds_give_other_mails(rows):
    theirs = {row["text"] for row in generate(14)}
    ours = {row["text"] for row in rows}
    assert len(ours & theirs) < 0.01 * len(ours)


def test_first_row_is_pinned():
    """The stream is the same on every machine, not only twice on this one."""
    assert next(generate(13)) == {
        "id": "gen-13-train-000000",
        "document_id": "thread-00001",
        "text": (
            "Subject: Customer no. 848122\n\nGood afternoon,\n"
            "Wheer do I send a complaint about your customer service, who hung up on me?\n"
            "Thanks in advance\nHugh Garland"
        ),
        "label": "complaint",
        "split": "train",
    }


def test_sizes_and_ids(rows):
    assert Counter(row["split"] for row in rows) == {"train": 2000, "validation": 300, "test": 800}
    assert len({row["id"] for row in rows}) == len(rows)


def test_a_thread_has_one_to_four_mails_and_lies_in_one_split(rows):
    splits = defaultdict(set)
    for row in rows:
        splits[row["document_id"]].add(row["split"])
    assert all(len(each) == 1 for each in splits.values())
    assert set(Counter(row["document_id"] for row in rows).values()) == {1, 2, 3, 4}


def test_no_text_comes_twice(rows):
    assert len({" ".join(row["text"].casefold().split()) for row in rows}) == len(rows)


@pytest.mark.parametrize("seed", [13, 14])
def test_shares_of_the_departments(seed):
    mails = list(generate(seed, Options(noise=0)))
    counts = Counter(row["label"] for row in mails)
    assert set(counts) == set(SHARES)
    assert max(counts.values()) / min(counts.values()) == pytest.approx(3, abs=0.4)
    for label, share in SHARES.items():
        assert counts[label] / len(mails) == pytest.approx(share / 100, abs=0.015)


def test_half_of_the_mails_are_danish(rows):
    danish = sum(
        bool(re.search(r"\b(jeg|vi|ikke|det|kan i|skaden)\b", row["text"], re.I)) for row in rows
    )
    assert danish / len(rows) == pytest.approx(0.5, abs=0.06)
    assert not any(
        re.search(r"\b(jeg|ikke)\b", row["text"], re.I) for row in generate(13, Options(danish=0))
    )


def test_lengths_have_a_long_tail(rows):
    words = sorted(len(row["text"].split()) for row in rows)
    assert words[len(words) // 20] < 20
    assert words[len(words) * 9 // 10] < 260
    assert sum(length >= 600 for length in words) / len(words) == pytest.approx(0.02, abs=0.008)
    assert words[-1] < 2000


def test_wordings_are_of_one_pool_and_one_language():
    of_pools = [wordings_of(pool) for pools in POOLS.values() for pool in pools.values()]
    everywhere = Counter(wording for wordings in of_pools for wording in wordings)
    shared = {wording for wording, count in everywhere.items() if count > 1}
    assert shared <= {"{supply}", "{customer_no}", "PS."}


def test_every_slot_of_every_wording_can_be_filled(rows):
    assert not any(re.search(r"[{}\[\]|]", row["text"]) for row in rows)
    unseen = generate(13, Options(train=1, validation=1500, test=1500, unseen=1))
    assert not any(re.search(r"[{}\[\]|]", row["text"]) for row in unseen)


def test_pools_have_the_same_slots_and_no_customer_in_common():
    for language in (DANISH, ENGLISH):
        words = [POOLS[split][language].lexicon for split in POOLS]
        assert len({frozenset(each.words) for each in words}) == 1
        for field in ("last_names", "streets"):
            found = [name for each in words for name in getattr(each, field)]
            assert len(found) == len(set(found))
        for slot in ("insurance", "supply", "invoice", "site", "damage", "item", "error"):
            found = [word for each in words for word in each.words[slot]]
            assert len(found) == len(set(found)), slot


def test_training_has_nobody_and_nothing_of_the_held_out_pools(rows):
    ours = " ".join(row["text"] for row in of(rows, "train")).lower()
    for split in ("validation", "test"):
        for pool in POOLS[split].values():
            words = pool.lexicon.words
            for word in (*pool.lexicon.last_names, *words["supply"], *words["insurance"]):
                assert f" {word.lower()}" not in ours, word


@pytest.mark.parametrize("unseen", [0.0, 0.5, 1.0])
def test_share_of_unseen_threads(unseen):
    """A thread is unseen if what it speaks of has the held-out pool's names."""
    test = of(generate(13, Options(train=1, validation=0, unseen=unseen)), "test")

    def hits(split):
        words = [word for p in POOLS[split].values() for word in p.lexicon.words["insurance"]]
        found = re.compile(rf"\b({'|'.join(words)})", re.IGNORECASE)
        return sum(bool(found.search(row["text"])) for row in test)

    new, old = hits("test"), hits("train")
    assert new / (new + old) == pytest.approx(unseen, abs=0.1)


def test_noise_changes_labels_only_and_about_as_many_as_asked():
    clean = list(generate(13, Options(noise=0)))
    noisy = list(generate(13, Options(noise=0.2)))
    assert [row["text"] for row in clean] == [row["text"] for row in noisy]
    wrong = sum(one["label"] != other["label"] for one, other in zip(clean, noisy, strict=True))
    assert wrong / len(clean) == pytest.approx(0.2, abs=0.03)


def test_every_split_is_noisy(rows):
    clean = {row["id"]: row["label"] for row in generate(13, Options(noise=0))}
    for split in ("train", "validation", "test"):
        assert any(row["label"] != clean[row["id"]] for row in of(rows, split))


def test_quotes_stand_in_as_many_mails_as_asked(rows):
    assert sum(bool(QUOTED.search(row["text"])) for row in rows) / len(rows) == pytest.approx(
        0.25, abs=0.04
    )
    none = generate(13, Options(quoted=0, long=0, train=300))
    assert not any(QUOTED.search(row["text"]) for row in none)


def test_a_later_mail_quotes_what_the_thread_had_before():
    options = Options(train=200, quoted=1, forwarded=0, short=0, typos=0, validation=0, test=0)
    threads = defaultdict(list)
    for row in generate(13, options):
        threads[row["document_id"]].append(row["text"])

    def words(text):
        return " ".join(text.replace(">", " ").split())

    found = total = 0
    for mails in threads.values():
        for before, after in pairwise(mails):
            new = re.split(r"\n\n(?:Den |On |Fra:|From:|---|___)", before)[0]
            total += 1
            found += words(re.sub(r"^(Emne|Subject):.*", "", new)) in words(after)
    assert total > 50
    assert found > 0.5 * total


PLAIN = {"typos": 0, "quoted": 0, "forwarded": 0, "long": 0, "validation": 0, "test": 0}
CLOSINGS = re.compile(
    r"^(mvh\.?|med venlig hilsen|venlig hilsen|vh|hilsen|på forhånd tak|tak for hjælpen|hav en god dag"
    r"|regards|kind regards|best|best wishes|yours sincerely|rgds|thanks in advance"
    r"|thank you for your help|have a nice day)[,.!]?$",
    re.MULTILINE | re.IGNORECASE,
)


def test_mails_speak_of_other_departments_business_as_often_as_asked():
    def words(background):
        some = generate(13, Options(train=300, short=0, background=background, **PLAIN))
        return sum(len(row["text"].split()) for row in some) / 300

    assert words(0.5) > words(0) + 4
    assert words(1) > words(0.5) + 4


def test_most_mails_end_with_a_signature_and_few_bare_requests_do():
    def signed(short):
        some = list(generate(13, Options(train=300, short=short, **PLAIN)))
        return sum(bool(CLOSINGS.search(row["text"])) for row in some) / len(some)

    assert 0.75 < signed(0) < 0.97
    assert signed(1) < 0.3


def test_typing_errors_can_be_left_out():
    def odd_words(typos):
        some = generate(14, Options(typos=typos, train=300, validation=0, test=0))
        return sum(bool(set(words(row["text"])) - known) for row in some)

    def words(text):
        return re.findall(r"[^\W\d]+", text.lower())

    careful = generate(13, Options(typos=0, validation=0, test=0))
    known = {word for row in careful for word in words(row["text"])}
    assert odd_words(0) < 60
    assert odd_words(1) > 180


def test_the_data_contract_finds_nothing(tmp_path):
    source = GeneratedSource(kind="generated", generator="email_routing")
    config = UseCase(name="emails", profile="demo", title="Emails", source=source, model=NoModel())
    source.generate(tmp_path)
    assert findings(config, tmp_path) == []


def test_options_are_checked():
    with pytest.raises(ValidationError):
        Options(noise=1.5)
    with pytest.raises(ValidationError, match="together"):
        Options(quoted=0.8, short=0.3)
    with pytest.raises(ValidationError, match=r"options\.quotes.*quoted"):
        GeneratedSource(kind="generated", generator="email_routing", options={"quotes": 0.1})
    assert all(field.description for field in Options.model_fields.values())
