"""Reads codes as people type them: which instruments a question may mean."""

from __future__ import annotations

import re

from finews_tui.posts.tickers import symbol_of

_ASKED = re.compile(
    # An exchange in front needs digits or a separator behind it: SHOP and USB are US codes.
    r"(?:(?P<before>(?:SH|SZ|BJ|HK)(?=[0-9.:])|US(?=[.:]))[.:]?)?"
    r"(?P<code>BK[0-9]{4}|[0-9]{1,6}|[A-Z][A-Z0-9_]{0,9}(?:\.[A-Z](?=\.))?)"
    r"(?:\.(?P<after>SH|SS|XSHG|SZ|XSHE|BJ|HK|US|OQ|N|O))?"
)
_NUMBERED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]{0,15})\.([0-9]{1,3})")
_SUFFIXES = {"SS": "SH", "XSHG": "SH", "XSHE": "SZ", "OQ": "US", "O": "US", "N": "US"}


def normalise(text: str) -> frozenset[str]:
    """The canonical symbols that a person may mean by ``text``; empty if it is no code.

    ``600519.SS``, ``SH600519``, ``sh600519`` → ``600519.SH``; ``0700.HK`` → ``00700.HK``; ``JD`` →
    ``JD.US``; six digits without exchange give every exchange with such codes.
    """
    text = text.strip()
    if found := _NUMBERED.fullmatch(text):
        # Some exchanges' codes are in small letters; a person may type either.
        return frozenset({symbol_of(found[2], found[1]), symbol_of(found[2], found[1].upper())})
    found = _ASKED.fullmatch(text.upper())
    if not found:
        return frozenset()
    code, exchange = found["code"], found["after"] or found["before"]
    if code.startswith("BK") and len(code) == 6 and code[2:].isdigit():
        return frozenset({code})
    exchange = _SUFFIXES.get(exchange or "", exchange)
    if not code.isdigit():
        return frozenset({f"{code}.US"}) if exchange in (None, "US") else frozenset()
    if exchange == "HK" or (exchange is None and len(code) < 6):
        return frozenset({f"{code.zfill(5)}.HK"}) if len(code) < 6 else frozenset()
    if exchange is None:
        return frozenset({f"{code}.SH", f"{code}.SZ", f"{code}.BJ"})
    return frozenset({f"{code}.{exchange}"})
