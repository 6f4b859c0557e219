"""The way to the terminal: what Textual writes to copy is wrapped for tmux and screen here.

This room alone stands between Textual and the terminal. Pass ``ReaderDriver`` as the app's
``driver_class``; ``App.copy_to_clipboard`` then does the right thing everywhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import ClassVar

from textual.drivers.linux_driver import LinuxDriver

from finews_tui.frames import Frame
from finews_tui.tui.sequences import wrapped_copy

ALTERNATE = "\x1b[?1049h"
"""Enters the alternate screen, and clears it."""


class ReaderDriver(LinuxDriver):
    """Textual's driver, whose OSC 52 passes tmux and screen."""

    frame: ClassVar[Frame] = Frame()
    """What is on the terminal before Textual begins."""
    _is_begun = False
    _is_ending = False

    @staticmethod
    def is_muted() -> bool:
        """Whether what is painted stays unseen, because the program is about to end."""
        return False

    def start_application_mode(self) -> None:
        """Begin to draw; a frame that is shown stays until it is painted over."""
        attributes = self.frame.hand_over()
        self._is_begun = attributes is not None
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's own
        self._is_begun = False
        if attributes is not None:
            self.attrs_before = attributes

    def stop_application_mode(self) -> None:
        """Leave the terminal as it was."""
        self._is_ending = True
        super().stop_application_mode()

    def write(self, data: str) -> None:
        """Write ``data``, a copy in the form that this terminal understands."""
        if self._is_begun and data == ALTERNATE:
            return  # entering the other screen once more would clear it
        if self.is_muted() and not self._is_ending:
            return
        super().write(wrapped_copy(data, os.environ))


def driver_over(frame: Frame, is_muted: Callable[[], bool]) -> type[ReaderDriver]:
    """The driver for a terminal that shows ``frame``, and nothing while ``is_muted``."""
    members = {"frame": frame, "is_muted": staticmethod(is_muted)}
    return type("FrameDriver", (ReaderDriver,), members)
