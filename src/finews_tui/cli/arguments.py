"""The words of the command line: which subcommands and options there are, and their help.

This room alone imports argparse. It imports none of the rooms that do the work, so that
``--version`` and ``--help`` cost nothing but themselves.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, NoReturn

from finews_tui import __version__
from finews_tui.cli import streams

LIST_FORMATS = ("text", "json", "jsonl", "tsv")
SHOW_FORMATS = ("text", "markdown", "json")
INDEX_FORMATS = ("text", "json", "jsonl")
MARK_ACTIONS = ("read", "unread", "star", "unstar")
SMALLEST_WIDTH = 20
"""Narrower than this no row of a list says anything."""

_GUARD = "\0"
"""Stands before a word that begins with ``-`` and is no option; no real argument can hold it."""
_NO_OPTION = re.compile(r"-(?:[^A-Za-z-]|[A-Za-z]{2,}[:：])")
"""``-is:read``, ``-"a b"``, ``-茅台`` and the file ``-2022…md`` are words, not options."""


class Subcommand(NamedTuple):
    """One subcommand as the command line shows it."""

    summary: str
    """One line for the list of subcommands."""
    examples: tuple[tuple[str, str], ...]
    """Command lines without ``finews-tui``, and what each does."""
    add: Callable[[argparse.ArgumentParser], None]
    """Adds its arguments."""


class _Help(argparse.RawDescriptionHelpFormatter):
    """argparse would load ``shutil`` to know how wide the terminal is, for every option."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=streams.columns() - 2)


class _Parser(argparse.ArgumentParser):
    """argparse repeats unknown words as they are; a file name may hold anything."""

    def error(self, message: str) -> NoReturn:
        from finews_tui.posts.clean import clean_text

        super().error(clean_text(message.replace(_GUARD, "")))


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The parsed command line; ``command`` names the subcommand.

    Raises SystemExit as argparse does: 2 for wrong usage, 0 after printing help or version.
    """
    first = words[0] if words else ""
    if first in ("-h", "--help"):
        _overview().parse_args(["--help"])
    command, rest = (first, words[1:]) if first in SUBCOMMANDS else ("read", words)
    guarded = [_GUARD + word if _NO_OPTION.match(word) else word for word in rest]
    parser = _parser(command)
    parsed, left = parser.parse_known_args(guarded)
    if left:  # words behind options; formats the usage, which costs as much as all the rest
        parsed = parser.parse_intermixed_args(guarded)
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
    subcommand.add(parser)
    return parser


def _add_version(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--version", action="version", version=f"finews-tui {__version__}")


def _examples(lines: Sequence[tuple[str, str]]) -> str:
    width = max(len(line) for line, _ in lines) + 2
    return "examples:\n" + "\n".join(f"  finews-tui {line:<{width}}# {why}" for line, why in lines)


def _add_archive(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-a",
        "--archive",
        action="append",
        default=[],
        metavar="PATH",
        help="a folder of posts, or one post; may be given more than once",
    )


def _add_update(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-update",
        action="store_true",
        help="take the index as it is, without looking for changed files",
    )


def _add_text(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    parser.add_argument("--format", choices=formats, default="text", help="default: text")
    parser.add_argument(
        "--width",
        type=_width,
        metavar="N",
        help="columns of text (default: the terminal's, else 80)",
    )
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")


def _add_list(parser: argparse.ArgumentParser) -> None:
    _add_archive(parser)
    _add_text(parser, LIST_FORMATS)
    parser.add_argument("--limit", type=_count, metavar="N", help="at most N rows")
    _add_update(parser)


def _add_query(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query",
        nargs="*",
        metavar="QUERY",
        help="words of the title, ticker:, source:, cat:, tag:, since:, until:, is:unread, "
        "is:starred; - before a term excludes it (no query: all posts)",
    )


def _add_read(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("archives", nargs="*", metavar="ARCHIVE", help="a folder, or one post")
    _add_archive(parser)
    parser.add_argument("--no-mouse", action="store_true", help="leave the mouse to the terminal")
    parser.add_argument("--theme", metavar="NAME", help="the colours to begin with")
    parser.add_argument("--at", metavar="POST", help="open this post: a key, or a path")
    parser.add_argument("--query", default="", metavar="QUERY", help="list only these posts")
    _add_update(parser)


def _add_index(parser: argparse.ArgumentParser) -> None:
    _add_archive(parser)
    parser.add_argument("--rebuild", action="store_true", help="forget the index and read all")
    parser.add_argument("--jobs", type=_count, metavar="N", help="worker processes")
    parser.add_argument(
        "--format",
        choices=INDEX_FORMATS,
        default="text",
        help="json: one line with the totals at the end; jsonl: also a line for each step",
    )


def _add_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("post", metavar="POST", help="a key, or the path of a file")
    _add_archive(parser)
    _add_text(parser, SHOW_FORMATS)
    _add_update(parser)


def _add_search(parser: argparse.ArgumentParser) -> None:
    _add_query(parser)
    _add_list(parser)


def _add_mark(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=MARK_ACTIONS, metavar="ACTION", help="%(choices)s")
    parser.add_argument("posts", nargs="+", metavar="POST", help="a key, or the path of a file")
    _add_archive(parser)
    _add_update(parser)


def _width(text: str) -> int:
    if (width := _count(text)) < SMALLEST_WIDTH:
        raise argparse.ArgumentTypeError(f"{text} columns are too few; {SMALLEST_WIDTH} at least")
    return width


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return int(text)


SUBCOMMANDS: Mapping[str, Subcommand] = {
    "read": Subcommand(
        "open the reader; the same as finews-tui without a subcommand",
        (
            ("~/news", "this archive"),
            ("--query is:unread", "only what is unread"),
            ("--at 202203112306431413", "begin with this post"),
        ),
        _add_read,
    ),
    "index": Subcommand(
        "build or update the index of an archive",
        (
            ("-a ~/news", "with a progress bar"),
            ("--rebuild --jobs 2", "read every file again"),
            ("--format json", "the totals as one line"),
        ),
        _add_index,
    ),
    "search": Subcommand(
        "list the posts that match a query, newest first",
        (
            ("新能源 since:2022-05", "words of the title, and a date"),
            ("'ticker:600519 -source:财联社'", "a stock, without one source"),
            ("is:starred --format json", "for programs"),
        ),
        _add_search,
    ),
    "show": Subcommand(
        "print one post",
        (
            ("202203112306431413", "by its key"),
            ("_posts/2022-03-11-202203112306431413.md", "a file, read as it is"),
            ("202203112306431413 --format markdown", "for a pager or a note"),
        ),
        _add_show,
    ),
    "tickers": Subcommand(
        "list tickers and sectors with name, kind, number of posts and last post",
        (
            ("--limit 20", "those with most posts"),
            ("since:2022-05 --format tsv", "of the posts that match"),
        ),
        _add_search,
    ),
    "categories": Subcommand(
        "print the category tree with totals and unread",
        (("", "as text"), ("--format json", "for programs")),
        _add_list,
    ),
    "mark": Subcommand(
        "mark posts as read or unread, set or take a star",
        (
            ("read 202203112306431413", "read, unread, star or unstar"),
            ("star _posts/*.md", "several, by path"),
        ),
        _add_mark,
    ),
    "doctor": Subcommand(
        "tell what was found: archive, index, config, terminal, clipboard, browser",
        (("", "of the archive that would be read"), ("-a ~/news", "of this one")),
        _add_archive,
    ),
}
