"""The strip that tells what may follow a prefix, when the next key is slow to come."""

from __future__ import annotations

from textual.timer import Timer

from finews_tui.page import width_of
from finews_tui.page.line import Line, Span
from finews_tui.tui.bindings import Pending
from finews_tui.tui.status_line import PaintedLine, fitted

STRIP_SECONDS = 0.3
"""After a prefix, how long until the strip is shown."""


class PrefixStrip(PaintedLine):
    """What may follow a prefix; shown above the status line when the next key is slow to come."""

    DEFAULT_CSS = "PrefixStrip { display: none; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pending: Pending | None = None
        self._timer: Timer | None = None

    def line(self, width: int) -> Line:
        """The keys and what they do."""
        if self._pending is None:
            return ()
        return prefix_line(self._pending, width)

    def wait_for(self, pending: Pending) -> None:
        """Show the strip soon, unless the next key comes first."""
        self.hide()
        if pending.choices:
            self._pending = pending
            self._timer = self.set_timer(STRIP_SECONDS, self._appear)

    def _appear(self) -> None:
        self.display = True
        self.repaint()

    def hide(self) -> None:
        """The next key came."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._pending = None
        if self.display:
            self.display = False


def prefix_line(pending: Pending, width: int) -> Line:
    """The choices after a prefix in one line: `` ] u next unread  d next day``."""
    spans: list[Span] = [(f" {pending.text} ", "unread")]
    room = width - width_of(pending.text) - 2
    for key, title in pending.choices:
        needed = 3 + width_of(key) + width_of(title)
        if needed > room - 2:
            spans.append((" …", "dim"))
            break
        spans += [(f"  {key}", "title"), (f" {title}", "dim")]
        room -= needed
    return fitted(spans, width)
