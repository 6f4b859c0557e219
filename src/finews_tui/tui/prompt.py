"""The one line at the bottom where something is typed: ``/`` search, ``f`` filter, ``:`` command.

This room alone knows the kinds of prompts, their histories and what Tab completes in each. What is
typed is told to the screen with each key; what it means is decided there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from textual import events

from finews_tui.errors import QueryError
from finews_tui.lean import NamedTuple
from finews_tui.library.past import SEARCHES_KEPT
from finews_tui.library.query import FIELDS, ORDERS, STATES, THINGS
from finews_tui.tui.command_names import completions
from finews_tui.tui.entry import Entry
from finews_tui.tui.line_editor import Completer, Completion, LineEditor
from finews_tui.tui.paint import paint_anew

Kind = Literal["/", "f", ":", "S"]
"""What is asked for: a search in the pane, a filter, a command, a search of the full text."""

LABELS: Mapping[Kind, str] = {"/": "/", "f": "filter: ", ":": ":", "S": "search: "}
_LAST_WORD = re.compile(r'(?:^|(?<=\s))-?(?:([A-Za-z]+)[:：])?(?:"([^"]*)|([^\s"]*))$')


def query_completer(values: Mapping[str, Sequence[str]]) -> Completer:
    """Completes the fields of the query language and, behind a field, ``values`` of that field."""
    known = {"is": STATES, "has": THINGS, "sort": ORDERS, **values}

    def complete(text: str) -> Completion:
        found = _LAST_WORD.search(text)
        if found is None:
            return Completion(len(text), ())
        field, quoted, bare = found.groups()
        typed = (quoted if quoted is not None else bare).lower()
        if field is None:
            return Completion(
                found.start(3) if quoted is None else len(text),
                tuple(f"{name}:" for name in FIELDS if typed and name.startswith(typed)),
            )
        start = found.start(3) if quoted is None else found.start(2) - 1
        fitting = [value for value in known.get(field.lower(), ()) if typed in value.lower()]
        fitting.sort(key=lambda value: not value.lower().startswith(typed))
        return Completion(start, tuple(_quoted(value) for value in fitting))

    return complete


def _quoted(value: str) -> str:
    if re.search(r'[\s"()]', value) or value.startswith("-"):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return value


def command_completer(text: str) -> Completion:
    """Completes the names of commands."""
    return Completion(0, tuple(completions(text)))


class Told(NamedTuple):
    """What came of a key or a paste."""

    what: Literal["nothing", "changed", "accepted", "cancelled"]
    """``cancelled``: everything is to be as it was before the prompt opened."""
    kind: Kind
    value: str
    """What stands in the prompt."""


class Prompt(Entry):
    """A line that is typed into; hidden until ``open``, and open until ``close``."""

    DEFAULT_CSS = "Prompt { display: none; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.kind: Kind = "/"
        """What is being asked for."""
        self.histories: dict[Kind, list[str]] = {kind: [] for kind in LABELS}
        """What was accepted, the newest first; the screen may fill it and keep it."""

    def on_hide(self) -> None:
        """What was below comes out again."""
        paint_anew(self)

    @property
    def is_open(self) -> bool:
        """Whether something is being typed."""
        return bool(self.display)

    def open(
        self, kind: Kind, value: str = "", *, completer: Completer | None = None, hint: str = ""
    ) -> None:
        """Show the prompt; the screen hands it every key (``type``) and paste (``take``).

        ``:`` completes commands by itself.
        """
        self.kind = kind
        if kind == ":" and completer is None:
            completer = command_completer
        editor = LineEditor(history=tuple(self.histories[kind]), completer=completer)
        editor.set(value)
        self.display = True
        self.begin(editor, label=LABELS[kind], hint=hint)

    def close(self) -> None:
        """Hide the prompt."""
        self.display = False

    def show_error(self, error: QueryError | None) -> None:
        """Mark the word that is wrong and say why; Enter does nothing until it is changed."""
        self.error = error if error is not None and error.text == self.value else None
        self.show()

    def type(self, event: events.Key) -> Told | None:
        """Take a key; None for C-z and C-l, the only ones that are not the prompt's while open."""
        before = self.value
        match event.key:
            case "ctrl+z" | "ctrl+l":
                return None
            case "enter":
                return self._accepted()
            case "escape" | "ctrl+c":
                return self._told("cancelled")
            case "backspace" if not before:
                return self._told("cancelled")
            case "up" | "ctrl+p":
                self.edit(self.editor.older)
            case "down" | "ctrl+n":
                self.edit(self.editor.newer)
            case "tab":
                self.edit(self.editor.complete)
            case "shift+tab":
                self.edit(lambda: self.editor.complete(-1))
            case _:
                self.press(event)
        return self._told("changed" if self.value != before else "nothing")

    def take(self, pasted: str) -> Told:
        """Insert what was pasted."""
        before = self.value
        self.paste(pasted)
        return self._told("changed" if self.value != before else "nothing")

    def _told(self, what: Literal["nothing", "changed", "accepted", "cancelled"]) -> Told:
        return Told(what, self.kind, self.value)

    def _accepted(self) -> Told:
        if self.error is not None:
            return self._told("nothing")
        value = self.value
        history = self.histories[self.kind]
        if value.strip():
            history[:] = [value, *(line for line in history if line != value)][:SEARCHES_KEPT]
        return self._told("accepted")
