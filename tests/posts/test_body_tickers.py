"""The tickers of a body: every form of a mark, in order, with the trust that each deserves."""

from __future__ import annotations

import pytest

from finews_tui.posts.body import clean
from tests.posts.upstream import IMAGE, SOURCE, body, chart, keytip, symbols, trusts, weak


@pytest.mark.parametrize("anchor", [True, False])
@pytest.mark.parametrize("kind", ["K", "R"])
@pytest.mark.parametrize(
    ("key", "symbol"),
    [
        ("116.09618", "09618.HK"),
        ("105.JD", "JD.US"),
        ("1.600233", "600233.SH"),
        ("0.301857", "301857.SZ"),
        ("0.430047", "430047.BJ"),
        ("120.USDCNYC", "USDCNYC.120"),
    ],
)
def test_a_chart_names_an_instrument_once(key: str, symbol: str, kind: str, anchor: bool) -> None:
    found = body(f"{chart(key, kind=kind, anchor=anchor)}<p>甲。</p>")
    (mention,) = found.mentions.tickers()
    assert (mention.ticker.symbol, mention.trust.value, mention.times) == (symbol, "chart", 1)
    assert mention.ticker.name is None
    assert (found.images, found.links) == ([], [])


def test_a_chart_of_a_board_is_a_sector() -> None:
    found = body(chart("90.BK0493"))
    assert found.mentions.tickers() == ()
    assert trusts(found.mentions.sectors()) == [("BK0493", "chart")]


def test_a_chart_of_the_old_form() -> None:
    found = body(
        '<p><a href="http://quote.eastmoney.com/sh600233.html" data-code="600233|1|1" '
        'class="EmImageRemark" target="_blank"><img src="https://webquotepic.eastmoney.com/GetPic.aspx'
        '?nid=1.600233&imageType=r&token=a" alt="R图 600233_0" data-code="R 600233|1|1"></a>注</p>'
    )
    assert symbols(found.mentions.tickers()) == ["600233.SH"]
    assert found.html == "<p>注</p>"


def test_a_chart_takes_its_name_from_a_mark() -> None:
    found = body(f"{chart('1.600160')}<p>{keytip('1.600160', '巨化股份')}涨</p>")
    (mention,) = found.mentions.tickers()
    assert (mention.ticker.name, mention.trust.value, mention.times) == ("巨化股份", "chart", 2)


INDEX = (
    '<span id="Info.3259"><a href="http://quote.eastmoney.com/unify/r/0.399006" class="infokey">'
    "创业板指</a></span>"
)


@pytest.mark.parametrize(
    ("mark", "found"),
    [
        (keytip("1.600160", "巨化股份"), [("600160.SH", "mark")]),
        (
            '<span id="Info.116.00700"><a href="http://quote.eastmoney.com/unify/r/116.00700" '
            'class="keytip" data-code="116,00700">腾讯控股</a></span>',
            [("00700.HK", "mark")],
        ),
        (keytip("90.BK0493", "新能源"), [("BK0493", "mark")]),
        (weak("1.600160", "巨化股份"), [("600160.SH", "weak")]),
        (weak("90.BK0473", "证券"), [("BK0473", "weak")]),
        (INDEX, [("399006.SZ", "mark")]),
        (INDEX.replace("0.399006", "1.000001"), [("000001.SH", "mark")]),
        (INDEX.replace("0.399006", "0.300750"), []),
        ('<a href="http://data.eastmoney.com/bbsj/" class="infokey">业绩</a>', []),
        (
            '<a class="em_stock_key_common" href="http://quote.eastmoney.com/r/0.002353" '
            'data-code="002353">杰瑞</a>',
            [("002353.SZ", "weak")],
        ),
        (
            '<a class="keytip" href="http://wap.eastmoney.com/quote/stock/0.301857.html" '
            'data-code="301857">慕岚</a>',
            [("301857.SZ", "mark")],
        ),
        (
            '<span class="em_stock_key_common" href="http://baike.eastmoney.com/item/x">业绩</span>',
            [],
        ),
        (f"<strong>{keytip('0.000001', '平安')}</strong>", [("000001.SZ", "mark")]),
        (f"<span>{keytip('0.000001', '平安')}</span>", [("000001.SZ", "mark")]),
        ('<a class="keytip" data-code="1,\x1b[2J">x</a>', []),
        ("巨化股份(600160)", [("600160.SH", "text")]),
        ("<strong>巨化股份</strong>(600160.SH)", [("600160.SH", "text")]),
    ],
)
def test_every_form_of_a_mark(mark: str, found: list[tuple[str, str]]) -> None:
    cleaned = body(f"<p>据悉，{mark}表现</p>")
    assert trusts(cleaned.mentions.tickers() + cleaned.mentions.sectors()) == found
    assert cleaned.links == []


