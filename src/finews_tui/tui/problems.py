"""The files that could not be read, and why: what the *Problems* of the tree opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from finews_tui.page import cut, pad
from finews_tui.page.line import Line
from finews_tui.page.wrap import wrap_text
from finews_tui.posts import Failure
from finews_tui.tui.bindings import Keymap
from finews_tui.tui.list_dialog import ListDialog, Rows

BELOW = 4
"""Lines for the path and the reason of the selected file."""


class FailureList(Rows):
    """One row a file: its name and the reason, as far as there is room."""

    def __init__(self, failures: Sequence[Failure]) -> None:
        super().__init__(failures)
        self._failures = failures

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


class Problems(ListDialog[None]):
    """All files that could not be read; ``copy`` gets the path of one."""

    def __init__(
        self, failures: Sequence[Failure], keymap: Keymap, copy: Callable[[str], None]
    ) -> None:
        self.files = FailureList(failures)
        """The rows."""
        super().__init__("Files that could not be read", self.files, keymap, below=BELOW)
        self._copy = copy

    def about(self, width: int) -> Sequence[Line]:
        """Path and reason of the selected file."""
        failure = self.files.current
        return [
            *wrap_text(str(failure.path), width, "text")[: BELOW - 1],
            *wrap_text(failure.reason, width, "dim"),
        ]

    def hints(self) -> Sequence[tuple[str, str]]:
        """How to close it, and to copy a path."""
        return (self.key("close"), "close"), (self.key("copy_path"), "copy the path")

    def act(self, name: str) -> bool:
        """Copy the path."""
        if name != "copy_path":
            return False
        self._copy(str(self.files.current.path))
        return True
