"""A sound element is the same alone as among others, which an HTML parser is asked to confirm."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from finews_tui.posts.balance import end_of

NAMES = "p div center blockquote ul ol li table tbody tr td th h2 h3 strong b i span a font".split()
TAGS = [f"<{name}>" for name in NAMES] + [f"</{name}>" for name in NAMES]
PIECES = [*TAGS, "<br />", "<img src='x'>", '<img src="//x" />', "<hr>", "文", " ", '<a href="x">']

TABLE = "<table><tbody><tr><td>甲<p>乙</p></td><th><b>丙</b></th></tr></tbody></table>"
SOUND = [
    "<p>甲<br />乙</p>",
    '<p class="x"><a href="?a=1&b=2"><b>甲</b></a></p>',
    "<div><p>甲</p><center><img src=\"//x\" /></center></div>",
    "<ul> <li>甲<ul><li>乙</li></ul></li>\n</ul>",
    "<blockquote>甲<p>乙</p></blockquote>",
    '<h2>甲</h2>',
    TABLE,
    f"<div>{TABLE}<hr>甲</div>",
    "<p><span><span><font>甲</font></span></span></p>",
]  # fmt: skip
UNSOUND = [
    "甲", "", "<p>甲", "</p>", "<p>甲</div>", "<p><p>甲</p></p>", "<p><div>甲</div></p>",
    "<b>甲</b>",
    "<p><b>甲</p></b>", "<p><a>甲<a>乙</a></a></p>", "<table>甲</table>",
    "<table><td>甲</td></table>",
    "<ul>甲</ul>", "<li>甲</li>", "<p/>", "<p>甲</p/>", "<P>甲</P>", "<p hidden>甲</p>",
    '<p hidden="">甲</p>',
    '<p style="DISPLAY: none">甲</p>', '<p><b style="visibility:hidden">甲</b></p>',
    "<p a='b'>甲</p>",
    "<p a=b>甲</p>", '<p a="&#39;">甲</p>', "<section>甲</section>", "<pre>甲</pre>",
    "<p><script></script></p>",
    "<div>" * 50 + "</div>" * 50, "<tr><td>甲</td></tr>",
]  # fmt: skip


@pytest.mark.parametrize("element", SOUND)
def test_a_sound_element_ends_where_it_ends(element: str) -> None:
    assert end_of(element, 0) == len(element)
    assert end_of(f"<p>一</p>{element}<p>二</p>", 8) == 8 + len(element)


@pytest.mark.parametrize("element", UNSOUND)
def test_what_an_html_parser_may_read_otherwise_is_not_sound(element: str) -> None:
    assert end_of(element, 0) == -1


@settings(max_examples=1_000)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=12).map("".join))
def test_a_sound_element_is_parsed_alone_as_among_others(soup: str) -> None:
    end = end_of(soup, 0)
    if end < 0:
        return
    element = soup[:end]
    alone = LexborHTMLParser(element).body
    among = LexborHTMLParser(f"<p>一</p>{element}<p>二</p>{element}").body
    assert alone is not None and among is not None
    inner = (alone.html or "").removeprefix("<body>").removesuffix("</body>")
    assert among.html == f"<body><p>一</p>{inner}<p>二</p>{inner}</body>"
