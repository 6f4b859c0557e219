"""Mutated posts of upstream's shapes: skim says what parse says, parse what the parser says.

``FINEWS_FUZZ=20000`` in the environment runs that many mutations instead of a few thousand;
``FINEWS_FUZZ_SEED`` gives others.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.corpus import archive
from finews_tui.posts import Post, card_of, parse, skim
from finews_tui.posts.body import begun, clean
from finews_tui.posts.collector import Body
from finews_tui.posts.heading import opened
from finews_tui.posts.split import split
from finews_tui.posts.walker import walk
from tests.posts.shapes import SHAPES, file_of

ROOT = Path("/archive")
SAMPLES = Path(__file__).parents[2] / "sample_posts"
FILES = [
    *((path.name, path.read_bytes()) for path in sorted(SAMPLES.rglob("*.md"))),
    *((Path(file.path).name, file.data) for file in islice(archive(60, seed=7), 1, None)),
    *(file_of(shape) for shape in SHAPES.values()),
]
COUNT = int(os.environ.get("FINEWS_FUZZ", "3000"))
SEED = int(os.environ.get("FINEWS_FUZZ_SEED", "1"))
BATCHES = 8

TAG = re.compile(rb"<[^<>]*>")
ATTRIBUTE = re.compile(rb' [a-z][a-z0-9_-]*="[^"]*"')
BLOCK = re.compile(rb"<(p|h3|center|table)\b[^<>]*>.*?</\1>", re.DOTALL)

MARKUP = [
    b'<p>', b'</p>', b'<strong>', b'</strong>', b'<span>', b'</span>', b'<a>', b'</a>', b'<br>',
    b'<br />', b'<br/>', b'<div>', b'</div>', b'<center>', b'</center>', b'<h3>', b'</h3>',
    b'<h3 class="emh3">', b'<p class="em_media">', b'<p style="display:none">', b'<P>', b'</P>',
    b'<b>', b'</b>', b'<em>', b'</em>', b'<i>', b'<u>', b'</u>', b'<font>', b'</font>', b'<ul>',
    b'<li>', b'</li>', b'</ul>', b'<table>', b'<tr>', b'<td>', b'</td>', b'</tr>', b'</table>',
    b'<blockquote>', b'</blockquote>', b'<hr>', b'<hr />', b'<pre>', b'</pre>', b'<img>',
    b'<img src="http://x.example/a.jpg" />', b'<img src="https://x.example/a.jpg">',
    b'<a href="http://x.example/?a=1&b=2" target="_blank">', b'<span id="quote_1.600000"></span>',
    b'<span style="color:#ff0000;">', b'<span style="display:none">', b'<p hidden>',
    b'<span web="1" href="http://quote.eastmoney.com/unify/r/1.600000" '
    b'class="em_stock_key_common" data-code="1,600000">',
    b'<a href="http://quote.eastmoney.com/unify/r/0.399006" class="infokey">',
    b'<a href="//quote.eastmoney.com/unify/r/105.JD" class="keytip" data-code="105,JD">',
    b'<!-- EM_x -->', b'<!-- EM_StockImg_Start -->', b'<!--', b'-->', b'<!-- x -->', b'<script>',
    b'</script>', b'<style>', b'<', b'>', b'</', b'<p', b'<p ', b'/>', b'<svg>', b'<x-y>',
    b'<![CDATA[', b'<?php', b'<title>', b'<body>', b'</body>', b'<html>', b'</html>', b'<tbody>',
    b'</tbody>', b'<ol>', b'</ol>',
]  # fmt: skip
WORDS = [
    '(000155)', '（600519）', ' (300750、', '600519.SH', '01548.HK', '(JD.O)', '(BABA.N、',
    'sh600519',
    '股票代码：JD', '代码 ：600519', '港交所：9618)', '纳斯达克：JD）', '证券代号为600000', '(',
    '（', '.', 'S', 'H', '.S',
    '6', '600519', '代', '码', '：', ':', '所', 'K', 'Q', '克', '相关报道', '相', '关报道', '相关',
    '【相关报道】',
    '文章来源', '（文章来源：财联社）', '(文章来源：甲', '）', '来源', '图片来源：甲', '&', '&amp;',
    '&lt;', '&gt;', '&quot;',
    '&nbsp;', '&#40;', '&#x28;', '&lpar;', '&#60;p&#62;', '&lt', '&amp', '&copy', '&notin;', '&a',
    '&;', '&#', 'S&P500', 'AT&T', '\u200b', '\u200d', '\ufeff', '\xad', '\u0301\u0301\u0301\u0301',
    '\u3000', '\xa0', '\x0b', '\x0c', '\x1c', '\x85', '\u2028', '\x00', '\x1b[2J', '😀', '𠮷', '\t',
    '\r', '\n', '\r\n', '\n\n', '\n>', '\n---\n', ' ', '  ', '> ',
    '[返回x新闻](//a)｜[返回首页](//b)',
    '\n<http://x.example/1.html>\n', '\n<>\n', '{{ x }}', '{% x %}', '*', '#', "'", '"', '\\', '=',
    '茅台', 'x',
]  # fmt: skip
CHANGES = [
    (b'"', b"'"), (b'"', b''), (b' ', b'  '), (b' ', b'\n'), (b'=', b' = '), (b'>', b'/>'),
    (b'<', b'< '), (b'p', b'P'), (b'</', b'<'), (b'<', b'</'), (b'class', b'id'), (b'id', b'class'),
    (b'href', b'src'), (b'src', b'data-src'), (b'data-code', b'data-code2'),
    (b'keytip', b'infokey'), (b'keytip', b'keytip em_stock_key_common'), (b'keytip', b'KEYTIP'),
    (b'em_media', b'x em_media'), (b'em_media', b'em_medium'), (b'em_stock_key_common', b'keytip'),
    (b'116', b'1'), (b'1.', b'0.'), (b'nid=', b'x=1&nid='), (b'nid=', b'nid=&#49;'),
    (b'&imageType', b'&amp;imageType'), (b'&at', b'&nid=1.600000&at'), (b'https:', b''),
    (b'http:', b'HTTP:'), (b'webquote', b'WebQuote'), (b'style', b'STYLE'), (b'none', b'block'),
    (b'display:none', b'display : none'), (b'text-align', b'display:none;text-align'),
    (b'\n ', b'\n'), (b'\n', b'\r\n'), (b'><', b'> <'), (b'><', b'>x<'), (b'><', b'><br /><'),
    (b'<p>', b'<p> '), (b'</p>', b'<br /><br /></p>'), (b'title: ', b'title:'),
    (b'title: ', b'titel: '), (b'title: "', b'title: "" #'), (b'date: ', b'date: x'),
    (b'tags: ', b'tags: ['), (b'tags: ', b'tags: '), (b'categories: ', b'categories: - '),
    (b'categories: ', b'categories: a: '), (b'layout: post', b'layout: post\npublished: false'),
    (b'+0800', b'+0900'), (b'+0800', b'Z'), (b'> ', b'>'), (b'> ', b''), (b'[', b'['),
    ('文章来源：'.encode(), '文章来源:'.encode()), ('（'.encode(), b'('), ('新闻'.encode(), b''),
    (b'<strong>', b'<b>'), (b'<span', b'<a'), (b'</span>', b'</a>'), (b'<a ', b'<span '),
    (b'<td>', b'<td colspan="2">'), (b'<td>', b'<td><p>'),
    (b'<table>', b'<table><caption>(600519)</caption>'), (b'<table', b'<p>x<table'),
    (b'<center>', b'<p>'), ('相关'.encode(), '<b>相</b>关'.encode()), (b'(6', b'(<b>6'),
    (b'.S', b'.<i>S'), (b'.SH', b'.SH<br />'), ('：'.encode(), b' : '),
]  # fmt: skip
TAMPERS = [
    b'"', b"'", b" ", b"=", b"/", b"&", b"&#34;", b"&quot;", b"\n", b"\t", b" hidden",
    b' hidden=""',
    b' style="display:none"', b' style="visibility: hidden"', b" style='DISPLAY:NONE'",
    b' class="x"',
    b' class="keytip"', b' class="em_media"', b' data-code="0,000001"', b' href="//x.example"',
    b" x=y",
    b' data-code="600000|1|1"', b' src="https://x.example/nid=1.600000"', b' align="center"', b"0",
    b"x",
    b' title="&lt;p&gt;"', b' style="dis&#112;lay:none"', b" a:b", b'a"b', b"--", b"\x00",
]  # fmt: skip

Mutation = Callable[[bytes, random.Random], bytes]


def found_in(pattern: re.Pattern[bytes], data: bytes, rng: random.Random) -> re.Match[bytes] | None:
    matches = list(pattern.finditer(data))
    return rng.choice(matches) if matches else None


def insert(data: bytes, rng: random.Random) -> bytes:
    """Mark-up or words, anywhere or beside a tag."""
    what = rng.choice(MARKUP) if rng.random() < 0.5 else rng.choice(WORDS).encode()
    tag = found_in(TAG, data, rng)
    place = rng.choice(tag.span()) if tag and rng.random() < 0.7 else rng.randrange(len(data) + 1)
    return data[:place] + what + data[place:]


def wrap(data: bytes, rng: random.Random) -> bytes:
    """A block or a tag's surroundings in an element."""
    block = found_in(rng.choice((BLOCK, TAG)), data, rng)
    name = rng.choice(b"strong span div b center p a blockquote li td u h3".split())
    if block is None:
        return data
    start, end = block.span()
    return b"%b<%b>%b</%b>%b" % (data[:start], name, data[start:end], name, data[end:])


