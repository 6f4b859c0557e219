"""Keeps the index in step with the archive: what changed, in which order it is read, by whom.

The newest posts come first and are written in a small batch, so that they can be read within a
second or two while the rest is still being indexed. Every batch is one transaction: a run that is
stopped at any moment leaves an index that works and that the next run completes.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from finews_tui.errors import LibraryError
from finews_tui.library import database, lock
from finews_tui.library.files import settled
from finews_tui.library.filling import fill
from finews_tui.library.pool import read_all
from finews_tui.library.reading import Articles
from finews_tui.library.store import Store
from finews_tui.library.survey import Plan, Survey

_BATCH = 1_000
"""Files a transaction, but for the first one."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of the indexer. The files of ``done`` may not all be written yet."""

    done: int
    """Files read so far."""
    total: int
    """Files to read in this run."""
    failed: int
    """Files of this run that could not be read, so far."""
    changed: int
    """Posts added, rewritten or removed so far: what a reader can see by now."""
    phase: Literal["catalogue", "text"] = "catalogue"
    """``text``: the lists are complete, and ``done`` of ``total`` posts got their full text."""


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


def index_path(cache: Path, roots: Sequence[Path]) -> Path:
    """Return the index file for a set of archives; their order and spelling do not matter."""
    names = sorted({os.fsencode(settled(root)) for root in roots})
    return cache / f"index-{sha256(bytes([0]).join(names)).hexdigest()[:12]}.db"


def update(
    index: Path, roots: Sequence[Path], *, rebuild: bool = False, jobs: int | None = None
) -> Iterator[Progress | Summary]:
    """Bring ``index`` up to date with the archives ``roots``; the Summary comes last.

    An index that is missing, damaged or of another version is built anew; ``rebuild`` reads every
    file again. ``jobs`` is the number of processes (None: one per core). While another process
    indexes the same archives this waits for it. Raises LibraryError where the index cannot be
    written. Closing the iterator stops the run; what was written stays.
    """
    started = time.monotonic()
    try:
        with database.speaking(f"the index {index}"), lock.held(index) as seal:
            carried: dict[str, str] = {}
            if index.exists() and not database.is_usable(index, seal.text):
                carried = _keys_of(index)
                database.discard(index)
            try:
                yield from _run(index, roots, rebuild, jobs, started, carried)
            except sqlite3.DatabaseError as error:
                if not database.is_damage(error):
                    raise
                # Damage that shows only while writing: the archive has it all.
                database.discard(index)
                yield from _run(index, roots, rebuild, jobs, started, carried)
            seal.set(database.seal_of(index))
    except OSError as error:
        raise LibraryError(f"the index {index} cannot be written: {error}") from error


def _keys_of(index: Path) -> dict[str, str]:
    """Save the keys that are not the names' own from an index that is to be discarded."""
    try:
        with closing(database.connect(index, "ro")) as connection:
            rows = connection.execute(
                "SELECT files.path, posts.key FROM files JOIN posts ON posts.id = files.post "
                "WHERE posts.key <> files.bare"
            )
            return {os.fsdecode(path): key for path, key in rows}
    except sqlite3.Error:
        return {}


def _run(
    index: Path,
    roots: Sequence[Path],
    rebuild: bool,
    jobs: int | None,
    started: float,
    carried: dict[str, str],
) -> Iterator[Progress | Summary]:
    with closing(database.create_index(index)) as connection:
        survey = Survey(roots)
        store = Store(connection, survey.zone, carried, survey.folders)
        plan = _prepare(connection, store, survey, rebuild)
        yield from _write(store, plan, jobs)
        store.sweep()
        for done, pending in fill(connection, store.transaction, jobs):
            yield Progress(done, pending, 0, sum(store.changes), "text")
        total = connection.execute("SELECT count(*) FROM posts").fetchone()[0]
        failed = connection.execute(
            "SELECT count(*) FROM files WHERE failure IS NOT NULL"
        ).fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    seconds = time.monotonic() - started
    yield Summary(total, *store.changes, failed=failed, seconds=round(seconds, 3))


def _prepare(connection: sqlite3.Connection, store: Store, survey: Survey, rebuild: bool) -> Plan:
    """Survey the archive and write what is known without reading a file."""
    meta = survey.meta()
    before = dict(connection.execute("SELECT name, value FROM meta"))
    if rebuild:
        with store.transaction():
            # Every file counts as changed from now on, also if this run is stopped half-way.
            connection.execute("UPDATE files SET mtime_ns = -1, size = -2")
            store.remove_orphans()
    if any(before.get(name) != meta[name] for name in meta):
        with store.transaction():
            store.set_meta(meta)
            if before.get("zone") != meta["zone"]:
                store.move_days()
    return survey.plan(store.known_files())


def _write(store: Store, plan: Plan, jobs: int | None) -> Iterator[Progress]:
    """Read the groups of ``plan`` and write them: the first chunk at once, the rest in batches."""
    done = failed = pending = 0
    waiting: list[Articles] = []
    is_first = True
    yield Progress(0, plan.total, 0, 0)
    for chunk in read_all(plan.groups, jobs):
        waiting += chunk
        read = [reading for articles in chunk for reading in articles.files]
        done += len(read)
        pending += len(read)
        failed += sum(reading.failure is not None for reading in read)
        if is_first or pending >= _BATCH or done == plan.total:
            store.write_all(waiting)
            waiting, pending, is_first = [], 0, False
        yield Progress(done, plan.total, failed, sum(store.changes))
    for start in range(0, len(plan.gone), _BATCH):
        gone = plan.gone[start : start + _BATCH]
        store.write_all([Articles(bare, (), ()) for bare in gone])
        yield Progress(done, plan.total, failed, sum(store.changes))
