"""CLI: command lines → one function per subcommand; the only package that prints.

``main`` is the only place that turns errors into sentences and exit codes.
"""

from __future__ import annotations

import gc
import os
import sys

from finews_tui.cli import streams
from finews_tui.frames import Frame

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import SimpleNamespace

INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command line (``sys.argv`` where none is given) and returns its exit code."""
    gc.disable()  # loading modules makes no garbage, and looking for it costs a tenth of the time
    streams.prepare()
    words = sys.argv[1:] if words is None else words
    try:
        with Frame.show(words, os.environ) as frame:
            code = _parse_and_run(words, frame)
        sys.stdout.flush()
    except BrokenPipeError:  # | head has seen enough
        code = 0
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:
        code = _say(error)
    streams.settle()
    gc.freeze()
    gc.enable()
    return code


def _parse_and_run(words: Sequence[str], frame: Frame) -> int:
    from finews_tui.cli import plain

    parsed = plain.parse(words)
    if parsed is None:
        from finews_tui.cli import arguments

        try:
            parsed = arguments.parse(words)
        except SystemExit as done:  # argparse has printed help, version or what is wrong
            return done.code if isinstance(done.code, int) else 2
    if getattr(parsed, "format", "text") in ("json", "jsonl"):
        streams.speak_utf8()
    return run(parsed, frame)


def run(parsed: SimpleNamespace, frame: Frame) -> int:
    """The function of the subcommand; each imports only what it needs."""
    match parsed.command:
        case "read":
            from finews_tui.cli.reader import read

            return read(parsed, frame)
        case "index":
            from finews_tui.cli.archive import index as command
        case "search":
            from finews_tui.cli.lists import search as command
        case "tickers":
            from finews_tui.cli.lists import tickers as command
        case "categories":
            from finews_tui.cli.lists import categories as command
        case "show":
            from finews_tui.cli.article import show as command
        case "mark":
            from finews_tui.cli.article import mark as command
        case _:
            from finews_tui.cli.doctor import doctor as command
    return command(parsed)


def _say(error: Exception) -> int:
    """Prints ``error`` as a sentence and returns its exit code; the trace of a bug is kept."""
    import contextlib
    import traceback

    from finews_tui.cli.output import write_message
    from finews_tui.errors import FinewsError, QueryError

    with contextlib.suppress(BrokenPipeError):
        if isinstance(error, QueryError):
            write_message(_pointed(error))
        elif isinstance(error, FinewsError | OSError):
            write_message(str(error))
        else:
            from finews_tui.crash import crashed
            from finews_tui.paths import Paths

            trace = "".join(traceback.format_exception(error))
            if os.environ.get("FINEWS_TUI_DEBUG"):
                write_message(trace)
            write_message(str(crashed(trace, Paths.find(os.environ).state)))
    return error.exit_code if isinstance(error, FinewsError) else 1


def _pointed(error: object) -> str:
    """The message of a QueryError, the query, and marks below the word that is meant."""
    from finews_tui.errors import QueryError
    from finews_tui.page import width_of

    assert isinstance(error, QueryError)
    before = error.text[: error.position]
    meant = error.text[error.position : error.position + error.length]
    marks = " " * width_of(before) + "^" * max(1, width_of(meant))
    return f"{error.message}\n  {error.text}\n  {marks}"
