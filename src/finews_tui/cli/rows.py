"""How a headline and a post look as JSON: the words of the contract."""

from __future__ import annotations

from collections.abc import Iterable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.cli.output import Row
    from finews_tui.library import Headline
    from finews_tui.posts import Post
    from finews_tui.posts.model import Mention

ROW_COLUMNS = (
    "key",
    "published",
    "title",
    "source",
    "tickers",
    "is_read",
    "is_starred",
    "categories",
    "tags",
    "url",
    "path",
)
"""What tsv shows of a row, in this order."""


def headline_row(headline: Headline) -> Row:
    """A row of ``search``."""
    return {
        **_facts(headline),
        "tickers": [badge.symbol for badge in headline.tickers],
        "is_read": headline.is_read,
        "is_starred": headline.is_starred,
    }


def post_row(post: Post, markdown: str, *, is_read: bool, is_starred: bool) -> Row:
    """The one object of ``show --format json``."""
    return {
        **_facts(post),
        "is_read": is_read,
        "is_starred": is_starred,
        "digest": post.digest,
        "tickers": _mentions(post.tickers),
        "sectors": _mentions(post.sectors),
        "links": [{"text": link.text, "url": link.url} for link in post.links],
        "images": [
            {"alt": image.alt, "caption": image.caption, "url": image.url} for image in post.images
        ],
        "tables": post.tables,
        "markdown": markdown,
        "problems": list(post.problems),
    }


def _facts(item: Headline | Post) -> Row:
    """What the index and the file both know."""
    return {
        "key": item.key,
        "path": str(item.path),
        "copies": [str(path) for path in item.copies],
        "title": item.title,
        "published": item.published.isoformat() if item.published else None,
        "source": item.source,
        "categories": list(item.categories),
        "tags": list(item.tags),
        "url": item.url,
    }


def _mentions(mentions: Iterable[Mention]) -> list[Row]:
    return [
        {
            "symbol": mention.ticker.symbol,
            "market": mention.ticker.market,
            "code": mention.ticker.code,
            "name": mention.ticker.name,
            "kind": str(mention.ticker.kind),
            "trust": str(mention.trust),
            "mentions": mention.times,
        }
        for mention in mentions
    ]
