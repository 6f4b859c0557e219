"""The way to the terminal: what Textual writes to copy is wrapped for tmux and screen here.

This room alone stands between Textual and the terminal. Pass ``ReaderDriver`` as the app's
``driver_class``; ``App.copy_to_clipboard`` then does the right thing everywhere.
"""

from __future__ import annotations

import os

from textual.drivers.linux_driver import LinuxDriver

from finews_tui.tui.sequences import wrapped_copy


class ReaderDriver(LinuxDriver):
    """Textual's driver, whose OSC 52 passes tmux and screen."""

    def write(self, data: str) -> None:
        """Write ``data``, a copy in the form that this terminal understands."""
        super().write(wrapped_copy(data, os.environ))
