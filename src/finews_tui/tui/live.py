"""Live arrivals: notices that something changed, tells how many posts are new, and pauses.

What notices is a process of its own, see ``library/watching.py``; that others have written to the
databases is looked for here.
"""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import aclosing
from typing import TYPE_CHECKING

from finews_tui.errors import LibraryError
from finews_tui.library import Headline, Library, Query
from finews_tui.library.news import Versions
from finews_tui.library.watching import command
from finews_tui.tui.child import Child

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen

COMPARE_SECONDS = 0.5
"""Between two looks at what others have written."""
AGAIN_SECONDS = 60.0
"""After which the process that watches is started again, should it end."""


class Live:
    """What happens while one reads; the commands that go to it and pause it."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        options = screen.options
        self.is_paused = not (options.update and options.settings.live)
        """Whether the person wants to be left alone."""
        self.has_missed = False
        """Whether something changed meanwhile."""
        self.watcher: Child | None = None
        """What notices changes; None before anything does."""
        self._is_closed = False
        self._since = 0.0
        self._known: Versions | None = None
        self._contents = (0, 0)
        self._seen: int | None = None
        """The last post that the person knows of; None while the archive is read for the first
        time, when nothing is new."""

    # -- noticing ----------------------------------------------------------------------------

    def begin(self, since: float) -> None:
        """Watch the archive from now on; what changed after ``since``, as of ``time.time``, too."""
        self._since = since
        if self.watcher is None and not self.is_paused:
            self.screen.start(self._watch(), "watch")

    async def _watch(self) -> None:
        while not self._is_closed:
            self.watcher = Child(command(self.screen.options.roots, self._since))
            async with aclosing(self.watcher.lines()) as lines:
                with contextlib.suppress(OSError):  # no process left, say: later there may be
                    async for _ in lines:
                        self._changed()
            await asyncio.sleep(AGAIN_SECONDS)

    def _changed(self) -> None:
        if self.is_paused:
            self.has_missed = True
        else:
            self.screen.upkeep.look()

    async def close(self) -> None:
        """Watch no longer."""
        self._is_closed = True
        if self.watcher is not None:
            await self.watcher.stop()

    async def compare(self) -> None:
        """Look again and again whether somebody else has written marks, or another index."""
        screen = self.screen
        while True:
            await asyncio.sleep(COMPARE_SECONDS)
            if screen.librarian.is_open:
                with contextlib.suppress(LibraryError):  # in use just now, or being made anew
                    await self._compare_once()

    async def _compare_once(self) -> None:
        screen = self.screen
        found = await screen.librarian.ask(_versions)
        known = self._known = self._known or found
        if found.marks != known.marks:
            screen.headlines.renew()
            screen.finding.count_again()
        self._known = found._replace(library=known.library)
        if found.library == known.library or screen.upkeep.indexer.is_running:
            return
        is_same_file = found.library[1] == known.library[1]
        if self.is_paused:
            self.has_missed = True
            self._known = found._replace(library=(found.library[0], known.library[1]))
        elif is_same_file and await screen.librarian.ask(_contents) == self._contents:
            self._known = found
            screen.headlines.renew()  # some may have been written again
        else:
            await screen.upkeep.follow_index()

    async def catch_up(self) -> None:
        """Open the index anew if it is another file now; what it holds is known."""
        librarian, known = self.screen.librarian, self._known
        found, contents = await librarian.ask(_state)
        if known is not None and found.library[1] != known.library[1]:
            await librarian.open()
            found, contents = await librarian.ask(_state)
        self._known, self._contents = found, contents

    # -- what is new -------------------------------------------------------------------------

    @property
    def has_begun(self) -> bool:
        """Whether the archive has been read, so that there can be something new."""
        return self._seen is not None

    async def begin_counting(self) -> None:
        """What arrives from now on is new, unless that began before."""
        if self._seen is None and self.screen.librarian.is_open:
            await self._forget()

    async def _forget(self) -> None:
        """Nothing that the index holds now is new any more."""
        self._seen = await self.screen.librarian.ask(_last)
        self.screen.status.arrived = 0

    def count(self) -> None:
        """Tell how many posts are new, soon."""
        if self._seen is not None:
            self.screen.start(self._count(self._seen), "arrivals")

    async def _count(self, seen: int) -> None:
        self.screen.status.arrived = await self.screen.librarian.ask(_count, seen)

    def selected(self) -> None:
        """A row was selected: once that is a new post, the person has seen that there are some."""
        post = self.screen.headlines.selected_id
        if self.screen.status.arrived and post is not None and post > (self._seen or 0):
            self.screen.start(self._forget(), "arrivals")

    def action_go_new(self, count: int | None) -> None:
        """To the newest of the posts that arrived."""
        if self.screen.status.arrived and self._seen is not None:
            self.screen.start(self._go_new(self._seen), "go")
        else:
            self.screen.say("Nothing new has arrived.")

    async def _go_new(self, seen: int) -> None:
        screen = self.screen
        newest = await screen.librarian.ask(_newest, seen)
        await self._forget()
        if newest is None:  # they are gone again
            return
        listing = screen.headlines.listing
        row = listing.index(newest.id) if listing is not None else None
        if row is None:
            screen.finding.go(Query(), key=newest.key)
        else:
            screen.leave()
            screen.headlines.go_to(row)
            screen.focus_pane("list")

    # -- pausing -----------------------------------------------------------------------------

    def action_pause(self, count: int | None) -> None:
        """Pause, or go on and show what was missed."""
        self.is_paused = self.screen.status.is_paused = not self.is_paused
        if self.is_paused:
            return
        if self.watcher is None:
            self.begin(self._since)
            self.has_missed = True
        if self.has_missed:
            self.has_missed = False
            self.screen.upkeep.look()
            self.screen.start(self.screen.upkeep.follow_index(), "follow")


def _versions(library: Library) -> Versions:
    return library.news.versions


def _state(library: Library) -> tuple[Versions, tuple[int, int]]:
    return library.news.versions, library.news.contents


def _contents(library: Library) -> tuple[int, int]:
    return library.news.contents


def _last(library: Library) -> int:
    return library.news.last


def _count(library: Library, seen: int) -> int:
    return library.news.count(seen)


def _newest(library: Library, seen: int) -> Headline | None:
    found = library.news.newest(seen)
    return next(iter(library.headlines([found])), None) if found is not None else None
