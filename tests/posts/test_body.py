"""Noise never comes through the cleaner, and content always does."""

from __future__ import annotations

import time

import pytest

from finews_tui.posts import to_markdown
from finews_tui.posts.body import clean
from tests.posts.upstream import HIDDEN, SOURCE, body, chart, keytip, symbols, trusts, weak

IMAGE = '<center><img src="https://dfscdn.dfcfw.com/download/D1_w800h555.jpg" alt="Image" width="580" /></center>'
ADVERT = (
    '<!-- EM_Adv_Module_Start --><center style="text-align:left;"><div class="em_adv_mods" type="1" '
    'style="display:none;">广告 </div> </center><!-- EM_Adv_Module_End -->'
)


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        # hidden elements and adverts
        (f"{HIDDEN}<p>甲。<br /></p>", "<p>甲。</p>"),
        ('<p style="display:none;"> </p><p>甲。</p>', "<p>甲。</p>"),
        ('<p style="DISPLAY : none">暗</p><p>甲。</p>', "<p>甲。</p>"),
        ('<p style="visibility:hidden">暗</p><p>甲。</p>', "<p>甲。</p>"),
        ("<div hidden>暗</div><p>甲。</p>", "<p>甲。</p>"),
        ('<p>甲<span style="display:none">暗</span>乙</p>', "<p>甲乙</p>"),
        (f"<p>甲。</p>{ADVERT}<p>乙。</p>", "<p>甲。</p><p>乙。</p>"),
        ("<p>甲。</p><script>alert(1)</script><style>p{}</style><p>乙。</p>", "<p>甲。</p><p>乙。</p>"),
        ("<p>甲。</p><iframe src='https://a.example'></iframe>", "<p>甲。</p>"),
        # comments
        ("<p>甲。</p><!-- x --><p>乙。</p>", "<p>甲。</p><p>乙。</p>"),
        ("<p>甲。</p><!-- EM_StockImg_End --><p>乙。</p>", "<p>甲。</p><p>乙。</p>"),
        ("<p>甲。</p><!-- EM_StockImg_Start --><p>乙。</p>", "<p>甲。</p><p>乙。</p>"),
        ("<p>甲。</p><!-- EM_StockImg_Start<p>乙。</p>", "<p>甲。</p><p>乙。</p>"),
        ("<p>甲。</p><!-- 没有结束<p>乙。</p>", "<p>甲。</p><p>没有结束</p><p>乙。</p>"),
        ("<p>甲<!-- -->乙</p>", "<p>甲乙</p>"),
        # unclosed elements swallow nothing
        ("<p>甲。</p><script>", "<p>甲。</p>"),
        ("<p>甲。</p><style><p>乙。</p>", "<p>甲。</p><p>乙。</p>"),
        ("<p>甲。</p><textarea><p>乙。</p>", "<p>甲。</p><p>乙。</p>"),
        ("<p>甲。</p><plaintext><p>乙。</p>", "<p>甲。</p><p>乙。</p>"),
        ("<p>甲。<p>乙。", "<p>甲。</p><p>乙。</p>"),
        ("甲。<p>乙。</p>丙。", "<p>甲。</p><p>乙。</p><p>丙。</p>"),
        # charts and placeholder spans
        (f"{chart('116.09618')}<p>甲。</p>", "<p>甲。</p>"),
        (f"{chart('1.600233', anchor=False, kind='R')}<p>甲。</p>", "<p>甲。</p>"),
        (f"<p>{keytip('1.600160', '巨化股份')}涨</p>", "<p>巨化股份涨</p>"),
        (f"<p>{weak('1.600160', '巨化股份')}涨</p>", "<p>巨化股份涨</p>"),
        (
            '<p>净<span id="Info.1"><a href="http://data.eastmoney.com/bbsj/" class="infokey">利润</a></span></p>',
            "<p>净利润</p>",
        ),
        # spaces
        ("<p> </p><p>\u00a0</p><p><br /></p><p>甲。</p>", "<p>甲。</p>"),
        ("<p>  甲，  “乙”\n  丙 </p>", "<p>甲， “乙” 丙</p>"),
        ("<p>　甲　乙　</p>", "<p>甲　乙</p>"),
        ("<p>甲&nbsp;&nbsp;乙</p>", "<p>甲 乙</p>"),
        ("<p>A股 ETF. 而</p>\n <p>乙</p>", "<p>A股 ETF. 而</p><p>乙</p>"),
        # br runs
        ("<p>甲<br />乙</p>", "<p>甲<br>乙</p>"),
        ("<p>甲<br /><br />乙</p>", "<p>甲</p><p>乙</p>"),
        ("<p>甲<br /> <br /><br />乙<br /></p>", "<p>甲</p><p>乙</p>"),
        ("<p><br />甲<br /></p>", "<p>甲</p>"),
        # entities and what Markdown or Rich would read
        ("<p>《&lt;基加利&gt;修正案》</p>", "<p>《&lt;基加利&gt;修正案》</p>"),
        ("<p>R&D A&amp;B 5 < 6 &copy;</p>", "<p>R&amp;D A&amp;B 5 &lt; 6 ©</p>"),
        ("<p>*ST猛狮 [5G] a_b ~x~ `y` [/]</p>", "<p>*ST猛狮 [5G] a_b ~x~ `y` [/]</p>"),
        ("<p>1. 有关</p><p>1.有关</p><p>1)甲</p>", "<p>1. 有关</p><p>1.有关</p><p>1)甲</p>"),
        ("<p>(1)甲</p><p>(a)乙</p><p>一、丙</p><p>●丁</p>", "<p>(1)甲</p><p>(a)乙</p><p>一、丙</p><p>●丁</p>"),
        ("<p># 甲</p><p>- 乙</p><p>> 丙</p>", "<p># 甲</p><p>- 乙</p><p>&gt; 丙</p>"),
        ("<p>a&#27;[2Jb&#x9b;c&#0;d&#x202e;e&#xe000;f</p>", "<p>a[2Jb›c�def</p>"),
        # bold
        ("<p><strong>甲</strong><strong>乙</strong><strong>PMI</strong></p>", "<p><strong>甲乙PMI</strong></p>"),
        ("<p><strong>甲<strong>乙</strong>丙</strong></p>", "<p><strong>甲乙丙</strong></p>"),
        ("<p><strong>答： </strong>根据</p>", "<p><strong>答：</strong> 根据</p>"),
        (
            '<p><strong><span style="color:#ff0000;">一线</span></strong>中</p>',
            "<p><strong>一线</strong>中</p>",
        ),
        (f"<p><strong>{keytip('1.600160', '巨化')}等</strong></p>", "<p><strong>巨化等</strong></p>"),
        ("<p><b>甲</b><i>乙</i></p>", "<p><strong>甲</strong>乙</p>"),
        ("<p>甲<em>乙</em>丙</p>", "<p>甲<em>乙</em>丙</p>"),
        ("<p><strong> </strong>甲<strong></strong></p>", "<p>甲</p>"),
        # headings
        ('<h3 class="emh3"><strong>题</strong></h3><p>甲</p>', "<h3><strong>题</strong></h3><p>甲</p>"),
        ("<h1>一</h1><h6>六</h6>", "<h1>一</h1><h6>六</h6>"),
        ("<h2>题<br />目</h2>", "<h2>题 目</h2>"),
        # lists and quotes
        ("<ul><li>甲</li><li>乙</li></ul>", "<ul><li>甲</li><li>乙</li></ul>"),
        ('<ol start="3"><li>甲</li></ol>', '<ol start="3"><li>甲</li></ol>'),
        ("<ol><li>甲<ul><li>乙</li></ul></li></ol>", "<ol><li>甲<ul><li>乙</li></ul></li></ol>"),
        ("<ul><li><p>甲</p><p>乙</p></li></ul>", "<ul><li>甲<br>乙</li></ul>"),
        ("<ul><li>甲</li><ul><li>乙</li></ul></ul>", "<ul><li>甲</li><li><ul><li>乙</li></ul></li></ul>"),
        ("<ul></ul><ol><li></li></ol><p>甲</p>", "<p>甲</p>"),
        ("<li>甲</li><p>乙</p>", "<p>甲</p><p>乙</p>"),
        ("<blockquote><p>甲</p>乙</blockquote>", "<blockquote><p>甲</p><p>乙</p></blockquote>"),
        ("<p>甲</p><hr><p>乙</p>", "<p>甲</p><hr><p>乙</p>"),
        ("<pre>a  b\n\tc &lt;x&gt;</pre>", "<pre>a  b\n    c &lt;x&gt;</pre>"),
        ("<p><code>a  b</code></p>", "<p><code>a b</code></p>"),
        # unknown elements are their text
        ('<section><font color="red">甲</font><foo>乙</foo><u>丙</u></section>', "<p>甲乙丙</p>"),
        ("<p>甲<sup>2</sup>乙<sub>3</sub></p>", "<p>甲2乙3</p>"),
        ("<dl><dt>甲</dt><dd>乙</dd></dl>", "<p>甲</p><p>乙</p>"),
        ('<p class="res-edit">甲</p>', "<p>甲</p>"),
        ("", ""),
        ("   \n ", ""),
    ],
)  # fmt: skip
def test_cleaning(written: str, cleaned: str) -> None:
    assert body(written).html == cleaned


