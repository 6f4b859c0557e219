"""Compares the archive with the index; owns what has to be read again, and in which order.

It goes day by day, the newest first, and looks at what lies on a *shelf*: the files of one day in
one folder. A shelf that is as its digest says needs no further look. All files of an article are of
one day, so what has to be read together is met together.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path

from finews_tui.library import files
from finews_tui.library.arrivals import arrivals
from finews_tui.library.places import folder_of, settled
from finews_tui.library.shelves import Entry, Shelf, Shelves
from finews_tui.library.walk import Names
from finews_tui.library.work import Group, Old, Task
from finews_tui.library.zones import Zones, name_of

_KIND = 0o170000
_REGULAR = 0o100000


class Survey:
    """The archives as they are now."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self.roots = tuple(settled(root) for root in roots)
        self.folders = tuple(str(folder_of(root)) for root in self.roots)
        self.names = Names(self.roots)
        self.total = 0
        """Files to read, as far as it is known."""
        self._zones = Zones()
        first = self.folders[0]
        self.zone: tzinfo = self._zones.zone_for(first, first)
        """By which days go: the zone of the first archive."""

    def meta(self) -> dict[str, str]:
        """Return the facts about the archives that the index keeps."""
        return {"zone": name_of(self.zone), "roots": json.dumps(sorted(map(str, self.roots)))}

    def glance(self, count: int) -> list[Group]:
        """Return the newest ``count`` articles or so among the names seen so far."""
        found: list[Group] = []
        for day in sorted(self.names.days, reverse=True):
            found += self._groups(day, self._names(day))
            if len(found) >= count:
                break
        return found[:count]

    def arrivals(self, shelves: Shelves, since: int) -> list[Group]:
        """Return what arrived last, before any name is known; see ``arrivals.py``."""
        return arrivals(shelves, since, self._task)

    def _task(self, folder: str, path: str) -> Task:
        return Task(path, self.names.root_of(folder), self._zone_of(folder))

    def changes(self, shelves: Shelves) -> Iterator[list[Group]]:
        """Yield what has to be read again, after each day that was looked at; needs all names.

        A file that has not changed is read with a copy that has. Groups without tasks are gone.
        """
        for folder, zone in shelves.zones().items():
            if folder in self.names.roots and zone != self._zone_of(folder):
                shelves.doubt(folder, self._zone_of(folder))
        known = shelves.digests()
        self.total += sum(
            self.names.count_of(day, folder)
            for day in self.names.days
            for folder in self.names.folders(day) - known.get(day, {}).keys()
        )
        for day in sorted(self.names.days | known.keys(), reverse=True):
            if day in known:
                yield self._compared(day, known[day], shelves)
            else:
                yield self._groups(day, self._names(day))

    def _compared(
        self, day: int, known: Mapping[str, bytes | None], shelves: Shelves
    ) -> list[Group]:
        names = self._names(day)
        entries: dict[str, dict[str, Entry]] = {}
        new = [name for folder in names.keys() - known.keys() for name in names[folder]]
        touched = set(map(files.bare_of, new))
        for folder, digest in known.items():
            is_unread = self.names.is_unread(folder)
            shelf = self._shelf(folder, names.get(folder, []))
            if not is_unread and shelf.digest() == digest:
                continue
            before = entries[folder] = shelves.entries(day, folder)
            states = shelf.states()
            if is_unread:  # what cannot be listed just now is as it was
                states = {name: entry.state for name, entry in before.items()} | states
            names[folder] = list(states)
            changed = {
                name
                for name, state in states.items()
                if name not in before or before[name].state != state
            }
            touched.update(map(files.bare_of, changed | (before.keys() - states.keys())))
        if not touched:
            return []
        old: dict[str, list[Old]] = {}
        for folder in known:
            before = entries.get(folder) or shelves.entries(day, folder)
            for name, entry in before.items():
                if (bare := files.bare_of(name)) in touched:
                    path = files.prefix_of(folder) + name
                    old.setdefault(bare, []).append(Old(path, entry.post))
        groups = self._groups(day, names, touched, old)
        self.total += sum(len(group.tasks) for group in groups) - len(new)
        return groups

    def _names(self, day: int) -> dict[str, list[str]]:
        return {folder: self.names.of(day, folder) for folder in self.names.folders(day)}

    def _shelf(self, folder: str, names: Sequence[str]) -> Shelf:
        """Return the state of files; those that are gone meanwhile are left out."""
        shelf = Shelf()
        prefix = files.prefix_of(folder)
        strange = self.names.strange
        add, lstat = shelf.add, os.lstat
        for name in sorted(names):
            path = prefix + name
            try:
                status = lstat(path)
                if status.st_mode & _KIND == _REGULAR and path not in strange:
                    add(name, status.st_size, files.time_of(status))
                    continue
            except FileNotFoundError:
                if path not in strange:
                    continue
            except OSError:
                pass
            found = strange[path] = self.names.look_at(path, folder)
            add(name, found.size, found.mtime_ns)
        return shelf

    def _groups(
        self,
        day: int,
        names: Mapping[str, Sequence[str]],
        touched: Collection[str] | None = None,
        old: Mapping[str, Sequence[Old]] | None = None,
    ) -> list[Group]:
        """Group files by key, the newest first; None of ``touched`` is all."""
        tasks: dict[str, list[Task]] = {bare: [] for bare in touched or ()}
        strange = self.names.strange
        for folder, found in names.items():
            prefix = files.prefix_of(folder)
            root, zone = self.names.root_of(folder), self._zone_of(folder)
            for name in found:
                bare = files.bare_of(name)
                if touched is None or bare in touched:
                    path = prefix + name
                    tasks.setdefault(bare, []).append(Task(path, root, zone, strange.get(path)))
        return [
            Group(bare, day, tuple(sorted(tasks[bare])), tuple((old or {}).get(bare, ())))
            for bare in sorted(tasks, reverse=True)
        ]

    def _zone_of(self, folder: str) -> str:
        return name_of(self._zones.zone_for(folder, self.names.root_of(folder)))
