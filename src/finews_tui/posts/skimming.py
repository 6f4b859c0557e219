"""Reads of a post what a catalogue needs, without parsing its HTML: ten times as fast as a Post.

The law: the card is exactly that of the Post that ``parsing.py`` makes, or there is none. A body of
upstream's is taken block by block. A block without marks, written codes and the like changes
nothing and is passed over; marks and charts of the known shapes are noted; for the rest there are
the same rooms as for a Post, from ``Collector`` to the parser, which get sound blocks only.
"""

from __future__ import annotations

import html
import os
import re
from datetime import tzinfo
from functools import lru_cache
from pathlib import Path

from finews_tui.posts import balance, body, dates, heading, prepare, split, tickers
from finews_tui.posts.card import Card, lacks
from finews_tui.posts.clean import SUSPECTS, set_of
from finews_tui.posts.collector import (
    RELATED_WORDS,
    SOURCE_WORDS,
    Collector,
    instrument,
    source_named,
)
from finews_tui.posts.kinds import Trust
from finews_tui.posts.model import NO_DATE, NO_TITLE, Failure, Skipped, Ticker
from finews_tui.posts.naming import key_of
from finews_tui.posts.parsing import BODY_LIMIT
from finews_tui.posts.shapes import (
    ATTRIBUTE,
    BLANK,
    BLOCK,
    CELL,
    LINE_BREAK,
    MARK,
    PIECE,
    PLAIN,
    TAG,
)
from finews_tui.posts.table import is_tabular

# Behind an ampersand: the simplest references, and what is no reference for certain, as every name
# has two letters.
_SIMPLE = r"(?:(?:lt|gt|amp|quot);|[^A-Za-z#]|[A-Za-z][^A-Za-z])"
# What makes a block more than its letters: written codes, the heading of related articles, a source
# line that may lack its class, and last characters to be cleaned and references that may stand for
# any of these.
_STARTS = f"{RELATED_WORDS[0]}{SOURCE_WORDS[0]}{tickers.HINT_STARTS}"
_ALERT = re.compile(
    rf"{set_of(f'{SUSPECTS}&{_STARTS}')}(?:{tickers.HINT_RESTS}"
    rf"|{RELATED_WORDS[1:]}(?<={RELATED_WORDS})|{SOURCE_WORDS[1:]}(?<={SOURCE_WORDS})"
    rf"|(?<![{_STARTS}])(?!(?<=&){_SIMPLE}))"
)
_UNKNOWN = re.compile(f"&(?!{_SIMPLE})")
_LONG_TABLE = 2_000
"""Of this length a table cannot have more cells than are shown."""
_VISIBLE = re.compile(r">\s*+[^<\s]")
_SOURCE = re.compile(r'<p class="em_media">(（文章来源：[^<&]{1,60}）)</p>')
# A reference in the address behind the code would be decoded; `&name=` never is one.
_CHART = re.compile(
    r"https?://[a-z0-9.]+/[A-Za-z.]+\?nid=[0-9]{1,3}\.[A-Za-z0-9._]+(?:&[A-Za-z]+=.*)?"
)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+/")


def skim(
    path: Path, data: bytes, *, root: Path | None = None, zone: tzinfo = dates.SHANGHAI
) -> Card | Failure | Skipped | None:
    """The card of the file at ``path``, or None where only ``parse`` can tell.

    The arguments are those of ``parse``. Where this gives a value it is the Failure or Skipped of
    ``parse``, or ``card_of`` its Post.
    """
    found = heading.opened(path, data)
    if not isinstance(found, tuple):
        return found
    head, problems = found
    if (
        path.suffix == ".html"
        or len(head.body) > BODY_LIMIT
        or "\0" in head.body
        or not heading.is_upstream(path, head)
    ):
        return None
    parts = split.split(head.body)
    digest = heading.digest_of(parts)
    collector = body.begun(digest)
    if not parts.is_html:
        collector.plain_text(html.unescape(parts.content))
        has_body = bool(collector.writer.html())
    else:
        scan = _Scan(collector)
        if not scan.read(parts.content):
            return None
        has_body = scan.has_text or bool(collector.writer.html())
    published = heading.published_of(path, head, zone, problems)
    tags = heading.tags_of(head)
    title = heading.written_title(head, True, problems)
    if not title:
        if not digest:
            return None
        title = heading.stand_in(digest, problems)
    key, name = key_of(path), os.fspath(path)
    mentions = collector.body.mentions
    return Card(
        key=key,
        path=name,
        copies=(name,),
        title=title or key,
        published=published,
        categories=heading.categories_of(path, root, head),
        tags=tags,
        source=collector.body.source or heading.source_of(tags, head),
        url=parts.url,
        tickers=mentions.tickers(),
        sectors=mentions.sectors(),
        images=len(collector.body.images),
        tables=collector.body.tables,
        has_body=has_body,
        lacks_title=lacks(problems, NO_TITLE),
        lacks_date=lacks(problems, NO_DATE),
    )


