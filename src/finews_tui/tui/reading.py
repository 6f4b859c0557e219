"""Opening posts: the preview, opening and the way back."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from typing import TYPE_CHECKING

from finews_tui.errors import FinewsError
from finews_tui.library import Headline, Library
from finews_tui.page import badges_of
from finews_tui.tui.history import Place

if TYPE_CHECKING:
    from finews_tui.page import Manuscript
    from finews_tui.page.line import Line
    from finews_tui.posts import Post
    from finews_tui.tui.commands import Pane
    from finews_tui.tui.screen import ReaderScreen

LEAST = 24
"""Cells below which a title line has no room for a piece of text."""
PAUSE = 0.15
"""Seconds that the cursor rests on a row before the post is previewed."""
ONE_FRAME = 0.04
"""Seconds for which nothing is painted when a post is opened, unless it is there before.

Textual paints 60 times a second. Were the focus painted first, the article would have to wait for
the next frame, longer than it takes to be read and laid out.
"""


class Reading:
    """Brings posts into the article pane; the commands that go back and forward."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.post: Post | None = None
        """The post in the article pane."""
        self._position = 0
        """How many of its characters stood above the screen when it was left."""
        self._coming: Headline | None = None
        """The post that is being read, to be shown next."""
        self._arrived = asyncio.Event()
        """Whether there is none such."""
        self._arrived.set()
        self._manuscript: Manuscript | None = None
        """What stands in the post in the article pane."""
        self._held = ExitStack()

    @property
    def symbols(self) -> tuple[str, ...]:
        """The symbols of the current post's badges, in their order on the screen."""
        screen = self.screen
        if screen.pane == "article" and screen.article.article is not None:
            return screen.article.article.manuscript.badges
        row = screen.headlines.current
        return tuple(badge.symbol for badge in badges_of(row)) if row else ()

    # -- showing -----------------------------------------------------------------------------

    def preview_soon(self) -> None:
        """The cursor moved: show the post when it rests."""
        self.screen.later("preview", PAUSE, self.preview)

    def preview(self) -> None:
        """Show the selected post, without marking it as read."""
        headline = self.screen.headlines.current
        self.screen.start(self._show_piece(headline), "piece")
        if headline is not None:
            self._bring(headline)
        elif self.screen.headlines.count == 0:
            self._keep()
            self.screen.remembering.scrolled()
            self.screen.article.clear()

    async def preview_now(self) -> None:
        """Show the selected post, and wait for it."""
        self.screen.drop("preview")
        headline = self.screen.headlines.current
        if headline is not None:
            self._bring(headline)
            await self._arrived.wait()

    @property
    def is_behind(self) -> bool:
        """Whether another post is in the article pane than the one selected."""
        headline = self.screen.headlines.current
        return headline is not None and headline.key != self.screen.article.key

    async def scroll(self, lines: int) -> None:
        """Scroll the selected post, as soon as it is shown."""
        await self.preview_now()
        self.screen.article.move(lines)

    @property
    def is_coming(self) -> bool:
        """Whether the article pane is about to show another post than it does."""
        return self._coming is not None

    def _bring(self, headline: Headline) -> None:
        """Show a post as soon as it is read, and none of those asked for before."""
        if self._coming is not None and self._coming.key == headline.key:
            return
        self._keep()
        if headline.key != self.screen.article.key:
            self._coming = headline
            self._arrived.clear()
            self.screen.start(self._show(headline), "article")
        else:  # perhaps the list was asked for other words since
            self.screen.article.highlight(self.screen.asked.query.words)

    def _keep(self) -> None:
        """What is in the article pane stays there."""
        if self._coming is not None:
            self.screen.workers.cancel_group(self.screen, "article")
            self._has_come()

    def _has_come(self) -> None:
        self._coming = None
        self._arrived.set()

    async def _show_piece(self, headline: Headline | None) -> None:
        """Show in a title line why the selected post was found, where words were asked for.

        That is the article's, which is empty but for that, or the list's where it is alone.
        """
        screen = self.screen
        panes: tuple[Pane, ...] = ("article", "list")
        here = next((pane for pane in panes if screen.titles[pane].region), panes[-1])
        piece: Line = ()
        query = screen.asked.query
        if headline is not None and query.words and screen.titles[here].size.width > LEAST:
            width = screen.titles[here].size.width - 8
            try:
                pieces = await screen.librarian.ask(Library.snippet, headline, query, width)
            except FinewsError:  # the file is gone, or not to be read: the preview tells
                pieces = ()
            piece = tuple((text, "match" if is_hit else "dim") for text, is_hit in pieces)
        for pane in panes:
            screen.titles[pane].piece = piece if pane == here else ()
        screen.headlines.has_heading = not screen.titles["list"].piece

    def open_selected(self) -> None:
        """Open the selected post: it is read, and the article has the focus."""
        headline = self.screen.headlines.current
        if headline is None:
            return
        self.screen.leave()
        self._open(headline)
        self.screen.focus_pane("article")

    async def open_post(self, post: str) -> None:
        """Open a post by its key or path; it need not be in the list."""
        headline = await self.screen.librarian.ask(Library.find, post)
        listing = self.screen.headlines.listing
        row = listing.index(headline.id) if listing is not None else None
        if row is not None:
            self.screen.headlines.go_to(row)
        self.screen.focus_pane("article")
        self._open(headline)

    def go_to_row(self, row: int) -> None:
        """From the article: open the post of another row."""
        pane = self.screen.headlines
        if not 0 <= row < pane.count or row == pane.cursor:
            self.screen.say("No further post." if row >= pane.count else "This is the first post.")
            return
        self.screen.leave()
        pane.go_to(row)
        self.screen.start(self._open_row(row), "open")

    async def _open_row(self, row: int) -> None:
        """Open a row that may not be at hand yet."""
        pane = self.screen.headlines
        headline = pane.headline(row)
        if headline is None and pane.listing is not None:
            headline = (await self.screen.librarian.ask(Library.headlines, [pane.listing[row]]))[0]
        if headline is not None and row == pane.cursor:
            self._open(headline)

    def _open(self, headline: Headline) -> None:
        self.screen.drop("preview")
        if headline.key != self.screen.article.key:
            self._hold_paint()
        self._bring(headline)
        if not headline.is_read:
            self.screen.marking.opened(headline.key)

    async def _show(self, headline: Headline) -> None:
        screen = self.screen
        try:
            post, manuscript, position = await screen.librarian.ask(_opened, headline)
            self.post, self._manuscript = post, manuscript
            self._position = screen.remembering.position(post.key, position)
            self._has_come()
            self.relay()
        except FinewsError as error:
            self._has_come()
            screen.remembering.scrolled()
            screen.article.clear(((str(error), "text"),))
        finally:
            # Behind what the view has to say to the screen, so that it is painted with the rest.
            screen.article.call_later(self._release_paint)

    def _hold_paint(self) -> None:
        """Paint the focus and the article together, if that is soon."""
        self._held.close()
        self._held.enter_context(self.screen.app.batch_update())
        self.screen.later("paint", ONE_FRAME, self._release_paint)

    def _release_paint(self) -> None:
        self.screen.drop("paint")
        self._held.close()
        self.screen.check_idle()

    def relay(self) -> None:
        """Lay the article out for the width that the pane has now."""
        if self._coming is not None:  # it will be laid out for that
            return
        if self.post is None or self._manuscript is None:
            return
        from finews_tui.page import Article

        view, remembering = self.screen.article, self.screen.remembering
        # A pane that is not on the screen will have all of it, or ask again.
        width = max(12, view.size.width or self.screen.size.width)
        form = self.screen.options.settings.article._replace(ambiguous=view.ambiguous)
        remembering.scrolled()  # what is shown now is left
        view.highlight(self.screen.asked.query.words)
        view.show(Article(self._manuscript, width, form), self.post.key, self._position)
        remembering.shown()

    # -- history -----------------------------------------------------------------------------

    def action_back(self, count: int | None) -> None:
        """Back to where one was."""
        self._travel(-(count or 1))

    def action_forward(self, count: int | None) -> None:
        """Forward again."""
        self._travel(count or 1)

    def _travel(self, steps: int) -> None:
        place = self.screen.history.go(steps, self.screen.place)
        if place is None:
            self.screen.say("Nothing further back." if steps < 0 else "Nothing further ahead.")
        else:
            # Not when the list is there: by then another pane may have been chosen.
            self.screen.focus_pane(place.pane)
            self.screen.start(self._return(place), "list")

    async def _return(self, place: Place) -> None:
        screen = self.screen
        if place.asked != screen.asked:
            screen.set_reactive(type(screen).asked, place.asked)
            screen.show_asked()
            await screen.answering.answer(place.asked, place.key)
        before = screen.headlines.cursor
        headline = await screen.librarian.ask(Library.headline, place.key) if place.key else None
        listing = screen.headlines.listing
        row = listing.index(headline.id) if headline is not None and listing is not None else None
        if row is not None and screen.headlines.cursor == before:
            screen.headlines.go_to(row)
        if headline is not None and row is None and place.pane == "article":
            self._open(headline)  # a link led to it, out of the list
        else:
            self.preview()


def _opened(library: Library, headline: Headline) -> tuple[Post, Manuscript, int]:
    """A post, what stands in it, and how many characters stood above the screen when it was left.

    All that takes time in a long one.
    """
    from finews_tui.page import compose  # late: the list is on the screen without it

    post = library.post(headline)
    manuscript = compose(post, zone=library.zone, names=headline.names)
    return post, manuscript, library.past.position(headline.key)
