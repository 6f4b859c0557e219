"""Inline text as runs, and runs as the inline HTML that a cleaned body may contain.

The grammar of the result: text, ``<strong>``, ``<em>``, ``<code>``, ``<a href>`` and ``<br>``;
strong never nests, never touches another strong and never begins or ends with white space; em never
touches strong; links do not nest. Markdown can express each of these exactly.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

STRONG = 1
EMPHASIS = 2
CODE = 4
BREAK = "\n"
"""A line break inside a paragraph."""


class Run(NamedTuple):
    """A stretch of text of one style, inside one link or none."""

    text: str
    style: int
    """A sum of STRONG, EMPHASIS and CODE."""
    link: int
    """The number of the link in the body, from 1; 0 outside of links."""


def plain(runs: Sequence[Run]) -> str:
    """The visible text of ``runs``."""
    return "".join(run.text for run in runs)


def trim(runs: list[Run]) -> list[Run]:
    """``runs`` without white space at either end."""
    while runs and not (text := runs[0].text.lstrip()):
        runs = runs[1:]
    if runs and text != runs[0].text:
        runs = [runs[0]._replace(text=text), *runs[1:]]
    while runs and not (text := runs[-1].text.rstrip()):
        runs = runs[:-1]
    if runs and text != runs[-1].text:
        runs = [*runs[:-1], runs[-1]._replace(text=text)]
    return runs


def inline_html(runs: Sequence[Run], addresses: Sequence[str]) -> str:
    """The inline HTML of ``runs``, whose link n leads to ``addresses[n - 1]``."""
    if not any(run.style or run.link for run in runs):
        return _escape(plain(runs))
    units = list(_units(_simplified(runs), addresses))
    pieces: list[str] = []
    for is_strong, group in groupby(units, key=lambda unit: unit[0]):
        inner = "".join(text for _, text in group)
        pieces.append(_wrapped("strong", inner) if is_strong else inner)
    return "".join(pieces)


def _simplified(runs: Sequence[Run]) -> list[Run]:
    """Neighbours of one kind merged; emphasis only where no strong text touches it."""
    result: list[Run] = []
    pieces: list[str] = []
    kind = (0, 0)
    for text, style, link in runs:
        if not text:
            continue
        if style & CODE and not text.strip():
            # White space has no style of its own: it joins what stands before it, unless the
            # style ends here, which `_wrapped` settles.
            style &= ~CODE
        if style & STRONG and style & EMPHASIS:
            style &= ~EMPHASIS
        if (style, link) != kind:
            if pieces:
                result.append(Run("".join(pieces), *kind))
            pieces, kind = [], (style, link)
        pieces.append(text)
    if pieces:
        result.append(Run("".join(pieces), *kind))
    for index, run in enumerate(result):
        if run.style & EMPHASIS:
            neighbours = result[max(0, index - 1) : index] + result[index + 1 : index + 2]
            if any(neighbour.style or neighbour.link for neighbour in neighbours) or run.link:
                result[index] = run._replace(style=run.style & ~EMPHASIS)
    return result


def _units(runs: Sequence[Run], addresses: Sequence[str]) -> Iterator[tuple[bool, str]]:
    """(is strong as a whole, HTML): one unit a link, one a run outside of links."""
    for link, group in groupby(runs, key=lambda run: run.link):
        members = list(group)
        if not link:
            for run in members:
                yield bool(run.style & STRONG), _styled(run, run.style & ~STRONG)
            continue
        text = plain(members)
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        members = trim(members)
        if not members:
            yield False, _escape(text)
            continue
        whole = all(run.style & STRONG for run in members)
        inner = "".join(
            _styled(run, run.style & ~STRONG if whole else run.style) for run in members
        )
        if before:
            yield False, _escape(before)
        yield whole, f'<a href="{html.escape(addresses[link - 1])}">{inner}</a>'
        if after:
            yield False, _escape(after)


def _styled(run: Run, style: int) -> str:
    inner = _escape(run.text)
    if style & CODE:
        inner = _wrapped("code", inner.replace("<br>", " "))
    if style & EMPHASIS:
        inner = _wrapped("em", inner)
    return _wrapped("strong", inner) if style & STRONG else inner


def _wrapped(tag: str, inner: str) -> str:
    """``inner`` in ``tag``, with white space and line breaks at its ends outside of the tag."""
    left, right = 0, len(inner)
    while True:
        if left < right and inner[left].isspace():
            left += 1
        elif inner.startswith("<br>", left, right):
            left += 4
        else:
            break
    while True:
        if right > left and inner[right - 1].isspace():
            right -= 1
        elif inner.endswith("<br>", left, right):
            right -= 4
        else:
            break
    if left == right:
        return inner
    return f"{inner[:left]}<{tag}>{inner[left:right]}</{tag}>{inner[right:]}"


def _escape(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        text = html.escape(text, quote=False)
    return text.replace(BREAK, "<br>")
