"""The card of a post is the same whether its HTML was parsed or not; most posts need no parser."""

from __future__ import annotations

import pickle
from datetime import UTC
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.corpus import archive
from finews_tui.posts import Card, Failure, Post, Skipped, card_of, key_of, parse, skim
from tests.posts.shapes import NW_HEAD, SHAPES, file_of
from tests.posts.upstream import EM, HEAD, SOURCE, document, keytip, symbols, trusts

SAMPLES = Path(__file__).parents[2] / "sample_posts"
ROOT = Path("/archive")


def parsed(path: Path, data: bytes, root: Path = ROOT) -> Card | Failure | Skipped:
    """What the full reader says."""
    post = parse(path, data, root=root)
    return card_of(post) if isinstance(post, Post) else post


def skimmed(text: str, name: str = EM) -> Card:
    """The card of a post that needs no parser, which is that of its Post."""
    path, data = ROOT / "_posts" / name, text.encode()
    card = skim(str(path), data, root=str(ROOT))
    assert isinstance(card, Card)
    assert card == parsed(path, data)
    return card


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.md")), ids=lambda path: path.name)
def test_the_samples(path: Path) -> None:
    data = path.read_bytes()
    card = skim(str(path), data, root=str(SAMPLES))
    if key_of(path).isdigit():
        assert card is not None
    assert card in (None, parsed(path, data, SAMPLES))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape(shape: str) -> None:
    name, data = file_of(SHAPES[shape])
    path = ROOT / "_posts" / name
    card = skim(str(path), data, root=str(ROOT))
    assert card in (None, parsed(path, data))
    assert (card is None) == (shape == "no title nor digest")


def test_thousands_of_synthetic_posts() -> None:
    answers = count = 0
    for file in islice(archive(1_500, seed=3), 1, None):
        path = ROOT / file.path
        card = skim(str(path), file.data, root=str(ROOT))
        assert card in (None, parsed(path, file.data)), file.path
        answers += card is not None
        count += 1
    assert count > 1_500
    assert answers >= 0.99 * count


def test_what_a_card_tells() -> None:
    card = skimmed(SHAPES["related articles"].replace("相关报道】", "相关报道】："))
    assert (card.key, card.path) == ("202205312398034850", str(ROOT / "_posts" / EM))
    assert card.copies == (card.path,)
    assert (card.title, card.source, card.tags) == ("收盘综述", "财联社", ("东财滚动新闻",))
    assert trusts(card.tickers) == [
        ("600160.SH", "mark"),
        ("000001.SZ", "related"),
        ("000155.SZ", "related"),
    ]
    assert card.tickers[0].times == 2
    assert (card.images, card.tables, card.has_body) == (0, 0, True)
    assert not card.lacks_title and not card.lacks_date


def test_codes_and_marks_stand_in_the_order_of_the_text() -> None:
    card = skimmed(SHAPES["keytips and codes"])
    expected = "600160.SH 000957.SZ 300750.SZ 01548.HK 600519.SH 000155.SZ 399006.SZ".split()
    assert symbols(card.tickers) == expected


def test_a_code_in_a_table_comes_before_the_marks_behind_it() -> None:
    card = skimmed(SHAPES["tables"])
    assert symbols(card.tickers) == ["600519.SH", "300750.SZ", "600160.SH"]
    assert (card.tables, card.images) == (1, 1)


def test_nothing_visible_is_no_body() -> None:
    assert not skimmed(SHAPES["nothing visible"]).has_body
    assert not skimmed(SHAPES["no body"]).has_body
    assert skimmed(document("<p><strong>甲</strong></p>")).has_body
    assert skimmed(SHAPES["images alone"]).has_body


def test_a_stand_in_and_a_date_from_the_code_are_known_as_such() -> None:
    card = skimmed(SHAPES["no title"], EM.removeprefix("2022-05-31"))
    assert (card.title, card.lacks_title, card.lacks_date) == ("标题在此", True, True)
    assert card.published is not None and card.published.date().isoformat() == "2022-05-31"