def test_text_between_a_real_and_a_stray_comment_stays() -> None:
    found = body(
        f"{chart('0.301857')}<p>甲。</p>{IMAGE}<p>乙。</p><!-- EM_StockImg_End --><p>丙。</p>"
    )
    assert found.text == "甲。\n乙。\n丙。"
    assert symbols(found.mentions.tickers()) == ["301857.SZ"]


def test_an_unclosed_hidden_element_does_not_swallow_the_article() -> None:
    found = body(f'<p>甲。</p><div style="display:none;"><p>乙。</p><p>丙。</p>{SOURCE}')
    assert found.html == "<p>甲。</p><p>乙。</p><p>丙。</p><p>（文章来源：财联社）</p>"
    assert found.source == "财联社"
    assert "hidden" in found.problems[0]


def test_a_hidden_element_with_most_of_the_text_is_shown_without_source_line_too() -> None:
    text = "市场回暖。" * 60
    assert text in body(f'<p>甲。</p><center style="display:none">{text}').html


def test_many_hidden_elements_are_dropped_in_time() -> None:
    started = time.process_time()
    found = body(f"<p>甲。</p>{'<div hidden>' + '暗' * 210 + '</div>'}{'<p>乙。</p>' * 10}" * 900)
    assert "甲。" in found.html
    assert time.process_time() - started < 1


