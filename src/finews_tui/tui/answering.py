"""The answer to the list's question: shown as it grows, and asked for again as the index changes.

What the person asks for is on the screen with its first page; the rest is counted behind it. What
comes by itself is shown when it is complete, and leaves cursor and scrolling where they are.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import tzinfo
from time import monotonic
from typing import TYPE_CHECKING

from finews_tui.lean import NamedTuple
from finews_tui.library import Filter, Headline, Library, Listing
from finews_tui.tui.growing import Growing, growing
from finews_tui.tui.history import Asked
from finews_tui.tui.librarian import Pages

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen

FIRST = 100
"""Posts of the first page, where the screen does not show more."""
AHEAD = 60
"""Rows fetched together with a new listing, around the one that is selected."""
SOON = 0.2
"""Seconds without a first page after which it is said that something is being looked for."""
REST_SECONDS = 0.5
"""Between two renewals, and three times as long as the last one took."""


class Shown(NamedTuple):
    """A list as it was on the screen."""

    asked: Asked
    listing: Listing
    cursor: int
    top: int
    """The first row on the screen."""
    changes: int
    """How often the index had changed until then."""


class Answering:
    """Brings answers onto the screen."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._answered: Asked | None = None
        """What the listing on the screen is the answer to."""
        self._asking: Asked | None = None
        """What the person waits for the first page of."""
        self._is_stale = False
        self._changes = 0
        self._rest_until = 0.0
        self._completed = asyncio.Event()
        """Of the list on the screen: whether nothing more comes."""
        self._pages: Pages[Growing] | None = None
        """What is growing."""
        self._completed.set()

    @property
    def is_growing(self) -> bool:
        """Whether more of the list is still being looked for."""
        return not self._completed.is_set()

    # -- what the person asks for ------------------------------------------------------------

    async def answer(self, asked: Asked, goal: str | None = None, *, waits: bool = True) -> None:
        """Show the first page of an answer; the rest follows by itself.

        ``goal`` is the key of the post to select; None: the one that is selected now. With
        ``waits`` it is waited for until that post's row is known.
        """
        self.stop()
        self.screen.workers.cancel_group(self.screen, "renewal")
        self._asking = asked
        self.screen.later("searching", SOON, self._say_searching)
        try:
            await self._answer(asked, goal, waits=waits)
        finally:
            if self._asking is asked:
                self._asking = None
                self.screen.status.is_searching = False
                self.screen.drop("searching")

    def _say_searching(self) -> None:
        self.screen.status.is_searching = True

    async def _answer(self, asked: Asked, goal: str | None, *, waits: bool) -> None:
        screen, pane = self.screen, self.screen.headlines
        before = pane.cursor
        await screen.marking.done()
        wanted = pane.nearest_ids(asked == self._answered)
        if goal is not None:
            selected = await screen.librarian.ask(Library.headline, goal) if goal else None
            wanted = [selected.id] if selected is not None else []
        first = max(FIRST, 2 * pane.rows_on_screen)
        pages = screen.librarian.pages(growing, asked.query, first, wanted)
        try:
            async for page in pages:
                if page.is_complete or page.place is not None or not (waits and wanted):
                    break
            else:
                return
            rows = await self._rows_around(page)
        except BaseException:
            pages.close()
            raise
        if asked != screen.asked:
            pages.close()
            return  # a newer question came
        self._show(asked, page, rows, before, stays=goal is None)
        if page.is_complete:
            pages.close()
            self._complete(page)
        else:
            self._completed = asyncio.Event()
            self._pages = pages
            screen.start(self._grow(pages), "growing")

    async def _grow(self, pages: Pages[Growing]) -> None:
        try:
            await self.screen.wait_for_refresh()  # the first page is painted before all else
            async for page in pages:
                self.screen.headlines.grow(page.listing)
                self._tell_position(page)
                if page.is_complete:
                    self.screen.listing = page.listing
                    self._complete(page)
        finally:
            if self._pages is pages:
                self._pages = None
                self._completed.set()

    def _complete(self, page: Growing) -> None:
        self.screen.status.partial = _share(page.coverage)
        self._completed.set()
        if page.given_up:
            named = ", ".join(f"/{source}/" for source in page.given_up)
            self.screen.say(f"{named} takes too long with some posts: these are left out.")
        self.screen.live.count()
        if self._is_stale:
            self.renew()

    def stop(self) -> bool:
        """Give up counting; False where nothing is being counted."""
        is_growing = self.is_growing
        self.screen.workers.cancel_group(self.screen, "growing")
        if self._pages is not None:
            self._pages.close()
            self._pages = None
        self._completed.set()
        return is_growing

    def give_up(self) -> None:
        """Wait for another list no longer: the one on the screen is what is asked for again."""
        screen = self.screen
        screen.workers.cancel_group(screen, "list")
        if self._answered is not None and screen.asked != self._answered:
            screen.set_reactive(type(screen).asked, self._answered)
            screen.show_asked()
        screen.say("Given up.")

    async def complete(self) -> bool:
        """Wait until nothing more of the list comes; False where another list came meanwhile."""
        asked = self._answered
        await self._completed.wait()
        return asked == self._answered

    # -- what comes by itself ----------------------------------------------------------------

    def renew(self) -> None:
        """The index has changed: the list follows, as soon as the answer is complete."""
        self._is_stale = True
        self._changes += 1
        if self._asking is not None or self.is_growing:
            return  # what the person asked for comes first
        if not any(w.group == "renewal" and not w.is_finished for w in self.screen.workers):
            self.screen.start(self._renew(), "renewal")

    async def _renew(self) -> None:
        while self._is_stale:
            await asyncio.sleep(max(0.0, self._rest_until - monotonic()))
            self._is_stale = False
            started = monotonic()
            await self._renew_once(self.screen.asked)
            now = monotonic()
            self._rest_until = now + max(REST_SECONDS, 3 * (now - started))

    async def _renew_once(self, asked: Asked) -> None:
        screen, pane = self.screen, self.screen.headlines
        before = pane.cursor
        pages = screen.librarian.pages(growing, asked.query, FIRST, pane.nearest_ids(True))
        try:
            page: Growing | None = None
            async for newer in pages:
                page = newer
            if page is None:
                return
            rows = await self._rows_around(page)
        finally:
            pages.close()
        if asked != screen.asked:
            return
        if pane.listing is not None and pane.listing[:] == page.listing[:]:
            pane.renew()
        else:
            self._show(asked, page, rows, before, stays=True)
        self._tell_position(page)
        self._complete(page)

    # -- on the screen -----------------------------------------------------------------------

    async def _rows_around(self, page: Growing) -> list[Headline]:
        librarian, pane = self.screen.librarian, self.screen.headlines
        cursor = page.place or 0
        ids = page.listing[max(0, cursor - AHEAD) : cursor + AHEAD]
        pane.zone, rows = await librarian.ask(_rows, ids)
        return rows

    def _show(
        self, asked: Asked, page: Growing, rows: Sequence[Headline], before: int, *, stays: bool
    ) -> None:
        """``before`` is where the cursor was when that was asked; ``stays``: it is to stay there.

        A cursor that was moved since then is where the person wants it.
        """
        screen, pane = self.screen, self.screen.headlines
        listing, place = page.listing, page.place
        above = pane.cursor - pane.top // pane.row_height
        if before == pane.cursor == 0 and screen.is_beginning:
            place = 0  # the archive is read for the first time, and nobody has chosen a post yet
        elif pane.cursor != before and pane.selected_id is not None:
            place = listing.index(pane.selected_id)
        if place is None:
            # A post that is not unread any more, say, leaves its row to the next one.
            place = pane.cursor if asked == self._answered and stays else 0
        self._dress(asked)
        pane.show(listing, rows, cursor=place, top=max(0, place - above))
        screen.listing = listing
        self._tell_position(page)

    def _dress(self, asked: Asked) -> None:
        self._answered = asked
        pane = self.screen.headlines
        # All of one source: its name in every row would only take room from the titles.
        pane.shows_source = not any(
            isinstance(part, Filter) and part.field == "source" for part in asked.query.parts
        )
        pane.words = asked.query.words

    def _tell_position(self, page: Growing) -> None:
        self.screen.status.is_counting = not page.is_complete
        self.screen.show_position()

    # -- and as it was -----------------------------------------------------------------------

    @property
    def shown(self) -> Shown | None:
        """The list on the screen, to be put back; None where it is not complete."""
        pane = self.screen.headlines
        if self._answered is None or pane.listing is None or self.is_growing:
            return None
        top = pane.top // pane.row_height
        return Shown(self._answered, pane.listing, pane.cursor, top, self._changes)

    def put_back(self, shown: Shown) -> None:
        """Show a list again as it was, at once."""
        screen, pane = self.screen, self.screen.headlines
        self.stop()
        for group in ("list", "renewal"):
            screen.workers.cancel_group(screen, group)
        screen.set_reactive(type(screen).asked, shown.asked)
        screen.show_asked()
        self._dress(shown.asked)
        pane.show(shown.listing, (), cursor=shown.cursor, top=shown.top)
        screen.listing = shown.listing
        screen.status.partial = ""
        self._tell_position(Growing(shown.listing, True, shown.cursor))
        self._completed.set()
        if self._is_stale or self._changes != shown.changes:
            self.renew()


def _rows(library: Library, ids: Sequence[int]) -> tuple[tzinfo, list[Headline]]:
    return library.zone, library.headlines(ids)


def _share(coverage: float) -> str:
    """``text 43 %``; nothing where all of it was searched."""
    return f"text {int(100 * coverage)} %" if coverage < 1 else ""
