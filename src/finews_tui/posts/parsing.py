"""Turns the bytes of one file into a Post, a Failure or a Skipped; never raises for bad input.

What the head of a file says is decided in ``heading.py``; the parts of the body come from
``split.py``, the cleaned body and its tickers from ``body.py``.
"""

from __future__ import annotations

import os
import re
from datetime import tzinfo
from pathlib import Path

from finews_tui.posts import dates, jekyll, split
from finews_tui.posts.body import clean
from finews_tui.posts.collector import Body
from finews_tui.posts.frontmatter import FrontMatter
from finews_tui.posts.heading import (
    categories_of,
    digest_of,
    is_upstream,
    opened,
    published_of,
    source_of,
    stand_in,
    tags_of,
    written_title,
)
from finews_tui.posts.model import Failure, Post, Skipped
from finews_tui.posts.naming import key_of

BODY_LIMIT = 250_000
"""The middle of a longer body is left out."""
_MARKDOWN_LIMIT = 60_000
_HTML_BLOCK = re.compile(r"\s*</?[A-Za-z][A-Za-z0-9-]*[\s/>]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LINK_FIELDS = ("link", "original_url", "source_url", "canonical_url", "external_url")


def parse(
    path: Path, data: bytes, *, root: Path | None = None, zone: tzinfo = dates.SHANGHAI
) -> Post | Failure | Skipped:
    """Read the bytes of the file at ``path``.

    ``root`` is the archive's folder: folders between it and ``_posts`` are categories, as in
    Jekyll. ``zone`` is that of dates without one. Linear time in the size of ``data``.
    """
    name = os.fspath(path)
    found = opened(name, data)
    if not isinstance(found, tuple):
        return found
    head, problems = found
    upstream = is_upstream(name, head)
    body, url, digest = _body(path, head, upstream, problems)
    if path.suffix == ".html" and not body.html and not head.scalar("date"):
        return Skipped(path, "A page without text.")
    published = published_of(name, head, zone, problems)
    tags = tags_of(head)
    title = written_title(head, upstream, problems) or stand_in(
        digest or body.text.partition("\n")[0], problems
    )
    return Post(
        key=key_of(path),
        path=path,
        copies=(path,),
        title=title or key_of(path),
        published=published,
        categories=categories_of(name, None if root is None else os.fspath(root), head),
        tags=tags,
        source=body.source or source_of(tags, head),
        url=url,
        digest=digest,
        tickers=body.mentions.tickers(),
        sectors=body.mentions.sectors(),
        html=body.html,
        source_line=body.source_line,
        links=tuple(body.links),
        images=tuple(body.images),
        tables=body.tables,
        problems=tuple(dict.fromkeys([*problems, *body.problems])),
    )


def _body(
    path: Path, head: FrontMatter, upstream: bool, problems: list[str]
) -> tuple[Body, str | None, str | None]:
    """(cleaned body, original link, digest)."""
    content = head.body
    if len(content) > BODY_LIMIT + 2_000:
        # The end holds the link and the back links, so the middle is left out.
        problems.append(
            f"The body is longer than {BODY_LIMIT:,} characters; the rest was left out."
        )
        content = content[:BODY_LIMIT] + "\n\n" + content[-1_000:].partition("\n")[2]
    if upstream:
        parts = split.split(content)
        digest = digest_of(parts)
        return clean(parts.content, is_html=parts.is_html, digest=digest), parts.url, digest
    content = jekyll.without_liquid(content)
    links = (split.safe_url(head.scalar(name)) for name in _LINK_FIELDS)
    url = next((link for link in links if link), None)
    if path.suffix == ".html" or _is_html(content):
        return clean(content, is_html=True), url, None
    if len(content) > _MARKDOWN_LIMIT:
        problems.append("The Markdown is too long; it is shown as plain text.")
        return clean(content, is_html=False), url, None
    return clean(jekyll.markdown_to_html(content), is_html=True), url, None


def _is_html(content: str) -> bool:
    """Whether a body is HTML throughout: Markdown may well begin with a comment or a ``<div>``."""
    blocks = (block for block in _BLANK_LINE.split(content) if block.strip())
    return all(_HTML_BLOCK.match(block) for block in blocks)
