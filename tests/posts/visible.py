"""The oracle of the Markdown tests: what a reader sees of HTML, computed without our code."""

from __future__ import annotations

from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

_BLOCKS = frozenset(
    "body p h1 h2 h3 h4 h5 h6 li ul ol blockquote table thead tbody tr td th pre hr br".split()
)
_RENDERER = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass
class Visible:
    """The lines of text that are seen, the bold and italic stretches, links and images."""

    lines: list[str] = field(default_factory=list)
    bold: list[str] = field(default_factory=list)
    emphasised: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)


def visible(html: str) -> Visible:
    """What is seen of ``html``, white space between blocks aside."""
    body = LexborHTMLParser(html).body
    result = Visible()
    if body is None:
        return result
    pieces: list[str] = []

    def flush() -> None:
        text = "".join(pieces).strip()
        pieces.clear()
        if text:
            result.lines.append(text)

    def walk(node: LexborNode, preformatted: bool) -> None:
        child = node.child
        while child is not None:
            tag = child.tag or ""
            if tag == "-text":
                text = child.text_content or ""
                pieces.append(text if preformatted else text.replace("\n", ""))
            elif tag in _BLOCKS:
                flush()
                walk(child, preformatted or tag == "pre")
                flush()
            else:
                walk(child, preformatted)
            child = child.next

    walk(body, False)
    flush()
    result.bold = [node.text().replace("\n", "") for node in body.css("strong")]
    result.emphasised = [node.text() for node in body.css("em")]
    result.code = [
        node.text() for node in body.css("code") if not node.parent or node.parent.tag != "pre"
    ]
    result.links = [(node.text(), node.attributes.get("href") or "") for node in body.css("a")]
    result.images = [node.attributes.get("src") or "" for node in body.css("img")]
    result.headings = [(node.tag or "", node.text()) for node in body.css("h1,h2,h3,h4,h5,h6")]
    return result


def rendered(markdown: str) -> str:
    """The HTML that a CommonMark renderer with tables makes of ``markdown``."""
    html: str = _RENDERER.render(markdown)
    return html
