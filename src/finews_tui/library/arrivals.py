"""Finds what arrived last before the archive is listed: new articles in the folders that changed.

To list a million names takes a second or two, and whoever reads is waiting. Here only names of the
newest days are looked at, in the few folders that have changed since the index was written, and
only articles of which the index knows nothing; whatever else there is the survey finds.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from finews_tui.library import files
from finews_tui.library.shelves import Shelves
from finews_tui.library.work import Group, Task

_FOLDERS = 3
"""Folders that are looked at: those that changed last."""
_DAYS = 3
"""Days that are looked at: the newest that the index knows, and any later ones."""
_MOST = 1_000
"""Articles that are read at once; the survey finds the others."""

TaskOf = Callable[[str, str], Task]
"""Makes the task of a file, from its folder and its path."""


def written_at(index: Path) -> int:
    """Return when an index was written last, in nanoseconds; 0 where there is none.

    The file alone tells: its log is new whenever somebody opens it.
    """
    try:
        return index.stat().st_mtime_ns
    except OSError:
        return 0


def arrivals(shelves: Shelves, since: int, task_of: TaskOf) -> list[Group]:
    """Return new articles, the newest first; ``since`` is when the index was written last."""
    days = sorted(shelves.days() - {0}, reverse=True)[:_DAYS]
    if not days:
        return []
    known = {(day, files.bare_of(name)) for day in days for name in shelves.names(day)}
    found: dict[tuple[int, str], list[Task]] = {}
    for folder in _changed(shelves.zones(), since):
        for name in _names(folder, days[-1]):
            article = files.day_of(name), files.bare_of(name)
            path = files.prefix_of(folder) + name
            if article[0] >= days[-1] and article not in known and _is_regular(path):
                found.setdefault(article, []).append(task_of(folder, path))
    new = sorted(found, reverse=True)[:_MOST]
    return [Group(bare, day, tuple(sorted(found[day, bare]))) for day, bare in new]


def _changed(folders: Iterable[str], since: int) -> list[str]:
    times: list[tuple[int, str]] = []
    for folder in folders:
        try:
            times.append((os.stat(folder).st_mtime_ns, folder))  # noqa: PTH116  # one of many
        except OSError:
            continue
    return [folder for time, folder in sorted(times, reverse=True)[:_FOLDERS] if time > since]


def _names(folder: str, day: int) -> list[str]:
    """Return the names of posts that may be of ``day`` or later."""
    first = f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"
    try:
        late = [name for name in os.listdir(folder) if first <= name < ":"]  # noqa: PTH208
    except OSError:
        return []
    return list(filter(files.is_post_name, late))


def _is_regular(path: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False
