"""Makes posts of a small vocabulary, so that words meet, overlap and nearly match each other.

The same seed makes the same posts. Full-width letters, variants of punctuation, tables, captions,
source lines and mark-up inside of words are all in it.
"""

from __future__ import annotations

import os
import random
from datetime import datetime, timedelta
from pathlib import Path

from .archives import code, em, mark, nw, write

COUNT = 5_000 if os.environ.get("FINEWS_FULL") else 400
"""Posts of the big archive."""
_CHARACTERS = "中国平安保险银行证券央降准备金一二三上下游涨跌停板块新能源车茅台酒"
_LATIN = ["A股", "a", "GDP", "ＧＤＰ", "ST", "*ST", "5G", "IPO", "Wind", "ｗｉｎｄ", "3.5%", "１２"]
_MARKS = "，。、；：？！（）“”「」《》…·-—～ 　"
_START = datetime(2022, 6, 1, 12)


def phrase(chance: random.Random, length: int) -> str:
    """Return a run of characters, Latin words and punctuation."""
    parts: list[str] = []
    while len(parts) < length:
        dice = chance.random()
        if dice < 0.8:
            parts.append(chance.choice(_CHARACTERS))
        elif dice < 0.9:
            parts.append(chance.choice(_LATIN))
        else:
            parts.append(chance.choice(_MARKS))
    return "".join(parts)


def body(chance: random.Random) -> str:
    """Return the HTML of a body as upstream writes it."""
    parts: list[str] = []
    for _ in range(chance.randint(0, 4)):
        text = phrase(chance, chance.randint(3, 60))
        match chance.randrange(8):
            case 0:
                at = chance.randrange(len(text))
                text = f"{text[:at]}<strong>{text[at : at + 2]}</strong>{text[at + 2 :]}"
            case 1:
                text = f"{mark('1', '600519', '贵州茅台')}{text}"
            case 2:
                text = f"{text}<br>{phrase(chance, 5)}"
            case 3:
                cells = "".join(f"<td>{phrase(chance, 3)}</td>" for _ in range(3))
                parts.append(f"<table><tr>{cells}</tr><tr>{cells}</tr></table>")
            case 4:
                address = f"http://example.com/{phrase(chance, 2)}.jpg"
                parts.append(f'<p><img src="{address}" alt="{phrase(chance, 3)}"></p>')
        parts.append(f"<p>{text}</p>")
    if chance.random() < 0.5:
        parts.append(f'<p class="em_media">（文章来源：{phrase(chance, 3)}）</p>')
    return "".join(parts) or "<p>。</p>"


def post(archive: Path, number: int, chance: random.Random) -> Path:
    """Write the files of an article; returns one of them."""
    when = _START - timedelta(minutes=chance.randrange(0, 500_000, 7))
    day, time = f"{when:%Y-%m-%d}", f"{when:%H:%M:00}"
    title = phrase(chance, chance.randint(2, 14)).strip() or "题"
    match chance.randrange(10):
        case 0:
            nw(archive / "old_post", number, title, "财联社", day, time)
        case 1:
            text = f"## {phrase(chance, 4)}\n\n- {phrase(chance, 9)}\n\n`{phrase(chance, 3)}`\n"
            return write(archive / "notes" / f"{code(number)}.md", title, text)
    return em(archive / "_posts", number, title, body(chance), day, time)


def archive_of(folder: Path, count: int, seed: int = 1) -> random.Random:
    """Write an archive of ``count`` articles; returns the dice, to go on with."""
    chance = random.Random(seed)
    for number in range(count):
        post(folder, number, chance)
    return chance


def word(chance: random.Random, texts: list[str]) -> str:
    """Return a word of one to six characters, mostly one that stands somewhere."""
    if chance.random() < 0.25:
        found = phrase(chance, chance.randint(1, 4))[:6]
    else:
        text = chance.choice(texts)
        at = chance.randrange(len(text))
        found = text[at : at + chance.randint(1, 6)]
    dice = chance.random()
    if dice < 0.1:
        found = found.upper()
    elif dice < 0.2:
        found = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in found)
    return found if found.strip() else "中"