# Tickers


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
    assert (mention.ticker.symbol, mention.trust.value, mention.count) == (symbol, "chart", 1)
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
    assert (mention.ticker.name, mention.trust.value, mention.count) == ("巨化股份", "chart", 2)


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
        ('<a class="em_stock_key_common" href="http://quote.eastmoney.com/r/0.002353" '
         'data-code="002353">杰瑞</a>', [("002353.SZ", "weak")]),
        ('<a class="keytip" href="http://wap.eastmoney.com/quote/stock/0.301857.html" '
         'data-code="301857">慕岚</a>', [("301857.SZ", "mark")]),
        ('<span class="em_stock_key_common" href="http://baike.eastmoney.com/item/x">业绩</span>', []),
        (f"<strong>{keytip('0.000001', '平安')}</strong>", [("000001.SZ", "mark")]),
        (f"<span>{keytip('0.000001', '平安')}</span>", [("000001.SZ", "mark")]),
        ('<a class="keytip" data-code="1,\x1b[2J">x</a>', []),
        ("巨化股份(600160)", [("600160.SH", "text")]),
        ("<strong>巨化股份</strong>(600160.SH)", [("600160.SH", "text")]),
    ],
)  # fmt: skip
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


@pytest.mark.parametrize("heading", ['<h3 class="emh3">相关报道</h3>', "<p><strong>相关报道：</strong></p>",
                                     "<p>【相关报道】</p>"])  # fmt: skip
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


# The source line


@pytest.mark.parametrize(
    ("line", "source", "shown"),
    [
        (SOURCE, "财联社", "（文章来源：财联社）"),
        ('<p class="em_media">(文章来源:21财经  APP)</p>', "21财经 APP", "(文章来源:21财经 APP)"),
        ('<p class="em_media">（文章来源：安信国际证券(香港)）</p>', "安信国际证券(香港)",
         "（文章来源：安信国际证券(香港)）"),
        ('<p class="em_media">文章来源：安信国际证券(香港)</p>', "安信国际证券(香港)",
         "文章来源：安信国际证券(香港)"),
        (f'<p class="em_media">（文章来源：中国{keytip("90.BK0473", "证券")}报）</p>', "中国证券报",
         "（文章来源：中国证券报）"),
        (f'<p class="x em_media">（文章来源：<span>中国{weak("1.600519", "证券")}</span>报）</p>', "中国证券报",
         "（文章来源：中国证券报）"),
        ('<p class="em_media">（文章来源：<a href="http://a.example/">财联社</a>）</p>', "财联社",
         "（文章来源：财联社）"),
        ('<p class="em_media">财联社</p>', "财联社", "财联社"),
        ("<p>（文章来源：财联社）</p>", "财联社", "（文章来源：财联社）"),
        ('<p class="em_media">（文章来源：）</p>', None, "（文章来源：）"),
        ('<p class="em_media"></p>', None, None),
        ("<p>据（文章来源：财联社）报道</p>", None, None),
    ],
)  # fmt: skip
def test_the_source_line(line: str, source: str | None, shown: str | None) -> None:
    found = body(f"<p>甲。</p>{line}")
    assert (found.source, found.source_line) == (source, shown)
    assert found.mentions.tickers() == found.mentions.sectors() == ()
    assert found.links == []
    if shown:
        assert found.html.endswith(f"<p>{shown}</p>")
        assert found.text == "甲。"


