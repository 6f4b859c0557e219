"""The full text against brute force: nothing is missed, nothing is found that is not there."""

from __future__ import annotations

import os
import random
import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from finews_tui.library import Filter, Interrupted, Not, Or, Query, Words
from finews_tui.library.query import Node
from finews_tui.library.tokens import fold, is_plain, is_plainly_written
from finews_tui.posts.text import text_of

from .archives import code, opened, run, write
from .conftest import Shelf
from .oracle import Oracle, keys, parsed
from .synthetic import COUNT, archive_of, phrase, post, word

SAMPLE = Path(__file__).parents[2] / "sample_posts"


QUERIES = 500 if os.environ.get("FINEWS_FULL") else 150


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Return a library of synthetic posts."""
    folder = tmp_path_factory.mktemp("big")
    archive_of(folder / "archive", COUNT)
    run(folder / "index.db", folder / "archive", jobs=None)
    with opened(folder / "index.db") as library:
        oracle = Oracle(library, parsed(folder / "archive"))
        library.mark([post.key for post in oracle.posts[::5]], read=True)
        yield Shelf(library, Oracle(library, oracle.posts))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Return a library of the sample archive."""
    folder = tmp_path_factory.mktemp("sample")
    run(folder / "index.db", SAMPLE)
    with opened(folder / "index.db") as library:
        yield Shelf(library, Oracle(library, parsed(SAMPLE)))


def texts_of(shelf: Shelf) -> list[str]:
    """Return all lines of all posts, to take words from."""
    return [line for post in shelf.oracle.posts for line in "\n".join(text_of(post)).split("\n")]


def check_words(shelf: Shelf, chance: random.Random, count: int) -> int:
    """Ask for single words; returns how many posts were found in all."""
    texts = [text for text in texts_of(shelf) if text]
    found = 0
    for _ in range(count):
        wanted = word(chance, texts)
        query = Query((Words(wanted),))
        expected = shelf.oracle.search(query)
        assert keys(shelf.library, shelf.library.search(query)) == expected, wanted
        found += len(expected)
    return found


def test_each_word_of_the_sample(sample: Shelf) -> None:
    assert check_words(sample, random.Random(1), 500) > 500


def test_each_word_of_many_posts(big: Shelf) -> None:
    assert big.library.coverage == 1
    assert check_words(big, random.Random(2), QUERIES) > 3 * COUNT


def _node(chance: random.Random, texts: list[str], depth: int) -> Node:
    match chance.randrange(9 if depth else 6):
        case 0:
            return Filter("title", word(chance, texts))
        case 1:
            return Filter("body", word(chance, texts))
        case 2:
            return chance.choice(
                [
                    Filter("is", "unread"),
                    Filter("is", "read"),
                    Filter("since", "2022-01"),
                    Filter("until", "2021-12"),
                    Filter("has", "table"),
                    Filter("has", "image"),
                    Filter("ticker", "600519"),
                    Filter("source", "财联社"),
                ]
            )
        case 6:
            return Not(_node(chance, texts, depth - 1))
        case 7 | 8:
            return Or(tuple(_node(chance, texts, depth - 1) for _ in range(chance.randint(2, 3))))
    return Words(word(chance, texts))


def test_the_whole_language_over_many_posts(big: Shelf) -> None:
    chance = random.Random(3)
    texts = [text for text in texts_of(big) if text]
    for _ in range(120):
        parts = [_node(chance, texts, 2) for _ in range(chance.randint(1, 3))]
        if chance.random() < 0.2:
            parts.append(Filter("sort", "relevance"))
        query = Query(tuple(parts))
        expected = big.oracle.search(query)
        pages = [list(page) for page in big.library.search_pages(query, first=5)]
        assert keys(big.library, pages[-1]) == expected, str(query)
        assert Query.parse(str(query)) == query
        for page in pages:
            assert pages[-1][: len(page)] == page


