"""Measures the reader at 60 and at 20,000 posts beside the floors of the same run.

    make bench                           the whole table
    python -m benchmarks.reader 60 1000  other sizes

Read the ratios; absolute times belong to one machine at one moment.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpus import write
from benchmarks.drive import Answer, Terminal, environment

SIZES = (60, 20_000)
KEYS = 30
"""How often each key is pressed."""
STARTS = 5
"""How often each program is started."""
BARE_APP = """
from textual.app import App
from textual.widgets import Label
class Bare(App):
    def compose(self):
        yield Label("READY")
Bare().run()
"""


@dataclass(slots=True)
class Measured:
    """The figures of one archive."""

    posts: int
    index_seconds: float = 0.0
    open_ms: list[float] = field(default_factory=list)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    idle_bytes: int = 0
    memory_kb: int = 0


def main(words: Sequence[str]) -> int:
    """Measures and prints; 1 where the reader did not come up."""
    sizes = tuple(map(int, words)) or SIZES
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        python = [sys.executable, "-c", "pass"]
        floor = _times(lambda: _run(python, base))
        bare = _times(lambda: _open([sys.executable, "-c", BARE_APP], base, "READY"))
        print(f"python -c pass          {_middle(floor):8.0f} ms")
        print(f"bare Textual, one label {_middle(bare):8.0f} ms")
        measured = [_measure(base, size) for size in sizes]
    for one in measured:
        _report(one, _middle(bare))
    if len(measured) > 1:
        _compare(measured[0], measured[-1])
    return 0


def _run(command: Sequence[str], base: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=environment(str(base)), check=True)
    return (time.perf_counter() - start) * 1000


def _open(command: Sequence[str], base: Path, text: str) -> float:
    with Terminal(command, environment(str(base))) as terminal:
        shown = terminal.wait_for(text)
    if shown is None:
        sys.exit(f"{text!r} did not come onto the screen of {command[:3]}")
    return shown


def _times(action: Callable[[], float]) -> list[float]:
    return [action() for _ in range(STARTS)]


def _measure(base: Path, posts: int) -> Measured:
    archive = base / str(posts)
    write(archive, posts)
    measured = Measured(posts)
    program = [sys.executable, "-m", "finews_tui"]
    index = [*program, "index", "-a", str(archive)]
    measured.index_seconds = _run(index, base) / 1000
    reader = [*program, str(archive)]
    total = f"1/{posts:,}"
    measured.open_ms = _times(lambda: _open(reader, base, total))
    with Terminal(reader, environment(str(base))) as terminal:
        terminal.wait_for(total)
        terminal.read(1.0)
        measured.answers["j inside the window"] = _press(terminal, "j", 10)
        terminal.press("30j", 0.5)  # to the lower edge, so that each j scrolls
        measured.answers["j that scrolls"] = _press(terminal, "j", KEYS)
        measured.answers["G and gg"] = _press(terminal, "G", 1) + _press(terminal, "gg", 1)
        terminal.read(1.0)
        chunks = terminal.read(2.0, limit=2.0)
        measured.idle_bytes = sum(len(data) for _, data in chunks)
        measured.memory_kb = terminal.memory()
    longest = max(archive.glob("_posts/*"), key=lambda path: path.stat().st_size)
    with Terminal([*reader, "--at", longest.stem[-18:]], environment(str(base))) as terminal:
        terminal.wait_for(f"/{posts:,}")
        terminal.press("l", 1.0)  # into the article
        measured.answers["j in the article"] = _press(terminal, "j", 5)
        measured.answers["PageDown in the article"] = _press(terminal, "\x1b[6~", 5)
    return measured


def _press(terminal: Terminal, key: str, times: int) -> list[Answer]:
    """The answers to a key; what follows after the gap (the preview) is let pass between them."""
    answers = []
    for _ in range(times):
        answers.append(terminal.press(key))
        terminal.read(0.5)
    return answers


def _report(one: Measured, bare: float) -> None:
    opened = _middle(one.open_ms)
    print(f"\n{one.posts:,} posts")
    print(f"  cold index              {one.index_seconds:8.2f} s")
    print(f"  warm open               {opened:8.0f} ms   {opened / bare:5.2f} × bare Textual")
    for name, answers in one.answers.items():
        times = [answer.milliseconds for answer in answers]
        first = [answer.first for answer in answers]
        sizes = sorted(answer.bytes for answer in answers)
        print(
            f"  {name:<24}{_middle(times):7.1f} ms, first byte {_middle(first):6.1f} ms   "
            f"{_middle(sizes):7,.0f} bytes, at most {sizes[-1]:,}"
        )
    print(f"  idle for 2 s            {one.idle_bytes:8,} bytes")
    print(f"  memory                  {one.memory_kb / 1024:8.0f} MB")


def _compare(small: Measured, large: Measured) -> None:
    print(f"\n{large.posts:,} posts against {small.posts:,}")
    print(f"  warm open               {_middle(large.open_ms) / _middle(small.open_ms):8.2f} ×")
    for name, answers in small.answers.items():
        before = _middle([answer.milliseconds for answer in answers])
        after = _middle([answer.milliseconds for answer in large.answers[name]])
        print(f"  {name:<24}{after / before if before else 0:7.2f} ×")


def _middle(values: Sequence[float]) -> float:
    return statistics.median(values)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
