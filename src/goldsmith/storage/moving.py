"""Folders of files to and from S3: raw goldens in, bundles out."""

import hashlib
import re
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from goldsmith.errors import DataError, StoreError
from goldsmith.storage.s3 import SCHEME, client, items, reaching, split

LOOKS = 2  # at what is fetched, where it changes meanwhile
_MD5 = re.compile(r"[0-9a-f]{32}")
_OTHER_BY_NOW = ("PreconditionFailed", "412", "NoSuchKey", "404")


@dataclass(frozen=True)
class Stored:
    """An object as a bucket lists it.

    Attributes:
        key: its key.
        etag: another one means other bytes.
        size: in bytes.
    """

    key: str
    etag: str
    size: int


def fetch(uri: str, folder: Path) -> list[Path]:
    """Download an object, or the objects directly below a prefix, as they are at one moment.

    Each is downloaded as it was listed, and the list is made again at the end; where anything was
    replaced, added or deleted meanwhile, all of it is done once more.

    Returns:
        The files, sorted by name.

    Raises:
        DataError: nothing there.
        StoreError: S3 cannot be reached or refuses, or what is there changes all the time.
    """
    changed = ""
    for _ in range(LOOKS):
        found = _below(uri)
        if not found:
            raise DataError(f"{uri}: no object there: check the bucket and the prefix")
        targets = {one: folder / one.key.rpartition("/")[2] for one in found}
        changed = next((one.key for one in found if not download(uri, one, targets[one])), "")
        if not changed and _below(uri) == found:
            return list(targets.values())
        for file in targets.values():
            file.unlink(missing_ok=True)
    what = f"{SCHEME}{split(uri)[0]}/{changed}" if changed else "what lies there"
    raise StoreError(
        f"{uri}: {what} was replaced while it was downloaded, {LOOKS} times in a row: nothing of it is "
        "kept; run again when nobody writes there"
    )


def _below(uri: str) -> list[Stored]:
    """An object, or those directly below a prefix, by key."""
    bucket, prefix = split(uri)
    with reaching(uri):
        found = [
            _stored(item)
            for item in items(client(), bucket, prefix)
            # A key that ends so is the folder that consoles make, not an object of data.
            if _is_child(item["Key"], prefix) and not item["Key"].endswith("/")
        ]
    return sorted(found, key=lambda one: one.key)


def _is_child(key: str, prefix: str) -> bool:
    rest = key.removeprefix(prefix)
    below = rest.startswith("/") or not prefix
    return key == prefix or (below and "/" not in rest.strip("/"))


def listing(uri: str) -> list[Stored]:
    """Every object below a prefix. An upload of several parts that is not finished is none.

    Raises:
        StoreError: S3 cannot be reached or refuses.
    """
    bucket, prefix = split(uri)
    below = f"{prefix}/" if prefix else ""
    with reaching(uri):
        return [_stored(item) for item in items(client(), bucket, below)]


def _stored(item: dict[str, Any]) -> Stored:
    return Stored(item["Key"], item["ETag"].strip('"'), item["Size"])


def download(uri: str, stored: Stored, target: Path) -> bool:
    """Download one object as it was listed; False where it is another by now, or gone.

    Raises:
        StoreError: S3 cannot be reached or refuses, or other bytes came than it has.
    """
    from botocore.exceptions import ClientError

    bucket, _ = split(uri)
    place = f"{SCHEME}{bucket}/{stored.key}"
    with reaching(place), target.open("wb") as stream:
        try:
            # One request for all of it: parts fetched one by one could be of two objects.
            answer = client().get_object(Bucket=bucket, Key=stored.key, IfMatch=stored.etag)
        except ClientError as error:
            if error.response["Error"]["Code"] in _OTHER_BY_NOW:
                return False
            raise
        shutil.copyfileobj(answer["Body"], stream)
    if target.stat().st_size != stored.size:
        return False
    if _is_md5(stored.etag, answer) and _md5(target) != stored.etag:
        raise StoreError(f"{place}: other bytes came than it has (md5 by its ETag): run again")
    return True


def _is_md5(etag: str, answer: dict[str, Any]) -> bool:
    """Whether an ETag is its object's md5: not of one uploaded in parts, nor of one that is
    encrypted with a key of KMS or of the customer's own."""
    encrypted = answer.get("SSECustomerAlgorithm") or "kms" in answer.get(
        "ServerSideEncryption", ""
    )
    return _MD5.fullmatch(etag) is not None and not encrypted


def _md5(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, partial(hashlib.md5, usedforsecurity=False)).hexdigest()


def publish(folder: Path, uri: str, last: str) -> int:
    """Upload a folder below a prefix; `last` is uploaded at the end, so that its presence means
    whole.

    Returns:
        The number of objects.

    Raises:
        StoreError: S3 cannot be reached or refuses.
    """
    bucket, prefix = split(uri)
    names = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )
    ordered = [name for name in names if name != last] + [name for name in names if name == last]
    s3 = client()
    with reaching(uri):
        for name in ordered:
            s3.upload_file(str(folder / name), bucket, f"{prefix}/{name}".lstrip("/"))
    return len(ordered)


def published(uri: str, last: str) -> bool:
    """Whether a folder was published below a prefix to its end.

    Raises:
        StoreError: S3 cannot be reached or refuses.
    """
    bucket, prefix = split(uri)
    key = f"{prefix}/{last}".lstrip("/")
    with reaching(uri):
        return any(item["Key"] == key for item in items(client(), bucket, key))
