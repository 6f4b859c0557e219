"""Which instrument a market number, a mark, a chart, an address or a written code names."""

from __future__ import annotations

import pytest

from finews_tui.posts import Kind, Mention, Trust
from finews_tui.posts.mentions import Mentions
from finews_tui.posts.tickers import (
    from_chart,
    from_href,
    from_mark,
    is_chart,
    normalise,
    ticker,
)


@pytest.mark.parametrize(
    ("market", "code", "symbol", "kind"),
    [
        # Shanghai
        ("1", "600519", "600519.SH", "stock"),
        ("1", "601318", "601318.SH", "stock"),
        ("1", "603259", "603259.SH", "stock"),
        ("1", "605427", "605427.SH", "stock"),
        ("1", "688981", "688981.SH", "stock"),
        ("1", "689009", "689009.SH", "stock"),
        ("1", "900901", "900901.SH", "stock"),
        ("1", "000001", "000001.SH", "index"),
        ("1", "000300", "000300.SH", "index"),
        ("1", "510300", "510300.SH", "fund"),
        ("1", "588000", "588000.SH", "fund"),
        ("1", "501018", "501018.SH", "fund"),
        ("1", "113050", "113050.SH", "bond"),
        ("1", "019547", "019547.SH", "bond"),
        ("1", "204001", "204001.SH", "bond"),
        # Shenzhen and Beijing
        ("0", "000001", "000001.SZ", "stock"),
        ("0", "002594", "002594.SZ", "stock"),
        ("0", "003816", "003816.SZ", "stock"),
        ("0", "300750", "300750.SZ", "stock"),
        ("0", "301236", "301236.SZ", "stock"),
        ("0", "200596", "200596.SZ", "stock"),
        ("0", "399001", "399001.SZ", "index"),
        ("0", "399006", "399006.SZ", "index"),
        ("0", "159915", "159915.SZ", "fund"),
        ("0", "161725", "161725.SZ", "fund"),
        ("0", "123107", "123107.SZ", "bond"),
        ("0", "128136", "128136.SZ", "bond"),
        ("0", "430047", "430047.BJ", "stock"),
        ("0", "839997", "839997.BJ", "stock"),
        ("0", "872925", "872925.BJ", "stock"),
        ("0", "920002", "920002.BJ", "stock"),
        ("0", "899050", "899050.BJ", "index"),
        # Hong Kong
        ("116", "00700", "00700.HK", "stock"),
        ("116", "09618", "09618.HK", "stock"),
        ("128", "00700", "00700.HK", "stock"),
        ("116", "02800", "02800.HK", "fund"),
        ("116", "03033", "03033.HK", "fund"),
        ("100", "HSI", "HSI.100", "index"),
        ("124", "HSTECH", "HSTECH.124", "index"),
        ("125", "HSMBI", "HSMBI.125", "index"),
        ("305", "HSAHP", "HSAHP.305", "index"),
        # United States
        ("105", "JD", "JD.US", "stock"),
        ("106", "BABA", "BABA.US", "stock"),
        ("107", "SPY", "SPY.US", "stock"),
        ("106", "BRK_A", "BRK_A.US", "stock"),
        ("106", "BRK.B", "BRK.B.US", "stock"),
        ("153", "TCTZF", "TCTZF.153", "stock"),
        # elsewhere
        ("155", "GHM", "GHM.155", "stock"),
        ("156", "HTSC", "HTSC.156", "stock"),
        ("2", "930713", "930713.2", "index"),
        ("47", "800000", "800000.47", "index"),
        ("8", "IF2206", "IF2206.8", "future"),
        ("101", "GC00Y", "GC00Y.101", "future"),
        ("102", "CL00Y", "CL00Y.102", "future"),
        ("103", "ZS00Y", "ZS00Y.103", "future"),
        ("104", "CN00Y", "CN00Y.104", "future"),
        ("108", "SB00Y", "SB00Y.108", "future"),
        ("109", "LCPT", "LCPT.109", "future"),
        ("110", "RSS3", "RSS3.110", "future"),
        ("111", "JRU", "JRU.111", "future"),
        ("112", "B00Y", "B00Y.112", "future"),
        ("113", "rb2210", "rb2210.113", "future"),
        ("114", "m2209", "m2209.114", "future"),
        ("115", "MA209", "MA209.115", "future"),
        ("142", "sc2208", "sc2208.142", "future"),
        ("225", "si2308", "si2308.225", "future"),
        ("119", "EURUSD", "EURUSD.119", "forex"),
        ("120", "USDCNYC", "USDCNYC.120", "forex"),
        ("121", "USDCNY", "USDCNY.121", "forex"),
        ("133", "USDCNH", "USDCNH.133", "forex"),
        ("10", "10004405", "10004405.10", "other"),
        ("150", "511990", "511990.150", "other"),
        ("999", "X1", "X1.999", "other"),
        # boards
        ("90", "BK0493", "BK0493", "sector"),
        ("90", "BK1036", "BK1036", "sector"),
        ("202", "GICS45", "GICS45.202", "sector"),
    ],
)
def test_every_market(market: str, code: str, symbol: str, kind: str) -> None:
    found = ticker(market, code, "某某")
    assert found is not None
    assert (found.symbol, found.kind, found.name) == (symbol, Kind(kind), "某某")
    assert (found.market, found.code) == (market, code)


