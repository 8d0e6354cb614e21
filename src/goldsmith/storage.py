"""Objects in S3: raw goldens in, bundles out, artifacts mirrored. The only place that imports boto3.

Credentials, region and AWS_ENDPOINT_URL come from the environment, as boto3 reads them.
"""

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from goldsmith.errors import ConfigError, DataError, StoreError

SCHEME = "s3://"
LOOKS = 2  # at what is fetched, where it changes meanwhile
_MD5 = re.compile(r"[0-9a-f]{32}")
_OTHER_BY_NOW = ("PreconditionFailed", "412", "NoSuchKey", "404")
ATTEMPTS = 5  # of a request, with botocore's exponential back-off: some seconds in all
ATTEMPTS_VARIABLE = "AWS_MAX_ATTEMPTS"
BATCH = 1000  # objects that S3 deletes in one request
_MISSING = ("404", "NoSuchKey", "NotFound")
_REFUSED = ("401", "403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken")  # fmt: skip
_VARIABLES = "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN or AWS_PROFILE"


def is_remote(location: str) -> bool:
    """Whether a location is in S3."""
    return location.startswith(SCHEME)


def split(uri: str) -> tuple[str, str]:
    """Bucket and key prefix of `s3://bucket/prefix`.

    Raises:
        ConfigError: not of that form.
    """
    parts = urlsplit(uri)
    if "@" in parts.netloc:  # not shown: it is a secret
        raise ConfigError(f"a location in S3 names no user or password: set {_VARIABLES}")
    if parts.scheme != "s3" or not parts.netloc:
        raise ConfigError(f"{uri}: write it as s3://bucket/prefix")
    return parts.netloc, parts.path.strip("/")


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
    with _reaching(uri):
        found = [
            _stored(item)
            for item in _items(_client(), bucket, prefix)
            # A key that ends so is the folder that consoles make, not an object of data.
            if _is_child(item["Key"], prefix) and not item["Key"].endswith("/")
        ]
    return sorted(found, key=lambda one: one.key)


def listing(uri: str) -> list[Stored]:
    """Every object below a prefix. An upload of several parts that is not finished is none.

    Raises:
        StoreError: S3 cannot be reached or refuses.
    """
    bucket, prefix = split(uri)
    below = f"{prefix}/" if prefix else ""
    with _reaching(uri):
        return [_stored(item) for item in _items(_client(), bucket, below)]


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
    with _reaching(place), target.open("wb") as stream:
        try:
            # One request for all of it: parts fetched one by one could be of two objects.
            answer = _client().get_object(Bucket=bucket, Key=stored.key, IfMatch=stored.etag)
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
    client = _client()
    with _reaching(uri):
        for name in ordered:
            client.upload_file(str(folder / name), bucket, f"{prefix}/{name}".lstrip("/"))
    return len(ordered)


def published(uri: str, last: str) -> bool:
    """Whether a folder was published below a prefix to its end.

    Raises:
        StoreError: S3 cannot be reached or refuses.
    """
    bucket, prefix = split(uri)
    key = f"{prefix}/{last}".lstrip("/")
    with _reaching(uri):
        return key in _keys(_client(), bucket, key)


class Object(NamedTuple):
    """What a place keeps under a name.

    Attributes:
        name: with slashes.
        size: in bytes.
        written: when, in seconds since 1970.
    """

    name: str
    size: int
    written: float


