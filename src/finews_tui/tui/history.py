"""Where the reader has been: lists and posts, to go back to and forward again. Pure data."""

from __future__ import annotations

from collections.abc import Sequence
from time import time_ns

from finews_tui.lean import NamedTuple
from finews_tui.library import Query
from finews_tui.library.past import VISITS_KEPT
from finews_tui.tui.commands import Pane


class Asked(NamedTuple):
    """What the list was asked for."""

    base: Query = Query()
    """The category: a node of the tree, a ticker, all."""
    filter: Query = Query()
    """What ``f`` has narrowed it by."""

    @property
    def query(self) -> Query:
        """Both together."""
        return self.base & self.filter


def now() -> int:
    """The time in microseconds since 1970."""
    return time_ns() // 1_000


class Place:
    """A list, the post selected in it, and the pane that had the focus."""

    def __init__(self, asked: Asked, key: str, pane: Pane, at: int | None = None) -> None:
        self.asked = asked
        self.key = key
        """The post's key; empty in an empty list."""
        self.pane = pane
        self.at = now() if at is None else at
        """When the reader was there, in microseconds since 1970: tells visits of one place apart.

        Now where it is not told; the place is the same at any time.
        """

    @property
    def _where(self) -> tuple[Asked, str, Pane]:
        return self.asked, self.key, self.pane

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and self._where == other._where

    def __hash__(self) -> int:
        return hash(self._where)

    def __repr__(self) -> str:
        return f"Place{self._where}"


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
