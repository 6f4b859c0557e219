"""Simplified and traditional characters are the same in a search, where opencc was there."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from opencc import OpenCC

from finews_tui.library import Anew, Library, Query, Words, hant, update
from finews_tui.library.records import Record
from finews_tui.library.segments import sheaf
from finews_tui.library.tokens import Folding, composed, fold, fold_by, folding_in_force, hits
from finews_tui.posts.text import Text, text_of

from .archives import code, em, opened, run
from .oracle import Oracle, keys, parsed

TRADITIONAL = OpenCC("s2t").convert
SIMPLIFIED = OpenCC("t2s").convert
TEXTS = [
    "台湾股市收盘创历史新高，半导体类股领涨，台积电涨幅超过百分之三。",
    "香港恒生指数收复两万点，腾讯控股与阿里巴巴反弹，南向资金净买入。",
    "央行宣布下调存款准备金率，释放长期资金约一万亿元，银行板块走强。",
    "头发护理品牌发布业绩预告，后来居上；皇后大道的里程碑与面条、干部。",
    "国际油价跌破八十美元，黄金价格创纪录，市场关注联准会议息结果。",
    "新能源汽车产业链个股活跃，动力电池龙头发债融资，丰田体系供应商受惠。",
]
"""What is written in both ways; some characters have several traditional ones."""


@contextmanager
def without_opencc() -> Iterator[None]:
    """As where the extra is not installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "opencc", None)  # what Python itself does for "not there"
        yield


@pytest.fixture(autouse=True)
def _folding() -> Iterator[None]:
    """Leave the folding of the process as it was."""
    before = folding_in_force()
    yield
    fold_by(before)


@pytest.fixture(scope="module")
def table() -> Folding:
    return hant.folding()


def fill(archive: Path, count: int, chance: random.Random) -> None:
    """Write posts in either way, and some that are mixed."""
    for number in range(count):
        parts = chance.sample(TEXTS, 3)
        written = [part if chance.random() < 0.5 else TRADITIONAL(part) for part in parts]
        em(archive / "_posts", number, written[0][:14], f"<p>{'</p><p>'.join(written[1:])}</p>")


def test_the_table(table: Folding) -> None:
    assert table.name.startswith("opencc ")
    pairs = dict(zip(table.pairs[::2], table.pairs[1::2], strict=True))
    assert len(pairs) > 4_000
    fold_by(table)
    for one in "發髮后後臺颱裡麵乾幹體龜":
        assert len(fold(one)) == 1
    assert fold("發髮發展") == "发发发展"
    assert fold("臺灣證券ＡＢＣ") == "台湾证券abc"
    for one in pairs:
        assert len(fold(one)) == len(one) == 1, "places and lengths stay what they are"
        assert fold(fold(one)) == fold(one), "what is folded is folded to itself"
    assert Folding.read(table.written) == table
    assert Folding.read("") == Folding() and Folding().written == ""


def test_it_finds_what_brute_force_finds(
    archive: Path, index: Path, tmp_path: Path, table: Folding
) -> None:
    chance = random.Random(11)
    fill(archive, 120, chance)
    run(index, archive)
    with opened(index) as library:
        assert library.folding == table
        oracle = Oracle(library, parsed(archive))
        texts = [line for post in oracle.posts for line in "\n".join(text_of(post)).split("\n")]
        found = 0
        for _ in range(150):
            text = chance.choice([text for text in texts if text])
            at = chance.randrange(len(text))
            word = text[at : at + chance.randint(1, 5)]
            for written in (word, TRADITIONAL(word), SIMPLIFIED(word)):
                query = Query((Words(written),)) if written.strip() else Query()
                expected = oracle.search(query)
                assert keys(library, library.search(query)) == expected, written
                found += len(expected)
        assert found > 1_500
        for simple, other in (("台湾", "臺灣"), ("头发", "頭髮"), ("创历史新高", "創歷史新高")):
            for field in ("", "title:", "body:"):
                one, two = (Query.parse(f"{field}{word}") for word in (simple, other))
                assert list(library.search(one)) == list(library.search(two)) != []


