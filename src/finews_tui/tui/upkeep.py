"""Keeps the screen in step with the archive: opens the index, runs the indexer, says what is wrong.

This room alone decides when the indexer runs: one run after the other, never two at once, and what
is noticed during a run is looked at after it. It knows what the reader shows while there is no
index, or nothing in it.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from finews_tui.errors import FinewsError, LibraryError, NotFoundError
from finews_tui.library import Library
from finews_tui.page.line import Line
from finews_tui.tui.indexing import Anew, Indexer, Outcome, Step
from finews_tui.tui.status_line import MESSAGE_SECONDS

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen

COUNT_SECONDS = 3.0
"""While posts are being indexed, the tree's numbers are asked for at most this often."""
LONGEST_REST = 30.0
"""Seconds between two runs, at most; else as long as the last one took."""
PATIENCE = 10.0
"""The filling of the full text is interrupted for news, but has at least so many times longer than
it takes to look for them."""


class Upkeep:
    """The index behind the screen."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.indexer = Indexer(screen.options.roots)
        self._due = asyncio.Event()
        """Whether there may be something that no run of the indexer has seen."""
        self._rest_until = 0.0
        self._counted = 0.0
        self._at = screen.options.at
        """The post to open first, until it is found."""
        self._failed = 0
        """Files that could not be read, as they were told last."""
        self._is_asked_for = False
        """Whether the person wants to hear how the run ends."""

    async def begin(self) -> None:
        """Show what the index holds, then keep it up to date."""
        screen = self.screen
        screen.status.is_paused = screen.live.is_paused
        try:
            await self._open()
            await screen.live.begin_counting()
        except LibraryError as error:
            if not screen.options.update:
                await self._explain(str(error))
            else:
                await self._explain("Reading the archive for the first time …")
        if screen.options.update:
            self.look()
        else:
            screen.afterimage.keep_soon()
        screen.start(screen.live.compare(), "compare")
        while True:
            await self._due.wait()
            if not self._is_asked_for:
                await asyncio.sleep(max(0.0, self._rest_until - monotonic()))
            try:
                await self._run()
            except FinewsError as error:
                screen.say(str(error))
            screen.afterimage.keep_soon()

    @property
    def is_due(self) -> bool:
        """Whether there is something to be looked for."""
        return self._due.is_set()

    def look(self) -> None:
        """Look for new and changed files, as soon as no run of the indexer is under way."""
        self._due.set()

    async def _run(self) -> None:
        """Run the indexer, and let list and tree follow."""
        screen = self.screen
        self._due.clear()
        started, since = monotonic(), time.time()
        took: float | None = None
        """Seconds until the lists were complete."""
        try:
            async with aclosing(self.indexer.run()) as steps:
                async for told in steps:
                    if isinstance(told, Anew):
                        screen.say(f"The index is built anew: {told.reason}.")
                        continue
                    if isinstance(told, Outcome):
                        screen.status.running = ""
                        await self._finish(told, has_followed=took is not None)
                        took = monotonic() - started if took is None else took
                        continue
                    if told.is_text and took is None:
                        took = monotonic() - started
                        if told.changed and screen.librarian.is_open:
                            await self.follow_index()
                        await screen.live.begin_counting()
                        screen.live.begin(since)
                    if took is not None and self._is_due_again(started, took):
                        break
                    await self._follow(told)
        finally:
            screen.status.running = ""
            self._rest_until = monotonic() + min(LONGEST_REST, took or 0.0)
        screen.live.begin(since)

    def _is_due_again(self, started: float, took: float) -> bool:
        """Whether the full text may wait, since there is something new for the lists."""
        return self._due.is_set() and monotonic() - started > (1 + PATIENCE) * took

    def cancel(self) -> bool:
        """Stop the indexer; False when it is not running."""
        if not self.indexer.is_running:
            return False
        self._due.clear()
        self.screen.start(self.indexer.stop(), "stop")
        return True

    def action_rescan(self, count: int | None) -> None:
        """Look for new and changed files."""
        if self.indexer.is_running:
            self.screen.say("The archive is being read already.")
            return
        self._is_asked_for = True
        self.look()

    # -- the screen follows ------------------------------------------------------------------

    async def _open(self) -> None:
        """Open the library, and fill list and tree."""
        screen = self.screen
        await screen.librarian.open()
        await screen.live.catch_up()
        await screen.remembering.recall()
        await screen.answering.answer(screen.asked)
        if self._at is None and screen.headlines.size:  # else nobody knows how long a page is
            screen.ahead.begin()  # the first paint shows what has come of the keys typed before
        await screen.go_live()
        if self._at is None:
            await screen.let_keys_act()
        try:
            warnings = [*await screen.librarian.ask(_warnings), screen.options.warning]
            for number, warning in enumerate(filter(None, warnings)):
                # One after the other: a line that holds two shows neither whole.
                show = partial(screen.say, f"{warning[0].upper()}{warning[1:]}")
                if number:
                    screen.later(f"warning {number}", number * MESSAGE_SECONDS, show)
                else:
                    show()
            await self._open_first()
        finally:
            await screen.let_keys_act()  # those typed before go on from where the start ends
        screen.start(screen.finding.fill_first(), "counts")
        screen.start(screen.finding.count_problems(), "problems")
        self.say_empty()

    async def _open_first(self) -> None:
        """Open the post that the command line names, once the index knows it.

        Whoever has pressed a key meanwhile stays where it led.
        """
        if self._at is None or self.screen.ahead.has_acted:
            return
        screen = self.screen
        try:
            found = await screen.librarian.ask(Library.find, self._at)
        except NotFoundError as error:
            if not self.indexer.is_running:
                screen.say(str(error))
            return
        if screen.headlines.listing is not None and found.id not in screen.headlines.listing:
            # The index has come further than the list; the post itself need not be in it.
            await screen.answering.answer(screen.asked, found.key)
        await screen.reading.open_post(found.key)
        self._at = None

    async def _follow(self, step: Step) -> None:
        """The indexer has come further."""
        screen = self.screen
        if step.total:
            what = "full text" if step.is_text else "indexing"
            screen.status.running = f"{what} {step.percent} %"
        if not (step.changed or step.is_text):
            return
        if not screen.librarian.is_open:
            try:
                await self._open()
            except LibraryError:
                return  # the indexer has only begun to write it; the next step comes soon
            return
        if step.is_text and not screen.asked.query.words:
            return  # the lists are complete, only answers to words still grow
        if self._has_to_wait():
            return
        screen.answering.renew()
        await self._open_first()
        now = monotonic()
        if now - self._counted > COUNT_SECONDS:
            self._counted = now
            screen.finding.count_again()

    def _has_to_wait(self) -> bool:
        """Whether the person wants to see nothing new now."""
        is_waiting = self.screen.live.is_paused and not self._is_asked_for
        if is_waiting:
            self.screen.live.has_missed = True
        return is_waiting

    async def follow_index(self) -> None:
        """The index is another one than it was."""
        screen = self.screen
        if self._has_to_wait():
            return
        await screen.live.catch_up()
        screen.answering.renew()
        screen.finding.count_again()
        await screen.finding.count_problems()

    async def _finish(self, outcome: Outcome, *, has_followed: bool) -> None:
        """The indexer has ended; what shows ``has_followed`` but for answers to words."""
        screen = self.screen
        if not screen.librarian.is_open:
            try:
                await self._open()
            except LibraryError as error:
                await self._explain(outcome.error or str(error))
                return
        elif outcome.error or (outcome.changes and not has_followed):
            await self.follow_index()
        elif has_followed and screen.asked.query.words:
            screen.answering.renew()
        await screen.live.begin_counting()
        self.say_empty()
        await self._open_first()
        if outcome.error:
            screen.say(f"The archive could not be read: {outcome.error}")
        elif outcome.failed and (self._is_asked_for or outcome.failed != self._failed):
            files = "1 file" if outcome.failed == 1 else f"{outcome.failed:,} files"
            screen.say(f"{files} could not be read; Problems in the tree names them.")
        elif self._is_asked_for:
            screen.say("Nothing new." if not outcome.changes else f"{outcome.changes:,} new.")
        self._failed = outcome.failed
        self._is_asked_for = False

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
        await self.screen.let_keys_act()


def _warnings(library: Library) -> list[str]:
    return list(library.warnings)
