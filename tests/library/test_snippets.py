"""A snippet shows the hit, marks it, and never takes more room than it has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.library import Progress, Query, update
from finews_tui.library.records import Record
from finews_tui.library.snippets import _cells, snippet
from finews_tui.library.tokens import composed, fold, hits
from finews_tui.posts import clean_block
from finews_tui.posts.text import Text

from .archives import em, opened, run

LONG = "周五收盘，上证指数涨百分之一，白酒板块领涨，贵州茅台创历史新高，成交额居前。"


@pytest.mark.parametrize(
    ("text", "query", "width", "shown"),
    [
        (Text("题", "", LONG), "茅台", 24, "…，贵州[茅台]创历史新高，…"),
        (Text("题", "", LONG), "周五", 12, "[周五]收盘，…"),
        (Text("题", "", LONG), "居前", 40, "…领涨，贵州茅台创历史新高，成交额[居前]。"),
        (Text("茅台", "", "无关。"), "茅台", 20, "[茅台]"),
        (Text("茅台", "说茅台", "也说茅台"), "茅台", 20, "说[茅台]"),
        (Text("题", "摘要", "正文"), "is:unread", 20, "摘要"),
        (Text("题", "", "一\n二 三"), "二", 20, "一 [二] 三"),
        (Text("题", "", "ＧＤＰ与gdp和㈱a"), "GDP 株", 30, "[ＧＤＰ]与[gdp]和[㈱]a"),
        (Text("题", "", "白酒白酒"), "白酒 酒白", 30, "[白酒白酒]"),
        (Text("题", "", "e\u0301a"), "É", 30, "[é]a"),
        (Text("", "", ""), "x", 30, ""),
        (Text("题", "", "正文"), "正", 0, ""),
        (Text("题", "", "正文正文"), "正", 1, "…"),
    ],
)
def test_snippet(text: Text, query: str, width: int, shown: str) -> None:
    pieces = snippet(Record.of(text), Query.parse(query), width)
    assert "".join(f"[{piece}]" if is_hit else piece for piece, is_hit in pieces) == shown


_TEXT = st.text(st.characters(codec="utf-8"), max_size=60).map(clean_block)


@given(_TEXT, _TEXT, st.integers(0, 40))
def test_a_snippet_fits(body: str, word: str, width: int) -> None:
    pieces = snippet(Record.of(Text("题", "", body)), Query.of("title", word), width)
    assert _cells("".join(text for text, _ in pieces)) <= width
    assert all(text for text, _ in pieces)


@given(_TEXT, _TEXT)
def test_hits_are_what_folds_to_the_word(text: str, word: str) -> None:
    text, word = composed(text), fold(word)
    found = hits(text, [word])
    assert bool(found) == bool(word and word in fold(text))
    for start, end in found:
        assert word in fold(text[start:end])


@given(_TEXT, _TEXT, _TEXT)
def test_a_record_keeps_the_text(title: str, digest: str, body: str) -> None:
    record = Record.of(Text(title, digest, body))
    assert Record.unpacked(record.packed()).text == record.text


_HAN = st.text("一丁七万丈三上下中国丌啊阿〇丂a\n", max_size=12).map(clean_block)
"""In two bytes each, of which the second of one and the first of the next are often a third."""


@given(st.one_of(_TEXT, _HAN), st.one_of(_TEXT, _HAN), st.one_of(_TEXT, _HAN))
def test_a_record_has_a_word_where_its_folded_lines_do(title: str, body: str, word: str) -> None:
    record = Record.of(Text(title, "", body))
    for piece in {fold(word), fold(word[:2]), fold(word[1:2]), fold(body[2:4])}:
        below = any(piece in fold(line) for line in ("", *body.split("\n")))
        above = any(piece in fold(line) for line in title.split("\n"))
        for found in (record, Record.unpacked(record.packed())):
            assert found.has(piece, in_title=False) == below
            assert found.has(piece) == (above or below)


def test_of_a_headline_and_of_a_post(archive: Path, index: Path) -> None:
    em(archive / "_posts", 0, body=f"<p>{LONG}</p>")
    run(index, archive)
    query = Query.parse("茅台")
    with opened(index) as library:
        (headline,) = library.headlines(library.search(query))
        shown = library.snippet(headline, query, 24)
        assert shown[1] == ("贵州", False) or ("茅台", True) in shown
        assert library.snippet(library.post(headline), query, 24) == shown
    steps = update(index.with_name("other.db"), [archive], jobs=1)
    assert any(isinstance(step, Progress) and step.phase == "text" for step in steps)
    steps.close()  # type: ignore[attr-defined]  # a generator, which the signature hides
    with opened(index.with_name("other.db")) as library:
        assert library.coverage == 0
        (headline,) = library.headlines(library.search(Query()))
        assert library.snippet(headline, query, 24) == shown, "the file is read"
