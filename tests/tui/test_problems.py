"""Files that could not be read: counted in the tree, named there with their reasons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from finews_tui.options import ReaderOptions
from finews_tui.tui.problems import Problems
from tests.tui.harness import Reader, options_for, reading, small_archive


@pytest.fixture
def options(tmp_path: Path) -> ReaderOptions:
    """An archive of eight posts and three files that cannot be read."""
    root = small_archive(tmp_path / "archive", 8)
    for number in range(3):
        with (root / "_posts" / f"2022-05-0{number + 1}-big.md").open("wb") as file:
            file.truncate(17 * 1024 * 1024)
    return options_for(tmp_path, root)


@pytest.fixture
async def reader(options: ReaderOptions) -> AsyncIterator[Reader]:
    async with reading(options) as reader:
        await reader.until(lambda: "Problems" in reader.text(), "the node")
        yield reader


def problems(reader: Reader) -> Problems:
    """The dialog on the screen."""
    top = reader.pilot.app.screen
    assert isinstance(top, Problems)
    return top


def shown(dialog: Problems) -> str:
    """What the dialog says."""
    lines = [dialog.files.render_line(y).text for y in range(dialog.files.size.height)]
    return "\n".join(
        [*lines, *(caption.render_line(0).text for caption in dialog.query("Caption"))]
    )


async def test_the_node_opens_the_list(reader: Reader) -> None:
    (row,) = [line for line in reader.text().splitlines() if "Problems" in line]
    assert "3" in row
    await reader.press("alt+1", "slash", *"Problems", "enter", "enter")
    await reader.until(lambda: isinstance(reader.pilot.app.screen, Problems), "the dialog")
    dialog = problems(reader)
    await reader.until(lambda: "1 of 3" in shown(dialog))
    for name in ("2022-05-01-big.md", "2022-05-02-big.md", "2022-05-03-big.md"):
        assert name in shown(dialog)
    await reader.press("j", "j", "j")
    await reader.until(lambda: "3 of 3" in shown(dialog))
    path = str(dialog.files.current.path)
    assert path.endswith("2022-05-03-big.md")
    for text in (path, dialog.files.current.reason):
        assert "".join(text.split()) in "".join(shown(dialog).split())
    await reader.press("g", "g")
    await reader.until(lambda: "1 of 3" in shown(dialog))
    await reader.press("5", "0", "percent_sign")
    await reader.until(lambda: "2 of 3" in shown(dialog))
    await reader.press("y", "p")
    assert any("2022-05-02-big.md" in said for said in reader.said)
    await reader.press("q")
    await reader.until(lambda: reader.pilot.app.screen is reader.screen)


async def test_without_problems_there_is_no_node(tmp_path: Path) -> None:
    async with reading(options_for(tmp_path, small_archive(tmp_path / "archive", 4))) as reader:
        await reader.until(lambda: " 4 " in reader.screen.categories.render_line(0).text)
        assert "Problems" not in reader.text()
