"""What the processes of a program cost: memory, CPU, and whether any of them is left.

Children may have sessions of their own, and a killed parent leaves orphans. What all of them keep
is a variable of their environment: a mark, which each program is started with. Read from Linux'
``/proc``; elsewhere there is nothing to tell.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Mapping
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_STATE, _FIRST_TIME, _AFTER_LAST_TIME = 0, 11, 15
"""Fields of ``/proc/PID/stat`` behind the name, see proc(5): state, utime to cstime."""
_MARK = "STARTED_AS"
_numbers = itertools.count(1)


def marked(environ: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """An environment to start a program with, and the mark by which its processes are known."""
    value = f"{os.getpid()}.{next(_numbers)}.{time.time_ns()}"
    return {**environ, _MARK: value}, f"{_MARK}={value}"


def carrying(mark: str) -> list[int]:
    """The running processes of ours whose environment holds ``mark``, by number.

    Who is started over a network knows no mark: any ``NAME=value`` of its own will do.
    """
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:  # somebody else's, or gone
            continue
        fields = _stat(int(folder.name))
        if mark.encode() in environment and fields and fields[_STATE] not in ("Z", "X"):
            found.append(int(folder.name))
    return sorted(found)


def left_behind(mark: str, seconds: float) -> list[int]:
    """Those of them that have not ended within ``seconds``."""
    deadline = time.perf_counter() + seconds
    while (left := carrying(mark)) and time.perf_counter() < deadline:
        time.sleep(0.02)
    return left


def shared_memory(mark: str) -> int:
    """Bytes in memory of all of them, what they share counted once (PSS)."""
    return sum(_kilobytes(Path(f"/proc/{pid}/smaps_rollup"), "Pss:") for pid in carrying(mark))


def resident_memory(process: int) -> int:
    """Bytes of one process that are in memory now (RSS)."""
    return _kilobytes(Path(f"/proc/{process}/status"), "VmRSS:")


def cpu_seconds(mark: str) -> float:
    """CPU time of all of them that run, and of the children they have waited for."""
    ticks = 0
    for pid in carrying(mark):
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
