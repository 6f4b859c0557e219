"""Walks the HTML of a body and keeps what a reader wants: the room that knows upstream's mark-up.

Noise never comes through (hidden elements, charts, adverts, comments, placeholder spans, glossary
links); content always does. FORMAT.md sections 5 to 8 describe the input.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from finews_tui.posts import prepare, tickers
from finews_tui.posts.clean import clean_block
from finews_tui.posts.collector import Collector
from finews_tui.posts.kinds import Kind, Trust
from finews_tui.posts.runs import CODE, EMPHASIS, STRONG
from finews_tui.posts.split import safe_url
from finews_tui.posts.table import grid, is_tabular
from finews_tui.posts.writer import Joined

_SKIPPED = frozenset(
    "script style template svg iframe head object embed applet canvas map audio video math".split()
)
_BLOCKS = frozenset(
    "p div center section article header footer main aside nav figure figcaption address details"
    " summary form fieldset dl dt dd caption legend body html table tbody thead tfoot tr td th"
    " h1 h2 h3 h4 h5 h6".split()
)
_CONTAINERS = frozenset({"blockquote", "ul", "ol", "li"})
_STYLES = {
    "strong": STRONG,
    "b": STRONG,
    "em": EMPHASIS,
    "i": EMPHASIS,
    "code": CODE,
    "kbd": CODE,
    "samp": CODE,
    "tt": CODE,
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)

_Attributes = dict[str, str | None]
_Step = tuple[LexborNode | None, Callable[[], None] | None, int, int]
"""A node with its style and link; or, without node, what to do when an element ends."""


def walk(content: str, collector: Collector) -> None:
    """Tell ``collector`` what stands in HTML."""
    content, problem = prepare.prepared(content)
    root = LexborHTMLParser(content).body if problem is None else None
    if root is None:
        collector.body.problems.append(problem or "The HTML has no body; its text was taken.")
        collector.plain_text(prepare.without_tags(content))
    else:
        _Walker(collector, root).walk(root)


class Mark(NamedTuple):
    """What the attributes of a mark of upstream's say."""

    found: tuple[str, str] | None
    """(market, code), where the mark names an instrument."""
    trust: Trust


# The same few thousand companies are marked in every post.
@lru_cache(maxsize=4_096)
def mark_of(classes: str, data_code: str, href: str) -> Mark | None:
    """The mark that an element of these attributes is, if it is one."""
    names = classes.split()
    if "keytip" in names:
        return Mark(tickers.from_mark(data_code, href), Trust.MARK)
    if "em_stock_key_common" in names:
        return Mark(tickers.from_mark(data_code, href), Trust.WEAK)
    if "infokey" in names:
        # A glossary word, unless it leads to an index.
        found = tickers.from_href(href)
        is_index = found and tickers.kind_of(*found) is Kind.INDEX
        return Mark(found if is_index else None, Trust.MARK)
    return None


def link_of(collector: Collector, href: str) -> int:
    """The number of a new link, or 0 where ``href`` leads nowhere."""
    url = None if collector.in_source else safe_url(href)
    return collector.link(url) if url else 0


def image_of(address: str) -> str:
    """The address of a content image, clean though a browser may refuse it."""
    return safe_url(address) or clean_block(address)[:1000].strip()


def is_centred(style: str) -> bool:
    """Whether a block of this style may be a caption."""
    return bool(_CENTRED.search(style))


def _value(attributes: _Attributes, name: str) -> str:
    return attributes.get(name) or ""


