"""Joins what the person did with one index: marks change here, and all that follows from them.

Where the state file is lost while it is open, the change goes on in the one that takes its place.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

from finews_tui.errors import LibraryError
from finews_tui.lean import TypeVar
from finews_tui.library import database
from finews_tui.library.state import Change, State, StateLost

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.library.facets import Facet, FacetKind
    from finews_tui.library.flags import Flags
    from finews_tui.library.past import Past
    from finews_tui.library.sweeps import Field, Sweep, Sweeper
    from finews_tui.library.unread import Unread

Answer = TypeVar("Answer")

_AT_ONCE = 0.02
"""Seconds to look for unread counts before the tree is shown without."""
_SMALL = 20_000
"""An archive whose counts are waited for."""


class Marks:
    """The marks on one attached index, and what is known by them; ``archive`` is its identity."""

    def __init__(self, state: State, index: Path, archive: str) -> None:
        self._index = index
        self._archive = archive
        self._use(state)

    def _use(self, state: State) -> None:
        self.state = state
        self.connection = state.connection
        self._counted: Unread | None = None

    @property
    def _unread(self) -> Unread:
        """Made when it is first asked for: a search for words needs neither flags nor counts."""
        if self._counted is None:
            from finews_tui.library.flags import Flags
            from finews_tui.library.unread import Unread

            flags = Flags(self.connection, self._archive)
            self._counted = Unread(
                self.connection, flags, self._archive, lambda: database.open_index(self._index)
            )
            self._counted.restore()
        return self._counted

    @property
    def flags(self) -> Flags:
        """The flags of the posts; see ``follow``."""
        return self._unread.flags

    def close(self) -> None:
        """Keep what was counted for the next time, and close the connection."""
        if self._counted is not None:
            if self.state.is_kept and not self.state.is_read_only:
                with suppress(LibraryError, sqlite3.Error):
                    if stored := self._counted.stored():
                        self.state.save_tally(*stored)
            self._counted.close()
        self.connection.close()

    # What is known

    def follow(self, *, is_needed: bool = False) -> None:
        """Bring flags and counts up to date; ``is_needed``: look the flags up if they are not."""
        while is_needed or self._counted is not None:
            with database.moment(self.connection):
                self._unread.follow()
            if self.flags.is_loaded or not is_needed:
                return
            while not self.flags.is_loaded:
                self._unread.count_some()

    def count_on(self, seconds: float) -> bool:
        """Count for a while what is unread; returns whether all of it is known now."""
        until = monotonic() + seconds
        self.follow()
        while not (is_known := self._unread.count_some()) and monotonic() < until:
            pass
        return is_known

    def facets(self, kind: FacetKind, within: str) -> list[Facet]:
        """Return the nodes under one heading of the category tree; see ``facets.py``."""
        from finews_tui.library import facets

        while not self.count_on(_AT_ONCE) and self.flags.newest <= _SMALL:
            pass
        with database.moment(self.connection):
            self._unread.follow()
            return facets.facets(self.connection, kind, within, self.flags, self._unread)

    @property
    def past(self) -> Past:
        """What was opened and searched for."""
        from finews_tui.library.past import Past

        return Past(self.state, self._index.stem)

    # Changes

    def mark(self, keys: Sequence[str], read: bool | None, starred: bool | None) -> list[Change]:
        """Mark posts, durably; None leaves a mark as it is. Returns what changed, for undo."""
        return self.durably(lambda: self.state.mark(keys, read=read, starred=starred))

    def sweep(self, ids: Iterable[int], field: Field, is_set: bool) -> Sweep:
        """Mark many posts by their ids, or take their marks off; see ``sweeps.py``."""

        def sweep() -> Sweep:
            self.follow(is_needed=True)
            with self.state.transaction() as now:
                self._unread.follow()
                return self._sweeper.sweep(ids, field, is_set, now)

        return self.durably(sweep)

    def turn(self, change: Sequence[Change] | Sweep, *, forth: bool) -> None:
        """Make a change again, or take it back."""

        from finews_tui.library.sweeps import Sweep

        def turn() -> None:
            if isinstance(change, Sweep):
                with self.state.transaction() as now:
                    self._sweeper.turn(change, forth=forth, now=now)
            elif forth:
                self.state.apply(change)
            else:
                self.state.revert(change)

        self.durably(turn)

    @property
    def _sweeper(self) -> Sweeper:
        from finews_tui.library.sweeps import Sweeper

        return Sweeper(self.state, self.flags, self._archive)

    def durably(self, act: Callable[[], Answer]) -> Answer:
        """Change state.db, in another file where the one that is open was lost meanwhile."""
        try:
            return act()
        except StateLost as lost:
            state = self.state.reopened(lost)
            database.attach_index(state.connection, self._index)
            self._use(state)
            return act()