def test_folders_and_the_zone_of_the_archive_count() -> None:
    path, data = ROOT / "funds" / "_posts" / EM, SHAPES["era 0"].encode()
    card = skim(str(path), data, root=str(ROOT), zone=UTC)
    assert isinstance(card, Card)
    assert card.categories == ("funds", "emnews")
    assert card.published is not None and card.published.utcoffset() == UTC.utcoffset(None)
    post = parse(path, data, root=ROOT, zone=UTC)
    assert isinstance(post, Post) and card == card_of(post)


@pytest.mark.parametrize(
    "data",
    [
        b"\0\1\2",
        b"no front matter",
        b"---\npublished: false\n---\n",
        HEAD.replace("layout: post", "published: false").encode() + SOURCE.encode(),
    ],
)
def test_what_is_no_post_is_told_as_the_full_reader_tells_it(data: bytes) -> None:
    card = skim(str(ROOT / EM), data)
    assert isinstance(card, Failure | Skipped)
    assert card == parse(ROOT / EM, data)


@pytest.mark.parametrize(
    "content",
    [
        "<p>一<p>二</p>",
        "<p>一</p></p>",
        "<p><strong>一</p><p>二</strong></p>",
        "<p><b>一<div>二</div></b></p>",
        "<p>一</p>二",
        "<p>一</p><!-- by hand --><p>二</p>",
        "<section><p>一</p></section>",
        "<p class=em_media>（文章来源：甲）</p>",
        '<div style="display:none"><p>一</p></div>',
        '<p><span hidden="">(600519)</span></p>',
        f'<a href="//x.example">{keytip("1.600519", "茅台")}</a>',
        "<script>x</script><p>一</p>",
        "<p>一</p><p>二",
        "<p>一</p>" * 400 + "<p>\0</p>",
    ],
)
def test_what_needs_a_parser(content: str) -> None:
    assert skim(str(ROOT / EM), document(content).encode()) is None


def test_a_post_of_a_person_needs_the_full_reader() -> None:
    text = "---\ntitle: Notes\n---\nSome *Markdown* and <b>HTML</b>.\n"
    assert skim(str(ROOT / "2021-01-01-notes.md"), text.encode()) is None
    html = f"{HEAD}<p>一</p>{SOURCE}"
    assert skim(str(ROOT / EM.replace(".md", ".html")), html.encode()) is None


def test_a_very_long_body_needs_the_full_reader() -> None:
    assert skim(str(ROOT / EM), document("<p>一</p>" * 40_000).encode()) is None


def test_cards_travel_between_processes() -> None:
    cards = [skimmed(SHAPES[shape]) for shape in ("keytips and codes", "tables", "era 0")]
    assert pickle.loads(pickle.dumps(cards)) == cards


def test_the_source_line_of_an_nw_copy_names_its_paper() -> None:
    content = '<p>一</p><p class="em_media">（文章来源：21世纪经济报道(版)）</p>'
    card = skimmed(document(content, head=NW_HEAD))
    assert (card.source, card.categories) == ("21世纪经济报道(版)", ("zhengquanshibao",))


def test_a_body_of_many_codes_takes_linear_time() -> None:
    """Each block is told, and none is counted through from the beginning of the body."""
    content = f"<p>{'甲' * 5}（600519）</p><p>乙</p>" * 1_500
    card = skimmed(document(content))
    assert symbols(card.tickers) == ["600519.SH"]
    assert card.tickers[0].times == 1_500


def test_shapes_that_only_look_like_known_ones() -> None:
    """A block inside a block, a link with mark-up, and tags too long to be remembered."""
    long = f'<p style="{"color:#ff0000;" * 100}">'
    for content in (
        f"{long}甲（600519）</p><p>乙</p>",
        "<p><span><strong><span>甲</span></strong></span>（600519）</p><p>乙</p>",
        '<p><a href="//x.example"><strong>甲</strong></a></p><p>（600519）</p>',
        '<center> <img src="https://x.example/a.jpg" /><br /> </center><p>乙</p>',
        "<center><p>甲</p></center><p>乙</p>",
    ):
        card = skim(str(ROOT / "_posts" / EM), document(content).encode(), root=str(ROOT))
        assert card in (None, parsed(ROOT / "_posts" / EM, document(content).encode()))
    assert skimmed(document(f"{long}甲（600519）</p><p>乙</p>")).has_body