class _Scan:
    """One body while it is read block by block."""

    def __init__(self, collector: Collector) -> None:
        self.has_text = False
        """Whether there is visible text that the collector was not told of."""
        self._collector = collector
        self._waiting: list[str] = []
        """Blocks for the parser, which takes long to begin."""

    def read(self, content: str) -> bool:
        """Read ``content``; False where it is not sound."""
        content = prepare.without_markers(content)
        place, end = _behind_blanks(content, 0), len(content)
        while place < end:
            found = BLOCK.match(content, place)
            if found is None:
                stop = balance.end_of(content, place)
                if stop < 0:
                    return False
                self._waiting.append(content[place:stop])
                place = _behind_blanks(content, stop)
                continue
            place = found.end()
            match found.lastgroup:
                case "plain":
                    self._plain(content, *found.span())
                case "marked":
                    self._marked(found["marked"])
                case "source":
                    self._source(found["source"])
                case "picture":
                    self._picture(found)
                case "table":
                    self._table(found["table"])
        self._settle()
        return True

    def _settle(self) -> None:
        """Parse what waits, before something is noted that comes after it."""
        if self._waiting:
            body.walk("".join(self._waiting), self._collector)
            self._waiting.clear()

    def _plain(self, content: str, start: int, end: int) -> None:
        if not _ALERT.search(content, start, end):
            self.has_text = self.has_text or bool(_VISIBLE.search(content, start, end))
            return
        for block in PLAIN.finditer(content, start, end):
            if _ALERT.search(content, *block.span()):
                self._tell(block[0])
            else:
                self.has_text = self.has_text or bool(_VISIBLE.search(block[0]))

    def _marked(self, block: str) -> None:
        text = TAG.sub("", block)
        if "<" in text:
            text = LINE_BREAK.sub("\n", text)
        if _ALERT.search(text):
            self._tell(block)
            return
        self.has_text = self.has_text or bool(text.strip())
        for found in MARK.finditer(block):
            self._settle()
            if mark := _mark(*found.groups("")):
                self._collector.note(*mark)

    def _source(self, block: str) -> None:
        if found := _SOURCE.fullmatch(block):
            self._settle()
            self._collector.body.source = source_named(found[1])
            self.has_text = True
        else:
            self._tell(block, is_source=True)

    def _picture(self, found: re.Match[str]) -> None:
        picture = _picture(found["image"], bool(found["anchor"]))
        if picture is None:
            self._waiting.append(found["picture"])
            return
        self._settle()
        if isinstance(picture, str):
            self._collector.image(picture, "")
        else:
            self._collector.note(picture, Trust.CHART)

    def _table(self, block: str) -> None:
        if len(block) > _LONG_TABLE or _ALERT.search(block):
            self._waiting.append(block)
            return
        self._settle()
        rows = [[text.strip() for text in CELL.findall(row)] for row in block.split("</tr>")]
        if is_tabular(rows):
            self._collector.begin_table()
            self._collector.end_table(rows)
        else:
            self.has_text = self.has_text or any(map(any, rows))

    def _tell(self, block: str, *, is_source: bool = False) -> None:
        """Tell the collector all that stands in a block of an inline shape."""
        if "&" in block and _UNKNOWN.search(TAG.sub("", block)):
            self._waiting.append(block)
            return
        self._settle()
        collector = self._collector
        collector.flush()
        collector.in_source = is_source
        for piece in PIECE.finditer(block):
            href, classes, code, words, tag, text = piece.groups()
            if text:
                collector.text(html.unescape(text), 0, 0)
            elif tag:
                collector.line_break(0, 0)
            elif classes:
                words = html.unescape(words)
                mark = body.mark_of(classes, code or "", href)
                if mark and mark.found:
                    collector.mark(mark.found, words, mark.trust)
                collector.text(words, 0, 0)
        collector.flush()
        collector.in_source = False


# The same companies are marked and drawn in thousands of posts.
@lru_cache(maxsize=4_096)
def _mark(href: str, classes: str, code: str, words: str) -> tuple[Ticker, Trust] | None:
    """What is to be noted of a mark, if anything."""
    mark = body.mark_of(classes, code, href)
    named = instrument(*mark.found, html.unescape(words)) if mark and mark.found else None
    return (named, mark.trust) if mark and named else None


@lru_cache(maxsize=4_096)
def _picture(image: str, is_linked: bool) -> Ticker | str | None:
    """What a chart shows, or the address of a content image; None where it is hard to tell."""
    attributes = dict(reversed(ATTRIBUTE.findall(image)))  # the first of a name counts
    address = attributes.get("src", "")
    if not tickers.is_chart(address):
        is_plain = _ADDRESS.match(address) and not is_linked and "data-code" not in attributes
        return address if is_plain else None
    found = tickers.from_chart("", address, "") if _CHART.fullmatch(address) else None
    return instrument(*found, "") if found else None


def _behind_blanks(content: str, place: int) -> int:
    found = BLANK.match(content, place)
    return found.end() if found else place
