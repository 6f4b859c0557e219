"""What is taken out of the reader: links opened, texts copied, details looked at."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from finews_tui.library import Headline, Library
from finews_tui.tui.sequences import can_copy

if TYPE_CHECKING:
    from finews_tui.tui.screen import ReaderScreen


class Sharing:
    """The commands that open, copy and tell more about a post."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    def action_open_original(self, count: int | None) -> None:
        """Open the original, or the n-th link of the article."""
        if count is None:
            row = self.screen.headlines.current
            if self.screen.pane == "article" and self.screen.reading.post is not None:
                url = self.screen.reading.post.url
            else:
                url = row.url if row is not None else None
            if url is None:
                self.screen.say("This post has no link to its original.")
                return
        else:
            article = self.screen.article.article
            links = {link.number: link.url for link in article.links} if article else {}
            if count not in links:
                self.screen.say(f"This article has no link {count}.")
                return
            url = links[count]
        self.open_url(url)

    def open_url(self, url: str) -> None:
        """Open a link in a browser, or show it where there is none."""
        self.screen.start(self._open_url(url), "link")

    async def _open_url(self, url: str) -> None:
        from finews_tui.tui.link_card import LinkCard
        from finews_tui.tui.terminal import Way, open_link

        opener = self.screen.options.settings.opener
        outcome = await asyncio.to_thread(open_link, url, opener, os.environ)
        if outcome.copied:
            self.screen.app.copy_to_clipboard(outcome.copied)
        if outcome.way is Way.CARD:
            self.screen.open_dialog(LinkCard(outcome, self.screen.keys.keymap))
        else:
            self.screen.say(outcome.message)

    def action_copy_link(self, count: int | None) -> None:
        """Copy the original's link."""
        self._copy("link", lambda row: row.url)

    def action_copy_title(self, count: int | None) -> None:
        """Copy the title."""
        self._copy("title", lambda row: row.title)

    def action_copy_markdown(self, count: int | None) -> None:
        """Copy ``[title](link)``."""
        self._copy("link", lambda row: f"[{row.title}]({row.url})" if row.url else None)

    def action_copy_tickers(self, count: int | None) -> None:
        """Copy the codes."""
        self._copy("ticker", lambda row: " ".join(badge.symbol for badge in row.tickers) or None)

    def action_copy_path(self, count: int | None) -> None:
        """Copy the path."""
        self._copy("path", lambda row: str(row.path))

    def _copy(self, what: str, text_of: Callable[[Headline], str | None]) -> None:
        row = self.screen.headlines.current
        text = text_of(row) if row is not None else None
        if text is None:
            self.screen.say(f"This post has no {what} to copy.")
        else:
            self.copy(text)

    def copy(self, text: str) -> None:
        """Send a text to the clipboard of the terminal, and say so."""
        if can_copy(text, os.environ):
            self.screen.app.copy_to_clipboard(text)
            self.screen.say(f"Sent to your terminal's clipboard: {text}")
        else:
            self.screen.say(f"This terminal has no clipboard: {text}")

    def action_details(self, count: int | None) -> None:
        """Front matter and how each ticker was found."""
        self.screen.start(self._details(), "details")

    async def _details(self) -> None:
        from finews_tui.tui.details import Details

        row = self.screen.headlines.current
        if row is None:
            return
        post = self.screen.reading.post
        if post is None or post.key != row.key:
            post = await self.screen.librarian.ask(Library.post, row)
        keymap, zone = self.screen.keys.keymap, self.screen.headlines.zone
        self.screen.open_dialog(Details(post, keymap, zone))

    async def show_problems(self) -> None:
        """The files that could not be read, with their reasons."""
        failures = await self.screen.librarian.ask(Library.failures)
        if failures:
            from finews_tui.tui.problems import Problems

            dialog = Problems(failures, self.screen.keys.keymap, self.copy)
            self.screen.open_dialog(dialog)
        else:
            self.screen.say("All files could be read.")
