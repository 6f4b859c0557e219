"""A body of upstream's shapes is cleaned without the HTML parser, and exactly as with it."""

from __future__ import annotations

import pytest

from finews_tui.posts.body import begun, clean
from finews_tui.posts.collector import Body, Collector
from finews_tui.posts.heading import digest_of
from finews_tui.posts.split import split
from finews_tui.posts.telling import Teller
from finews_tui.posts.walker import walk
from tests.posts.shapes import ADVERT, SHAPES, TABLE
from tests.posts.upstream import IMAGE, SOURCE, chart, keytip


def by_the_parser(content: str, digest: str | None = None) -> Body:
    """The body as the HTML parser alone has it."""
    collector = begun(digest)
    walk(content, collector)
    return collector.finish()


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape(shape: str) -> None:
    parts = split(SHAPES[shape].partition("---\n")[2].partition("---\n")[2].replace("\r\n", "\n"))
    digest = digest_of(parts)
    expected = by_the_parser(parts.content, digest)
    assert clean(parts.content, is_html=True, digest=digest) == expected
    assert Teller(Collector()).read(parts.content) or not parts.is_html


@pytest.mark.parametrize(
    "content",
    [
        ADVERT.replace('class="em_adv_mods"', 'class="em_media"'),
        ADVERT.replace('class="em_adv_mods"', 'class="EM_MEDIA"'),
        ADVERT.replace("display:none;", "x"),
        f"<p>\u3000甲 <br />\xa0乙<br /><br />丙</p>{IMAGE}<p>图1：丁</p>{SOURCE}",
        f'<h3 style="text-align:center;">甲<br />乙</h3>{chart("1.600519")}<p>丙 </p>',
        f"<p><strong>甲</strong><strong>{keytip('1.600519', '茅台')}</strong> 乙</p>{TABLE}",
        '<p><a href="//x.example/?a=1&b=2">甲</a><a href="javascript:x">乙</a></p>',
        '<p><a href="http://x.example/?a=1&lt=2&copy;=3">甲</a></p>',
        IMAGE.replace('alt="Image"', 'alt="甲 &quot;乙&quot;"') + "<p>说明：丙</p>",
    ],
)
def test_what_a_short_cut_could_get_wrong(content: str) -> None:
    assert clean(content, is_html=True) == by_the_parser(content)
