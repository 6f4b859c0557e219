"""The stored frame: the screen that the reader left behind, on the terminal before it is loaded.

Loading the reader takes half a second, this takes a few milliseconds: nothing is imported here that
Python has not loaded for itself. A frame fits one command line, config file, set of archives, kind
of terminal and size; where none fits, none is shown.

A frame is text and SGR parameters, no byte of it reaches the terminal as it is: only printable text
and digits are taken, every sequence is written here.
"""

from __future__ import annotations

import os
import sys
from _thread import allocate_lock, start_new_thread

from finews_tui import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import FrameType
    from typing import Any, Self

    Piece = tuple[str, str]
    """SGR parameters, such as ``1;38;5;110``, and the text that they colour."""
    Picture = list[list[Piece]]
    """The rows of a screen."""

MOST_BYTES = 100_000
"""A larger frame is not kept: it would come no sooner than the reader."""
LOADING = "loading …"
"""Stands in the status line of a frame."""

_LOOK = (
    *("TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM", "COLUMNS", "LINES"),
    *("LANG", "LC_ALL", "LC_CTYPE", "PYTHONUTF8", "PYTHONIOENCODING"),
)
"""Environment variables by which the same screen looks different."""
_WIDE_SPACES = {0xA0: " ", 0x3000: " "}
_BLIND = ("", "dumb", "unknown")
_PARTING = 1.0
"""Seconds that a frame may still take when the start has failed."""
_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l"
_LEAVE = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l"


class Frame:
    """The frame of this start; as a context manager it gives the terminal back at the end."""

    def __init__(self) -> None:
        self.folder = ""
        """Where frames are kept; empty where none is wanted."""
        self._facts = ""
        self.picture: Picture = []
        """What was shown; empty where nothing was."""
        self.columns = 0
        """Of that."""
        self.ambiguous: int | None = None
        """The cells that the terminal gave to characters such as “ ” … ①, when it was kept."""
        self._attributes: list[Any] | None = None
        self._sending = allocate_lock()
        self._handlers: dict[int, Any] = {}

    @classmethod
    def show(cls, words: Sequence[str], environ: Mapping[str, str]) -> Frame:
        """Show the frame that fits this start, if there is one and a terminal to show it on.

        From then on the terminal keeps what is typed until somebody reads it.
        """
        frame = cls()
        if not all(map(os.isatty, (0, 1, 2))) or environ.get("TERM", "") in _BLIND:
            return frame
        if getattr(sys.stderr, "encoding", "").lower() not in ("utf-8", "utf8"):
            return frame  # where Textual draws, it will write in another encoding
        frame.folder = _folder(environ, "XDG_CACHE_HOME", ".cache")
        frame._facts = _facts(words, environ)  # as they are now: the config file may be edited
        try:
            frame._show(*os.get_terminal_size(1))
        except OSError:  # no such file, or the terminal is gone
            frame.give_back()
        except BaseException:
            frame.give_back()
            raise
        return frame

    def _show(self, columns: int, rows: int) -> None:
        if not self.folder or os.tcgetpgrp(0) != os.getpgrp():
            return
        found = parsed(_read(self.file(columns, rows)), self.key(columns, rows))
        if found is None or len(found[0]) != rows:
            return
        self._guard()
        self._take()
        self.picture, self.ambiguous = found
        self.columns = columns
        self._send(_ENTER + self.text)

    @property
    def text(self) -> str:
        """What the terminal got to show it: places, colourings and printable text."""
        return "".join(
            f"\x1b[{number};1H" + "".join(f"\x1b[0;{sgr}m{text}" for sgr, text in row)
            for number, row in enumerate(self.picture, 1)
        ) + "\x1b[0m"  # fmt: skip

    @property
    def is_wanted(self) -> bool:
        """Whether there is a terminal that a next start may show a frame on."""
        return bool(self.folder)

    # -- the terminal ------------------------------------------------------------------------

    def _take(self) -> None:
        """No echo, and no waiting for the end of a line; C-c still ends a start that hangs."""
        import atexit
        import termios

        # A C-c may strike between any two steps of a start, also where nobody catches it.
        atexit.register(self.give_back)
        self._attributes = termios.tcgetattr(0)
        iflag, oflag, cflag, lflag, ispeed, ospeed, cc = termios.tcgetattr(0)
        # As Textual will set it: from now on Enter is CR, and C-s and C-q are keys.
        iflag &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        lflag &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        cc[termios.VMIN], cc[termios.VTIME] = 1, 0
        # Nobody could put the screen back for the shell: C-z waits like any other key.
        cc[termios.VSUSP] = cc[termios.VQUIT] = bytes([os.fpathconf(0, "PC_VDISABLE") & 0xFF])
        changed = [iflag, oflag, cflag, lflag, ispeed, ospeed, cc]
        termios.tcsetattr(0, termios.TCSANOW, changed)

    def _guard(self) -> None:
        """A signal that would end the program must not leave the terminal as it is now."""
        import signal

        def end(number: int, frame: FrameType | None) -> None:
            raise SystemExit(128 + number)

        for number in (signal.SIGTERM, signal.SIGHUP):
            self._handlers[number] = signal.signal(number, end)

    def _send(self, text: str) -> None:
        """Write beside the loading, which a slow line must not hold up."""
        self._sending.acquire()

        def send() -> None:
            try:
                _write(text)
            except OSError:  # the terminal is gone; the reader will find that out
                pass
            finally:
                self._sending.release()

        start_new_thread(send, ())

    def hand_over(self, patience: float = -1) -> list[Any] | None:
        """Leave the terminal to the reader; returns the attributes to restore at its end.

        None where no frame is shown: then the terminal is as the shell left it. Waits until the
        frame is written, at most ``patience`` seconds where that is not negative.
        """
        if self._attributes is not None and self._sending.acquire(timeout=patience):
            self._sending.release()
        attributes, self._attributes = self._attributes, None
        return attributes

    def give_back(self) -> None:
        """Make the terminal what it was; does nothing where it was handed over, or not taken."""
        attributes = self.hand_over(_PARTING)
        if attributes is None:
            return
        import signal
        import termios

        try:
            _write(_LEAVE)
            # What was typed was meant for the reader, not for the shell.
            termios.tcsetattr(0, termios.TCSAFLUSH, attributes)
        except (OSError, termios.error):  # the terminal is gone
            pass
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.give_back()

    # -- the file ----------------------------------------------------------------------------

    def file(self, columns: int, rows: int) -> str:
        """Where the frame of a size is kept."""
        return f"{self.folder}/frame-{checksum(self.key(columns, rows)):08x}"

    def key(self, columns: int, rows: int) -> bytes:
        """What a frame of a size has to be for."""
        return f"{columns} {rows} {self._facts}".encode()


