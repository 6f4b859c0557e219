"""The title line above each pane: what it shows, and by its line whether it has the focus."""

from __future__ import annotations

from textual.reactive import reactive

from finews_tui.page import cut, plain, width_of
from finews_tui.page.line import Line, Role
from finews_tui.tui.status_line import PaintedLine


class PaneTitle(PaintedLine):
    """``━━ All ━━━━━━``; a thin line where the focus is elsewhere."""

    DEFAULT_CSS = "PaneTitle { height: 1; }"

    title = reactive("", repaint=False)
    """What the pane shows."""
    piece: reactive[Line] = reactive((), repaint=False)
    """Instead of it, a piece of the selected post's text, with what was searched marked."""
    is_focused = reactive(False, repaint=False)
    """Whether the pane has the focus."""

    def line(self, width: int) -> Line:
        """The title inside its line."""
        stroke = "━" if self.is_focused else "─"
        if self.piece:
            rest = max(0, width - width_of(plain(self.piece)) - 4)
            role: Role = "heading" if self.is_focused else "rule"
            return ((stroke * 2 + " ", role), *self.piece, (" " + stroke * rest, role))
        if not self.title:
            return ((stroke * width, "heading" if self.is_focused else "rule"),)
        text = cut(self.title, max(0, width - 6))
        rest = width - width_of(text) - 4
        if self.is_focused:
            return (
                (stroke * 2 + " ", "heading"),
                (text, "heading"),
                (" " + stroke * rest, "heading"),
            )
        return ((stroke * 2 + " ", "rule"), (text, "dim"), (" " + stroke * rest, "rule"))

    def watch_title(self) -> None:
        """Paint the change."""
        self.repaint()

    watch_is_focused = watch_piece = watch_title
