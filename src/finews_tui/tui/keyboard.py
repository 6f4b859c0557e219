"""From what is typed to what gets it: a dialog, the prompt, link hints, or a command.

This room alone knows who gets a key, and what of that may still be on its way when it is typed.
Everything goes through here in the order in which it was typed, whatever is on top meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from finews_tui.tui.bindings import Cancelled, Keymap, KeyReader, Pending, Run
from finews_tui.tui.keys import split_escape
from finews_tui.tui.type_ahead import TypeAhead, Typed

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen


class Keyboard:
    """What the person types on the reader."""

    def __init__(self, screen: ReaderScreen, keymap: Keymap) -> None:
        self.screen = screen
        self.keys = KeyReader(keymap)
        self.ahead = TypeAhead(
            self._route,
            is_text_wanted=self._is_text_wanted,
            is_due=self._is_due,
            given_up=lambda: screen.answering.give_up(),
        )

    def take(self, event: Typed) -> None:
        """Let what was typed go its way."""
        if isinstance(event, events.Paste):
            self.ahead.press(event)
            return
        split = self.keys.split if self.screen.dialog is None else split_escape
        for key, character in split(event.key, event.character):
            pressed = events.Key(key, character)
            pressed.time = event.time
            self.ahead.press(pressed)

    def _is_text_wanted(self) -> bool:
        dialog = self.screen.dialog
        return dialog.is_ready if dialog is not None else self.screen.prompt.is_open

    def _is_due(self) -> bool:
        """Whether that is still on its way which keys act on now."""
        screen = self.screen
        if screen.dialog is not None:
            return not screen.dialog.is_ready
        match screen.pane:
            case "tree":
                return screen.librarian.is_open and screen.categories.is_lacking
            case "list":
                return screen.headlines.is_selected_due
            case "article":
                return screen.reading.is_coming

    def _route(self, event: Typed) -> None:
        screen, top = self.screen, self.screen.dialog
        if isinstance(event, events.Key):
            if top is not None:
                top.press(event)
            else:
                self._press(event)
        elif top is not None:
            top.paste(event.text)
        elif screen.prompt.is_open:
            screen.prompting.take(screen.prompt.take(event.text))

    def _press(self, event: events.Key) -> None:
        """A key is text for the prompt while it is open, else the key of a command."""
        screen = self.screen
        if screen.prompt.is_open and (told := screen.prompt.type(event)) is not None:
            screen.prompting.take(told)
            return
        if screen.hinting.press(event):
            return
        match self.keys.feed(event.key, event.character, screen.pane):
            case Run(command, count):
                self._ready("")
                screen.run_command(command.id, count)
            case Pending() as pending:
                self._ready(pending.text)
                screen.strip.wait_for(pending)
            case Cancelled(message):
                self._ready("")
                if message:
                    screen.say(message)

    def _ready(self, pending: str) -> None:
        self.screen.strip.hide()
        self.screen.status.pending = pending
