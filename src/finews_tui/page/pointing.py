"""What stands under a pointer in an article: the link, badge or fold at a cell of a line."""

from __future__ import annotations

import re

from finews_tui.page.article import Article
from finews_tui.page.cells import width_of
from finews_tui.page.line import Span, Spot

_NUMBER = re.compile(r"\[(\d+)\]")


def link_at(article: Article, spot: Spot, x: int) -> str | None:
    """The address of the link at cell ``x`` of a line; None where no link is.

    A link's number stands behind its text, perhaps on a line below; only the original has none.
    """
    role, _ = _pointed(article, spot, x)
    if role not in ("link", "link-number", "image"):
        return None
    here = spot
    while (line := article.line(here)) is not None:
        right = 0
        for text, role in line:
            right += width_of(text, article.form.ambiguous)
            found = _NUMBER.match(text) if role == "link-number" else None
            if found and (here > spot or right > x):
                return article.manuscript.url(int(found[1]))
        here = here._replace(line=here.line + 1)
    return article.manuscript.original


def badge_at(article: Article, spot: Spot, x: int) -> str | None:
    """The symbol of the badge at cell ``x`` of a line; None where none is, or only ``+12``."""
    role, number = _pointed(article, spot, x)
    symbols = article.manuscript.badges
    if not role.startswith("badge-") or role == "badge-more" or number >= len(symbols):
        return None
    return symbols[number]


def is_fold_at(article: Article, spot: Spot, x: int) -> bool:
    """Whether cell ``x`` of a line folds and unfolds the related articles."""
    return article.is_fold(spot) and _pointed(article, spot, x)[0] in ("related", "mark")


def _pointed(article: Article, spot: Spot, x: int) -> tuple[str, int]:
    """The role at cell ``x`` of a line, and how many badges of its part stand before it."""
    above = article.lines_from(Spot(spot.part), spot.line)
    badges = sum(_begins_badge(span) for _, spans in above for span in spans)
    left = 0
    for text, role in article.line(spot) or ():
        right = left + width_of(text, article.form.ambiguous)
        if left <= x < right:
            # A badge that is longer than its line goes on in the next: that is no other one.
            is_rest = role.startswith("badge-") and not _begins_badge((text, role))
            return role, badges - (is_rest and role != "badge-more")
        badges += _begins_badge((text, role))
        left = right
    return "", badges


def _begins_badge(span: Span) -> bool:
    text, role = span
    return role.startswith("badge-") and text.startswith("[")
