"""Keys typed before the answer to the key before them: they wait for it, but never for long.

This room alone decides when a key has to wait. ``gs`` asks the library, and ``j`` follows in the
same moment: it is meant for the list of starred posts, not for the one still on the screen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from textual import events
from textual.worker import Worker

PATIENCE = 0.5
"""Seconds after which a key acts on what is on the screen all the same."""
AWAITED = frozenset({"list", "go", "jump", "find", "open", "details", "marks"})
"""The groups of work whose end keys wait for."""


class TypeAhead:
    """Holds keys back while work is going on that decides what they act on."""

    def __init__(
        self, route: Callable[[events.Key], None], *, is_text_wanted: Callable[[], bool]
    ) -> None:
        self._route = route
        self._is_text_wanted = is_text_wanted
        self._typed: deque[events.Key] = deque()
        self._awaited: list[Worker[Any]] = []
        self._is_begun = False

    @property
    def is_holding(self) -> bool:
        """Whether keys are held back."""
        return bool(self._typed)

    @property
    def is_begun(self) -> bool:
        """Whether keys act."""
        return self._is_begun

    def begin(self) -> None:
        """There is something that keys can act on; what was typed before waits without end."""
        self._is_begun = True
        self.flow()

    def wait_for(self, worker: Worker[Any]) -> None:
        """Hold keys back until this work is done, if its group is one of ``AWAITED``."""
        if worker.group in AWAITED:
            self._awaited.append(worker)

    def press(self, event: events.Key) -> None:
        """A key was pressed: it goes through at once unless something is awaited."""
        if event.key == "ctrl+c":
            self._typed.clear()
            self._route(event)
            return
        self._typed.append(event)
        self.flow()

    def flow(self) -> None:
        """Let keys through as far as nothing is awaited; each may begin work of its own."""
        while self._is_begun and self._typed and (self._is_text_wanted() or not self._is_waiting()):
            self._route(self._typed.popleft())

    def hurry(self) -> None:
        """Enough waited."""
        self._awaited.clear()
        self.flow()

    def _is_waiting(self) -> bool:
        # Work that was cancelled before it began never finishes.
        self._awaited = [w for w in self._awaited if not (w.is_finished or w.is_cancelled)]
        return bool(self._awaited)
