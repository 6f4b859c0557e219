"""Gathers one body paragraph by paragraph: text, tickers, links, images, captions, source line.

``body.py`` walks the HTML and tells this room what it meets; ``writer.py`` gets the blocks.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from finews_tui.posts import tickers
from finews_tui.posts.clean import clean_block
from finews_tui.posts.kinds import Trust
from finews_tui.posts.mentions import Mentions
from finews_tui.posts.model import Image, Link, Ticker
from finews_tui.posts.runs import BREAK, Run, inline_html, plain, trim
from finews_tui.posts.writer import Joined, Writer
from finews_tui.posts.written import written_codes

# Lone blanks are replaced by themselves: a search for one set of characters is that much faster.
_SPACE = re.compile(r"[ \t\r\n\f\xa0]++")
_BLANK = " \n"
RELATED_WORDS = "相关报道"
"""A heading of this, and nothing else of weight, begins the related articles."""
SOURCE_WORDS = "文章来源"
"""The source line begins with these, behind a parenthesis."""
_RELATED = re.compile(rf"[【\[（(]?\s*{RELATED_WORDS}\s*[】\]）)]?\s*[：:]?")
_RELATED_LENGTH = 20
_SOURCE = re.compile(rf"(?P<open>[（(]\s*)?{SOURCE_WORDS}\s*[：:](?P<name>.*)", re.DOTALL)
_CAPTION = re.compile(
    r"[（(▲△↑]?\s*(?:图片|数据|资料|图表|图|表|制图|摄影|来源)"
    r"(?:\s*\d+)?\s*(?:来源|说明|提供)?\s*[：:]"
)
_CAPTION_LENGTH = 80
_WORTHLESS_ALT = re.compile(r"(?:image|img|图片|图|pic|picture|photo)?\d*", re.IGNORECASE)


@dataclass(slots=True)
class Body:
    """A cleaned body and what was found in it."""

    html: str = ""
    text: str = ""
    """The visible paragraphs, one a line, the source line apart: for stand-in titles."""
    source: str | None = None
    source_line: str | None = None
    mentions: Mentions = field(default_factory=Mentions)
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    tables: int = 0
    problems: list[str] = field(default_factory=list)


def one_line(text: str) -> str:
    """Foreign ``text`` clean and with its white space folded, as HTML shows it."""
    return _SPACE.sub(" ", clean_block(text)).strip(" ")


@lru_cache(maxsize=4_096)
def instrument(market: str, code: str, words: str) -> Ticker | None:
    """The ticker that a mark of upstream's names in ``words``, as they stand in the HTML."""
    return tickers.ticker(market, code, one_line(words)[:40] or None)


def _source_of(line: str) -> str | None:
    """The name in a source line, such as ``（文章来源：财联社）``; it may end with parentheses."""
    found = _SOURCE.fullmatch(line)
    if found is None:
        return line.strip("（）() ") or None
    name = found["name"].strip()
    if found["open"] and name.endswith(("）", ")")):
        name = name[:-1].rstrip()
    return name or None


@lru_cache(maxsize=1_024)
def source_named(line: str) -> str | None:
    """The name in a source line as it stands in the file."""
    return _source_of(one_line(line).strip())


