"""What is kept of the reader from one start to the next: places, reading positions, typed lines.

It is written at most so often, and beside the keys; a reader that is killed loses the last moment.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from finews_tui.errors import LibraryError, QueryError
from finews_tui.lean import NamedTuple
from finews_tui.library import Library, Query, Steps, Visit
from finews_tui.tui.commands import PANES
from finews_tui.tui.history import Asked, Place
from finews_tui.tui.prompt import Kind

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen

SOON = 0.5
"""Seconds after which what is new is written."""


class _Known(NamedTuple):
    """What is remembered, as a start finds it."""

    visits: list[Visit]
    typed: dict[Kind, list[str]]
    """The lines that were typed in each kind of prompt, the newest first."""


class Remembering:
    """What the state database remembers of the reader."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._visits: dict[int, Place] = {}
        """The places that are remembered, by their times."""
        self._here: Place | None = None
        """Where the reader was last, which is no place of its history yet."""
        self._has_moved = False
        """Whether the reader has left a place since the start."""
        self._stands = ("", 0)
        """The post in the article pane, and how many characters stand above what is shown."""
        self._positions: dict[str, int] = {}
        """The same of posts that were scrolled, until it is written."""
        self._is_due = False
        self._is_over = False

    async def recall(self) -> None:
        """Fill the prompts' histories and the places visited with what was kept of them."""
        histories = self.screen.prompt.histories
        known = await self.screen.librarian.ask(_known, tuple(histories))
        for kind, lines in known.typed.items():
            histories[kind][:] = lines
        read = cache(Query.parse)  # people go to the same lists again and again
        places = [place for visit in known.visits if (place := _place(visit, read)) is not None]
        self._visits.update((place.at, place) for place in places)
        self.screen.history.recall(places)

    # -- what happens ------------------------------------------------------------------------

    def typed(self, kind: Kind, line: str) -> None:
        """A line was accepted in a prompt of this kind."""
        if line.strip() and self.screen.librarian.is_open:
            ask = self.screen.librarian.ask
            self.screen.start(ask(Library.remember_search, kind, line), "typed", newest_only=False)

    def visited(self) -> None:
        """The reader went somewhere."""
        self._has_moved = True
        self._write_soon()

    def shown(self) -> None:
        """An article was put into its pane: that alone is no reading."""
        self._stands = self.screen.article.key, self.screen.article.place

    def scrolled(self) -> None:
        """The reader stands elsewhere in the article."""
        view = self.screen.article
        stands = view.key, view.place
        if view.key != self._stands[0] or stands == self._stands or self._is_over:
            return
        self._stands = stands
        self._positions[view.key] = view.place
        self._write_soon()

    def position(self, key: str, written: int) -> int:
        """How many characters of a post stood above the screen when it was left."""
        return self._positions.get(key, written)

    # -- writing -----------------------------------------------------------------------------

    def _write_soon(self) -> None:
        if not self._is_due:
            self._is_due = True
            self.screen.later("past", SOON, self._write)

    def _write(self) -> None:
        self._is_due = False
        if self.screen.librarian.is_open and (steps := self._steps()):
            self.screen.start(
                self.screen.librarian.ask(Library.remember, steps), "past", newest_only=False
            )

    def _steps(self) -> Steps | None:
        """What has been done since it was asked for last."""
        before = self._visits
        if self._has_moved:
            if self.screen.place != self._here:
                self._here = self.screen.place
            places = (*self.screen.history.places, self._here)
            self._visits = {place.at: place for place in places}
        positions, self._positions = self._positions, {}
        steps = Steps(
            [_visit(place) for at, place in self._visits.items() if at not in before],
            [at for at in before if at not in self._visits],
            positions,
        )
        return steps if steps.visits or steps.forgotten or steps.positions else None

    async def close(self) -> None:
        """Write what has not been written; what happens from now on is not the reader's doing."""
        if self._is_over:
            return
        self.scrolled()
        self._is_over = True
        self.screen.drop("past")
        if self.screen.librarian.is_open and (steps := self._steps()):
            with suppress(LibraryError):  # nobody is there any more to be told
                await self.screen.librarian.ask(Library.remember, steps)


def _known(library: Library, kinds: tuple[Kind, ...]) -> _Known:
    past = library.past
    return _Known(past.visits(), {kind: past.searches(kind) for kind in kinds})


def _visit(place: Place) -> Visit:
    asked = place.asked
    return Visit(place.at, str(asked.base), str(asked.filter), place.key, place.pane)


def _place(visit: Visit, read: Callable[[str], Query]) -> Place | None:
    """The place that was visited; None where another version could go there, but not this one."""
    pane = next((pane for pane in PANES if pane == visit.pane), None)
    try:
        asked = Asked(read(visit.base), read(visit.filter))
    except QueryError:
        return None
    return Place(asked, visit.key, pane, visit.at) if pane is not None else None
