"""Versions of made-up quality, as races have them, with a small bundle where one is asked for."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldsmith.artifacts import file_hashes, file_sha256
from goldsmith.families.base import write_family
from goldsmith.families.token_classification import TokenClassification
from goldsmith.gates import Comparison, VariantHash, Verdict, as_json
from goldsmith.registry import ledger, promotion, store, versions
from goldsmith.registry.promotion import Promotion
from goldsmith.registry.versions import Version
from tests.races import contestants


@dataclass
class Model:
    """A registered model."""

    name: str

    def add(self, quality: int, bundle: str = "", **tags: str) -> Version:
        """One more version; `bundle` is what its file holds, or none."""
        client = store.client()
        run = client.create_run(store.experiment_id(client, self.name)).info
        made = client.create_model_version(
            self.name, f"{run.artifact_uri}/model", run.run_id,
            {contestants.QUALITY_TAG: str(quality), "content": bundle, **tags},
        )  # fmt: skip
        if bundle:
            with tempfile.TemporaryDirectory() as scratch:
                write_bundle(Path(scratch), bundle, passed="refused" not in bundle)
                client.log_artifacts(run.run_id, scratch, "model/artifacts/bundle")
        return self.get(int(made.version))

    def get(self, number: int) -> Version:
        found = versions.get(self.name, number)
        assert found is not None
        return found

    def promote(self, version: Version, **options: Any) -> Promotion:
        """As a run does; the version is read anew, as a run finds it."""
        version, judged = self.get(version.number), options.pop("verdict", None)
        compare = options.pop("compare", contestants.judge(version))
        return promotion.promote(version, judged or verdict_of(version), compare, **options)

    def approve(self, version: Version, **options: Any) -> Promotion:
        version = self.get(version.number)
        given = {"by": "Ada", "reason": "seen", **options}
        return promotion.approve(version, verdict_of(version), contestants.judge(version), **given)

    def rollback(self, to: int | None = None, **options: Any) -> Promotion:
        given = {"by": "Ada", "reason": "misses new notes", **options}
        return promotion.rollback(self.name, to, **given)

    @property
    def entries(self) -> tuple[ledger.Entry, ...]:
        return ledger.read(self.name).entries

    @property
    def champions(self) -> list[int]:
        return [entry.version for entry in self.entries]

    @property
    def alias(self) -> int | None:
        return ledger.read(self.name).alias

    def set_alias(self, number: int, alias: str = versions.CHAMPION) -> None:
        store.client().set_registered_model_alias(self.name, alias, str(number))

    def seen(self, entry: ledger.Entry) -> bytes:
        """The promotion.json that an entry was decided on."""
        with tempfile.TemporaryDirectory() as scratch:
            run_id = self.get(entry.version).run_id
            return Path(store.client().download_artifacts(run_id, entry.file, scratch)).read_bytes()


def verdict_of(version: Version) -> Verdict:
    """Of the bundle where the version has one."""
    if version.tags["content"]:
        return bundle_verdict(version.tags["content"])
    return contestants.verdict(version)


def undecided(champion: Version) -> Comparison:
    return Comparison(better=None, reason="nothing to compare on")


def bundle_verdict(content: str, passed: bool = True) -> Verdict:
    with tempfile.NamedTemporaryFile() as file:
        file.write(content.encode())
        file.flush()
        sha256 = file_sha256(Path(file.name))
    return Verdict(
        passed=passed, estimate="test", chosen="fp32", model_sha256=sha256, data_md5="",
        variants=(VariantHash(name="fp32", sha256=sha256),), gates=(),
    )  # fmt: skip


def write_bundle(folder: Path, content: str, passed: bool) -> None:
    """A bundle whose only variant is a file of that content."""
    file = folder / "onnx" / "fp32" / "model.onnx"
    file.parent.mkdir(parents=True)
    file.write_text(content, encoding="utf-8")
    variants = [{"name": "fp32", "file": "onnx/fp32/model.onnx"}]
    family = TokenClassification(family="token_classification", base="packaged:minilm")
    write_family(folder, family, ["O"], variants=variants, chosen="fp32")
    found = as_json(bundle_verdict(content, passed))
    (folder / "verdict.json").write_text(json.dumps(found), encoding="utf-8")
    listing = {"schema": 1, "files": file_hashes(folder)}
    (folder / "bundle.json").write_text(json.dumps(listing), encoding="utf-8")
