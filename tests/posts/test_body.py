"""Noise never comes through the cleaner, and content always does."""

from __future__ import annotations

import time

import pytest

from finews_tui.posts import to_markdown
from finews_tui.posts.body import clean
from tests.posts.upstream import HIDDEN, IMAGE, SOURCE, body, chart, keytip, symbols, weak

ADVERT = (
    '<!-- EM_Adv_Module_Start --><center style="text-align:left;"><div class="em_adv_mods" '
    'type="1" style="display:none;">广告 </div> </center><!-- EM_Adv_Module_End -->'
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
        (
            "<p>甲。</p><script>alert(1)</script><style>p{}</style><p>乙。</p>",
            "<p>甲。</p><p>乙。</p>",
        ),
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
            '<p>净<span id="Info.1"><a href="//a.b/" class="infokey">利润</a></span></p>',
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
        (
            "<p>(1)甲</p><p>(a)乙</p><p>一、丙</p><p>●丁</p>",
            "<p>(1)甲</p><p>(a)乙</p><p>一、丙</p><p>●丁</p>",
        ),
        ("<p># 甲</p><p>- 乙</p><p>> 丙</p>", "<p># 甲</p><p>- 乙</p><p>&gt; 丙</p>"),
        ("<p>a&#27;[2Jb&#x9b;c&#0;d&#x202e;e&#xe000;f</p>", "<p>a[2Jb›c�def</p>"),
        # bold
        (
            "<p><strong>甲</strong><strong>乙</strong><strong>PMI</strong></p>",
            "<p><strong>甲乙PMI</strong></p>",
        ),
        ("<p><strong>甲<strong>乙</strong>丙</strong></p>", "<p><strong>甲乙丙</strong></p>"),
        ("<p><strong>答： </strong>根据</p>", "<p><strong>答：</strong> 根据</p>"),
        (
            '<p><strong><span style="color:#ff0000;">一线</span></strong>中</p>',
            "<p><strong>一线</strong>中</p>",
        ),
        (
            f"<p><strong>{keytip('1.600160', '巨化')}等</strong></p>",
            "<p><strong>巨化等</strong></p>",
        ),
        ("<p><b>甲</b><i>乙</i></p>", "<p><strong>甲</strong>乙</p>"),
        ("<p>甲<em>乙</em>丙</p>", "<p>甲<em>乙</em>丙</p>"),
        ("<p><strong> </strong>甲<strong></strong></p>", "<p>甲</p>"),
        ("<p><b>　</b>甲<b>　</b></p>", "<p>甲</p>"),
        ("<p>甲<strong><em>乙</em></strong>丙</p>", "<p>甲<strong>乙</strong>丙</p>"),
        ("<p>甲<strong><br>乙<br></strong>丙</p>", "<p>甲<br><strong>乙</strong><br>丙</p>"),
        ("<p>甲<code>a</code><code> b</code>乙</p>", "<p>甲<code>a b</code>乙</p>"),
        ('<p>甲<a href="https://a.example/">　</a>乙</p>', "<p>甲　乙</p>"),
        # headings
        (
            '<h3 class="emh3"><strong>题</strong></h3><p>甲</p>',
            "<h3><strong>题</strong></h3><p>甲</p>",
        ),
        ("<h1>一</h1><h6>六</h6>", "<h1>一</h1><h6>六</h6>"),
        ("<h2>题<br />目</h2>", "<h2>题 目</h2>"),
        # lists and quotes
        ("<ul><li>甲</li><li>乙</li></ul>", "<ul><li>甲</li><li>乙</li></ul>"),
        ('<ol start="3"><li>甲</li></ol>', '<ol start="3"><li>甲</li></ol>'),
        ("<ol><li>甲<ul><li>乙</li></ul></li></ol>", "<ol><li>甲<ul><li>乙</li></ul></li></ol>"),
        ("<ul><li><p>甲</p><p>乙</p></li></ul>", "<ul><li>甲<br>乙</li></ul>"),
        (
            "<ul><li>甲</li><ul><li>乙</li></ul></ul>",
            "<ul><li>甲</li><li><ul><li>乙</li></ul></li></ul>",
        ),
        (
            "<ul><ul><ul>甲</ul></ul><li>乙</li>丙</ul>",
            "<ul><li><ul><li><ul><li>甲</li></ul></li></ul></li><li>乙</li><li>丙</li></ul>",
        ),
        ("<ul></ul><ol><li></li></ol><p>甲</p>", "<p>甲</p>"),
        ("<li>甲</li><p>乙</p>", "<p>甲</p><p>乙</p>"),
        ("<ul>甲<li>乙</li></ul>", "<ul><li>甲</li><li>乙</li></ul>"),
        (
            "<ul><li>甲<ol><li>乙</li></ol>丙</li></ul>",
            "<ul><li>甲<ol><li>乙</li></ol></li><li>丙</li></ul>",
        ),
        ("<ul><li><pre>a\nb</pre></li></ul>", "<ul><li><code>a b</code></li></ul>"),
        ("<ul><li>甲<hr>乙</li></ul>", "<ul><li>甲<br>乙</li></ul>"),
        (
            "<ul><li><table><tr><td>甲</td><td>乙</td></tr></table></li></ul>",
            "<ul><li>甲 乙</li></ul>",
        ),
        ("<ul><li><blockquote>甲</blockquote></li></ul>", "<ul><li>甲</li></ul>"),
        ("<ul>甲<blockquote>乙</blockquote></ul>", "<ul><li>甲</li><li>乙</li></ul>"),
        (
            "<table><tr><td><pre>a  b</pre></td><td>c</td></tr></table>",
            "<table><tr><td>a b</td><td>c</td></tr></table>",
        ),
        ("<ul><li>" * 20 + "甲", "<ul><li>" * 6 + "甲" + "</li></ul>" * 6),
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
)
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


