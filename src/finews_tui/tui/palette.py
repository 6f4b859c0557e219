"""The command palette: any command by a few of its letters, with the keys that would run it."""

from __future__ import annotations

from textual.fuzzy import Matcher

from finews_tui.lean import NamedTuple
from finews_tui.page import cut, pad, width_of
from finews_tui.page.line import Line
from finews_tui.tui.bindings import Keymap
from finews_tui.tui.commands import COMMANDS, Command, Pane, in_pane
from finews_tui.tui.dialogs import spread
from finews_tui.tui.paint import mark
from finews_tui.tui.picker import Picker

_TITLE = 26
"""Cells for the title where the sentence stands beside it."""


class Choice(NamedTuple):
    """One row of the palette."""

    command: Command
    keys: str
    """Its keys in force, as they are shown."""
    marks: tuple[int, ...] = ()
    """Which characters of the title were asked for."""


def choices(typed: str, keymap: Keymap, pane: Pane) -> list[Choice]:
    """The commands that fit what was typed, the best first; all of them for nothing."""
    here = in_pane(pane)
    offered = [c for c in COMMANDS if c in here and c.id not in ("palette", "cancel")]
    rows = [Choice(c, " ".join(keymap.keys(c.id, pane))) for c in offered]
    wanted = typed.strip()
    if not wanted:
        return rows
    matcher = Matcher(wanted)
    scored: list[tuple[float, int, Choice]] = []
    for row in rows:
        title = matcher.match(row.command.title)
        score = max(title * 1.1, matcher.match(row.command.id))
        if wanted.lower() in row.command.help.lower():
            score += 0.1
        if wanted in row.keys.split():
            score += 100  # somebody asks what a key does
        if score > 0:
            spans = matcher.highlight(row.command.title).spans if title else []
            marks = tuple(sorted(n for span in spans for n in range(span.start, span.end)))
            scored.append((-score, len(scored), Choice(row.command, row.keys, marks)))
    return [row for *_, row in sorted(scored, key=lambda entry: entry[:2])]


class Palette(Picker[Choice]):
    """Finds a command."""

    otherwise = "No command fits."

    def __init__(self, keymap: Keymap, pane: Pane) -> None:
        super().__init__(": ")
        self._keymap = keymap
        self._pane: Pane = pane

    def fitting(self, typed: str) -> list[Choice]:
        """The commands that fit."""
        return choices(typed, self._keymap, self._pane)

    def row_line(self, value: Choice, width: int) -> Line:
        """Title and help at the left, keys at the right."""
        room = width - 3 - width_of(value.keys)
        column = _TITLE if room > 2 * _TITLE else room
        line: Line = ((pad(value.command.title, column), "text"),)
        line = mark(line, [(n, n + 1) for n in value.marks if n < column])
        help = cut(value.command.help, room - column)
        left: Line = ((" ", "text"), *line, (help, "dim"))
        return spread(left, ((value.keys, "strong"), (" ", "text")), width)
