"""The help for the pane one is in, made from the command table and the keys in force."""

from __future__ import annotations

from collections.abc import Sequence

from finews_tui.page import width_of
from finews_tui.page.line import Line
from finews_tui.page.wrap import wrap_text
from finews_tui.tui.bindings import Keymap
from finews_tui.tui.commands import COMMANDS, GROUPS, Pane, in_pane
from finews_tui.tui.sheet import Pages

PANE_NAMES: dict[Pane, str] = {
    "tree": "category tree",
    "list": "article list",
    "article": "article",
}
"""The panes as the help calls them."""

_PROMPTS = (
    ("Enter", "Accept."),
    ("Esc", "Leave everything as it was."),
    ("C-u C-w", "Clear the line; delete a word."),
    ("Up Down", "What was typed before."),
    ("Tab", "Complete; again for the next."),
)


def help_lines(keymap: Keymap, pane: Pane, width: int) -> list[Line]:
    """Every command that works in ``pane``, by groups, with its keys in force."""
    lines: list[Line] = []
    keys = {command.id: " ".join(keymap.keys(command.id, pane)) for command in in_pane(pane)}
    column = min(max(8, width // 4), 20)
    for group in GROUPS:
        lines += [((group, "heading"),), ()]
        for command in COMMANDS:
            if command.group == group and keys.get(command.id):
                count = " #" if command.takes_count else ""
                lines += _row(keys[command.id], command.help + count, column, width)
        lines.append(())
    lines += [(("In prompts", "heading"),), ()]
    for key, text in _PROMPTS:
        lines += _row(key, text, column, width)
    lines.append(())
    lines += wrap_text("# takes a count: 5j goes down five rows.", width, "dim")
    return lines


def _row(keys: str, text: str, column: int, width: int) -> list[Line]:
    """Keys on the left, the sentence on the right; long keys get a line of their own."""
    rows: list[Line] = []
    wrapped = wrap_text(text, max(8, width - column), "text")
    if width_of(keys) > column - 2:
        rows.append(((keys, "strong"),))
        keys = ""
    for line in wrapped:
        rows.append(((keys + " " * (column - width_of(keys)), "strong"), *line))
        keys = ""
    return rows


class Help(Pages):
    """The help over the panes; ``?`` or ``q`` closes it, ``/`` searches in it."""

    def __init__(self, keymap: Keymap, pane: Pane) -> None:
        super().__init__(f"Help · {PANE_NAMES[pane]}", keymap, closing=("help",))
        self._keymap = keymap
        self._pane: Pane = pane

    def lines(self, width: int) -> Sequence[Line]:
        """All keys of the pane."""
        return help_lines(self._keymap, self._pane, width)
