"""The package of tests/outside, installed as a user installs it, and a use case for it."""

import mailbox
import random
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "outside"
MAIL_SETTINGS = """\
title: Mails to queues by hashed n-grams
model: {family: hashed_ngrams, size: 1024, steps: 60}
gates:
  metrics:
    accuracy: {min: 0.6}
profiles:
  demo:
    source:
      kind: archive
      path: data/raw/mails.zip
      reader: {format: mbox}
"""
QUEUES = {
    "billing": ("invoice", "refund", "payment", "amount", "charged"),
    "metering": ("meter", "reading", "consumption", "kilowatt", "display"),
    "moving": ("address", "moving", "flat", "landlord", "tenancy"),
}
FILLERS = (
    "please",
    "my",
    "the",
    "about",
    "again",
    "since",
    "monday",
    "question",
    "number",
    "thanks",
)


def install(site: Path) -> Path:
    """`pip install` the package into a folder for PYTHONPATH; needs no network."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    command += ["--no-index", "--no-deps", "--no-build-isolation", "--target", str(site)]
    done = subprocess.run([*command, str(PACKAGE)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def write_mails(archive: Path, sizes: tuple[int, int, int] = (120, 30, 60)) -> Path:
    """A ZIP of train.mbox, validation.mbox and test.mbox."""
    rng, number = random.Random(0), 0
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w") as packed:
        for split, size in zip(("train", "validation", "test"), sizes, strict=True):
            file = archive.with_name(f"{split}.mbox")
            box = mailbox.mbox(file)
            for _ in range(size):
                number += 1
                queue = rng.choice(sorted(QUEUES))
                mail = EmailMessage()
                mail["Message-ID"], mail["X-Queue"] = f"<{number}@example.org>", queue
                mail["Subject"] = f"{rng.choice(FILLERS)} {rng.choice(QUEUES[queue])}"
                words = rng.choices(FILLERS, k=8) + rng.choices(QUEUES[queue], k=2) + [str(number)]
                mail.set_content(" ".join(words))
                box.add(mail)
            box.flush()
            packed.write(file, f"mails/{file.name}")
            file.unlink()
    return archive
