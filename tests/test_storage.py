"""S3 by a real HTTP server (moto): goldens in, bundles out, errors in words."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from goldsmith import config, pipeline, storage
from goldsmith.errors import ConfigError, DataError, StoreError


def test_goldens_come_from_a_prefix(bucket: str, project: Path) -> None:
    storage.publish(project / "data" / "raw" / "toy", f"s3://{bucket}/toy", last="")
    storage.publish(project / "use_cases", f"s3://{bucket}/toy/deeper", last="")
    remote = config.load("toy", source="files", path=f"s3://{bucket}/toy", overrides=_READER)
    found = pipeline.raw(remote)
    local = pipeline.raw(config.load("toy"))
    assert found.key == local.key
    assert sorted(path.suffix for path in found.folder.iterdir()) == [".json", *[".jsonl"] * 3]


_READER = ["source.reader={format: tokens}"]


def test_the_marker_is_published_last(
    bucket: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("bundle.json", "card.md", "onnx/model.onnx"):
        (tmp_path / "b" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "b" / name).write_text(name)
    with caplog.at_level("INFO", logger="werkzeug"):
        assert storage.publish(tmp_path / "b", f"s3://{bucket}/out", last="bundle.json") == 3
    sent = re.findall(r"PUT /goldens/(\S+) ", caplog.text)
    assert sent == ["out/card.md", "out/onnx/model.onnx", "out/bundle.json"]


def test_nothing_at_the_prefix_is_named(bucket: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="s3://goldens/nothing: no object there"):
        storage.fetch(f"s3://{bucket}/nothing", tmp_path)


def test_a_missing_bucket_is_a_store_error(bucket: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="s3://elsewhere/x: S3 failed"):
        storage.fetch("s3://elsewhere/x", tmp_path)


class Replacing(io.BytesIO):
    """The body of an answer, at whose end somebody else has put another object in its place."""

    def __init__(self, body: bytes, replace: Callable[[], None]) -> None:
        super().__init__(body)
        self._replace = replace

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        if not found:
            self._replace()
        return found


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have the body of every object that is downloaded go through a function on its way.

    The place is botocore's own hook on an answer: every request is sent, and answered by the server.
    """
    made = boto3.client

    def through(change: Callable[[bytes], Any]) -> None:
        def hook(parsed: dict[str, Any], **_: Any) -> None:
            if "Body" in parsed:
                parsed["Body"] = change(parsed["Body"].read())

        def client(*names: Any, **options: Any) -> Any:
            found = made(*names, **options)
            found.meta.events.register("after-call.s3.GetObject", hook)
            return found

        monkeypatch.setattr(boto3, "client", client)

    return through


@pytest.fixture
def replaced(answering: Callable[..., None]) -> Iterator[Callable[..., None]]:
    """Have another client replace an object the next so many times that one is downloaded."""
    done: list[int] = []

    def during_downloads(times: int, key: str, change: Callable[[int], bytes | None]) -> None:
        other = boto3.client("s3")

        def replace() -> None:
            if len(done) < times:
                done.append(len(done))
                body = change(done[-1])
                if body is None:
                    other.delete_object(Bucket="goldens", Key=key)
                else:
                    other.put_object(Bucket="goldens", Key=key, Body=body)

        answering(lambda body: Replacing(body, replace))

    yield during_downloads
    assert done


@pytest.mark.parametrize("key", ["in/a.csv", "in/b.csv", "in/c.csv"])
def test_what_is_replaced_during_the_download_is_downloaded_again(
    bucket: str, tmp_path: Path, replaced: Callable[..., None], key: str
) -> None:
    """All of it: an object that was downloaded already, and one that is new, count as well."""
    for name in ("in/a.csv", "in/b.csv"):
        boto3.client("s3").put_object(Bucket=bucket, Key=name, Body=b"old")
    replaced(1, key, lambda time: b"newer")
    found = storage.fetch(f"s3://{bucket}/in", tmp_path)
    texts = {file.name: file.read_text() for file in found}
    expected = {"a.csv": "old", "b.csv": "old"} | {key[3:]: "newer"}
    assert texts == expected


