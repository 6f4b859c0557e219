"""Where the reader has been: lists and posts, to go back to and forward again. Pure data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import time_ns

from finews_tui.library import Query
from finews_tui.library.past import VISITS_KEPT
from finews_tui.tui.commands import Pane


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list was asked for."""

    base: Query = field(default_factory=Query)
    """The category: a node of the tree, a ticker, all."""
    filter: Query = field(default_factory=Query)
    """What ``f`` has narrowed it by."""

    @property
    def query(self) -> Query:
        """Both together."""
        return self.base & self.filter


def now() -> int:
    """The time in microseconds since 1970."""
    return time_ns() // 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """A list, the post selected in it, and the pane that had the focus."""

    asked: Asked
    key: str
    """The post's key; empty in an empty list."""
    pane: Pane
    at: int = field(default_factory=now, compare=False)
    """When the reader was there, in microseconds since 1970: tells visits of one place apart."""


class History:
    """Places one after the other, as in a browser."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = 0

    def leave(self, place: Place) -> None:
        """Remember ``place`` before going elsewhere; what lay ahead is forgotten."""
        del self._places[self._at :]
        if not self._places or self._places[-1] != place:
            self._places.append(place)
        del self._places[:-VISITS_KEPT]
        self._at = len(self._places)

    @property
    def places(self) -> tuple[Place, ...]:
        """All places, the oldest first."""
        return tuple(self._places)

    def recall(self, places: Sequence[Place]) -> None:
        """Put places that were visited at another time before those that are known."""
        self._places = [*places, *self._places][-VISITS_KEPT:]
        self._at = len(self._places)

    def go(self, steps: int, here: Place) -> Place | None:
        """The place ``steps`` back (negative) or ahead; ``here`` is kept to come back to."""
        if steps < 0 and self._at == 0:
            return None
        if self._at == len(self._places):
            if steps > 0:
                return None
            self._places.append(here)
        else:
            self._places[self._at] = here
        target = max(0, min(self._at + steps, len(self._places) - 1))
        if target == self._at:
            return None
        self._at = target
        return self._places[target]
