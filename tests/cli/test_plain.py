"""A command line that is right at first sight is read without argparse, and in the same way."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.cli import arguments, plain
from finews_tui.cli.subcommands import SUBCOMMANDS

NAMES = sorted({name for sub in SUBCOMMANDS.values() for a in sub.arguments for name in a.names})
WORDS = [
    *("a", "b c", "", "-", "--", "-is:read", '-"a b"', "-茅台", "-5", "-2022-01-01-x.md", "x=y"),
    *("5", "0", "80", "19", "1_0", "٣", "json", "tsv", "markdown", "auto", "always", "star"),
    *("read", "./index", "茅台", "is:unread", "-x", "-ax", "-a=x", "--a", "--arch", "--limi", "-h"),
    *("--help", "--version", "--version=1", "--nonsense", "@file", "--no-update="),
]
lines = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(NAMES),
        st.builds("{}={}".format, st.sampled_from(NAMES), st.sampled_from(WORDS)),
    ),
    max_size=7,
)


def by_argparse(words: list[str]) -> dict[str, object] | None:
    """What argparse makes of the words; None where it does not return."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            return vars(arguments.parse(words))
        except SystemExit:
            return None


@given(st.sampled_from(["", *SUBCOMMANDS]), lines)
def test_what_is_understood_at_first_sight_argparse_understands_alike(
    command: str, line: list[str]
) -> None:
    words = [command, *line] if command else line
    at_first_sight = plain.parse(words)
    if at_first_sight is not None:
        assert vars(at_first_sight) == by_argparse(words)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["~/news"],
        ["~/news", "--query", "is:unread", "--no-update", "other"],
        ["read", "--at=202203112306431413"],
        ["search", "茅台", "--limit", "100", "--no-update", "-a", "x", "--archive=y"],
        ["search", "-is:read", "a b", '-"c d"'],
        ["show", "-2022-01-01-x.md", "--format", "markdown", "--width=80"],
        ["mark", "--no-update", "star", "x", "y"],
        ["index", "--rebuild", "--jobs", "2", "--format=json"],
        ["categories", "--color", "never"],
        ["doctor"],
    ],
)
def test_what_is_usual_is_understood_at_first_sight(words: list[str]) -> None:
    found = plain.parse(words)
    assert found is not None
    assert vars(found) == by_argparse(words)


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["search", "-h"],
        ["--version"],
        ["search", "--limit"],
        ["search", "--limit", "0"],
        ["search", "--limit", "-5"],
        ["search", "--format", "yaml"],
        ["search", "--nonsense"],
        ["search", "--", "-x"],
        ["search", "--no-update=1"],
        ["search", "-ax"],
        ["show"],
        ["show", "a", "b"],
        ["mark", "read"],
        ["mark", "burn", "x"],
        ["index", "x"],
    ],
)
def test_help_and_what_is_wrong_are_left_to_argparse(words: list[str]) -> None:
    assert plain.parse(words) is None


def test_lists_are_not_shared_between_two_command_lines() -> None:
    first = plain.parse(["search", "-a", "x"])
    second = plain.parse(["search"])
    assert first is not None and second is not None
    assert (first.archive, second.archive) == (["x"], [])
