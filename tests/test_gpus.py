"""Which GPUs there are to use, from what the driver shows in /proc and /dev."""

from pathlib import Path

import pytest

from goldsmith import gpus

INFORMATION = "Model: \t\t NVIDIA H100\nIRQ:   \t\t 10\nGPU UUID: \t {uuid}\nBus Type: \t PCIe\nDevice Minor: \t {minor}\nGPU Excluded:\t No\n"
ADDRESSES = ("0000:17:00.0", "0000:2a:00.0", "0000:3b:00.0")


@pytest.fixture
def there(tmp_path: Path) -> tuple[Path, Path]:
    """Three GPUs, of which the device file of the second is not given to us."""
    driver, nodes = tmp_path / "nvidia", tmp_path / "dev"
    nodes.mkdir()
    for minor, address in enumerate(ADDRESSES):
        folder = driver / "gpus" / address
        folder.mkdir(parents=True)
        text = INFORMATION.format(uuid=f"GPU-{minor}{minor}-a", minor=minor)
        (folder / "information").write_text(text, encoding="utf-8")
        if minor != 1:
            (nodes / f"nvidia{minor}").touch()
    (driver / "version").touch()
    return driver, nodes


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (None, {"0": ADDRESSES[0], "1": ADDRESSES[2]}),
        ("1", {"1": ADDRESSES[2]}),
        ("1, 0", {"1": ADDRESSES[2], "0": ADDRESSES[0]}),
        ("GPU-22,0", {"GPU-22": ADDRESSES[2], "0": ADDRESSES[0]}),
        ("MIG-9", {"MIG-9": "MIG-9"}),
        ("0,-1,1", {"0": ADDRESSES[0]}),
        ("5", {}),
        ("", {}),
    ],
)
def test_a_gpu_has_one_name_however_it_is_asked_for(
    there: tuple[Path, Path], asked: str | None, found: dict[str, str]
) -> None:
    environ = {} if asked is None else {"CUDA_VISIBLE_DEVICES": asked}
    assert gpus.visible(environ, *there) == found
    assert list(gpus.visible(environ, *there)) == list(found)


def test_without_a_driver_there_is_none_and_a_silent_one_has_one(tmp_path: Path) -> None:
    assert gpus.visible({}, tmp_path / "nowhere", tmp_path) == {}
    (tmp_path / "version").touch()
    assert gpus.visible({}, tmp_path, tmp_path) == {"0": "gpu"}
