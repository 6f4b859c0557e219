"""Remembers where the reader was, where it stopped in each post, and what was typed in prompts.

Bounded: the newest of each are kept. What stands here is safe from a reader that is killed, but not
waited for on the disk as marks are: a cut of the power may cost the last moments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from finews_tui.lean import NamedTuple
from finews_tui.library.state import State
from finews_tui.library.tokens import printable

VISITS_KEPT = 200
"""Of each archive."""
SEARCHES_KEPT = 100
"""Of each kind of prompt in each archive."""
POSITIONS_KEPT = 10_000


class Visit(NamedTuple):
    """A list that was shown, with the post that was selected in it."""

    at: int
    """When it was left, in microseconds since 1970; no two visits of an archive have the same."""
    base: str
    """The query of the category."""
    filter: str
    key: str
    """The post's key; empty in an empty list."""
    pane: str
    """What had the focus."""


class Steps(NamedTuple):
    """What has been done since the last time that something was remembered."""

    visits: Sequence[Visit] = ()
    forgotten: Sequence[int] = ()
    """The times of visits to which no key leads any more."""
    positions: Mapping[str, int] = MappingProxyType({})
    """How many characters stand above the screen, by the keys of posts."""


class Past:
    """What was done in one archive, or set of archives."""

    def __init__(self, state: State, archive: str) -> None:
        self._state = state
        self._archive = archive

    def remember(self, steps: Steps) -> None:
        """Remember all of ``steps``; visits and positions of other readers stay."""
        with self._state.transaction(is_synced=False) as now:
            connection, archive = self._state.connection, self._archive
            connection.executemany(
                "DELETE FROM visits WHERE archive = ? AND at = ?",
                ((archive, at) for at in steps.forgotten),
            )
            connection.executemany(
                "INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (archive, visit.at, *map(printable, (visit.base, visit.filter)), *_post(visit))
                    for visit in steps.visits
                ),
            )
            if steps.visits:
                connection.execute(
                    "DELETE FROM visits WHERE archive = ?1 AND at <= (SELECT at FROM visits "
                    "WHERE archive = ?1 ORDER BY at DESC LIMIT 1 OFFSET ?2)",
                    (archive, VISITS_KEPT),
                )
            for key, place in steps.positions.items():
                self._stop(printable(key), place, now)

    def _stop(self, key: str, place: int, now: int) -> None:
        execute = self._state.connection.execute
        values = (key, now, place)
        if execute("UPDATE positions SET (at, place) = (?2, ?3) WHERE key = ?1", values).rowcount:
            return
        execute("INSERT INTO positions VALUES (?, ?, ?)", values)
        execute(
            "DELETE FROM positions WHERE at <= "
            "(SELECT at FROM positions ORDER BY at DESC LIMIT 1 OFFSET ?)",
            (POSITIONS_KEPT,),
        )

    def remember_search(self, kind: str, text: str) -> None:
        """Remember what was typed just now, by the kind of prompt."""
        with self._state.transaction(is_synced=False) as now:
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

    def visits(self) -> list[Visit]:
        """Return where the reader was, the last place last."""
        rows = self._state.connection.execute(
            "SELECT at, base, filter, key, pane FROM visits WHERE archive = ? ORDER BY at",
            (self._archive,),
        )
        return [Visit(*row) for row in rows]

    def position(self, key: str) -> int:
        """Return how many characters of a post stood above the screen when it was left."""
        row = self._state.connection.execute(
            "SELECT place FROM positions WHERE key = ?", (key,)
        ).fetchone()
        return 0 if row is None else int(row[0])

    def searches(self, kind: str) -> list[str]:
        """Return what was typed in a kind of prompt, the last line first."""
        rows = self._state.connection.execute(
            "SELECT text FROM searches WHERE archive = ? AND kind = ? ORDER BY at DESC",
            (self._archive, kind),
        )
        return [text for (text,) in rows]


def _post(visit: Visit) -> tuple[str, str]:
    return printable(visit.key), visit.pane
