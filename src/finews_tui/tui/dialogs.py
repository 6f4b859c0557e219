"""What lies over the panes: the base of all dialogs, and the question.

This room alone knows how a dialog looks and how keys get to it: through ``press``, but first all of
them go the way of the reader's own (``take``), so that they stay in order whatever is on top: those
typed together with the key that opens the dialog arrive here, those typed together with the one
that closes it do not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
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

    def __init__(self) -> None:
        super().__init__()
        self.take: Callable[[events.Key | events.Paste], None] = self._take
        """Where everything goes that is typed; it comes back by ``press`` and ``paste``."""
        self.then: Callable[[Result | None], None] | None = None
        """What gets the result, before any further key acts."""
        self.told_ready: Callable[[], None] = lambda: None
        """What is called once the dialog is ready."""
        self.is_ready = False
        """Whether it is laid out, so that keys can act."""

    def on_mount(self) -> None:
        """What is in the dialog has its place once it is painted."""
        self.call_after_refresh(self._ready)

    def _ready(self) -> None:
        self.is_ready = True
        self.told_ready()

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
        self.take(event)

    def on_paste(self, event: events.Paste) -> None:
        """A paste is the dialog's too."""
        event.stop()
        self.take(event)

    def _take(self, event: events.Key | events.Paste) -> None:
        """What is typed where there is no reader below."""
        if isinstance(event, events.Paste):
            self.paste(event.text)
            return
        for key, character in split_escape(event.key, event.character):
            if self.app.screen is self:
                self.press(events.Key(key, character))

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close the dialog and hand over what came of it."""
        closed = super().dismiss(result)
        if self.then is not None:
            self.then(result)
        return closed


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
