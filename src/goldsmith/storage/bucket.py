"""The objects below a prefix in S3 as a keeper of bytes by name: artifacts are mirrored there."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from goldsmith.errors import StoreError
from goldsmith.storage.s3 import client, items, reaching, split

BATCH = 1000  # objects that S3 deletes in one request
_MISSING = ("404", "NoSuchKey", "NotFound")


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
        self._client = client()

    def _key(self, name: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": f"{self._prefix}{name}"}

    def size(self, name: str) -> int | None:
        """Bytes of an object; None if there is none.

        Raises:
            StoreError: S3 cannot be reached or refuses; so does every method.
        """
        with reaching(self.shown), _absent():
            return int(self._client.head_object(**self._key(name))["ContentLength"])
        return None

    def read(self, name: str) -> bytes | None:
        """An object; None if there is none."""
        with reaching(self.shown), _absent():
            return bytes(self._client.get_object(**self._key(name))["Body"].read())
        return None

    def write(self, name: str, data: bytes) -> None:
        """Make an object, or put it in the place of another."""
        with reaching(self.shown):
            self._client.put_object(**self._key(name), Body=data)

    def get(self, name: str, path: Path) -> bool:
        """Download an object to a path; False if there is none."""
        key = self._key(name)
        with reaching(self.shown), _absent():
            self._client.download_file(key["Bucket"], key["Key"], str(path))
            return True
        return False

    def put(self, path: Path, name: str) -> None:
        """Upload a file."""
        key = self._key(name)
        with reaching(self.shown):
            self._client.upload_file(str(path), key["Bucket"], key["Key"])

    def listed(self, folder: str) -> list[Object]:
        """The objects below a folder, by name."""
        with reaching(self.shown):
            found = list(items(self._client, self._bucket, f"{self._prefix}{folder}/"))
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
        with reaching(self.shown):
            for start in range(0, len(names), BATCH):
                keys = [{"Key": f"{self._prefix}{name}"} for name in names[start : start + BATCH]]
                done = self._client.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": keys, "Quiet": True}
                )
                if failed := done.get("Errors"):
                    first = failed[0]
                    raise StoreError(f"{self.shown}/{first['Key']}: not deleted: {first['Code']}")


@contextlib.contextmanager
def _absent() -> Iterator[None]:
    """Pass over an object that is not there."""
    from botocore.exceptions import ClientError

    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") not in _MISSING:
            raise
