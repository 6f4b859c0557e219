"""Sees to it that one process at a time writes an index; owns the lock file beside it.

The lock file also holds the seal of the index: size and time of the index when it was last closed
in good order, which spares the next run the slow look at every page.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WAIT = 0.1
"""Seconds between two tries: a waiting indexer must still answer Ctrl-C and a closed iterator."""


class Seal:
    """The text in a lock file that is held."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.text = os.pread(descriptor, 200, 0).decode("ascii", "replace")

    def set(self, text: str) -> None:
        """Write a new seal."""
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text.encode("ascii"), 0)


@contextmanager
def held(index: Path) -> Iterator[Seal]:
    """Hold the lock of ``index``, after waiting for whoever holds it; raises OSError."""
    index.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(f"{index}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while not _try(descriptor):
            time.sleep(_WAIT)
        seal = Seal(descriptor)
        seal.set("")
        yield seal
    finally:
        os.close(descriptor)


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
