"""The way to the terminal: what Textual writes goes through here, and no further as it is.

This room alone stands between Textual and the terminal. Pass ``driver_over`` as the app's
``driver_class``. What Textual paints becomes a picture, of which ``wire.py`` sends what changed;
the sequences that begin and end things are known one by one; ``App.copy_to_clipboard`` is wrapped
for tmux and screen. Nothing else leaves the reader.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from finews_tui.frames import Frame
from finews_tui.tui.sequences import COPY, wrapped_copy
from finews_tui.tui.wire import BEGIN_UPDATE, END_UPDATE, ENTER, Size, Wire

_CONTROL = re.compile(
    r"\x1b\[\?(?:7|25|1000|1003|1004|1006|1015|1016|1049|2004|2048)[hl]"  # modes
    r"|\x1b\[\?(?:2026|2048)\$p"  # which of them the terminal has
    r"|\x1b\[>\d+u|\x1b\[<u"  # the kitty keyboard protocol
    r"|\x1b\]22;[a-z-]*\x07"  # the pointer's shape
    r"|\x07"
)
"""All that Textual writes beside what it paints and copies."""


class WidthMeasured(Message):
    """The terminal has told how many cells it gives to ambiguous characters."""

    def __init__(self, cells: int) -> None:
        super().__init__()
        self.cells = cells


class ReaderDriver(LinuxDriver):
    """Textual's driver, which sends no more than has changed."""

    frame: ClassVar[Frame] = Frame()
    """What is on the terminal before Textual begins."""
    wire: ClassVar[Wire] = Wire({})
    """What sends it."""
    _is_begun = False
    _is_ending = False

    @staticmethod
    def is_muted() -> bool:
        """Whether what is painted stays unseen, because the program is about to end."""
        return False

    @staticmethod
    def screen_size() -> Size:
        """Columns and rows of the screen that is painted."""
        return 80, 24

    def start_application_mode(self) -> None:
        """Begin to draw; a frame that is shown stays until it is painted over."""
        attributes = self.frame.hand_over()
        self._is_begun = attributes is not None
        self._is_ending = False
        terminal = sys.__stderr__
        assert terminal is not None  # without one the reader is not started
        self.wire.open(terminal.fileno(), terminal.encoding)
        if self._is_begun:
            self.wire.know(self.frame.text, (self.frame.columns, len(self.frame.picture)))
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's own
        self._is_begun = False
        if attributes is not None:
            self.attrs_before = attributes

    def stop_application_mode(self) -> None:
        """Leave the terminal as it was."""
        self.wire.hear_out()
        self._is_ending = True
        super().stop_application_mode()
        self.wire.flush()

    def close(self) -> None:
        """End the threads that write."""
        self.wire.close()
        super().close()

    def process_message(self, message: Message) -> None:
        """Hand on what the terminal says; where its cursor is only the wire has asked."""
        if isinstance(message, events.CursorPosition):
            if cells := self.wire.answered(message.x, message.y):
                super().process_message(WidthMeasured(cells))
        else:
            super().process_message(message)

    def write(self, data: str) -> None:
        """Send what has changed, a copy in the form that this terminal understands."""
        if self.is_muted() and not self._is_ending:
            return
        if self._is_begun and data == ENTER:
            self.wire.show(True)  # entering the other screen once more would clear it
        elif data == BEGIN_UPDATE:
            self.wire.synchronise()
        elif _CONTROL.fullmatch(data):
            self.wire.control(data)
        elif data.startswith(COPY):
            self.wire.control(wrapped_copy(data, os.environ))
        elif data != END_UPDATE and not self._is_ending:
            self.wire.paint(data, self.screen_size())


def driver_over(
    frame: Frame, wire: Wire, *, is_muted: Callable[[], bool], screen_size: Callable[[], Size]
) -> type[ReaderDriver]:
    """The driver for a terminal that shows ``frame``, and nothing while ``is_muted``."""
    members = {
        "frame": frame,
        "wire": wire,
        "is_muted": staticmethod(is_muted),
        "screen_size": staticmethod(screen_size),
    }
    return type("FrameDriver", (ReaderDriver,), members)
