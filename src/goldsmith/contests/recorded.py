"""Answers that were recorded in a file, by whatever system, as a predictor."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from goldsmith.contests.notes import Note, Tally
from goldsmith.curation.fixed import PREFIX
from goldsmith.errors import DataError, listed, near
from goldsmith.families.base import Family
from goldsmith.readers.lines import json_lines

MISSING = "records without an answer (counted as empty)"
EXTRA = "answers to no record of the set (passed over)"
DOUBLED = "ids that stand twice (the first answer counts)"
FAILED = "lines with an error in place of an answer (counted as empty)"


class Recorded:
    """A file of prediction lines, as docs/formats.md has them."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            DataError: no such file, no JSON lines, or a line without an id or an answer; with its
                number.
        """
        if not path.is_file():
            raise DataError(f"{path}: no such file: --predictions takes a file of prediction lines")
        self.path = path
        self.models: list[str] = []
        self._answers: dict[str, Any] = {}
        self._tally = Tally()
        for number, line in json_lines(path, str(path)):
            self._keep(f"{path}:{number}", line)
        if not self._answers:
            raise DataError(f"{path}: no prediction line: the file is empty")

    def _keep(self, place: str, line: Mapping[str, Any]) -> None:
        name = line.get("id")
        if isinstance(name, bool) or not isinstance(name, str | int):
            raise DataError(f"{place}: a prediction line needs an `id`, that of its record")
        if "prediction" not in line and "error" not in line:
            keys = near("prediction", line) if line else "it is empty"
            raise DataError(
                f"{place}: neither `prediction` nor `error` in the line of id {name!r}; {keys}"
            )
        if str(name) in self._answers:
            self._tally.add(DOUBLED, str(name))
            return
        if "prediction" not in line:
            self._tally.add(FAILED, f"{name}: {str(line['error'])[:60]}")
        self._answers[str(name)] = line.get("prediction")
        if (shown := _model(line.get("model"))) and shown not in self.models:
            self.models.append(shown)

    def on(
        self,
        family: Family,
        records: Sequence[Any],
        labels: Sequence[str],
        left_out: Collection[str] = (),
    ) -> "RecordedPredictor":
        """The file as a predictor for a set of records.

        Args:
            family: reads the answers.
            records: what is to be answered.
            labels: as in `Prepared.labels`.
            left_out: ids of records of the set that are not asked for.

        Raises:
            DataError: none of its ids is one of theirs.
        """
        known = {name for record in records for name in _names(record.id)}
        if not self._answers.keys() & known:
            ours, theirs = next(iter(self._answers)), _names(records[0].id)[-1]
            raise DataError(
                f"{self.path}: none of its {len(self._answers):,} ids is one of the {len(records):,} "
                f"records': its ids are such as {ours!r}, the records' such as {theirs!r}"
            )
        known |= {name for one in left_out for name in _names(one)}
        tally = Tally(dict(self._tally.counts), {k: [*v] for k, v in self._tally.found.items()})
        for name in self._answers:
            if name not in known:
                tally.add(EXTRA, name)
        return RecordedPredictor(family, self._answers, list(labels), tally)


class RecordedPredictor:
    """Answers by record id; a record without one gets the empty answer."""

    def __init__(
        self, family: Family, answers: Mapping[str, Any], labels: list[str], tally: Tally
    ) -> None:
        self._family, self._answers, self._labels, self._tally = family, answers, labels, tally

    def predict(self, records: Sequence[Any], batch_size: int = 32) -> list[Any]:
        """A prediction a record, in order; what is wrong with an answer is noted."""
        return [self._predict(record) for record in records]

    def _predict(self, record: Any) -> Any:
        names = [name for name in _names(record.id) if name in self._answers]
        if not names:
            self._tally.add(MISSING, _names(record.id)[-1])
        answer = self._answers[names[0]] if names else None
        found = self._family.recorded(record, answer, self._labels)
        for kind, what in found.faults:
            self._tally.add(kind, what)
        return found.prediction

    def answer(self, inputs: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The recorded answers to input lines, by their `id`.

        Raises:
            DataError: a line whose id has no answer.
        """
        missing = [line.get("id") for line in inputs if str(line.get("id")) not in self._answers]
        if missing:
            raise DataError(f"no recorded answer to {listed(missing)}")
        return [self._answers[str(line["id"])] for line in inputs]

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was to be noted so far."""
        return self._tally.notes()


def _names(name: str) -> list[str]:
    """The ids by which a record may be answered: its own, and without the fixed test set's mark."""
    return list(dict.fromkeys((name, name.removeprefix(PREFIX))))


def _model(value: Any) -> str:
    """Who answered, as a line says it."""
    if not isinstance(value, Mapping):
        return ""
    version = f" version {value['version']}" if "version" in value else ""
    return f"{str(value.get('name', ''))[:60]}{version}".strip()
