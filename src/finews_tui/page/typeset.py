"""From blocks to lines of a given measure: paragraphs, lists, quotes, code, pictures, headings.

``article.py`` decides what stands in an article; here is how each kind of block looks. Lines come
without the page's margin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from finews_tui.page.blocks import (
    Block,
    Code,
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
from finews_tui.page.cells import pad, printable, repeat, width_of
from finews_tui.page.line import Line, Role, Span, plain
from finews_tui.page.tables import set_table
from finews_tui.page.wrap import wrap, wrap_spans

LEAST_MEASURE = 8
"""Indentation stops here: the cells that are left for text at any depth."""

_BULLETS = "•◦▪"
_KEPT = frozenset(
    {"link", "link-number", "image", "caption", "code", "rule", "source-line", "related", "dim"}
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all blocks of one article have in common."""

    ambiguous: int = 1
    """The cells of ambiguous characters."""
    captions: Mapping[str, str] = field(default_factory=dict)
    """The caption of each image, by its address."""
    tint: Role = "text"
    """The role of plain text, such as ``related``; what is not ``text`` colours all of it."""


def set_blocks(
    blocks: Sequence[Block], measure: int, sheet: Sheet, *, depth: int = 0, is_tight: bool = False
) -> list[Line]:
    """The lines of ``blocks``, with an empty line between them unless ``is_tight``."""
    lines: list[Line] = []
    for block in blocks:
        if lines and not is_tight:
            lines.append(())
        lines += set_block(block, measure, sheet, depth=depth)
    return lines


def set_block(block: Block, measure: int, sheet: Sheet, *, depth: int = 0) -> list[Line]:
    """The lines of one block, each at most ``measure`` cells."""
    match block:
        case Paragraph(runs):
            return set_runs(runs, measure, sheet)
        case Heading(runs):
            return set_heading(runs, measure, sheet)
        case Picture():
            return _set_picture(block, measure, sheet)
        case Code(text):
            return _set_code(text, measure, sheet)
        case Rule():
            return [((repeat("─", min(measure, 20), sheet.ambiguous), "rule"),)]
        case Table():
            return [
                _tinted(line, sheet.tint) for line in set_table(block, measure, sheet.ambiguous)
            ]
        case Quote(blocks):
            mark: Span = ("│ ", "quote")
            if measure - width_of(mark[0], sheet.ambiguous) < LEAST_MEASURE:
                mark = ("", "quote")
            tint: Role = "quote" if sheet.tint == "text" else sheet.tint
            inner = Sheet(sheet.ambiguous, sheet.captions, tint)
            room = measure - width_of(mark[0], sheet.ambiguous)
            return [(mark, *line) for line in set_blocks(blocks, room, inner, depth=depth)]
        case Items():
            return _set_items(block, measure, sheet, depth)


def set_runs(runs: Runs, measure: int, sheet: Sheet) -> list[Line]:
    """Text wrapped to ``measure``."""
    return wrap_spans(_tinted(runs, sheet.tint), measure, ambiguous=sheet.ambiguous)


def set_heading(runs: Runs, measure: int, sheet: Sheet) -> list[Line]:
    """A heading, with a hairline below where it takes one line and is no question."""
    runs = tuple((text, "heading" if role in ("text", "strong") else role) for text, role in runs)
    lines = wrap_spans(_tinted(runs, sheet.tint), measure, ambiguous=sheet.ambiguous)
    if len(lines) == 1 and not plain(lines[0]).endswith(("？", "?")):
        width = width_of(plain(lines[0]), sheet.ambiguous)
        lines.append(((repeat("─", width, sheet.ambiguous), "rule"),))
    return lines


def _tinted(spans: Sequence[Span], tint: Role) -> Line:
    """``spans`` in the colour of what they stand in; links and the like keep their own."""
    if tint == "text":
        return tuple(spans)
    if tint == "quote":
        return tuple((text, tint if role == "text" else role) for text, role in spans)
    return tuple((text, role if role in _KEPT else tint) for text, role in spans)


def _set_picture(picture: Picture, measure: int, sheet: Sheet) -> list[Line]:
    """``▣ 图 800×555 · 图片来源：…[3]``."""
    spans: list[Span] = [(picture_text(picture.url), "image")]
    caption = sheet.captions.get(picture.url, "") or picture.alt
    if caption:
        spans += [(" · ", "dim"), (printable(caption), "caption")]
    spans.append((f"[{picture.number}]", "link-number"))
    return wrap_spans(spans, measure, ambiguous=sheet.ambiguous)


def _set_code(text: str, measure: int, sheet: Sheet) -> list[Line]:
    """The lines of code as they are; one that is too long goes on in the next."""
    lines: list[Line] = []
    for row in text.expandtabs(4).split("\n"):
        clean = printable(row)
        for start, end in wrap(clean, measure, ambiguous=sheet.ambiguous):
            lines.append(((clean[start:end], "code"),))
    return lines


def _set_items(items: Items, measure: int, sheet: Sheet, depth: int) -> list[Line]:
    """A list with hanging marks; numbers are aligned right."""
    if items.start is None:
        marks = [_BULLETS[depth % len(_BULLETS)]] * len(items.items)
    else:
        marks = [f"{number}." for number in range(items.start, items.start + len(items.items))]
    hang = max(width_of(mark, sheet.ambiguous) for mark in marks) + 1
    is_hanging = measure - hang >= LEAST_MEASURE
    lines: list[Line] = []
    for mark, blocks in zip(marks, items.items, strict=True):
        if lines and not items.is_tight:
            lines.append(())
        head: Span = (pad(mark, hang - 1, sheet.ambiguous, right=True) + " ", "dim")
        room = measure - hang if is_hanging else measure
        inner = set_blocks(blocks, room, sheet, depth=depth + 1, is_tight=items.is_tight) or [()]
        if is_hanging:
            lines.append((head, *inner[0]))
            lines += [((" " * hang, "text"), *line) if line else () for line in inner[1:]]
        else:
            lines += [((mark, "dim"),), *inner]
    return lines
