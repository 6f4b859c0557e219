"""Mutated posts give a Post, a Failure or a Skipped within a second, and clean strings only.

``FINEWS_FUZZ=20000`` in the environment runs that many mutations instead of a few hundred;
``FINEWS_FUZZ_SEED`` gives others.
"""

from __future__ import annotations

import os
import random
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from finews_tui.posts import Failure, Mention, Post, Skipped, merge, parse, to_markdown

ARCHIVE = Path(__file__).parents[2] / "sample_posts"
FILES = [(path.name, path.read_bytes()) for path in sorted(ARCHIVE.rglob("*.md"))]
COUNT = int(os.environ.get("FINEWS_FUZZ", "400"))
SEED = int(os.environ.get("FINEWS_FUZZ_SEED", "1"))
BATCHES = 8
LONGEST = 5_000_000
SECONDS = 1.0
FORBIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})

TAGS = (
    b"<div>|<b>|<ul><li>|<ol>|<table><tr><td>|<blockquote>|<font>|<i><b>|<a href=x><b><p>|<section>"
    b'|<span class="keytip" data-code="1,600000">|<a href="//x.example">|<p>|<p class="em_media">'
    b'|<p style="display:none">|<div style="display:none">|<h3>|<pre>|<code>|<center>|<svg>|<math>'
    b"|<select>"
    b"|<!--|-->|<![CDATA[|<script>|<style>|<textarea>|<plaintext>|</p>|</div>|<"
).split(b"|")
CHARACTERS = [
    char.encode("utf-8", "surrogatepass")
    for char in "\x1b[2J|\x00|\x07|\x08|\x7f|\x9b31m|\x9d|\x85|\u2028|\u2029|\u202e|\u2066|\u200b"
    "|\u200d|\ufeff|\u00ad|\ue000|\U000f0000|\U000e0041|\ud800|\ufdd0|\u0301|\u3000|\xa0|\r|\n|\n\n"
    "|\t| |*|`|\\|_|[x](|](|~|#|> |- |1. |&|<|(|\"|'|{{|{%|%}|---\n|😀|茅|(600519)|股票代码：|港交所：9618|http://".split(
        "|"
    )
]
ENTITIES = (
    b"&#27;|&#x1b;[2J|&#x9b;|&#155;|&#0;|&#8238;|&#x202e;|&#xe000;|&#xd800;|&#x10ffff;|&#99999999999;"
    b"|&#xfffffffff;|&zwj;|&shy;|&NegativeThickSpace;|&#65279;|&lt;b&gt;|&amp;#27;|&;|&#;|&copy"
).split(b"|")


def places(data: bytes, rng: random.Random) -> tuple[int, int]:
    """Two places in ``data``, in order."""
    first, second = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return first, second


