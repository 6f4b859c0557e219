"""The screen as the next start will show it: what is kept of it, and what is seen of it again.

This room alone turns the panes into a stored frame (``frames.py``) and a frame into what panes
show until their content is there. A start begins with the whole archive, its first post selected:
so that nothing jumps then, that is the screen that is kept, wherever the reader is when it ends.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from finews_tui.errors import FinewsError
from finews_tui.frames import LOADING
from finews_tui.tui.history import Asked
from finews_tui.tui.paint import Painter
from finews_tui.tui.pens import Pen, pen_of

if TYPE_CHECKING:
    from finews_tui.frames import Picture
    from finews_tui.tui.screen import ReaderScreen

SETTLED = 0.5
"""Seconds after the start's last work until the screen is kept."""
PATIENCE = 1.0
"""Seconds that the end of the reader may take for it."""

_PIECE = re.compile(r"\x1b\[([0-9;]*)m([^\x1b]*)\x1b\[0m|([^\x1b]+)")
"""What Rich makes of a segment, with a style and without."""
_NAMES = {
    **{1: "bold", 2: "dim", 3: "italic", 4: "underline", 5: "blink", 6: "blink2", 7: "reverse"},
    **{8: "conceal", 9: "strike", 21: "underline2", 53: "overline"},
}
"""What Rich calls the attributes of a pen."""


class Afterimage:
    """Keeps the first screen for the next start."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._frame = screen.options.frame

    def show(self) -> None:
        """Let the panes show what the frame shows, until their content is there."""
        if rows := strips(self._frame.picture):
            self.screen.categories.hold(rows)
            self.screen.article.hold(rows)

    @property
    def _is_wanted(self) -> bool:
        options = self.screen.options
        return self._frame.is_wanted and options.at is None and not options.query

    def keep_soon(self) -> None:
        """The start is over: keep the screen when it rests, if it still is that of a start."""
        if self._is_wanted:
            self.screen.later("frame", SETTLED, self._keep_first)

    def _keep_first(self) -> None:
        if self._is_first():
            self._keep()

    def _is_first(self) -> bool:
        screen = self.screen
        row = screen.headlines.current
        return (
            row is not None
            and screen.asked == Asked()
            and screen.headlines.cursor == screen.headlines.top == 0
            and screen.article.key == row.key
            and screen.pane == "list"
            and not (screen.is_zoomed or screen.prompt.is_open or screen.dialog is not None)
        )

    def leave(self) -> None:
        """End the reader; what the next start will show is made ready, unseen, and kept."""
        screen = self.screen
        if self._is_wanted and screen.librarian.is_open and screen.dialog is None:
            screen.start(self._leave(), "leave")
        else:
            screen.app.exit()

    async def _leave(self) -> None:
        screen = self.screen
        screen.is_leaving = True
        try:
            with suppress(TimeoutError, FinewsError):
                await screen.remembering.close()
                async with asyncio.timeout(PATIENCE):
                    await self._begin_anew()
                    self._keep_first()
        finally:
            screen.app.exit()

    async def _begin_anew(self) -> None:
        """Go where a start begins."""
        screen = self.screen
        screen.searching.forget_marks()
        screen.is_zoomed = False
        screen.focus_pane("list")
        if screen.asked != Asked():
            screen.set_reactive(type(screen).asked, Asked())
            screen.show_asked()
        await screen.answering.answer(screen.asked, "")
        screen.headlines.go_to(0)
        await screen.reading.preview_now()
        screen.categories.begin_anew()
        await screen.finding.fill_first()
        await screen.wait_for_refresh()

    def _keep(self) -> None:
        from finews_tui.frame_keeping import keep

        with suppress(OSError):  # a cache that cannot be written: the next start has no frame
            size = self.screen.size
            index, ambiguous = str(self.screen.options.index), self.screen.article.ambiguous
            keep(self._frame, self._picture(), size.width, index, ambiguous=ambiguous)

    def _picture(self) -> Picture:
        screen = self.screen
        width, height = screen.size
        rows = [Strip.blank(width)] * height
        shown = (*screen.titles.values(), screen.categories, screen.headlines, screen.article)
        for widget in shown:
            region = widget.region
            lines = widget.render_lines(Region(0, 0, *region.size)) if region else ()
            for y, line in enumerate(lines, region.y):
                rows[y] = Strip.join([rows[y].crop(0, region.x), line, rows[y].crop(region.right)])
        painter = Painter(screen.app.theme_variables)
        rows[-1] = painter.strip(((f" {LOADING}", "dim"),), width)
        return [self._pieces(row) for row in rows]

    def _pieces(self, row: Strip) -> list[tuple[str, str]]:
        """What the terminal gets for ``row``; what is neither text nor colour stays in the text."""
        text = row.render(self.screen.app.console)
        return [(found[1] or "", found[2] or found[3] or "") for found in _PIECE.finditer(text)]


def strips(picture: Picture) -> list[Strip]:
    """The rows of a frame, to be painted again."""
    styles = {sgr: _style(pen_of(sgr)) for row in picture for sgr, _ in row}
    return [Strip([Segment(text, styles[sgr]) for sgr, text in row]) for row in picture]


def _style(pen: Pen) -> Style:
    named: dict[str, Any] = {
        name: True for number, name in _NAMES.items() if number in pen.attributes
    }
    return Style(color=_colour(pen.colour), bgcolor=_colour(pen.ground), **named)


def _colour(parameters: str) -> Color | None:
    """The colour of SGR parameters such as ``38;5;117``, ``48;2;0;0;0`` or ``31``; none of none."""
    if not parameters:
        return None
    kind, *numbers = map(int, parameters.split(";"))
    match numbers:
        case [5, number]:
            return Color.from_ansi(number)
        case [2, red, green, blue]:
            return Color.from_rgb(red, green, blue)
    return Color.from_ansi(kind % 10 + (8 if kind >= 90 else 0))
