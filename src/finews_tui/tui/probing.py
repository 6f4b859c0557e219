"""Asks the terminal itself what it can do, for ``doctor``: within a time, leaving nothing behind.

What a terminal answers comes in by the keyboard. Nothing of it may be left for the shell, so the
last question is one that every terminal answers, and a terminal that does not answer that one is
asked nothing else. The questions: Control Sequences of xterm; synchronised output by mode 2026.
"""

from __future__ import annotations

import os
import re
import select
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType

from finews_tui.tui.colours import BLIND, Environment

PATIENCE = 2.0
"""Seconds in which a terminal must answer the first question."""
SAMPLES = "“…—①★─财"
"""Characters whose width is measured; all but the last are ambiguous."""

_ATTRIBUTES = "\x1b[c"
_QUESTIONS = (
    "\x1b[>q",  # name and version
    "\x1b[?2026$p",  # synchronised output
    "\x1b]11;?\x1b\\",  # background
    "\x1bP+q4D73\x1b\\",  # the capability Ms: sets the clipboard
    "\x1b[48;2;1;2;3m\x1bP$qm\x1b\\\x1b[0m",  # which colour is in force after a 24-bit one
)
_APPLE = ("\x1b[>q", "\x1b]11;?\x1b\\")
"""Terminal.app prints what it does not know."""
_LINUX = ()
_ERASE = "\r\x1b[K"
"""Takes what was printed off the line that the cursor stands on."""