class _Walker:
    """Visits elements in document order without recursion: their depth is the file's choice."""

    def __init__(self, collector: Collector, root: LexborNode) -> None:
        self._collector = collector
        self._root = root
        self._stack: list[_Step] = []
        self._length: int | None = None

    def walk(self, node: LexborNode) -> None:
        """Visit ``node`` and all below it."""
        outer, self._stack = self._stack, [(node, None, 0, 0)]
        while self._stack:
            current, action, style, link = self._stack.pop()
            if current is None:
                if action:
                    action()
                continue
            tag = current.tag or ""
            if tag == "-text":
                self._collector.text(current.text_content or "", style, link)
            elif tag[:1] not in ("-", "_", "!") and tag not in _SKIPPED:
                self._element(current, tag, style, link)
        self._stack = outer

    def _push(self, node: LexborNode, style: int, link: int, *, without: str = "") -> None:
        """Put the children of ``node`` on the stack, so that the first one is visited next."""
        child = node.last_child
        while child is not None:
            if not without or child.tag != without:
                self._stack.append((child, None, style, link))
            child = child.prev

    def _element(self, node: LexborNode, tag: str, style: int, link: int) -> None:
        attributes = node.attributes
        if self._is_hidden(node, tag, attributes):
            return
        if tag == "br":
            self._collector.line_break(style, link)
        elif tag == "img":
            self._image(attributes)
        elif tag == "hr":
            self._collector.flush()
            self._collector.writer.rule()
        elif tag == "pre":
            self._collector.preformatted(node.text() or "")
        elif tag in _CONTAINERS:
            self._container(node, tag, attributes, style, link)
        elif tag in _BLOCKS:
            if tag != "table" or not self._table(node):
                self._block(node, tag, attributes, style, link)
        elif "EmImageRemark" in _value(attributes, "class"):
            self._chart_link(node, attributes)
        else:
            if tag in ("a", "span"):
                link = self._mark(node, tag, attributes, link)
            self._push(node, style | _STYLES.get(tag, 0), link)

    def _is_hidden(self, node: LexborNode, tag: str, attributes: _Attributes) -> bool:
        style = attributes.get("style")
        if not (style and _HIDDEN.search(style)) and "hidden" not in attributes:
            return False
        if tag == "p":
            return True
        # A hidden element that was never closed swallows the rest of the article: what holds the
        # source line or most of the text is no advert.
        length = len(node.text() or "")
        swallows = node.css_first(".em_media") is not None or (
            length > 200 and 2 * length > self._whole_length()
        )
        if swallows:
            self._collector.body.problems.append("A hidden element holds the article; it is shown.")
        return not swallows

    def _whole_length(self) -> int:
        """The length of all text, counted once and only if some element asks."""
        if self._length is None:
            self._length = len(self._root.text() or "")
        return self._length

    def _block(
        self, node: LexborNode, tag: str, attributes: _Attributes, style: int, link: int
    ) -> None:
        collector = self._collector
        collector.flush()
        is_source = "em_media" in _value(attributes, "class").split()
        is_caption = tag == "figcaption" or is_centred(_value(attributes, "style"))
        kind = tag if tag[0] == "h" and tag[1:].isdigit() else "p"

        def end() -> None:
            collector.flush(kind, is_caption=is_caption)
            if is_source:
                collector.in_source = False

        if is_source:
            collector.in_source = True
        self._stack.append((None, end, 0, 0))
        self._push(node, style, link)

    def _container(
        self, node: LexborNode, tag: str, attributes: _Attributes, style: int, link: int
    ) -> None:
        collector = self._collector
        collector.flush()
        opened = not collector.in_cell and collector.writer.open(tag, _value(attributes, "start"))

        def end() -> None:
            collector.flush()
            if opened:
                collector.writer.close(tag)

        self._stack.append((None, end, 0, 0))
        self._push(node, style, link)

    def _mark(self, node: LexborNode, tag: str, attributes: _Attributes, link: int) -> int:
        """Note a ticker mark; the number of the link that the children of ``node`` stand in."""
        collector = self._collector
        classes, href = _value(attributes, "class"), _value(attributes, "href")
        mark = mark_of(classes, _value(attributes, "data-code"), href) if classes else None
        if mark:
            if mark.found:
                collector.mark(mark.found, node.text() or "", mark.trust)
        elif tag == "a" and not link:
            return link_of(collector, href)
        return link

    def _chart_link(self, node: LexborNode, attributes: _Attributes) -> None:
        image = node.css_first("img")
        address = _value(image.attributes, "src") if image is not None else ""
        self._chart(_value(attributes, "data-code"), address, _value(attributes, "href"))
        # Words beside the chart, if there are any, are content.
        self._push(node, 0, 0, without="img")

    def _chart(self, data_code: str, address: str, href: str) -> None:
        if found := tickers.from_chart(data_code, address, href):
            self._collector.mark(found, "", Trust.CHART)

    def _image(self, attributes: _Attributes) -> None:
        address = (_value(attributes, "src") or _value(attributes, "data-src")).strip()
        data_code = _value(attributes, "data-code")
        if tickers.is_chart(address) or ("|" in data_code and "nid=" in address):
            self._chart(data_code, address, "")
        elif address and not address.startswith("data:"):
            self._collector.image(image_of(address), _value(attributes, "alt"))

    def _table(self, node: LexborNode) -> bool:
        """Write a table of two columns or more; False where it is but a frame around blocks."""
        collector = self._collector
        cells = grid(node) if not collector.in_cell else []
        if not is_tabular(cells):
            return False
        for child in node.iter():
            if child.tag == "caption":
                self.walk(child)
        collector.begin_table()
        rows: list[list[str | Joined]] = []
        for row in cells:
            texts: list[str | Joined] = []
            for cell in row:
                if isinstance(cell, LexborNode):
                    self.walk(cell)
                texts.append(cell if isinstance(cell, Joined) else collector.end_cell())
            rows.append(texts)
        collector.end_table(rows)
        return True
