"""From Markdown to blocks: what stands in a body, before anybody asks how wide the screen is.

It alone imports markdown-it. Our Markdown is CommonMark with tables; HTML in it is text. Links and
images get their numbers here, in the order in which they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from finews_tui.page.cells import printable, width_of
from finews_tui.page.line import Role, Span, plain
from finews_tui.posts import Link

Runs = tuple[Span, ...]
"""The text of a block with its roles; ``\\n`` in it is a line end of the author's."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    runs: Runs
    level: int


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that stands alone."""

    alt: str
    url: str
    number: int


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code, its lines as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its header cells, its rows, and which columns the author aligned right."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation and the blocks in it."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list: the number of its first item (None: bullets) and the blocks of each item."""

    start: int | None
    items: tuple[tuple[Block, ...], ...]
    is_tight: bool


Block = Paragraph | Heading | Picture | Code | Rule | Table | Quote | Items


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks of a body; the link with number n is ``links[n - 1]``."""

    blocks: tuple[Block, ...]
    links: tuple[Link, ...]


_WORTHLESS_ALTS = frozenset({"", "image", "img", "图片", "图"})
_SIZE = re.compile(r"_w(\d+)h(\d+)", re.ASCII)
_DEEPEST = 60
"""The nesting that the parser follows. It drops what is nested deeper, so that such a body (nobody
writes one by hand) is shown as it is written, line by line."""


def read_blocks(markdown: str) -> Document:
    """The blocks of ``markdown``."""
    tokens = _parser().parse(markdown)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        lines = (printable(line).strip() for line in markdown.splitlines())
        return Document(tuple(Paragraph(((line, "text"),)) for line in lines if line), ())
    reader = _Reader()
    blocks = tuple(reader.blocks(iter(tokens), ""))
    return Document(blocks, tuple(reader.links))


class _Parser(MarkdownIt):
    """Leaves addresses as they are written, so that they equal those of the post."""

    def normalizeLink(self, url: str) -> str:
        """The address as it is; markdown-it would percent-encode it."""
        return url

    def normalizeLinkText(self, link: str) -> str:
        """The text of an autolink as it is; markdown-it would decode it."""
        return link


@cache
def _parser() -> MarkdownIt:
    """The one parser: making it takes longer than parsing a post."""
    return _Parser("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable("table")


def picture_text(url: str) -> str:
    """``▣ 图`` and the size in pixels, where upstream wrote it into the address."""
    size = _SIZE.search(url)
    return f"▣ 图 {size[1]}×{size[2]}" if size else "▣ 图"


class _Reader:
    """One pass over the parser's tokens."""

    def __init__(self) -> None:
        self.links: list[Link] = []

    def blocks(self, tokens: Iterator[Token], end: str) -> Iterator[Block]:
        """The blocks up to the token of type ``end``."""
        for token in tokens:
            kind = token.type
            if kind == end:
                return
            if kind == "paragraph_open":
                yield from self.paragraph(next(tokens).children or ())
                next(tokens)
            elif kind == "heading_open":
                yield Heading(self.runs(next(tokens).children or (), "heading"), int(token.tag[1:]))
                next(tokens)
            elif kind == "blockquote_open":
                yield Quote(tuple(self.blocks(tokens, "blockquote_close")))
            elif kind in ("bullet_list_open", "ordered_list_open"):
                yield self.items(tokens, token)
            elif kind in ("fence", "code_block"):
                yield Code(token.content.removesuffix("\n"))
            elif kind == "hr":
                yield Rule()
            elif kind == "table_open":
                yield self.table(tokens)

    def items(self, tokens: Iterator[Token], opening: Token) -> Items:
        """A list, whose items begin each with a ``list_item_open``."""
        start = int(opening.attrs.get("start", 1)) if opening.tag == "ol" else None
        items: list[tuple[Block, ...]] = []
        is_tight = True
        for token in tokens:
            if token.type == opening.type.replace("open", "close"):
                break
            inner = _Peek(tokens)
            items.append(tuple(self.blocks(inner, "list_item_close")))
            is_tight = is_tight and not inner.has_loose_paragraph
        return Items(start, tuple(items), is_tight)

    def table(self, tokens: Iterator[Token]) -> Table:
        """A table; each of its cells is an opening token, an ``inline`` and a closing one."""
        rows: list[list[Runs]] = []
        right: list[bool] = []
        is_head = True
        for token in tokens:
            if token.type == "table_close":
                break
            if token.type == "thead_close":
                is_head = False
            elif token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                children = next(tokens).children or ()
                rows[-1].append(self.runs(children, "table-head" if is_head else "text"))
                if is_head:
                    right.append("right" in str(token.attrs.get("style", "")))
        return Table(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]), tuple(right))

    def paragraph(self, children: Sequence[Token]) -> Iterator[Block]:
        """A paragraph, or the pictures of one that holds nothing else."""
        images = [child for child in children if child.type == "image"]
        others = (child for child in children if child.type not in ("image", "softbreak"))
        if images and not any(
            child.type not in ("hardbreak", "link_open", "link_close") and child.content.strip()
            for child in others
        ):
            for image in images:
                url = str(image.attrs["src"])
                alt = printable(image.content).strip()
                number = self.number(picture_text(url), url)
                yield Picture("" if alt.lower() in _WORTHLESS_ALTS else alt, url, number)
        else:
            runs = self.runs(children, "text")
            if plain(runs).strip():
                yield Paragraph(runs)

    def number(self, text: str, url: str) -> int:
        """The number of a new link."""
        self.links.append(Link(text, url))
        return len(self.links)

    def runs(self, children: Sequence[Token], base: Role) -> Runs:
        """The text of an ``inline`` token; every link is followed by its number."""
        spans: list[Span] = []
        strong = emphasis = 0
        link: tuple[str, int] | None = None
        for child in children:
            kind = child.type
            if kind == "strong_open" or kind == "strong_close":
                strong += child.nesting
            elif kind == "em_open" or kind == "em_close":
                emphasis += child.nesting
            elif kind == "link_open":
                link = (str(child.attrs["href"]), len(spans))
            elif kind == "link_close" and link is not None:
                url, first = link
                link = None
                if url and not url.startswith("#"):
                    text = plain(tuple(spans[first:]))
                    spans.append((f"[{self.number(text, url)}]", "link-number"))
            elif kind == "image":
                url = str(child.attrs["src"])
                text = picture_text(url)
                spans.append((text, "image"))
                spans.append((f"[{self.number(text, url)}]", "link-number"))
            elif kind == "hardbreak":
                spans.append(("\n", base))
            elif kind == "softbreak":
                spans.append((_SOFT, base))
            elif child.content:
                role: Role = base
                if kind == "code_inline":
                    role = "code"
                elif link is not None:
                    role = "link"
                elif base == "text" and strong:
                    role = "strong"
                elif base == "text" and emphasis:
                    role = "emphasis"
                spans.append((printable(child.content), role))
        return tuple(_join_soft_breaks(spans))


