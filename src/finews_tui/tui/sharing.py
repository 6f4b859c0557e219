"""What is taken out of the reader: links opened, details looked at."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from finews_tui.library import Library

if TYPE_CHECKING:
    from finews_tui.posts import Link, Post
    from finews_tui.tui.clipboard import Sent
    from finews_tui.tui.link_list import Chosen
    from finews_tui.tui.links import Target
    from finews_tui.tui.screen import ReaderScreen


class Sharing:
    """The commands that open and tell more about a post."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    # -- links -------------------------------------------------------------------------------

    def action_open_original(self, count: int | None) -> None:
        """Open the original, or the n-th link of the article."""
        if count is not None:
            if (url := self.link(count)) is not None:
                self.follow(url)
            return
        row = self.screen.headlines.current
        if self.screen.pane == "article" and self.screen.reading.post is not None:
            original = self.screen.reading.post.url
        else:
            original = row.url if row is not None else None
        if original is None:
            self.screen.say("This post has no link to its original.")
        else:
            self.open_url(original, "The original")

    def link(self, number: int) -> str | None:
        """The address of a link by its number in the article; says so where there is none."""
        article = self.screen.article.article
        url = article.manuscript.url(number) if article else None
        if url is None:
            self.screen.say(f"This article has no link {number}.")
        return url

    def follow(self, url: str) -> None:
        """Open an article of this archive in the reader, any other link in a browser."""
        self.screen.start(self._follow(url), "go")

    async def _follow(self, url: str) -> None:
        (key,) = await self._in_archive([url])
        if key is None or key == self.screen.article.key:
            self.open_url(url)  # that may take a while, and keys do not wait for it
        else:
            await self._open_here(key)

    async def _open_here(self, key: str) -> None:
        screen = self.screen
        screen.leave()
        await screen.reading.open_post(key)
        names = {name: screen.keys.keymap.key(name) for name in ("back", "list_links")}
        hints = [f"{names['back']} goes back"] if names["back"] else []
        hints += [f"{names['list_links']} links of it"] if names["list_links"] else []
        screen.say(" · ".join(["This article is in the archive", *hints]))

    async def _in_archive(self, urls: Sequence[str]) -> list[str | None]:
        """Of each address the key of its article, where the archive has that."""
        from finews_tui.tui.links import article_keys

        keys = [article_keys(url) for url in urls]
        known = await self.screen.librarian.ask(_known, [key for few in keys for key in few])
        return [next((key for key in few if key in known), None) for few in keys]

    def open_url(self, url: str, title: str = "The link") -> None:
        """Open a link in a browser, or show it where there is none, in a card of that title."""
        self.screen.start(self._open_url(url, title), "link")

    async def _open_url(self, url: str, title: str = "The link") -> None:
        from finews_tui.tui.lending import lend
        from finews_tui.tui.opening import open_link, start_detached
        from finews_tui.tui.terminal import Choice, Way

        app, settings = self.screen.app, self.screen.options.settings
        choice = Choice(settings.opener or (), settings.opener_in_terminal)
        outcome = await asyncio.to_thread(
            open_link,
            url,
            choice,
            os.environ,
            start_detached,
            lambda command, environ: app.call_from_thread(lend, app, command, environ),
        )
        if outcome.way is Way.CARD:
            sent = await self.screen.copying.send(outcome.url)
            self._show_card(outcome.url, title, sent=sent, problems=outcome.problems)
            where = f" The link was sent to {sent.where}." if sent.places else ""
            self.screen.say(f"{outcome.message}{where}")
        else:
            self.screen.say(outcome.message)

    def _show_card(
        self,
        url: str,
        title: str,
        *,
        sent: Sent | None = None,
        problems: Sequence[str] = (),
        is_code: bool = False,
    ) -> None:
        from finews_tui.tui.link_card import LinkCard

        card = LinkCard(
            url,
            self.screen.keys.keymap,
            title=title,
            sent=sent,
            problems=problems,
            is_code=is_code,
            ambiguous=self.screen.article.ambiguous,
        )
        self.screen.open_dialog(card)

    def action_list_links(self, count: int | None) -> None:
        """Every link of the post."""
        self.screen.start(self._list_links(), "details")

    async def _list_links(self) -> None:
        from finews_tui.tui.link_list import LinkList
        from finews_tui.tui.links import targets

        post = await self.post()
        if post is None:
            return
        found = targets(post, await asyncio.to_thread(_links_of, post))
        if not found:
            self.screen.say("This post has no links.")
            return
        keys = await self._in_archive([target.url for target in found])
        here = [key if key != post.key else None for key in keys]
        dialog = LinkList(
            found, here, self.screen.keys.keymap, self.screen.copying.copy, self._show_code
        )
        self.screen.open_dialog(dialog, self._chosen)

    def _chosen(self, chosen: Chosen | None) -> None:
        from finews_tui.tui.links import ORIGINAL

        if chosen is None:
            return
        if chosen.key is not None:
            self.screen.start(self._open_here(chosen.key), "go")
        elif chosen.target.what == ORIGINAL:
            self.open_url(chosen.target.url, "The original")
        else:
            self.open_url(chosen.target.url)

    def _show_code(self, target: Target) -> None:
        if target.address is not None:
            self._show_card(target.address, target.text, is_code=True)

    # -- looking closer ----------------------------------------------------------------------

    async def post(self) -> Post | None:
        """The post in the article pane where that has the focus, else the selected one."""
        screen = self.screen
        shown = screen.reading.post
        if screen.pane == "article" and shown is not None and screen.article.key == shown.key:
            return shown
        row = screen.headlines.current
        if row is None:
            return None
        if shown is not None and shown.key == row.key:
            return shown
        return await screen.librarian.ask(Library.post, row)

    def action_details(self, count: int | None) -> None:
        """Front matter and how each ticker was found."""
        self.screen.start(self._details(), "details")

    async def _details(self) -> None:
        from finews_tui.tui.details import Details

        post = await self.post()
        if post is not None:
            keymap, zone = self.screen.keys.keymap, self.screen.headlines.zone
            self.screen.open_dialog(Details(post, keymap, zone))

    async def show_problems(self) -> None:
        """The files that could not be read, with their reasons."""
        failures = await self.screen.librarian.ask(Library.failures)
        if failures:
            from finews_tui.tui.problems import Problems

            dialog = Problems(failures, self.screen.keys.keymap, self.screen.copying.copy)
            self.screen.open_dialog(dialog)
        else:
            self.screen.say("All files could be read.")


def _known(library: Library, keys: Sequence[str]) -> set[str]:
    return {key for key in keys if library.headline(key) is not None}


def _links_of(post: Post) -> tuple[Link, ...]:
    """The links of the body, in the order of their numbers."""
    from finews_tui.page.markup import read_body  # late: most posts are read without it

    return read_body(post.html).links
