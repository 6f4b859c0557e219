"""From lines of (text, role) to what a widget paints: the last step before the terminal.

This room alone turns roles into styles, and cleans every character once more: nothing that could
command a terminal passes here, whatever came from above.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from finews_tui.lean import Literal
from finews_tui.page import cut, width_of
from finews_tui.page.cells import clusters
from finews_tui.page.line import Line, Role, Span
from finews_tui.posts.clean import clean_block
from finews_tui.tui.hues import AMBIGUOUS, colour
from finews_tui.tui.looks import LOOKS, ON_GROUND

Ground = Literal["", "cursor", "cursor-blurred"]
"""What lies below a line: the pane's own background or that of the selected row."""

CURSOR_MARK = "▌"
"""Stands in the first column of the selected row, so that it is seen without any colour."""
NARROW_MARK = ">"
"""Stands there where that mark would take two cells."""


def safe(text: str) -> str:
    """``text`` without any control or format character, on one line."""
    if text.isascii() and text.isprintable():
        return text
    return clean_block(text).replace("\n", " ").replace("\t", " ")


def mark(line: Line, ranges: Iterable[tuple[int, int]], role: Role = "match") -> Line:
    """``line`` with the characters of ``ranges`` (start, end; ascending) in another role."""
    marked: list[Span] = []
    borders = sorted({border for pair in ranges for border in pair})
    if not borders:
        return line
    starts = borders[::2]
    place = 0
    for text, own in line:
        end = place + len(text)
        cuts = [place, *(border for border in borders if place < border < end), end]
        for left, right in pairwise(cuts):
            inside = any(
                start <= left < stop for start, stop in zip(starts, borders[1::2], strict=False)
            )
            marked.append((text[left - place : right - place], role if inside else own))
        place = end
    return tuple(marked)


def overlaid(line: Line, column: int, over: Span, ambiguous: int = 1) -> Line:
    """``line`` with ``over`` in place of what stands from cell ``column`` on.

    Of a wide character that is only half covered a blank is left.
    """
    end = column + width_of(over[0], ambiguous)
    spans: list[Span] = []
    at = 0
    for text, role in line:
        for cluster in clusters(text):
            left, at = at, at + width_of(cluster, ambiguous)
            if at <= column or left >= end:
                spans.append((cluster, role))
                continue
            spans.append((" " * (column - left), role))
            if left <= column:
                spans.append(over)
            spans.append((" " * (at - end), role))
    runs = groupby((span for span in spans if span[0]), key=lambda span: span[1])
    return tuple(("".join(text for text, _ in run), role) for role, run in runs)


def found(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where ``wanted`` stands in ``text``; smart case: capitals only matter when typed."""
    if not wanted:
        return []
    if wanted == wanted.lower() and len(text.lower()) == len(text):
        text = text.lower()
    places = []
    start = text.find(wanted)
    while start >= 0:
        places.append((start, start + len(wanted)))
        start = text.find(wanted, start + len(wanted))
    return places


class Painter:
    """Paints lines in the colours of one theme; made anew when the theme changes."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.ambiguous = int(variables.get(AMBIGUOUS, "1"))
        """Cells that the terminal gives to characters such as “ ” … ①."""
        self._styles: dict[tuple[Role, Ground], Style] = {}

    def style(self, role: Role, ground: Ground = "") -> Style:
        """The Rich style of ``role`` on ``ground``."""
        style = self._styles.get((role, ground))
        if style is None:
            style = self._styles[role, ground] = self._made(role, ground)
        return style

    def _made(self, role: Role, ground: Ground) -> Style:
        look = LOOKS[role]
        name = ON_GROUND.get(look.colour, look.colour) if ground else look.colour
        above = colour(self._variables, name)
        below = colour(self._variables, ground or "background")
        own = colour(self._variables, look.background) if look.background else below
        if below == "reverse":  # colours would be patches there; a match is turned once more
            above = own = "default"
            is_turned = not look.background
        else:
            is_turned = own == "reverse"
        return Style(
            color="default" if above == "dim" else above,
            bgcolor="default" if own == "reverse" else own,
            dim=True if above == "dim" else None,
            bold=look.bold or None,
            italic=look.italic or None,
            underline=look.underline or None,
            reverse=is_turned or None,
        )

    def accent(self, ground: Ground = "", *, bold: bool = True) -> Style:
        """The style of the focused pane's title and, not bold, of the cursor mark."""
        plain = self.style("text", ground)
        name = "default" if plain.reverse else colour(self._variables, "accent")
        return plain + Style(color=name, bold=bold)

    def strip(self, line: Line, width: int, ground: Ground = "") -> Strip:
        """``line`` as a strip of exactly ``width`` cells; with a cursor ground also its mark."""
        parts: list[tuple[str, Style]] = []
        used = 0
        if ground:
            parts.append(
                (
                    CURSOR_MARK if self.ambiguous == 1 else NARROW_MARK,
                    self.accent(ground, bold=False),
                )
            )
            line = _without_first_cell(line)
            used = 1
        plain = self.style("text", ground)
        last: Role = "text"
        for text, role in line:
            text = safe(text)
            cells = width_of(text, self.ambiguous)
            if self.ambiguous > 1 and used + cells > width:  # laid out by somebody who did not know
                text = cut(text, width - used, self.ambiguous)
                cells = width_of(text, self.ambiguous)
            used += cells
            # How many badges are left out looks like the last of them: each colour costs bytes.
            if role == "badge-more" and last.startswith("badge-"):
                role = last
            _add(parts, text, self.style(role, ground))
            last = last if text.isspace() else role
        if used < width:
            _add(parts, " " * (width - used), plain)
        segments = [Segment(text, style) for text, style in parts]
        strip = Strip(segments, max(used, width))
        return strip if used <= width else strip.crop(0, width)

    def blank(self, width: int, ground: Ground = "") -> Strip:
        """An empty line."""
        return self.strip((), width, ground)


def _add(parts: list[tuple[str, Style]], text: str, style: Style) -> None:
    """Append a span; blanks join what stands before them, which saves a colour on the line."""
    if parts:
        before, shown = parts[-1]
        if style is shown or (
            text.isspace()
            and not shown.underline
            and (shown.bgcolor, shown.reverse) == (style.bgcolor, style.reverse)
        ):
            parts[-1] = (before + text, shown)
            return
    parts.append((text, style))


def _without_first_cell(line: Line) -> Line:
    """``line`` without its first cell, which the layout leaves blank for the cursor mark."""
    if not line:
        return line
    (text, role), *rest = line
    return ((text[1:], role), *rest)


def centred(lines: Sequence[Line], width: int, height: int) -> tuple[Line, ...]:
    """``lines``, wrapped, in the middle of an empty pane: what it says when it shows nothing."""
    from finews_tui.page.wrap import wrap_spans  # late: mostly there is something to show

    room = max(2, width - 4)
    wrapped = [part for line in lines for part in (wrap_spans(line, room) if line else [line])]
    placed: list[Line] = [()] * max(0, (height - len(wrapped)) // 3)
    for line in wrapped:
        used = sum(width_of(text) for text, _ in line)
        placed.append(((" " * max(1, (width - used) // 2), "text"), *line))
    return tuple(placed)


def paint_anew(widget: Widget) -> None:
    """Paint the whole screen after the next layout, of which only what differs is written.

    To be called where something moves, comes or goes. Textual paints what a layout has changed, but
    where somebody asked for a region between the change and the layout it compares the new one with
    itself, and what was there stays on the screen.
    """
    screen = widget.screen
    screen.call_after_refresh(screen.refresh)
