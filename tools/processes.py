"""What the processes of a session cost: memory, CPU, and whether any of them is left.

A program that is started in a session of its own keeps its descendants there, also those whose
parent has died. Read from Linux' ``/proc``; elsewhere there is nothing to tell.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_STATE, _SESSION, _FIRST_TIME, _AFTER_LAST_TIME = 0, 3, 11, 15
"""Fields of ``/proc/PID/stat`` behind the name, see proc(5): state, session, utime to cstime."""


def members(session: int) -> list[int]:
    """The processes of a session that still run, by number."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        fields = _stat(int(folder.name))
        if fields and int(fields[_SESSION]) == session and fields[_STATE] not in ("Z", "X"):
            found.append(int(folder.name))
    return sorted(found)


def left_behind(session: int, seconds: float) -> list[int]:
    """The processes of a session that have not ended within ``seconds``."""
    deadline = time.perf_counter() + seconds
    while (left := members(session)) and time.perf_counter() < deadline:
        time.sleep(0.02)
    return left


def shared_memory(session: int) -> int:
    """Bytes in memory of all processes of a session, what they share counted once (PSS)."""
    return sum(_kilobytes(Path(f"/proc/{pid}/smaps_rollup"), "Pss:") for pid in members(session))


def resident_memory(process: int) -> int:
    """Bytes of one process that are in memory now (RSS)."""
    return _kilobytes(Path(f"/proc/{process}/status"), "VmRSS:")


def cpu_seconds(session: int) -> float:
    """CPU time of the running processes of a session and of the children they have waited for."""
    ticks = 0
    for pid in members(session):
        ticks += sum(map(int, _stat(pid)[_FIRST_TIME:_AFTER_LAST_TIME]))
    return ticks / _TICKS


def _stat(pid: int) -> list[str]:
    """The fields behind the name, which may hold anything; none where the process is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _kilobytes(file: Path, name: str) -> int:
    try:
        lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:  # it has ended meanwhile
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


def carrying(text: str) -> list[int]:
    """The running processes of ours whose environment holds ``text``, whatever session they are in.

    Who is started over a network has a session that nobody here knows.
    """
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:  # somebody else's, or gone
            continue
        fields = _stat(int(folder.name))
        if text.encode() in environment and fields and fields[_STATE] not in ("Z", "X"):
            found.append(int(folder.name))
    return sorted(found)


def left_carrying(text: str, seconds: float) -> list[int]:
    """Those of them that have not ended within ``seconds``."""
    deadline = time.perf_counter() + seconds
    while (left := carrying(text)) and time.perf_counter() < deadline:
        time.sleep(0.02)
    return left
