"""How much is under way on a line: simulated lines, no clock but a counted one."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import pytest

from finews_tui.tui.pace import LONGEST, UNANSWERED, Pace

TICK = 0.005
FRAME = 1_200
"""Bytes of a picture."""


@dataclass
class Line:
    """A line of a rate and a length, with a buffer before it that makes writes wait."""

    rate: float
    """Bytes a second."""
    way: float
    """Seconds there and back."""
    buffer: int
    answers: bool
    now: float = 0.0
    queue: float = 0.0
    """Bytes that have been taken and not carried."""
    replies: deque[float] = field(default_factory=deque)

    def pass_time(self, seconds: float) -> None:
        """Let it carry."""
        self.now += seconds
        self.queue = max(0.0, self.queue - self.rate * seconds)

    def lag(self) -> float:
        """Seconds until what was written last is there."""
        return self.queue / self.rate


def hold(line: Line, pace: Pace, seconds: float) -> float:
    """Hold a key: there is always another picture. The lag at the end, in seconds."""
    end = line.now + seconds
    while line.now < end:
        while line.replies and line.replies[0] <= line.now:
            line.replies.popleft()
            pace.answered()
        if pace.delay() > 0:
            line.pass_time(TICK)
            continue
        is_asking = pace.wants_answer
        for _ in range(0, FRAME, 300):
            began = line.now
            if has_waited := line.queue + 300 > line.buffer:
                line.pass_time((line.queue + 300 - line.buffer) / line.rate)
            line.queue += 300
            pace.sent(300, began, line.now, has_waited=has_waited)
        if is_asking:
            pace.asked()
            if line.answers:
                line.replies.append(line.now + line.queue / line.rate + line.way)
        line.pass_time(1 / 60)
    return line.lag()


def new(line: Line, **more: bool) -> Pace:
    return Pace(lambda: line.now, **more)


@pytest.mark.parametrize("rate", [5_000, 20_000, 100_000])
@pytest.mark.parametrize("buffer", [20_480, 4_000_000])
def test_a_terminal_that_answers(rate: float, buffer: int) -> None:
    line = Line(rate, 0.3, buffer, answers=True)
    pace = new(line)
    hold(line, pace, 0.01)
    line.pass_time(1)  # the first screen has been answered before anybody presses a key
    assert hold(line, pace, 5) <= 0.2 + 2 * FRAME / rate


@pytest.mark.parametrize("rate", [5_000, 20_000, 50_000])
def test_a_line_that_makes_writes_wait(rate: float) -> None:
    line = Line(rate, 0.3, 20_480, answers=False)
    assert hold(line, new(line), 5) <= 0.2 + 2 * FRAME / rate


def test_a_far_terminal_that_never_answers() -> None:
    line = Line(20_000, 0.3, 4_000_000, answers=False)
    pace = new(line, is_remote=True)
    hold(line, pace, 0.02)
    line.pass_time(2 * UNANSWERED)
    assert hold(line, pace, 5) <= 0.3


def test_a_fast_line_is_not_slowed_down() -> None:
    for answers in (True, False):
        line = Line(50e6, 0.001, 20_480, answers=answers)
        pace = new(line)
        began = line.now
        for _ in range(100):
            assert pace.delay() == 0
            pace.sent(FRAME, line.now, line.now)
            line.pass_time(0.004)
            if pace.wants_answer:
                pace.asked()
            if answers:
                pace.answered()
        assert line.now - began < 0.5


def test_a_line_that_rests_is_as_good_as_new() -> None:
    line = Line(20_000, 0.3, 20_480, answers=False)
    pace = new(line)
    hold(line, pace, 3)
    assert pace.delay() > 0
    line.pass_time(10)
    assert pace.delay() == 0


def test_a_line_that_stood_still_is_tried_again_soon() -> None:
    """As with C-s, or a laptop that slept: it may be as fast as ever."""
    pace = Pace(lambda: 20.0)
    pace.sent(20_000, 0.0, 0.0)
    for ended in (10.0, 20.0):
        pace.sent(1_024, ended - 10, ended, has_waited=True)
    assert 0 < pace.delay() <= LONGEST


def test_an_answer_that_may_still_come_is_waited_for() -> None:
    line = Line(20_000, 0.3, 20_480, answers=False)
    pace = new(line)
    assert pace.wants_answer and not pace.awaits_answer
    pace.asked()
    assert pace.awaits_answer and not pace.wants_answer
    line.pass_time(UNANSWERED)
    assert not pace.awaits_answer
    assert pace.delay() == 0
    assert not pace.wants_answer, "it is not asked again"
