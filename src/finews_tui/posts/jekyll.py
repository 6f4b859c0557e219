"""Reads what general Jekyll posts have and upstream's have not: Markdown bodies, Liquid, kramdown.

The body becomes HTML, so that one cleaner (``body.py``) serves both kinds of posts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_HIGHLIGHT = re.compile(r"\{%-?\s*highlight\s+(\w+)[^%\n]*%\}\n?")
_END_HIGHLIGHT = re.compile(r"\{%-?\s*endhighlight\s*-?%\}")
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}")
_END_COMMENT = re.compile(r"\{%-?\s*endcomment\s*-?%\}")
_TAG = re.compile(r"\{%[^%\n]*%\}")
_OUTPUT = re.compile(r"\{\{[^{}\n]*\}\}")
_ATTRIBUTES = re.compile(r"(?:^[ \t]*|(?<=[)\]*_`]))\{:[^{}\n]*\}", re.MULTILINE)


def without_liquid(text: str) -> str:
    """``text`` with Liquid tags, outputs and kramdown attribute lists taken out.

    What a tag encloses stays, but for comments; ``highlight`` becomes a fenced block.
    """
    if "{%" in text:
        text = _replace(text, _COMMENT, _END_COMMENT, lambda _opening, _inside: "")
        text = _replace(text, _HIGHLIGHT, _END_HIGHLIGHT, _fence)
        text = _TAG.sub("", text)
    if "{{" in text:
        text = _OUTPUT.sub("", text)
    if "{:" in text:
        text = _ATTRIBUTES.sub("", text)
    return text


def _fence(opening: re.Match[str], inside: str) -> str:
    return f"\n```{opening[1]}\n{inside.rstrip()}\n```\n"


def _replace(
    text: str,
    opening: re.Pattern[str],
    closing: re.Pattern[str],
    make: Callable[[re.Match[str], str], str],
) -> str:
    """``text`` with each enclosed part replaced; linear, since no part is searched twice."""
    parts: list[str] = []
    position = 0
    while begin := opening.search(text, position):
        end = closing.search(text, begin.end())
        if not end:
            break
        parts += [text[position : begin.start()], make(begin, text[begin.end() : end.start()])]
        position = end.end()
    return "".join([*parts, text[position:]])


def markdown_to_html(text: str) -> str:
    """The HTML of a Markdown body, with the HTML that stands in it left as it is."""
    html: str = _markdown().render(text)
    return html


@cache
def _markdown() -> MarkdownIt:
    # Imported late: it costs a third of the start of `search`, and upstream's posts are HTML.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
