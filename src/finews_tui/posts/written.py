"""Finds codes written out in the text: ``(000155)``, ``600519.SH``, ``股票代码：JD``.

A bare six-digit number counts only inside parentheses directly behind a name, and only with a
prefix that an exchange hands out to shares and funds: (202205) is a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from finews_tui.posts.model import Ticker
from finews_tui.posts.tickers import US_MARKETS, ticker

# Shares and funds, then convertible bonds and repos: without a market, what people write most.
_SHANGHAI = re.compile(r"[56]|9(?!2)|11[0138]|204")
_EXCHANGE_FUND = re.compile(r"1[568]|5[0-8]|028[0-4]|03[01]")
_A_CODE = (
    r"(?:60[0135]|68[89]|00[0-3]|30[0-2]|[48]3[0-9]|87[0-9]|92[0-9]|5[168][0-9]|15[09])[0-9]{3}"
)
HINT_STARTS = ".(（SsBb代编克所QqEXK"
"""Characters of which each written code has one."""
_SUFFIX_END = r"(?![0-9A-Za-z])"
HINT_RESTS = (
    rf"(?:S[HSZ]|BJ|HK|US)(?<=[0-9A-Z]\.[A-Z][A-Z]){_SUFFIX_END}"
    rf"|XSH[GE](?<=[0-9A-Z]\.XSH[GE]){_SUFFIX_END}"
    r"|[ON](?<=[A-Z]\.[ON])Q?[)）,，;；、\s]"
    r"|[0-9](?<=[(（][0-9])[0-9]{5}|[HZJhzj](?<=[SsBb][HZJhzj])[0-9]{6}"
    r"|[\s：:](?<=[克所QqEXK][\s：:])(?:(?<=[：:])|\s*[：:])\s*[0-9A-Z]"
    r"|[码号](?<=代码|代号|编号)(?:为|是)?\s*[：:]?\s*[0-9A-Z]"
)
"""What stands behind that character, as a regular expression; white space may be unfolded.

The regular expression engine looks at one character of each branch before it tries it.
"""
_LEAD = 20
"""A code does not begin further ahead of that character: 纽约证券交易所上市公司股票代码."""
# Most paragraphs hold no code and are done with one search, which is fast for beginning with a set.
_HINT = re.compile(f"[{HINT_STARTS}](?:{HINT_RESTS})")
_WRITTEN = re.compile(
    # Where a match may begin: spares the alternatives at all other characters.
    r"(?=[0-9A-Zsb(（\s股证基代纳纽美港香联上深北Ａ])(?:"
    r"(?<![0-9A-Za-z.])(?P<suffixed>[0-9]{3,6}|[A-Z]{1,5})\.(?P<exchange>SH|SS|XSHG|SZ|XSHE|BJ|HK|US)"
    r"(?![0-9A-Za-z])"
    # Reuters' suffixes are short: only inside parentheses, or P.O would be a share.
    r"|(?<=[(（])(?P<reuters>[A-Z]{2,5})\.(?P<reuters_exchange>OQ|O|N)(?=[)）,，;；、\s])"
    r"|(?<![0-9A-Za-z])(?P<led>SH|SZ|BJ|sh|sz|bj)(?P<led_code>[0-9]{6})(?![0-9])"
    rf"|(?<=[^\s0-9(（，,。；;、：:])\s?[(（](?P<bare>{_A_CODE})(?=[)）,，;；、\s])"
    r"|(?P<place>纳斯达克|纳指|NASDAQ|Nasdaq|纽交所|纽约证券交易所|纽约证交所|NYSE|美股|港交所|香港联交所|联交所|港股|香港|上交所|深交所|北交所|A股|Ａ股)?"
    r"(?:上市公司)?(?:(?P<what>股票|证券|股份|基金)(?:代码|代号|编号)|(?<=[所股克])代码)(?:为|是)?\s*[：:]?\s*"
    r"(?P<stated>[0-9]{6}|[0-9]{3,5}|[A-Z]{1,5})(?![0-9A-Za-z])(?:\.(?P<stated_exchange>SH|SS|SZ|BJ|HK|US|N|O)(?![A-Za-z]))?"
    # Only where the code ends like one in parentheses: 港交所：2022年 is a sentence.
    r"|(?P<prefix>NASDAQ|Nasdaq|纳斯达克|NYSE|纽交所|HKEX|SEHK|港交所|HK)\s?[：:]\s?(?P<prefixed>[0-9]{1,5}|[A-Z]{1,5})"
    r"(?=\s?[)）,，;；、/]))"
)
_EXCHANGES = {
    "SH": "1",
    "SS": "1",
    "XSHG": "1",
    "SZ": "0",
    "XSHE": "0",
    "BJ": "0",
    "HK": "116",
    "US": "105",
    "OQ": "105",
    "O": "105",
    "N": "106",
}
_PLACES = {
    "纳斯达克": "105",
    "纳指": "105",
    "NASDAQ": "105",
    "Nasdaq": "105",
    "美股": "105",
    "纽交所": "106",
    "纽约证券交易所": "106",
    "纽约证交所": "106",
    "NYSE": "106",
    "港交所": "116",
    "香港联交所": "116",
    "联交所": "116",
    "港股": "116",
    "香港": "116",
    "HKEX": "116",
    "SEHK": "116",
    "HK": "116",
    "上交所": "1",
    "深交所": "0",
    "北交所": "0",
}


def _mainland_market(code: str) -> str:
    """The market of a bare six-digit code: Shanghai by its number ranges, else "0"."""
    return "1" if _SHANGHAI.match(code) else "0"


@lru_cache(maxsize=4_096)
def _written_ticker(market: str | None, code: str) -> Ticker | None:
    if code.isdigit():
        if len(code) == 6:
            return ticker(market if market in ("0", "1") else _mainland_market(code), code)
        if market in (None, "116"):
            return ticker("116", code.zfill(5)) if int(code) else None
        return None
    return ticker(market if market in US_MARKETS else "105", code)


def written_codes(text: str) -> Iterator[tuple[int, Ticker]]:
    """The instruments whose codes stand in plain ``text``, each with its position.

    Such as ``(000155)``, ``600519.SH``, ``(01548.HK)``, ``股票代码：JD``, ``港交所股票代号：9618``.
    """
    hint = _HINT.search(text)
    if hint is None:
        return
    for found in _WRITTEN.finditer(text, max(0, hint.start() - _LEAD)):
        if code := found["suffixed"]:
            market = _EXCHANGES[found["exchange"]]
            if code.isdigit() != (market in ("0", "1", "116")):
                continue
            if code.isdigit() and (len(code) == 6) != (market in ("0", "1")):
                continue
        elif code := found["reuters"]:
            market = _EXCHANGES[found["reuters_exchange"]]
        elif code := found["led_code"]:
            market = _EXCHANGES[found["led"].upper()]
        elif code := found["bare"]:
            market = None
        elif code := found["stated"]:
            market = _EXCHANGES.get(found["stated_exchange"] or "") or _PLACES.get(
                found["place"] or ""
            )
            if code.isdigit() and len(code) != 6 and market is None and len(code) < 4:
                continue
            if found["what"] == "基金" and not _EXCHANGE_FUND.match(code):
                # A fund that no exchange lists: its code may be that of a share.
                continue
        else:
            code = found["prefixed"]
            market = _PLACES[found["prefix"]]
            if code.isdigit() != (market == "116"):
                continue
        instrument = _written_ticker(market, code)
        if instrument is not None:
            yield found.start(), instrument
