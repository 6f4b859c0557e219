"""The card that shows a link where no browser can be started: to click, select, paste or scan.

It takes whole lines of the screen, so that an address that is selected with the mouse has no frame
in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from finews_tui.page import width_of
from finews_tui.page.line import Line, plain
from finews_tui.page.wrap import wrap_text
from finews_tui.tui.bindings import Keymap
from finews_tui.tui.clipboard import Sent
from finews_tui.tui.qr import qr_lines
from finews_tui.tui.selecting import is_one_address
from finews_tui.tui.sheet import Pages, Sheet

QR_KEY = "Q"
"""Shows the QR code and the address again; the card's own key, whatever else it is bound to."""
AROUND = 6
"""Lines of the card that are not the sheet."""


def card_lines(url: str, sent: Sent | None, problems: Sequence[str], width: int) -> list[Line]:
    """The address in whole lines of ``width`` cells, then what was done with it."""
    pieces = [url[start : start + width] for start in range(0, len(url), width)]
    lines: list[Line] = [((piece, "link"),) for piece in pieces]
    lines.append(())
    if sent is not None and sent.places:
        lines += wrap_text(f"It was sent to {sent.where}.", width, "text")
    lines += wrap_text("Click it where your terminal follows links, or select it.", width, "dim")
    for problem in (*problems, *(sent.problems if sent is not None else ())):
        lines += [(), *wrap_text(problem, width, "unread")]
    return lines


class LinkSheet(Sheet):
    """A sheet whose ``link`` lines are a hyperlink (OSC 8) of the terminal."""

    def __init__(self, url: str) -> None:
        super().__init__()
        # One style object: its lines share one link id, so that terminals underline them together.
        self._link = Style(link=url)
        self.is_code = False
        """Whether the lines are a QR code."""

    @cached_property
    def _paper(self) -> Style:
        """Dark on white whatever the theme; without colours the terminal's own, exchanged."""
        return (
            Style(reverse=True) if self.app.no_color else Style(color="#000000", bgcolor="#ffffff")
        )

    def joint(self, line: int) -> str | None:
        """The lines of the address are one."""
        return "" if is_one_address((self.line_at(line), self.line_at(line + 1)), 0) else None

    def paint_line(self, line: int, width: int) -> Strip:
        """The strip of a line; an address also tells the terminal where it leads."""
        here = self.line_at(line)
        if self.is_code:
            code = Segment(plain(here)[:width], self._paper)
            return Strip([code]).extend_cell_length(width, self.painter.style("text"))
        strip = super().paint_line(line, width)
        if not any(role == "link" for _, role in here):
            return strip
        end = width_of(plain(here))
        return Strip.join([strip.crop(0, end).apply_style(self._link), strip.crop(end)])


class LinkCard(Pages):
    """Shows a link; ``Q`` its QR code, ``q`` closes it."""

    DEFAULT_CSS = """
    LinkCard > Vertical { max-width: 100%; padding: 0; border-left: none; border-right: none; }
    """

    def __init__(
        self,
        url: str,
        keymap: Keymap,
        *,
        title: str,
        sent: Sent | None = None,
        problems: Sequence[str] = (),
        is_code: bool = False,
        ambiguous: int = 1,
    ) -> None:
        super().__init__(title, keymap, closing=("enter", "open_original"))
        self._url = url
        self._sent = sent
        self._problems = problems
        self._is_code = is_code
        self._ambiguous = ambiguous
        self.sheet = self._sheet = LinkSheet(url)

    def measure(self, width: int) -> int:
        """All of the screen, so that as few addresses as possible are broken."""
        return width

    @property
    def hints(self) -> Sequence[tuple[str, str]]:
        """The keys, the card's own one among them."""
        return (*super().hints[:1], (QR_KEY, "address" if self._is_code else "QR code"))

    def lines(self, width: int) -> Sequence[Line]:
        """The address and what was done with it, or its QR code."""
        code = qr_lines(self._url) if self._is_code else []
        problem = self._why_no_code(code, width) if self._is_code else ""
        self._sheet.is_code = self._is_code and not problem
        if self._sheet.is_code:
            return [((line, "text"),) for line in code]
        if problem:
            return wrap_text(problem, width, "unread")
        return card_lines(self._url, self._sent, self._problems, width)

    def _why_no_code(self, code: Sequence[str], width: int) -> str:
        if not code:
            return "This address is too long for a QR code."
        if self._ambiguous > 1:  # half blocks are among the characters that are wide then
            return "A QR code needs a terminal with ambiguous_width = 1."
        rows = len(code) + AROUND
        if rows > self.app.size.height or len(code[0]) > width:
            return (
                f"The QR code needs {len(code[0])} columns and {rows} rows: the screen is smaller."
            )
        return ""

    def press(self, event: events.Key) -> None:
        """The QR code and back; else as in every sheet."""
        if event.character == QR_KEY and not self.entry.is_active:
            self._is_code = not self._is_code
            self.lay_out_again()
        else:
            super().press(event)
