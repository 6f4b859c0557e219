"""Writes the cleaned body: a small, well-formed HTML that Markdown can express exactly.

Blocks: ``p``, ``h1``–``h6``, ``pre``, ``hr``, ``blockquote``, ``ul``/``ol`` with ``li``, ``table``
with ``tr`` and ``td`` (see ``Joined``), and ``<p><img src alt></p>`` for an image alone. Inside
``li`` stands inline HTML (see ``runs.py``) and then, perhaps, nested lists.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from enum import Enum

_NESTING_LIMIT = 6


class Joined(Enum):
    """A place of a table without a cell of its own, by where the cell is that spans it.

    As a class of an empty ``td`` it says so in the body.
    """

    LEFT = "left"
    ABOVE = "above"


class Writer:
    """Appends blocks to a body, opening and closing what encloses them."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[tuple[str, int]] = []
        self._implied: set[int] = set()
        """The depths of items that no ``li`` opened: for text or a list right inside a list."""

    def html(self) -> str:
        """The body so far, with all that is open closed."""
        while self._open:
            self.close(self._open[-1][0])
        return "".join(self._out)

    def open(self, tag: str, start: str = "") -> bool:
        """Begin a blockquote, ul, ol or li; False where it is nested too deep and left out."""
        if tag == "li":
            if not self._in_list():
                return False
        elif len(self._open) >= 2 * _NESTING_LIMIT or (
            tag == "blockquote" and (self._in_item() or self._in_list())
        ):
            return False
        elif self._in_list():
            self._imply_item()
        self._open.append((tag, len(self._out)))
        number = f' start="{start}"' if start.isdigit() and len(start) < 9 and start != "1" else ""
        self._out.append(f"<{tag}{number}>")
        return True

    def close(self, tag: str) -> None:
        """End the innermost ``tag`` and what is still open inside; empty ones vanish."""
        if not any(name == tag for name, _ in self._open):
            return
        while self._open:
            name, index = self._open.pop()
            self._implied.discard(len(self._open))
            if index == len(self._out) - 1:
                self._out.pop()
            else:
                self._out.append(f"</{name}>")
            if name == tag:
                break
        if len(self._open) - 1 in self._implied and tag != "li":
            self.close("li")

    def block(self, tag: str, inline: str) -> None:
        """A paragraph, heading or preformatted text of ready inline HTML."""
        is_implied = self._in_list()
        if is_implied:
            self.open("li")
        if self._in_item():
            self._into_item(inline if tag != "pre" else f"<code>{inline}</code>".replace("\n", " "))
            if is_implied:
                self.close("li")
            return
        if tag != "p" and tag != "pre":
            inline = inline.replace("<br>", " ")
        self._out.append(f"<{tag}>{inline}</{tag}>")

    def image(self, url: str, alt: str) -> None:
        """An image on its own."""
        image = f'<img src="{html.escape(url)}" alt="{html.escape(alt)}">'
        if self._in_list() or self._in_item():
            self.block("p", image)
        else:
            self._out.append(f"<p>{image}</p>")

    def rule(self) -> None:
        """A horizontal rule; none inside lists."""
        if not self._in_list() and not self._in_item():
            self._out.append("<hr>")

    def table(self, rows: Sequence[Sequence[str | Joined]]) -> None:
        """A table of ready inline HTML, all rows of one length; in a list, one line a row."""
        if self._in_list() or self._in_item():
            for row in rows:
                self.block("p", " ".join(cell for cell in row if cell and isinstance(cell, str)))
            return
        self._out.append("<table>")
        for row in rows:
            self._out.append(f"<tr>{''.join(map(_cell, row))}</tr>")
        self._out.append("</table>")

    def _imply_item(self) -> None:
        self.open("li")
        self._implied.add(len(self._open) - 1)

    def _in_list(self) -> bool:
        return bool(self._open) and self._open[-1][0] in ("ul", "ol")

    def _in_item(self) -> bool:
        return bool(self._open) and self._open[-1][0] == "li"

    def _into_item(self, inline: str) -> None:
        if self._out[-1] in ("</ul>", "</ol>"):
            # Text behind a nested list: Markdown would run it into that list's last item.
            self.close("li")
            self.open("li")
        if len(self._out) - 1 > self._open[-1][1]:
            self._out.append("<br>")
        self._out.append(inline)


def _cell(cell: str | Joined) -> str:
    if isinstance(cell, Joined):
        return f'<td class="{cell.value}"></td>'
    return f"<td>{cell.replace('<br>', ' ')}</td>"
