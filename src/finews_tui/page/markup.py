"""From a cleaned body to blocks: what stands in it, and the numbers of its links.

What a cleaned body is, ``posts/writer.py`` and ``posts/runs.py`` say: a small, well-formed HTML. It
is read in one pass, 250,000 characters in some 10 ms: an article is on the screen long before it
could be written as Markdown and read again. Whatever else should stand in it is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from re import Match

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
    Runs,
    Table,
    picture_text,
)
from finews_tui.page.cells import printable
from finews_tui.page.line import Role, Span, plain
from finews_tui.posts import Link

_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)([^<>]*)>|([^<]+|<)")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_INLINE = frozenset({"strong", "em", "code", "a", "br", "img"})
_WORTHLESS_ALTS = frozenset({"", "image", "img", "图片", "图"})
_DEEPEST = 40
"""The nesting that is followed; a cleaned body has a dozen levels at most."""

Token = Match[str]


def read_body(body: str) -> Document:
    """The blocks of ``body``, a cleaned body as ``posts`` makes them. Linear in its length."""
    reader = _Reader(body)
    return Document(tuple(reader.blocks("", 0)), tuple(reader.links))


class _Reader:
    """One pass over the tokens of a body."""

    def __init__(self, body: str) -> None:
        self.links: list[Link] = []
        self._tokens = _TOKEN.finditer(body)
        self._again: Token | None = None
        self._alts: dict[int, str] = {}

    def _next(self) -> Token | None:
        token, self._again = self._again, None
        return token if token is not None else next(self._tokens, None)

    def blocks(self, end: str, depth: int) -> Iterator[Block]:
        """The blocks up to the closing tag ``end``."""
        while (token := self._next()) is not None:
            closing, tag, attributes, text = token.groups()
            if closing:
                if tag == end:
                    return
            elif tag == "p":
                yield from self._paragraph("p")
            elif text is not None or tag in _INLINE:  # of an item, which has no paragraph
                self._again = token
                yield from self._paragraph("")
            elif tag in ("ul", "ol") and depth < _DEEPEST:
                start = int(_attributes(attributes).get("start", 1)) if tag == "ol" else None
                yield Items(start, tuple(self._items(tag, depth + 1)))
            elif tag == "blockquote" and depth < _DEEPEST:
                yield Quote(tuple(self.blocks(tag, depth + 1)))
            elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                yield Heading(self._runs(tag, "heading"), int(tag[1]))
            elif tag == "hr":
                yield Rule()
            elif tag == "pre":
                yield Code(plain(self._runs("pre", "code")))
            elif tag == "table" and (table := self._table()).rows:
                yield table

    def _items(self, end: str, depth: int) -> Iterator[tuple[Block, ...]]:
        """The items of a list: text, and behind it perhaps further lists."""
        while (token := self._next()) is not None:
            closing, tag, _, _ = token.groups()
            if closing and tag == end:
                return
            if tag == "li" and not closing:
                yield tuple(self.blocks("li", depth))

    def _table(self) -> Table:
        """A table with rows of one length; without any where it has no cells."""
        rows: list[list[Runs]] = []
        joined: dict[str, set[tuple[int, int]]] = {"left": set(), "above": set()}
        while (token := self._next()) is not None:
            closing, tag, attributes, _ = token.groups()
            if closing and tag == "table":
                break
            if tag == "tr" and not closing:
                rows.append([])
            elif tag == "td" and not closing and rows:
                place = len(rows) - 1, len(rows[-1])
                joined.get(_attributes(attributes).get("class", ""), set()).add(place)
                rows[-1].append(self._runs("td", "text" if len(rows) > 1 else "table-head"))
        count = max(map(len, rows), default=0)
        whole = tuple(tuple([*row, *([()] * (count - len(row)))]) for row in rows if count)
        return Table(whole, frozenset(joined["left"]), frozenset(joined["above"]))

    def _paragraph(self, end: str) -> Iterator[Block]:
        """A paragraph, or the pictures of one that holds nothing else."""
        first = len(self.links)
        runs = self._runs(end, "text")
        roles = {role for text, role in runs if text.strip()}
        if "image" in roles and roles <= {"image", "link-number"}:
            for number, link in enumerate(self.links[first:], first + 1):
                alt = self._alts[number]
                yield Picture("" if alt.lower() in _WORTHLESS_ALTS else alt, link.url, number)
        elif roles:
            yield Paragraph(runs)

    def _runs(self, end: str, base: Role) -> Runs:
        """Inline content up to the next tag of a block; every link is followed by its number."""
        spans: list[Span] = []
        strong = emphasis = code = False
        link: tuple[str, int] | None = None
        while (token := self._next()) is not None:
            closing, tag, attributes, text = token.groups()
            if text is not None:
                role = base
                if code:
                    role = "code"
                elif link is not None:
                    role = "link"
                elif base == "text" and strong:
                    role = "strong"
                elif base == "text" and emphasis:
                    role = "emphasis"
                text = html.unescape(text) if "&" in text else text
                spans.append((text if end == "pre" else printable(text), role))
            elif tag not in _INLINE:
                if not closing or tag != end:
                    self._again = token
                break
            elif tag == "strong":
                strong = not closing
            elif tag == "em":
                emphasis = not closing
            elif tag == "code":
                code = not closing
            elif tag == "br":
                spans.append(("\n", base))
            elif tag == "img":
                spans += self._image(_attributes(attributes))
            elif not closing:
                url = _attributes(attributes).get("href", "")
                link = (url, len(spans)) if url and not url.startswith("#") else None
            elif link is not None:
                number = self._number(plain(tuple(spans[link[1] :])), link[0])
                spans.append((f"[{number}]", "link-number"))
                link = None
        return tuple(spans)

    def _image(self, given: dict[str, str]) -> Runs:
        url = given.get("src", "")
        shown = picture_text(url)
        number = self._number(shown, url)
        self._alts[number] = printable(given.get("alt", "")).strip()
        return (shown, "image"), (f"[{number}]", "link-number")

    def _number(self, text: str, url: str) -> int:
        """The number of a new link."""
        self.links.append(Link(text, url))
        return len(self.links)


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(text)}
