"""All links of one post over the panes, the domain first: to open, copy or scan each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events

from finews_tui.lean import NamedTuple
from finews_tui.page import cut, pad, width_of
from finews_tui.page.line import Line
from finews_tui.page.wrap import wrap_text
from finews_tui.tui.bindings import Keymap
from finews_tui.tui.line_list import LineList
from finews_tui.tui.link_card import QR_KEY
from finews_tui.tui.links import Target
from finews_tui.tui.list_dialog import ListDialog, Rows

BELOW = 3
"""Lines for the address of the selected link."""
HERE = "in this archive"
"""Stands at a link whose article is in the archive."""


class Chosen(NamedTuple):
    """What the person wants with a link."""

    target: Target
    key: str | None
    """The post to open in the reader; None: the address in a browser."""


class TargetList(Rows):
    """One row a link: domain, what it is, and its text."""

    def __init__(self, targets: Sequence[Target], here: Sequence[str | None]) -> None:
        super().__init__(targets)
        self._targets = targets
        self._here = here
        self._domains = max((width_of(target.domain) for target in targets), default=0)
        self._words = max((width_of(target.what) for target in targets), default=0)

    def row_lines(self, row: int, width: int) -> tuple[Line, ...]:
        """``domain  what  text``."""
        target = self._targets[row]
        domain = pad(target.domain, min(self._domains, width // 2))
        what = pad(target.what, min(self._words, width // 4))
        room = width - width_of(domain) - width_of(what) - 6
        note = f" · {HERE}" if self._here[row] and room > 2 * width_of(HERE) else ""
        text = cut(" ".join(target.text.split()), room - width_of(note))
        return (
            (
                (" ", "text"),
                (domain, "link" if target.address else "dim"),
                ("  ", "text"),
                (what, "dim"),
                ("  ", "text"),
                (text, "text"),
                (note, "dim"),
            ),
        )


class LinkList(ListDialog[Chosen | None]):
    """The links of a post; the result tells which one to open, and how.

    ``here`` tells of each the key of its article, where the archive has it.
    """

    def __init__(
        self,
        targets: Sequence[Target],
        here: Sequence[str | None],
        keymap: Keymap,
        copy: Callable[[str], None],
        show_code: Callable[[Target], None],
    ) -> None:
        rows = TargetList(targets, here)
        super().__init__("Links of this post", rows, keymap, below=BELOW)
        self._targets = targets
        self._here = here
        self._copy = copy
        self._show_code = show_code

    def on_line_list_clicked(self, message: LineList.Clicked) -> None:
        """A double click opens."""
        if message.chain > 1:
            self._open(self._here[self.rows.cursor])

    @property
    def _selected(self) -> Target:
        return self._targets[self.rows.cursor]

    def about(self, width: int) -> Sequence[Line]:
        """The address of the selected link, or why it is not opened."""
        address = self._selected.address
        if not address:
            return wrap_text("Only http and https are opened.", width, "unread")
        pieces = [address[start : start + width] for start in range(0, len(address), width)]
        lines: list[Line] = [((piece, "dim"),) for piece in pieces]
        if len(lines) > BELOW:
            lines[BELOW - 1] = ((f"… {len(address):,} characters", "dim"),)
        return lines

    def hints(self) -> Sequence[tuple[str, str]]:
        """What may be done with a link."""
        names = (("enter", "open"), ("open_original", "browser"), ("copy_link", "copy"))
        return (
            *((self.key(name), word) for name, word in names),
            (QR_KEY, "QR code"),
            (self.key("close"), "close"),
        )

    def press(self, event: events.Key) -> None:
        """The keys of the list, and the one for the code."""
        if event.character != QR_KEY:
            super().press(event)
        elif self._selected.address:
            self._show_code(self._selected)

    def act(self, name: str) -> bool:
        """Open or copy the selected link."""
        match name:
            case "enter" | "read_on" | "right":
                self._open(self._here[self.rows.cursor])
            case "open_original":
                self._open(None)
            case "copy_link":
                self._copy(self._selected.address or self._selected.url)
            case "list_links":
                self.dismiss(None)
            case _:
                return False
        return True

    def _open(self, key: str | None) -> None:
        self.dismiss(Chosen(self._selected, key))
