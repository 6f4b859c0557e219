"""The base of the panes: rows of a constant height, painted by arithmetic and a lookup.

This room alone knows scrolling, the cursor and which lines must be painted again. A list costs the
same at ten rows and at a million: nothing is held for a row that is not on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from finews_tui.page.line import Line
from finews_tui.tui.paint import Ground, Painter, centred
from finews_tui.tui.selectable import SelectableView


class PaintedView(SelectableView, can_focus=False, inherit_bindings=False):
    """A scrolling pane of painted lines, without scrollbars and without animation.

    It never has Textual's focus: a change of that repaints the whole screen, 24 KB at 120 × 40. The
    screen reads all keys and says which pane they go to.
    """

    DEFAULT_CSS = """
    PaintedView { overflow: hidden; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._painter: Painter | None = None
        self._says: tuple[Line, ...] = ()
        self._held: Sequence[Strip] = ()
        self.is_awaited = False
        """Whether nobody sees it yet, so that painting it would be in vain."""
        self.covered = 0
        """Lines at the bottom over which something else lies, such as the prompt."""

    @property
    def allow_vertical_scroll(self) -> bool:
        """Always: Textual would only scroll what may have a scrollbar, which is three widgets."""
        return True

    @property
    def painter(self) -> Painter:
        """Paints in the colours of the theme in force."""
        if self._painter is None:
            self._painter = Painter(self.app.theme_variables)
        return self._painter

    @property
    def ambiguous(self) -> int:
        """Cells that the terminal gives to characters such as “ ” … ①."""
        return self.painter.ambiguous

    def notify_style_update(self) -> None:
        """Forget the colours of the former theme."""
        self._painter = None
        super().notify_style_update()

    def say(self, *lines: Line) -> None:
        """What to show in place of content while there is none."""
        self.release()
        if lines != self._says:
            self._says = lines
            self.refresh()

    def hold(self, rows: Sequence[Strip]) -> None:
        """Show a part of the screen's ``rows`` until there is content, or something to say."""
        self._held = rows

    def release(self) -> None:
        """Now there is."""
        if self._held:
            self._held = ()
            self.refresh()

    @property
    def is_empty(self) -> bool:
        """Whether there is no content, so that the pane says why."""
        return self.virtual_size.height == 0

    def set_height(self, lines: int) -> None:
        """Tell how many lines the content has; what was in sight and may be another is painted."""
        before = self.virtual_size.height
        if lines == before:
            return
        # Set as any other, it would have the whole screen laid out and painted: it is no size of
        # anything that can be seen, as there are no scrollbars.
        self.set_reactive(Widget.virtual_size, Size(1, lines))
        if self.top > self.max_scroll_y:
            self.scroll_lines_to(self.top)
        if min(before, lines) < self.top + self.size.height:
            self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips of a region of the view."""
        if self.is_awaited:
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """The strip of screen line ``y``."""
        width = self.size.width
        if self._held:
            region = self.content_region
            if (self._held[0].cell_length, len(self._held)) == self.screen.size:
                return self._held[region.y + y].crop(region.x, region.right)
        if self.is_empty:
            if not self._says:
                return self.painter.blank(width)
            said = centred(self._says, width, self.size.height)
            return self.painter.strip(said[y] if y < len(said) else (), width)
        return self.paint_row(y, width)

    def paint_row(self, y: int, width: int) -> Strip:
        """The strip of row ``y`` of the pane, by arithmetic, without any side effect."""
        return self.with_selection(self.top + y, self.paint_line(self.top + y, width))


class LineList(PaintedView):
    """A pane of rows with a cursor; subclasses say how many rows there are and how they look."""

    cursor = reactive(0, repaint=False, init=False)
    """The selected row."""
    count = reactive(0, repaint=False, init=False)
    """The number of rows."""
    is_active = reactive(True, repaint=False, init=False)
    """Whether the keys go to this list."""
    row_height = reactive(1, repaint=False, init=False)
    """Lines of a row; the same for all rows."""

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, pane: LineList) -> None:
            super().__init__()
            self.pane = pane

        @property
        def control(self) -> LineList:
            """The pane that moved its cursor."""
            return self.pane

    class Clicked(Message):
        """A row was clicked; the cursor stands on it already."""

        def __init__(self, pane: LineList, row: int, column: int, line: int, chain: int) -> None:
            super().__init__()
            self.pane = pane
            self.row = row
            self.column = column
            """The cell of the row's line."""
            self.line = line
            """The line inside the row."""
            self.chain = chain
            """1 for a click, 2 for a double click."""

    # -- what a subclass tells ---------------------------------------------------------------

    def row_lines(self, row: int, width: int) -> tuple[Line, ...]:
        """The ``row_height`` lines of ``row``, each of ``width`` cells, the first cell blank."""
        raise NotImplementedError

    # -- painting ----------------------------------------------------------------------------

    def paint_line(self, line: int, width: int) -> Strip:
        """The strip of a content line."""
        row, part = divmod(line, self.row_height)
        if row >= self.count:
            return self.painter.blank(width)
        lines = self.row_lines(row, width)
        return self.painter.strip(lines[part] if part < len(lines) else (), width, self.ground(row))

    def ground(self, row: int) -> Ground:
        """What lies below ``row``."""
        if row != self.cursor:
            return ""
        return "cursor" if self.is_active else "cursor-blurred"

    def refresh_row(self, row: int) -> None:
        """Paint the lines of one row again."""
        self.refresh_lines(row * self.row_height, self.row_height)

    # -- the cursor --------------------------------------------------------------------------

    @property
    def rows_on_screen(self) -> int:
        """How many whole rows the pane shows."""
        return max(1, (self.size.height - self.covered) // self.row_height)

    def validate_cursor(self, row: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(row, self.count - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Paint the two rows and keep the cursor in sight."""
        self.refresh_row(before)
        self.refresh_row(now)
        self.keep_in_sight()
        self.post_message(self.Moved(self))

    def keep_in_sight(self) -> None:
        """Scroll as little as possible until the whole row of the cursor is on the screen."""
        first = self.cursor * self.row_height
        height = self.rows_on_screen * self.row_height
        if first < self.top:
            self.scroll_lines_to(first)
        elif first + self.row_height > self.top + height:
            self.scroll_lines_to(first + self.row_height - height)

    def watch_count(self, count: int) -> None:
        """The content has another height; the cursor stays on a row."""
        self.set_height(count * self.row_height)
        self.cursor = self.validate_cursor(self.cursor)

    def watch_row_height(self, before: int, now: int) -> None:
        """Rows of another height: the cursor's row stays where it is on the screen."""
        above = self.cursor - self.top // before
        self.set_height(self.count * now)
        self.scroll_lines_to((self.cursor - above) * now)
        self.keep_in_sight()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor's row on the screen, and as near as possible to where it was."""
        self.set_height(self.count * self.row_height)
        self.keep_in_sight()

    def watch_is_active(self) -> None:
        """The selected row shows where the keys go."""
        if self.is_active:
            self.release()
        self.refresh_row(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """A click selects the row below the pointer."""
        if self.was_dragged:
            return
        row, line = divmod(self.top + event.y, self.row_height)
        if row < self.count:
            self.cursor = row
            self.post_message(self.Clicked(self, row, event.x, line, event.chain))

    # -- motion ------------------------------------------------------------------------------

    def move(self, rows: int) -> None:
        """Down by ``rows``, or up when negative."""
        self.cursor = self.validate_cursor(self.cursor + rows)

    def page(self, pages: float) -> None:
        """Down by so many pages, 0.5 for half a page; the view moves with the cursor."""
        rows = round(pages * self.rows_on_screen)
        rows = rows or (1 if pages > 0 else -1)
        self.scroll_lines_to(self.top + rows * self.row_height)
        self.move(rows)

    def go_to(self, row: int) -> None:
        """To ``row``, the first being 0."""
        self.cursor = self.validate_cursor(row)

    def go_to_percent(self, percent: int) -> None:
        """To the row before which so many of a hundred rows stand; 100 is the last."""
        self.go_to(max(0, -(-self.count * percent // 100) - 1))

    def last(self) -> None:
        """To the last row."""
        self.go_to(self.count - 1)
