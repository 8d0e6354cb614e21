"""The toy family as an installed package: a folder, a dist-info, nothing else."""

import shutil
from pathlib import Path

ENTRY_POINTS = "[goldsmith.families]\ntoy_lexicon = toy_lexicon:ToyLexicon\n"
METADATA = "Metadata-Version: 2.1\nName: toy-lexicon\nVersion: 0.1\n"

LEXICON_SETTINGS = """\
title: Toy rates and amounts by a lexicon
model: {family: toy_lexicon}
gates:
  metrics:
    micro.f1: {min: 0.3}
profiles:
  demo:
    source:
      kind: files
      path: data/raw/toy
      reader: {format: tokens}
"""


def install(at: Path) -> Path:
    """Put the package and its dist-info into a folder, for PYTHONPATH; returns the folder."""
    shutil.copytree(
        Path(__file__).with_name("toy_lexicon"),
        at / "toy_lexicon",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    about = at / "toy_lexicon-0.1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(METADATA, encoding="utf-8")
    (about / "entry_points.txt").write_text(ENTRY_POINTS, encoding="utf-8")
    return at
