"""newsboat with the same posts in one local feed: what the reader is compared with.

newsboat comes from the distribution's packages; without it the table says so.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from heapq import nlargest
from html import escape
from itertools import islice
from pathlib import Path

from benchmarks.archives import COLUMNS, ROWS, Archive
from benchmarks.corpus import INTERVAL, LAST
from benchmarks.programs import run
from benchmarks.table import UnmeasuredError
from tools.person import environment
from tools.terminal import Terminal

MOST = 50_000
"""Posts of the feed: more than 50,000 take newsboat minutes and gigabytes."""
_NAME = re.compile(r"^\d{4}-\d{2}-\d{2}-(?:NW)?(\d{18})\.md$")
_TITLE = re.compile(r'^title: "?(.*?)"?$', re.MULTILINE)
_CONFIG = """
max-items 0
auto-reload no
refresh-on-startup no
confirm-exit no
show-read-feeds yes
bind-key j down
bind-key k up
"""
"""All posts, no network; ``j`` and ``k`` go to other feeds where nobody says otherwise."""


@dataclass(frozen=True)
class Newsboat:
    """newsboat with one feed, imported already."""

    folder: Path
    posts: int
    """Articles in the feed."""
    seconds: float
    """How long the import took."""

    @property
    def command(self) -> list[str]:
        """newsboat with its own files."""
        return _command(self.folder)

    def start(self) -> Terminal:
        """newsboat with its list of articles open."""
        terminal = Terminal(
            self.command,
            columns=COLUMNS,
            rows=ROWS,
            environ=environment(self.folder / "home"),
            cwd=self.folder,
        )
        terminal.wait_for("synthetic posts", 60)
        terminal.press("Enter")
        terminal.wait_for("Articles in feed", 60)
        terminal.settle()
        return terminal


def imported(archive: Archive, work: Path, limit: float = 600) -> Newsboat:
    """newsboat with the newest posts of an archive; raises UnmeasuredError where it is missing."""
    if shutil.which("newsboat") is None:
        raise UnmeasuredError("newsboat is not installed")
    folder = work / "newsboat"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "home").mkdir(parents=True)
    feed = folder / "feed.xml"
    posts = _write_feed(archive, feed)
    (folder / "urls").write_text(f"file://{feed}\n", encoding="utf-8")
    (folder / "config").write_text(_CONFIG, encoding="utf-8")
    environ = environment(folder / "home")
    done = run([*_command(folder), "-x", "reload"], environ, limit=limit)
    if done.code:
        raise UnmeasuredError(f"newsboat's import ended with code {done.code}")
    return Newsboat(folder, posts, done.seconds)


def _command(folder: Path) -> list[str]:
    return [
        "newsboat",
        f"--url-file={folder / 'urls'}",
        f"--cache-file={folder / 'cache.db'}",
        f"--config-file={folder / 'config'}",
    ]


def _write_feed(archive: Archive, feed: Path) -> int:
    count = 0
    with feed.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>')
        file.write("<title>synthetic posts</title><link>http://localhost/</link>")
        file.write("<description>-</description>\n")
        for code, path in islice(_newest(archive), MOST):
            text = path.read_bytes().decode("utf-8", "replace")
            _, _, body = text.partition("\n---\n")
            found = _TITLE.search(text)
            when = (LAST - count * INTERVAL).replace(tzinfo=UTC)
            file.write(
                f"<item><title>{escape(found[1] if found else code)}</title>"
                f"<link>http://localhost/{code}</link><guid>{code}</guid>"
                f"<pubDate>{format_datetime(when)}</pubDate>"
                f"<description>{escape(body)}</description></item>\n"
            )
            count += 1
        file.write("</channel></rss>\n")
    return count


def _newest(archive: Archive) -> Iterator[tuple[str, Path]]:
    """Code and one file of each of the newest articles, the newest first."""
    names = (
        (name[1], path)
        for root in archive.roots
        for path in root.rglob("*.md")
        if (name := _NAME.match(path.name))
    )
    # Day and series first; within them the number of an article grows with its age. Twins have one
    # code, and a fifth of the articles has a twin.
    found = nlargest(MOST * 3 // 2, names, key=lambda pair: (pair[0][:9], -int(pair[0])))
    yield from dict(found).items()
