"""READ: the bytes of a file become a Post, a Failure or a Skipped. Imports no other room."""

from __future__ import annotations

from finews_tui.late import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.posts.card import Card, card_of
    from finews_tui.posts.clean import clean_block, clean_text
    from finews_tui.posts.dates import SHANGHAI
    from finews_tui.posts.frontmatter import parse_zone
    from finews_tui.posts.heading import TIME_UNKNOWN
    from finews_tui.posts.kinds import Kind, Trust
    from finews_tui.posts.markdown import to_markdown
    from finews_tui.posts.merging import merge, merge_cards
    from finews_tui.posts.model import Failure, Image, Link, Mention, Post, Skipped, Ticker
    from finews_tui.posts.naming import key_of, key_of_stem
    from finews_tui.posts.parsing import parse
    from finews_tui.posts.skimming import File, skim, skim_all
    from finews_tui.posts.split import safe_url

__all__ = [
    "SHANGHAI",
    "TIME_UNKNOWN",
    "Card",
    "Failure",
    "File",
    "Image",
    "Kind",
    "Link",
    "Mention",
    "Post",
    "Skipped",
    "Ticker",
    "Trust",
    "card_of",
    "clean_block",
    "clean_text",
    "key_of",
    "key_of_stem",
    "merge",
    "merge_cards",
    "parse",
    "parse_zone",
    "safe_url",
    "skim",
    "skim_all",
    "to_markdown",
]

# What lists headlines needs no parser, what indexes no Markdown: only what is used is loaded.
__getattr__ = late(
    __name__,
    {
        "card": "Card card_of",
        "clean": "clean_block clean_text",
        "dates": "SHANGHAI",
        "frontmatter": "parse_zone",
        "heading": "TIME_UNKNOWN",
        "kinds": "Kind Trust",
        "markdown": "to_markdown",
        "merging": "merge merge_cards",
        "model": "Failure Image Link Mention Post Skipped Ticker",
        "naming": "key_of key_of_stem",
        "parsing": "parse",
        "skimming": "File skim skim_all",
        "split": "safe_url",
    },
)
