"""The subcommand ``doctor``: what was found, line by line, and what is wrong with it."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import SimpleNamespace

from finews_tui import __version__
from finews_tui.cli import output
from finews_tui.cli.archive import find_archives, index_file
from finews_tui.crash import NAME as TRACE
from finews_tui.errors import FinewsError, LibraryError
from finews_tui.paths import Paths
from finews_tui.posts import clean_text
from finews_tui.settings import Archives, Settings, load_settings

PACKAGES = (
    *("textual", "rich", "html2text", "selectolax", "markdown-it-py", "platformdirs", "segno"),
)

Fact = tuple[str, str]


def doctor(parsed: SimpleNamespace) -> int:
    """``finews-tui doctor``: the exit code of the worst that was found, else 0.

    Nothing is created or updated: this shows how things stand.
    """
    problems: list[FinewsError] = []
    for name, value in _facts(parsed, problems):
        output.write_line(f"{name:<13} {clean_text(value)}".rstrip())
    for problem in problems:
        output.write_message(str(problem))
    return max((problem.exit_code for problem in problems), default=0)


def _facts(parsed: SimpleNamespace, problems: list[FinewsError]) -> Iterator[Fact]:
    paths = Paths.find(os.environ).usable()
    settings = Settings()
    yield "finews-tui", __version__
    yield "python", f"{platform.python_version()} ({sys.executable})"
    yield "packages", ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    try:
        settings = load_settings(os.environ)
        found = "read" if settings.config_file else "not there: the defaults hold"
        yield "config", f"{paths.config_file} ({found})"
    except FinewsError as error:
        problems.append(error)
        yield "config", f"WRONG: {error}"
    told = (f"{name} {str(value).lower()}" for name, value in settings.article.settings())
    yield "article", ", ".join(told)
    if paths.warning:
        yield "cache", paths.warning
    try:
        archives = find_archives(parsed, settings)
    except FinewsError as error:
        problems.append(error)
        yield "archive", f"WRONG: {error}"
    else:
        for root in archives.roots:
            yield "archive", f"{root}{' (the built-in sample)' if archives.is_sample else ''}"
        yield from _library_facts(archives, paths, problems)
    yield "state", f"{paths.state_file} ({_state(paths.state_file)})"
    yield from _crashes(paths.state)
    yield from _terminal_facts(settings)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "is missing"


def _library_facts(archives: Archives, paths: Paths, problems: list[FinewsError]) -> Iterator[Fact]:
    from finews_tui.library import Library
    from finews_tui.library.engine import engine

    yield "sqlite", engine()
    file = index_file(archives, paths)
    if not file.exists():
        yield "index", f"{file} (not built yet: finews-tui index)"
        return
    size = file.stat().st_size / 1_000_000
    yield "index", f"{file} ({size:.1f} MB)"
    try:
        with Library.open(file, paths.state_file, read_only_state=True) as library:
            newest = f"{library.newest_day}" if library.newest_day else "no date"
            failed = len(library.failures())
            yield "posts", f"{library.total:,}, the newest of {newest}, {failed:,} files failed"
            yield "zone", str(library.zone)
            yield "variants", _variants(library.folding.name)
            for warning in library.warnings:
                yield "warning", warning
    except LibraryError as error:
        problems.append(error)
        yield "index", f"WRONG: {error}"


def _variants(folding: str) -> str:
    """Whether traditional characters find simplified ones and the other way round."""
    from finews_tui.library import hant

    if folding:
        return f"simplified = traditional, by {folding}"
    if found := hant.folding().name:
        return f"told apart; the next `finews-tui index` builds the index anew with {found}"
    return "simplified and traditional are told apart: pip install 'finews-tui[hant]'"


def _state(path: Path) -> str:
    """Whether what the person does can be kept."""
    if path.exists():
        return "can be written" if os.access(path, os.W_OK) else "CANNOT be written"
    folder = next(parent for parent in path.parents if parent.exists())
    return "not there yet" if os.access(folder, os.W_OK) else f"CANNOT be made in {folder}"


def _locale() -> str:
    """By which locale text is written, and what to set where that is none for Chinese."""
    environ = os.environ
    encodings = sorted({str(stream.encoding).lower() for stream in (sys.stdout, sys.stderr)})
    name = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or "not set"
    if name == "C.UTF-8" and (environ.get("LANG") or "C") in ("C", "POSIX"):
        name = f"LANG is {environ.get('LANG') or 'not set'}, which is taken for {name}"
    elif "utf" in name.lower().replace("-", ""):
        return f"{name}, {', '.join(encodings)} is written"
    advice = "set LANG=C.UTF-8, also for tmux and ssh, which ask it"
    return f"{name}; {', '.join(encodings)} is written; {advice}"


def _crashes(folder: Path) -> Iterator[Fact]:
    """The trace of the last crash, where there was one."""
    try:
        status = (folder / TRACE).stat()
    except OSError:
        return
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(status.st_mtime))
    yield "crash", f"{folder / TRACE} (of {when})"


def _terminal_facts(settings: Settings) -> Iterator[Fact]:
    from finews_tui.tui.facts import Setting, describe_terminal
    from finews_tui.tui.probing import ask_terminal, why_not_asked
    from finews_tui.tui.terminal import Choice
    from finews_tui.tui.tmux import ask_tmux

    choice = Choice(settings.opener or (), settings.opener_in_terminal)
    setting = Setting(choice, settings.theme, settings.ambiguous_width)
    silence = why_not_asked(0, 1, os.environ)
    answers = None if silence else ask_terminal(0, 1, os.environ)
    facts = describe_terminal(
        os.environ, setting, answers, ask_tmux(os.environ), silence or "it does not answer"
    )
    for fact in facts:
        yield fact.name, fact.value
    yield "locale", _locale()
    columns, rows = os.get_terminal_size() if sys.stdout.isatty() else (0, 0)
    yield "size", f"{columns} columns, {rows} rows" if columns else "stdout is no terminal"
