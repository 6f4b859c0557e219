"""Searching inside a pane: ``/``, ``n`` and ``N`` in the tree, the list and the article."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from finews_tui.library import Filter, Library, Listing, Query
from finews_tui.page import TOP
from finews_tui.tui.commands import Pane
from finews_tui.tui.nodes import Loads

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen


class Searching:
    """The commands that search in the pane that has the focus."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._wanted: dict[Pane, str] = {}
        self._pane: Pane = "list"
        """The pane that is being searched."""
        self._origin = 0
        """The row of its cursor when the search began."""
        self._spot = TOP
        """The top line of the article when the search began."""
        self._hits: tuple[Listing, str, Listing] | None = None
        """What the list's titles were searched for, and what was found."""
        self._known = asyncio.Event()
        """Whether all of the tree can be searched."""
        self._known.set()

    def action_search(self, count: int | None) -> None:
        """Open the search prompt for this pane."""
        screen = self.screen
        self._pane = screen.pane
        screen.active.covered = 1
        self._spot = screen.article.spot
        if screen.pane != "article":
            rows = screen.categories if screen.pane == "tree" else screen.headlines
            self._origin = rows.cursor
            rows.keep_in_sight()
        screen.prompt.open("/")
        if screen.pane == "tree":
            self._know_tree()

    def _know_tree(self) -> None:
        """Ask for the sections that were never unfolded, so that they can be searched as well."""
        sections = self.screen.categories.forest.sections
        unknown = [n.loads for n in sections if n.children is None and n.loads is not None]
        if unknown:
            self._known.clear()
            self.screen.start(self._ask_for(unknown), "tree", newest_only=False)

    async def _ask_for(self, unknown: Sequence[Loads]) -> None:
        screen = self.screen
        try:
            await screen.finding.fill_nodes(unknown)
        finally:
            self._known.set()
        is_searching = self._pane == "tree" and screen.prompt.is_open and screen.prompt.kind == "/"
        if is_searching and (text := self._wanted.get("tree")):
            self.changed(text)
        await screen.finding.fill_counts(unknown)

    def changed(self, text: str) -> None:
        """Go to the first match from where the search began."""
        self._wanted[self._pane] = text
        screen = self.screen
        if self._pane == "article":
            count = screen.article.search(text)
            screen.prompt.say(told(count) if text else "")
            if not screen.article.next_match(1, start=self._spot):
                screen.article.go_to_spot(self._spot)
        elif self._pane == "tree":
            screen.categories.highlight = text
            screen.categories.refresh()
            if not text or not screen.categories.next_match(text, 1, start=self._origin):
                screen.categories.go_to(self._origin)
        else:
            screen.headlines.highlight = text
            screen.headlines.refresh()
            screen.start(self._find_row(text, self._origin - 1, 1), "find")

    def accepted(self, text: str) -> None:
        """Stay at the match; say so when there is none. The empty text is the last one again."""
        if text and self._pane == "list":
            row = self._origin - 1
            self.screen.start(self._find_row(text, row, 1, tell=True), "find")
        elif text and self._pane == "tree" and not self._known.is_set():
            self.screen.start(self._find_node(text), "find")
        elif text:
            self._say_none(self._pane)
            self._say_number()

    async def _find_node(self, text: str) -> None:
        """The same in a tree that was not known yet when the search was accepted."""
        await self._known.wait()
        self.changed(text)
        self._say_none("tree")

    def cancelled(self) -> None:
        """Back to where the search began, without marks."""
        self.changed("")

    def forget_marks(self) -> None:
        """Take the marks of all searches off; nothing is painted where there are none."""
        screen = self.screen
        screen.article.highlight(())
        if not self._wanted:
            return
        self._wanted.clear()
        screen.article.search("")
        screen.categories.highlight = screen.headlines.highlight = ""
        screen.categories.refresh()
        screen.headlines.refresh()

    def action_search_next(self, count: int | None) -> None:
        """To a match further on."""
        self._step(count or 1)

    def action_search_previous(self, count: int | None) -> None:
        """To a match before."""
        self._step(-(count or 1))

    def _step(self, steps: int) -> None:
        screen = self.screen
        wanted = self._wanted.get(screen.pane, "")
        if screen.pane == "article" and (wanted or screen.article.marks.count):
            if screen.article.next_match(steps):
                self._say_number()
            else:
                self._say_none("article")
        elif not wanted:
            screen.say("Nothing is searched here; / searches.")
        elif screen.pane == "tree":
            if not screen.categories.next_match(wanted, steps):
                self._say_none("tree")
        else:
            screen.start(self._find_row(wanted, screen.headlines.cursor, steps, tell=True), "find")

    def _say_none(self, pane: Pane) -> None:
        text = self._wanted.get(pane, "")
        screen = self.screen
        if pane == "article" and not screen.article.marks.count:
            screen.say(f"“{text}” is not in this article.")
        elif pane == "tree" and not screen.categories.has_match(text):
            screen.say(f"“{text}” is not in the tree.")
        elif pane == "list" and self._hits is not None and not self._hits[2]:
            screen.say(f"No title of this list has “{text}”.")

    def _say_number(self) -> None:
        """Which match of the article this is, of how many."""
        marks = self.screen.article.marks
        if self.screen.pane == "article" and marks.count:
            self.screen.say(f"Match {marks.number + 1:,} of {marks.count:,}.")

    async def _find_row(self, text: str, row: int, steps: int, *, tell: bool = False) -> None:
        """Move the list's cursor to the next title with ``text`` after ``row``."""
        pane = self.screen.headlines
        if not text.strip():
            pane.go_to(self._origin)
            return
        if self.screen.answering.is_growing:
            await self.screen.answering.complete()
        listing = pane.listing
        if listing is None:
            return
        if self._hits is None or self._hits[:2] != (listing, text):
            query = self.screen.asked.query & Query((Filter("title", text),))
            hits = await self.screen.librarian.ask_long(Library.search, query)
            self._hits = (listing, text, hits)
        hits = self._hits[2]
        found = next_row(listing, hits, row, steps)
        if found is not None:
            pane.go_to(found)
        elif tell:
            self._say_none("list")
        else:
            pane.go_to(self._origin)


def told(count: int) -> str:
    """How many matches there are, in words."""
    return {0: "not found", 1: "1 match"}.get(count, f"{count:,} matches")


def next_row(listing: Listing, hits: Listing, row: int, steps: int) -> int | None:
    """The row in ``listing`` of the ``steps``-th of ``hits`` after ``row``, around the end.

    Both are in the same order, so a search by halves finds the place.
    """
    if not hits:
        return None

    def row_of(hit: int) -> int:
        found = listing.index(hits[hit])
        return -1 if found is None else found

    at = bisect_left(range(len(hits)), row + (steps > 0), key=row_of)
    target = (at + steps - (1 if steps > 0 else 0)) % len(hits)
    found = row_of(target)
    return found if found >= 0 else None