class Collector:
    """What has been met of a body so far; ``flush`` ends a paragraph."""

    def __init__(self) -> None:
        self.body = Body()
        self.writer = Writer()
        self.in_source = False
        """Inside the source line, where marks are nobody's."""
        self._runs: list[Run] = []
        self._length = 0
        self._marks: list[tuple[int, Ticker, Trust]] = []
        self._lines: list[str] = []
        self._related = False
        self.in_cell = False
        """Inside a table's cell, where a block is but a blank."""
        self._cell_images: list[tuple[str, str]] = []
        self._addresses: list[str] = []
        self._link_texts: list[list[str]] = []
        self._image_waits = False

    # inline

    def text(self, text: str, style: int, link: int) -> None:
        """Text as it stands in the HTML."""
        text = _SPACE.sub(" ", clean_block(text))
        if not self._runs or self._runs[-1].text[-1] in _BLANK:
            text = text.lstrip(" ")
        if not text:
            return
        self._runs.append(Run(text, style, link))
        self._length += len(text)
        if link:
            self._link_texts[link - 1].append(text)

    def line_break(self, style: int, link: int) -> None:
        """A line break; the second one in a row ends the paragraph."""
        if not self._runs:
            return
        if self._runs[-1].text == BREAK:
            self.flush()
        else:
            self._runs.append(Run(BREAK, style, link))
            self._length += 1

    def link(self, url: str) -> int:
        """The number of a new link."""
        self._addresses.append(url)
        self._link_texts.append([])
        return len(self._addresses)

    def mark(self, found: tuple[str, str], words: str, trust: Trust) -> None:
        """A ticker mark of upstream's: (market, code) and the words that it marks."""
        if not self.in_source and (named := instrument(*found, words)):
            self._marks.append((self._length, named, trust))

    # blocks

    def flush(self, kind: str = "p", *, is_caption: bool = False) -> None:
        """End the paragraph, if there is one, as a ``kind`` element and note what it mentions."""
        if self.in_cell:
            if self._runs and self._runs[-1].text[-1] not in _BLANK:
                self._runs.append(Run(" ", 0, 0))
                self._length += 1
            return
        if not self._runs and not self._marks:
            return
        runs, text = self._paragraph()
        if text:
            self._block(kind, text, inline_html(runs, self._addresses), is_caption)

    def paragraph(self, text: str, style: int, kind: str, *, is_caption: bool) -> None:
        """A whole paragraph of text as it stands in the HTML, without break, link or mark."""
        self.flush()
        text = one_line(text).strip()
        if text:
            self._note_text(text, ())
            self._block(kind, text, inline_html((Run(text, style, 0),), ()), is_caption)

    def preformatted(self, text: str) -> None:
        """Preformatted text, whose line feeds and blanks are kept."""
        self.flush()
        text = clean_block(text).expandtabs(4).strip("\n").rstrip()
        if not text.strip():
            return
        if self.in_cell:
            self.text(text, 0, 0)
            return
        self._image_waits = False
        self.writer.block("pre", html.escape(text, quote=False))
        self._lines.append(text)
        self.find_codes(text, ())

    def image(self, address: str, alt: str) -> None:
        """A content image."""
        alt = one_line(alt)
        shown = "" if _WORTHLESS_ALT.fullmatch(alt) else alt
        if self.in_cell:
            self._cell_images.append((address, shown))
        else:
            self.flush()
            self.writer.image(address, shown)
        if not self._related:
            self.body.images.append(Image(alt, "", address))
            self._image_waits = True

    def begin_table(self) -> None:
        """What comes until ``end_table`` is the content of cells, each ended by ``end_cell``."""
        self.flush()
        self.in_cell = True

    def end_cell(self) -> str:
        """The inline HTML of the cell."""
        self._runs = [run._replace(text=run.text.replace(BREAK, " ")) for run in self._runs]
        runs, _ = self._paragraph()
        return inline_html(runs, self._addresses)

    def end_table(self, rows: Sequence[Sequence[str | Joined]]) -> None:
        """Write the table, and below it the images that stood in its cells."""
        self.in_cell = False
        if any(text and isinstance(text, str) for row in rows for text in row):
            self._image_waits = False
            self.writer.table(rows)
            self.body.tables += 1
        for address, shown in self._cell_images:
            self.writer.image(address, shown)
        self._cell_images = []

    def plain_text(self, text: str) -> None:
        """Paragraphs of text without mark-up, parted by blank lines."""
        for paragraph in re.split(r"\n[ \t]*\n", clean_block(text)):
            for line in paragraph.split("\n"):
                if line.strip():
                    self.line_break(0, 0)
                    self.text(line, 0, 0)
            self.flush()

    def find_codes(self, text: str, marks: Sequence[tuple[int, Ticker, Trust]]) -> None:
        """Note the marks of a paragraph and the codes written out in it, in their order."""
        found = [(at, code, Trust.TEXT) for at, code in written_codes(text)]
        if marks:
            found = sorted([*marks, *found], key=lambda entry: entry[0])
        for _, named, trust in found:
            self.note(named, trust)

    def note(self, named: Ticker, trust: Trust) -> None:
        """Note a mark or a code whose place in its paragraph is settled."""
        self.body.mentions.add(named, Trust.RELATED if self._related else trust)

    def finish(self) -> Body:
        """The body; the collector is used up."""
        self.flush()
        body = self.body
        body.html = self.writer.html()
        body.text = "\n".join(line for line in self._lines if line != body.source_line)
        for url, pieces in zip(self._addresses, self._link_texts, strict=True):
            if text := " ".join("".join(pieces).split()):
                body.links.append(Link(text, url))
        return body

    def _paragraph(self) -> tuple[list[Run], str]:
        """Take the runs and the text of the paragraph, and note what it mentions."""
        runs = trim(self._runs)
        text = plain(runs)
        marks, self._runs, self._marks, self._length = self._marks, [], [], 0
        self._note_text(text, marks)
        return runs, text

    def _note_text(self, text: str, marks: Sequence[tuple[int, Ticker, Trust]]) -> None:
        """Note the text of a paragraph and what it mentions."""
        if not self._is_source(text):
            self.find_codes(text, marks)
        if text:
            self._lines.append(text)

    def _block(self, kind: str, text: str, inline: str, is_caption: bool) -> None:
        """Write a paragraph that is not empty, and note what it means for those around it."""
        if self._is_source(text):
            self.body.source = _source_of(text)
            self.body.source_line = text
        self._caption(text, is_caption)
        self.writer.block(kind, inline)
        if len(text) <= _RELATED_LENGTH and _RELATED.fullmatch(text):
            self._related = True

    def _is_source(self, text: str) -> bool:
        """Whether the paragraph is the source line, also where upstream's class is missing."""
        return self.in_source or (
            text[1:5] == SOURCE_WORDS and text[:1] in "（(" and text[-1] in "）)"
        )

    def _caption(self, text: str, is_centred: bool) -> None:
        """The first paragraph behind an image may be its caption."""
        waits, self._image_waits = self._image_waits, False
        images = self.body.images
        if waits and len(text) <= _CAPTION_LENGTH and (is_centred or _CAPTION.match(text)):
            images[-1] = Image(images[-1].alt, text, images[-1].url)
