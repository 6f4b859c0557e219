"""Laying out: (Post | Headline, width) → lines of (text, role). Pure functions, no terminal."""

from finews_tui.late import late
from finews_tui.page.cells import cut, pad, printable, split_at, width_of
from finews_tui.page.headline import badges_of, heading_of, headline_lines, title_of
from finews_tui.page.line import TOP, Line, Role, Span, Spot, plain
from finews_tui.typography import Typography

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.page.article import Article, layout
    from finews_tui.page.manuscript import ORIGINAL, Manuscript, compose
    from finews_tui.page.matches import Finder, Matches

__all__ = [
    "ORIGINAL",
    "TOP",
    "Article",
    "Finder",
    "Line",
    "Manuscript",
    "Matches",
    "Role",
    "Span",
    "Spot",
    "Typography",
    "badges_of",
    "compose",
    "cut",
    "heading_of",
    "headline_lines",
    "layout",
    "pad",
    "plain",
    "printable",
    "split_at",
    "title_of",
    "width_of",
]

# A list needs no article.
__getattr__ = late(
    __name__,
    {
        "article": "Article layout",
        "manuscript": "ORIGINAL Manuscript compose",
        "matches": "Finder Matches",
    },
)
