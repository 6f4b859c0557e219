"""Markdown shows exactly what the cleaned HTML shows, in any CommonMark renderer."""

from __future__ import annotations

import html as html_module
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from finews_tui.posts import Post, parse, to_markdown
from finews_tui.posts.body import clean
from tests.posts.visible import rendered, visible

SAMPLES = sorted((Path(__file__).parents[2] / "sample_posts").rglob("*.md"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_post_loses_and_gains_no_character(path: Path) -> None:
    post = parse(path, path.read_bytes())
    assert isinstance(post, Post)
    assert visible(rendered(to_markdown(post.html))) == visible(post.html)


# Text that Markdown would like to read something into, beside Chinese letters and punctuation.
_SPICE = st.sampled_from(
    "* _ ** __ ` `` ~~ # ## > + - 1. 2) ( ) [ ] [5G] ](a) ![ < <b> </p> & &amp; &lt; &#35; | \\ \\*"
    " = === --- :-- | * 一、 ● “十四五” （据悉） ，。 ！ 《 》 *ST 3.5% a_b HFO-1234yf"
    " https://e.org/a_b 茅台 ： \u3000 x".split(" ")
)
_WORDS = st.lists(
    st.one_of(_SPICE, st.text("茅台a1 .*_[]()`<>&|\\-“”，#+!~:", max_size=4)), max_size=5
)
_TEXT = _WORDS.map(lambda words: html_module.escape("".join(words)))
_SPACED = _WORDS.map(lambda words: html_module.escape(" ".join(words)))


def _wrap(tag: str) -> st.SearchStrategy[str]:
    return st.one_of(_TEXT, _SPACED).map(lambda text: f"<{tag}>{text}</{tag}>")


_LINK = st.tuples(st.sampled_from(["https://e.org/a", "http://e.org/(x)_y?a=1&copy=2"]), _TEXT).map(
    lambda pair: f'<a href="{html_module.escape(pair[0])}">{pair[1]}</a>'
)
_INLINE = st.lists(
    st.one_of(
        _TEXT,
        _SPACED,
        _wrap("strong"),
        _wrap("b"),
        _wrap("em"),
        _wrap("code"),
        _LINK,
        _LINK.map(lambda link: f"<strong>{link}</strong>"),
        _TEXT.map(lambda text: f'<a href="https://e.org/">a<strong>{text}</strong></a>'),
        _TEXT.map(lambda text: f"<strong><strong>{text}</strong>x</strong>"),
        st.just("<br>"),
        st.just('<img src="https://e.org/i_w1h2.jpg" alt="Image">'),
    ),
    max_size=6,
).map("".join)
_ITEMS = st.lists(_INLINE.map(lambda text: f"<li>{text}</li>"), min_size=1, max_size=12).map(
    "".join
)
_NESTED = st.tuples(st.sampled_from(["ul", "ol"]), _ITEMS, _ITEMS, _INLINE).map(
    lambda t: f"<{t[0]}>{t[1]}<li>{t[3]}<ol>{t[2]}</ol>{t[3]}</li>{t[1]}</{t[0]}>"
)
_TABLE = st.lists(st.lists(_INLINE, min_size=1, max_size=3), min_size=1, max_size=3).map(
    lambda rows: (
        "<table>"
        + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        + "</table>"
    )
)
_PARAGRAPH = _INLINE.map(lambda text: f"<p>{text}</p>")
_BLOCK = st.one_of(
    _PARAGRAPH,
    _INLINE.map(lambda text: f"<h3>{text}</h3>"),
    _TEXT.map(lambda text: f"<pre>{text}\n  {text}</pre>"),
    st.lists(_PARAGRAPH, max_size=3).map(lambda ps: f"<blockquote>{''.join(ps)}</blockquote>"),
    _ITEMS.map(lambda items: f"<ul>{items}</ul>"),
    _ITEMS.map(lambda items: f'<ol start="8">{items}</ol>'),
    _NESTED,
    _INLINE.map(lambda text: f"<ul>{text}<blockquote><p>{text}</p></blockquote>{text}</ul>"),
    _ITEMS.map(lambda items: f"<ul>甲<ol>{items}</ol>乙<pre>丙</pre></ul>"),
    _NESTED.map(lambda nested: f"<blockquote>{nested}</blockquote>"),
    _TABLE,
    _TABLE.map(lambda table: f"<blockquote><p>x</p>{table}</blockquote>"),
    st.just("<hr>"),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(_BLOCK, max_size=5).map("".join))
@example("<p><strong>“十四五”</strong>规划</p>")
@example("<p>的<strong>“十四五”规划</strong>，<b>a</b><b>b</b></p>")
@example("<ul><li>a<ul><li>b</li></ul>c</li></ul>")
@example("<p>看!<a href='https://e.org'>x</a></p>")
def test_generated_bodies_lose_and_gain_no_character(source: str) -> None:
    cleaned = clean(source, is_html=True).html
    assert visible(rendered(to_markdown(cleaned))) == visible(cleaned)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PARAGRAPH, max_size=4).map("".join))
def test_cleaning_keeps_the_text_of_paragraphs(source: str) -> None:
    def letters(html: str) -> str:
        return "".join("".join(visible(html).lines).split())

    assert letters(clean(source, is_html=True).html) == letters(source)


def test_bold_between_chinese_letters_is_bold_in_plain_commonmark() -> None:
    markdown = to_markdown("<p>推荐：<strong>北方华创(002371.SZ)</strong>等</p>")
    assert visible(rendered(markdown)).bold == ["北方华创(002371.SZ)"]


def test_ordinary_chinese_text_needs_no_escapes() -> None:
    text = "同比增长27.6%，*不含* 5~10%区间 [5G] a_b 《<基加利>修正案》 1.有关 R&D"
    cleaned = clean(f"<p>{html_module.escape(text)}</p>", is_html=True).html
    assert to_markdown(cleaned) == text.replace("*", "\\*") + "\n"


def test_an_empty_body_is_empty_markdown() -> None:
    assert to_markdown("") == ""