def change(data: bytes, rng: random.Random) -> bytes:
    """One or all places where something stands become something else."""
    before, after = rng.choice(CHANGES)
    places = [found.start() for found in re.finditer(re.escape(before), data)]
    if not places:
        return insert(data, rng)
    if rng.random() < 0.2:
        return data.replace(before, after)
    place = rng.choice(places)
    return data[:place] + after + data[place + len(before) :]


def tamper(data: bytes, rng: random.Random) -> bytes:
    """Something inside a tag."""
    tag = found_in(TAG, data, rng)
    if tag is None:
        return data
    ends = [tag.start() + found.end() for found in re.finditer(rb"\w\b|\"", tag[0])]
    place = rng.choice([*ends, rng.randrange(*tag.span())])
    return data[:place] + rng.choice(TAMPERS) + data[place:]


def drop(data: bytes, rng: random.Random) -> bytes:
    """A tag, an attribute, a block or some bytes vanish."""
    what = found_in(rng.choice((TAG, ATTRIBUTE, BLOCK)), data, rng)
    if what is None or rng.random() < 0.1:
        place = rng.randrange(len(data) + 1)
        return data[:place] + data[place + rng.randrange(1, 9) :]
    return data[: what.start()] + data[what.end() :]


def double(data: bytes, rng: random.Random) -> bytes:
    """A tag, an attribute or a block stands twice, or somewhere else as well."""
    pattern = rng.choice((TAG, ATTRIBUTE, BLOCK))
    what, other = found_in(pattern, data, rng), found_in(rng.choice((pattern, TAG)), data, rng)
    if what is None or other is None:
        return data
    place = rng.choice((what.end(), other.start(), other.end()))
    return data[:place] + what[0] + data[place:]


