"""Finds and reads the files of an archive: the only room that opens somebody else's files.

Owns which names are posts, what may be read at all, and what a name tells. Paths are strings as
``os.fsdecode`` makes them: a name that is not UTF-8 is a name like any other, and a million of them
cost a fifth of as many Path objects.
"""

from __future__ import annotations

import os
import re
import stat
from datetime import tzinfo
from pathlib import Path

from finews_tui.lean import NamedTuple
from finews_tui.library.places import settled
from finews_tui.library.zones import Zones
from finews_tui.posts import Failure, Post, Skipped, key_of_stem, parse

MAX_BYTES = 16 * 1024 * 1024
"""A larger file is no post."""

_LAST_TIME = 2**63 - 1
_SUFFIXES = (".md", ".markdown", ".html")
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


def is_post_name(name: str) -> bool:
    """Whether a file of this name may be a post."""
    return name.endswith(_SUFFIXES) or name.lower().endswith(_SUFFIXES)


def prefix_of(folder: str) -> str:
    """Return what a name is put behind to be a path in ``folder``."""
    return folder if folder.endswith("/") else f"{folder}/"


def look(path: str, root: str, inside: tuple[str, ...]) -> Found:
    """See a file that is not plainly a regular one: links must stay ``inside`` the archives."""
    try:
        status = Path(path).stat()
        target = Path(path).resolve()
    except (OSError, RuntimeError) as error:  # Python 3.11 and 3.12 call a loop a RuntimeError
        return Found(path, -1, -1, root, reason(error))
    problem = None
    if not stat.S_ISREG(status.st_mode):
        problem = "It is not a regular file."
    elif not any(target.is_relative_to(folder) for folder in inside):
        problem = "It is a link that leads out of the archive."
    return Found(path, status.st_size, time_of(status), root, problem)


def time_of(status: os.stat_result) -> int:
    """Return when a file was changed, in ns; a time that no index can hold is the last one."""
    return min(status.st_mtime_ns, _LAST_TIME)


def reason(error: Exception, what: str = "file") -> str:
    """Return a sentence about a file or a folder that cannot be read."""
    return f"The {what} cannot be read: {getattr(error, 'strerror', None) or error}."


def bug(error: Exception) -> str:
    """Return a sentence about a file that shows a mistake of ours."""
    return f"This is a bug in finews-tui: {type(error).__name__}: {error}"


def read(path: str) -> Content:
    """Read a regular file of at most ``MAX_BYTES``; raises UnreadableError.

    What is no file is not even opened: a device may act on that. O_NONBLOCK keeps a FIFO that has
    taken the place of a file since from stopping us for ever, O_NOCTTY a terminal from being ours.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - a path is a string here
            raise UnreadableError("It is not a regular file.")
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        descriptor = os.open(path, flags)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError("It is not a regular file.")
            size = status.st_size
            data = os.read(descriptor, size + 1) if size <= MAX_BYTES else b""
            while data and len(data) <= MAX_BYTES and len(data) != size:
                more = os.read(descriptor, MAX_BYTES + 1 - len(data))
                if not more:
                    break
                data += more
        finally:
            os.close(descriptor)
    except OSError as error:
        raise UnreadableError(reason(error)) from error
    if size > MAX_BYTES or len(data) > MAX_BYTES:
        raise UnreadableError(f"It is larger than {MAX_BYTES // 1024**2} MB.")
    return Content(data, size, time_of(status))


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


def day_of(name: str) -> int:
    """Return the day (yyyymmdd) that the name of a file puts its article on, 0 where it names none.

    It follows from the article's key alone: all files of an article have the same day.
    """
    code = name[-21:-3]  # of nearly all names; this is asked of each of a million at every look
    if not (name.endswith(".md") and len(code) == 18 and code.isdecimal() and name.isascii()):
        key = bare_of(name)
        code = key[-18:]
        if not is_code(code):
            found = _DATE.match(key)
            return int(found[0].replace("-", "")) if found else 0
    return int(code[:8])


def is_code(text: str) -> bool:
    """Whether a key is upstream's article code: its files are one article for certain."""
    return len(text) == 18 and text.isascii() and text.isdecimal()


def bare_of(name: str) -> str:
    """Return the key that the name of a file gives, before collisions are told apart."""
    return key_of_stem(stem_of(name))


def stem_of(path: str) -> str:
    """Return the last part of ``path`` without its suffix."""
    name = path[path.rfind("/") + 1 :]
    return name.rpartition(".")[0] or name
