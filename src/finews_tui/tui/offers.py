"""Names to choose from, with how many posts each has: categories, tickers, days.

They may come later than what is typed: the dialog is open at once, and an Enter that came too early
counts when they are there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from finews_tui.lean import NamedTuple
from finews_tui.page.line import Line
from finews_tui.tui.likeness import best
from finews_tui.tui.picker import Picker, row_of


class Offer(NamedTuple):
    """One row."""

    label: str
    query: str
    """The query that lists its posts."""
    note: str = ""
    """What it is, such as ``source`` or a market."""
    total: int | None = None
    """How many posts it has."""
    marks: Sequence[int] = ()
    """Which characters of the label were typed."""


class Offers(Picker[Offer]):
    """Chooses one of the names that fit what is typed; ``offer`` brings them."""

    def __init__(
        self,
        label: str,
        otherwise: str,
        *,
        reads: Callable[[str], Sequence[Offer]] = lambda typed: (),
        spelled: Callable[[str], str] = str,
    ) -> None:
        """``reads`` makes rows of what is typed, ``spelled`` brings it to the form of the names."""
        super().__init__(label)
        self._reads = reads
        self._spelled = spelled
        self._otherwise = otherwise
        self._offers: Sequence[Offer] = ()
        self._is_waiting = True
        self._is_accepted = False
        self.otherwise = "…"

    def offer(self, offers: Sequence[Offer]) -> None:
        """These are the names, in the order in which they are shown."""
        self._offers = offers
        self._is_waiting = False
        self.otherwise = self._otherwise
        self.find()
        if self._is_accepted and self.is_attached:
            self.dismiss(self.rows.choice)

    def fitting(self, typed: str) -> Sequence[Offer]:
        """The names that fit."""
        if not typed:
            return self._offers
        named = [(offer.label, offer) for offer in self._offers]
        found = best(self._spelled(typed), named)
        return [*self._reads(typed), *(offer._replace(marks=marks) for offer, marks in found)]

    def row_line(self, value: Offer, width: int) -> Line:
        """The name, what it is, and how many posts it has."""
        total = "" if value.total is None else f"{value.total:,}"
        note = value.note if width >= 40 else ""
        right: Line = ((note, "dim"), (total.rjust(9 if note else 0), "text"))
        return row_of(value.label, right, width, marks=value.marks)

    def accept(self) -> None:
        """Choose, now or when there is something to choose from."""
        if self._is_waiting:
            self._is_accepted = True
            self.is_ready = False  # what is typed now is meant for what is chosen
        else:
            super().accept()