def test_what_is_replaced_all_the_time_is_an_error(
    bucket: str, tmp_path: Path, replaced: Callable[..., None]
) -> None:
    for name in ("in/a.csv", "in/b.csv"):
        boto3.client("s3").put_object(Bucket=bucket, Key=name, Body=b"old")
    replaced(9, "in/b.csv", lambda time: b"x" * time)
    with pytest.raises(StoreError, match=r"b\.csv was replaced while it was downloaded, 2 times"):
        storage.fetch(f"s3://{bucket}/in", tmp_path)
    assert not list(tmp_path.glob("*.csv"))


def other_byte(body: bytes) -> io.BytesIO:
    """As long, and its last byte another."""
    return io.BytesIO(body[:-1] + bytes([body[-1] ^ 1]))


def test_other_bytes_of_the_same_length_are_an_error(
    bucket: str, tmp_path: Path, answering: Callable[..., None]
) -> None:
    boto3.client("s3").put_object(Bucket=bucket, Key="in/a.csv", Body=b"id,total")
    assert storage.fetch(f"s3://{bucket}/in", tmp_path)[0].read_bytes() == b"id,total"
    answering(other_byte)
    with pytest.raises(StoreError, match=r"s3://goldens/in/a\.csv: other bytes came than it has"):
        storage.fetch(f"s3://{bucket}/in", tmp_path)


@pytest.mark.parametrize(
    ("encryption", "checked"),
    [
        ({"ServerSideEncryption": "AES256"}, True),
        ({"ServerSideEncryption": "aws:kms"}, False),
        ({"ServerSideEncryption": "aws:kms:dsse"}, False),
    ],
    ids=["s3", "kms", "kms twice"],
)
def test_the_etag_is_no_md5_where_a_key_of_kms_encrypts(
    bucket: str,
    tmp_path: Path,
    answering: Callable[..., None],
    encryption: dict[str, str],
    checked: bool,
) -> None:
    """The server of these tests gives such an object its md5 all the same; S3 does not, so whoever
    compared would refuse every one. That nobody compares shows where a byte is another."""
    boto3.client("s3").put_object(Bucket=bucket, Key="in/a.csv", Body=b"id,total", **encryption)
    answering(other_byte)
    where = f"s3://{bucket}/in"
    if checked:
        with pytest.raises(StoreError, match="other bytes came"):
            storage.fetch(where, tmp_path)
    else:
        assert storage.fetch(where, tmp_path)[0].read_bytes() == b"id,totam"


def test_an_object_of_several_parts_and_a_folder_that_a_console_made(
    bucket: str, tmp_path: Path
) -> None:
    client = boto3.client("s3")
    client.put_object(Bucket=bucket, Key="in/", Body=b"")
    where = {"Bucket": bucket, "Key": "in/big.csv"}
    upload = client.create_multipart_upload(**where)["UploadId"]
    parts = [b"a" * 5 * 2**20, b"end"]
    tags = [
        client.upload_part(**where, UploadId=upload, PartNumber=number, Body=part)["ETag"]
        for number, part in enumerate(parts, start=1)
    ]
    listed = [{"PartNumber": number, "ETag": tag} for number, tag in enumerate(tags, start=1)]
    client.complete_multipart_upload(**where, UploadId=upload, MultipartUpload={"Parts": listed})
    (found,) = storage.fetch(f"s3://{bucket}/in", tmp_path)
    assert found.read_bytes() == b"".join(parts)


@pytest.mark.parametrize("uri", ["s3://", "http://bucket/x", "bucket/x"])
def test_a_malformed_location_is_refused(uri: str) -> None:
    with pytest.raises(ConfigError, match="s3://bucket/prefix"):
        storage.split(uri)
