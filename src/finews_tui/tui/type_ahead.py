"""Keys typed before the answer to the key before them: they wait for it, however long it takes.

This room alone decides when a key has to wait. ``gs`` asks the library, and ``j`` follows in the
same moment: it is meant for the list of starred posts, not for the one still on the screen. So the
same keys lead to the same place, however fast they are typed and however slow the answers are.
Whoever has waited long enough gives up with Esc, or with C-c at any time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from textual import events
from textual.message import Message
from textual.worker import Worker

PATIENCE = 0.5
"""Seconds of waiting after which Esc gives up; before, it is a key that waits like all others."""
JUMPS = frozenset({"go", "jump", "find", "open", "details"})
"""The groups of work that lead somewhere, if nobody gives them up."""
AWAITED = JUMPS | {"list"}
"""The groups of work whose end keys wait for."""

Typed = events.Key | events.Paste


class TypeAhead:
    """Holds keys back while something is on its way that decides what they act on."""

    def __init__(
        self,
        route: Callable[[Typed], None],
        *,
        is_text_wanted: Callable[[], bool],
        is_due: Callable[[], bool],
        given_up: Callable[[], None],
    ) -> None:
        self._route = route
        self._given_up = given_up
        self._is_text_wanted = is_text_wanted
        self._is_due = is_due
        self._typed: deque[Typed] = deque()
        self._awaited: list[Worker[Any]] = []
        self._since: float | None = None
        """When the waiting began, by the clock that events are stamped with."""
        self._is_due_given_up = False
        self._is_begun = False
        self.has_acted = False
        """Whether any key has been let through."""

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
            if not self._is_waiting():
                self._since = Message().time
            self._awaited.append(worker)

    def press(self, event: Typed) -> None:
        """Something was typed: it goes through at once unless something is awaited."""
        key = event.key if isinstance(event, events.Key) else ""
        if key == "ctrl+c":
            self._typed.clear()
            self._route(event)
            return
        if not self._is_text_wanted() and self._is_waiting():
            self._since = event.time if self._since is None else self._since
            if key == "escape" and event.time - self._since >= PATIENCE:
                self.give_up()
                return
        self._typed.append(event)
        self.flow()

    def flow(self) -> None:
        """Let keys through as far as nothing is awaited; each may begin work of its own."""
        while self._is_begun and self._typed and (self._is_text_wanted() or not self._is_waiting()):
            self.has_acted = True
            self._route(self._typed.popleft())

    def _is_waiting(self) -> bool:
        # Work that was cancelled before it began never finishes.
        self._awaited = [w for w in self._awaited if not (w.is_finished or w.is_cancelled)]
        is_due = self._is_due()
        self._is_due_given_up = self._is_due_given_up and is_due
        if self._awaited or (is_due and not self._is_due_given_up):
            return True
        self._since = None
        return False

    def give_up(self) -> bool:
        """Wait no longer, nor do what was typed for the answer; False where nothing is awaited."""
        if not self._is_waiting():
            return False
        self._typed.clear()
        for worker in self._awaited:
            if worker.group in JUMPS:
                worker.cancel()
        self._awaited.clear()
        self._is_due_given_up = True
        self._since = None
        self._given_up()
        return True