_SOFT = "\r"
"""Stands for a soft line break until its neighbours are known."""


def _join_soft_breaks(spans: list[Span]) -> Iterator[Span]:
    """``spans`` with soft line breaks as spaces, as nothing between two Chinese characters."""
    for index, (text, role) in enumerate(spans):
        if text != _SOFT:
            yield text, role
            continue
        before = spans[index - 1][0][-1:] if index else ""
        after = spans[index + 1][0][:1] if index + 1 < len(spans) else ""
        if before and after and not (width_of(before) == 2 == width_of(after)):
            yield " ", role


class _Peek:
    """The tokens of one list item, noting whether its own paragraphs are set apart (loose)."""

    def __init__(self, tokens: Iterator[Token]) -> None:
        self.tokens = tokens
        self.depth = 0
        self.has_loose_paragraph = False

    def __iter__(self) -> Iterator[Token]:
        return self

    def __next__(self) -> Token:
        token = next(self.tokens)
        if token.type.endswith("_list_open") or token.type == "blockquote_open":
            self.depth += 1
        elif token.type.endswith("_list_close") or token.type == "blockquote_close":
            self.depth -= 1
        elif token.type == "paragraph_open" and self.depth == 0 and not token.hidden:
            self.has_loose_paragraph = True
        return token
