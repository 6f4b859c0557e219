"""Writes small archives as upstream does, and runs the indexer over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from finews_tui.library import Anew, Library, Progress, Summary, update

CODE = 202203112306431413
"""The code of the first article; others are counted up from it."""


def code(number: int = 0) -> str:
    """Upstream's code of the ``number``-th article."""
    return str(CODE + number)


def em(
    folder: Path,
    number: int = 0,
    title: str = "京东发布财报",
    body: str = "<p>正文。</p>",
    day: str = "2022-03-11",
    time: str = "16:47:23",
) -> Path:
    """Write the ``em`` copy of an article."""
    return write(
        folder / f"{day}-{code(number)}.md",
        title,
        f"> 摘要：{title}\n\n{body}\n\n<http://finance.eastmoney.com/a/{code(number)}.html>\n",
        date=f"{day} {time} +0800",
        categories="emnews",
        tags="东财滚动新闻",
    )


def nw(
    folder: Path,
    number: int = 0,
    title: str = "京东发布财报",
    source: str = "财联社",
    day: str = "2022-03-11",
    time: str = "16:47:23",
) -> Path:
    """Write the ``NW`` copy of an article."""
    return write(
        folder / f"{day}-NW{code(number)}.md",
        title,
        f"<p>正文。</p>\n\n<https://proxy.example/NewsShare?newsid={code(number)}>\n",
        date=f"{day} {time} +0800",
        categories="cailianshe",
        tags=f"{source}新闻",
    )


def write(path: Path, title: str, body: str = "正文。\n", **head: str) -> Path:
    """Write a post with a title and further front matter."""
    lines = [f'title: "{title}"', *(f"{name}: {value}" for name, value in head.items())]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\nlayout: post\n" + "\n".join(lines) + f"\n---\n\n{body}", encoding="utf-8")
    return path


def mark(market: str, symbol: str, name: str) -> str:
    """Return a keytip, as upstream marks the first mention of a stock or board."""
    kind = "bk" if market == "90" else "stock"
    return (
        f'<span id="{kind}_{market}.{symbol}">'
        f'<a href="http://quote.eastmoney.com/unify/r/{market}.{symbol}" class="keytip" '
        f'data-code="{market},{symbol}">{name}</a></span><span id="quote_{market}.{symbol}"></span>'
    )


def run(
    index: Path, *roots: Path, rebuild: bool = False, jobs: int | None = 1
) -> tuple[list[Progress], Summary]:
    """Run the indexer to its end; returns the steps of the catalogue and the summary."""
    steps = [
        step
        for step in update(index, roots, rebuild=rebuild, jobs=jobs)
        if not isinstance(step, Anew)
    ]
    progress = [step for step in steps if isinstance(step, Progress)]
    summary = steps[-1]
    assert isinstance(summary, Summary)
    assert len(progress) == len(steps) - 1, "the summary comes last, and once"
    phases = [("folders", "catalogue", "text").index(step.phase) for step in progress]
    assert phases == sorted(phases), "each phase comes after the one before"
    return [step for step in progress if step.phase == "catalogue"], summary


def counts(summary: Summary) -> tuple[int, int, int, int, int]:
    """(total, added, changed, removed, failed)."""
    return summary.total, summary.added, summary.changed, summary.removed, summary.failed


def opened(index: Path) -> Library:
    """Open the library of an index, with the state database beside it."""
    return Library.open(index, index.with_name("state.db"))


def titles(library: Library, ids: Sequence[int]) -> list[str]:
    """Return the titles of a listing."""
    return [headline.title for headline in library.headlines(ids)]
