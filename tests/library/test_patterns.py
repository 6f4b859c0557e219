"""Expressions are matched in a process that may hang or die without harm."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator

import pytest

from finews_tui.library import patterns
from finews_tui.library.patterns import Patterns


@pytest.fixture
def process() -> Iterator[Patterns]:
    """Return the matcher, closed at the end."""
    found = Patterns()
    yield found
    found.close()


def test_matches(process: Patterns) -> None:
    assert process.matches("降准.{0,3}点", "央行\n降准一个点")
    assert process.matches("^gdp$", "a\nＧＤＰ\nGDP")
    assert not process.matches("降.准", "降准")
    assert process.matches("", "")
    assert process.matches("x" * 100_000, "x" * 200_000)
    assert process.given_up == ()


def test_one_that_never_ends_is_given_up(
    process: Patterns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.05)
    for _ in range(5):
        assert not process.matches("(a+)+b", "a" * 60)
    assert process.given_up == ("(a+)+b",)
    monkeypatch.setattr(patterns, "SECONDS", 5)
    assert process.matches("a", "a"), "others go on"


def test_a_killed_process_is_started_again(process: Patterns) -> None:
    assert process.matches("a", "a")
    first = process._process
    assert first is not None
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    process.matches("a", "a")
    assert process.matches("a", "a")


def test_nothing_to_start(process: Patterns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent")
    assert not process.matches("a", "a")
    monkeypatch.setattr(sys, "executable", "/bin/true")
    assert not process.matches("b", "b")
