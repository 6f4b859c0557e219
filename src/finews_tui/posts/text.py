"""Owns what of a post counts as its text: what a search looks into and a snippet shows.

That is the title, the digest, and of the body paragraphs, headings, captions, cells of tables and
related articles; not the source line, addresses, descriptions of images, and no mark-up.
"""

from __future__ import annotations

import re

from finews_tui.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.posts.model import Post

_INLINE = r"</?(?:strong|em|code|a)\b[^>]*>"
_BLOCK = r"<[^>]*>|\n"


class Text(NamedTuple):
    """The visible text of a post."""

    title: str
    digest: str
    """Empty where there is none."""
    body: str
    """One paragraph, line of a paragraph or cell of a table a line."""


def text_of(post: Post) -> Text:
    """Return the visible text of ``post``."""
    import html  # late: a search only needs what Text is

    hidden = set((post.source_line or "").split("\n"))
    lines = (html.unescape(line) for line in re.split(_BLOCK, re.sub(_INLINE, "", post.html)))
    body = "\n".join(line for line in lines if line.strip() and line not in hidden)
    return Text(post.title, post.digest or "", body)
