"""Read marks and stars: setting them, undoing and redoing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from finews_tui.library import Change, Field, Library, Listing, Query, Sweep

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen

Done = Sequence[Change] | Sweep
"""A change as it can be undone: of single posts, or of many at once."""


_DONE = {
    ("read", True): "read",
    ("read", False): "unread",
    ("starred", True): "starred",
    ("starred", False): "not starred",
}


class Marking:
    """The commands that mark and star posts; each change is on disk when it shows."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._undo: list[Done] = []
        self._redo: list[Done] = []
        self._turn = asyncio.Lock()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Make a change, after those that were begun before: each finds what they have left."""

        async def begin() -> None:
            async with self._turn:
                await work

        self.screen.start_duty(begin(), "marks")

    async def done(self) -> None:
        """Wait until all that was begun so far is done, so that it counts in an answer."""
        async with self._turn:
            pass

    def opened(self, key: str) -> None:
        """A post was opened: it is read; that is no change to undo."""
        self._begin(self._mark([key], read=True, is_undoable=False))

    def action_toggle_read(self, count: int | None) -> None:
        """Read, or unread again."""
        self._toggle("read", count or 1)

    def action_toggle_star(self, count: int | None) -> None:
        """Star, or no star."""
        self._toggle("starred", count or 1)

    def _toggle(self, what: Field, count: int) -> None:
        """Mark what is selected at this moment, whatever the next key selects."""
        screen = self.screen
        if screen.pane == "tree":
            node = screen.categories.current
            if node is None or node.query is None:
                screen.say("Choose a category with posts.")
                return
            work = self._toggle_node(what, node.query)
        elif screen.pane == "article" and count == 1 and screen.article.key:
            work = self._toggle_posts(what, key=screen.article.key)
        else:
            listing, row = screen.headlines.listing, screen.headlines.cursor
            work = self._toggle_posts(what, listing[row : row + count] if listing else ())
        self._begin(work)

    async def _toggle_posts(self, what: Field, ids: Sequence[int] = (), key: str = "") -> None:
        """Mark posts, by their ids or one by its key."""
        if key:
            row = await self.screen.librarian.ask(Library.headline, key)
            rows = [row] if row is not None else []
        else:
            rows = await self.screen.librarian.ask(Library.headlines, ids)
        if not rows:
            return
        if what == "read":
            is_set = any(not row.is_read for row in rows)
            await self._mark([row.key for row in rows], read=is_set)
        else:
            is_set = any(not row.is_starred for row in rows)
            await self._mark([row.key for row in rows], starred=is_set)
        if len(rows) > 1:
            self.screen.say(f"{len(rows):,} posts {_DONE[what, is_set]} · u undoes")

    async def _toggle_node(self, what: Field, query: str) -> None:
        """Mark all posts of a node; where all are marked already, take their marks off."""
        sweep = await self.screen.librarian.ask(_sweep_node, query, what)
        self._marked(sweep)
        self.screen.say(f"{sweep.posts:,} posts {_DONE[what, sweep.is_set]} · u undoes")

    def action_mark_all_read(self, count: int | None) -> None:
        """Everything in the list is read, after a question."""
        if self.screen.answering.is_growing:
            self.screen.start(self._ask_when_counted(), "go")
        else:
            self._ask_whether_all()

    async def _ask_when_counted(self) -> None:
        if await self.screen.answering.complete():
            self._ask_whether_all()

    def _ask_whether_all(self) -> None:
        listing = self.screen.headlines.listing
        if not listing:
            self.screen.say("The list is empty.")
            return

        def answered(is_sure: bool | None) -> None:
            if is_sure:
                self._begin(self._mark_listing(listing))

        from finews_tui.tui.dialogs import Confirm

        question = f"Mark all {len(listing):,} posts of this list as read?"
        self.screen.open_dialog(Confirm(question), answered)

    async def _mark_listing(self, listing: Listing) -> None:
        sweep = await self.screen.librarian.ask(Library.sweep, listing, "read", True)
        self._marked(sweep)
        self.screen.say(f"{sweep.posts:,} posts read · u undoes")

    async def _mark(
        self,
        keys: Sequence[str],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        is_undoable: bool = True,
    ) -> None:
        changes = await self.screen.librarian.ask(Library.mark, keys, read=read, starred=starred)
        self._marked(changes, is_undoable=is_undoable)

    def _marked(self, done: Done, *, is_undoable: bool = True) -> None:
        if _posts(done) and is_undoable:
            self._undo.append(done)
            self._redo.clear()
        self.screen.headlines.renew()
        self.screen.finding.count_again()

    def action_undo(self, count: int | None) -> None:
        """Undo marks."""
        self._go_through(self._undo, self._redo, Library.revert, "undo", count or 1)

    def action_redo(self, count: int | None) -> None:
        """Redo them."""
        self._go_through(self._redo, self._undo, Library.apply, "redo", count or 1)

    def _go_through(
        self,
        source: list[Done],
        target: list[Done],
        act: Callable[[Library, Done], object],
        word: str,
        count: int,
    ) -> None:
        async def go() -> None:
            if not source:
                self.screen.say(f"Nothing to {word}.")
                return
            posts = 0
            for _ in range(min(count, len(source))):
                done = source.pop()
                await self.screen.librarian.ask(act, done)
                target.append(done)
                posts += _posts(done)
            self._marked([])
            what = "post" if posts == 1 else "posts"
            self.screen.say(f"{word.capitalize()}: {posts:,} {what}.")

        self._begin(go())


def _posts(done: Done) -> int:
    return done.posts if isinstance(done, Sweep) else len(done)


def _sweep_node(library: Library, query: str, what: Field) -> Sweep:
    listing = library.search(Query.parse(query))
    sweep = library.sweep(listing, what, True)
    return sweep if sweep.posts else library.sweep(listing, what, False)
