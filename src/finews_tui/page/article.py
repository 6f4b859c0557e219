"""An article as the pane shows it: what stands in which order, and where its links are.

Title, byline, badges, the digest where it says something that the body does not begin with, the
body, the original link. What is upstream's repetition is shown once: the caption of an image stands
beside it, the source line at its place; after 相关报道 everything is another article's and dimmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import NamedTuple

from finews_tui.page.badges import flow_badges, grouped
from finews_tui.page.blocks import (
    Block,
    Code,
    Document,
    Heading,
    Items,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Table,
    read_blocks,
)
from finews_tui.page.cells import printable, width_of
from finews_tui.page.digest import fold, repeats, without_source
from finews_tui.page.line import Line, Span, plain
from finews_tui.page.typeset import Sheet, set_block, set_heading
from finews_tui.page.wrap import wrap_spans, wrap_text
from finews_tui.posts import TIME_UNKNOWN, Post

MEASURE = 76
"""The widest line of text, in cells: 38 Chinese characters."""
RELATED = "相关报道"
"""The heading after which everything belongs to other articles."""

_LONGEST_HEADING = 60
"""A lone bold paragraph of more characters is a paragraph, not a heading."""
_NUMBER = re.compile(r"\[(\d+)\]")


class PlacedLink(NamedTuple):
    """A link and where its number stands."""

    number: int
    """What ``{n}o`` opens; 0 is the original article."""
    text: str
    url: str
    line: int
    """The line of the article, from 0."""
    column: int = 0
    """The cell in that line at which the number (or, of the original, the address) begins."""


class Article(NamedTuple):
    """A post laid out for one width."""

    lines: tuple[Line, ...]
    texts: tuple[str, ...]
    """The characters of each line, for searching."""
    headings: tuple[int, ...]
    """The lines at which a heading begins."""
    links: tuple[PlacedLink, ...]
    """By line; the original, number 0, is the last."""
    badges: tuple[str, ...]
    """The symbols of the tickers and sectors, also of those that ``+12`` stands for."""
    characters: int
    """The characters of the body that are read: white space and link numbers not counted."""


def layout(
    post: Post,
    markdown: str,
    width: int,
    *,
    zone: tzinfo,
    names: Mapping[str, str] | None = None,
    ambiguous: int = 1,
) -> Article:
    """Lay ``post`` with the body ``markdown`` out for a pane of ``width`` cells (12 or more).

    No line is wider than ``width``; the text is at most ``MEASURE`` cells wide and stands in the
    middle of a wider pane. ``names`` tells names of tickers (by symbol) that the post does not.
    """
    left, measure = margins(width)
    setter = _Setter(post, measure, ambiguous)
    setter.head(zone, names or {})
    document = read_blocks(markdown)
    setter.body(document)
    setter.original()
    margin: Span = (" " * left, "text")
    lines = tuple((margin, *line) if line else () for line in setter.lines)
    texts = tuple(map(plain, lines))
    return Article(
        lines=lines,
        texts=texts,
        headings=tuple(setter.headings),
        links=tuple(_place_links(post, document, lines, setter.original_line, ambiguous)),
        badges=tuple(badge.symbol for badge in setter.badges),
        characters=setter.characters,
    )


def margins(width: int) -> tuple[int, int]:
    """The left margin and the measure in a pane of ``width`` cells.

    The measure is even, because a Chinese character takes two cells.
    """
    left = 2 if width >= 20 else 1
    right = 1 if width >= 30 else 0
    measure = max(width - left - right, 2)
    if measure > MEASURE:
        return max(left, (width - MEASURE) // 2), MEASURE
    return left, measure - measure % 2


class _Setter:
    """The lines of one article, from the top downwards."""

    def __init__(self, post: Post, measure: int, ambiguous: int) -> None:
        self.post = post
        self.measure = measure
        self.sheet = Sheet(
            ambiguous, {image.url: image.caption for image in post.images if image.caption}
        )
        self.lines: list[Line] = []
        self.headings: list[int] = []
        self.original_line: int | None = None
        self.characters = 0
        shown = [mention.ticker for mention in post.tickers if mention.trust.counts]
        sectors = [mention.ticker for mention in post.sectors if mention.trust.counts]
        self.badges = grouped(shown + sectors)

    def head(self, zone: tzinfo, names: Mapping[str, str]) -> None:
        """Title, byline and badges."""
        post, ambiguous = self.post, self.sheet.ambiguous
        self.lines += wrap_text(printable(post.title), self.measure, "title", ambiguous=ambiguous)
        parts = [date_text(post, zone), printable(post.source or "")]
        byline = " · ".join(part for part in parts if part)
        if byline:
            self.lines += wrap_text(byline, self.measure, "byline", ambiguous=ambiguous)
        self.lines += flow_badges(self.badges, self.measure, names, ambiguous)

    def body(self, document: Document) -> None:
        """The digest, where it is needed, and the blocks."""
        post = self.post
        texts = list(_texts(document.blocks))
        self.characters = sum(len("".join(text.split())) for text in texts)
        if post.digest and not repeats(post.digest, "".join(texts), post.title):
            self.lines.append(())
            digest = printable(without_source(post.digest, post.source))
            ambiguous = self.sheet.ambiguous
            self.lines += wrap_text(digest, self.measure, "digest", ambiguous=ambiguous)
            self.characters += len("".join(digest.split()))
        source_line = fold(post.source_line or "")
        has_source_line = False
        previous: Block | None = None
        for block in document.blocks:
            text = _only_text(block)
            if isinstance(previous, Picture) and text:
                caption = self.sheet.captions.get(previous.url, "")
                if fold(text) == fold(caption) != "":
                    continue
            if source_line and text and fold(text) == source_line:
                if not has_source_line:
                    self.add(block, Sheet(self.sheet.ambiguous, {}, "source-line"))
                has_source_line = True
                continue
            is_heading = isinstance(block, Heading) or _reads_as_heading(block)
            if is_heading and fold(text or "") == RELATED:
                self.sheet = Sheet(self.sheet.ambiguous, self.sheet.captions, "related")
            self.add(block, self.sheet, is_heading=is_heading)
            previous = block

    def add(self, block: Block, sheet: Sheet, *, is_heading: bool = False) -> None:
        """The lines of ``block`` after an empty line."""
        self.lines.append(())
        if is_heading and isinstance(block, Heading | Paragraph):
            self.headings.append(len(self.lines))
            self.lines += set_heading(block.runs, self.measure, sheet)
        else:
            self.lines += set_block(block, self.measure, sheet)

    def original(self) -> None:
        """The link to the original article, whole: a part of an address is of no use."""
        if self.post.url:
            self.lines.append(())
            self.original_line = len(self.lines)
            self.lines += wrap_spans(
                [("原文 ", "dim"), (printable(self.post.url), "link")],
                self.measure,
                ambiguous=self.sheet.ambiguous,
            )


def date_text(post: Post, zone: tzinfo) -> str:
    """``2022-03-11 16:47`` in ``zone``; the day alone where the time is not known."""
    if post.published is None:
        return ""
    if TIME_UNKNOWN in post.problems:
        return post.published.strftime("%Y-%m-%d")
    return post.published.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _reads_as_heading(block: Block) -> bool:
    """Whether ``block`` is a short paragraph that is bold as a whole and ends like a heading."""
    if not isinstance(block, Paragraph):
        return False
    text = plain(block.runs).strip()
    return (
        all(role == "strong" for part, role in block.runs if part.strip())
        and len(text) <= _LONGEST_HEADING
        and "\n" not in text
        and not text.endswith(("。", "；", "，", "、", ";", ","))
    )


def _only_text(block: Block) -> str | None:
    """The text of a paragraph or heading without links, None of anything else."""
    if isinstance(block, Paragraph | Heading) and not any(
        role == "link-number" for _, role in block.runs
    ):
        return plain(block.runs)
    return None


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The text of each block inside ``blocks``, link numbers left out."""
    for block in blocks:
        match block:
            case Paragraph(runs) | Heading(runs):
                yield "".join(text for text, role in runs if role != "link-number")
            case Table(head, rows):
                for row in (head, *rows):
                    yield from map(plain, row)
            case Quote(inner):
                yield from _texts(inner)
            case Items(_, items):
                for item in items:
                    yield from _texts(item)
            case Code(text):
                yield text
            case Picture() | Rule():
                pass


def _place_links(
    post: Post,
    document: Document,
    lines: tuple[Line, ...],
    original_line: int | None,
    ambiguous: int,
) -> Iterator[PlacedLink]:
    """Every link with the place of its number; the original last."""
    seen: set[int] = set()
    for number_of_line, line in enumerate(lines):
        column = 0
        for text, role in line:
            found = _NUMBER.match(text) if role == "link-number" else None
            if found and int(found[1]) not in seen:
                number = int(found[1])
                seen.add(number)
                link = document.links[number - 1]
                yield PlacedLink(number, link.text, link.url, number_of_line, column)
            column += width_of(text, ambiguous)
    if post.url and original_line is not None:
        column = width_of("".join(text for text, _ in lines[original_line][:2]), ambiguous)
        yield PlacedLink(0, "原文", post.url, original_line, column)
