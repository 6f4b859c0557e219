"""A child process whose lines are read; whenever it is given up, nothing of it is left behind."""

from __future__ import annotations

import asyncio
import contextlib
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Sequence

GRACE_SECONDS = 2.0
"""How long children of its own may hold its output open after its end."""


class Child:
    """One process; its standard input is open until it is stopped."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._start: asyncio.Task[Process] | None = None
        self._stop: asyncio.Task[None] | None = None
        self._is_over = False
        self.was_stopped = False
        """Whether it was asked to end before it had."""
        self.complaint = ""
        """What it wrote to standard error, once it has ended by itself."""
        self.code: int | None = None
        """Its exit code, once it has ended by itself."""

    @property
    def is_running(self) -> bool:
        """Whether it may still do something."""
        return self._start is not None and self.code is None and self._stop is None

    async def lines(self) -> AsyncGenerator[bytes, None]:
        """Start it, and yield what it writes, line by line; raises OSError where it cannot start.

        It is stopped with this iterator.
        """
        if self._is_over:
            return
        self._start = asyncio.ensure_future(
            asyncio.create_subprocess_exec(
                *self._command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                start_new_session=True,  # C-c in a shell is not meant for it
            )
        )
        try:
            # A start that is cancelled half-way would leave its pipes open.
            process = await asyncio.shield(self._start)
            assert process.stdout is not None and process.stderr is not None
            complaint = asyncio.ensure_future(process.stderr.read())
            async for line in process.stdout:
                yield line
            self.complaint = (await complaint).decode("utf-8", "replace").strip()
            self.code = await process.wait()
        finally:
            await self.stop()

    async def stop(self) -> None:
        """End it, if it still runs, and wait for its end; it cannot be started any more."""
        self._is_over = True
        if self._start is not None:
            if self._stop is None:
                self._stop = asyncio.ensure_future(self._end(self._start))
            await asyncio.shield(self._stop)

    async def _end(self, start: asyncio.Task[Process]) -> None:
        try:
            process = await start
        except OSError:
            return
        assert process.stdin is not None
        process.stdin.close()
        if process.returncode is None:
            self.was_stopped = True
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        await process.wait()
        for stream in (process.stdout, process.stderr):
            # Its pipes are closed when they have been read to their end. Where somebody is still
            # reading, he does that.
            with contextlib.suppress(RuntimeError, TimeoutError):
                if stream is not None:
                    await asyncio.wait_for(stream.read(), GRACE_SECONDS)
