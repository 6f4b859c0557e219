"""What is done to its end, whatever becomes of those who wait for it: a mark is never lost.

Textual cancels the workers of a reader that ends, also those that have not begun: ``s`` and ``q``
in one breath would leave no star behind.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any


class Duties:
    """Work that goes on when its waiters are cancelled."""

    def __init__(self) -> None:
        self._open: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None]) -> Coroutine[Any, Any, None]:
        """Begin ``work`` now; what is returned waits for it, and may be given up."""
        duty = asyncio.get_running_loop().create_task(work)
        self._open.add(duty)
        duty.add_done_callback(self._open.discard)
        return _wait(asyncio.shield(duty))

    async def finish(self) -> None:
        """Wait until all that was begun is done; whoever waits for it is told how it ended."""
        while self._open:
            await asyncio.wait(self._open)


async def _wait(duty: Awaitable[None]) -> None:
    await duty
