"""Keeps the index in step with the archive: one run from the lock to the summary.

First the catalogue, which is all that lists need, then the full text behind it. A run that is
stopped at any moment leaves an index that works and that the next run completes.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from finews_tui.errors import LibraryError
from finews_tui.library import database, hant, lock
from finews_tui.library.arrivals import written_at
from finews_tui.library.catalogue import Progress, catalogue
from finews_tui.library.filling import fill
from finews_tui.library.store import Store
from finews_tui.library.survey import Survey
from finews_tui.library.tokens import FOLDING, Folding, fold_by, folding_in_force


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run of the indexer came to."""

    total: int
    """Posts in the index, copies merged."""
    added: int
    changed: int
    """Posts written again, because a file of theirs is new, changed, moved or gone."""
    removed: int
    failed: int
    """Files of the archive that cannot be read."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Anew:
    """There was an index, but it has to be built from nothing."""

    reason: str
    """Half a sentence."""


def update(
    index: Path, roots: Sequence[Path], *, rebuild: bool = False, jobs: int | None = None
) -> Iterator[Anew | Progress | Summary]:
    """Bring ``index`` up to date with the archives ``roots``; the Summary comes last.

    An index that is missing, damaged or of another version is built anew, and so is one that does
    not know yet which traditional characters are which simplified ones, where opencc does.
    ``rebuild`` reads every file again. ``jobs`` is the number of processes (None: one per core).
    While another process indexes the same archives this waits for it. Raises LibraryError where the
    index cannot be written. Closing the iterator stops the run; what was written stays.
    """
    started = time.monotonic()
    try:
        with database.speaking(f"the index {index}"), lock.held(index) as seal:
            carried: dict[str, str] = {}
            flaw, folding = _looked_at(index, seal.text, rebuild)
            if flaw:
                yield Anew(flaw)
                carried = _keys_of(index)
                database.discard(index)
            fold_by(folding)
            try:
                yield from _run(index, roots, rebuild, jobs, started, carried)
            except sqlite3.DatabaseError as error:
                if not database.is_damage(error):
                    raise
                # Damage that shows only while writing: the archive has it all.
                yield Anew(database.DAMAGED)
                database.discard(index)
                yield from _run(index, roots, rebuild, jobs, started, carried)
            seal.set(database.seal_of(index))
    except OSError as error:
        raise LibraryError(f"the index {index} cannot be written: {error}") from error


def _looked_at(index: Path, seal: str, rebuild: bool) -> tuple[str, Folding]:
    """Return why there has to be a new index in place of one that exists; and how it folds."""
    if not index.exists():
        return "", hant.folding()
    if flaw := database.flaw_of(index, seal):
        return flaw, hant.folding()
    try:
        folding = _folding_of(index)
    except sqlite3.DatabaseError as error:
        if not database.is_damage(error):
            raise
        return database.DAMAGED, hant.folding()
    # An index that folds keeps its table; opencc need not be there any more, nor be the same.
    if rebuild or (not folding.name and hant.is_installed()):
        wanted = hant.folding()
        if wanted != folding:
            how = "count as the same" if wanted.name else "are told apart"
            return f"simplified and traditional characters {how} from now on", wanted
    return "", folding


def _folding_of(index: Path) -> Folding:
    with closing(database.connect(index, "ro")) as connection:
        (kept,) = connection.execute(
            "SELECT max(value) FROM meta WHERE name = ?", (FOLDING,)
        ).fetchone()
    return Folding.read(kept or "")


def _keys_of(index: Path) -> dict[str, str]:
    """Save the keys that are not the names' own from an index that is to be discarded."""
    for qualified in ("posts.bare IS NOT NULL", "posts.key <> files.bare"):
        with suppress(sqlite3.Error), closing(database.connect(index, "ro")) as connection:
            rows = connection.execute(
                "SELECT files.path, posts.key FROM files JOIN posts ON posts.id = files.post "
                f"WHERE {qualified}"
            )
            return {os.fsdecode(path): key for path, key in rows}
    return {}


def _run(
    index: Path,
    roots: Sequence[Path],
    rebuild: bool,
    jobs: int | None,
    started: float,
    carried: dict[str, str],
) -> Iterator[Progress | Summary]:
    written = written_at(index)
    with closing(database.create_index(index)) as connection:
        survey = Survey(roots)
        store = Store(connection, survey.zone, carried, survey.folders)
        _prepare(connection, store, survey, rebuild)
        yield from catalogue(store, survey, jobs, written)
        store.sweep()
        for done, pending in fill(connection, store.transaction, jobs):
            yield Progress(done, pending, 0, sum(store.changes), "text")
        total = connection.execute("SELECT count(*) FROM posts").fetchone()[0]
        failed = connection.execute(
            "SELECT count(*) FROM entries WHERE failure IS NOT NULL"
        ).fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    seconds = time.monotonic() - started
    yield Summary(total, *store.changes, failed=failed, seconds=round(seconds, 3))


def _prepare(connection: sqlite3.Connection, store: Store, survey: Survey, rebuild: bool) -> None:
    """Write what is known without looking at the archive's files."""
    meta = {**survey.meta(), FOLDING: folding_in_force().written}
    before = dict(connection.execute("SELECT name, value FROM meta"))
    if rebuild:
        with store.transaction():
            store.shelves.doubt_all()
            store.remove_orphans()
    if any(before.get(name) != meta[name] for name in meta):
        with store.transaction():
            store.set_meta(meta)
            if before.get("zone") != meta["zone"]:
                store.move_days()
