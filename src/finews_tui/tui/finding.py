"""What the list is asked for: categories, tickers and the filter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from finews_tui.errors import FinewsError, QueryError
from finews_tui.library import Library, Query
from finews_tui.tui.answering import Shown
from finews_tui.tui.category_tree import CategoryTree
from finews_tui.tui.headline_list import HeadlineList
from finews_tui.tui.history import Asked, Place
from finews_tui.tui.nodes import Loads
from finews_tui.tui.prompt import Kind, query_completer

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen

COUNTING = 0.01
"""Seconds that the counting of unread posts takes at a time."""


class Finding:
    """The list's questions, and the commands of the group *Finding*."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._goal: str | None = None
        """The key of the post to select in the next listing; None: the one selected now."""
        self._waits = True
        """Whether the list is only shown when the row of that post is known."""
        self._before = Asked()
        """What was asked before the filter's prompt opened."""
        self._before_key: str | None = None
        """The post that was selected then."""
        self._shown: Shown | None = None
        """The list as it was then."""

    # -- the list ----------------------------------------------------------------------------

    def go(self, query: Query, *, key: str = "") -> None:
        """Another category; the place is remembered. ``key``: the post to select."""
        self.screen.leave()
        self.ask(Asked(query), key=key)
        self.screen.focus_pane("list")

    def ask(self, asked: Asked, *, key: str | None = None, waits: bool = True) -> None:
        """Fill the list; ``key``: the post to select, if it is listed; None: the same as now.

        With ``waits`` the list is only shown when the row of that post is known.
        """
        self._goal, self._waits = key, waits
        if asked == self.screen.asked:
            self.refresh()
        else:
            self.screen.asked = asked

    def refresh(self) -> None:
        """Ask for what the list shows."""
        goal, waits = self._goal, self._waits
        self._goal, self._waits = None, True
        answer = self.screen.answering.answer(self.screen.asked, goal, waits=waits)
        self.screen.start(answer, "list")

    async def fetch(self, wanted: HeadlineList.Wanted) -> None:
        """Rows that came into sight."""
        screen, pane = self.screen, self.screen.headlines
        ids = wanted.listing[wanted.rows.start : wanted.rows.stop]
        was_blank = pane.current is None
        try:
            rows = await screen.librarian.ask(Library.headlines, ids)
        except FinewsError:
            pane.fill((), ids)
            raise
        pane.fill(rows, ids)
        if was_blank and pane.current is not None:
            screen.reading.preview_soon()  # it was not to be had when the cursor came here
        screen.ahead.flow()

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
        if tree.is_on_problems:
            self.screen.start(self.screen.sharing.show_problems(), "details")
        elif node.rest:
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
        """Children and counts."""
        wanted = tuple(wanted)
        await self.fill_nodes(wanted)
        await self.fill_counts(wanted)

    async def fill_nodes(self, wanted: Iterable[Loads]) -> None:
        """Children, one question after the other, so that rows can go in between."""
        tree: CategoryTree = self.screen.categories
        for loads in wanted:
            try:
                facets = await self.screen.librarian.ask(Library.facets, *loads)
            except FinewsError:
                tree.fold_lacking()
                raise
            tree.fill(loads, facets)
            self.screen.ahead.flow()
            if loads[0] == "tickers":
                # Their markets stand between; a post counts once in each.
                tree.fill(
                    ("markets", ""), await self.screen.librarian.ask(Library.facets, "markets")
                )

    async def fill_counts(self, wanted: Iterable[Loads]) -> None:
        """What is unread of them, where that was not known at once."""
        if not await self.screen.librarian.ask(Library.count_on, 0):
            # What is unread in a large archive takes a while: short slices, rows go in between.
            while not await self.screen.librarian.ask(Library.count_on, COUNTING):
                pass
            await self.fill_tree(wanted)

    async def count_problems(self) -> None:
        """Tell the tree how many files could not be read."""
        files = await self.screen.librarian.ask(_count_problems)
        self.screen.categories.count_problems(files)

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
        self._shown = screen.answering.shown
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
            self.screen.leave()
            self.ask(Asked(asked.base))

    def query_changed(self, kind: Kind, text: str) -> None:
        """The list follows while a query is typed: a filter, or one for the whole archive."""
        try:
            query = Query.parse(text)
        except QueryError as error:
            self.screen.prompt.show_error(error)
            return
        self.screen.prompt.show_error(None)
        if kind == "S" and not text.strip():
            self._put_back()  # nothing typed yet is no question
        else:
            asked = Asked(query) if kind == "S" else Asked(self._before.base, query)
            if asked != self.screen.asked:
                self.ask(asked, waits=False)

    def query_accepted(self) -> None:
        """Keep what was asked."""
        if self.screen.asked != self._before:
            self.screen.leave(Place(self._before, self._before_key or "", self.screen.pane))
        self._shown = None

    def query_cancelled(self) -> None:
        """Everything as it was, the cursor too; what is still being looked for is given up."""
        self._put_back()
        self._shown = None

    def _put_back(self) -> None:
        if self.screen.asked == self._before:
            return
        if self._shown is not None:
            self.screen.answering.put_back(self._shown)
        else:
            self.ask(self._before, key=self._before_key)


def _count_problems(library: Library) -> int:
    return len(library.failures())


def _newest_day(library: Library) -> date | None:
    return library.newest_day