class Bucket:
    """The objects below a prefix, by the rest of their keys."""

    def __init__(self, uri: str) -> None:
        self.shown = uri.rstrip("/")
        self._bucket, prefix = split(uri)
        self._prefix = f"{prefix}/" if prefix else ""
        self._client = _client()

    def _key(self, name: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": f"{self._prefix}{name}"}

    def size(self, name: str) -> int | None:
        """Bytes of an object; None if there is none.

        Raises:
            StoreError: S3 cannot be reached or refuses; so does every method.
        """
        with _reaching(self.shown), _absent():
            return int(self._client.head_object(**self._key(name))["ContentLength"])
        return None

    def read(self, name: str) -> bytes | None:
        """An object; None if there is none."""
        with _reaching(self.shown), _absent():
            return bytes(self._client.get_object(**self._key(name))["Body"].read())
        return None

    def write(self, name: str, data: bytes) -> None:
        """Make an object, or put it in the place of another."""
        with _reaching(self.shown):
            self._client.put_object(**self._key(name), Body=data)

    def get(self, name: str, path: Path) -> bool:
        """Download an object to a path; False if there is none."""
        key = self._key(name)
        with _reaching(self.shown), _absent():
            self._client.download_file(key["Bucket"], key["Key"], str(path))
            return True
        return False

    def put(self, path: Path, name: str) -> None:
        """Upload a file."""
        key = self._key(name)
        with _reaching(self.shown):
            self._client.upload_file(str(path), key["Bucket"], key["Key"])

    def listed(self, folder: str) -> list[Object]:
        """The objects below a folder, by name."""
        with _reaching(self.shown):
            found = list(_items(self._client, self._bucket, f"{self._prefix}{folder}/"))
        listed = [
            Object(
                item["Key"].removeprefix(self._prefix),
                item["Size"],
                item["LastModified"].timestamp(),
            )
            for item in found
        ]
        return sorted(listed)

    def names(self, folder: str) -> list[str]:
        """The names of the objects below a folder, sorted."""
        return [one.name for one in self.listed(folder)]

    def delete(self, names: Sequence[str]) -> None:
        """Delete objects; those that are not there are no error."""
        with _reaching(self.shown):
            for start in range(0, len(names), BATCH):
                keys = [{"Key": f"{self._prefix}{name}"} for name in names[start : start + BATCH]]
                done = self._client.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": keys, "Quiet": True}
                )
                if failed := done.get("Errors"):
                    first = failed[0]
                    raise StoreError(f"{self.shown}/{first['Key']}: not deleted: {first['Code']}")


def _client() -> Any:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError

    retries: dict[str, Any] = {"mode": "standard"}
    if ATTEMPTS_VARIABLE not in os.environ:
        retries["total_max_attempts"] = ATTEMPTS
    try:
        return boto3.client("s3", config=Config(connect_timeout=10, retries=retries))
    except (BotoCoreError, ValueError) as error:  # a profile or an endpoint that is none
        raise StoreError(f"S3: {str(error)[:300]}; check AWS_PROFILE, AWS_ENDPOINT_URL") from error


def _items(client: Any, bucket: str, prefix: str) -> Iterator[dict[str, Any]]:
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        yield from page.get("Contents", [])


def _keys(client: Any, bucket: str, prefix: str) -> Iterator[str]:
    return (item["Key"] for item in _items(client, bucket, prefix))


def _is_child(key: str, prefix: str) -> bool:
    rest = key.removeprefix(prefix)
    below = rest.startswith("/") or not prefix
    return key == prefix or (below and "/" not in rest.strip("/"))


@contextlib.contextmanager
def _absent() -> Iterator[None]:
    """Pass over an object that is not there."""
    from botocore.exceptions import ClientError

    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") not in _MISSING:
            raise


@contextlib.contextmanager
def _reaching(uri: str) -> Iterator[None]:
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, Boto3Error, ClientError) as error:
        raise StoreError(f"{uri}: S3 failed: {str(error)[:300]}; {_remedy(error, uri)}") from error


def _remedy(error: Exception, uri: str) -> str:
    """What usually helps; names variables, never their values."""
    from botocore.exceptions import ClientError, CredentialRetrievalError, NoCredentialsError

    code = error.response.get("Error", {}).get("Code") if isinstance(error, ClientError) else ""
    if isinstance(error, NoCredentialsError | CredentialRetrievalError):
        return f"set {_VARIABLES}"
    if code in _REFUSED:
        return f"look at {_VARIABLES} and at what they may do there"
    if code == "NoSuchBucket":
        return f"make the bucket {split(uri)[0]}, or check its name and AWS_ENDPOINT_URL"
    return "check AWS_ENDPOINT_URL, the other AWS_* and the bucket's name"
