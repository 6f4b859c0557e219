"""A view whose text can be selected with the mouse: what is dragged over is marked, then told.

The base of all painted views; ``selecting.py`` knows which characters a selection is.
"""

from __future__ import annotations

from rich.style import Style
from textual import events
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from finews_tui.tui.selecting import Selection, Spot, selected_text

SELECTED = Style(reverse=True)
"""Laid over what is selected, with or without colours."""


class SelectableView(ScrollView, can_focus=False, inherit_bindings=False):
    """A scrolling view of lines; subclasses paint them."""

    class Selected(Message):
        """A text was selected with the mouse."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pressed: Spot | None = None
        self._selection: Selection | None = None
        self.was_dragged = False
        """Whether the mouse button that was released last had selected text: that is no click."""

    # -- what a subclass tells ---------------------------------------------------------------

    def paint_line(self, line: int, width: int) -> Strip:
        """The strip of line ``line`` of the content; by arithmetic, without any side effect."""
        raise NotImplementedError

    def joint(self, line: int) -> str | None:
        """What stands between a line and the next one where that goes on with it; else None."""
        return None

    def added(self, line: int) -> list[tuple[int, int]]:
        """The cells of a line, from and to, that are the layout's and none of the text's."""
        return []

    # -- where the view stands ---------------------------------------------------------------

    @property
    def reach(self) -> int:
        """The lines from the first one on that can be selected now."""
        return self.virtual_size.height

    @property
    def top(self) -> int:
        """The first line of the content that is on the screen."""
        return self.scroll_offset.y

    def scroll_lines_to(self, line: int) -> None:
        """Put ``line`` at the top of the pane, as far as the content reaches."""
        self.scroll_to(y=max(0, min(line, self.max_scroll_y)), animate=False)

    # -- the mouse ---------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A selection may begin here."""
        self.was_dragged = False
        is_first = event.button == 1 and self.reach > 0
        self._pressed = Spot(self.top + event.y, event.x) if is_first else None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select as far as the pointer, beyond the edge by scrolling."""
        if self._pressed is None or event.button != 1:
            return
        if not 0 <= event.y < self.size.height:
            self.scroll_lines_to(self.top + (1 if event.y > 0 else -1))
        y = max(0, min(event.y, self.size.height - 1))
        end = Spot(min(self.top + y, self.reach - 1), max(0, event.x))
        if self._selection is None:
            if end == self._pressed:
                return  # a hand that trembles over one character only clicks
            self.capture_mouse()
        self._select(Selection(self._pressed, end))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """What was selected is copied, and marked no longer."""
        selection = self._selection
        self._pressed = None
        if selection is None:
            return
        self.release_mouse()
        self.was_dragged = True
        texts = [self.paint_line(line, self.size.width).text for line in selection.lines]
        between = {line: self.joint(line) for line in selection.lines}
        joints = {line: joint for line, joint in between.items() if joint is not None}
        added = {line: cells for line in selection.lines if (cells := self.added(line))}
        self._select(None)
        if text := selected_text(selection, texts, joints, added):
            self.post_message(self.Selected(text))

    @property
    def has_selection(self) -> bool:
        """Whether something is being selected."""
        return self._selection is not None

    def with_selection(self, line: int, strip: Strip) -> Strip:
        """The strip of a line, with what is selected in it marked."""
        if self._selection is None or line not in self._selection.lines:
            return strip
        first, last = self._selection.cells(line, strip.text)
        middle = strip.crop(first, last).apply_style(SELECTED)
        return Strip.join([strip.crop(0, first), middle, strip.crop(last)])

    def _select(self, selection: Selection | None) -> None:
        before, self._selection = self._selection, selection
        touched = [line for each in (before, selection) if each for line in each.lines]
        if touched:
            self.refresh_lines(min(touched), max(touched) - min(touched) + 1)
