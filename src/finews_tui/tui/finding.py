"""What the list is asked for: categories, tickers and the filter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, tzinfo
from typing import TYPE_CHECKING

from finews_tui.errors import QueryError
from finews_tui.library import Filter, Library, Query
from finews_tui.tui.category_tree import CategoryTree
from finews_tui.tui.headline_list import HeadlineList
from finews_tui.tui.history import Asked
from finews_tui.tui.nodes import Loads
from finews_tui.tui.prompt import Kind, query_completer

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen

AHEAD = 60
"""Rows fetched together with a new listing, around the one that is selected."""
COUNTING = 0.01
"""Seconds that the counting of unread posts takes at a time."""


class Finding:
    """The list's questions, and the commands of the group *Finding*."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._goal: str | None = None
        """The key of the post to select in the next listing; None: the one selected now."""
        self._answered: Asked | None = None
        """What the listing on the screen is the answer to."""
        self._before = Asked()
        """What was asked before the filter's prompt opened."""
        self._before_key: str | None = None
        """The post that was selected then."""

    # -- the list ----------------------------------------------------------------------------

    def go(self, query: Query, *, key: str = "") -> None:
        """Another category; the place is remembered. ``key``: the post to select."""
        self.screen.history.leave(self.screen.place)
        self.ask(Asked(query), key=key)
        self.screen.focus_pane("list")

    def ask(self, asked: Asked, *, key: str | None = None) -> None:
        """Fill the list; ``key``: the post to select, if it is listed; None: the same as now."""
        self._goal = key
        if asked == self.screen.asked:
            self.refresh()
        else:
            self.screen.asked = asked

    def refresh(self) -> None:
        """Ask again for what the list shows; the cursor stays on its post."""
        goal, self._goal = self._goal, None
        self.screen.start(self.answer(self.screen.asked, goal), "list")

    async def answer(self, asked: Asked, goal: str | None = None) -> None:
        """Ask the library, and show the listing; ``goal`` is the key of the post to select.

        Without a goal the cursor stays on its post, wherever it has been moved meanwhile.
        """
        screen, pane = self.screen, self.screen.headlines
        before = pane.cursor
        listing = await screen.librarian.ask(Library.search, asked.query)
        selected = await screen.librarian.ask(Library.headline, goal) if goal else None
        kept = pane.selected_id if goal is None else selected.id if selected is not None else None
        cursor = (listing.index(kept) if kept is not None else None) or 0
        ids = listing[max(0, cursor - AHEAD) : cursor + AHEAD]
        rows = await screen.librarian.ask(Library.headlines, ids)
        pane.zone = await screen.librarian.ask(_zone)
        if asked != screen.asked:
            return  # a newer question came while the indexer's news were being fetched
        above = pane.cursor - pane.top // pane.row_height
        has_moved = pane.cursor != before
        if (goal is None or has_moved) and (selected_id := pane.selected_id) is not None:
            row = listing.index(selected_id)
            # A post that is not unread any more, say, leaves its row to the next one.
            cursor = row if row is not None else pane.cursor if asked == self._answered else 0
        self._answered = asked
        # All of one source: its name in every row would only take room from the titles.
        pane.shows_source = not any(
            isinstance(part, Filter) and part.field == "source" for part in asked.query.parts
        )
        pane.show(listing, rows, cursor=cursor, top=max(0, cursor - above))
        screen.listing = listing

    async def fetch(self, wanted: HeadlineList.Wanted) -> None:
        """Rows that came into sight."""
        ids = wanted.listing[wanted.rows.start : wanted.rows.stop]
        rows = await self.screen.librarian.ask(Library.headlines, ids)
        self.screen.headlines.fill(wanted.listing, rows)

    def label(self, asked: Asked) -> str:
        """What the list is called: the label of its node in the tree, else its query."""
        base = str(asked.base)
        nodes = self.screen.categories.forest.everything()
        name = next((node.label for node in nodes if node.query == base), base)
        if not base and self.screen.options.is_sample:
            name += " · the built-in sample"
        return f"{name} · {asked.filter}" if asked.filter.parts else name

    # -- the tree ----------------------------------------------------------------------------

    def choose_node(self) -> None:
        """List the posts of the selected node, and go to them."""
        tree = self.screen.categories
        node = tree.current
        if node is None:
            return
        if node.rest:
            tree.show_rest(node)
        elif node.query is None or node.query == str(self.screen.asked.query):
            self.screen.focus_pane("list")
        else:
            self.go(Query.parse(node.query))

    async def fill_first(self) -> None:
        """What the tree shows at the start."""
        try:
            await self.fill_tree([("views", ""), ("sources", ""), ("sections", "")])
        finally:
            self.screen.categories.release()

    async def fill_tree(self, wanted: Iterable[Loads]) -> None:
        """Children and counts, one question after the other, so that rows can go in between."""
        tree: CategoryTree = self.screen.categories
        wanted = tuple(wanted)
        for loads in wanted:
            facets = await self.screen.librarian.ask(Library.facets, *loads)
            tree.fill(loads, facets)
            if loads[0] == "tickers":
                # Their markets stand between; a post counts once in each.
                tree.fill(
                    ("markets", ""), await self.screen.librarian.ask(Library.facets, "markets")
                )
        if not await self.screen.librarian.ask(Library.count_on, 0):
            # What is unread in a large archive takes a while: short slices, rows go in between.
            while not await self.screen.librarian.ask(Library.count_on, COUNTING):
                pass
            await self.fill_tree(wanted)

    def count_again(self) -> None:
        """Marks or posts changed: the tree's numbers follow a little later."""
        self.screen.later(
            "counts",
            0.4,
            lambda: self.screen.start(
                self.fill_tree(self.screen.categories.forest.loaded()), "counts"
            ),
        )

    # -- categories by key -------------------------------------------------------------------

    def action_go_today(self, count: int | None) -> None:
        """The archive's newest day."""
        self.screen.start(self._go_today(), "go")

    async def _go_today(self) -> None:
        day = await self.screen.librarian.ask(_newest_day)
        self.go(Query.parse(f"since:{day} until:{day}"))

    def action_go_unread(self, count: int | None) -> None:
        """Everything unread."""
        self.go(Query.of("is", "unread"))

    def action_go_starred(self, count: int | None) -> None:
        """Everything starred."""
        self.go(Query.of("is", "starred"))

    def action_go_all(self, count: int | None) -> None:
        """The whole archive, the cursor on the same post."""
        self.go(Query(), key=self.screen.place.key)

    def action_same_ticker(self, count: int | None) -> None:
        """News of this post's n-th ticker."""
        symbols = self.screen.reading.symbols
        number = count or 1
        if number <= len(symbols):
            self.go_ticker(symbols[number - 1])
        else:
            names = "no ticker" if not symbols else f"only {len(symbols)}"
            self.screen.say(f"This post names {names}.")

    def go_ticker(self, symbol: str) -> None:
        """News of a ticker; the cursor stays on the post."""
        self.go(Query.of("ticker", symbol), key=self.screen.place.key)

    # -- the filter --------------------------------------------------------------------------

    def action_filter(self, count: int | None) -> None:
        """Open the prompt that narrows this list down."""
        self._open_prompt("f", str(self.screen.asked.filter))

    def action_full_text(self, count: int | None) -> None:
        """Open the prompt that searches the whole archive."""
        self._open_prompt("S", "")

    def _open_prompt(self, kind: Kind, text: str) -> None:
        screen = self.screen
        self._before = screen.asked
        selected = screen.headlines.current
        self._before_key = selected.key if selected is not None else None
        tree = screen.categories.forest
        values = {
            "source": [n.label for s in tree.sections[:1] for n in s.children or []],
            "ticker": [n.label for m in tree.sections[1].children or [] for n in m.children or []],
        }
        screen.prompt.open(kind, text, completer=query_completer(values))

    def action_clear_filter(self, count: int | None) -> None:
        """Take the filter off."""
        asked = self.screen.asked
        if not asked.filter.parts:
            self.screen.say("No filter is set.")
        else:
            self.screen.history.leave(self.screen.place)
            self.ask(Asked(asked.base))

    def query_changed(self, kind: Kind, text: str) -> None:
        """The list follows while a query is typed: a filter, or one for the whole archive."""
        try:
            query = Query.parse(text)
        except QueryError as error:
            self.screen.prompt.show_error(error)
            return
        self.screen.prompt.show_error(None)
        if kind == "S":
            # Nothing typed yet is no question: the list stays.
            self.screen.asked = Asked(query) if text.strip() else self._before
        else:
            self.screen.asked = Asked(self._before.base, query)

    def query_accepted(self) -> None:
        """Keep what was asked."""
        if self.screen.asked != self._before:
            place = self.screen.place
            self.screen.history.leave(type(place)(self._before, place.key, place.pane))

    def query_cancelled(self) -> None:
        """Everything as it was, the cursor too."""
        if self.screen.asked != self._before:
            self.ask(self._before, key=self._before_key)


def _zone(library: Library) -> tzinfo:
    return library.zone


def _newest_day(library: Library) -> date | None:
    return library.newest_day
