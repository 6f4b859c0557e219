"""Generated bodies, with all that is hard to say in Markdown."""

from __future__ import annotations

import html as html_module

from hypothesis import strategies as st

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
BODIES = st.lists(_BLOCK, max_size=5).map("".join)
"""Bodies of any blocks."""
PARAGRAPHS = st.lists(_PARAGRAPH, max_size=4).map("".join)
"""Bodies of paragraphs alone."""
