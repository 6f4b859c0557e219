"""The card that shows a link where no browser can be started: to click, to select, to paste."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual.strip import Strip

from finews_tui.page import width_of
from finews_tui.page.line import Line, plain
from finews_tui.page.wrap import wrap_text
from finews_tui.tui.bindings import Keymap
from finews_tui.tui.sheet import Pages, Sheet
from finews_tui.tui.terminal import Outcome


def card_lines(outcome: Outcome, width: int) -> list[Line]:
    """The address in whole lines of ``width`` cells, then what was done with it."""
    url = outcome.url
    pieces = [url[start : start + width] for start in range(0, len(url), width)]
    lines: list[Line] = [((piece, "link"),) for piece in pieces]
    lines.append(())
    if outcome.copied:
        lines += wrap_text("It was sent to your terminal's clipboard.", width, "text")
    lines += wrap_text("Click it where your terminal follows links, or select it.", width, "dim")
    for problem in outcome.problems:
        lines += [(), *wrap_text(problem, width, "unread")]
    return lines


class LinkSheet(Sheet):
    """A sheet whose ``link`` lines are a hyperlink (OSC 8) of the terminal."""

    def __init__(self, url: str) -> None:
        super().__init__()
        # One style object: its lines share one link id, so that terminals underline them together.
        self._link = Style(link=url)

    def paint_line(self, line: int, width: int) -> Strip:
        """The strip of a line; an address also tells the terminal where it leads."""
        strip = super().paint_line(line, width)
        here = self.line_at(line)
        if not any(role == "link" for _, role in here):
            return strip
        end = width_of(plain(here))
        return Strip.join([strip.crop(0, end).apply_style(self._link), strip.crop(end)])


class LinkCard(Pages):
    """Shows the link of an ``Outcome``; ``q`` closes it."""

    def __init__(self, outcome: Outcome, keymap: Keymap) -> None:
        super().__init__("The original", keymap, closing=("enter", "open_original"))
        self._outcome = outcome
        self.sheet = LinkSheet(outcome.url)

    def lines(self, width: int) -> Sequence[Line]:
        """The address and what was done with it."""
        return card_lines(self._outcome, width)