# Images and captions


@pytest.mark.parametrize(
    ("after", "caption"),
    [
        ('<p style="text-align:center;">图片来源：受访者供图</p>', "图片来源：受访者供图"),
        ('<p style="text-align: center">某地街景</p>', "某地街景"),
        ("<p>数据来源：国家统计局</p>", "数据来源：国家统计局"),
        ("<p>图1：某地街景</p>", "图1：某地街景"),
        ("<p>（图片来源：网络）</p>", "（图片来源：网络）"),
        (f'{HIDDEN}<p style="text-align:center;">图片来源：网络</p>', "图片来源：网络"),
        ("<p>公司表示，二季度回暖。</p>", ""),
        ("<p>公司表示。</p><p>图片来源：网络</p>", ""),
        (f'<p style="text-align:center;">{"长" * 81}</p>', ""),
        ("", ""),
    ],
)
def test_the_caption_of_an_image(after: str, caption: str) -> None:
    (image,) = body(f"<p>甲。</p>{IMAGE}{after}<p>乙。</p>").images
    assert (image.url, image.alt, image.caption) == (
        "https://dfscdn.dfcfw.com/download/D1_w800h555.jpg",
        "Image",
        caption,
    )


def test_a_caption_belongs_to_the_last_of_several_images() -> None:
    found = body(f'{IMAGE}{IMAGE}<p style="text-align:center;">图片来源：网络</p>')
    assert [image.caption for image in found.images] == ["", "图片来源：网络"]


def test_a_figure_has_its_caption_inside() -> None:
    (image,) = body(
        '<figure><img src="//a.example/b.png" alt="街景"><figcaption>夜色</figcaption></figure>'
    ).images
    assert (image.url, image.alt, image.caption) == ("https://a.example/b.png", "街景", "夜色")


def test_a_chart_has_no_caption() -> None:
    found = body(f'{chart("1.600519")}<p style="text-align:center;">图片来源：网络</p>')
    assert found.images == []
    assert found.html == "<p>图片来源：网络</p>"


@pytest.mark.parametrize("alt", ["Image", "image", "图片", "", "图片1", "pic"])
def test_a_worthless_alt_is_not_shown(alt: str) -> None:
    assert 'alt=""' in body(f'<img src="https://a.example/b.png" alt="{alt}">').html


@pytest.mark.parametrize(
    "tag",
    ['<img src="data:image/png;base64,aGk=">', "<img>", '<img src=" ">', '<img alt="x">'],
)
def test_an_image_without_address_is_none(tag: str) -> None:
    assert body(f"<p>甲</p>{tag}").images == []


def test_an_image_loaded_late_is_found() -> None:
    (image,) = body('<img data-src="https://a.example/b.png" alt="街景">').images
    assert image.url == "https://a.example/b.png"


# Links


def test_links_are_numbered_with_their_text() -> None:
    found = body(
        '<p>见<a href="https://finance.eastmoney.com/a/202205202383015527.html">《<strong>甲</strong>》</a>'
        '和<a href="/a/1.html">站内</a>、<a href="javascript:alert(1)">脚本</a>、'
        '<a href="//a.example/茅台"> 乙 </a>、<a href="https://b.example/"></a></p>'
    )
    assert [(link.text, link.url) for link in found.links] == [
        ("《甲》", "https://finance.eastmoney.com/a/202205202383015527.html"),
        ("乙", "https://a.example/%E8%8C%85%E5%8F%B0"),
    ]
    assert "站内、脚本" in found.html.replace("和", "")
    assert "javascript" not in found.html


# Tables