def test_tickers_stand_in_the_order_of_their_first_appearance() -> None:
    found = body(
        f"{chart('116.09618')}<p>甲(600519)和{keytip('1.600160', '巨化')}、乙(000858.SZ)、"
        f"{weak('0.300750', '宁德')}</p><table><tr><td>丙(688981)</td>"
        f"<td>{keytip('105.JD', '京东')}</td></tr></table><ul><li>丁(002594)</li></ul>"
        f"<p>{keytip('0.300750', '宁德时代')}、{keytip('1.600519', '茅台')}</p>"
    )
    assert trusts(found.mentions.tickers()) == [
        ("09618.HK", "chart"),
        ("600519.SH", "mark"),
        ("600160.SH", "mark"),
        ("000858.SZ", "text"),
        ("300750.SZ", "mark"),
        ("688981.SH", "text"),
        ("JD.US", "mark"),
        ("002594.SZ", "text"),
    ]
    names = [mention.ticker.name for mention in found.mentions.tickers()]
    assert names[1] == "茅台" and names[4] == "宁德时代"


def test_codes_of_the_digest_come_first() -> None:
    found = clean(f"<p>{keytip('1.600160', '巨化')}</p>", is_html=True, digest="茅台(600519)涨")
    assert trusts(found.mentions.tickers()) == [("600519.SH", "text"), ("600160.SH", "mark")]


def test_a_split_word_is_read_as_one() -> None:
    found = body(f"<p>C{keytip('90.BK0001', 'PPI')}B增持</p>")
    assert found.html == "<p>CPPIB增持</p>"


@pytest.mark.parametrize(
    "heading",
    ['<h3 class="emh3">相关报道</h3>', "<p><strong>相关报道：</strong></p>", "<p>【相关报道】</p>"],
)
def test_what_comes_after_related_reports_belongs_to_others(heading: str) -> None:
    found = body(
        f"<p>{keytip('1.600160', '巨化')}</p>{IMAGE}{heading}"
        f'<p><a href="https://finance.eastmoney.com/a/202205202383015527.html">别的新闻</a></p>'
        f"<p>{keytip('1.600160', '巨化')}、{keytip('0.000001', '平安')}、茅台(600519)</p>"
        f"<p>{keytip('90.BK0473', '证券')}</p>{chart('105.JD')}{IMAGE}{SOURCE}"
    )
    assert trusts(found.mentions.tickers()) == [
        ("600160.SH", "mark"),
        ("000001.SZ", "related"),
        ("600519.SH", "related"),
        ("JD.US", "related"),
    ]
    assert trusts(found.mentions.sectors()) == [("BK0473", "related")]
    assert len(found.images) == 1
    assert [link.text for link in found.links] == ["别的新闻"]
    assert found.source == "财联社"
    assert "平安" in found.html


def test_a_sentence_about_related_reports_is_a_sentence() -> None:
    found = body(f"<p>对于相关报道，公司回应</p><p>{keytip('1.600160', '巨化')}</p>")
    assert trusts(found.mentions.tickers()) == [("600160.SH", "mark")]
