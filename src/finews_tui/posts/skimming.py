"""Reads of posts what a catalogue needs, without parsing their HTML: ten times as fast as a Post.

The law: the card is exactly that of the Post that ``parsing.py`` makes, or there is none. Each step
is done for all files before the next one: a processor that does the same again and again does it a
fifth faster than one that is led around.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import tzinfo
from typing import NamedTuple

from finews_tui.posts import body, dates, heading, split, written
from finews_tui.posts.card import Card, lacks
from finews_tui.posts.clean import SUSPECTS, set_of
from finews_tui.posts.collector import (
    RELATED_WORDS,
    SOURCE_WORDS,
    Body,
    Collector,
    source_named,
)
from finews_tui.posts.frontmatter import FrontMatter
from finews_tui.posts.model import NO_DATE, NO_TITLE, Failure, Skipped
from finews_tui.posts.naming import key_of_stem, stem_of
from finews_tui.posts.parsing import BODY_LIMIT
from finews_tui.posts.shapes import CELL, LINE_BREAK, MARK, PLAIN, TAG
from finews_tui.posts.table import is_tabular
from finews_tui.posts.telling import SIMPLE_REFERENCE, Teller, mark_of

# What makes a block more than its letters: written codes, the heading of related articles, a source
# line that may lack its class, and last characters to be cleaned and references that may stand for
# any of these.
_STARTS = f"{RELATED_WORDS[0]}{SOURCE_WORDS[0]}{written.HINT_STARTS}"
_ALERT = re.compile(
    rf"{set_of(f'{SUSPECTS}&{_STARTS}')}(?:{written.HINT_RESTS}"
    rf"|{RELATED_WORDS[1:]}(?<={RELATED_WORDS})|{SOURCE_WORDS[1:]}(?<={SOURCE_WORDS})"
    rf"|(?<![{_STARTS}])(?!(?<=&){SIMPLE_REFERENCE}))"
)
_LONG_TABLE = 2_000
"""Of this length a table cannot have more cells than are shown."""
_VISIBLE = re.compile(r">\s*+[^<\s]")
_SOURCE = re.compile(r'<p class="em_media">(（文章来源：[^<&]{1,60}）)</p>')


class File(NamedTuple):
    """What is known of a file before it is read as a post."""

    path: str
    data: bytes
    root: str | None
    """The folder of its archive."""
    zone: tzinfo


class _Gleaned(NamedTuple):
    """What a file tells, before title and date are decided."""

    head: FrontMatter
    problems: list[str]
    digest: str | None
    url: str | None
    body: Body
    has_body: bool


def skim(
    path: str, data: bytes, *, root: str | None = None, zone: tzinfo = dates.SHANGHAI
) -> Card | Failure | Skipped | None:
    """The card of the file at ``path``, or None where only ``parse`` can tell.

    The arguments are those of ``parse``, but that paths are strings. Where this gives a value it is
    the Failure or Skipped of ``parse``, or ``card_of`` its Post.
    """
    return skim_all([File(path, data, root, zone)])[0]


def skim_all(files: Sequence[File]) -> list[Card | Failure | Skipped | None]:
    """What ``skim`` says of each of ``files``."""
    opened = [heading.opened(file.path, file.data) for file in files]
    parted = [_parted(file, found) for file, found in zip(files, opened, strict=True)]
    gleaned = [_gleaned(*found) if isinstance(found, tuple) else found for found in parted]
    return [
        _card(file, found) if isinstance(found, _Gleaned) else found
        for file, found in zip(files, gleaned, strict=True)
    ]


_Opened = tuple[FrontMatter, list[str]]


def _parted(
    file: File, found: _Opened | Failure | Skipped
) -> tuple[FrontMatter, list[str], split.Parts] | Failure | Skipped | None:
    if not isinstance(found, tuple):
        return found
    head, problems = found
    path = file.path
    if path.endswith(".html") or len(head.body) > BODY_LIMIT or b"\0" in file.data:
        return None
    if not heading.is_upstream(path, head):
        return None
    return head, problems, split.split(head.body)


def _gleaned(head: FrontMatter, problems: list[str], parts: split.Parts) -> _Gleaned | None:
    digest = heading.digest_of(parts)
    collector = body.begun(digest)
    if not parts.is_html:
        collector.plain_text(html.unescape(parts.content))
        has_body = bool(collector.writer.html())
    else:
        skimmer = _Skimmer(collector)
        if not skimmer.read(parts.content):
            return None
        has_body = skimmer.has_text or bool(collector.writer.html())
    return _Gleaned(head, problems, digest, parts.url, collector.body, has_body)


def _card(file: File, found: _Gleaned) -> Card | None:
    head, problems, digest, url, told, has_body = found
    path, _, root, zone = file
    published = heading.published_of(path, head, zone, problems)
    tags = heading.tags_of(head)
    title = heading.written_title(head, True, problems)
    if not title:
        if not digest:
            return None
        title = heading.stand_in(digest, problems)
    key = key_of_stem(stem_of(path))
    return Card(
        key,
        path,
        (path,),
        title or key,
        published,
        heading.categories_of(path, root, head),
        tags,
        told.source or heading.source_of(tags, head),
        url,
        told.mentions.tickers(),
        told.mentions.sectors(),
        len(told.images),
        told.tables,
        has_body,
        lacks(problems, NO_TITLE),
        lacks(problems, NO_DATE),
    )


class _Skimmer(Teller):
    """Tells the collector of a body only what a card may depend on."""

    def __init__(self, collector: Collector) -> None:
        super().__init__(collector)
        self.has_text = False
        """Whether there is visible text that the collector was not told of."""

    def plain(self, content: str, start: int, end: int) -> None:
        if not _ALERT.search(content, start, end):
            self.has_text = self.has_text or bool(_VISIBLE.search(content, start, end))
            return
        for block in PLAIN.finditer(content, start, end):
            if _ALERT.search(content, *block.span()):
                self.letters(block)
            else:
                self.has_text = self.has_text or bool(_VISIBLE.search(block[0]))

    def marked(self, block: str) -> None:
        text = TAG.sub("", block)
        if "<" in text:
            text = LINE_BREAK.sub("\n", text)
        if _ALERT.search(text):
            self.tell(block)
            return
        self.has_text = self.has_text or bool(text.strip())
        for found in MARK.finditer(block):
            self.settle()
            if mark := mark_of(*found.groups("")):
                self.collector.note(*mark)

    def source(self, block: str) -> None:
        if found := _SOURCE.fullmatch(block):
            self.settle()
            self.collector.body.source = source_named(found[1])
            self.has_text = True
        else:
            super().source(block)

    def table(self, block: str) -> None:
        if len(block) > _LONG_TABLE or _ALERT.search(block):
            super().table(block)
            return
        self.settle()
        rows = [[text.strip() for text in CELL.findall(row)] for row in block.split("</tr>")]
        if is_tabular(rows):
            self.collector.begin_table()
            self.collector.end_table(rows)
        else:
            self.has_text = self.has_text or any(map(any, rows))