def table(content: str) -> str:
    return (
        '<table border="0" cellspacing="1" cellpadding="5" align="center" '
        f'class="cms_autoformat_table"><tbody>{content}</tbody></table>'
    )


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("<tr><th>甲</th><th>乙</th></tr><tr><td>1</td><td>2</td></tr>",
         "<tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr>"),
        ("<tr><td colspan=2>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td><td>3</td></tr>",
         "<tr><td>甲</td><td></td><td>乙</td></tr><tr><td>1</td><td>2</td><td>3</td></tr>"),
        ("<tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr>",
         "<tr><td>甲</td><td>1</td></tr><tr><td></td><td>2</td></tr>"),
        ("<tr><td rowspan=2 colspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr>",
         "<tr><td>甲</td><td></td><td>1</td></tr><tr><td></td><td></td><td>2</td></tr>"),
        ("<tr><td>1</td><td>2</td></tr><tr><td>3</td></tr>",
         "<tr><td>1</td><td>2</td></tr><tr><td>3</td><td></td></tr>"),
        ("<tr><td></td><td>2</td></tr>", "<tr><td></td><td>2</td></tr>"),
        ("<tr><td><p>甲</p><p>乙</p></td><td>1<br>2</td></tr>", "<tr><td>甲 乙</td><td>1 2</td></tr>"),
        ("<tr><td>a | b</td><td><strong>粗</strong></td></tr>",
         "<tr><td>a | b</td><td><strong>粗</strong></td></tr>"),
        ("<tr><td><ul><li>甲</li></ul></td><td>2</td></tr>", "<tr><td>甲</td><td>2</td></tr>"),
        ("<tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td><td>2</td></tr>",
         "<tr><td>甲 乙</td><td>2</td></tr>"),
    ],
)  # fmt: skip
def test_a_table_is_a_full_grid(written: str, cleaned: str) -> None:
    found = body(f"<p>前</p>{table(written)}<p>后</p>")
    assert found.html == f"<p>前</p><table>{cleaned}</table><p>后</p>"
    assert found.tables == 1


@pytest.mark.parametrize("rows", ["<tr><td><p>甲</p><p>乙</p></td></tr>", "<tr><td><p>甲</p></td></tr><tr><td>乙</td></tr>"])  # fmt: skip
def test_a_table_of_one_column_is_a_frame(rows: str) -> None:
    found = body(table(rows))
    assert (found.html, found.tables) == ("<p>甲</p><p>乙</p>", 0)


def test_an_empty_table_is_nothing() -> None:
    found = body(f"{table('<tr><td></td><td> </td></tr>')}{table('')}<p>甲</p>")
    assert (found.html, found.tables) == ("<p>甲</p>", 0)


def test_images_and_marks_inside_a_table_are_kept() -> None:
    found = body(table(f"<tr><td>{IMAGE}图</td><td>{keytip('1.600519', '茅台')}</td></tr>"))
    assert symbols(found.mentions.tickers()) == ["600519.SH"]
    assert len(found.images) == 1
    assert found.html.startswith("<table><tr><td>图</td><td>茅台</td></tr></table><p><img")


def test_a_caption_row_of_a_table_is_kept() -> None:
    found = body("<table><caption>表一</caption><tr><td>1</td><td>2</td></tr></table>")
    assert "表一" in found.text


def test_a_table_that_would_explode_is_read_as_text() -> None:
    row = "<tr>" + '<td colspan="100" rowspan="100">甲</td>' * 30 + "</tr>"
    found = body(table(row * 50))
    assert "甲" in found.html


# Floods


@pytest.mark.parametrize(
    "tag", ["div", "b", "ul><li", "blockquote", "span", "table><tr><td", "a href=x", "font"]
)
def test_ten_thousand_deep(tag: str) -> None:
    started = time.process_time()
    found = body(f"<p>甲。</p>{f'<{tag}>' * 10_000}<p>乙。</p>")
    assert "甲。" in found.html and "乙。" in found.html
    to_markdown(found.html)
    assert time.process_time() - started < 1


def test_plain_text_has_paragraphs_and_lines() -> None:
    found = clean("甲 &lt;x&gt; (600519)\n乙茅台(600519)\n\n\n  丙\n", is_html=False)
    assert found.html == "<p>甲 &lt;x&gt; (600519)<br>乙茅台(600519)</p><p>丙</p>"
    assert symbols(found.mentions.tickers()) == ["600519.SH"]
