"""The client of S3, and its errors in words. Only this package imports boto3.

Credentials, region and AWS_ENDPOINT_URL come from the environment, as boto3 reads them.
"""

import contextlib
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from goldsmith.errors import ConfigError, StoreError

SCHEME = "s3://"
ATTEMPTS = 5  # of a request, with botocore's exponential back-off: some seconds in all
ATTEMPTS_VARIABLE = "AWS_MAX_ATTEMPTS"
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


def client() -> Any:
    """A client of S3 as the environment says.

    Raises:
        StoreError: a profile or an endpoint that is none.
    """
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError

    retries: dict[str, Any] = {"mode": "standard"}
    if ATTEMPTS_VARIABLE not in os.environ:
        retries["total_max_attempts"] = ATTEMPTS
    try:
        return boto3.client("s3", config=Config(connect_timeout=10, retries=retries))
    except (BotoCoreError, ValueError) as error:
        raise StoreError(f"S3: {str(error)[:300]}; check AWS_PROFILE, AWS_ENDPOINT_URL") from error


def items(client: Any, bucket: str, prefix: str) -> Iterator[dict[str, Any]]:
    """What a bucket lists below a prefix, as S3 says it."""
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        yield from page.get("Contents", [])


@contextlib.contextmanager
def reaching(uri: str) -> Iterator[None]:
    """Turn the ways in which S3 fails into a StoreError with what usually helps."""
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
