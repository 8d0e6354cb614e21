"""Faults of questions and answers."""

from random import Random

from tests.faults.clean import policies
from tests.faults.goldens import Row
from tests.faults.injectors.base import Fault, copied, each


def _is_answered(row: Row) -> bool:
    return bool(row["answers"]) and row["id"] != "q-again"


def _ends_in_a_word(row: Row) -> bool:
    """Whether the last three signs of an answer are letters, so that a cut parts two of them."""
    return _is_answered(row) and row["answers"][0]["text"][-3:].isalpha()


def _shifted(row: Row, draw: Random) -> None:
    for answer in row["answers"]:
        answer["answer_start"] += 2


def _in_bytes(row: Row, draw: Random) -> None:
    for answer in row["answers"]:
        answer["answer_start"] = len(row["context"][: answer["answer_start"]].encode())


def _counts_otherwise(row: Row) -> bool:
    return _is_answered(row) and any(
        not row["context"][: answer["answer_start"]].isascii() for answer in row["answers"]
    )


def _past_the_end(row: Row, draw: Random) -> None:
    row["answers"][0]["answer_start"] = draw.choice((len(row["context"]) + 5, -1))


def _swapped(row: Row, draw: Random) -> None:
    row["question"], row["context"] = row["context"], row["question"]


def _trimmed(row: Row, draw: Random) -> None:
    row["answers"][0]["text"] = row["answers"][0]["text"][:-2]


def _trimmed_before(row: Row, draw: Random) -> None:
    row["answers"][0]["text"] = row["answers"][0]["text"][1:]


def _empty_answer(row: Row, draw: Random) -> None:
    row["answers"] = [{"text": "", "answer_start": row["answers"][0]["answer_start"]}]


def _no_answer(row: Row, draw: Random) -> None:
    row["answers"] = []


def _impossible(row: Row, draw: Random) -> None:
    row["is_impossible"] = True


def _no_question(row: Row, draw: Random) -> None:
    row["question"] = draw.choice(("", " "))


def _cleaned_context(row: Row, draw: Random) -> None:
    row["context"] = f"{row['title']}: " + row["context"]


FAULTS = (
    Fault("shifted offsets (answers)", policies, "answers two characters off", "answer_offsets",
          "error", rows=each(_shifted, where=_is_answered)),
    Fault("offsets in bytes", policies, "answers counted in bytes of UTF-8, wrong behind an accent",
          "answer_offsets", "error", rows=each(_in_bytes, where=_counts_otherwise)),
    Fault("offsets past the end", policies, "answers that begin behind their context, or at -1",
          "answer_offsets", "error", rows=each(_past_the_end, where=_is_answered)),
    Fault("context edited afterwards", policies, "the title put before the context, offsets as before",
          "answer_offsets", "error", rows=each(_cleaned_context, where=_is_answered)),
    Fault("question and context swapped", policies, "the two columns change places",
          "answer_offsets", "error", rows=each(_swapped, where=_is_answered)),
    Fault("answers trimmed at the end", policies, "two characters cut off, in the middle of a word",
          "answer_cuts_word", "warning", rows=each(_trimmed, where=_ends_in_a_word)),
    Fault("answers trimmed at the start", policies, "the first character cut off, the offset kept",
          "answer_offsets", "error", rows=each(_trimmed_before, where=_is_answered)),
    Fault("answers empty", policies, "an answer of no characters", "empty_answer", "error",
          rows=each(_empty_answer, where=_is_answered)),
    Fault("answers lost", policies, "no answer, and not marked as impossible",
          "no_answer_consistent", "error", rows=each(_no_answer, where=_is_answered)),
    Fault("no-answer with answers", policies, "marked as impossible, with answers",
          "no_answer_consistent", "error", rows=each(_impossible, where=_is_answered)),
    Fault("questions empty", policies, "no question", "empty_question", "error",
          rows=each(_no_question)),
    Fault("duplicated split (questions)", policies, "questions of test again in train",
          "duplicates", "warning", rows=lambda goldens, draw: copied(goldens, draw, 12)),
)  # fmt: skip
