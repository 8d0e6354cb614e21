"""What is known of a base model beside its weights."""

from pathlib import Path

import pytest

from goldsmith import bases


@pytest.mark.parametrize(
    ("readme", "licence"),
    [
        ("---\nlicense: mit\ntags: [a]\n---\n# A model\n", "mit"),
        ("---\nlicense: [mit, apache-2.0]\n---\n", "mit, apache-2.0"),
        ("---\nlicense: other\nlicense_name: own-terms\n---\n", "own-terms"),
        ("---\nlicense: {\n---\n", ""),
        ("---\n- a list\n---\n", ""),
        ("# No front matter\nlicense: mit\n", ""),
        (None, ""),
    ],
)
def test_a_bases_licence_is_that_of_its_readmes_front_matter(
    readme: str | None, licence: str, tmp_path: Path
) -> None:
    for name in (*bases.NEEDED, bases.WEIGHTS):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    if readme is not None:
        (tmp_path / bases.README).write_text(readme, encoding="utf-8")
    assert bases.licence(str(tmp_path)) == licence


def test_a_base_that_is_not_here_is_not_asked_for() -> None:
    assert bases.licence("packaged:minilm") == "apache-2.0"
    assert bases.licence("owner/name", "0" * 40) == "" == bases.licence("./nowhere")
    assert bases.here("owner/name", "main") is None, "a branch says nothing of what is here"
