"""Leaves one file with the trace of a crash, and one sentence that names it.

The file of a later crash takes the place of an earlier one. It is the person's alone: a trace shows
pieces of what was read.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from finews_tui import __version__
from finews_tui.errors import Crashed

NAME = "crash.txt"
"""The file, in the folder of the state."""
_LONGEST = 200
"""Characters of an error in the sentence."""


def crashed(trace: str, folder: Path) -> Crashed:
    """The error for a crash whose ``trace`` ends with what went wrong; keeps it in ``folder``.

    Where that cannot be written, in a private file among the temporary ones.
    """
    lines = [line.strip() for line in trace.splitlines() if line.strip()]
    what = lines[-1] if lines else "nothing is known about it"
    what = what if len(what) <= _LONGEST else f"{what[:_LONGEST]} …"
    file = _keep(trace, folder)
    where = f"its trace is in {file}" if file else "its trace could not be written anywhere"
    return Crashed(f"this is a bug, please report it: {what}; {where}")


def _keep(trace: str, folder: Path) -> Path | None:
    when = time.strftime("%Y-%m-%d %H:%M:%S %z")
    about = f"finews-tui {__version__}, Python {platform.python_version()}, {platform.platform()}"
    content = f"{about}\n{when}\n\n{trace}".encode("utf-8", "backslashreplace")
    for place in _places(folder):
        fresh = place.with_name(f"{place.name}.{os.getpid()}")
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(fresh, content)
            fresh.replace(place)
        except OSError:
            with suppress(OSError):
                fresh.unlink()
        else:
            return place
    return None


def _places(folder: Path) -> Sequence[Path]:
    import tempfile  # late: there is nothing to keep, mostly

    return folder / NAME, Path(tempfile.gettempdir()) / f"finews-tui-{os.getuid()}-{NAME}"


def _write(file: Path, content: bytes) -> None:
    """Make a new file of the person's own; a link of that name is not followed."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with os.fdopen(os.open(file, flags, 0o600), "wb") as opened:
        opened.write(content)
