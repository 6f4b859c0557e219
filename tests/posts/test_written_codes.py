"""Codes that are written out in the text, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.posts.asked import normalise
from finews_tui.posts.written import written_codes


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        # What FORMAT.md saw in digests and NW texts.
        ("国脉科技(002752)公告", ["002752.SZ"]),
        ("中通客车(000957.SZ)异动", ["000957.SZ"]),
        ("金斯瑞生物科技(01548.HK)涨", ["01548.HK"]),
        ("宏昌科技（301008.SZ，最新价：23.21元）", ["301008.SZ"]),
        ("京东(纳斯达克股票代码：JD，港交所股票代号：9618)发布", ["JD.US", "09618.HK"]),
        # Shanghai, Shenzhen, Beijing
        ("贵州茅台（600519）", ["600519.SH"]),
        ("中芯国际(688981)", ["688981.SH"]),
        ("*ST沙鸥(001437)", ["001437.SZ"]),
        ("恒生电子 (600570)", ["600570.SH"]),
        ("微澜环保(839997)、泊川新材(430871)", ["839997.BJ", "430871.BJ"]),
        ("锦波生物(920982)", ["920982.BJ"]),
        ("沪深300ETF(510300)和创业板ETF（159915）", ["510300.SH", "159915.SZ"]),
        ("600519.SH 600519.SS 600519.XSHG", ["600519.SH"] * 3),
        ("000001.SZ与000001.SH", ["000001.SZ", "000001.SH"]),
        ("430047.BJ、899050.BJ", ["430047.BJ", "899050.BJ"]),
        ("代码SH600519和sz000858", ["600519.SH", "000858.SZ"]),
        ("股票代码：600519", ["600519.SH"]),
        ("证券代码:002752。", ["002752.SZ"]),
        ("股票代码为688981", ["688981.SH"]),
        ("证券代码：113050", ["113050.SH"]),
        ("证券代码：123107", ["123107.SZ"]),
        ("股票代码：600519.SH", ["600519.SH"]),
        ("基金代码：510300", ["510300.SH"]),
        # Hong Kong
        ("腾讯控股(0700.HK)", ["00700.HK"]),
        ("腾讯控股(700.HK)", ["00700.HK"]),
        ("序元生物(688967.SH，06839.HK)", ["688967.SH", "06839.HK"]),
        ("京东（港交所：9618）", ["09618.HK"]),
        ("京东(HKEX: 9618)", ["09618.HK"]),
        ("京东(HK:09618)", ["09618.HK"]),
        ("港股代码：00700", ["00700.HK"]),
        ("港交所上市公司股票代码：0700", ["00700.HK"]),
        # United States
        ("京东(JD.US)", ["JD.US"]),
        ("京东(JD.O)、阿里(BABA.N)", ["JD.US", "BABA.US"]),
        ("京东（NASDAQ：JD）和阿里（NYSE: BABA）", ["JD.US", "BABA.US"]),
        ("百度（纳斯达克：BIDU；港交所：9888）", ["BIDU.US", "09888.HK"]),
        ("百度（纳斯达克：BIDU）", ["BIDU.US"]),
        ("股票代码：JD", ["JD.US"]),
        ("纽交所股票代码：NIO", ["NIO.US"]),
    ],
)
def test_a_code_written_out(text: str, symbols: list[str]) -> None:
    assert [found.symbol for _, found in written_codes(text)] == symbols


@pytest.mark.parametrize(
    "text",
    [
        "统计局公布4月数据(202205)",
        "水泥(P.O 42.5散装)",
        "水泥(P.O42.5)",
        "于2022-05-31发布",
        "2022.05.31",
        "电话(010-62345678)",
        "热线400-810-8888，(400810)8888",
        "手机13812345678",
        "邮编(100037)",
        "共计600519元",
        "600519",
        "净利润600519万元",
        "(600519)",
        "（002752）是代码",
        "数字：(600519)",
        "第3(000155号)",
        "公司A(6005190)",
        "长度(1234567.SH)",
        "版本1.SH",
        "123456.HK",
        "12.HK",
        "JD.SH",
        "AAPL.HK",
        "09618.US",
        "abcJD.US",
        "JD.USA",
        "TOOLONG.US",
        "(A.O)",
        "V.O Russia",
        "S.N",
        "港交所：2022年上市融资额下降",
        "港交所：3月日均成交1,600亿",
        "纳斯达克：AI概念股领涨",
        "纽交所: IPO市场回暖",
        "HK: 9618",
        "NASDAQ：7",
        "基金代码：000001",
        "基金代码：005827",
        "股票代码：688",
        "股票代码变更为新代码",
        "港交所股票代码：00000",
        "（港交所：600519）",
        "密码SH6005191",
        "ISH600519",
        "IPv6 BJ12345",
        "(６００５１９)",
        "茅台（６００５１９）",
        "６００５１９.SH",
        "",
    ],
)
def test_what_only_looks_like_a_code(text: str) -> None:
    assert [found.symbol for _, found in written_codes(text)] == []


def test_a_code_tells_where_it_stands() -> None:
    text = "甲(600519)、乙(000858.SZ)"
    places = [text[at : at + 6] for at, _ in written_codes(text)]
    assert places[1] == "000858"
    assert [at for at, _ in written_codes(text)] == sorted(at for at, _ in written_codes(text))


@given(st.text(alphabet="0123456789ABCJDSHZKU.()（）：:股票代码港交所纳斯达克茅台 ", max_size=200))
def test_whatever_is_found_is_an_instrument_of_the_text(text: str) -> None:
    for at, found in written_codes(text):
        assert 0 <= at < len(text)
        assert found.code.lstrip("0") in text
        assert normalise(found.symbol) == {found.symbol}


@pytest.mark.parametrize(
    "spice", ["(", "股票代码：", "港交所", "1" * 5, "A.", "SH", " ", "所", "HK: "]
)
def test_a_flood_is_read_in_linear_time(spice: str) -> None:
    assert len(list(written_codes(spice * (200_000 // len(spice))))) < 200_000


PIECES = (
    "(|（|)|）|、| |\n|600519|000155|9618|JD|BABA|.|.SH|.SS|.XSHG|.HK|.US|.OQ|.N|.O|sh|SZ"
    "|茅台|股票代码|代码|代号|编号|为|：|:|纳斯达克|NASDAQ|Nasdaq|港交所|深交所|纽交所|HK"
    "|HKEX|SEHK|基金|证券"
).split("|")
SOUPS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(SOUPS)
def test_a_code_is_found_without_another_one_in_the_text(text: str) -> None:
    alone = list(written_codes(text))
    assert alone == list(written_codes(f"{text}。茅台(600519)"))[:-1]


@given(SOUPS)
def test_a_code_is_found_however_far_into_the_text(text: str) -> None:
    before = "远" * 100 + "。"
    shifted = [(at + len(before), code) for at, code in written_codes(text)]
    assert list(written_codes(before + text)) == shifted