@pytest.mark.parametrize(
    ("market", "code"),
    [
        ("1", "60051"),
        ("1", "6005190"),
        ("1", "60051A"),
        ("0", "JD"),
        ("0", "６００５１９"),
        ("116", "700"),
        ("116", "009618"),
        ("105", "jd"),
        ("105", "123"),
        ("105", ""),
        ("106", "ABCDEFGHIJKL"),
        ("90", "BK493"),
        ("90", "0493"),
        ("", "600519"),
        ("SH", "600519"),
        ("1234", "600519"),
        ("１", "600519"),
        ("120", "USD/CNY"),
        ("120", "茅台"),
        ("120", "x" * 17),
        ("120", "\x1b[2J"),
    ],
)
def test_a_code_that_breaks_its_market(market: str, code: str) -> None:
    assert ticker(market, code) is None


def test_a_name_that_says_nothing_is_none() -> None:
    found = ticker("1", "600519", "")
    assert found is not None and found.name is None


QUOTE = "http://quote.eastmoney.com/unify/r/"


@pytest.mark.parametrize(
    ("data_code", "href", "found"),
    [
        ("1,600160", f"{QUOTE}1.600160", ("1", "600160")),
        ("116,00700", f"{QUOTE}116.00700", ("116", "00700")),
        ("90,BK0493", f"{QUOTE}90.BK0493", ("90", "BK0493")),
        ("105,JD", "", ("105", "JD")),
        (" 120,USDCNYC ", "", ("120", "USDCNYC")),
        ("", f"{QUOTE}0.399006", ("0", "399006")),
        ("002353", "http://quote.eastmoney.com/r/0.002353", ("0", "002353")),
        ("301857", "http://wap.eastmoney.com/quote/stock/0.301857.html", ("0", "301857")),
        ("", "http://baike.eastmoney.com/item/x", None),
        ("", "", None),
        ("600160", "", None),
    ],
)
def test_a_mark(data_code: str, href: str, found: tuple[str, str] | None) -> None:
    assert from_mark(data_code, href) == found


IMAGE = "https://webquoteklinepic.eastmoney.com/GetPic.aspx?"


@pytest.mark.parametrize(
    ("data_code", "address", "href", "found"),
    [
        ("09618|116|5", f"{IMAGE}nid=116.09618&imageType=k", "", ("116", "09618")),
        ("K 09618|116|5", "", "", ("116", "09618")),
        ("R 600233|1|1", "", "", ("1", "600233")),
        ("09618|116|3|", "", "", ("116", "09618")),
        ("BK0493|90|1", "", "", ("90", "BK0493")),
        ("USDCNYC|120|0", f"{IMAGE}token=a&nid=120.USDCNYC", "", ("120", "USDCNYC")),
        ("", f"{IMAGE}nid=105.JD", f"{QUOTE}116.09618", ("105", "JD")),
        ("", "", f"{QUOTE}116.09618", ("116", "09618")),
        ("", "", "http://quote.eastmoney.com/sh600233.html", ("1", "600233")),
        ("", "", "http://quote.eastmoney.com/sz000858.html", ("0", "000858")),
        ("", "", "//quote.eastmoney.com/bj430047.html", ("0", "430047")),
        ("", "", "http://evil.example/sh600233.html", None),
        ("", "https://evil.example/?x=1", "", None),
        ("|", "", "", None),
    ],
)
def test_a_chart(data_code: str, address: str, href: str, found: tuple[str, str] | None) -> None:
    assert from_chart(data_code, address, href) == found


