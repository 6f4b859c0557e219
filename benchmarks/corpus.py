"""Writes synthetic archives in upstream's shapes, the same bytes for the same number and seed.

Twins (one article in two feeds), all file eras and the known defects are in it, each about as often
as in the real archive; the companies and the news are invented.

    python -m benchmarks.corpus FOLDER COUNT [SEED]

A thousand articles are a block with dice of its own, so that several processes can write at once.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.vocabulary import clauses
from benchmarks.words import (
    BOARDS,
    CLAUSES,
    CODES,
    COMPANIES,
    HEADINGS,
    OBJECTS,
    SOURCES,
    SUBJECTS,
    TITLES,
    VERBS,
    Company,
)

LAST = datetime(2022, 6, 14, 23, 0)
"""The newest article; each older one is an INTERVAL before it, more or less."""
INTERVAL = timedelta(seconds=30)
"""Between two articles: some three thousand a day."""
BLOCK = 1_000
"""Articles that share their dice."""
RECENT = timedelta(days=3)
"""What is newer than this before LAST still lies in ``_posts``."""
HIDDEN = '<p style="display:none;height:1px;overflow:hidden;"><br /></p>'
QUOTE = "http://quote.eastmoney.com/unify/r"


class File(NamedTuple):
    """One file of the archive."""

    path: str
    """Relative to the archive."""
    data: bytes


def archive(count: int, seed: int = 1) -> Iterator[File]:
    """The files of ``count`` articles, newest first, and the ``_config.yml``."""
    yield File("_config.yml", b"title: bench\ntimezone: Asia/Shanghai\n")
    for start in range(0, count, BLOCK):
        yield from _block(start, min(count, start + BLOCK), seed)


def write(folder: Path, count: int, seed: int = 1) -> int:
    """Writes the archive below ``folder`` and returns the number of files that are posts."""
    for sub in ("_posts", "old_post"):
        (folder / sub).mkdir(parents=True, exist_ok=True)
    (folder / "_config.yml").write_bytes(next(archive(0)).data)
    starts = range(0, count, BLOCK)
    write_block = partial(_write_block, folder, count, seed)
    if len(starts) < 4:
        return sum(map(write_block, starts))
    with ProcessPoolExecutor() as pool:
        return sum(pool.map(write_block, starts))


def _write_block(folder: Path, count: int, seed: int, start: int) -> int:
    files = 0
    for file in _block(start, min(count, start + BLOCK), seed):
        (folder / file.path).write_bytes(file.data)
        files += 1
    return files


def _block(start: int, stop: int, seed: int) -> Iterator[File]:
    dice = random.Random(f"{seed} {start}")
    for number in range(start, stop):
        when = LAST - number * INTERVAL - timedelta(seconds=dice.randrange(INTERVAL.seconds))
        yield from _Article(dice, when, number).files()


class _Article:
    """One article while its files are being made."""

    def __init__(self, dice: random.Random, when: datetime, number: int) -> None:
        self.dice = dice
        self.when = when
        # As upstream does it: the later of a day has the higher number.
        self.code = f"{when:%Y%m%d}{2_999_999_999 - number:010}"
        self.folder = "_posts" if when > LAST - RECENT else "old_post"
        names, pinyins, weights = zip(*SOURCES, strict=True)
        (place,) = dice.choices(range(len(names)), weights)
        self.source, self.pinyin = names[place], pinyins[place]
        self.company = dice.choice(COMPANIES)
        self.board = dice.choice(BOARDS)
        self.title = self._words(dice.choice(TITLES))
        if dice.random() < 0.7:
            self.title = f"{dice.choice(clauses())} {self.title}"[:60].strip()
        self.paragraphs = [self._paragraph() for _ in range(self._length())]

    def files(self) -> Iterator[File]:
        shape = self.dice.random()
        if shape < 0.06:
            yield self._early()
        elif shape < 0.50:
            yield self._em()
        elif shape < 0.80:
            yield self._nw()
        else:
            yield self._em()
            yield self._nw()

    def _length(self) -> int:
        """Paragraphs: most posts are short, some are long."""
        return min(90, 1 + int(self.dice.expovariate(1 / 9)))

    def _words(self, pattern: str) -> str:
        return pattern.format(
            company=self.company.name,
            board=self.board[1],
            percent=self.dice.randint(1, 990) / 10,
            amount=self.dice.randint(1, 9_999),
            number=self.dice.randint(2, 80),
        )

    def _paragraph(self) -> str:
        dice = self.dice
        sentences = []
        for _ in range(dice.randint(1, 5)):
            said = "，".join(dice.choices(clauses(), k=dice.randint(1, 4)))
            shape = dice.random()
            if shape < 0.1:
                said = f"{dice.choice(SUBJECTS)}{dice.choice(VERBS)}，{said}"
            elif shape < 0.2:
                said = f"{dice.choice(CLAUSES)}，{said}，{self._words(dice.choice(OBJECTS))}"
            sentences.append(f"{said}。")
        if dice.random() < 0.3:
            sentences.append(f"@{self.company.name}@的股价当日变动{dice.randint(1, 99) / 10}%。")
        if dice.random() < 0.1:
            sentences.append(f"#{self.board[1]}#板块随之走强。")
        if dice.random() < 0.03:
            sentences.append(f"远山能源({dice.choice(CODES)})与{self.company.name}签约。")
        return "".join(sentences)

    def _head(self, category: str, tag: str, *, zone: str = " +0800") -> str:
        title, date = self.title, f"{self.when:%Y-%m-%d %H:%M:%S}{zone}"
        defect = self.dice.random()
        if defect < 0.003:
            title = f'交易"鬼才"{title}'
        elif defect < 0.006:
            title, date = "", " +0800"
        elif defect < 0.008:
            title += "\\"
        return (
            f'---\nlayout: post\ntitle: "{title}"\ndate: {date}\n'
            f"categories: {category}\ntags: {tag}\n---\n"
        )

    def _early(self) -> File:
        """Eras 0 to 2: one plain paragraph."""
        footer = self.dice.choice(
            (
                "",
                "\n\n[返回东财滚动新闻](../emnews/)\n[返回首页](../)",
                "\n\n[返回东财滚动新闻](//finews.zning.me/emnews/)｜[返回首页](//finews.zning.me/)",
            )
        )
        text = (
            f"{'' if footer else chr(10)}{self._head('emnews', '东财滚动新闻', zone='')}\n"
            f"{_plain(self.paragraphs[0])}（{self.source}）\n\n{self._original()}{footer}"
        )
        return self._file("", text)

    def _em(self) -> File:
        digest = f"> {_plain(self.paragraphs[0])}（{self.source}）\n\n"
        body = self._body([self._marked(text) for text in self.paragraphs])
        footer = _footer("东财滚动", "emnews/")
        head = self._head("emnews", "东财滚动新闻")
        return self._file("", f"{head}{digest}{body}\n\n{self._original()}\n\n{footer}")

    def _nw(self) -> File:
        body = self._body([_plain(text) for text in self.paragraphs])
        link = f"<http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW{self.code}>"
        footer = _footer(self.source, f"category/{self.pinyin}.html")
        head = self._head(self.pinyin, f"{self.source}新闻")
        return self._file("NW", f"{head}{body}\n\n{link}\n\n{footer}")

    def _file(self, feed: str, text: str) -> File:
        encoding = "gb18030" if self.dice.random() < 0.001 else "utf-8"
        name = f"{self.folder}/{self.when:%Y-%m-%d}-{feed}{self.code}.md"
        return File(name, text.encode(encoding))

    def _original(self) -> str:
        column = self.dice.choice((1344, 1345, 1350, 1353, 11060))
        return f"<http://finance.eastmoney.com/news/{column},{self.code}.html>"

    def _body(self, paragraphs: list[str]) -> str:
        parts = [f"{HIDDEN}{_chart(self.company)}"] if self.dice.random() < 0.4 else []
        for place, text in enumerate(paragraphs):
            parts.append(f"<p>{text}</p>")
            if place and place % 6 == 0:
                parts.append(f"<p><strong>{self.dice.choice(HEADINGS)}</strong></p>")
            if self.dice.random() < 0.02:
                parts.append(_IMAGE)
            if self.dice.random() < 0.005:
                parts.append(self._table())
        parts.append(f'<p class="em_media">（文章来源：{self.source}）</p>')
        return ("\r\n " if self.dice.random() < 0.15 else "").join(parts)

    def _table(self) -> str:
        rows = "".join(
            f"<tr><td>{company.name}</td><td>{self.dice.randint(1, 9999)}</td></tr>"
            for company in self.dice.sample(COMPANIES, 4)
        )
        return f"<table><tbody><tr><td>公司</td><td>净收入（亿元）</td></tr>{rows}</tbody></table>"

    def _marked(self, text: str) -> str:
        company, (board, name) = self.company, self.board
        key = f"{company.market}.{company.code}"
        prefix = "Info" if company.market == "116" else "stock"
        text = text.replace(
            f"@{company.name}@",
            f'<span id="{prefix}_{key}"><a href="{QUOTE}/{key}" class="keytip" '
            f'data-code="{company.market},{company.code}">{company.name}</a></span>'
            f'<span id="quote_{key}"></span>',
        )
        return text.replace(
            f"#{name}#",
            f'<span web="1" href="{QUOTE}/90.{board}" class="em_stock_key_common" '
            f'data-code="90,{board}">{name}</span>',
        )


_IMAGE = (
    '<center><img src="https://dfscdn.dfcfw.com/download/D24676903417074885805_w800h555.jpg" '
    'alt="Image" width="552" /></center><p style="text-align:center;">图片来源：公司官网</p>'
)


def _plain(text: str) -> str:
    return text.replace("@", "").replace("#", "")


def _footer(name: str, place: str) -> str:
    host = "//finews.withounder.com/"
    return f"[返回{name}新闻]({host}{place})｜[返回首页]({host})"


def _chart(company: Company) -> str:
    market, code, _ = company
    kind = {"1": 1, "0": 2, "116": 5}.get(market, 7)
    return (
        '<!-- EM_StockImg_Start --><p style="text-align:center;">'
        f'<a href="{QUOTE}/{market}.{code}" data-code="{code}|{market}|{kind}" '
        f'data-code2="{code}|{market}|3|" class="EmImageRemark" target="_blank">'
        f'<img src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid={market}.{code}'
        f'&imageType=k&token=0&at=1" alt="K图 {code}_0" data-code="K {code}|{market}|{kind}" '
        f'data-code2="K {code}|{market}|3|" width="578" height="276" /></a></p>'
        "<!-- EM_StockImg_End -->"
    )


if __name__ == "__main__":
    folder, count, *seed = sys.argv[1:]
    print(write(Path(folder), int(count), *map(int, seed)), "files")
