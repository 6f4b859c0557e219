"""Cleans the body of a post: HTML or plain text becomes a Body, the shortest way."""

from __future__ import annotations

import html

from finews_tui.posts.collector import Body, Collector
from finews_tui.posts.walker import walk


def clean(content: str, *, is_html: bool, digest: str | None = None) -> Body:
    """Clean ``content``; ``digest`` is only searched for written codes, before the content.

    Plain text has paragraphs parted by blank lines. Linear time in the length of ``content``.
    """
    # Imported late: its regular expressions take some milliseconds to compile.
    from finews_tui.posts.telling import Teller

    collector = begun(digest)
    if not is_html:
        collector.plain_text(html.unescape(content))
    elif not Teller(collector).read(content):
        collector = begun(digest)
        walk(content, collector)
    return collector.finish()


def begun(digest: str | None) -> Collector:
    """A collector that knows of the ``digest``, if there is one."""
    collector = Collector()
    if digest:
        collector.find_codes(digest, ())
    return collector
