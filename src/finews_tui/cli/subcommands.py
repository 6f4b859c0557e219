"""The table of the command line: which subcommands and options there are, and what they take.

``plain.py`` reads what is right at first sight by it, ``arguments.py`` all else, and writes the
help. Plain data: to know the words costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from finews_tui.lean import Literal, NamedTuple

LIST_FORMATS = ("text", "json", "jsonl", "tsv")
SHOW_FORMATS = ("text", "markdown", "json")
INDEX_FORMATS = ("text", "json", "jsonl")
MARK_ACTIONS = ("read", "unread", "star", "unstar")
SMALLEST_WIDTH = 20
"""Narrower than this no row of a list says anything."""


class Argument(NamedTuple):
    """One option, or what stands without one."""

    names: tuple[str, ...]
    """``-a`` and ``--archive``; a single name without dashes for what stands by itself."""
    help: str | None = None
    takes: Literal["nothing", "one", "each time one", "any number", "some"] = "one"
    """``some`` are at least one; only an option can take nothing, or one each time it is given."""
    metavar: str | None = None
    read: Callable[[str], object] = str
    """What a word means; raises ValueError with a sentence for one that is wrong."""
    choices: tuple[str, ...] | None = None
    default: object = None

    @property
    def name(self) -> str:
        """The attribute that its value becomes."""
        return self.names[-1].lstrip("-").replace("-", "_")

    @property
    def is_option(self) -> bool:
        """Whether it is named on the command line."""
        return self.names[0].startswith("-")


class Subcommand(NamedTuple):
    """One subcommand as the command line shows it."""

    summary: str
    """One line for the list of subcommands."""
    examples: tuple[tuple[str, str], ...]
    """Command lines without ``finews-tui``, and what each does."""
    arguments: tuple[Argument, ...]
    """In the order of its usage."""


def _width(text: str) -> int:
    if (width := _count(text)) < SMALLEST_WIDTH:
        raise ValueError(f"{text} columns are too few; {SMALLEST_WIDTH} at least")
    return width


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):
        raise ValueError(f"{text!r} is not a number above 0")
    return int(text)


_ARCHIVE = Argument(
    ("-a", "--archive"),
    "a folder of posts, or one post; may be given more than once",
    takes="each time one",
    metavar="PATH",
)
_NO_UPDATE = Argument(
    ("--no-update",), "take the index as it is, without looking for changed files", takes="nothing"
)
_WIDTH = Argument(
    ("--width",), "columns of text (default: the terminal's, else 80)", metavar="N", read=_width
)
_COLOR = Argument(("--color",), choices=("auto", "always", "never"), default="auto")
_LIMIT = Argument(("--limit",), "at most N rows", metavar="N", read=_count)
_QUERY = Argument(
    ("query",),
    "words of the title, ticker:, source:, cat:, tag:, since:, until:, is:unread, "
    "is:starred; - before a term excludes it (no query: all posts)",
    takes="any number",
    metavar="QUERY",
)


def _format(choices: tuple[str, ...], help: str = "default: text") -> Argument:
    return Argument(("--format",), help, choices=choices, default="text")


_LIST = (_ARCHIVE, _format(LIST_FORMATS), _WIDTH, _COLOR, _LIMIT, _NO_UPDATE)

SUBCOMMANDS: Mapping[str, Subcommand] = {
    "read": Subcommand(
        "open the reader; the same as finews-tui without a subcommand",
        (
            ("~/news", "this archive"),
            ("--query is:unread", "only what is unread"),
            ("--at 202203112306431413", "begin with this post"),
        ),
        (
            Argument(("archives",), "a folder, or one post", takes="any number", metavar="ARCHIVE"),
            _ARCHIVE,
            Argument(("--no-mouse",), "leave the mouse to the terminal", takes="nothing"),
            Argument(("--theme",), "the colours to begin with", metavar="NAME"),
            Argument(("--at",), "open this post: a key, or a path", metavar="POST"),
            Argument(("--query",), "list only these posts", metavar="QUERY", default=""),
            _NO_UPDATE,
        ),
    ),
    "index": Subcommand(
        "build or update the index of an archive",
        (
            ("-a ~/news", "with a progress bar"),
            ("--rebuild --jobs 2", "read every file again"),
            ("--format json", "the totals as one line"),
        ),
        (
            _ARCHIVE,
            Argument(("--rebuild",), "forget the index and read all", takes="nothing"),
            Argument(("--jobs",), "worker processes", metavar="N", read=_count),
            _format(
                INDEX_FORMATS,
                "json: one line with the totals at the end; jsonl: also a line for each step",
            ),
        ),
    ),
    "search": Subcommand(
        "list the posts that match a query, newest first",
        (
            ("新能源 since:2022-05", "words of the title, and a date"),
            ("'ticker:600519 -source:财联社'", "a stock, without one source"),
            ("is:starred --format json", "for programs"),
        ),
        (_QUERY, *_LIST),
    ),
    "show": Subcommand(
        "print one post",
        (
            ("202203112306431413", "by its key"),
            ("_posts/2022-03-11-202203112306431413.md", "a file, read as it is"),
            ("202203112306431413 --format markdown", "for a pager or a note"),
        ),
        (
            Argument(("post",), "a key, or the path of a file", metavar="POST"),
            *(_ARCHIVE, _format(SHOW_FORMATS), _WIDTH, _COLOR, _NO_UPDATE),
        ),
    ),
    "tickers": Subcommand(
        "list tickers and sectors with name, kind, number of posts and last post",
        (
            ("--limit 20", "those with most posts"),
            ("since:2022-05 --format tsv", "of the posts that match"),
        ),
        (_QUERY, *_LIST),
    ),
    "categories": Subcommand(
        "print the category tree with totals and unread",
        (("", "as text"), ("--format json", "for programs")),
        _LIST,
    ),
    "mark": Subcommand(
        "mark posts as read or unread, set or take a star",
        (
            ("read 202203112306431413", "read, unread, star or unstar"),
            ("star _posts/*.md", "several, by path"),
        ),
        (
            Argument(("action",), "%(choices)s", metavar="ACTION", choices=MARK_ACTIONS),
            Argument(("posts",), "a key, or the path of a file", takes="some", metavar="POST"),
            *(_ARCHIVE, _NO_UPDATE),
        ),
    ),
    "doctor": Subcommand(
        "tell what was found: archive, index, config, terminal, clipboard, browser",
        (("", "of the archive that would be read"), ("-a ~/news", "of this one")),
        (_ARCHIVE,),
    ),
}


def named(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The subcommand that the words name, and those behind its name."""
    if words and words[0] in SUBCOMMANDS:
        return words[0], words[1:]
    return "read", words
