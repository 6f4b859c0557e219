"""The table that a measurement ends with: what was measured, the floor beside it, and the goal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from finews_tui.page import pad, width_of

Verdict = Literal["ok", "missed", "missing", "failed", ""]
"""``missing``: there is nothing to measure yet; ``failed``: it could not be measured."""

HEAD = ("what", "measured", "floor", "ratio", "goal", "", "note")


class UnmeasuredError(Exception):
    """A figure that cannot be had, and why; the table says so and goes on."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, ready to be printed."""

    what: str
    measured: str
    floor: str = ""
    ratio: str = ""
    goal: str = ""
    verdict: Verdict = ""
    note: str = ""
    """What else is to be known of the figure."""
    part: str = ""
    """Under which heading it stands; whoever gathers the rows knows it."""

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells in the order of HEAD."""
        return (
            self.what,
            self.measured,
            self.floor,
            self.ratio,
            self.goal,
            self.verdict,
            self.note,
        )


def row(
    what: str,
    value: float,
    unit: str,
    *,
    floor: float | None = None,
    beside: str = "",
    at_most: float | None = None,
    at_least: float | None = None,
    times_at_most: float | None = None,
    times_at_least: float | None = None,
    note: str = "",
) -> Row:
    """A row with its verdict: goals of the figure itself, and of its ratio to ``floor``.

    ``beside`` says what the floor is. Raises UnmeasuredError where a goal is set
    on the ratio to a floor that took no time at all.
    """
    ratio = value / floor if floor else None
    goals, held = [], []
    for limit, is_upper, is_ratio in (
        (at_most, True, False),
        (at_least, False, False),
        (times_at_most, True, True),
        (times_at_least, False, True),
    ):
        if limit is None:
            continue
        figure = ratio if is_ratio else value
        if figure is None:
            raise UnmeasuredError(f"{what}: there is no floor to compare with")
        shown = f"{limit:g} ×" if is_ratio else _with_unit(limit, unit)
        goals.append(f"{'≤' if is_upper else '≥'} {shown}")
        held.append(figure <= limit if is_upper else figure >= limit)
    verdict: Verdict = ("ok" if all(held) else "missed") if held else ""
    return Row(
        what,
        _with_unit(value, unit),
        f"{_with_unit(floor, unit)} {beside}".strip() if floor is not None else beside,
        f"{ratio:.2f} ×" if ratio is not None else "",
        ", ".join(goals),
        verdict,
        note,
    )


def text(rows: Iterable[Row]) -> str:
    """The table for a terminal."""
    rows = list(rows)
    columns = zip(HEAD, *(row.cells for row in rows), strict=True)
    widths = [max(map(width_of, column)) for column in columns]
    lines = [_aligned(HEAD, widths)]
    for part, some in groupby(rows, lambda row: row.part):
        lines += ["", part, *(_aligned(row.cells, widths) for row in some)]
    return "\n".join(lines)


def markdown(rows: Iterable[Row]) -> str:
    """The table for a document: one table a part."""
    lines: list[str] = []
    for part, some in groupby(rows, lambda row: row.part):
        lines += [f"### {part}", "", _bars(HEAD), "|---|--:|--:|--:|---|---|---|"]
        lines += [*(_bars(row.cells) for row in some), ""]
    return "\n".join(lines)


def figure(value: float) -> str:
    """A number with three digits that count."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _with_unit(value: float, unit: str) -> str:
    return f"{figure(value)} {unit}".strip()


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    what, *rest = (pad(cell, width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(["  " + what, *rest]).rstrip()


def _bars(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
