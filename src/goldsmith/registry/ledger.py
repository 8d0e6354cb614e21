"""The ledger of champions: the params `champion.1`, `champion.2`, ... of one MLflow run.

Another alias than `champion`, such as `accepted`, has entries of its own, under its own name.

MLflow's aliases have no compare-and-set, but a run's param can be written once: of two who write the
next entry, the store refuses the second. So the ledger says who is champion, and the alias follows.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from goldsmith.errors import StoreError, UserError
from goldsmith.registry import anchor, store
from goldsmith.registry.anchor import At, quietly

Kind = Literal["promoted", "approved", "forced", "rolled_back", "adopted"]
BY_A_PERSON: tuple[Kind, ...] = ("approved", "forced", "rolled_back")
CHAMPION = "champion"  # the alias
ACCEPTED = "accepted"  # the alias of results that a version of `kind: evaluation` holds
LONGEST_REASON, LONGEST_NAME = 1000, 200  # characters: MLflow takes 6,000 a param


class Entry(BaseModel):
    """One change of champion.

    Attributes:
        number: its place, from 1.
        version: who is champion from here on.
        kind: how it came to be.
        by: who decided: a person's name, or goldsmith.
        reason: in words.
        verdict: sha256 of the promotion.json that it was decided on; empty if there was none.
        file_sha256: of the file that answers.
        previous: the champion before.
        at: ISO time by the writer's clock: information only, nothing is ordered by it.
        nonce: the writer's own mark; two equal decisions are two values by it.
        removed: versions that `goldsmith gc` removes; the champion is the one before, named again.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    number: int
    version: int
    kind: Kind
    by: str
    reason: str
    verdict: str = ""
    file_sha256: str = ""
    previous: int | None = None
    at: str = ""
    nonce: str = Field(default_factory=lambda: secrets.token_hex(4))
    removed: tuple[int, ...] = ()

    @property
    def file(self) -> str:
        """Where its promotion.json lies among the artifacts of the version's run.

        A file of its own, for the run's `promotion.json` is of the latest decision on the version.
        """
        return f"promotions/{self.number}-{self.nonce}.json"

    @field_validator("reason", "by")
    @classmethod
    def _bounded(cls, value: str, info: ValidationInfo) -> str:
        longest = LONGEST_REASON if info.field_name == "reason" else LONGEST_NAME
        return value if len(value) <= longest else f"{value[: longest - 3]}..."

    def text(self) -> str:
        """As it is written: compact JSON."""
        return self.model_dump_json(exclude={"number"} | (set() if self.removed else {"removed"}))


@dataclass(frozen=True)
class Ledger:
    """All changes of a registered model's champion.

    Attributes:
        model: the registered model's name.
        run_id: the ledger run's; None: none was begun.
        entries: oldest first.
        alias: the version at which the alias stood, read before the entries: so it is never ahead
            of them but by hand.
        name: the alias that follows these entries.
    """

    model: str
    run_id: str | None = None
    entries: tuple[Entry, ...] = ()
    alias: int | None = None
    name: str = CHAMPION

    @property
    def title(self) -> str:
        """What a version is to which the alias is set, in words."""
        return "champion" if self.name == CHAMPION else f"{self.name} version"

    @property
    def head(self) -> Entry | None:
        """The last entry that changed the champion: its version is champion."""
        return next((one for one in reversed(self.entries) if not one.removed), None)

    def of(self, version: int) -> Entry | None:
        """The last entry that made a version champion."""
        made = (one for one in reversed(self.entries) if not one.removed)
        return next((one for one in made if one.version == version), None)

    @property
    def removed(self) -> set[int]:
        """The versions that were removed for good, or are being removed: none is champion again."""
        return {number for one in self.entries for number in one.removed}

    def refuse_removed(self, version: int) -> None:
        """Refuse a version that is being removed, by whoever decides.

        Raises:
            StoreError: it is.
        """
        if version in self.removed:
            raise StoreError(
                f"{self.model} version {version} is being removed by `goldsmith gc`, as the ledger "
                "says: nothing was changed for it; run the use case again, and it is registered anew"
            )

    def rolled_back(self, version: int, file_sha256: str = "") -> Entry | None:
        """The rollback that took a version, or the very file that answers for it, from its place.

        None also where a person made it champion again since.
        """
        versions: dict[int, Entry] = {}
        files: dict[str, Entry] = {}
        for one in self.entries:
            if one.kind == "rolled_back" and one.previous is not None:
                before = self.entries[one.number - 2]
                versions[before.version] = files[before.file_sha256] = one
            if one.kind in BY_A_PERSON:
                versions.pop(one.version, None)
                files.pop(one.file_sha256, None)
        return versions.get(version) or (files.get(file_sha256) if file_sha256 else None)


