"""The files that could not be read, and why: what the *Problems* of the tree opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from finews_tui.page import cut, pad
from finews_tui.page.line import Line
from finews_tui.page.wrap import wrap_text
from finews_tui.posts import Failure
from finews_tui.tui.bindings import Keymap, KeyReader, Pending, Run
from finews_tui.tui.dialogs import Caption, Dialog, spread
from finews_tui.tui.line_list import LineList

WIDEST = 80
"""Cells of a line at most."""
BELOW = 4
"""Lines below the list for the path and the reason of the selected file."""
AROUND = 7
"""Lines of the dialog that are neither list nor those."""


class FailureList(LineList):
    """One row a file: its name and the reason, as far as there is room."""

    DEFAULT_CSS = "FailureList { height: auto; }"

    def __init__(self, failures: Sequence[Failure]) -> None:
        super().__init__()
        self._failures = failures

    def on_mount(self) -> None:
        """Show the rows."""
        self.count = len(self._failures)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As high as its rows, as far as the dialog has room."""
        return max(1, self.count)

    @property
    def current(self) -> Failure:
        """The selected file."""
        return self._failures[self.cursor]

    def row_lines(self, row: int, width: int) -> tuple[Line, ...]:
        """``name  reason``."""
        failure = self._failures[row]
        half = width // 2
        name, reason = pad(failure.path.name, half), cut(failure.reason, width - half - 3)
        return (((" ", "text"), (name, "title"), ("  ", "text"), (reason, "dim")),)


class Problems(Dialog[None]):
    """All files that could not be read; ``copy`` gets the path of one."""

    DEFAULT_CSS = "Problems > Vertical { height: auto; }"

    def __init__(
        self, failures: Sequence[Failure], keymap: Keymap, copy: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._keys = KeyReader(keymap)
        self._copy = copy
        self.files = FailureList(failures)
        """The rows."""
        self._told = [Caption(()) for _ in range(BELOW)]
        self._foot = Caption(())

    def compose(self) -> ComposeResult:
        """A title, the rows, what is known about the selected one, and the keys."""
        with Vertical():
            yield Caption((("Files that could not be read", "title"),))
            yield Caption(())
            yield self.files
            yield Caption(())
            yield from self._told
            yield self._foot

    def on_mount(self) -> None:
        """Tell about the first file."""
        self._fit(self.app.size.width, self.app.size.height)

    def on_resize(self, event: events.Resize) -> None:
        """The list has as many lines as there is room for."""
        self._fit(event.size.width, event.size.height)

    def on_line_list_moved(self) -> None:
        """Tell about the file that is selected now."""
        self._fit(self.app.size.width, self.app.size.height)

    def _fit(self, width: int, height: int) -> None:
        self.files.styles.max_height = max(1, height - AROUND - BELOW)
        width = max(16, min(WIDEST, width - 4))
        failure = self.files.current
        lines = [
            *wrap_text(str(failure.path), width, "text")[: BELOW - 1],
            *wrap_text(failure.reason, width, "dim"),
        ]
        for caption, line in zip(self._told, [*lines, *[()] * BELOW], strict=False):
            caption.say(line)
        key = self._keys.keymap.key
        keys = (("close", "close"), ("copy_path", "copy the path"))
        hint = "   ".join(f"{key(name)} {word}" for name, word in keys if key(name))
        place = f"{self.files.cursor + 1:,} of {self.files.count or 1:,}"
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
                self._foot.say(((text, "unread"),))

    def run_command(self, name: str, count: int | None) -> None:
        """Do what a command means here; the others do nothing."""
        files, times = self.files, count or 1
        match name:
            case "down":
                files.move(times)
            case "up":
                files.move(-times)
            case "half_page_down" | "half_page_up":
                files.page(times / 2 if name == "half_page_down" else -times / 2)
            case "page_down" | "read_on" | "page_up":
                files.page(-times if name == "page_up" else times)
            case "first" | "last" if count is not None:
                files.go_to(count - 1)
            case "first":
                files.go_to(0)
            case "last":
                files.last()
            case "percent" if count is not None:
                files.go_to_percent(count)
            case "copy_path":
                self._copy(str(files.current.path))
            case "close" | "cancel" | "interrupt" | "left":
                self.dismiss(None)
            case "quit":
                self.app.exit()
