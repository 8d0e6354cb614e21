"""Tag schemes, told apart and made BIO."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.readers.schemes import converter, detect

BIO = ("B-A", "I-A", "I-A", "B-A", "O", "B-B", "B-A", "I-A", "O")
IOB1 = ("I-A", "I-A", "I-A", "B-A", "O", "I-B", "I-A", "I-A", "O")
BILOU = ("B-A", "I-A", "L-A", "U-A", "O", "U-B", "B-A", "L-A", "O")
IOBES = ("B-A", "I-A", "E-A", "S-A", "O", "S-B", "B-A", "E-A", "O")


@pytest.mark.parametrize(
    ("tags", "scheme"), [(BIO, "bio"), (IOB1, "iob1"), (BILOU, "bilou"), (IOBES, "bilou")]
)
def test_detected_and_made_bio(tags: tuple[str, ...], scheme: str) -> None:
    assert detect([("O",), tags]) == scheme
    assert converter(detect([tags]))(tags) == BIO


@pytest.mark.parametrize(
    ("tags", "scheme"),
    [
        (("O", "O"), "bio"),
        (("B-A", "I-B"), "bio"),  # as many as begin with B-: a stray I-, for validation to find
        (("B-A", "I-B", "O", "I-A"), "iob1"),
        (("A", "X-A", ""), "bio"),
    ],
)
def test_what_is_doubtful(tags: tuple[str, ...], scheme: str) -> None:
    assert detect([tags]) == scheme
    assert converter("bio")(tags) == tags


def test_unknown_prefixes_are_left() -> None:
    tags = ("X-A", "A", "O", "", "I-")
    assert converter("bilou")(tags) == tags
    assert converter("iob1")(tags) == ("X-A", "A", "O", "", "B-")


spans = st.lists(st.tuples(st.sampled_from(["A", "B", ""]), st.integers(1, 4)), max_size=8)


@given(spans)
def test_every_division_survives(parts: list[tuple[str, int]]) -> None:
    """Entities of A and B, runs of O between them, written in two schemes, come out the same."""
    bio: list[str] = []
    iob1: list[str] = []
    bilou: list[str] = []
    last = ""
    for label, size in parts:
        if not label:
            for tags in (bio, iob1, bilou):
                tags += ["O"] * size
        else:
            bio += [f"B-{label}"] + [f"I-{label}"] * (size - 1)
            iob1 += [f"{'B' if last == label else 'I'}-{label}"] + [f"I-{label}"] * (size - 1)
            whole = [f"B-{label}", *[f"I-{label}"] * (size - 2), f"L-{label}"]
            bilou += whole if size > 1 else [f"U-{label}"]
        last = label
    assert converter("iob1")(tuple(iob1)) == converter("bilou")(tuple(bilou)) == tuple(bio)