def swap(data: bytes, rng: random.Random) -> bytes:
    """Two neighbours change places."""
    what = found_in(rng.choice((TAG, ATTRIBUTE, BLOCK)), data, rng)
    if what is None:
        return data
    start, end = what.span()
    step = rng.randrange(1, 40)
    return data[:start] + data[end : end + step] + data[start:end] + data[end + step :]


def graft(data: bytes, rng: random.Random) -> bytes:
    """A block of another post is put beside one."""
    block = found_in(BLOCK, rng.choice(FILES)[1], rng)
    here = found_in(BLOCK, data, rng)
    if block is None or here is None:
        return data
    place = rng.choice(here.span())
    return data[:place] + block[0] + data[place:]


def cut(data: bytes, rng: random.Random) -> bytes:
    first, second = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return rng.choice((data[:second], data[first:], data[:first] + data[second:]))


def recode(data: bytes, rng: random.Random) -> bytes:
    """The same text in another encoding, with other line ends, or with broken bytes."""
    text = data.decode("utf-8", "replace")
    return rng.choice(
        (
            lambda: text.encode("gb18030"),
            lambda: text.encode("utf-8-sig"),
            lambda: text.encode("utf-16"),
            lambda: data.replace(b"\n", b"\r\n"),
            lambda: data.replace(b"\n", b"\r"),
            lambda: b"\n" + data,
            lambda: data[:-2] + b"\xe4\xb8" + data[-2:],
            lambda: data.replace(b"<p>", b"<p>\xff", 1),
        )
    )()


MUTATIONS: list[Mutation] = [
    insert, insert, insert, wrap, change, change, change, tamper, tamper, drop, double, swap, graft,
    graft, cut, recode,
]  # fmt: skip
NAMES = (
    "2022-05-31-202205312398034850.md", "2022-05-31-NW202205312398034850.md",
    "-202205262391921712.md", "x.md", "2022-05-31-202205312398034850.html", "2022-02-30-post.md",
)  # fmt: skip


def read_by_the_parser(content: str, digest: str | None) -> Body:
    """The body as the HTML parser alone has it, without the short cuts of known shapes."""
    collector = begun(digest)
    walk(content, collector)
    return collector.finish()


@pytest.mark.parametrize("batch", range(BATCHES))
def test_mutated_posts(batch: int) -> None:
    answers = 0
    numbers = range(batch, COUNT, BATCHES)
    for number in numbers:
        rng = random.Random(f"{SEED}.{number}")
        name, data = rng.choice(FILES)
        steps = [rng.choice(MUTATIONS) for _ in range(rng.choice((1, 1, 2, 2, 3)))]
        for step in steps:
            data = step(data, rng)[:300_000]
        if rng.random() < 0.1:
            name = rng.choice(NAMES)
        path = ROOT / rng.choice(("_posts", "finance/_posts", "old_post")) / name
        where = f"seed {SEED}, mutation {number}, {name}: {[step.__name__ for step in steps]}"
        card = skim(str(path), data, root=str(ROOT))
        if card is not None:
            answers += 1
            post = parse(path, data, root=ROOT)
            assert card == (card_of(post) if isinstance(post, Post) else post), where
        found = opened(str(path), data)
        if isinstance(found, tuple):
            parts = split(found[0].body)
            read = clean(parts.content, is_html=True, digest=parts.digest)
            assert read == read_by_the_parser(parts.content, parts.digest), where
    assert answers > len(numbers) / 4, "what says nothing is never wrong"
