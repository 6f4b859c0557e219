"""Notices that something changed in the folders of archives, by times alone; opens no file.

It works in a process of its own, which runs this very file: neither a million names nor a file
system that hangs holds up whoever reads. The process imports next to nothing, is there after some
milliseconds, prints an empty line for news, and ends when its standard input does.

A file that is new, gone or renamed changes the time of its folder; a file written in place changes
only its own. So it looks at the times of folders, those of late at every look and the others in
turns, and in turns at the times of the files in them, all for a small share of a core.
"""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress

SKIPPED_FOLDERS = frozenset({"_site", "node_modules"})
"""Folders of an archive that are not entered, as hidden ones are not."""
LOOK_SECONDS = 0.5
"""Between two looks."""
FOLDERS_SHARE = 0.0012
"""Of a core, for looking at folders in turns."""
FILES_SHARE = 0.0004
"""Of a core, for looking at files in turns, while nothing happens."""
_BUSY_SECONDS = 0.02
"""Of a core, a look, for the files of folders in which something happened lately."""
_LATELY = 60.0
"""Seconds after a change in which a folder's files are looked at before those of all others."""
_NEAR = 32
"""Folders that are looked at every time: those that changed last."""
_SMALL = 2_000
"""Files of a folder that are looked at at once, before news of it are told."""
_SLICE = 64
"""Files looked at between two looks at the clock."""
_GONE = -1


class _Folder:
    __slots__ = ("changed_at", "files", "newest", "path", "time")

    def __init__(self, path: str) -> None:
        self.path = path
        self.time: int | None = _GONE
        """When names in it changed last, in nanoseconds; ``_GONE`` where there is no such folder;
        None where that cannot be told."""
        self.newest: int | None = None
        """When a file in it changed last; None where nobody has looked yet."""
        self.files = 0
        self.changed_at = float("-inf")
        """When that was noticed: the sum of the seconds between looks."""


class Watch:
    """The folders of archives, and what is known of their times.

    What has changed after ``since``, in seconds since 1970, is news to the first look.
    """

    def __init__(self, roots: Sequence[str], since: float) -> None:
        self._since = int(since * 1_000_000_000)
        self._roots = frozenset(roots)
        self._folders: dict[str, _Folder] = {}
        self._has_news = False
        for root in roots:
            self._find(root)
        by_time = sorted(self._folders.values(), key=lambda folder: folder.time or 0, reverse=True)
        self._near = by_time[:_NEAR]
        self._always = self._above(by_time[0].path)
        self._turn: list[_Folder] = []
        self._files_turn: list[_Folder] = []
        self._inspection: Iterator[None] = iter(())
        self._now = 0.0

    def look(self, seconds: float) -> bool:
        """Whether something has changed since the last look, which was ``seconds`` ago."""
        self._now += seconds
        for folder in [*self._always, *self._near]:
            self._look_at(folder)
        self._look_at_others(seconds * FOLDERS_SHARE)
        self._look_at_files(seconds * FILES_SHARE)
        has_news, self._has_news = self._has_news, False
        return has_news

    def _above(self, path: str) -> list[_Folder]:
        """The archives and the folders above ``path``: that is where new folders appear."""
        paths = dict.fromkeys(self._roots)
        while path not in self._roots and "/" in path:
            path = path.rpartition("/")[0]
            paths[path] = None
        return [self._folders[path] for path in paths if path in self._folders]

    def _find(self, path: str) -> None:
        """Take in a folder, or a single post, with all folders below it."""
        waiting = [path]
        while waiting:
            folder = _Folder(waiting.pop())
            folder.time = _time_of(folder.path)
            if folder.time is not None and folder.time > self._since:
                self._has_news = True
            self._folders[folder.path] = folder
            with suppress(OSError), os.scandir(folder.path) as entries:
                for entry in entries:
                    folder.files += 1
                    if _is_entered(entry):
                        waiting.append(entry.path)

    # -- folders -----------------------------------------------------------------------------

    def _look_at(self, folder: _Folder) -> None:
        found = _time_of(folder.path)
        if found is None or found == folder.time:
            return
        folder.time, folder.changed_at = found, self._now
        if found == _GONE:
            # The folder above tells, which has another time now. That an archive is gone is no
            # news: it may only be unmounted, and come back.
            if folder.path not in self._roots:
                self._folders.pop(folder.path, None)
                self._near = [near for near in self._near if near is not folder]
            return
        self._has_news = True
        self._near = [folder, *(near for near in self._near if near is not folder)][:_NEAR]
        if folder.files <= _SMALL:
            # Now, lest what is written from here on look as if it had been there already.
            for _ in self._inspect(folder):
                pass

    def _look_at_others(self, allowance: float) -> None:
        if not self._turn:
            self._turn = list(self._folders.values())
        end = time.process_time() + allowance
        while self._turn:
            for folder in self._turn[-_SLICE:]:
                self._look_at(folder)
            del self._turn[-_SLICE:]
            if time.process_time() >= end:
                break

    # -- files -------------------------------------------------------------------------------

    def _look_at_files(self, allowance: float) -> None:
        lately = [folder for folder in self._near if self._now - folder.changed_at < _LATELY]
        if lately:
            self._files_turn = [near for near in self._files_turn if near in lately] or lately
        elif not self._files_turn:
            self._files_turn = list(self._folders.values())
        end = time.process_time() + (_BUSY_SECONDS if lately else allowance)
        for _ in self._inspection:
            if time.process_time() >= end:
                return
        while self._files_turn and time.process_time() < end:
            self._inspection = self._inspect(self._files_turn.pop())
            for _ in self._inspection:
                if time.process_time() >= end:
                    return

    def _inspect(self, folder: _Folder) -> Iterator[None]:
        """Look at the files of a folder; yields now and then, to be gone on with later."""
        newest = files = 0
        try:
            with os.scandir(folder.path) as entries:
                for entry in entries:
                    files += 1
                    if files % _SLICE == 0:
                        yield
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        if entry.path not in self._folders and _is_entered(entry):
                            self._find(entry.path)
                            self._has_news = True
                    else:
                        with suppress(FileNotFoundError):
                            newest = max(newest, entry.stat(follow_symlinks=False).st_ctime_ns)
        except OSError:
            return
        if newest > (self._since if folder.newest is None else folder.newest):
            self._has_news = True
            folder.changed_at = self._now
        folder.newest, folder.files = max(newest, folder.newest or 0), files


def _is_entered(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in SKIPPED_FOLDERS:
        return False
    return entry.is_dir(follow_symlinks=False)


def _time_of(path: str) -> int | None:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116  # pathlib would take longer to load
    except (FileNotFoundError, NotADirectoryError):
        return _GONE
    except OSError:  # the file system does not answer just now
        return None


def command(roots: Sequence[os.PathLike[str]], since: float) -> list[str]:
    """Return the command line of the process; its parameters are those of ``Watch``."""
    return [sys.executable, "-I", "-S", __file__, repr(since), *map(os.fspath, roots)]


def serve(since: str, *roots: str) -> None:
    """Print an empty line whenever there are news, until standard input ends."""
    with suppress(OSError):
        os.nice(10)
    watch = Watch(roots, float(since))
    looked_at = time.monotonic()
    while True:
        now = time.monotonic()
        if watch.look(min(now - looked_at, 10 * LOOK_SECONDS)):
            os.write(1, b"\n")
        looked_at = now
        readable, _, _ = select.select([0], [], [], LOOK_SECONDS)
        if readable and not os.read(0, 1):
            return


if __name__ == "__main__":
    with suppress(BrokenPipeError, KeyboardInterrupt):
        serve(*sys.argv[1:])