@pytest.mark.parametrize(
    "tag", ["div", "b", "ul><li", "blockquote", "span", "table><tr><td", "a href=x", "font"]
)
def test_ten_thousand_deep(tag: str) -> None:
    started = time.process_time()
    found = body(f"<p>甲。</p>{f'<{tag}>' * 10_000}<p>乙。</p>")
    assert "甲。" in found.html and "乙。" in found.html
    to_markdown(found.html)
    assert time.process_time() - started < 1


def test_what_is_too_deep_keeps_its_paragraphs() -> None:
    found = body(f"<p>甲。</p>{'<div>' * 5_000}<!-- 暗 --><p>乙。<br>丙&amp;</p><!-- 没有结束")
    assert found.html == "<p>甲。</p><p>乙。</p><p>丙&amp;</p><p>没有结束</p>"
    assert "too deep" in found.problems[0]


def test_plain_text_has_paragraphs_and_lines() -> None:
    found = clean("甲 &lt;x&gt; (600519)\n乙茅台(600519)\n\n\n  丙\n", is_html=False)
    assert found.html == "<p>甲 &lt;x&gt; (600519)<br>乙茅台(600519)</p><p>丙</p>"
    assert symbols(found.mentions.tickers()) == ["600519.SH"]


@pytest.mark.parametrize(
    "flood", ["　", " &nbsp;", "&#x2028;", "）", "(", "：", "相关报道", "文章来源："]
)
@pytest.mark.parametrize(
    "place", ["（文章来源：财{}联社）", "相关报道{}x", "图片来源{}：x", "甲(600519{})"]
)
def test_a_flood_inside_a_known_line_is_read_in_time(place: str, flood: str) -> None:
    started = time.process_time()
    body(f'{IMAGE}<p class="em_media">{place.format(flood * 20_000)}</p>')
    body(f"{IMAGE}<p>{place.format(flood * 20_000)}</p>")
    assert time.process_time() - started < 2
