"""The indexer's child process: a reader never parses a thousand posts in its own process.

This room alone starts and stops that child. It runs ``finews-tui index --format jsonl``, which
prints one line a step and ends by itself when nobody reads them any more.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from pathlib import Path

from finews_tui.lean import NamedTuple
from finews_tui.tui.child import Child


class Step(NamedTuple):
    """How far the indexer is."""

    done: int
    """Files looked at."""
    total: int
    """Files to look at."""
    changed: bool
    """Whether the index holds something new since the step before."""
    is_text: bool = False
    """Whether the lists are complete and the full text is being filled in behind them."""

    @property
    def percent(self) -> int:
        """Done, of 100."""
        return 100 * self.done // self.total if self.total else 100


class Anew(NamedTuple):
    """The index is built from nothing, although there was one."""

    reason: str
    """Half a sentence."""


class Outcome(NamedTuple):
    """How the indexer ended."""

    changes: int
    """Posts added, changed or removed."""
    failed: int
    """Files that could not be read."""
    error: str
    """What the child said when it could not do its work; else empty."""


class Indexer:
    """One run of the child process at a time."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = tuple(roots)
        self._child: Child | None = None
        self._is_closed = False

    @property
    def is_running(self) -> bool:
        """Whether the child is at work."""
        return self._child is not None and self._child.is_running

    async def run(self, *, rebuild: bool = False) -> AsyncGenerator[Anew | Step | Outcome, None]:
        """Start the child; yields its steps, and last the Outcome."""
        arguments = ["-m", "finews_tui", "index", "--format", "jsonl"]
        if rebuild:
            arguments.append("--rebuild")
        for root in self._roots:
            arguments += ["-a", str(root)]
        if self._is_closed:
            return
        child = self._child = Child([sys.executable, *arguments])
        summary: dict[str, int] = {}
        try:
            async with aclosing(child.lines()) as lines:
                async for line in lines:
                    try:
                        told = json.loads(line)
                    except ValueError:
                        continue
                    if "anew" in told:
                        yield Anew(told["anew"])
                    elif "done" in told:
                        is_text = told.get("phase") == "text"
                        yield Step(told["done"], told["total"], bool(told["changed"]), is_text)
                    else:
                        summary = told
        except OSError as error:  # no memory or no process left: another run may have more luck
            yield Outcome(0, 0, f"the indexer cannot be started: {error.strerror}")
            return
        # Files that could not be read make the exit code 1, and that is no failure of the run; nor
        # is it one that the child was stopped.
        has_failed = child.code not in (0, None) and not summary and not child.was_stopped
        said = child.complaint.splitlines() or [f"The indexer ended with code {child.code}."]
        yield Outcome(
            sum(summary.get(name, 0) for name in ("added", "changed", "removed")),
            summary.get("failed", 0),
            said[-1] if has_failed else "",
        )

    async def stop(self) -> None:
        """End the child, if it still runs, and wait for its end."""
        if self._child is not None:
            await self._child.stop()

    async def close(self) -> None:
        """Stop, and never run again."""
        self._is_closed = True
        await self.stop()