def read(model: str, name: str = CHAMPION) -> Ledger:
    """The ledger as it is now; an empty one where none was begun.

    Args:
        model: the registered model's name.
        name: the alias whose entries to read.

    Raises:
        StoreError: MLflow cannot be reached or fails, or the ledger is gone for good.
    """
    client = store.client()
    with store.reaching():
        found = anchor.registered(client, model)
        run = anchor.locate(client, found) if found else None
    stands = found.aliases.get(name) if found else None
    alias = int(stands) if stands is not None else None
    if run is None:
        return Ledger(model, alias=alias, name=name)
    entries = _entries(model, run.info.run_id, run.data.params, f"{name}.")
    return Ledger(model, run.info.run_id, entries, alias, name)


def append(book: Ledger, entry: Entry, at: At = quietly) -> bool:
    """Write the next entry after those that were read; False: somebody else was faster.

    Args:
        book: what was read; where no ledger was begun, it is begun.
        entry: the next.
        at: called at the steps of beginning a ledger: begun, anchored.

    Raises:
        StoreError: MLflow cannot be reached or fails; whether the entry was written shows when it is
            read again.
    """
    from mlflow.exceptions import MlflowException

    client = store.client()
    run_id = book.run_id or _begun(book.model, at)
    with store.reaching():
        for last in (False, False, True):
            try:
                client.log_param(run_id, f"{book.name}.{entry.number}", entry.text())
                return True
            except MlflowException:
                there = read(book.model, book.name).entries[entry.number - 1 :]
                if there:
                    return there[0].nonce == entry.nonce
                if last:
                    raise
    raise AssertionError("the last try returns or raises")


def begin_anew(model: str) -> Ledger:
    """Begin a new ledger in place of one that is gone for good.

    Raises:
        UserError: the model has its ledger, or never had one.
        StoreError: MLflow cannot be reached or fails.
    """
    client = store.client()
    with store.reaching():
        found = anchor.registered(client, model)
        lost = anchor.last_lost(client, found) if found else ""
        if found is None or not lost:
            raise UserError(f"{model}: its ledger is not lost; --new-ledger is for one that MLflow has no more")  # fmt: skip
        anchor.begin(client, found, lost)
    return read(model)


def _begun(model: str, at: At) -> str:
    client = store.client()
    with store.reaching():
        found = anchor.registered(client, model)
        if found is None:
            raise StoreError(f"{model}: the registered model is gone: register a version first")
        return anchor.begin(client, found, at=at)


def _entries(model: str, run_id: str, params: dict[str, str], prefix: str) -> tuple[Entry, ...]:
    """The entries without a gap from 1; each says which it is by its place alone."""
    found: list[Entry] = []
    while (text := params.get(f"{prefix}{len(found) + 1}")) is not None:
        number = len(found) + 1
        try:
            found.append(Entry(**{**json.loads(text), "number": number}))
        except (ValueError, TypeError):
            raise StoreError(
                f"{model}: entry {prefix}{number} of its ledger, MLflow's run {run_id}, cannot be read: "
                f"it was written by something else, or by a newer goldsmith: {text[:80]!r}. Use that "
                "one; or delete the run for good (mlflow gc) and begin a new ledger: goldsmith promote "
                "--help, --new-ledger"
            ) from None
    return tuple(found)
