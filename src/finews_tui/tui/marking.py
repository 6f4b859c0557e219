"""Read marks and stars: setting them, undoing and redoing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from finews_tui.library import Change, Headline, Library, Query
from finews_tui.tui.dialogs import Confirm

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen

MOST_AT_ONCE = 2_000
"""Posts marked in one step, so that other questions can go in between."""


class Marking:
    """The commands that mark and star posts; each change is on disk when it shows."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._undo: list[Sequence[Change]] = []
        self._redo: list[Sequence[Change]] = []

    def opened(self, key: str) -> None:
        """A post was opened: it is read; that is no change to undo."""
        self.screen.start(
            self._mark([key], read=True, is_undoable=False), "marks", newest_only=False
        )

    def action_toggle_read(self, count: int | None) -> None:
        """Read, or unread again."""
        self.screen.start(self._toggle("read", count or 1), "marks", newest_only=False)

    def action_toggle_star(self, count: int | None) -> None:
        """Star, or no star."""
        self.screen.start(self._toggle("starred", count or 1), "marks", newest_only=False)

    async def _toggle(self, what: str, count: int) -> None:
        rows = await self._selected(count)
        if not rows:
            return
        if what == "read":
            read = any(not row.is_read for row in rows)
            await self._mark([row.key for row in rows], read=read)
            done = "read" if read else "unread"
        else:
            starred = any(not row.is_starred for row in rows)
            await self._mark([row.key for row in rows], starred=starred)
            done = "starred" if starred else "not starred"
        if len(rows) > 1:
            self.screen.say(f"{len(rows):,} posts {done} · u undoes")

    async def _selected(self, count: int) -> list[Headline]:
        """The posts that a mark is for: those of the node, the article, or the next rows."""
        screen = self.screen
        if screen.pane == "tree":
            node = screen.categories.current
            if node is None or node.query is None:
                screen.say("Choose a category with posts.")
                return []
            return await screen.librarian.ask_long(_all_of, node.query)
        if screen.pane == "article" and count == 1 and screen.article.key:
            row = await screen.librarian.ask(Library.headline, screen.article.key)
            return [row] if row is not None else []
        listing = screen.headlines.listing
        if not listing:
            return []
        ids = listing[screen.headlines.cursor : screen.headlines.cursor + count]
        return await screen.librarian.ask(Library.headlines, ids)

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
                self.screen.start(self._mark_listing(listing), "marks", newest_only=False)

        question = f"Mark all {len(listing):,} posts of this list as read?"
        self.screen.app.push_screen(Confirm(question), answered)

    async def _mark_listing(self, ids: Sequence[int]) -> None:
        changes: list[Change] = []
        for start in range(0, len(ids), MOST_AT_ONCE):
            some = ids[start : start + MOST_AT_ONCE]
            changes += await self.screen.librarian.ask(_mark_ids, some)
        self._marked(changes)
        self.screen.say(f"{len(changes):,} posts read · u undoes")

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

    def _marked(self, changes: Sequence[Change], *, is_undoable: bool = True) -> None:
        if changes and is_undoable:
            self._undo.append(changes)
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
        source: list[Sequence[Change]],
        target: list[Sequence[Change]],
        act: Callable[[Library, Sequence[Change]], object],
        word: str,
        count: int,
    ) -> None:
        if not source:
            self.screen.say(f"Nothing to {word}.")
            return

        async def go() -> None:
            posts = 0
            for _ in range(min(count, len(source))):
                changes = source.pop()
                await self.screen.librarian.ask(act, changes)
                target.append(changes)
                posts += len(changes)
            self._marked([])
            what = "post" if posts == 1 else "posts"
            self.screen.say(f"{word.capitalize()}: {posts:,} {what}.")

        self.screen.start(go(), "marks", newest_only=False)


def _all_of(library: Library, query: str) -> list[Headline]:
    return library.headlines(library.search(Query.parse(query)))


def _mark_ids(library: Library, ids: Sequence[int]) -> list[Change]:
    return library.mark(library.keys(ids), read=True)
