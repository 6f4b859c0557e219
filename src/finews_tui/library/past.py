"""Remembers which posts were opened, how far they were read, and what was searched for.

Bounded: of each archive the newest visits and searches are kept.
"""

from __future__ import annotations

from typing import NamedTuple

from finews_tui.library.state import State
from finews_tui.library.tokens import printable

VISITS_KEPT = 10_000
SEARCHES_KEPT = 500
"""Of each kind of prompt."""


class Visit(NamedTuple):
    """A post that was opened."""

    key: str
    at: int
    """When it was opened last, in microseconds since 1970."""
    place: float
    """How far it was read, from 0 to 1."""


class Past:
    """What was done in one archive, or set of archives."""

    def __init__(self, state: State, archive: str) -> None:
        self._state = state
        self._archive = archive

    def visit(self, key: str, place: float | None = None) -> None:
        """Remember that a post was opened, and how far it was read, from 0 to 1, where given."""
        with self._state.transaction() as now:
            self._state.connection.execute(
                "INSERT INTO visits VALUES (?1, ?2, ?3, ifnull(?4, 0)) ON CONFLICT "
                "DO UPDATE SET (at, place) = (excluded.at, ifnull(?4, place))",
                (self._archive, printable(key), now, place),
            )
            self._state.connection.execute(
                "DELETE FROM visits WHERE archive = ?1 AND at <= (SELECT at FROM visits "
                "WHERE archive = ?1 ORDER BY at DESC LIMIT 1 OFFSET ?2)",
                (self._archive, VISITS_KEPT),
            )

    def visits(self, limit: int = VISITS_KEPT) -> list[Visit]:
        """Return the posts that were opened, the last one first."""
        rows = self._state.connection.execute(
            "SELECT key, at, place FROM visits WHERE archive = ? ORDER BY at DESC LIMIT ?",
            (self._archive, limit),
        )
        return [Visit(*row) for row in rows]

    def place(self, key: str) -> float | None:
        """Return how far a post was read, from 0 to 1; None where it was never opened."""
        row = self._state.connection.execute(
            "SELECT place FROM visits WHERE archive = ? AND key = ?", (self._archive, key)
        ).fetchone()
        return None if row is None else float(row[0])

    def remember_search(self, kind: str, text: str) -> None:
        """Remember what was searched for just now, by the kind of prompt."""
        with self._state.transaction() as now:
            self._state.connection.execute(
                "INSERT INTO searches VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET at = excluded.at",
                (self._archive, kind, printable(text), now),
            )
            self._state.connection.execute(
                "DELETE FROM searches WHERE archive = ?1 AND kind = ?2 AND at <= "
                "(SELECT at FROM searches WHERE archive = ?1 AND kind = ?2 "
                "ORDER BY at DESC LIMIT 1 OFFSET ?3)",
                (self._archive, kind, SEARCHES_KEPT),
            )

    def searches(self, kind: str, limit: int = SEARCHES_KEPT) -> list[str]:
        """Return what was searched for, the last one first."""
        rows = self._state.connection.execute(
            "SELECT text FROM searches WHERE archive = ? AND kind = ? ORDER BY at DESC LIMIT ?",
            (self._archive, kind, limit),
        )
        return [text for (text,) in rows]
