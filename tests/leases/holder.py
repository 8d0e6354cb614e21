"""A process that takes devices: python -m tests.leases.holder NAME COUNT DEVICES WAY FOLDER LOG.

Writes `?NAME text` to the log while it waits, `+NAME devices` when it has them, and, once its input
ends, `-NAME`. WAY is `plain`; `fork`: it has a child that outlives it; `exec`: it becomes another
program first, which keeps them.
"""

import os
import sys
from pathlib import Path

from goldsmith import leases


def say(log: Path, text: str) -> None:
    with log.open("a", encoding="utf-8") as stream:
        stream.write(text + "\n")


def main(name: str, count: str, devices: str, way: str, folder: str, place: str) -> None:
    log = Path(place)
    if "LEASE" in os.environ:
        lease = leases.inherited(os.environ["LEASE"])
    else:
        wanted = {device: f"pci-{device}" for device in devices.split(",")}
        lease = leases.take(
            Path(folder), wanted, int(count), name, lambda text: say(log, f"?{name} {text}")
        )
        if way == "exec":
            os.environ["LEASE"] = lease.to_successor()
            os.execv(sys.executable, [sys.executable, "-m", "tests.leases.holder", *sys.argv[1:]])
    if way == "fork" and os.fork() == 0:
        sys.stdin.read()
        os._exit(0)
    say(log, f"+{name} {','.join(lease.devices)}")
    sys.stdin.read()
    say(log, f"-{name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
