"""How fast a line takes what is sent, and when the next picture may follow. Pure: clocks are given.

A picture that waits is replaced by the next one; one that is under way must be seen to its end. So
on a slow line as little as possible should be under way. Three things tell how much that is:

- the terminal itself, which answers when it is asked where its cursor is: what was sent before the
  question has arrived. Over SSH nothing else tells, for megabytes fit into the buffers in between;
- a write that has to wait: what lies between here and the terminal is full, and moves on as fast as
  the write does;
- for a terminal at the far end of an SSH connection that never answers: nothing. It is sent no more
  than any line carries.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import inf

LAG = 0.05
"""Seconds that what is under way may take, beyond the way itself."""
ASK_EVERY = 1024
"""Bytes after which the terminal is asked whether they have arrived."""
UNANSWERED = 3.0
"""Seconds after which a terminal is taken for one that does not answer."""
UNKNOWN_RATE = 16_000.0
"""Bytes a second for an SSH connection of which nothing is known."""

LONGEST = 0.3
"""Seconds after which a picture is sent in any case, where only waiting writes tell.

A line that stood still for a while (C-s, a laptop that slept) looks like a very slow one then. A
picture now and then does not fill one that really is.
"""

_FIRST_ALLOWANCE, _LEAST_ALLOWANCE, _MOST_ALLOWANCE = 8_192, 1_536, 262_144
_REST = 1.0
"""Seconds without a byte after which a line is as good as new."""
_ENOUGH = 1_024
"""Bytes by which a rate is measured."""
_BUFFERS = (4_096, 65_536)
"""The least and the most that is under way when a write has to wait."""
_CAUTION = 0.8
"""How much of a measured rate is used: what was under way before must become less."""


class Pace:
    """What is known of one line."""

    def __init__(self, clock: Callable[[], float], *, is_remote: bool = False) -> None:
        self._clock = clock
        self._is_remote = is_remote
        self._sent = 0
        # by answers
        self._is_answering: bool | None = None
        self._asked: deque[tuple[int, float]] = deque()
        self._asked_at = 0
        self._arrived = 0
        self._shortest = inf
        self._allowance = _FIRST_ALLOWANCE
        # by waiting
        self._rate = inf
        self._under_way = 0.0
        self._looked = self._last = clock()
        self._burst, self._burst_began = 0, self._looked
        self._jam = 0
        self._jam_began: float | None = None

    def delay(self) -> float:
        """Seconds until the next picture may be sent, if nothing is heard before; 0 for now."""
        now = self._clock()
        self._give_up_asking(now)
        wait = 0.0
        if self._is_answering and self._asked and self._sent - self._arrived > self._allowance:
            wait = self._asked[0][1] + UNANSWERED - now
        if not self._is_answering:
            self._drain(now)
            most = self._rate * LAG
            if self._under_way > most:
                longest = inf if self._is_blind else LONGEST
                wait = max(wait, min((self._under_way - most) / self._rate, longest))
        return max(0.0, wait)

    # -- what was sent -----------------------------------------------------------------------

    def sent(self, size: int, began: float, ended: float, *, has_waited: bool = False) -> None:
        """A write of ``size`` bytes began and ended then; ``has_waited``: the line took no more."""
        if began - self._last > _REST and self._under_way_at(began) == 0:
            self._burst, self._burst_began = 0, began
            self._jam_began = None
            if not self._is_blind:
                self._rate = inf
        self._drain(ended)
        self._sent += size
        self._burst += size
        self._under_way += size
        self._last = ended
        self._jam += size
        if has_waited:
            self._wait_seen(ended)

    def _wait_seen(self, ended: float) -> None:
        """All buffers are full now: between two such moments as much was carried as was sent."""
        if self._jam_began is None:
            self._jam, self._jam_began = 0, ended
        elif self._jam >= _ENOUGH:
            rate = self._jam / max(ended - self._jam_began, 1e-3)
            full = self._burst - rate * (ended - self._burst_began)
            self._under_way = min(max(full, _BUFFERS[0]), _BUFFERS[1])
            self._rate = rate * _CAUTION

    def _under_way_at(self, now: float) -> float:
        return max(0.0, self._under_way - self._rate * (now - self._looked))

    def _drain(self, now: float) -> None:
        passed = now - self._looked
        self._under_way = 0.0 if self._rate == inf else self._under_way_at(now)
        self._looked += max(0.0, passed)

    # -- what was answered -------------------------------------------------------------------

    @property
    def wants_answer(self) -> bool:
        """Whether the terminal should be asked with what is sent next."""
        if self._is_answering is None:
            return not self._asked
        return self._is_answering and self._sent - self._asked_at >= ASK_EVERY

    @property
    def awaits_answer(self) -> bool:
        """Whether an answer is under way that may still come."""
        return bool(self._asked) and self._clock() - self._asked[-1][1] < UNANSWERED

    def asked(self) -> None:
        """The terminal was asked; the question is the last of what was sent."""
        self._asked.append((self._sent, self._clock()))
        self._asked_at = self._sent

    def answered(self) -> None:
        """It has answered the oldest question."""
        if not self._asked:
            return
        now = self._clock()
        self._is_answering = True
        self._arrived, when = self._asked.popleft()
        took = now - when
        self._shortest = min(self._shortest, took)
        queue = took - self._shortest
        if queue > 2 * LAG:
            self._allowance = max(_LEAST_ALLOWANCE, self._allowance // 2)
        elif queue < LAG and self._sent - self._arrived > self._allowance // 2:
            self._allowance = min(_MOST_ALLOWANCE, self._allowance * 2)

    @property
    def _is_blind(self) -> bool:
        return self._is_remote and self._is_answering is False

    def _give_up_asking(self, now: float) -> None:
        while self._asked and now - self._asked[0][1] >= UNANSWERED:
            self._arrived, _ = self._asked.popleft()
            if self._is_answering is None:
                self._is_answering = False
                if self._is_blind:
                    self._rate = min(self._rate, UNKNOWN_RATE)