@pytest.mark.parametrize(
    ("href", "found"),
    [
        (f"{QUOTE}116.09618", ("116", "09618")),
        ("https://quote.eastmoney.com/unify/r/90.BK0493", ("90", "BK0493")),
        ("//quote.eastmoney.com/r/106.BABA", ("106", "BABA")),
        ("http://data.eastmoney.com/bbsj/", None),
        ("http://quote.eastmoney.com/", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_a_quote_page(href: str, found: tuple[str, str] | None) -> None:
    assert from_href(href) == found


def test_a_chart_is_known_by_its_host() -> None:
    assert is_chart(f"{IMAGE}nid=1.600519")
    assert is_chart("//webquotepic.eastmoney.com/GetPic.aspx?nid=1.600519")
    assert not is_chart("https://dfscdn.dfcfw.com/download/D1_w800h555.jpg")
    assert not is_chart("https://example.org/webquotepic.eastmoney.com/x.png")


@pytest.mark.parametrize(
    ("asked", "symbols"),
    [
        ("600519", {"600519.SH", "600519.SZ", "600519.BJ"}),
        ("600519.SH", {"600519.SH"}),
        ("600519.SS", {"600519.SH"}),
        ("600519.XSHG", {"600519.SH"}),
        ("SH600519", {"600519.SH"}),
        ("sh600519", {"600519.SH"}),
        ("sh.600519", {"600519.SH"}),
        ("000001.sz", {"000001.SZ"}),
        ("000001.XSHE", {"000001.SZ"}),
        ("bj430047", {"430047.BJ"}),
        ("0700.HK", {"00700.HK"}),
        ("700", {"00700.HK"}),
        ("09618", {"09618.HK"}),
        ("HK00700", {"00700.HK"}),
        ("hk:700", {"00700.HK"}),
        (" JD ", {"JD.US"}),
        ("jd", {"JD.US"}),
        ("JD.US", {"JD.US"}),
        ("JD.O", {"JD.US"}),
        ("BABA.N", {"BABA.US"}),
        ("US:JD", {"JD.US"}),
        ("BK0493", {"BK0493"}),
        ("bk0493", {"BK0493"}),
        ("USDCNYC.120", {"USDCNYC.120"}),
        ("usdcnyc.120", {"usdcnyc.120", "USDCNYC.120"}),
        ("600519.1", {"600519.SH"}),
        ("brk.b.us", {"BRK.B.US"}),
        ("GHM.155", {"GHM.155"}),
        ("茅台", set()),
        ("", set()),
        ("600519.HKX", set()),
        ("1234567", set()),
        ("６００５１９", set()),
        ("JD.HK", set()),
        ("(600519)", set()),
    ],
)
def test_what_a_person_may_mean(asked: str, symbols: set[str]) -> None:
    assert normalise(asked) == symbols


def test_a_word_that_begins_like_an_exchange_is_a_us_code() -> None:
    assert "SHOP.US" in normalise("SHOP")
    assert "USB.US" in normalise("USB")
    assert "HKD.US" in normalise("HKD")
    assert "BKNG.US" in normalise("BKNG")


@pytest.mark.parametrize(
    ("market", "code"),
    [
        ("1", "600519"),
        ("0", "430047"),
        ("116", "00700"),
        ("105", "JD"),
        ("106", "BRK.B"),
        ("90", "BK0493"),
        ("120", "USDCNYC"),
        ("113", "rb2210"),
        ("100", "HSI"),
        ("202", "GICS45"),
        ("106", "BRK_A"),
    ],
)
def test_a_canonical_symbol_means_itself(market: str, code: str) -> None:
    found = ticker(market, code)
    assert found is not None
    assert found.symbol in normalise(found.symbol)


def _mention(*entries: tuple[str | None, Trust]) -> Mention:
    mentions = Mentions()
    for name, trust in entries:
        found = ticker("1", "600519", name)
        assert found is not None
        mentions.add(found, trust)
    (only,) = mentions.tickers()
    return only


def test_the_best_trust_and_its_name_win() -> None:
    assert _mention((None, Trust.CHART), ("茅台", Trust.WEAK)).ticker.name == "茅台"
    assert _mention((None, Trust.CHART), ("茅台", Trust.WEAK)).trust is Trust.CHART
    better = _mention(("绿色", Trust.WEAK), ("贵州茅台", Trust.MARK), ("茅台", Trust.WEAK))
    assert (better.ticker.name, better.trust, better.times) == ("贵州茅台", Trust.MARK, 3)
    first = _mention(("贵州茅台", Trust.MARK), ("茅台", Trust.MARK), (None, Trust.TEXT))
    assert (first.ticker.name, first.trust, first.times) == ("贵州茅台", Trust.MARK, 3)


def test_which_trust_counts_in_lists() -> None:
    assert [trust for trust in Trust if trust.counts] == [Trust.CHART, Trust.MARK, Trust.TEXT]
