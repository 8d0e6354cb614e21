"""Where training runs."""

from pathlib import Path

import pytest

from goldsmith.errors import ConfigError
from goldsmith.stages.train import device

GPU = Path("/proc/driver/nvidia/version").exists()


def test_the_device_is_the_one_asked_for_or_the_best() -> None:
    assert device("cpu") == "cpu"
    assert device("auto") == ("cuda" if GPU else "cpu")


@pytest.mark.skipif(GPU, reason="this machine has a GPU")
def test_a_gpu_that_is_not_there_is_an_error_before_training() -> None:
    with pytest.raises(ConfigError, match="no NVIDIA GPU"):
        device("cuda")
