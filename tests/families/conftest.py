"""What tests of all families share."""

from pathlib import Path

import pytest

from tests.toys import write_tiny_decoder


@pytest.fixture(scope="session")
def bases(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path) -> dict[str, str]:
    """Folders of a tiny encoder and of tiny decoders, by the names that kinds.py has for them."""
    at = tmp_path_factory.mktemp("decoders")
    decoders = {kind: str(write_tiny_decoder(at / kind, kind)) for kind in ("gpt2", "llama")}
    return {"tiny": str(tiny_base), **decoders}
