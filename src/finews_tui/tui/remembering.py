"""What is kept of the reader from one start to the next: lines that were typed, places visited."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from finews_tui.errors import QueryError
from finews_tui.library import Library, Query
from finews_tui.tui.commands import PANES
from finews_tui.tui.history import Asked, Place
from finews_tui.tui.prompt import Kind

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen

VISITED = "visited"
"""The note that holds the places."""
SOON = 0.5
"""Seconds after going somewhere until the places are written."""


class Remembering:
    """The notes of the reader in the state database."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    async def recall(self) -> None:
        """Fill the prompts' histories and the places visited with what was kept of them."""
        for kind, lines in self.screen.prompt.histories.items():
            lines[:] = [line for line in await self._note(f"history {kind}") if _is_text(line)]
        found = (_place(kept) for kept in await self._note(VISITED))
        self.screen.history.recall([place for place in found if place is not None])

    async def _note(self, name: str) -> list[Any]:
        text: str | None = await self.screen.librarian.ask(Library.note, name)
        try:
            kept = json.loads(text or "[]")
        except ValueError:
            return []
        return kept if isinstance(kept, list) else []

    def typed(self, kind: Kind) -> None:
        """A line was accepted in a prompt of this kind."""
        if self.screen.librarian.is_open:
            self._keep(f"history {kind}", self.screen.prompt.histories[kind])

    def visited(self) -> None:
        """The reader went somewhere."""
        self.screen.later(VISITED, SOON, self._keep_places)

    def _keep_places(self) -> None:
        if self.screen.librarian.is_open:
            places = [*self.screen.history.places, self.screen.place]
            self._keep(VISITED, [_fields(place) for place in places])

    def _keep(self, name: str, value: object) -> None:
        text = json.dumps(value, ensure_ascii=False)
        ask = self.screen.librarian.ask
        self.screen.start(ask(Library.save_note, name, text), "notes", newest_only=False)


def _fields(place: Place) -> list[str]:
    return [str(place.asked.base), str(place.asked.filter), place.key, place.pane]


def _place(kept: object) -> Place | None:
    if not isinstance(kept, list) or len(kept) != 4 or not all(map(_is_text, kept)):
        return None
    base, filter, key, name = kept
    pane = next((pane for pane in PANES if pane == name), None)
    try:
        asked = Asked(Query.parse(base), Query.parse(filter))
    except QueryError:
        return None
    return Place(asked, key, pane) if pane is not None else None


def _is_text(value: object) -> bool:
    return isinstance(value, str)
