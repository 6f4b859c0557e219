"""Finds and reads the files of an archive: the only room that opens somebody else's files.

Owns which folders are entered, which names are posts, what may be read at all, and which
``_config.yml`` a file obeys. Paths are strings as ``os.fsdecode`` makes them: a name that is not
UTF-8 is a name like any other, and a million of them cost a fifth of as many Path objects.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import NamedTuple

from finews_tui.library.watching import SKIPPED_FOLDERS
from finews_tui.library.zones import Zones
from finews_tui.posts import Failure, Post, Skipped, parse

MAX_BYTES = 16 * 1024 * 1024
"""A larger file is no post."""

_SUFFIXES = (".md", ".markdown", ".html")
_CODE = re.compile(r"(?:(\d{4}-\d{2}-\d{2})?-)(?:NW)?(\d{18})", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Found(NamedTuple):
    """A file of an archive, seen but not read; or a place that cannot be looked at."""

    path: str
    """Absolute, below the archive's settled name."""
    size: int
    mtime_ns: int
    root: str
    """The folder of the archive that it belongs to."""
    problem: str | None = None
    """Why it cannot be read."""


class Content(NamedTuple):
    """The bytes of a file, and the state it was in when they were read."""

    data: bytes
    size: int
    mtime_ns: int


class UnreadableError(Exception):
    """A file that may not or cannot be read; the message says why."""


def walk(roots: Sequence[Path]) -> Iterator[Found]:
    """Find the files that may be posts, each once, though archives overlap; in no order."""
    starts = sorted({str(settled(root)) for root in roots})
    inside = tuple(str(folder_of(Path(start))) for start in starts)
    if len(starts) == 1:
        yield from _walk_one(starts[0], inside[0], inside)
        return
    seen: set[str] = set()
    for start, root in zip(starts, inside, strict=True):
        for found in _walk_one(start, root, inside):
            if found.path not in seen:
                seen.add(found.path)
                yield found


def settled(root: Path) -> Path:
    """Return an archive's one true name: absolute, without links but for a post's own name."""
    return root.resolve() if root.is_dir() else root.parent.resolve() / root.name


def folder_of(root: Path) -> Path:
    """Return the folder of an archive, which may be a single post."""
    return root if root.is_dir() else root.parent


def _walk_one(start: str, root: str, inside: tuple[str, ...]) -> Iterator[Found]:
    if start != root:  # a single post, named by the person: a link may lead anywhere
        yield _look(start, root, ("/",))
        return
    folders = [start]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        if name not in SKIPPED_FOLDERS:
                            folders.append(entry.path)
                    elif name.lower().endswith(_SUFFIXES) and not _is_linked_folder(entry):
                        yield _seen(entry, root, inside)
        except OSError as error:
            yield Found(folder, -1, -1, root, _reason(error, "folder"))


def _is_linked_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_symlink() and entry.is_dir()
    except OSError:
        return False


def _seen(entry: os.DirEntry[str], root: str, inside: tuple[str, ...]) -> Found:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return Found(entry.path, -1, -1, root, _reason(error))
    if stat.S_ISREG(status.st_mode):
        return Found(entry.path, status.st_size, status.st_mtime_ns, root)
    return _look(entry.path, root, inside)


def _look(path: str, root: str, inside: tuple[str, ...]) -> Found:
    """See a file that is not plainly a regular one: links must stay ``inside`` the archives."""
    try:
        status = Path(path).stat()
        target = Path(path).resolve()
    except (OSError, RuntimeError) as error:  # Python 3.11 and 3.12 call a loop a RuntimeError
        return Found(path, -1, -1, root, _reason(error))
    problem = None
    if not stat.S_ISREG(status.st_mode):
        problem = "It is not a regular file."
    elif not any(target.is_relative_to(folder) for folder in inside):
        problem = "It is a link that leads out of the archive."
    return Found(path, status.st_size, status.st_mtime_ns, root, problem)


def _reason(error: Exception, what: str = "file") -> str:
    return f"The {what} cannot be read: {getattr(error, 'strerror', None) or error}."


def read(path: str) -> Content:
    """Read a regular file of at most ``MAX_BYTES``; raises UnreadableError.

    O_NONBLOCK keeps a FIFO that took the place of a file from stopping us for ever.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError("It is not a regular file.")
            data = file.read(MAX_BYTES + 1) if status.st_size <= MAX_BYTES else b""
    except OSError as error:
        raise UnreadableError(_reason(error)) from error
    if status.st_size > MAX_BYTES or len(data) > MAX_BYTES:
        raise UnreadableError(f"It is larger than {MAX_BYTES // 1024**2} MB.")
    return Content(data, status.st_size, status.st_mtime_ns)


def read_post(
    path: Path, *, root: Path | None = None, zone: tzinfo | None = None
) -> Post | Failure | Skipped:
    """Read one file as it is; ``root`` is its archive, ``zone`` that of its ``_config.yml``."""
    path = settled(path)
    root = path.parent if root is None else root
    try:
        content = read(str(path))
    except UnreadableError as error:
        return Failure(path, str(error))
    if zone is None:
        zone = Zones().zone_for(str(path.parent), str(root))
    return parse(path, content.data, root=root, zone=zone)


def date_in_name(path: str) -> str:
    """Return the date in the name of a file as ISO text, or an empty string where it has none."""
    stem = stem_of(path)
    if found := _CODE.fullmatch(stem):
        code = found[2]
        return found[1] or f"{code[:4]}-{code[4:6]}-{code[6:8]}"
    found = _DATE.match(stem)
    return found[0] if found else ""


def stem_of(path: str) -> str:
    """Return the last part of ``path`` without its suffix."""
    name = path[path.rfind("/") + 1 :]
    return name.rpartition(".")[0] or name
