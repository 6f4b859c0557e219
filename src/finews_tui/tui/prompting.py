"""What comes of a prompt: with every key, when a line is accepted, when it is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finews_tui.tui.command_names import resolve
from finews_tui.tui.prompt import Kind, Told

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen


class Prompting:
    """Between the prompt and the rooms that do what is typed there."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    def take(self, told: Told) -> None:
        """Something was typed, accepted or given up."""
        match told.what, told.kind:
            case "changed", "f" | "S":
                self.screen.finding.query_changed(told.kind, told.value)
            case "changed", "/":
                self.screen.searching.changed(told.value)
            case "accepted", kind:
                self._close()
                self._accepted(kind, told.value)
            case "cancelled", kind:
                self._close()
                if kind in ("f", "S"):
                    self.screen.finding.query_cancelled()
                elif kind == "/":
                    self.screen.searching.cancelled()

    def _accepted(self, kind: Kind, value: str) -> None:
        self.screen.remembering.typed(kind, value)
        if kind in ("f", "S"):
            self.screen.finding.query_accepted()
        elif kind == "/":
            self.screen.searching.accepted(value)
        elif kind == ":":
            found = resolve(value)
            if isinstance(found, str):
                self.screen.say(found)
            else:
                self.screen.run_command(found[0].id, found[1])

    def _close(self) -> None:
        screen = self.screen
        screen.prompt.close()
        screen.set_focus(None)
        screen.active.covered = 0
