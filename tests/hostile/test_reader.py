"""The reader on the hostile archive, in every screen: what it writes, shows and does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile import allowed
from tests.hostile.attacks import ATTACKS
from tests.hostile.conftest import Planted
from tests.stories.story import rest
from tools.person import reader
from tools.terminal import Terminal

PASTE = "\x1b[200~{}\x1b[201~"
TYPED = "".join(ATTACKS.values()).replace("\x1b", "").replace("\x00", "")
"""What somebody may paste: a terminal takes the escapes out of it."""


@pytest.fixture(scope="module")
def terminal(planted: Planted) -> Iterator[Terminal]:
    """The reader, at rest."""
    with reader(planted.home, str(planted.root), columns=130, rows=44) as terminal:
        terminal.wait_for(f"1/{planted.total}")
        yield terminal


@pytest.fixture
def at_rest(terminal: Terminal) -> Iterator[Terminal]:
    """The reader on its list; afterwards all that it wrote is judged."""
    yield terminal
    terminal.press("Esc Esc")
    terminal.settle(0.2)
    assert terminal.status is None, "the reader has ended"
    told = allowed.read(bytes(terminal.written), allowed.READER)
    assert not told.problems, "\n".join(told.problems[:10])
    assert "pwned" not in told.copies


def see(terminal: Terminal, keys: str, quiet: float = 0.1) -> None:
    """Press keys and wait until they are answered."""
    terminal.press(keys)
    terminal.settle(quiet)


def test_every_post_is_listed_and_read(at_rest: Terminal, planted: Planted) -> None:
    for _ in range(planted.total):
        rest(at_rest, "j")
    rest(at_rest, "g g Enter")
    for _ in range(len(planted.names)):
        rest(at_rest, "J")
    rest(at_rest, "M-2 g g z")
    shown = ""
    for _ in range(planted.total // 20):
        shown += at_rest.text
        rest(at_rest, "C-d")
    rest(at_rest, "g g z")
    assert not [name for name in planted.names.values() if name not in shown]


def test_markup_is_shown_as_it_is(at_rest: Terminal) -> None:
    see(at_rest, "g h f title:markup-raw Enter", 0.3)
    at_rest.wait_for("[bold]b[/bold][/][red]r[link=http://pwned.")
    see(at_rest, "F f title:action-raw Enter", 0.3)
    at_rest.wait_for("[@click=app.quit]x[/]收盘[/]")
    see(at_rest, "F")


def test_the_tree(at_rest: Terminal) -> None:
    see(at_rest, "M-1 g g = G", 0.3)
    for _ in range(12):
        see(at_rest, "C-b")
    see(at_rest, "g g - M-2")


@pytest.mark.parametrize("step", range(0, 90, 30))
def test_what_lies_over_the_panes(at_rest: Terminal, step: int) -> None:
    see(at_rest, f"g h g g {step + 1} G", 0.2)
    for keys in ("i", "o", "O", "?", ";", "C-p", "M", "g O", "W", "T", "c"):
        see(at_rest, keys, 0.15)
        see(at_rest, "G", 0.05)
        see(at_rest, "Esc Esc", 0.1)


@pytest.mark.parametrize("step", range(0, 90, 18))
def test_copies_are_clean(at_rest: Terminal, step: int) -> None:
    see(at_rest, f"g h g g {step + 1} G", 0.2)
    before = len(at_rest.written)
    see(at_rest, "y y y t y m y c y p y b Y", 0.2)
    assert allowed.read(bytes(at_rest.written[before:]), allowed.READER).copies


@pytest.mark.parametrize("prompt", ["/", "f", "S", ":", "T", "c", "?"])
def test_what_is_pasted(at_rest: Terminal, prompt: str) -> None:
    see(at_rest, prompt, 0.1)
    if prompt == "?":
        see(at_rest, "/", 0.1)
    at_rest.type(PASTE.format(TYPED))
    at_rest.settle(0.2)
    see(at_rest, "Enter", 0.2)
    see(at_rest, "Esc Esc F", 0.2)
    see(at_rest, f"{prompt} Up", 0.1)  # what was typed before
    see(at_rest, "Esc Esc", 0.1)


def test_problems_are_named(at_rest: Terminal) -> None:
    see(at_rest, "M-1 g g / Problems Enter Enter", 0.3)
    at_rest.wait_for("binary")
    for _ in range(6):
        see(at_rest, "C-f", 0.1)
    see(at_rest, "Esc M-2", 0.1)


def test_at_other_sizes(at_rest: Terminal) -> None:
    for columns, rows in ((40, 20), (80, 24), (24, 8), (130, 44)):
        at_rest.resize(columns, rows)
        at_rest.settle(0.3)
        see(at_rest, "Enter J J M-2 G g g", 0.2)


def test_nothing_was_done(planted: Planted) -> None:
    """None of the attacks on the program itself had its way."""
    assert not list(Path.cwd().glob("*.svg")) and not list(planted.home.glob("*.svg"))
    assert not list(planted.home.rglob("pwned"))
