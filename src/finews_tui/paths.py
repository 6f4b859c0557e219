"""Where the program keeps its files: the one room that knows the XDG folders.

Source: XDG Base Directory Specification 0.8.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from finews_tui.lean import NamedTuple
from finews_tui.mounts import network_kind

NAME = "finews-tui"
LEAST_ROOM = 4_000_000
"""Bytes that must be free for an index that is not there yet."""


class Paths(NamedTuple):
    """Where the program keeps its files; nothing is created by asking."""

    config_file: Path
    cache: Path
    """Folder of the index files, which may be deleted at any time."""
    state: Path
    """Folder of what the person did: read marks, stars, positions, history."""
    warning: str | None = None
    """What the person should know about these folders."""

    @property
    def state_file(self) -> Path:
        """The state database."""
        return self.state / "state.db"

    @classmethod
    def find(cls, environ: Mapping[str, str]) -> Paths:
        """The XDG folders that ``environ`` names, else those of the platform."""
        return cls(
            config_file=_folder(environ, "config") / "config.toml",
            cache=_folder(environ, "cache"),
            state=_folder(environ, "state"),
        )

    def usable(self) -> Paths:
        """These paths with a cache folder that can be made and written.

        Where that of the person cannot be (a home that is full, gone or read-only) or should not
        be (a home on a network file system), it is a private one for temporary files, and
        ``warning`` says so.
        """
        cache, warning = _usable(self.cache)
        return self._replace(cache=cache, warning=warning)


def _folder(environ: Mapping[str, str], kind: str) -> Path:
    """``XDG_<KIND>_HOME/finews-tui``; the XDG rules say that a relative value is ignored."""
    chosen = Path(environ.get(f"XDG_{kind.upper()}_HOME", ""))
    if chosen.is_absolute():
        return chosen / NAME
    import platformdirs  # costs 14 ms, and most desktops and all tests set the variables

    folders: dict[str, Callable[[str], Path]] = {
        "config": platformdirs.user_config_path,
        "cache": platformdirs.user_cache_path,
        "state": platformdirs.user_state_path,
    }
    return folders[kind](NAME)


def _usable(cache: Path) -> tuple[Path, str | None]:
    """``cache`` if an index can be made in it, else a private folder and why."""
    reason = _unfit(cache)
    if not reason:
        return cache, None
    import tempfile  # late: the folder of the person is nearly always fine

    shelter = Path(tempfile.gettempdir()) / f"{NAME}-{os.getuid()}"
    if not _is_private(shelter) or _unfit(shelter):
        return cache, None
    return shelter, f"{cache} {reason}: the index is in {shelter}"


def _unfit(folder: Path) -> str:
    """Why no index should be made in a folder; empty where it may be."""
    try:
        _try_to_write(folder)
        _look_for_room(folder)
    except OSError as error:
        return f"cannot be written ({error.strerror})"
    kind = network_kind(folder)
    return f"is on {kind}, which no index can be shared by" if kind else ""


def _is_private(folder: Path) -> bool:
    """Make a folder of our own among those of others; False where it is somebody else's."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return False
    # Somebody else's folder of that name, or a link, could lead the index anywhere.
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


def _look_for_room(folder: Path) -> None:
    """Raise OSError where there is no room for an index, unless there is one already."""
    if any(folder.glob("index-*.db")):
        return  # which can be read, whether or not it can be renewed
    status = os.statvfs(_there(folder))
    if status.f_bavail * status.f_frsize < LEAST_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _there(folder: Path) -> Path:
    """What there is of a folder."""
    while not folder.exists() and folder.parent != folder:
        folder = folder.parent
    return folder


def _try_to_write(folder: Path) -> None:
    """Raise OSError where ``folder`` cannot be made or written; leaves nothing behind."""
    folder = _there(folder)
    try:
        os.close(os.open(folder, os.O_WRONLY | os.O_TMPFILE, 0o600))
    except (AttributeError, OSError):  # no Linux, or a file system that has no nameless files
        import tempfile

        with tempfile.TemporaryFile(dir=folder):
            pass
