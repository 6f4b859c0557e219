"""The command line as argparse reads it: help, and whatever ``plain.py`` does not understand.

This room alone imports argparse. It imports none of the rooms that do the work, so that
``--version`` and ``--help`` cost nothing but themselves.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, NoReturn

from finews_tui import __version__
from finews_tui.cli import streams
from finews_tui.cli.plain import is_word
from finews_tui.cli.subcommands import SUBCOMMANDS, Argument, named

_GUARD = "\0"
"""Stands before a word that begins with ``-`` and is no option; no real argument can hold it."""


class _Help(argparse.RawDescriptionHelpFormatter):
    """argparse would load ``shutil`` to know how wide the terminal is, for every option."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=streams.columns() - 2)


class _Parser(argparse.ArgumentParser):
    """argparse repeats unknown words as they are; a file name may hold anything."""

    def error(self, message: str) -> NoReturn:
        from finews_tui.posts.clean import clean_text

        super().error(clean_text(message.replace(_GUARD, "")))


def parse(words: Sequence[str]) -> SimpleNamespace:
    """The parsed command line; ``command`` names the subcommand.

    Raises SystemExit as argparse does: 2 for wrong usage, 0 after printing help or version.
    """
    if words and words[0] in ("-h", "--help"):
        _overview().parse_args(["--help"])
    command, rest = named(words)
    guarded = [_GUARD + word if word[:1] == "-" and is_word(word) else word for word in rest]
    parser = _parser(command)
    parsed, left = parser.parse_known_args(guarded, SimpleNamespace())
    if left:  # words behind options; formats the usage, which costs as much as all the rest
        parsed = parser.parse_intermixed_args(guarded, SimpleNamespace())
    for name, value in vars(parsed).items():
        setattr(parsed, name, _unguard(value))
    parsed.command = command
    return parsed


def _unguard(value: object) -> object:
    if isinstance(value, list):
        return [_unguard(item) for item in value]
    return value.removeprefix(_GUARD) if isinstance(value, str) else value


def _overview() -> argparse.ArgumentParser:
    """The parser of ``finews-tui --help``: it lists the subcommands and parses nothing else."""
    width = max(map(len, SUBCOMMANDS)) + 2
    listed = "\n".join(f"  {name:<{width}}{sub.summary}" for name, sub in SUBCOMMANDS.items())
    examples = [(f"{name} {line}", why) for name in SUBCOMMANDS for line, why in _first(name)]
    parser = _Parser(
        prog="finews-tui",
        usage="finews-tui [ARCHIVE]...\n       finews-tui SUBCOMMAND [ARGUMENT]...",
        formatter_class=_Help,
        description=f"Read an archive of financial news kept as Jekyll posts.\n\n"
        f"subcommands (finews-tui SUBCOMMAND --help tells more):\n{listed}",
        epilog=_examples([("", "open the reader"), ("~/news", "… on this archive"), *examples])
        + "\n\nWithout ARCHIVE: the archives of the config file; else the current folder where it"
        "\nholds _posts or old_post; else the built-in sample archive. A folder that is named like"
        "\na subcommand is written ./index.",
    )
    _add_version(parser)
    return parser


def _first(name: str) -> Sequence[tuple[str, str]]:
    return () if name == "read" else SUBCOMMANDS[name].examples[:1]


def _parser(command: str) -> argparse.ArgumentParser:
    subcommand = SUBCOMMANDS[command]
    lines = [(f"{command} {line}".strip(), why) for line, why in subcommand.examples]
    parser = _Parser(
        prog=f"finews-tui {command}",
        formatter_class=_Help,
        description=f"{subcommand.summary[0].upper()}{subcommand.summary[1:]}.",
        epilog=_examples(lines),
        allow_abbrev=False,
    )
    _add_version(parser)
    for argument in subcommand.arguments:
        parser.add_argument(*argument.names, help=argument.help, **_manner(argument))
    return parser


def _add_version(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--version", action="version", version=f"finews-tui {__version__}")


def _manner(argument: Argument) -> dict[str, Any]:
    """How argparse is told what an argument takes."""
    if argument.takes == "nothing":
        return {"action": "store_true"}
    manner: dict[str, Any] = {
        "metavar": argument.metavar,
        "choices": argument.choices,
        "default": argument.default,
        "type": _telling(argument.read),
    }
    match argument.takes:
        case "each time one":
            return {**manner, "action": "append", "default": []}
        case "any number":
            return {**manner, "nargs": "*"}
        case "some":
            return {**manner, "nargs": "+"}
    return manner


def _telling(read: Callable[[str], object]) -> Callable[[str], object]:
    """``read``, whose sentences argparse repeats as they are."""

    def tell(text: str) -> object:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return tell


def _examples(lines: Sequence[tuple[str, str]]) -> str:
    width = max(len(line) for line, _ in lines) + 2
    return "examples:\n" + "\n".join(f"  finews-tui {line:<{width}}# {why}" for line, why in lines)
