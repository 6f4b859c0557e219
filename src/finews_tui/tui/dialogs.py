"""What lies over the panes: the base of all dialogs, and the question.

This room alone knows how a dialog looks and how keys get to it. Dialogs get
their keys through ``press``: ``ReaderScreen.on_key`` hands keys on while another screen is on top,
so that keys typed together with the one that opened the dialog arrive here and not as commands.
"""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from finews_tui.page import width_of
from finews_tui.page.line import Line, plain
from finews_tui.page.wrap import wrap_text
from finews_tui.tui.keys import split_escape
from finews_tui.tui.status_line import PaintedLine

Result = TypeVar("Result")


class Caption(PaintedLine):
    """One line of a dialog that only says something."""

    def __init__(self, line: Line, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._says = line

    def line(self, width: int) -> Line:
        """What it says."""
        return self._says

    def say(self, line: Line) -> None:
        """Say something else."""
        self._says = line
        self.repaint()


class Dialog(ModalScreen[Result]):
    """A box over the panes; ``press`` gets every key."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: transparent; }
    Dialog > Vertical { width: 100%; max-width: 84; height: auto; max-height: 100%;
                        border: round $primary; background: $background; padding: 0 1; }
    """

    AUTO_FOCUS = None

    def press(self, event: events.Key) -> None:
        """What a key does here; subclasses tell."""
        raise NotImplementedError

    def say(self, sentence: str) -> None:
        """Show what the status line says, where the dialog may lie over it: nowhere, usually."""

    def paste(self, text: str) -> None:
        """What pasted text does here: nothing, unless something is being typed."""

    def on_key(self, event: events.Key) -> None:
        """Every key is the dialog's, but for suspending."""
        if event.key == "ctrl+z":
            return
        event.stop()
        event.prevent_default()
        for key, character in split_escape(event.key, event.character):
            top = self.app.screen
            if isinstance(top, Dialog):
                top.press(events.Key(key, character))
            else:  # it was typed in the same moment as the key that closed the dialog
                top.post_message(events.Key(key, character))

    def on_paste(self, event: events.Paste) -> None:
        """A paste is the dialog's too."""
        event.stop()
        self.paste(event.text)


class Confirm(Dialog[bool]):
    """A question that only ``y`` answers with yes; the result tells."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question, in as many lines as it takes, and the keys."""
        width = max(16, min(80, self.app.size.width - 4))
        with Vertical():
            for line in wrap_text(self._question, width, "text"):
                yield Caption(line)
            yield Caption(())
            yield Caption((("y", "title"), (" yes   ", "dim"), ("n", "title"), (" no", "dim")))

    def press(self, event: events.Key) -> None:
        """Answer; any other key than these changes nothing."""
        if event.key in ("y", "Y"):
            self.dismiss(True)
        elif event.key in ("n", "N", "q", "escape", "ctrl+c"):
            self.dismiss(False)


def spread(left: Line, right: Line, width: int) -> Line:
    """``left`` at the left, ``right`` at the right of ``width`` cells."""
    used = width_of(plain(left)) + width_of(plain(right))
    return (*left, (" " * max(1, width - used), "text"), *right)
