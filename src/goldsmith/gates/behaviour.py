"""Behavioural cases, asked of whatever answers: each holds or does not, and says why.

Where a family ranks alternatives, its answer is the first of them; a direction is looked for in all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from goldsmith.config.behaviour import (
    AnyCase,
    DirectionCase,
    InvarianceCase,
    MinimumCase,
    value_or_values,
)
from goldsmith.errors import DataError, listed
from goldsmith.families.base import Family
from goldsmith.gates.verdict import Gate, Value, recorded

Answer = list[dict[str, Any]]
Ask = Callable[[Sequence[Mapping[str, Any]]], list[Answer]]
KINDS = {
    "minimum": "minimum functionality",
    "invariance": "invariance",
    "direction": "direction",
}
SHOWN = 3  # failing cases in a gate's reason
WIDTH = 160  # characters of one input or answer in a reason


class CaseResult(Value):
    """What became of one case; `reason` says what was found, `input` is what was asked."""

    name: str
    kind: str
    passed: bool
    reason: str
    input: str


def examine(cases: Iterable[AnyCase], ask: Ask, family: Family) -> list[CaseResult]:
    """Ask every input of every case and look at the answers.

    Args:
        cases: of the use case.
        ask: answers input lines, as `Predictor.answer` does.
        family: says what of an answer counts, and how its values are compared.

    Raises:
        DataError: an input that the family cannot read; names the case.
    """
    found = []
    for case in cases:
        try:
            answers = ask(case.inputs())
        except DataError as error:
            raise DataError(f"gates.behaviour: {case.name!r}: input {error}") from None
        fault = _fault(case, answers, family)
        found.append(
            CaseResult(
                name=case.name,
                kind=case.kind,
                passed=not fault,
                reason=fault or f"as it must: {_shown(_decided(answers[0], family))}",
                input=_cut(" | ".join(_line(one) for one in case.inputs())),
            )
        )
    return found


def behaviour_gates(results: Sequence[CaseResult], variant: str) -> list[Gate]:
    """One gate for each kind of cases that there are: all of them must hold."""
    gates = []
    for kind, words in KINDS.items():
        cases = [one for one in results if one.kind == kind]
        if cases:
            gates.append(_gate(kind, words, cases, variant))
    return gates


def _gate(kind: str, words: str, cases: Sequence[CaseResult], variant: str) -> Gate:
    failed = [one for one in cases if not one.passed]
    held = len(cases) - len(failed)
    reason = f"{held} of {len(cases)} cases of {words} hold"
    if failed:
        named = [f"{one.name!r} ({one.reason})" for one in failed]
        reason += f"; not: {listed(named, SHOWN)}"
    return Gate(
        name=f"behaviour.{kind}", variant=variant, value=recorded(held / len(cases)), op=">=",
        threshold=1.0, passed=not failed, reason=reason,
    )  # fmt: skip


def _fault(case: AnyCase, answers: Sequence[Answer], family: Family) -> str:
    """What is wrong with the answers to a case; empty if nothing is."""
    if isinstance(case, DirectionCase):
        return _direction(case, answers, family)
    decided = [_decided(answer, family) for answer in answers]
    if isinstance(case, MinimumCase):
        return _minimum(case, decided[0], family)
    return _invariance(case, decided, family)


def _decided(answer: Answer, family: Family) -> Answer:
    """The items that were said, without the alternatives to them."""
    return answer[:1] if family.ranked else answer


def _minimum(case: MinimumCase, answer: Answer, family: Family) -> str:
    left = list(answer)
    for wanted in case.expect:
        match = next((item for item in left if _matches(item, wanted, family)), None)
        if match is None:
            return f"expected {_shown([wanted])}, found {_shown(answer)}"
        left.remove(match)
    beside = [item for item in left if not _says_nothing(item)]
    return f"found beside it {_shown(beside)}" if case.exact and beside else ""


def _matches(item: Mapping[str, Any], wanted: Mapping[str, Any], family: Family) -> bool:
    return all(
        key in item
        and family.comparable(key, item[key])
        in [family.comparable(key, one) for one in value_or_values(value)]
        for key, value in wanted.items()
    )


def _says_nothing(item: Mapping[str, Any]) -> bool:
    """Whether an item is the answer that there is none."""
    return "label" not in item and item.get("text") == ""


def _invariance(case: InvarianceCase, answers: Sequence[Answer], family: Family) -> str:
    first, rest = answers[0], list(zip(case.inputs()[1:], answers[1:], strict=True))
    for place, (line, answer) in enumerate(rest):
        # Only the first changed input is the one that `replace` made.
        wanted = _replaced(case, first) if case.replace and place == 0 else first
        if _kept(wanted, case.keep, family) != _kept(answer, case.keep, family):
            return f"{_line(line)!r} changes {_shown(wanted)} to {_shown(answer)}"
    return ""


def _replaced(case: InvarianceCase, answer: Answer) -> Answer:
    """The answer that `replace` asks for: other texts, the same labels."""
    return [
        {key: value if key == "label" else case.replaced(value) for key, value in item.items()}
        for item in answer
    ]


def _kept(
    answer: Answer, keys: Sequence[str], family: Family
) -> Counter[tuple[tuple[str, str], ...]]:
    return Counter(
        tuple((key, repr(family.comparable(key, item[key]))) for key in keys if key in item)
        for item in answer
    )


def _direction(case: DirectionCase, answers: Sequence[Answer], family: Family) -> str:
    kind = case.figure or ("score" if family.ranked else "count")
    before, after = (_figure(case.label, kind, answer) for answer in answers)
    if after > before if case.direction == "rises" else after < before:
        return ""
    verb = {"rises": "rise", "falls": "fall"}[case.direction]
    return f"{kind} of {case.label} goes from {before:.4g} to {after:.4g}, must {verb}"


def _figure(label: str, kind: str, answer: Answer) -> float:
    items = [item for item in answer if item.get("label") == label]
    if kind == "count":
        return float(len(items))
    return max((float(item.get("score", 0.0)) for item in items), default=0.0)


def _shown(answer: Answer) -> str:
    if all(_says_nothing(item) for item in answer):
        return "nothing"
    return _cut(", ".join(" ".join(_words(item)) for item in answer))


def _words(item: Mapping[str, Any]) -> list[str]:
    """What a person needs to know of an item, or all of it."""
    keys = [key for key in ("label", "text") if key in item] or list(item)
    words = [" or ".join(map(str, value_or_values(item[key]))) or "nothing" for key in keys]
    if "abstain" in item and "abstain" not in keys:
        words += ["(to a person)"] if item["abstain"] else []
    return words


def _line(line: Mapping[str, Any]) -> str:
    return _cut(" / ".join(_plain(value) for value in line.values()))


def _plain(value: Any) -> str:
    """A value of an input line for people: words with a blank between them, documents one by one."""
    if not isinstance(value, list):
        return str(value) or '""'
    if any(isinstance(one, Mapping) for one in value):
        texts = (one.values() if isinstance(one, Mapping) else [one] for one in value)
        return "; ".join(", ".join(map(str, found)) for found in texts)
    return " ".join(map(str, value))


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
