"""Knows markets, codes and symbols: the only place that tells what instrument a code names.

Market numbers and code grammar: FORMAT.md sections 6 and 7 of the archive's description, which
cites akshare, efinance and zvt. Mainland ranges: the numbering rules of the Shanghai, Shenzhen and
Beijing exchanges; Hong Kong funds: HKEX, Stock Code Allocation Plan.
"""

from __future__ import annotations

import re

from finews_tui.posts.kinds import Kind
from finews_tui.posts.model import Ticker

_INDEX_MARKETS = frozenset({"2", "47", "100", "124", "125", "305"})
_FUTURE_MARKETS = frozenset("8 101 102 103 104 108 109 110 111 112 113 114 115 142 225".split())
_FOREX_MARKETS = frozenset({"119", "120", "121", "133"})
US_MARKETS = frozenset({"105", "106", "107"})
"""Nasdaq, the New York exchange and the smaller one."""
_HK_MARKETS = frozenset({"116", "128"})
_STOCK_MARKETS = US_MARKETS | _HK_MARKETS | {"153", "155", "156"}

_GRAMMAR = {
    "0": re.compile(r"[0-9]{6}"),
    "1": re.compile(r"[0-9]{6}"),
    "116": re.compile(r"[0-9]{5}"),
    "128": re.compile(r"[0-9]{5}"),
    "90": re.compile(r"BK[0-9]{4}"),
    "105": re.compile(r"[A-Z][A-Z0-9._]{0,9}"),
    "106": re.compile(r"[A-Z][A-Z0-9._]{0,9}"),
    "107": re.compile(r"[A-Z][A-Z0-9._]{0,9}"),
}
_OTHER_GRAMMAR = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,15}")
_MARKET = re.compile(r"[0-9]{1,3}")

_BEIJING = re.compile(r"4[03]|8[237]|88|92")
_SHENZHEN_FUND = re.compile(r"1[568]")
_SHENZHEN_BOND = re.compile(r"1[0-4]|38")
_SHANGHAI_FUND = re.compile(r"5[0-8]")
_SHANGHAI_BOND = re.compile(r"[012]")
_HK_FUND = re.compile(r"028[0-4]|03[01]")

_MARK = re.compile(r"^([0-9]{1,3}),(\S+)$")
_CHART = re.compile(r"^(?:[A-Z] )?([^|\s]+)\|([0-9]{1,3})(?:\|.*)?$")
_NID = re.compile(r"[?&]nid=([0-9]{1,3})\.([A-Za-z0-9._]+)")
_UNIFY = re.compile(
    r"^(?:https?:)?//(?:quote\.eastmoney\.com/(?:unify/)?r|wap\.eastmoney\.com/quote/stock)/"
    r"([0-9]{1,3})\.([A-Za-z0-9_]+(?:\.(?!html?\b)[A-Za-z0-9_]+)*)"
)
_OLD_HREF = re.compile(r"^(?:https?:)?//quote\.eastmoney\.com/(sh|sz|bj)([0-9]{6})\.html")
_CHART_HOST = re.compile(r"^(?:https?:)?//webquote[a-z]*\.eastmoney\.com/", re.IGNORECASE)


def kind_of(market: str, code: str) -> Kind:
    """What kind of instrument upstream's ``market`` number and ``code`` name."""
    if market in ("90", "202"):
        return Kind.SECTOR
    if market in _INDEX_MARKETS:
        return Kind.INDEX
    if market in _FUTURE_MARKETS:
        return Kind.FUTURE
    if market in _FOREX_MARKETS:
        return Kind.FOREX
    if market in _HK_MARKETS and _HK_FUND.match(code):
        return Kind.FUND
    if market in _STOCK_MARKETS:
        return Kind.STOCK
    if market == "0":
        if code.startswith(("399", "899")):
            return Kind.INDEX
        if _SHENZHEN_FUND.match(code):
            return Kind.FUND
        return Kind.BOND if _SHENZHEN_BOND.match(code) else Kind.STOCK
    if market == "1":
        if code.startswith("000"):
            return Kind.INDEX
        if _SHANGHAI_FUND.match(code):
            return Kind.FUND
        return Kind.BOND if _SHANGHAI_BOND.match(code) else Kind.STOCK
    return Kind.OTHER


def symbol_of(market: str, code: str) -> str:
    """The canonical symbol: ``600519.SH``, ``430047.BJ``, ``09618.HK``, ``JD.US``, ``BK0493``."""
    if market == "90":
        return code
    if market == "1":
        return f"{code}.SH"
    if market == "0":
        return f"{code}.{'BJ' if _BEIJING.match(code) or code.startswith('899') else 'SZ'}"
    if market in _HK_MARKETS:
        return f"{code}.HK"
    if market in US_MARKETS:
        return f"{code}.US"
    return f"{code}.{market}"


def ticker(market: str, code: str, name: str | None = None) -> Ticker | None:
    """The ticker of a market number and code; None where the code breaks the market's grammar."""
    if not _MARKET.fullmatch(market):
        return None
    if not _GRAMMAR.get(market, _OTHER_GRAMMAR).fullmatch(code):
        return None
    return Ticker(market, code, symbol_of(market, code), kind_of(market, code), name or None)


def from_mark(data_code: str, href: str) -> tuple[str, str] | None:
    """(market, code) of an in-text mark: ``data-code="116,09618"``, else its quote page."""
    if found := _MARK.match(data_code.strip()):
        return found[1], found[2]
    return from_href(href)


def from_chart(data_code: str, address: str, href: str) -> tuple[str, str] | None:
    """(market, code) of a chart: ``nid=`` of the image first, then ``data-code``, then the link."""
    if found := _NID.search(address):
        return found[1], found[2]
    if found := _CHART.match(data_code.strip()):
        return found[2], found[1]
    return from_href(href)


def from_href(href: str) -> tuple[str, str] | None:
    """(market, code) of a quote page: ``…/unify/r/116.09618`` or the older ``…/sh600233.html``."""
    if found := _UNIFY.match(href):
        return found[1], found[2]
    if found := _OLD_HREF.match(href):
        return ("1" if found[1] == "sh" else "0"), found[2]
    return None


def is_chart(address: str) -> bool:
    """Whether an image address is a quote chart, drawn live by upstream: no content."""
    return bool(_CHART_HOST.match(address))
