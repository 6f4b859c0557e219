"""What kinds of instruments there are, and how far a mark of one can be trusted."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an instrument is."""

    STOCK = "stock"
    INDEX = "index"
    FUND = "fund"
    BOND = "bond"
    FUTURE = "future"
    FOREX = "forex"
    SECTOR = "sector"
    OTHER = "other"


class Trust(StrEnum):
    """How a ticker was found in a post, the most trustworthy first."""

    CHART = "chart"
    """A chart block: chosen by an editor."""
    MARK = "mark"
    """A keytip, or an index in info form."""
    TEXT = "text"
    """A code written out in the text."""
    WEAK = "weak"
    """Only ``em_stock_key_common``: a string match that is often wrong."""
    RELATED = "related"
    """Only after the heading 相关报道: another article's ticker."""

    @property
    def counts(self) -> bool:
        """Whether a ticker of this trust belongs to the post in lists and filters."""
        return self in (Trust.CHART, Trust.MARK, Trust.TEXT)
