"""Markdown shows exactly what the cleaned HTML shows, in any CommonMark renderer."""

from __future__ import annotations

import html as html_module
from pathlib import Path

import pytest
from hypothesis import example, given, settings

from finews_tui.posts import Post, parse, to_markdown
from finews_tui.posts.body import clean
from tests.posts.bodies import BODIES, PARAGRAPHS
from tests.posts.visible import rendered, visible

SAMPLES = sorted((Path(__file__).parents[2] / "sample_posts").rglob("*.md"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_post_loses_and_gains_no_character(path: Path) -> None:
    post = parse(path, path.read_bytes())
    assert isinstance(post, Post)
    assert visible(rendered(to_markdown(post.html))) == visible(post.html)


@settings(max_examples=120, deadline=None)
@given(BODIES)
@example("<p><strong>“十四五”</strong>规划</p>")
@example("<p>的<strong>“十四五”规划</strong>，<b>a</b><b>b</b></p>")
@example("<ul><li>a<ul><li>b</li></ul>c</li></ul>")
@example("<p>看!<a href='https://e.org'>x</a></p>")
def test_generated_bodies_lose_and_gain_no_character(source: str) -> None:
    cleaned = clean(source, is_html=True).html
    assert visible(rendered(to_markdown(cleaned))) == visible(cleaned)


@settings(max_examples=200, deadline=None)
@given(PARAGRAPHS)
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
