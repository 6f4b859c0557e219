"""Something to choose from over the panes: a line that is typed into, above the rows that fit it.

This room alone knows how one chooses; what fits what was typed, and how a row looks, subclasses
tell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from finews_tui.page import cut, width_of
from finews_tui.page.line import Line, plain
from finews_tui.tui.dialogs import Dialog
from finews_tui.tui.entry import Entry
from finews_tui.tui.line_list import LineList
from finews_tui.tui.paint import mark

Value = TypeVar("Value")


class PickList(LineList, Generic[Value], can_focus=False):
    """The rows that fit."""

    DEFAULT_CSS = "PickList { height: 1fr; }"

    def __init__(self, paint: Callable[[Value, int], Line]) -> None:
        super().__init__()
        self._paint = paint
        self._rows: Sequence[Value] = ()

    @property
    def choice(self) -> Value | None:
        """The selected row."""
        return self._rows[self.cursor] if self._rows else None

    def put(self, rows: Sequence[Value], otherwise: str, cursor: int = 0) -> None:
        """Show other rows; where there are none, say ``otherwise``."""
        self._rows = rows
        self.count = len(rows)
        self.go_to(cursor)
        self.say(((otherwise, "dim"),))
        self.refresh()

    def row_lines(self, row: int, width: int) -> tuple[Line, ...]:
        """The row, as it is told."""
        return (self._paint(self._rows[row], width),)


class Picker(Dialog[Value | None]):
    """Chooses one of some rows; the result is that, or None."""

    DEFAULT_CSS = "Picker > Vertical { height: 80%; }"

    otherwise = "Nothing fits."
    """What is said where no row fits."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.entry = Entry(label)
        """What is typed."""
        self.rows: PickList[Value] = PickList(self.row_line)
        """What fits."""

    def fitting(self, typed: str) -> Sequence[Value]:
        """The rows that fit what was typed, the best first."""
        raise NotImplementedError

    def row_line(self, value: Value, width: int) -> Line:
        """A row of ``width`` cells, the first of them blank."""
        raise NotImplementedError

    def first(self) -> int:
        """The row that is selected when nothing was typed."""
        return 0

    def compose(self) -> ComposeResult:
        """The line that is typed into, over what fits."""
        with Vertical():
            yield self.entry
            yield self.rows

    def on_mount(self) -> None:
        """Show what there is to choose from."""
        if not self.rows.count:  # keys may have come before
            self.find()

    def find(self) -> None:
        """What was typed, or what there is to choose from, is another."""
        typed = self.entry.value.strip()
        self.rows.put(self.fitting(typed), self.otherwise, 0 if typed else self.first())

    def on_line_list_clicked(self, message: LineList.Clicked) -> None:
        """A click chooses."""
        message.stop()
        self.accept()

    def press(self, event: events.Key) -> None:
        """Move in the list, choose, close; everything else is typed."""
        page = max(1, self.rows.rows_on_screen - 1)
        steps = {
            "up": -1,
            "ctrl+p": -1,
            "shift+tab": -1,
            "down": 1,
            "ctrl+n": 1,
            "tab": 1,
            "pageup": -page,
            "pagedown": page,
        }
        if event.key == "enter":
            self.accept()
        elif event.key in ("escape", "ctrl+c") or (
            event.key == "backspace" and not self.entry.value
        ):
            self.dismiss(None)
        elif event.key in steps:
            self.rows.move(steps[event.key])
        else:
            before = self.entry.value
            self.entry.press(event)
            if self.entry.value != before:
                self.find()

    def paste(self, text: str) -> None:
        """Pasted text is typed."""
        self.entry.paste(text)
        self.find()

    def accept(self) -> None:
        """Choose the selected row."""
        self.dismiss(self.rows.choice)


def row_of(text: str, right: Line, width: int, *, marks: Sequence[int] = ()) -> Line:
    """``text`` at the left, cut where it must be, with some characters marked; ``right`` aligned.

    One cell on either side stays blank.
    """
    used = width_of(plain(right))
    shown = cut(text, max(0, width - used - 4))
    left = mark(((shown, "text"),), [(at, at + 1) for at in marks if at < len(shown)])
    gap = width - 2 - width_of(shown) - used
    return ((" ", "text"), *left, (" " * max(gap, 1), "text"), *right, (" ", "text"))