_IS_ATTRIBUTES = re.compile(rb"\x1b\[\?([0-9;]*)c")
_NAME = re.compile(rb"\x1bP>\|([^\x1b\x07]{0,100})(?:\x1b\\|\x07)")
_SYNC = re.compile(rb"\x1b\[\?2026;([0-4])\$y")
_BACKGROUND = re.compile(
    rb"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})"
)
_CLIPBOARD = re.compile(rb"\x1bP([01])\+r4[Dd]73")
_COLOUR = re.compile(rb"\x1bP1\$r([0-9:;]*)m")
_PLACE = re.compile(rb"\x1b\[[0-9]+;([0-9]+)R")
_TRUE = re.compile(r"48[:;]2[:;](?:[0-9]*:)?1[:;]2[:;]3(?![0-9])")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a terminal told; None or empty where it did not."""

    seconds: float = 0.0
    """How long the first answer took."""
    name: str = ""
    """Name and version by its own words."""
    is_synchronised: bool | None = None
    """Whether it knows synchronised output."""
    background: tuple[int, int, int] | None = None
    """Red, green and blue, 0 to 255."""
    takes_clipboard: bool | None = None
    """Whether it says that it takes OSC 52."""
    is_true_colour: bool | None = None
    """Whether it keeps a colour of 24 bits as it is."""
    widths: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """The cells of each of ``SAMPLES``."""

    @property
    def ambiguous_width(self) -> int | None:
        """The cells of ambiguous characters; None where they differ, or nothing is known."""
        found = {self.widths[sample] for sample in SAMPLES[:-1] if sample in self.widths}
        return found.pop() if len(found) == 1 else None

    @property
    def is_light(self) -> bool | None:
        """Whether the background is a light one."""
        if self.background is None:
            return None
        red, green, blue = self.background
        return 299 * red + 587 * green + 114 * blue > 127_500


def why_not_asked(keyboard: int, screen: int, environ: Environment) -> str:
    """Why a terminal cannot be asked over these descriptors; empty where it can."""
    if not (os.isatty(keyboard) and os.isatty(screen)):
        return "not asked: stdin or stdout is no terminal"
    if environ.get("TERM", "") in BLIND:
        return "not asked: by its TERM it cannot answer"
    if os.tcgetpgrp(keyboard) != os.getpgrp():
        return "not asked: this runs in the background"
    return ""


def ask_terminal(
    keyboard: int, screen: int, environ: Environment, patience: float = PATIENCE
) -> Answers | None:
    """What the terminal answers, or None where it does not within ``patience`` seconds.

    The cursor stands at the beginning of an empty line, before and after.
    """
    with _listening(keyboard) as listener:
        _say(screen, _ATTRIBUTES)
        since = time.monotonic()
        first = listener.until(_IS_ATTRIBUTES, 1, patience)
        if first is None:
            listener.is_late = True
            return None
        seconds = time.monotonic() - since
        questions = "".join((*_questions(environ), _measuring()))
        _say(screen, f"{questions}{_ERASE}{_ATTRIBUTES}")
        rest = listener.until(_IS_ATTRIBUTES, 1, max(patience, 4 * seconds))
        listener.is_late = rest is None
        return _answers(first, rest or bytes(listener.heard), seconds)


def _questions(environ: Environment) -> tuple[str, ...]:
    if environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return _APPLE
    return _LINUX if environ.get("TERM") == "linux" else _QUESTIONS


def _measuring() -> str:
    return "".join(f"\r{sample}\x1b[6n" for sample in SAMPLES)


def _answers(first: bytes, rest: bytes, seconds: float) -> Answers:
    """What the bytes mean; whatever else is among them is no answer."""
    name, sync, colour = _NAME.search(rest), _SYNC.search(rest), _COLOUR.search(rest)
    clipboard, background = _CLIPBOARD.search(rest), _BACKGROUND.search(rest)
    attributes = _IS_ATTRIBUTES.search(first)
    listed = attributes[1].split(b";")[1:] if attributes else []
    columns = [int(column) for column in _PLACE.findall(rest)]
    takes = True if b"52" in listed else clipboard[1] == b"1" if clipboard else None
    return Answers(
        seconds=seconds,
        name=name[1].decode("utf-8", "replace") if name else "",
        is_synchronised=sync[1] in b"123" if sync else None,
        background=_rgb(background) if background else None,
        takes_clipboard=takes,
        is_true_colour=bool(_TRUE.search(colour[1].decode())) if colour else None,
        widths=MappingProxyType(
            {sample: column - 1 for sample, column in zip(SAMPLES, columns, strict=False)}
            if len(columns) == len(SAMPLES)
            else {}
        ),
    )


def _rgb(found: re.Match[bytes]) -> tuple[int, int, int]:
    red, green, blue = (
        round(int(part, 16) * 255 / (16 ** len(part) - 1)) for part in found.groups()
    )
    return red, green, blue


def _say(screen: int, text: str) -> None:
    data = text.encode()
    while data:
        data = data[os.write(screen, data) :]


class _Listener:
    """Reads what comes in by the keyboard."""

    def __init__(self, keyboard: int) -> None:
        self._keyboard = keyboard
        self.heard = bytearray()
        """What has come since the last answer."""
        self.is_late = False
        """Whether there may be an answer that has not come yet."""

    def until(self, wanted: re.Pattern[bytes], times: int, seconds: float) -> bytes | None:
        """What comes until ``wanted`` has; None where it does not come within ``seconds``."""
        self.heard.clear()
        deadline = time.monotonic() + seconds
        while len(wanted.findall(self.heard)) < times:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._keyboard], [], [], left)[0]:
                return None
            data = os.read(self._keyboard, 4096)
            if not data:
                return None
            self.heard += data
        return bytes(self.heard)


@contextmanager
def _listening(keyboard: int) -> Iterator[_Listener]:
    """A keyboard whose keys come one by one and are not echoed; C-c still ends the program."""
    before = termios.tcgetattr(keyboard)
    changed = termios.tcgetattr(keyboard)
    changed[3] &= ~(termios.ECHO | termios.ICANON)
    changed[6][termios.VMIN], changed[6][termios.VTIME] = 1, 0
    listener = _Listener(keyboard)
    termios.tcsetattr(keyboard, termios.TCSADRAIN, changed)
    try:
        yield listener
    except BaseException:
        listener.is_late = True
        raise
    finally:
        # An answer that comes after all must not stand on the shell's next line.
        when = termios.TCSAFLUSH if listener.is_late else termios.TCSADRAIN
        termios.tcsetattr(keyboard, when, before)
