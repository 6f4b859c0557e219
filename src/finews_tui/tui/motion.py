"""The commands that move: cursor, pages, panes, jumps to the next unread, day, ticker, heading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from finews_tui.library import Library, Listing
from finews_tui.tui.commands import PANES

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen


class Motion:
    """One method a command of the group *Motion*; each is a call of a pane's method."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    # -- inside a pane -----------------------------------------------------------------------

    def action_down(self, count: int | None) -> None:
        """Down."""
        self.screen.active.move(count or 1)

    def action_up(self, count: int | None) -> None:
        """Up."""
        self.screen.active.move(-(count or 1))

    def action_first(self, count: int | None) -> None:
        """To the first row, or the n-th."""
        self.screen.active.go_to((count or 1) - 1)

    def action_last(self, count: int | None) -> None:
        """To the last row, or the n-th."""
        pane = self.screen.active
        if count is None:
            self._when_counted(pane.last)
        elif pane is self.screen.headlines and count > self.screen.headlines.count:
            self._when_counted(lambda: pane.go_to(count - 1))
        else:
            pane.go_to(count - 1)

    def action_percent(self, count: int | None) -> None:
        """To the row or line that so many of a hundred come before."""
        if count is None:
            self.screen.say("Which percentage? 50% goes to the middle.")
        else:
            pane = self.screen.active
            self._when_counted(lambda: pane.go_to_percent(count))

    def _when_counted(self, act: Callable[[], None]) -> None:
        """Do it at once, or when all of a list that is still growing is known."""
        if self.screen.pane == "list" and self.screen.answering.is_growing:
            self.screen.start(self._wait_and(act), "jump")
        else:
            act()

    async def _wait_and(self, act: Callable[[], None]) -> None:
        if await self.screen.answering.complete():
            act()

    def action_half_page_down(self, count: int | None) -> None:
        """Half a page down."""
        self.screen.active.page(0.5 * (count or 1))

    def action_half_page_up(self, count: int | None) -> None:
        """Half a page up."""
        self.screen.active.page(-0.5 * (count or 1))

    def action_page_down(self, count: int | None) -> None:
        """A page down."""
        self.screen.active.page(count or 1)

    def action_page_up(self, count: int | None) -> None:
        """A page up."""
        self.screen.active.page(-(count or 1))

    def action_next_heading(self, count: int | None) -> None:
        """To a heading further on."""
        if not self.screen.article.heading(count or 1):
            self.screen.say("No heading further down.")

    def action_previous_heading(self, count: int | None) -> None:
        """To a heading before."""
        if not self.screen.article.heading(-(count or 1)):
            self.screen.say("No heading further up.")

    # -- between panes -----------------------------------------------------------------------

    def action_left(self, count: int | None) -> None:
        """To the pane on the left; in the tree fold."""
        if self.screen.pane == "tree":
            self.screen.categories.fold()
        else:
            self.action_pane_left(count)

    def action_right(self, count: int | None) -> None:
        """To the pane on the right; in the tree unfold."""
        screen = self.screen
        if screen.pane == "tree":
            if not screen.categories.unfold():
                screen.finding.choose_node()
        elif screen.pane == "list":
            screen.reading.open_selected()

    def action_pane_left(self, count: int | None) -> None:
        """To the pane on the left."""
        self.screen.focus_pane("list" if self.screen.pane == "article" else "tree")

    def action_pane_right(self, count: int | None) -> None:
        """To the pane on the right."""
        self.screen.focus_pane("list" if self.screen.pane == "tree" else "article")

    def action_next_pane(self, count: int | None) -> None:
        """To the next pane, or the n-th."""
        if count is not None:
            self.screen.focus_pane(PANES[min(count, len(PANES)) - 1])
        else:
            self.screen.focus_pane(PANES[(PANES.index(self.screen.pane) + 1) % len(PANES)])

    def action_previous_pane(self, count: int | None) -> None:
        """To the pane before."""
        self.screen.focus_pane(PANES[PANES.index(self.screen.pane) - 1])

    def action_focus_tree(self, count: int | None) -> None:
        """To the tree."""
        self.screen.focus_pane("tree")

    def action_focus_list(self, count: int | None) -> None:
        """To the list."""
        self.screen.focus_pane("list")

    def action_focus_article(self, count: int | None) -> None:
        """To the article."""
        self.screen.focus_pane("article")

    def action_other_down(self, count: int | None) -> None:
        """Scroll the article on; from the article to the next post."""
        self._other(count or 1)

    def action_other_up(self, count: int | None) -> None:
        """Scroll the article back; from the article to the previous post."""
        self._other(-(count or 1))

    def _other(self, steps: int) -> None:
        screen = self.screen
        if screen.pane == "article":
            screen.reading.go_to_row(screen.headlines.cursor + steps)
        elif screen.reading.is_behind:
            screen.start(screen.reading.scroll(steps), "open")
        else:
            screen.article.move(steps)

    def action_enter(self, count: int | None) -> None:
        """Open the post, follow the link, choose or fold the node."""
        screen = self.screen
        if screen.pane == "list":
            screen.reading.open_selected()
        elif screen.pane == "article" and count is None and screen.article.offers_to_unfold:
            screen.article.fold(False)
        elif screen.pane == "article":
            screen.sharing.action_open_original(count)
        elif screen.categories.is_on_heading:
            screen.categories.toggle()
        else:
            screen.finding.choose_node()

    def action_read_on(self, count: int | None) -> None:
        """Page through the article, then the next unread post; in the tree fold."""
        screen = self.screen
        if screen.pane == "tree":
            screen.categories.toggle()
        elif screen.pane == "list":
            screen.reading.open_selected()
        elif screen.reading.is_coming:
            pass  # the end on the screen is that of the post before
        elif screen.article.is_at_end:
            self._jump("unread", 1, "No unread post further down.")
        else:
            screen.article.page(1)

    # -- to the next post of some kind -------------------------------------------------------

    def action_next_unread(self, count: int | None) -> None:
        """To an unread post further down."""
        self._jump("unread", count or 1, "No unread post further down.")

    def action_previous_unread(self, count: int | None) -> None:
        """To an unread post further up."""
        self._jump("unread", -(count or 1), "No unread post further up.")

    def action_next_day(self, count: int | None) -> None:
        """To the first post of the next day in the list."""
        self._jump("day", count or 1, "No other day further down.")

    def action_previous_day(self, count: int | None) -> None:
        """To the first post of the day before in the list."""
        self._jump("day", -(count or 1), "No other day further up.")

    def action_next_starred(self, count: int | None) -> None:
        """To a starred post further down."""
        self._jump("starred", count or 1, "No starred post further down.")

    def action_previous_starred(self, count: int | None) -> None:
        """To a starred post further up."""
        self._jump("starred", -(count or 1), "No starred post further up.")

    def action_next_same_ticker(self, count: int | None) -> None:
        """To a post further down that names the same ticker."""
        self._jump_ticker(count or 1)

    def action_previous_same_ticker(self, count: int | None) -> None:
        """To a post further up that names the same ticker."""
        self._jump_ticker(-(count or 1))

    def _jump_ticker(self, steps: int) -> None:
        symbols = self.screen.reading.symbols
        if not symbols:
            self.screen.say("This post names no ticker.")
            return
        where = "down" if steps > 0 else "up"
        self._jump(f"ticker:{symbols[0]}", steps, f"No post of {symbols[0]} further {where}.")

    def _jump(self, what: str, steps: int, otherwise: str) -> None:
        self.screen.start(self._find(what, steps, otherwise), "jump")

    async def _find(self, what: str, steps: int, otherwise: str) -> None:
        screen = self.screen
        if abs(steps) > 1 and screen.answering.is_growing:
            await screen.answering.complete()
        await screen.marking.done()
        listing = screen.headlines.listing
        if listing is None:
            return
        row = await screen.librarian.ask(_find_next, listing, screen.headlines.cursor, what, steps)
        if row is None and steps > 0 and screen.answering.is_growing:
            if await screen.answering.complete():
                await self._find(what, steps, otherwise)
            return
        if row is not None and (now := screen.headlines.listing) is not listing:
            row = now.index(listing[row]) if now is not None else None
            if row is None:
                return  # another list, or the post is gone meanwhile
        if row is None:
            screen.say(otherwise)
        elif screen.pane == "article":
            screen.reading.go_to_row(row)
        else:
            screen.headlines.go_to(row)


def _find_next(
    library: Library, listing: Listing, position: int, what: str, steps: int
) -> int | None:
    """The row of the ``steps``-th post of that kind, or of the last one there is."""
    found = None
    for _ in range(abs(steps)):
        row = library.find_next(listing, position, what, 1 if steps > 0 else -1)
        if row is None:
            break
        found = position = row
    return found
