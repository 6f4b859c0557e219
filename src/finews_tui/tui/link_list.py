"""All links of one post over the panes, the domain first: to open, copy or scan each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from finews_tui.page import cut, pad, width_of
from finews_tui.page.line import Line
from finews_tui.page.wrap import wrap_text
from finews_tui.tui.bindings import Keymap, KeyReader, Pending, Run
from finews_tui.tui.dialogs import Caption, Dialog, spread
from finews_tui.tui.line_list import LineList
from finews_tui.tui.link_card import QR_KEY
from finews_tui.tui.links import Target

WIDEST = 80
"""Cells of a line at most."""
BELOW = 3
"""Lines below the list for the address of the selected link."""
AROUND = 7
"""Lines of the dialog that are neither list nor those."""
HERE = "in this archive"
"""Stands at a link whose article is in the archive."""


class Chosen(NamedTuple):
    """What the person wants with a link."""

    target: Target
    key: str | None
    """The post to open in the reader; None: the address in a browser."""


class TargetList(LineList):
    """One row a link: domain, what it is, and its text."""

    DEFAULT_CSS = "TargetList { height: auto; }"

    def __init__(self, targets: Sequence[Target], here: Sequence[str | None]) -> None:
        super().__init__()
        self._targets = targets
        self._here = here
        self._domains = max((width_of(target.domain) for target in targets), default=0)
        self._words = max((width_of(target.what) for target in targets), default=0)

    def on_mount(self) -> None:
        """Show the rows."""
        self.count = len(self._targets)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As high as its rows, as far as the dialog has room."""
        return max(1, self.count)

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


class LinkList(Dialog[Chosen | None]):
    """The links of a post; the result tells which one to open, and how.

    ``here`` tells of each the key of its article, where the archive has it.
    """

    DEFAULT_CSS = "LinkList > Vertical { height: auto; }"

    def __init__(
        self,
        targets: Sequence[Target],
        here: Sequence[str | None],
        keymap: Keymap,
        copy: Callable[[str], None],
        show_code: Callable[[Target], None],
    ) -> None:
        super().__init__()
        self._targets = targets
        self._here = here
        self._keys = KeyReader(keymap)
        self._copy = copy
        self._show_code = show_code
        self.rows = TargetList(targets, here)
        """The rows."""
        self._told = [Caption(()) for _ in range(BELOW)]
        self._foot = Caption(())

    def compose(self) -> ComposeResult:
        """A title, the rows, the address of the selected one, and the keys."""
        with Vertical():
            yield Caption((("Links of this post", "title"),))
            yield Caption(())
            yield self.rows
            yield Caption(())
            yield from self._told
            yield self._foot

    def on_mount(self) -> None:
        """Tell about the first link."""
        self._fit(self.app.size.width, self.app.size.height)

    def on_resize(self, event: events.Resize) -> None:
        """The list has as many lines as there is room for."""
        self._fit(event.size.width, event.size.height)

    def on_line_list_moved(self) -> None:
        """Tell about the link that is selected now."""
        self._fit(self.app.size.width, self.app.size.height)

    def on_line_list_clicked(self, message: LineList.Clicked) -> None:
        """A double click opens."""
        if message.chain > 1:
            self._open(self._here[self.rows.cursor])

    @property
    def _selected(self) -> Target:
        return self._targets[self.rows.cursor]

    def _fit(self, width: int, height: int) -> None:
        self.rows.styles.max_height = max(1, height - AROUND - BELOW)
        width = max(16, min(WIDEST, width - 4))
        target = self._selected
        if target.address:
            address = target.address
            pieces = [address[start : start + width] for start in range(0, len(address), width)]
            lines: list[Line] = [((piece, "dim"),) for piece in pieces]
        else:
            lines = wrap_text("Only http and https are opened.", width, "unread")
        if len(lines) > BELOW:
            lines[BELOW - 1] = ((f"… {len(address):,} characters", "dim"),)
        for caption, line in zip(self._told, [*lines, *[()] * BELOW], strict=False):
            caption.say(line)
        key = self._keys.keymap.key
        names = (("enter", "open"), ("open_original", "browser"), ("copy_link", "copy"))
        hints = [f"{key(name)} {word}" for name, word in names if key(name)]
        hints += [f"{QR_KEY} QR code", *([f"{key('close')} close"] if key("close") else [])]
        place = f"{self.rows.cursor + 1:,} of {len(self._targets):,}"
        self._foot.say(spread((("   ".join(hints), "dim"),), ((place, "dim"),), width))

    def say(self, sentence: str) -> None:
        """Say it in place of the keys."""
        self._foot.say(((sentence, "unread"),))

    def press(self, event: events.Key) -> None:
        """The keys of the list, as far as they mean something here."""
        if event.character == QR_KEY:
            if self._selected.address:
                self._show_code(self._selected)
            return
        match self._keys.feed(event.key, event.character, "list"):
            case Run(command, count):
                self.run_command(command.id, count)
            case Pending(text, _):
                self._foot.say(((text, "unread"),))
            case _:
                self._fit(self.app.size.width, self.app.size.height)

    def run_command(self, name: str, count: int | None) -> None:
        """Do what a command means here; the others do nothing."""
        rows, times = self.rows, count or 1
        match name:
            case "down":
                rows.move(times)
            case "up":
                rows.move(-times)
            case "half_page_down" | "half_page_up":
                rows.page(times / 2 if name == "half_page_down" else -times / 2)
            case "page_down" | "page_up":
                rows.page(-times if name == "page_up" else times)
            case "first" | "last":
                rows.go_to(
                    (len(self._targets) if name == "last" else 1) - 1
                    if count is None
                    else count - 1
                )
            case "enter" | "read_on" | "right":
                self._open(self._here[rows.cursor])
            case "open_original":
                self._open(None)
            case "copy_link":
                self._copy(self._selected.address or self._selected.url)
            case "close" | "cancel" | "interrupt" | "left" | "list_links":
                self.dismiss(None)
            case "quit":
                self.app.exit()

    def _open(self, key: str | None) -> None:
        self.dismiss(Chosen(self._selected, key))
