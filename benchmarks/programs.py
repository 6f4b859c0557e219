"""Starts programs and measures them: seconds, memory of all their processes, what they print."""

from __future__ import annotations

import os
import resource
import select
import signal
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from benchmarks.table import UnmeasuredError
from tools import processes

_SAMPLE = 0.5
"""Seconds between two looks at the memory: a look costs milliseconds for a large process."""


def program() -> list[str]:
    """The command of finews-tui as a person types it, where it is installed beside this Python."""
    script = Path(sys.executable).with_name("finews-tui")
    return [str(script)] if script.exists() else [sys.executable, "-m", "finews_tui"]


def say(text: str) -> None:
    """Tell on stderr what is going on: some phases take minutes."""
    print(f"… {text}", file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of stdout, and when it came, in seconds since the start."""

    seconds: float
    text: str


@dataclass(slots=True)
class Run:
    """A run of a program while it goes on, and what it came to."""

    code: int = 0
    seconds: float = 0.0
    """From the start to the end."""
    cpu: float = 0.0
    """CPU seconds of it and of all the processes that it waited for."""
    memory: int = 0
    """The most bytes that all its processes had in memory together (PSS)."""
    lines: list[Line] = field(default_factory=list)


def run(
    command: Sequence[str],
    environ: Mapping[str, str],
    *,
    limit: float,
    see: Callable[[Line], None] | None = None,
    watches_memory: bool = False,
) -> Run:
    """Run a program to its end; ``see`` gets each line of stdout as it comes.

    Raises UnmeasuredError where it takes longer than ``limit`` seconds; all of it is ended then.
    """
    marked, mark = processes.marked(environ)
    before, started = _cpu_of_children(), perf_counter()
    process = subprocess.Popen(
        list(command),
        env=marked,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    done = Run()
    try:
        sample = _SAMPLE if watches_memory else limit
        for text in _lines_of(process, mark, started + limit, sample, done):
            line = Line(perf_counter() - started, text)
            done.lines.append(line)
            if see is not None:
                see(line)
        done.code = process.wait(max(1.0, started + limit - perf_counter()))
        done.seconds, done.cpu = perf_counter() - started, _cpu_of_children() - before
        return done
    except (subprocess.TimeoutExpired, TimeoutError):
        raise UnmeasuredError(f"{Path(command[0]).name} takes longer than {limit:.0f} s") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _lines_of(
    process: subprocess.Popen[bytes], mark: str, deadline: float, sample: float, done: Run
) -> Iterator[str]:
    """The lines as they come; the memory is looked at in between."""
    assert process.stdout is not None
    rest = b""
    due = perf_counter() + sample
    while True:
        ready, _, _ = select.select([process.stdout], [], [], max(0, due - perf_counter()))
        if perf_counter() > deadline:
            raise TimeoutError
        if perf_counter() >= due:
            done.memory = max(done.memory, processes.shared_memory(mark))
            due = perf_counter() + sample
        if not ready:
            continue
        data = os.read(process.stdout.fileno(), 65_536)
        if not data:
            return
        *lines, rest = (rest + data).split(b"\n")
        yield from (line.decode("utf-8", "replace") for line in lines)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds_of(command: Sequence[str], environ: Mapping[str, str], *, limit: float = 60) -> float:
    """How long a program runs that must end with 0 (or 1: nothing matched, some file broken)."""
    done = run(command, environ, limit=limit)
    if done.code not in (0, 1):
        raise UnmeasuredError(f"{' '.join(command[:3])[:60]} ended with code {done.code}")
    return done.seconds


def alternated(rounds: int, *actions: Callable[[], float]) -> list[float]:
    """The medians of several measurements, which take turns, so that all see the same machine."""
    found: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds):
        for values, action in zip(found, actions, strict=True):
            values.append(action())
    return [statistics.median(values) for values in found]
