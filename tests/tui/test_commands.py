"""The command table: complete, without clashes, and told the same everywhere."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from finews_tui.tui.bindings import Keymap
from finews_tui.tui.command_names import completions, resolve
from finews_tui.tui.commands import (
    COMMANDS,
    GROUPS,
    PREFIXES,
    RESERVED,
    Command,
    by_id,
    in_pane,
    markdown_table,
)
from finews_tui.tui.keys import shown, spelled

KEYS_OF_THE_READER = """
    j k Down Up gg G Home End C-d C-u C-f C-b PageDown PageUp b h l Left Right Tab S-Tab M-1 M-2
    M-3 J K Enter Space H L C-o ]u [u > < ]d [d ]t [t ]s [s ]h [h / n N f F S t T c x gt gu gs gh gd
    gn % p o O ; gO yy yt ym yc yp yb Y m M s u C-r z - = i r : C-p ? F1 C-l C-z C-c Esc q Q ZZ
"""
WINDOW_KEYS = {"C-w h", "C-w l", "C-w w"}


def test_every_key_of_the_reader_has_a_command() -> None:
    bound = {key for command in COMMANDS for key in command.keys}
    assert bound == {*KEYS_OF_THE_READER.split(), *WINDOW_KEYS}


def test_ids_are_method_names_and_unique() -> None:
    assert len(by_id()) == len(COMMANDS)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", command.id) for command in COMMANDS)


def test_the_defaults_do_not_clash() -> None:
    assert Keymap.build(COMMANDS).conflicts == ()


def test_keys_are_spelled_as_they_are_shown() -> None:
    for command in COMMANDS:
        for key in command.keys:
            tokens, problem = spelled(key)
            assert not problem
            assert shown(tokens) == key


def test_no_command_begins_with_a_digit_or_is_reserved() -> None:
    for command in COMMANDS:
        for key in command.keys:
            first = spelled(key).tokens[0]
            assert not first.isdecimal()
            assert first not in RESERVED
            assert key not in PREFIXES


def test_every_command_says_what_it_does() -> None:
    for command in COMMANDS:
        assert command.group in GROUPS
        assert command.help.endswith(".")
        assert command.title and command.title == command.title.strip()
        assert len(command.title) <= 28
        assert command.panes


def test_heading_keys_belong_to_the_article() -> None:
    assert "next_heading" not in {command.id for command in in_pane("list")}
    assert "next_heading" in {command.id for command in in_pane("article")}


class TestResolve:
    """The line typed after ``:``."""

    @pytest.mark.parametrize(
        ("text", "name", "count"),
        [
            ("q", "close", None),
            ("q!", "close", None),
            ("qa", "quit", None),
            ("quit", "quit", None),
            ("x", "quit", None),
            ("h", "help", None),
            ("toggle_star", "toggle_star", None),
            ("toggle-star", "toggle_star", None),
            ("toggle star", "toggle_star", None),
            ("star", "toggle_star", None),
            (" Zoom ", "zoom", None),
            ("resc", "rescan", None),
            ("whole archive", "go_all", None),
            ("12", "last", 12),
            ("0", "last", 1),
        ],
    )
    def test_finds(self, text: str, name: str, count: int | None) -> None:
        found = resolve(text)
        assert not isinstance(found, str)
        assert (found[0].id, found[1]) == (name, count)

    def test_refuses_what_is_unknown(self) -> None:
        assert resolve("buy") == "There is no command “buy”; ? lists them."

    def test_names_what_may_be_meant(self) -> None:
        found = resolve("copy_t")
        assert found == "“copy_t” may be copy_title, copy_tickers."
        assert str(resolve("n")).endswith(" ….")

    def test_nothing_typed(self) -> None:
        assert "Tab" in str(resolve("  "))

    def test_every_id_finds_its_command(self) -> None:
        for command in COMMANDS:
            assert resolve(command.id) == (command, None)

    def test_completions_begin_as_typed(self) -> None:
        assert completions("copy-l") == ["copy_link"]
        assert len(completions("")) == len(COMMANDS)


class TestMarkdown:
    """The tables of the README."""

    def test_every_command_stands_in_them_once(self) -> None:
        text = markdown_table()
        assert all(text.count(f"| `{command.id}` |") == 1 for command in COMMANDS)
        assert text.endswith(" |\n")

    def test_rows_have_three_cells(self) -> None:
        for line in markdown_table().splitlines():
            if line.startswith("| "):
                assert len(re.split(r"(?<!\\)\|", line)) == 5

    def test_a_pipe_is_escaped(self) -> None:
        command = Command("pipe", ("|",), "pipe", "Pipe to a|b.", "Doing")
        assert "| `\\|` | Pipe to a\\|b. | `pipe` |" in markdown_table((command,))


def test_the_table_is_plain_data_without_textual() -> None:
    code = "import sys, finews_tui.tui.commands as c; print('textual' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
