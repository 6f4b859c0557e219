"""Compares the archive with the index; owns what has to be read again, and in which order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from finews_tui.library import files
from finews_tui.library.places import folder_of, settled
from finews_tui.library.reading import Group, Task
from finews_tui.library.store import Known
from finews_tui.library.zones import Zones, name_of
from finews_tui.posts import key_of


@dataclass(frozen=True, slots=True)
class Plan:
    """What an update has to do."""

    groups: tuple[Group, ...]
    """To read, the newest first; a file that has not changed is read with a copy that has."""
    gone: tuple[str, ...]
    """Keys by name of which no file is left."""

    @property
    def total(self) -> int:
        """The number of files to read."""
        return sum(len(group.tasks) for group in self.groups)


class Survey:
    """The archives as they are now."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self.roots = tuple(settled(root) for root in roots)
        self.folders = tuple(str(folder_of(root)) for root in self.roots)
        self._zones = Zones()
        first = self.folders[0]
        self.zone: tzinfo = self._zones.zone_for(first, first)
        """By which days go: the zone of the first archive."""

    def meta(self) -> dict[str, str]:
        """Return the facts about the archives that the index keeps."""
        return {"zone": name_of(self.zone), "roots": json.dumps(sorted(map(str, self.roots)))}

    def plan(self, known: Mapping[str, Known]) -> Plan:
        """Walk the archives and compare with the files that the index has seen."""
        found: dict[str, tuple[files.Found, str]] = {}
        for file in files.walk(self.roots):
            folder = file.path[: file.path.rfind("/")]
            found[file.path] = (file, name_of(self._zones.zone_for(folder, file.root)))
        changed = [
            path for path, (file, zone) in found.items() if _is_news(file, zone, known.get(path))
        ]
        gone = [path for path in known if path not in found]
        if not changed and not gone:
            return Plan((), ())
        touched = {_key(path) for path in changed} | {known[path].bare for path in gone}
        return _plan(found, touched)


def _plan(found: Mapping[str, tuple[files.Found, str]], touched: set[str]) -> Plan:
    tasks: dict[str, list[Task]] = {}
    for path, (file, zone) in found.items():
        if (bare := _key(path)) in touched:
            tasks.setdefault(bare, []).append(Task(file, zone))
    groups = [Group(bare, tuple(sorted(group))) for bare, group in tasks.items()]
    groups.sort(key=_newest, reverse=True)
    return Plan(tuple(groups), tuple(touched - tasks.keys()))


def _is_news(file: files.Found, zone: str, known: Known | None) -> bool:
    return known is None or (file.size, file.mtime_ns, zone) != known[:3]


def _key(path: str) -> str:
    return key_of(Path(path))


def _newest(group: Group) -> tuple[str, str]:
    return max(files.date_in_name(task.found.path) for task in group.tasks), group.bare
