"""S3 by a real HTTP server (moto): goldens in, bundles out, errors in words."""

import re
from pathlib import Path

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


@pytest.mark.parametrize("uri", ["s3://", "http://bucket/x", "bucket/x"])
def test_a_malformed_location_is_refused(uri: str) -> None:
    with pytest.raises(ConfigError, match="s3://bucket/prefix"):
        storage.split(uri)
