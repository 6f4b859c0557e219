"""Runs the real reader on a real archive, without a terminal."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from finews_tui.library import Library, index_path, update
from finews_tui.options import ReaderOptions
from finews_tui.page import plain
from finews_tui.settings import Settings, sample_archive
from finews_tui.tui.app import ReaderApp
from finews_tui.tui.screen import ReaderScreen

PATIENCE = 20.0
"""Seconds after which a condition is given up."""


def options_for(
    home: Path,
    root: Path | None = None,
    *,
    indexed: bool = True,
    update_index: bool = False,
    query: str = "",
    at: str | None = None,
    settings: Settings | None = None,
    theme: str | None = None,
) -> ReaderOptions:
    """What the command line would hand over; builds the index unless ``indexed`` is False."""
    root = root or sample_archive()
    index = index_path(home / "cache", [root])
    if indexed:
        _index(index, root)
    return ReaderOptions(
        roots=(root,),
        is_sample=root == sample_archive(),
        index=index,
        state=home / "state" / "state.db",
        settings=settings or Settings(),
        mouse=True,
        theme=theme,
        at=at,
        query=query,
        update=update_index,
    )


_SAMPLE: dict[Path, bytes] = {}
"""The index of the sample archive, built once; its posts never change while tests run."""


def _index(index: Path, root: Path) -> None:
    if root == sample_archive() and root in _SAMPLE:
        index.parent.mkdir(parents=True, exist_ok=True)
        index.write_bytes(_SAMPLE[root])
        return
    for _ in update(index, [root], jobs=1):
        pass
    if root == sample_archive():
        _SAMPLE[root] = index.read_bytes()


def write_post(
    folder: Path,
    number: int,
    *,
    title: str = "",
    body: str = "",
    day: str = "2022-03-11",
    time: str = "10:00:00",
    source: str = "财联社",
) -> Path:
    """One small post; ``number`` makes its key."""
    folder.mkdir(parents=True, exist_ok=True)
    key = f"2022031123{number:08d}"
    path = folder / f"{day}-{key}.md"
    path.write_text(
        f'---\nlayout: post\ntitle: "{title or f"第{number}条新闻"}"\n'
        f"date: {day} {time} +0800\ncategories: finews\ntags: {source}新闻\n---\n"
        f"{body or f'<p>这是第{number}条新闻的正文。</p>'}\n"
        f"<p>（文章来源：{source}）</p>\n",
        encoding="utf-8",
    )
    return path


def small_archive(root: Path, posts: int = 40) -> Path:
    """``posts`` posts, four a day, from three sources."""
    for number in range(posts):
        write_post(
            root / "_posts",
            number,
            day=f"2022-03-{1 + number // 4:02d}",
            time=f"{8 + number % 4:02d}:00:00",
            source=("财联社", "证券时报", "中新经纬")[number % 3],
        )
    return root


def program(folder: Path, name: str, script: str = ":") -> Path:
    """A program of that name in ``folder/bin``, which is to be the PATH."""
    path = folder / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


class Reader:
    """The running reader, as a person at the keyboard sees it."""

    def __init__(self, pilot: Pilot[None], screen: ReaderScreen) -> None:
        self.pilot = pilot
        self.screen = screen
        self.said: list[str] = []
        """Every sentence of the status line so far."""
        screen.watch(screen.status, "message", self._hear)

    def _hear(self, message: str) -> None:
        if message:
            self.said.append(message)

    async def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type characters, as a keyboard or an input method sends them."""
        for character in text:
            await self.pilot.press(character)

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Let the reader work until ``condition`` holds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while not condition():
            assert loop.time() < end, (
                f"waited in vain for {what or 'a condition'}; said {self.said}, "
                f"typed {self.screen.prompt.value!r}\n{self.text()}"
            )
            await self.pilot.pause(0.005)

    async def settle(self) -> None:
        """Wait until the list is filled and the selected post is shown."""
        screen = self.screen
        await self.until(
            lambda: (
                screen.listing is not None
                and (not screen.headlines.count or screen.headlines.current is not None)
                and (
                    not screen.headlines.count
                    or screen.article.key == getattr(screen.headlines.current, "key", "")
                )
            ),
            "the preview",
        )

    def text(self) -> str:
        """The characters on the screen."""
        lines = []
        for widget in (
            self.screen.titles["tree"],
            self.screen.categories,
            self.screen.titles["list"],
            self.screen.headlines,
            self.screen.titles["article"],
            self.screen.article,
            self.screen.status,
        ):
            if widget.region:
                lines += [widget.render_line(y).text for y in range(widget.size.height)]
        return "\n".join(lines)

    def rows(self) -> list[str]:
        """The lines of the list."""
        pane = self.screen.headlines
        return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]

    def article(self) -> str:
        """The article's characters, also those that are not on the screen."""
        article = self.screen.article.article
        return "" if article is None else "\n".join(plain(line) for line in article.lines)

    def pane(self) -> str:
        """The pane that the keys go to."""
        return self.screen.pane

    @property
    def message(self) -> str:
        """The sentence in the status line."""
        return self.screen.status.message

    def in_library(self, options: ReaderOptions) -> Library:
        """A second look into the databases, as another process would have it."""
        return Library.open(options.index, options.state)


@asynccontextmanager
async def reading(
    options: ReaderOptions, size: tuple[int, int] = (120, 40), *, settled: bool = True
) -> AsyncIterator[Reader]:
    """The reader on ``options``; when ``settled``, only once the first post is previewed."""
    app = ReaderApp(options)
    async with app.run_test(size=size) as pilot:
        screen = app.screen
        assert isinstance(screen, ReaderScreen)
        reader = Reader(pilot, screen)
        if settled:
            await reader.settle()
        yield reader
