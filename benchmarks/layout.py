"""Part 8: how long an article takes to be laid out, beside Rich's and Textual's Markdown.

All of that happens in one process that waits for nothing, so its CPU time is what is measured.
"""

from __future__ import annotations

import asyncio
import random
import statistics
from collections.abc import Callable, Iterator
from datetime import UTC
from functools import partial
from pathlib import Path
from time import process_time

from rich.console import Console
from rich.markdown import Markdown as RichMarkdown
from textual.app import App, ComposeResult
from textual.widgets import Markdown

from benchmarks.archives import LONG_POSTS, long_title
from benchmarks.bench import Bench, Part
from benchmarks.screen import shows_article
from benchmarks.table import Row, UnmeasuredError, row
from benchmarks.vocabulary import clauses
from finews_tui.page import TOP, Article, Typography, compose
from finews_tui.posts import Post, parse, to_markdown

_SIZES = (3_000, 20_000)
_LONG = 100_000
"""Characters of a post of 300 KB."""
_WIDTH, _HEIGHT = 80, 40
_ROUNDS = 7
_LIMIT = 30.0
_FRAME = b"\x1b[?2026h"
"""Begins a frame, where the terminal has said that it takes whole ones."""


def _post(size: int) -> Post:
    """A post of ``size`` characters in paragraphs, with a heading before every fifth."""
    dice = random.Random(size)
    body: list[str] = []
    written = 0
    while written < size:
        text = "，".join(dice.choices(clauses(), k=12))
        if len(body) % 6 == 0:
            body.append(f"<h3>{text[:12]}</h3>")
        body.append(f"<p>{text}。</p>")
        written += len(text)
    head = '---\nlayout: post\ntitle: "长文"\ndate: 2022-06-14 08:00:00 +0800\n---\n'
    data = f"{head}{''.join(body)}\n".encode()
    post = parse(Path("2022-06-14-NW202206143000000001.md"), data)
    if not isinstance(post, Post):
        raise UnmeasuredError(f"the post cannot be read: {post.reason}")
    return post


def _median(act: Callable[[], object]) -> float:
    """Milliseconds of CPU time that ``act`` takes."""
    times = []
    for _ in range(_ROUNDS):
        started = process_time()
        act()
        times.append(1e3 * (process_time() - started))
    return statistics.median(times)


def _first_screen(post: Post) -> object:
    return Article(compose(post, zone=UTC), _WIDTH, Typography()).lines_from(TOP, _HEIGHT)


def _all_lines(post: Post) -> object:
    return Article(compose(post, zone=UTC), _WIDTH, Typography()).lines


def _rich(text: str) -> object:
    return Console(width=_WIDTH).render_lines(RichMarkdown(text))


class _Widget(App[None]):
    """Nothing but Textual's Markdown widget."""

    def compose(self) -> ComposeResult:
        yield Markdown()


async def _textual(text: str) -> float:
    """Milliseconds of CPU time until Textual's widget holds ``text`` and is laid out."""
    app, times = _Widget(), []
    async with app.run_test(size=(_WIDTH, _HEIGHT)) as pilot:
        for _ in range(3):
            await app.query_one(Markdown).update("")
            await pilot.pause()
            started = process_time()
            await app.query_one(Markdown).update(text)
            await app.screen.wait_for_refresh()
            times.append(1e3 * (process_time() - started))
    return statistics.median(times)


def _layout(_: Bench) -> Iterator[Row]:
    for size in _SIZES:
        post = _post(size)
        text = to_markdown(post.html)
        rich = _median(partial(_rich, text))
        widget = asyncio.run(_textual(text))
        screen, lines = _median(partial(_first_screen, post)), _median(partial(_all_lines, post))
        what, beside = f"{size:,} characters", "Textual's Markdown"
        yield row(f"{what}, first screen", screen, "ms", floor=widget, beside=beside)
        yield row(
            f"{what}, every line", lines, "ms", floor=widget, beside=beside, times_at_most=0.1
        )
        yield row(f"{what}, every line", lines, "ms", floor=rich, beside="Rich's Markdown")


def _long(_: Bench) -> Iterator[Row]:
    """The first screen of a post of 300 KB, and the middle of it for another width."""
    post = _post(_LONG)
    first = _median(partial(_first_screen, post))
    yield row("300 KB, first screen", first, "ms", at_most=80)
    manuscript = compose(post, zone=UTC)
    middle = manuscript.places[-1] // 2

    def again() -> object:
        article = Article(manuscript, _WIDTH // 2, Typography())
        return article.lines_from(article.spot_at(middle), _HEIGHT)

    yield row("300 KB, its middle in another width", _median(again), "ms", at_most=80)


def _page_down(bench: Bench) -> Iterator[Row]:
    """A page of a long article in the terminal: time, bytes and frames."""
    if bench.small.total < LONG_POSTS:
        raise UnmeasuredError("there are no long posts")
    times, sizes, frames = [], [], []
    with bench.small.reader() as terminal:
        terminal.wait_for(long_title(0)[:6], _LIMIT)
        terminal.settle()
        terminal.press("Enter")
        terminal.wait_for(partial(shows_article, terminal, long_title(0)), _LIMIT)
        for _ in range(_ROUNDS):
            terminal.settle()
            before = len(terminal.written)
            answer = terminal.ask("PageDown", None, _LIMIT)
            if answer.last is None:
                raise UnmeasuredError("PageDown is not answered")
            times.append(1e3 * answer.last)
            sizes.append(answer.size)
            frames.append(bytes(terminal.written[before:]).count(_FRAME))
    size, most = statistics.median(sizes), max(frames)
    told = f"{most} frames at most" if most else "the terminal does not tell frames"
    yield row("PageDown in an article", statistics.median(times), "ms", note="to the last byte")
    yield row("PageDown in an article", size, "bytes", at_most=15_000, note=told)


PART = Part("8. Layout", (("layout", _layout), ("300 KB", _long), ("PageDown", _page_down)))
