"""A list over the panes: its rows, what is to be known of the selected one, and the keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from finews_tui.page.line import Line
from finews_tui.tui.bindings import Keymap, KeyReader, Pending, Run
from finews_tui.tui.dialogs import Caption, Dialog, spread
from finews_tui.tui.line_list import LineList

WIDEST = 80
"""Cells of a line at most."""
AROUND = 7
"""Lines of the dialog that are neither rows nor about the selected one."""

Result = TypeVar("Result")


class Rows(LineList):
    """The rows of such a dialog, as many as there is room for."""

    DEFAULT_CSS = "Rows { height: auto; }"

    def __init__(self, rows: Sequence[object]) -> None:
        super().__init__()
        self._total = len(rows)

    def on_mount(self) -> None:
        """Show the rows."""
        self.count = self._total

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As high as its rows, as far as the dialog has room."""
        return max(1, self.count)


class ListDialog(Dialog[Result]):
    """A title, rows to choose from, ``below`` lines about the selected one, and the keys."""

    DEFAULT_CSS = "ListDialog > Vertical { height: auto; }"

    def __init__(self, title: str, rows: Rows, keymap: Keymap, *, below: int) -> None:
        super().__init__()
        self._title = title
        self._keys = KeyReader(keymap)
        self._below = below
        self.rows = rows
        """The rows."""
        self._told = [Caption(()) for _ in range(below)]
        self._foot = Caption(())

    # -- what each of them has to say --------------------------------------------------------

    def about(self, width: int) -> Sequence[Line]:
        """What is to be known of the selected row, in lines of at most ``width`` cells."""
        raise NotImplementedError

    def hints(self) -> Sequence[tuple[str, str]]:
        """Keys that mean something here, each with its word."""
        raise NotImplementedError

    def act(self, name: str) -> bool:
        """Do what the command means here; False where it is but a motion, or nothing."""
        raise NotImplementedError

    # -- what all of them do -----------------------------------------------------------------

    def key(self, name: str) -> str:
        """The key of a command, as it is shown; empty where it has none."""
        return self._keys.keymap.key(name)

    def compose(self) -> ComposeResult:
        """Title, rows, what is known about the selected one, and the keys."""
        with Vertical():
            yield Caption(((self._title, "title"),))
            yield Caption(())
            yield self.rows
            yield Caption(())
            yield from self._told
            yield self._foot

    def on_mount(self) -> None:
        """Tell about the first row."""
        self._fit(self.app.size.width, self.app.size.height)

    def on_resize(self, event: events.Resize) -> None:
        """The list has as many lines as there is room for."""
        self._fit(event.size.width, event.size.height)

    def on_line_list_moved(self) -> None:
        """Tell about the row that is selected now."""
        self._fit(self.app.size.width, self.app.size.height)

    def _fit(self, width: int, height: int) -> None:
        self.rows.styles.max_height = max(1, height - AROUND - self._below)
        width = max(16, min(WIDEST, width - 4))
        lines = [*self.about(width), *[()] * self._below]
        for caption, line in zip(self._told, lines, strict=False):
            caption.say(line)
        hint = "   ".join(f"{key} {word}" for key, word in self.hints() if key)
        place = f"{self.rows.cursor + 1:,} of {self.rows.count or 1:,}"
        self._foot.say(spread(((hint, "dim"),), ((place, "dim"),), width))

    def say(self, sentence: str) -> None:
        """Say it in place of the keys."""
        self._foot.say(((sentence, "unread"),))

    def press(self, event: events.Key) -> None:
        """The keys of the list, as far as they mean something here."""
        match self._keys.feed(event.key, event.character, "list"):
            case Run(command, count):
                self.run_command(command.id, count)
            case Pending(text, _):
                self.say(text)
            case _:
                self._fit(self.app.size.width, self.app.size.height)

    def run_command(self, name: str, count: int | None) -> None:
        """Do what a command means here; the others do nothing."""
        rows, times = self.rows, count or 1
        if self.act(name):
            return
        match name:
            case "down":
                rows.move(times)
            case "up":
                rows.move(-times)
            case "half_page_down" | "half_page_up":
                rows.page(times / 2 if name == "half_page_down" else -times / 2)
            case "page_down" | "read_on" | "page_up":
                rows.page(-times if name == "page_up" else times)
            case "first" | "last" if count is not None:
                rows.go_to(count - 1)
            case "first":
                rows.go_to(0)
            case "last":
                rows.last()
            case "percent" if count is not None:
                rows.go_to_percent(count)
            case "close" | "cancel" | "interrupt" | "left":
                self.dismiss(None)
            case "quit":
                self.app.exit()
