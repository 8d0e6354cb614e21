"""The Hugging Face hub: branches to commits, and files of a commit. Alone imports huggingface_hub.

HF_ENDPOINT, HF_TOKEN, HF_HOME and HF_HUB_OFFLINE come from the environment, as its client reads
them. Nothing is ever taken from a branch: whoever asks for one gets its commit first.
"""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from goldsmith.errors import ConfigError, StoreError, near

SECONDS = 10.0  # for an answer: the client itself would wait for ever
MAX_NAMES = 200
MAIN = "main"

Kind = Literal["dataset", "model"]


@dataclass(frozen=True)
class Repository:
    """A data set or a model on the hub.

    Attributes:
        kind: which of the two.
        name: `owner/name`.
        key: what the use case calls it, for messages: `source.dataset` or `model.base`.
    """

    kind: Kind
    name: str
    key: str


@dataclass(frozen=True)
class Listing:
    """The files of a repository at a commit, as paths in it."""

    commit: str
    files: tuple[str, ...]


def is_commit(revision: str) -> bool:
    """Whether a revision is a full commit hash, which never means anything else."""
    return re.fullmatch(r"[0-9a-f]{40}", revision) is not None


def listing(repository: Repository, revision: str) -> Listing:
    """Ask which commit a revision is now, and which files it holds.

    Raises:
        ConfigError: no such repository or revision; says the near ones.
        StoreError: the hub cannot be reached or does not let us in.
    """
    found = find(repository, revision)
    if found is None:
        raise ConfigError(
            f"{repository.key.rpartition('.')[0]}.revision: {repository.name} has no revision "
            f"{revision!r}: {_near_revisions(repository, revision)}"
        )
    return found


def find(repository: Repository, revision: str) -> Listing | None:
    """As `listing`, but None where there is no such revision."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import RevisionNotFoundError

    ask = HfApi().dataset_info if repository.kind == "dataset" else HfApi().model_info
    with _reaching(repository):
        try:
            found = ask(repository.name, revision=revision, timeout=SECONDS)
        except RevisionNotFoundError:
            return None
    files = sorted(one.rfilename for one in found.siblings or ())
    return Listing(str(found.sha), tuple(files))


def download(repository: Repository, commit: str, file: str) -> Path:
    """A file of a commit, in the client's own cache; asks nobody for one that is there.

    Raises:
        StoreError: the hub cannot be reached or does not let us in.
    """
    from huggingface_hub import hf_hub_download

    with _reaching(repository):
        return Path(
            hf_hub_download(
                repository.name,
                file,
                repo_type=repository.kind,
                revision=commit,
                etag_timeout=SECONDS,
            )
        )


def cached(repository: Repository, commit: str) -> Path | None:
    """The folder in which the client keeps a commit, whole or in part; None if there is none."""
    from huggingface_hub import constants
    from huggingface_hub.file_download import repo_folder_name

    name = repo_folder_name(repo_id=repository.name, repo_type=repository.kind)
    folder = Path(constants.HF_HUB_CACHE) / name / "snapshots" / commit
    return folder if folder.is_dir() else None


@contextlib.contextmanager
def _reaching(repository: Repository) -> Iterator[None]:
    """Turn what the client raises into what a user can mend."""
    from huggingface_hub import constants, errors

    key, name, where = repository.key, repository.name, constants.ENDPOINT
    try:
        yield
    except errors.HFValidationError:
        raise ConfigError(f"{key}: {name!r} is no hub id: write it as owner/name") from None
    except errors.OfflineModeIsEnabled:
        raise StoreError(
            f"{key}: {name} is needed from the hub, but HF_HUB_OFFLINE is set: unset it, or run "
            "where the same commit was fetched before and name it as the revision"
        ) from None
    except errors.GatedRepoError:
        raise StoreError(
            f"{key}: {name} is gated: accept its terms at {where} and set HF_TOKEN"
        ) from None
    except errors.RepositoryNotFoundError:
        raise ConfigError(
            f"{key}: no {repository.kind} {name!r} at {where}: {_near_names(repository)} (a private "
            "one needs HF_TOKEN)"
        ) from None
    except OSError as error:  # the client's errors and those of requests and the disk are all one
        raise StoreError(
            f"{key}: {name} cannot be had from {where}: {_root(error)}; check the network, "
            "HF_ENDPOINT and the disk, and run again: nothing else is used in its place"
        ) from None


def _root(error: BaseException) -> str:
    """The first cause of an error, which says most: `[Errno 111] Connection refused`."""
    seen: Any = error
    while seen.__cause__ or seen.__context__:
        seen = seen.__cause__ or seen.__context__
    return " ".join(str(seen).split())[:200]


def _near_names(repository: Repository) -> str:
    """The near names among the owner's repositories; asking for help must not fail itself."""
    from huggingface_hub import HfApi

    api = HfApi()
    ask = api.list_datasets if repository.kind == "dataset" else api.list_models
    owner, _, name = repository.name.rpartition("/")
    try:
        found = [one.id.rpartition("/")[2] for one in ask(author=owner, limit=MAX_NAMES)]
    except OSError:
        found = []
    return f"of {owner}: {near(name, found)}" if found else f"{owner or 'nobody'} has none there"


def _near_revisions(repository: Repository, revision: str) -> str:
    from huggingface_hub import HfApi

    try:
        refs = HfApi().list_repo_refs(repository.name, repo_type=repository.kind)
    except OSError:
        return "name a branch, a tag or a full commit hash"
    names = [one.name for one in (*refs.branches, *refs.tags)]
    return near(revision, [*names, *(one.ref for one in refs.converts)])
