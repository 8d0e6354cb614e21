"""Objects in S3: raw goldens in, bundles out, artifacts mirrored."""

from goldsmith.storage.bucket import Bucket, Object
from goldsmith.storage.moving import Stored, download, fetch, listing, publish, published
from goldsmith.storage.s3 import is_remote, split

__all__ = [
    "Bucket",
    "Object",
    "Stored",
    "download",
    "fetch",
    "is_remote",
    "listing",
    "publish",
    "published",
    "split",
]
