"""From blocks to lines of a given measure: paragraphs, lists, quotes, code, pictures, headings.

``manuscript.py`` decides what stands in an article; here is how each kind of block looks. Lines
come without the page's margin, and one by one: of a block of which only the beginning is looked at
only the beginning is laid out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat

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
from finews_tui.page.cells import pad, printable, width_of
from finews_tui.page.cells import repeat as repeat_cells
from finews_tui.page.line import Line, Role, Span, plain
from finews_tui.page.signs import with_signs
from finews_tui.page.spacing import FLUSH, GAP, Edge
from finews_tui.page.tables import set_table
from finews_tui.page.wrap import wrap, wrap_lines
from finews_tui.typography import Typography

LEAST_MEASURE = 8
"""Indentation stops here: the cells that are left for text at any depth."""

_BULLETS = "•◦▪"
_KEPT = frozenset(
    {"link", "link-number", "image", "caption", "code", "rule", "source-line", "related", "mark"}
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all blocks around have in common."""

    captions: Mapping[str, str] = field(default_factory=dict)
    """The caption of each image, by its address."""
    tint: Role = "text"
    """The role of plain text, such as ``related``; what is not ``text`` colours all of it."""
    depth: int = 0
    """The lists around."""
    indent: int = 0
    """The cells by which the first line of a paragraph is indented."""
    edge: Edge = FLUSH
    """How far closing marks may reach into the right margin."""


PLAIN = Sheet()


def set_blocks(
    blocks: Sequence[Block], measure: int, sheet: Sheet, form: Typography, *, is_tight: bool = False
) -> Iterator[Line]:
    """The lines of ``blocks``, with an empty line between them unless ``is_tight``."""
    for number, block in enumerate(blocks):
        if number and not is_tight:
            yield ()
        yield from set_block(block, measure, sheet, form)


def set_block(block: Block, measure: int, sheet: Sheet, form: Typography) -> Iterator[Line]:
    """The lines of one block, each at most ``measure`` cells."""
    match block:
        case Paragraph(runs):
            yield from set_runs(runs, measure, sheet, form)
        case Heading():
            yield from _set_heading(block, measure, sheet, form)
        case Picture():
            spans = picture_spans(block, sheet)
            yield from wrap_lines(spans, measure, ambiguous=form.ambiguous, edge=sheet.edge)
        case Code(text):
            yield from _set_code(text, measure, form)
        case Rule():
            yield ((repeat_cells("─", min(measure, 20), form.ambiguous), "rule"),)
        case Table():
            for line in set_table(block, measure, form.ambiguous):
                yield _tinted(line, sheet.tint)
        case Quote(blocks):
            yield from _set_quote(blocks, measure, sheet, form)
        case Items():
            yield from _set_items(block, measure, sheet, form)


def set_runs(runs: Runs, measure: int, sheet: Sheet, form: Typography) -> Iterator[Line]:
    """Text wrapped to ``measure``, its first line indented, with room between its lines."""
    indent = sheet.indent if measure - sheet.indent >= LEAST_MEASURE else 0
    lines = wrap_lines(
        _tinted(tuple(with_signs(runs)), sheet.tint),
        measure,
        first=measure - indent,
        ambiguous=form.ambiguous,
        edge=sheet.edge,
        has_gaps=form.gap,
    )
    if indent:
        yield ((" " * indent, "gap"), *next(lines))
    elif not form.line_spacing:
        yield from lines
    else:
        yield next(lines)
    for line in lines:
        yield from repeat((GAP,), form.line_spacing)
        yield line


def picture_spans(picture: Picture, sheet: Sheet) -> Line:
    """``▣ 图 800×555 · 图片来源：…[3]``."""
    spans: list[Span] = [(picture_text(picture.url), "image")]
    caption = sheet.captions.get(picture.url, "") or picture.alt
    if caption:
        spans += [(" · ", "dim"), (printable(caption), "caption")]
    return (*spans, (f"[{picture.number}]", "link-number"))


def _set_heading(heading: Heading, measure: int, sheet: Sheet, form: Typography) -> Iterator[Line]:
    """A heading, whose depth is told without colour, too.

    Below one of the first depth stands a double line, of the second (``h3`` and paragraphs that
    read as headings) a hairline where it takes one line and is no question, before one of the
    third a square.
    """
    runs: Runs = tuple(
        (text, "heading" if role in ("text", "strong") else role) for text, role in heading.runs
    )
    if heading.level > 3:
        runs = (("▪ ", "mark"), *runs)
    spans = _tinted(runs, sheet.tint)
    lines = list(
        wrap_lines(spans, measure, ambiguous=form.ambiguous, edge=sheet.edge, has_gaps=form.gap)
    )
    width = max(width_of(plain(line), form.ambiguous) for line in lines)
    is_question = plain(lines[-1]).endswith(("？", "?"))
    yield from lines
    if heading.level < 3:
        yield ((repeat_cells("═", width, form.ambiguous), "rule"),)
    elif heading.level == 3 and len(lines) == 1 and not is_question:
        yield ((repeat_cells("─", width, form.ambiguous), "rule"),)


def _tinted(spans: Sequence[Span], tint: Role) -> Line:
    """``spans`` in the colour of what they stand in; links and the like keep their own."""
    if tint == "text":
        return tuple(spans)
    if tint == "quote":
        return tuple((text, tint if role == "text" else role) for text, role in spans)
    return tuple((text, role if role in _KEPT else tint) for text, role in spans)


def _set_quote(
    blocks: Sequence[Block], measure: int, sheet: Sheet, form: Typography
) -> Iterator[Line]:
    """Blocks behind a bar."""
    mark: Span = ("│ ", "mark")
    if measure - width_of(mark[0], form.ambiguous) < LEAST_MEASURE:
        mark = ("", "mark")
    inner = replace(sheet, indent=0, tint="quote" if sheet.tint == "text" else sheet.tint)
    room = measure - width_of(mark[0], form.ambiguous)
    for line in set_blocks(blocks, room, inner, form):
        yield (mark, *line)


def _set_code(text: str, measure: int, form: Typography) -> Iterator[Line]:
    """The lines of code as they are; one that is too long goes on in the next."""
    for row in text.expandtabs(4).split("\n"):
        clean = printable(row)
        for start, end in wrap(clean, measure, ambiguous=form.ambiguous):
            yield ((clean[start:end], "code"),)


def _set_items(items: Items, measure: int, sheet: Sheet, form: Typography) -> Iterator[Line]:
    """A list with hanging marks; numbers are aligned right."""
    if items.start is None:
        marks = [_BULLETS[sheet.depth % len(_BULLETS)]] * len(items.items)
    else:
        marks = [f"{number}." for number in range(items.start, items.start + len(items.items))]
    hang = max(width_of(mark, form.ambiguous) for mark in marks) + 1
    is_hanging = measure - hang >= LEAST_MEASURE
    inner = replace(sheet, indent=0, depth=sheet.depth + 1)
    for number, (mark, blocks) in enumerate(zip(marks, items.items, strict=True)):
        yield from repeat((GAP,), form.line_spacing if number else 0)
        room = measure - hang if is_hanging else measure
        lines = set_blocks(blocks, room, inner, form, is_tight=True)
        if is_hanging:
            head: Span = (pad(mark, hang - 1, form.ambiguous, right=True) + " ", "mark")
            yield (head, *next(lines, ()))
            for line in lines:
                yield ((" " * hang, "text"), *line) if line else ()
        else:
            yield ((mark, "mark"),)
            yield from lines