def flip(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data or b"x")
    for _ in range(rng.randrange(1, 30)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(data: bytes, rng: random.Random) -> bytes:
    first, second = places(data, rng)
    return rng.choice([data[:first], data[first:], data[:first] + data[second:]])


def splice(data: bytes, rng: random.Random) -> bytes:
    other = rng.choice(FILES)[1]
    return data[: places(data, rng)[0]] + other[places(other, rng)[0] :]


def repeat(data: bytes, rng: random.Random) -> bytes:
    first, second = places(data, rng)
    return data[:second] + data[first:second] * rng.choice([2, 50]) + data[second:]


def nest(data: bytes, rng: random.Random) -> bytes:
    place = places(data, rng)[0]
    return data[:place] + rng.choice(TAGS) * rng.choice([1, 3, 100, 10_000]) + data[place:]


def plant(data: bytes, rng: random.Random) -> bytes:
    planted = rng.choice(CHARACTERS + ENTITIES)
    for _ in range(rng.choice([1, 5])):
        place = places(data, rng)[0]
        data = data[:place] + planted * rng.choice([1, 1, 30, 2_000]) + data[place:]
    return data


def flood(data: bytes, rng: random.Random) -> bytes:
    place = places(data, rng)[0]
    return data[:place] + rng.choice(CHARACTERS + ENTITIES) * 40_000 + data[place:]


def shuffle(data: bytes, rng: random.Random) -> bytes:
    separator = rng.choice([b"\n", b"<", b'"', b" "])
    parts = data.split(separator)
    rng.shuffle(parts)
    return separator.join(parts)


def head(data: bytes, rng: random.Random) -> bytes:
    """Something in the front matter's values."""
    lines = data.split(b"\n")
    at = rng.randrange(min(7, len(lines)))
    value = rng.choice(
        [
            b'"',
            b"\\",
            b"[" * 30_000,
            b"{a: " * 200,
            b"&a [*a]",
            b"!!python/object:os.x y",
            b"\t",
            b"- x",
            b"'",
            b": ",
            b"2022-13-45",
            b'"\\e[2J\\x9b\\u202e"',
            b"|",
            b">",
            b"x" * 100_000,
            b"&#27;\xc2\x9b",
        ]
    )
    lines[at] = rng.choice([lines[at] + value, lines[at].split(b":")[0] + b": " + value, value])
    return b"\n".join(lines)


def swell(data: bytes, rng: random.Random) -> bytes:
    """Five million bytes; seldom, as one of these takes as long as a hundred others."""
    if rng.random() < 0.9:
        return plant(data, rng)
    return data * (LONGEST // max(1, len(data)) + 1)


MUTATIONS: list[Callable[[bytes, random.Random], bytes]] = [
    flip,
    cut,
    splice,
    repeat,
    nest,
    plant,
    flood,
    shuffle,
    head,
    swell,
]


def strings(post: Post, markdown: str) -> Iterator[str]:
    """Every string of a post that may reach a screen."""
    yield from (post.title, post.key, markdown, post.html)
    yield from (text for text in (post.source, post.digest, post.url, post.source_line) if text)
    yield from (*post.tags, *post.categories, *post.problems)
    for link in post.links:
        yield from (link.text, link.url)
    for image in post.images:
        yield from (image.alt, image.caption, image.url)
    mentions: tuple[Mention, ...] = post.tickers + post.sectors
    for mention in mentions:
        yield from (mention.ticker.symbol, mention.ticker.code, mention.ticker.name or "")


def forbidden(text: str) -> set[str]:
    return {
        char for char in set(text) if char not in "\n\t" and unicodedata.category(char) in FORBIDDEN
    }


def check(name: str, data: bytes) -> Post | Failure | Skipped:
    started = time.process_time()
    found = parse(Path("/archive/_posts") / name, data, root=Path("/archive"))
    markdown = to_markdown(found.html) if isinstance(found, Post) else ""
    taken = time.process_time() - started
    # Measuring coverage makes Python code several times as slow.
    limit = SECONDS if sys.gettrace() is None else 6 * SECONDS
    assert taken < limit, f"{taken:.2f} s for {len(data):,} bytes"
    if isinstance(found, Post):
        assert found.title and found.key
        for text in strings(found, markdown):
            assert not forbidden(text), repr(text[:100])
        assert not any("\n" in text for text in (found.title, found.key, *found.tags))
        assert merge([found, found]).title == found.title
    else:
        assert not forbidden(found.reason)
    return found


@pytest.mark.parametrize("batch", range(BATCHES))
def test_mutated_posts(batch: int) -> None:
    for number in range(batch, COUNT, BATCHES):
        rng = random.Random(f"{SEED}.{number}")
        name, data = rng.choice(FILES)
        steps = [rng.choice(MUTATIONS) for _ in range(rng.choice([1, 1, 1, 2]))]
        for step in steps:
            data = step(data, rng)[:LONGEST]
        name = rng.choice([name, name, name, "x.md", "2022-01-01-a.html", "-202205262391921712.md"])
        # Seen only where the check fails: the last line tells which mutation it was.
        print(f"mutation {number}, {name}: {[step.__name__ for step in steps]}")
        check(name, data)


@pytest.mark.parametrize("size", [0, 1, 3, 4])
def test_tiny_files(size: int) -> None:
    for data in (b"---\n---\n"[:size], b"\xef\xbb\xbf\n"[:size], b"\xff\xfe\x00\xd8"[:size]):
        check("2022-05-31-x.md", data)


@pytest.mark.parametrize(
    "name", ["a\x1b[2Jb.md", "\u202e.md", "x" * 200 + ".md", "\udcff.md", " .md"]
)
def test_hostile_names(name: str) -> None:
    check(name, b"---\ntitle:\n---\n")
