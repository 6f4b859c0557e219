"""The values that reading produces: Post, Failure, Skipped, Ticker and their parts.

All are frozen, and those that travel between processes by the thousand are tuples. Nothing here
reads, parses or formats; ``parsing.py`` makes these values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

NO_TITLE = "The title is missing"
"""What the problem of a post begins with whose title is a stand-in."""
NO_DATE = "The date is missing"
"""What the problem of a post begins with whose date is not that of its front matter."""


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


class Ticker(NamedTuple):
    """An instrument as upstream names it; equal tickers have equal ``symbol``."""

    market: str
    """Upstream's market number, such as ``"116"``."""
    code: str
    """The code inside the market, such as ``"09618"``, ``"600519"``, ``"BK0493"``, ``"JD"``."""
    symbol: str
    """The canonical symbol, such as ``09618.HK``, ``600519.SH``, ``BK0493``, ``JD.US``."""
    kind: Kind
    name: str | None = None
    """The Chinese name, where the post tells it."""


class Mention(NamedTuple):
    """A ticker of one post: how it was found and how many marks name it."""

    ticker: Ticker
    trust: Trust
    times: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the body: not the original, not a ticker mark, not a back link."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Image:
    """A content image of the body, never a quote chart."""

    alt: str
    caption: str
    """The line below the image, such as ``图片来源：…``, or an empty string."""
    url: str


@dataclass(frozen=True, slots=True)
class Post:
    """One article, read from one file or merged from the copies that upstream wrote of it.

    Every string is clean: no control, bidi or private-use character is left in it.
    """

    key: str
    """Upstream's 18-digit article code, else the file's stem: what read marks and stars hang on."""
    path: Path
    """The file that the body comes from."""
    copies: tuple[Path, ...]
    """All files of this article, ``path`` included."""
    title: str
    published: datetime | None
    """With the zone that the file names, else the archive's."""
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    source: str | None
    """The Chinese name of the paper or site, such as ``财联社``."""
    url: str | None
    """The original article, http or https."""
    digest: str | None
    """Upstream's summary line, as it stands in the file."""
    tickers: tuple[Mention, ...]
    """Stocks, indices, funds and the like, in order of first appearance."""
    sectors: tuple[Mention, ...]
    """Boards, in order of first appearance."""
    html: str
    """The cleaned body: see ``body.py`` for the few elements that may stand in it."""
    source_line: str | None
    """The paragraph of ``html`` that names the source, such as ``（文章来源：财联社）``."""
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    tables: int
    """The number of tables in ``html``."""
    problems: tuple[str, ...]
    """What was repaired while reading, one sentence each."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not become a Post, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is no post by rule: no front matter, not published, a page without text."""

    path: Path
    reason: str
