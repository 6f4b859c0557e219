"""The command palette: any command by a few of its letters, with the keys that would run it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.fuzzy import Matcher

from finews_tui.page import cut, pad, width_of
from finews_tui.page.line import Line
from finews_tui.tui.bindings import Keymap
from finews_tui.tui.commands import COMMANDS, Command, Pane, in_pane
from finews_tui.tui.dialogs import Dialog, spread
from finews_tui.tui.entry import Entry
from finews_tui.tui.line_list import LineList
from finews_tui.tui.paint import mark

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


class ChoiceList(LineList, can_focus=False):
    """The commands that fit."""

    DEFAULT_CSS = "ChoiceList { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Choice] = ()

    @property
    def choice(self) -> Choice | None:
        """The selected row."""
        return self._rows[self.cursor] if self._rows else None

    def put(self, rows: Sequence[Choice]) -> None:
        """Show other rows, with the best selected."""
        self._rows = rows
        self.count = len(rows)
        self.go_to(0)
        self.say((("No command fits.", "dim"),))
        self.refresh()

    def row_lines(self, row: int, width: int) -> tuple[Line, ...]:
        """Title and help at the left, keys at the right."""
        choice = self._rows[row]
        room = width - 3 - width_of(choice.keys)
        column = _TITLE if room > 2 * _TITLE else room
        line: Line = ((pad(choice.command.title, column), "text"),)
        line = mark(line, [(n, n + 1) for n in choice.marks if n < column])
        help = cut(choice.command.help, room - column)
        left: Line = ((" ", "text"), *line, (help, "dim"))
        return (spread(left, ((choice.keys, "strong"), (" ", "text")), width),)


class Palette(Dialog[str | None]):
    """Finds a command; the result is its id, or None."""

    DEFAULT_CSS = "Palette > Vertical { height: 80%; }"

    def __init__(self, keymap: Keymap, pane: Pane) -> None:
        super().__init__()
        self._keymap = keymap
        self._pane: Pane = pane
        self._entry = Entry(": ")
        self._list = ChoiceList()
        self._list.put(choices("", keymap, pane))

    def compose(self) -> ComposeResult:
        """The line that is typed into, over what fits."""
        with Vertical():
            yield self._entry
            yield self._list

    def _find(self) -> None:
        """Another text, other commands."""
        self._list.put(choices(self._entry.value, self._keymap, self._pane))

    def on_line_list_clicked(self, message: LineList.Clicked) -> None:
        """A click runs the command."""
        message.stop()
        self._accept()

    def press(self, event: events.Key) -> None:
        """Move in the list, run, close; everything else is typed."""
        page = max(1, self._list.rows_on_screen - 1)
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
            self._accept()
        elif event.key in ("escape", "ctrl+c") or (
            event.key == "backspace" and not self._entry.value
        ):
            self.dismiss(None)
        elif event.key in steps:
            self._list.move(steps[event.key])
        else:
            before = self._entry.value
            self._entry.press(event)
            if self._entry.value != before:
                self._find()

    def paste(self, text: str) -> None:
        """Pasted text is typed."""
        self._entry.paste(text)
        self._find()

    def _accept(self) -> None:
        chosen = self._list.choice
        self.dismiss(chosen.command.id if chosen else None)