def _facts(words: Sequence[str], environ: Mapping[str, str]) -> str:
    """All that decides which archive is shown, and how it looks, but for the size."""
    config = f"{_folder(environ, 'XDG_CONFIG_HOME', '.config')}/config.toml"
    try:
        status = os.stat(config)
        settings: object = (config, status.st_mtime_ns, status.st_size)
    except OSError:
        settings = None
    # Every word that may be a path is one: a wrong guess costs a frame, no more.
    words = [os.path.realpath(word) if os.path.exists(word) else word for word in words]
    here = os.getcwd() if any(map(os.path.isdir, ("_posts", "old_post"))) else ""
    look = [environ.get(name) for name in _LOOK]
    return ascii((__version__, sys.prefix, look, settings, words, here))


def _folder(environ: Mapping[str, str], variable: str, usual: str) -> str:
    """Our folder by the XDG rules, as ``paths.py`` has it for Linux; empty where it is unknown."""
    chosen = environ.get(variable, "")
    if not chosen.startswith("/"):
        home = environ.get("HOME", "")
        if not home.startswith("/") or not sys.platform.startswith("linux"):
            return ""
        chosen = f"{home}/{usual}"
    return f"{chosen}/finews-tui"


def checksum(data: bytes) -> int:
    """The number that tells a whole frame from a damaged one."""
    from binascii import crc32

    return crc32(data)


def _read(file: str) -> bytes:
    descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        return (
            os.read(descriptor, MOST_BYTES) if os.fstat(descriptor).st_uid == os.getuid() else b""
        )
    finally:
        os.close(descriptor)


def parsed(data: bytes, key: bytes) -> tuple[Picture, int] | None:
    """The rows of a frame, and how many cells ambiguous characters take in it.

    None where it is another's, or holds what does not belong there.
    """
    parts = data.split(b"\0", 4)
    if len(parts) != 5 or parts[1] != key or parts[0] != b"%08x" % checksum(parts[4]):
        return None
    if parts[3] not in (b"1", b"2"):
        return None
    if not os.path.exists(parts[2]):  # the index is gone, and with it what the frame shows
        return None
    try:
        text = parts[4].decode()
    except UnicodeDecodeError:
        return None
    picture = [
        [(sgr, text) for sgr, _, text in (part.partition("\x1e") for part in row.split("\x1f"))]
        for row in text.split("\n")
    ]
    return (picture, int(parts[3])) if all(map(_is_safe, picture)) else None


def _is_safe(row: Iterable[Piece]) -> bool:
    return all(
        text.translate(_WIDE_SPACES).isprintable() and sgr.isascii()
        and (not sgr or sgr.replace(";", "").isdigit())
        for sgr, text in row
    )  # fmt: skip


def _write(text: str) -> None:
    data = text.encode()
    while data:
        data = data[os.write(2, data) :]
