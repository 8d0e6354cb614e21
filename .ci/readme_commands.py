"""Runs every ```sh block of README.md in order, as a reader would; the first failure ends it.

Each block is one `bash -eu` in the repository root, with the project's environment first in PATH.
Prints each command with its seconds; on failure names README's line and the command.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK_SECONDS = 1800


class Block(NamedTuple):
    """A fenced block: the README line of its first command, and its commands."""

    line: int
    commands: list[str]


def blocks(text: str) -> list[Block]:
    """Every ```sh block; a command may go over several lines that end in a backslash.

    >>> blocks("a\\n```sh\\nls \\\\\\n  -l\\npwd\\n```\\n")
    [Block(line=3, commands=['ls \\\\\\n  -l', 'pwd'])]
    """
    found = []
    for match in re.finditer(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        body = re.sub(r"\\\n", "\0", match[1])
        commands = [line.replace("\0", "\\\n") for line in body.splitlines() if line.strip()]
        found.append(Block(text.count("\n", 0, match.start(1)) + 1, commands))
    return found


def run(block: Block, environment: dict[str, str]) -> int:
    """Run one block; a mark on a stream of its own tells where each command begins and ends."""
    reading, writing = os.pipe()
    script, line = [], block.line
    for command in block.commands:
        script += [f"echo {line} >&{writing}", command]
        line += command.count("\n") + 1
    process = subprocess.Popen(
        ["bash", "-eu", "-c", "\n".join([*script, f"echo end >&{writing}"])],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        pass_fds=(writing,),
    )
    os.close(writing)
    started, current = time.monotonic(), ""
    with os.fdopen(reading) as marks:
        for command, mark in zip([*block.commands, ""], marks, strict=False):
            if current:
                print(f"   {time.monotonic() - started:.1f} s", flush=True)
            started, current = time.monotonic(), f"README.md:{mark.strip()}: {command}"
            if command:
                print(f"\n$ {command}", flush=True)
    status = process.wait(BLOCK_SECONDS)
    if status:
        print(f"\nFAILED with status {status}: {current}", file=sys.stderr)
    return status


def main() -> int:
    """Returns the exit status of the first command that fails."""
    paths = [str(ROOT / ".venv" / "bin"), os.environ["PATH"]]
    environment = {**os.environ, "PATH": os.pathsep.join(paths)}
    found = blocks(README.read_text(encoding="utf-8"))
    if not found:
        print("README.md has no ```sh block", file=sys.stderr)
        return 1
    started = time.monotonic()
    for block in found:
        status = run(block, environment)
        if status:
            return status
    count = sum(len(block.commands) for block in found)
    print(f"\n{count} commands of README.md in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
