"""How a ticker or a sector is written: the text and the role of a badge, in lists and articles.

A market is told by the role (colour) and by the text: in a list ``京东集团·HK``, in an article
``京东集团 09618.HK``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finews_tui.lean import Protocol, TypeVar
from finews_tui.page.cells import printable, width_of
from finews_tui.page.line import Line, Role, Span
from finews_tui.posts import Kind

_MARKETS: dict[str, Role] = {
    "SH": "badge-sh",
    "SZ": "badge-sz",
    "BJ": "badge-bj",
    "HK": "badge-hk",
    "US": "badge-us",
}
SHORT_NAME = 16
"""The cells that a name may take in a list; a longer one gives way to the code."""
MOST_BADGES = 8
"""The badges that an article shows, at most; the rest is ``+12``."""
MOST_LINES = 2
"""The lines that an article's badges take, at most."""


class Badge(Protocol):
    """What a badge needs of a ticker: ``posts.Ticker`` and the library's badges have it."""

    @property
    def symbol(self) -> str:
        """The canonical symbol."""

    @property
    def name(self) -> str | None:
        """The Chinese name, where it is known."""

    @property
    def kind(self) -> Kind:
        """What the instrument is."""


Kin = TypeVar("Kin", bound=Badge)


def role_of(badge: Badge) -> Role:
    """The role that colours ``badge``: its market, or that it is an index or a sector."""
    if badge.kind is Kind.SECTOR:
        return "badge-sector"
    if badge.kind is Kind.INDEX:
        return "badge-index"
    return _MARKETS.get(badge.symbol.rpartition(".")[2], "badge-other")


def name_of(badge: Badge, names: Mapping[str, str]) -> str:
    """The name of ``badge``, its own or one of ``names`` (by symbol), else an empty string."""
    return printable(badge.name or names.get(badge.symbol, ""))


def grouped(badges: Sequence[Kin]) -> list[Kin]:
    """``badges`` with those of a market beside each other.

    The markets come in the order of their first badge, so that the first of all stays the first.
    """
    markets: dict[Role, list[Kin]] = {}
    for badge in badges:
        markets.setdefault(role_of(badge), []).append(badge)
    return [badge for market in markets.values() for badge in market]


def short_badge(badge: Badge, names: Mapping[str, str], ambiguous: int = 1) -> Span:
    """``badge`` for a list row: ``京东集团·HK``, ``JD·US``, a sector by its name."""
    name = name_of(badge, names)
    if width_of(name, ambiguous) > SHORT_NAME:
        name = ""
    symbol = printable(badge.symbol)
    code, dot, market = symbol.rpartition(".")
    if badge.kind is Kind.SECTOR or not dot:
        return name or symbol, role_of(badge)
    return f"{name or code}·{market}", role_of(badge)


def full_badge(badge: Badge, names: Mapping[str, str]) -> Span:
    """``badge`` for an article: ``[京东集团 09618.HK]``, or the symbol alone."""
    return f"[{name_of(badge, names)} {printable(badge.symbol)}]".replace("[ ", "["), role_of(badge)


def flow_badges(
    badges: Sequence[Badge], width: int, names: Mapping[str, str], ambiguous: int = 1
) -> list[Line]:
    """``badges`` side by side in at most two lines and eight badges, the rest as ``+12``."""
    lines: list[list[Span]] = []
    used = width
    shown = 0
    for badge in badges[:MOST_BADGES]:
        span = full_badge(badge, names)
        cells = width_of(span[0], ambiguous)
        rest = len(badges) - shown - 1
        more = width_of(f" +{rest}") if rest else 0
        is_last_line = len(lines) == MOST_LINES
        if used + 1 + cells + (more if is_last_line else 0) <= width:
            lines[-1] += [(" ", "text"), span]
            used += 1 + cells
        elif is_last_line:
            break
        elif cells <= width:
            lines.append([span])
            used = cells
        else:
            from finews_tui.page.wrap import wrap_spans  # late: a list needs none

            lines += map(list, wrap_spans([span], width, ambiguous=ambiguous))
            used = sum(width_of(text, ambiguous) for text, _ in lines[-1])
        shown += 1
    rest = len(badges) - shown
    if rest:
        more_span: Span = (f"+{rest}", "badge-more")
        if used + 1 + width_of(more_span[0]) <= width:
            lines[-1] += [(" ", "text"), more_span]
        else:
            lines.append([more_span])
    return [tuple(line) for line in lines]
