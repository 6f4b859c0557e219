"""Lists the names in an archive by folder and day: the first look, which opens nothing.

Owns which folders are entered. A million names are packed into forty megabytes, and nothing is
asked about a file here: that is for ``survey.py``, the newest day first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from finews_tui.library import files
from finews_tui.library.files import Found
from finews_tui.library.places import folder_of, settled
from finews_tui.library.watching import SKIPPED_FOLDERS

_NEWEST_FOLDER = "_posts"
"""Upstream puts new posts there, and moves them away after some days."""
_PACKED = 50_000
"""Names after which those seen so far are packed."""


class Names:
    """The names of the files that may be posts, each once, though archives overlap."""

    def __init__(self, roots: Sequence[Path]) -> None:
        starts = sorted({str(settled(root)) for root in roots})
        self._starts = [(start, str(folder_of(Path(start)))) for start in starts]
        self._inside = tuple(folder for _, folder in self._starts)
        self._days: dict[int, dict[str, list[str]]] = {}
        self.roots: dict[str, str] = {}
        """The archive that each folder belongs to."""
        self.strange: dict[str, Found] = {}
        """By path: what is not plainly a file, and places that cannot be looked at."""
        self._unread: list[str] = []
        self.count = 0
        self.has_newest = False
        """Whether the folder that goes first is listed, and there are others."""

    @property
    def days(self) -> set[int]:
        """The days (yyyymmdd) that there are files of; 0 for files that name none."""
        return set(self._days)

    def folders(self, day: int) -> set[str]:
        """Return the folders that hold files of ``day``."""
        return set(self._days.get(day, ()))

    def root_of(self, folder: str) -> str:
        """Return the archive that a folder belongs to, also one that was not entered."""
        return self.roots.get(folder) or max(filter(folder.startswith, self._inside), key=len)

    def is_unread(self, folder: str) -> bool:
        """Whether a folder, or one above it, is there but cannot be listed."""
        return any(f"{folder}/".startswith(files.prefix_of(place)) for place in self._unread)

    def of(self, day: int, folder: str) -> list[str]:
        """Return the names of ``day`` in a folder, in no order."""
        packed = self._days.get(day, {}).get(folder)
        return "/".join(packed).split("/") if packed else []

    def count_of(self, day: int, folder: str) -> int:
        """Return how many names ``of`` returns."""
        packed = self._days.get(day, {}).get(folder, ())
        return sum(names.count("/") + 1 for names in packed)

    def look_at(self, path: str, folder: str) -> Found:
        """Look at a file that is not plainly one."""
        found = self.strange.get(path)
        return found or files.look(path, self.root_of(folder), self._inside)

    def look(self) -> Iterator[None]:
        """Go through the archives; yields after every folder, and in a large one now and then."""
        for start, root in self._starts:
            if start == root:
                yield from self._look_below(start, root)
        for start, root in self._starts:
            if start != root:  # a single post, named by the person: a link may lead anywhere
                self._add_alone(files.look(start, root, ("/",)))
        yield

    def _look_below(self, start: str, root: str) -> Iterator[None]:
        folders = [start]
        while folders:
            folder = folders.pop()
            if folder in self.roots:
                continue
            self.roots[folder] = root
            inner: list[str] = []
            try:
                with os.scandir(folder) as entries:
                    yield from self._sort(folder, entries, inner)
            except OSError as error:
                if not isinstance(error, FileNotFoundError | NotADirectoryError):
                    self._unread.append(folder)
                self._add_alone(Found(folder, -1, -1, root, files.reason(error, "folder")))
            inner.sort(key=lambda name: (name == _NEWEST_FOLDER, name))
            folders += [files.prefix_of(folder) + name for name in inner]
            self.has_newest = bool(folders and self.count)
            yield

    def _sort(
        self, folder: str, entries: Iterator[os.DirEntry[str]], inner: list[str]
    ) -> Iterator[None]:
        """Sort the names of one folder by day; those of folders come into ``inner``."""
        days: dict[int, list[str]] = {}
        count = 0
        try:
            for entry in entries:
                name = entry.name
                if name[0] == ".":
                    continue
                is_file = name.endswith(".md") and entry.is_file(follow_symlinks=False)
                if not is_file and not self._is_wanted(folder, entry, inner):
                    continue
                day = files.day_of(name)
                names = days.get(day)
                if names is None:
                    names = days[day] = []
                names.append(name)
                count += 1
                if count % _PACKED == 0:
                    self._pack(folder, days)
                    yield
        finally:
            self._pack(folder, days)

    def _is_wanted(self, folder: str, entry: os.DirEntry[str], inner: list[str]) -> bool:
        is_post = files.is_post_name(entry.name)
        if is_post and entry.is_file(follow_symlinks=False):
            return True
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in SKIPPED_FOLDERS:
                inner.append(entry.name)
            return False
        if not is_post or _is_linked_folder(entry):
            return False
        self.strange[entry.path] = files.look(entry.path, self.roots[folder], self._inside)
        return True

    def _pack(self, folder: str, days: dict[int, list[str]]) -> None:
        for day, names in days.items():
            self.count += len(names)
            self._days.setdefault(day, {}).setdefault(folder, []).append("/".join(names))
        days.clear()

    def _add_alone(self, found: Found) -> None:
        folder, _, name = found.path.rpartition("/")
        folder = folder or "/"
        day = files.day_of(name)
        if name not in self.of(day, folder):
            self.strange[found.path] = found
            self.roots.setdefault(folder, found.root)
            self._pack(folder, {day: [name]})


def _is_linked_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_symlink() and entry.is_dir()
    except OSError:
        return False
