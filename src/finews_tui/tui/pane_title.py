"""The title line above each pane: what it shows, and by its line whether it has the focus.

That of the list is also the heading of the day whose rows are below it.
"""

from __future__ import annotations

from textual.reactive import reactive

from finews_tui.page import cut, plain, width_of
from finews_tui.page.line import Line, Role
from finews_tui.tui.status_line import PaintedLine


class PaneTitle(PaintedLine):
    """``━━ All ━━━━ 2022-06-14 周二 ━━``; a thin line where the focus is elsewhere."""

    DEFAULT_CSS = "PaneTitle { height: 1; }"

    title = reactive("", repaint=False)
    """What the pane shows."""
    piece: reactive[Line] = reactive((), repaint=False)
    """Instead of it, a piece of the selected post's text, with what was searched marked."""
    day = reactive("", repaint=False)
    """The day of the first row below, where rows are dated."""
    is_focused = reactive(False, repaint=False)
    """Whether the pane has the focus."""

    def line(self, width: int) -> Line:
        """The title inside its line, the day near its right end."""
        strokes = "━─" if self.ambiguous == 1 else "=-"
        stroke = strokes[0] if self.is_focused else strokes[1]
        role: Role = "heading" if self.is_focused else "rule"
        if self.piece:
            rest = max(0, width - width_of(plain(self.piece)) - 4)
            return ((stroke * 2 + " ", role), *self.piece, (" " + stroke * rest, role))
        day = self._day(width)
        end: Line = ()
        if day:
            end = (
                (" ", role),
                (day, "day" if self.is_focused else "dim"),
                (f" {stroke * 2}", role),
            )
            width -= width_of(plain(end))
        if not self.title:
            return ((stroke * width, role), *end)
        text = cut(self.title, max(0, width - 6))
        line = " " + stroke * (width - width_of(text) - 4)
        name: Role = "heading" if self.is_focused else "dim"
        return ((stroke * 2 + " ", role), (text, name), (line, role), *end)

    def _day(self, width: int) -> str:
        """The day as it fits beside the title; the weekday goes first, and never the title."""
        room = width - min(width_of(self.title), 12) - 12
        if width_of(self.title) + width_of(self.day) + 12 <= width:
            return self.day
        short = self.day.partition(" ")[0]
        return short if width_of(short) <= room else ""

    def watch_title(self) -> None:
        """Paint the change."""
        self.repaint()

    watch_is_focused = watch_piece = watch_day = watch_title
