"""The subcommand ``read``: everything that is settled before textual is imported."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

from finews_tui.cli.archive import find_archives, index_file
from finews_tui.cli.subcommands import SUBCOMMANDS
from finews_tui.errors import SettingsError, UsageError
from finews_tui.frames import Frame
from finews_tui.options import ReaderOptions
from finews_tui.paths import Paths
from finews_tui.settings import Archives, Settings, load_settings


def read(parsed: SimpleNamespace, frame: Frame) -> int:
    """``finews-tui read``: 2 where there is no terminal to draw on.

    ``frame`` may be on the terminal already.
    """
    from finews_tui.tui.terminal import unusable_terminal

    settings = load_settings(os.environ)
    archives = _archives(parsed, settings)
    problem = unusable_terminal(
        os.environ,
        keyboard=sys.stdin is not None and sys.stdin.isatty(),
        screen=sys.stdout.isatty() and sys.stderr.isatty(),
    )
    if problem:
        raise UsageError(problem)
    from finews_tui.library import Query

    Query.parse(parsed.query)  # a wrong one is told before the screen is cleared
    paths = Paths.find(os.environ).usable()
    options = ReaderOptions(
        roots=archives.roots,
        is_sample=archives.is_sample,
        index=index_file(archives, paths),
        state=paths.state_file,
        settings=settings,
        mouse=settings.mouse and not parsed.no_mouse,
        theme=parsed.theme,
        at=parsed.at,
        query=parsed.query,
        update=not parsed.no_update,
        warning=paths.warning,
        frame=frame,
    )

    from finews_tui.tui.colours import settle_colours

    settle_colours(os.environ)
    from finews_tui.tui.app import run

    return run(options)


def _archives(parsed: SimpleNamespace, settings: Settings) -> Archives:
    """The archives that are meant; a missing one may be a subcommand with a slip in it."""
    try:
        return find_archives(parsed, settings)
    except SettingsError:
        raise
    except UsageError as error:
        import difflib

        for name in parsed.archives:
            if not Path(name).exists() and (
                near := difflib.get_close_matches(name, SUBCOMMANDS, n=1)
            ):
                raise UsageError(f"{error}; did you mean `finews-tui {near[0]}`?") from error
        raise
