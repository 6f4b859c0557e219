"""From the words of the command line to an open, fresh library; and the subcommand ``index``."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from finews_tui.cli import output
from finews_tui.paths import Paths
from finews_tui.posts.clean import clean_text
from finews_tui.settings import Archives, Settings, load_settings, resolve_archives

TYPE_CHECKING = False
if TYPE_CHECKING:
    from finews_tui.library import Library, Summary


def find_archives(parsed: SimpleNamespace, settings: Settings) -> Archives:
    """The archives that the command line means."""
    given = [*parsed.archive, *getattr(parsed, "archives", ())]
    return resolve_archives(given, settings, Path.cwd())


def usable_paths() -> Paths:
    """The program's folders; a cache that had to move is told on stderr."""
    paths = Paths.find(os.environ).usable()
    if paths.warning:
        output.write_message(paths.warning)
    return paths


def index_file(archives: Archives, paths: Paths) -> Path:
    """The index of these archives, which may not exist yet."""
    from finews_tui.library import index_path

    return index_path(paths.cache, archives.roots)


@contextmanager
def opened(parsed: SimpleNamespace, *, read_only_state: bool = True) -> Iterator[Library]:
    """The library of the archives that are meant, brought up to date unless ``--no-update``."""
    from finews_tui.library import Library

    archives = find_archives(parsed, load_settings(os.environ))
    paths = usable_paths()
    file = index_file(archives, paths)
    if not parsed.no_update:
        update_index(file, archives)
    gc.freeze()  # all is loaded, and stays: the garbage of an answer is not looked for in it
    gc.enable()
    with Library.open(file, paths.state_file, read_only_state=read_only_state) as library:
        for warning in library.warnings:
            output.write_message(warning)
        yield library


def is_incomplete(library: Library, most: int | None = None) -> bool:
    """Whether files of the archive could not be read; names them on stderr, at most ``most``."""
    failures = library.failures()
    for failure in failures[:most]:
        output.write_message(f"{clean_text(str(failure.path))}: {failure.reason}")
    if most is not None and (left := len(failures) - most) > 0:
        output.write_message(f"… and {left:,} more files; `finews-tui index` names them all")
    return bool(failures)


def update_index(
    file: Path,
    archives: Archives,
    *,
    rebuild: bool = False,
    jobs: int | None = None,
    format: str = "text",
) -> Summary:
    """Brings the index up to date; draws a bar on a terminal, prints steps for ``jsonl``."""
    from dataclasses import asdict

    from finews_tui.cli.bar import Bar
    from finews_tui.library import Anew, Progress, Summary, update

    gc.enable()
    bar = Bar()
    summary: Summary | None = None
    try:
        for step in update(file, archives.roots, rebuild=rebuild, jobs=jobs):
            if isinstance(step, Summary):
                summary = step
            elif isinstance(step, Anew):
                _tell_anew(step.reason, format)
            elif isinstance(step, Progress):
                bar.draw(step.phase, step.done, step.total)
                if format == "jsonl":
                    output.write_json(asdict(step))
    finally:
        bar.clear()
    assert summary is not None
    return summary


def _tell_anew(reason: str, format: str) -> None:
    if format == "jsonl":
        output.write_json({"anew": reason})
    else:
        output.write_message(f"the index is built anew: {reason}")


def index(parsed: SimpleNamespace) -> int:
    """``finews-tui index``: 1 where a file could not be read."""
    from dataclasses import asdict

    from finews_tui.library import Library

    archives = find_archives(parsed, load_settings(os.environ))
    paths = usable_paths()
    file = index_file(archives, paths)
    summary = update_index(
        file, archives, rebuild=parsed.rebuild, jobs=parsed.jobs, format=parsed.format
    )
    if summary.failed:
        with Library.open(file, paths.state_file, read_only_state=True) as library:
            is_incomplete(library)
    if parsed.format == "text":
        output.write_message(
            f"{summary.total:,} posts, {summary.added:,} added, {summary.changed:,} changed, "
            f"{summary.removed:,} removed, {summary.failed:,} failed, {summary.seconds:.1f} s"
        )
    else:
        output.write_json(asdict(summary))
    return 1 if summary.failed else 0
