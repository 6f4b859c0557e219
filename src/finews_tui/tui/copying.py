"""What is copied, and where it is sent: the ``y`` commands, the mouse, and ``:copied``."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from finews_tui.library import Headline, Library

if TYPE_CHECKING:
    from finews_tui.posts import Post
    from finews_tui.tui.clipboard import Sent
    from finews_tui.tui.screen import ReaderScreen


class Copying:
    """The commands that copy."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.last: Sent | None = None
        """What was copied last."""

    def action_copy_link(self, count: int | None) -> None:
        """Copy the original's link, or the n-th of the article."""
        if count is None:
            self._copy("link", lambda row: row.url)
        elif (url := self.screen.sharing.link(count)) is not None:
            self.copy(url)

    def action_copy_title(self, count: int | None) -> None:
        """Copy the title."""
        self._copy("title", lambda row: row.title)

    def action_copy_markdown(self, count: int | None) -> None:
        """Copy ``[title](link)``, or the n-th link of the article in that form."""
        if count is None:
            self._copy("link", lambda row: f"[{row.title}]({row.url})" if row.url else None)
        elif (url := self.screen.sharing.link(count)) is not None:
            article = self.screen.article.article
            links = article.manuscript.links if article else ()
            text = links[count - 1].text if 0 < count <= len(links) else "原文"
            self.copy(f"[{text}]({url})")

    def action_copy_tickers(self, count: int | None) -> None:
        """Copy the codes."""
        self._copy("ticker", lambda row: " ".join(badge.symbol for badge in row.tickers) or None)

    def action_copy_path(self, count: int | None) -> None:
        """Copy the path."""
        self._copy("path", lambda row: str(row.path))

    def action_copy_body(self, count: int | None) -> None:
        """Copy the body as Markdown."""
        self._do(self._copy_of_post(_markdown))

    def action_copy_citation(self, count: int | None) -> None:
        """Copy title, source, time and link in one line."""
        self._do(self._copy_of_post(lambda post: citation(post, self.screen.headlines.zone)))

    def action_copied(self, count: int | None) -> None:
        """Show what was copied."""
        if self.last is None:
            self.screen.say("Nothing has been copied yet.")
        else:
            from finews_tui.tui.copied import Copied

            self.screen.open_dialog(Copied(self.last, self.screen.keys.keymap))

    # -- how ---------------------------------------------------------------------------------

    def _copy(self, what: str, text_of: Callable[[Headline], str | None]) -> None:
        self._do(self._copy_of_row(what, text_of))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        self.screen.start(work, "copy", newest_only=False)

    async def _copy_of_row(self, what: str, text_of: Callable[[Headline], str | None]) -> None:
        row = await self._row()
        text = text_of(row) if row is not None else None
        if text is None:
            self.screen.say(f"This post has no {what} to copy.")
        else:
            await self._send_and_tell(text)

    async def _row(self) -> Headline | None:
        """The post in the article pane where that has the focus, else the selected one."""
        screen = self.screen
        row = screen.headlines.current
        key = screen.article.key
        if screen.pane == "article" and key and (row is None or row.key != key):
            return await screen.librarian.ask(Library.headline, key)
        return row

    async def _copy_of_post(self, text_of: Callable[[Post], str]) -> None:
        post = await self.screen.sharing.post()
        if post is None:
            self.screen.say("There is no post to copy.")
        else:
            await self._send_and_tell(await asyncio.to_thread(text_of, post))

    def copy(self, text: str) -> None:
        """Copy a text, and say where it was sent."""
        self._do(self._send_and_tell(text))

    async def _send_and_tell(self, text: str) -> None:
        self.screen.say((await self.send(text)).message)

    async def send(self, text: str) -> Sent:
        """Copy a text; the caller says where it was sent."""
        from finews_tui.tui.clipboard import is_written, send

        text = text.encode("utf-8", "replace").decode()  # a file's name may be no text at all
        sent = await asyncio.to_thread(send, text, os.environ)
        if is_written(sent):
            self.screen.app.copy_to_clipboard(text)
        self.last = sent
        return sent


def citation(post: Post, zone: tzinfo) -> str:
    """``《title》，source，2022-03-11 16:47，link``, without what is not known."""
    from finews_tui.page.manuscript import date_text

    parts = (f"《{post.title}》", post.source, date_text(post, zone), post.url)
    return "，".join(part for part in parts if part)


def _markdown(post: Post) -> str:
    from finews_tui.posts import to_markdown  # late: a list needs none

    return to_markdown(post.html)
