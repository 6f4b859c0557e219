"""Keeps the screen in step with the archive: opens the index, runs the indexer, says what is wrong.

This room alone knows what the reader shows while there is no index, or nothing in it.
"""

from __future__ import annotations

import json
from time import monotonic
from typing import TYPE_CHECKING

from finews_tui.errors import LibraryError, NotFoundError
from finews_tui.library import Library
from finews_tui.page.line import Line
from finews_tui.tui.indexing import Indexer, Outcome, Step
from finews_tui.tui.prompt import Kind

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen

REFRESH_SECONDS = 0.5
"""While posts are being indexed, the list is asked for again at most this often."""
COUNT_SECONDS = 3.0
"""And the tree's numbers at most this often."""


class Upkeep:
    """The index behind the screen."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.indexer = Indexer(screen.options.roots)
        self._refreshed = 0.0
        self._counted = 0.0
        self._at = screen.options.at
        """The post to open first, until it is found."""
        self._is_asked_for = False
        """Whether the person wants to hear how the run ends."""

    async def begin(self) -> None:
        """Show what the index holds, then bring it up to date."""
        screen = self.screen
        try:
            await self._open()
        except LibraryError as error:
            if not screen.options.update:
                await self._explain(str(error))
                return
            await self._explain("Reading the archive for the first time …")
        if screen.options.update:
            await self.rescan()
        screen.afterimage.keep_soon()

    async def rescan(self) -> None:
        """Run the indexer, and let list and tree follow."""
        screen = self.screen
        has_shown_first = screen.librarian.is_open
        try:
            async for told in self.indexer.run():
                if isinstance(told, Outcome):
                    screen.status.running = ""
                    await self._finish(told)
                    continue
                if told.total:
                    what = "full text" if told.is_text else "indexing"
                    screen.status.running = f"{what} {told.percent} %"
                if told.is_text and not screen.asked.query.words:
                    continue  # the lists are complete, only answers to words still grow
                if told.changed or told.is_text:
                    await self._follow(told, at_once=not has_shown_first)
                    has_shown_first = True
        finally:
            screen.status.running = ""

    def cancel(self) -> bool:
        """Stop the indexer; False when it is not running."""
        if not self.indexer.is_running:
            return False
        self.screen.start(self.indexer.stop(), "stop")
        return True

    async def _open(self) -> None:
        """Open the library, and fill list and tree."""
        screen = self.screen
        await screen.librarian.open()
        await screen.finding.answer(screen.asked)
        await screen.go_live()
        warnings = [screen.options.warning, *await screen.librarian.ask(_warnings)]
        if told := " ".join(warning for warning in warnings if warning):
            screen.say(told)
        await self._recall()
        await self._open_first()
        screen.start(screen.finding.fill_first(), "counts")
        self.say_empty()

    async def _open_first(self) -> None:
        """Open the post that the command line names, once the index knows it."""
        if self._at is None:
            return
        try:
            await self.screen.reading.open_post(self._at)
        except NotFoundError as error:
            if not self.indexer.is_running:
                self.screen.say(str(error))
            return
        self._at = None

    async def _follow(self, step: Step, *, at_once: bool) -> None:
        """Something new is in the index."""
        screen = self.screen
        now = monotonic()
        if not at_once and now - self._refreshed < REFRESH_SECONDS:
            return
        self._refreshed = now
        if not screen.librarian.is_open:
            try:
                await self._open()
            except LibraryError:
                return  # the indexer has only begun to write it; the next step comes soon
            return
        await screen.finding.answer(screen.asked)
        await self._open_first()
        if now - self._counted > COUNT_SECONDS:
            self._counted = now
            screen.finding.count_again()

    async def _finish(self, outcome: Outcome) -> None:
        screen = self.screen
        if not screen.librarian.is_open:
            try:
                await self._open()
            except LibraryError as error:
                await self._explain(outcome.error or str(error))
                return
        elif outcome.changes:
            await screen.finding.answer(screen.asked)
            screen.finding.count_again()
        self.say_empty()
        await self._open_first()
        if outcome.error:
            screen.say(f"The archive could not be read: {outcome.error}")
        elif outcome.failed:
            files = "1 file" if outcome.failed == 1 else f"{outcome.failed:,} files"
            screen.say(f"{files} could not be read; finews-tui doctor names them.")
        elif self._is_asked_for:
            screen.say("Nothing new." if not outcome.changes else f"{outcome.changes:,} new.")
        self._is_asked_for = False

    def action_rescan(self, count: int | None) -> None:
        """Look for new and changed files."""
        if self.indexer.is_running:
            self.screen.say("The archive is being read already.")
            return
        self._is_asked_for = True
        self.screen.start(self.rescan(), "index")

    # -- what was typed before ---------------------------------------------------------------

    async def _recall(self) -> None:
        """Fill the prompts' histories with what was kept of them."""
        for kind, lines in self.screen.prompt.histories.items():
            kept = await self.screen.librarian.ask(Library.note, f"history {kind}")
            try:
                found = json.loads(kept or "[]")
            except ValueError:
                continue
            if isinstance(found, list):
                lines[:] = [line for line in found if isinstance(line, str)]

    def remember(self, kind: Kind) -> None:
        """Keep the history of one kind of prompt."""
        lines = json.dumps(self.screen.prompt.histories[kind], ensure_ascii=False)
        ask = self.screen.librarian.ask
        self.screen.start(
            ask(Library.save_note, f"history {kind}", lines), "notes", newest_only=False
        )

    # -- what to say when there is nothing to show -------------------------------------------

    def say_empty(self) -> None:
        """Why the list is empty, if it is."""
        screen = self.screen
        if screen.headlines.count:
            return
        roots = ", ".join(str(root) for root in screen.options.roots)
        query = str(screen.asked.query)
        filter = str(screen.asked.filter)
        if query:
            what = (
                "F takes the filter off · f changes it" if filter else "gh lists the whole archive"
            )
            lines: list[Line] = [((f"No posts match {query}.", "title"),), (), ((what, "dim"),)]
        else:
            lines = [
                ((f"No posts in {roots}.", "title"),),
                (),
                (("A post is a Markdown or HTML file with front matter.", "dim"),),
                (("r looks again · q quits · finews-tui PATH opens another archive", "dim"),),
            ]
        screen.headlines.say(*lines)

    async def _explain(self, sentence: str) -> None:
        """Say something in the list's place."""
        self.screen.headlines.say(((sentence, "title"),))
        await self.screen.go_live()


def _warnings(library: Library) -> list[str]:
    return list(library.warnings)
