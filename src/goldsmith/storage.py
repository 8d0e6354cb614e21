"""Objects in S3: raw goldens in, bundles out. The only place that imports boto3.

Credentials, region and AWS_ENDPOINT_URL come from the environment, as boto3 reads them.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from goldsmith.errors import ConfigError, DataError, StoreError

SCHEME = "s3://"


def is_remote(location: str) -> bool:
    """Whether a location is in S3."""
    return location.startswith(SCHEME)


def split(uri: str) -> tuple[str, str]:
    """Bucket and key prefix of `s3://bucket/prefix`.

    Raises:
        ConfigError: not of that form.
    """
    parts = urlsplit(uri)
    if parts.scheme != "s3" or not parts.netloc:
        raise ConfigError(f"{uri}: write it as s3://bucket/prefix")
    return parts.netloc, parts.path.strip("/")


def fetch(uri: str, folder: Path) -> list[Path]:
    """Download an object, or the objects directly below a prefix, into a folder; sorted by name.

    Raises:
        DataError: nothing there.
        StoreError: S3 cannot be reached or refuses.
    """
    bucket, prefix = split(uri)
    client = _client()
    with _reaching(uri):
        keys = [key for key in _keys(client, bucket, prefix) if _is_child(key, prefix)]
        if not keys:
            raise DataError(f"{uri}: no object there: check the bucket and the prefix")
        found = []
        for key in sorted(keys):
            target = folder / key.rpartition("/")[2]
            client.download_file(bucket, key, str(target))
            found.append(target)
    return found


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


def _client() -> Any:
    import boto3
    from botocore.config import Config

    return boto3.client("s3", config=Config(connect_timeout=10, retries={"max_attempts": 3}))


def _keys(client: Any, bucket: str, prefix: str) -> Iterator[str]:
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        yield from (item["Key"] for item in page.get("Contents", []))


def _is_child(key: str, prefix: str) -> bool:
    rest = key.removeprefix(prefix)
    below = rest.startswith("/") or not prefix
    return key == prefix or (below and "/" not in rest.strip("/"))


@contextlib.contextmanager
def _reaching(uri: str) -> Iterator[None]:
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, Boto3Error, ClientError) as error:
        raise StoreError(
            f"{uri}: S3 failed: {str(error)[:300]}; check AWS_* and the bucket's name"
        ) from error
