"""Makes stdout and stderr fit to be printed to, before anything is known or imported.

The standard library's ``shutil`` would tell the columns too; it is four times as much to load.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper


def prepare() -> None:
    """After this, printing cannot fail for a character or for a stream that the shell closed.

    Text follows a locale that has Chinese characters; what it lacks is shown as ``\\uXXXX``. Any
    other one (C, POSIX, Latin-1) is none for this program, and mostly came along over SSH: the
    terminal is taken for what nearly all are, UTF-8.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # >&-
            # Lives as long as the process.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        elif isinstance(stream, TextIOWrapper):
            is_chosen = _has_chinese(stream.encoding) or "PYTHONIOENCODING" in os.environ
            encoding = stream.encoding if is_chosen else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _has_chinese(encoding: str) -> bool:
    try:
        "财经".encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def speak_utf8() -> None:
    """JSON is UTF-8 by its definition, whatever the locale."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def columns() -> int:
    """Columns of the terminal, by COLUMNS or by stdout, else 80."""
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]  # None is caught
    except (AttributeError, ValueError, OSError):  # closed, replaced or no terminal
        return 80


def settle() -> None:
    """Flushes; what cannot be written (a closed pipe, a full disk) goes nowhere.

    Otherwise the interpreter would try again at its end, complain and change the exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
