"""Copies a text to where ``terminal.py`` decides, and tells where it went, never that it arrived.

Nothing answers an OSC 52; what programs answer is only that they took the text. No textual here.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from finews_tui.lean import NamedTuple
from finews_tui.tui.colours import Environment
from finews_tui.tui.opening import failure, why_not
from finews_tui.tui.sequences import LARGEST_COPY, can_copy
from finews_tui.tui.terminal import Copier, Place, copiers

PATIENCE = 1.0
"""Seconds that a program may take to read a text."""


class Sent(NamedTuple):
    """What became of a wish to copy a text."""

    text: str
    places: tuple[str, ...]
    """Where it was sent, for a sentence."""
    problems: tuple[str, ...] = ()
    """Why it was not sent elsewhere, one sentence each."""

    @property
    def where(self) -> str:
        """The places as a part of a sentence; empty where there are none."""
        *first, last = self.places or ("",)
        return f"{', '.join(first)} and {last}" if first else last

    @property
    def message(self) -> str:
        """One sentence for the status line."""
        if self.places:
            return f"Sent to {self.where}: {self.text}"
        reason = self.problems[0].rstrip(".") if self.problems else "This terminal has no clipboard"
        return f"{reason}: {self.text}"


def send(text: str, environ: Environment) -> Sent:
    """Have every program copy ``text``; blocks up to a second for each.

    Where the places tell ``Place.TERMINAL``, the caller writes the OSC 52: only one may write to
    the terminal.
    """
    places: list[str] = []
    problems: list[str] = []
    for copier in copiers(environ):
        if not copier.words:
            if problem := "" if can_copy(text, environ) else _too_long(text):
                problems.append(problem)
                continue
        elif problem := _hand_over(text, copier, environ):
            problems.append(problem)
            continue
        by = f" ({copier.words[0]})" if copier.place is Place.DESKTOP else ""
        places.append(f"{copier.place}{by}")
    return Sent(text, tuple(places), tuple(problems))


def is_written(sent: Sent) -> bool:
    """Whether the caller is to write the OSC 52."""
    return Place.TERMINAL in sent.places


def _too_long(text: str) -> str:
    size, most = len(text.encode("utf-8", "replace")) // 1024, LARGEST_COPY // 4 * 3 // 1024
    return f"A terminal's clipboard takes {most} KB, and this is {size} KB."


def _hand_over(text: str, copier: Copier, environ: Environment) -> str:
    """Give ``text`` to a program; why it did not take it, or an empty string."""
    words = _without_sending(copier.words) if not can_copy(text, environ) else copier.words
    data = text.encode(copier.encoding, "replace")
    try:
        done = subprocess.run(
            words,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            start_new_session=True,
            env=dict(environ),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"{words[0]} did not take the text within {PATIENCE:g} s."
    except (OSError, ValueError) as error:
        return why_not(words, error)
    return failure(words, done.returncode)


def _without_sending(words: Sequence[str]) -> list[str]:
    """tmux keeps a long text, but the terminal it would send it to does not take it."""
    return [word for word in words if word != "-w"]