def test_the_workers_fold_alike(archive: Path, index: Path) -> None:
    fill(archive, 700, random.Random(3))
    run(index, archive, jobs=2)
    with opened(index) as library:
        assert len(library.search(Query.parse("臺灣"))) == len(library.search(Query.parse("台湾")))
        oracle = Oracle(library, parsed(archive))
        assert len(oracle.search(Query.parse("臺灣"))) == len(library.search(Query.parse("臺灣")))


def test_a_snippet_marks_the_characters_that_were_found(archive: Path, index: Path) -> None:
    em(archive / "_posts", 1, "題目", "<p>今天的頭髮護理市場，發債融資。</p>")
    run(index, archive)
    with opened(index) as library:
        headline = library.find(code(1))
        pieces = library.snippet(headline, Query.parse("头发 发债融资"), 80)
        assert [text for text, is_hit in pieces if is_hit] == ["頭髮", "發債融資"]
        assert "".join(text for text, _ in pieces) == "今天的頭髮護理市場，發債融資。"


def test_rare_characters(table: Folding) -> None:
    rare = [
        (a, b) for a, b in zip(table.pairs[::2], table.pairs[1::2], strict=True) if b > "\uffff"
    ]
    assert len(rare) > 100
    fold_by(table)
    for one, plain in rare[:50]:
        text = composed(f"前{one}后，{plain}末")
        record = Record.unpacked(Record.of(Text("", "", text)).packed())
        assert record.has(fold(f"前{one}")) and record.has(fold(f"{plain}末"))
        assert record.has(fold(one)) and not record.has(fold(f"末{one}"))
        assert len(hits(text, [fold(one)])) == 2
        assert sheaf([text]) == sheaf([fold(text)])


def index_of(index: Path, archive: Path) -> tuple[list[str], Library]:
    reasons = [step.reason for step in update(index, [archive], jobs=1) if isinstance(step, Anew)]
    return reasons, opened(index)


def test_with_the_extra_without_it_and_again(archive: Path, index: Path) -> None:
    em(archive / "_posts", 1, "臺灣股市")
    em(archive / "_posts", 2, "台湾股市")
    with without_opencc():
        assert not hant.is_installed()
        reasons, library = index_of(index, archive)
        with library:
            assert (reasons, library.folding) == ([], Folding())
            assert keys(library, library.search(Query.parse("台湾"))) == [code(2)]
            library.mark([code(1)], starred=True)
    assert hant.is_installed()
    with opened(index) as library:
        assert keys(library, library.search(Query.parse("台湾"))) == [code(2)], "as it was made"
    reasons, library = index_of(index, archive)
    with library:
        assert len(reasons) == 1 and "traditional" in reasons[0]
        assert len(library.search(Query.parse("台湾"))) == 2
        assert library.find(code(1)).is_starred
    with without_opencc():
        em(archive / "_posts", 3, "臺灣新聞")
        reasons, library = index_of(index, archive)
        with library:
            assert reasons == [], "the table is in the index"
            assert len(library.search(Query.parse("台湾"))) == 3
            assert len(library.search(Query.parse("台湾新闻"))) == 1
        again = [type(step) for step in update(index, [archive], jobs=1, rebuild=True)]
        assert again[0] is Anew
        with opened(index) as library:
            assert library.folding == Folding()
            assert keys(library, library.search(Query.parse("台湾"))) == [code(2)]


def test_libraries_that_fold_differently_in_one_process(archive: Path, index: Path) -> None:
    em(archive / "_posts", 1, "臺灣股市")
    other = index.with_name("other.db")
    run(index, archive)
    with without_opencc():
        run(other, archive)
    with opened(index) as one, Library.open(other, index.with_name("state.db")) as two:
        for _ in range(2):
            assert len(one.search(Query.parse("台湾"))) == 1
            assert len(two.search(Query.parse("台湾"))) == 0
            assert len(two.search(Query.parse("臺灣"))) == 1