def test_changes_keep_it_exact(tmp_path: Path, index: Path) -> None:
    archive = tmp_path / "archive"
    chance = archive_of(archive, 120)
    run(index, archive)
    for round in range(4):
        for number in chance.sample(range(120), 10):
            post(archive, number, chance)  # another text, often at another time
        for number in range(120 + 10 * round, 130 + 10 * round):
            post(archive, number, chance)
        for path in chance.sample(sorted((archive / "_posts").iterdir()), 8):
            path.unlink()
        for path in chance.sample(sorted((archive / "_posts").iterdir()), 8):
            (archive / "old_post").mkdir(exist_ok=True)
            path.rename(archive / "old_post" / path.name)
        run(index, archive)
        with opened(index) as library:
            assert library.coverage == 1
            shelf = Shelf(library, Oracle(library, parsed(archive)))
            check_words(shelf, chance, 60)
    assert _places(index) == len(parsed(archive)), "what is gone leaves nothing behind"


def _places(index: Path) -> int:
    """Return how many posts have a place, and check that each stands at its own."""
    with closing(sqlite3.connect(index)) as connection:
        runs = {
            run: array("I", posts)
            for run, posts in connection.execute("SELECT id, posts FROM runs")
        }
        dropped = set(connection.execute("SELECT run, place FROM dropped"))
        alive = {
            (post, run, place)
            for run, posts in runs.items()
            for place, post in enumerate(posts)
            if (run, place) not in dropped
        }
        assert alive == set(connection.execute("SELECT post, run, place FROM places"))
        with_text = {post for (post,) in connection.execute("SELECT post FROM texts")}
        assert with_text == {post for post, _, _ in alive}
        assert with_text <= {post for (post,) in connection.execute("SELECT id FROM posts")}
        ((lost,),) = connection.execute(
            "SELECT count(*) FROM words WHERE number >> 32 NOT IN (SELECT id FROM runs)"
        )
        assert lost == 0
        return len(alive)


def test_what_is_searched_and_what_is_not(archive: Path, index: Path) -> None:
    write(
        archive / "_posts" / f"2022-03-11-{code()}.md",
        "题目甲",
        "> 摘要乙\n\n<p>段落<strong>丙</strong>丁</p><h3>标题戊</h3>"
        '<p><img src="http://x.cn/己.jpg" alt="图像庚"></p><p>图片来源：辛</p>'
        "<table><tr><td>格壬</td><td>格癸</td></tr></table>"
        '<p class="em_media">（文章来源：子社）</p><p>相关报道</p>'
        '<p><a href="http://x.cn/丑">关于寅</a></p>\n\n<http://x.cn/卯.html>\n',
        date="2022-03-11 16:47:23 +0800",
        tags="辰新闻",
    )
    run(index, archive)
    with opened(index) as library:
        for there in "题目甲 摘要乙 段落丙丁 标题戊 图片来源：辛 格壬 格癸 相关报道 关于寅".split():
            assert len(library.search(Query((Words(there),)))) == 1, there
        for absent in "己 庚 子社 文章来源 丑 卯 辰 strong 甲摘 格壬格 丁标".split():
            assert len(library.search(Query((Words(absent),)))) == 0, absent


def test_one_fold_for_text_and_query() -> None:
    assert fold("ＧＤＰ增３％（“Ａ”…）") == 'gdp增3%("a"...)'
    assert fold("「甲」、乙，丙。") == '"甲",乙,丙.'
    assert fold("Straße\tİ\u3000") == "strasse i\u0307 "
    assert fold("e\u0301") == fold("É")
    assert phrase(random.Random(1), 5) == phrase(random.Random(1), 5)


def test_what_is_like_a_chinese_character_is_known() -> None:
    for point in range(0x110000):
        folded = fold(chr(point)) if not 0xD800 <= point < 0xE000 else ""
        if folded != chr(point) and any(is_plain(character) for character in folded):
            assert not is_plainly_written(chr(point)), hex(point)
    assert is_plainly_written("一（中）ＡＢＣ。")


@pytest.mark.parametrize("query", ["中 -一二三四", "/中.国/", "中国 sort:relevance"])
def test_a_question_can_be_given_up_between_two_pages(big: Shelf, query: str) -> None:
    expected = list(big.library.search(Query.parse(query)))
    pages = big.library.search_pages(Query.parse(query), first=1)
    page = list(next(pages))
    assert page == expected[: len(page)] != []
    pages.close()
    pages = big.library.search_pages(Query.parse(query), first=1)
    next(pages)
    big.library.interrupt()
    with pytest.raises(Interrupted):
        list(pages)
    assert list(big.library.search(Query.parse(query))) == expected
