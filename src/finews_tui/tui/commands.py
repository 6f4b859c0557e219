"""The command table: every thing that a key can do has one row here, and only here.

Bindings, the footer, the help, the palette, the ``:`` line and the README's key table are made from
``COMMANDS``. It is plain data: no widget and no textual in this module. ``ReaderScreen`` has a
method ``action_<id>(count: int | None)`` for each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from finews_tui.lean import NamedTuple

Pane = Literal["tree", "list", "article"]
"""The three panes, from left to right."""
Group = Literal["Motion", "Finding", "Doing"]

PANES: tuple[Pane, ...] = get_args(Pane)
GROUPS: tuple[Group, ...] = get_args(Group)
PREFIXES = ("g", "y", ",", "]", "[", "Z", "C-w")
"""Keys that only begin a command; a user's keymap may not make one of them a command."""
RESERVED = ("C-s", "C-q", "C-a", "C-i", "C-m", "C-h")
"""Keys that a terminal, tmux or screen keeps for itself: nothing may be bound to them."""


class Command(NamedTuple):
    """One row of the table; keys are spelled as in the help: ``j`` ``gg`` ``C-w h`` ``PageUp``."""

    id: str
    """The name in the config file, on the ``:`` line, and of the screen's ``action_`` method."""
    keys: tuple[str, ...]
    """The default keys, the one to show first."""
    title: str
    """A few words for the palette and the strip."""
    help: str
    """One sentence for the help and the README."""
    group: Group
    panes: tuple[Pane, ...] = PANES
    """Where it works."""
    takes_count: bool = False
    """Whether digits before the key mean something."""
    words: tuple[str, ...] = ()
    """Further names on the ``:`` line, such as ``q``."""


def _motion(id: str, keys: str, title: str, help: str, *, count: bool = False) -> Command:
    return Command(id, _split(keys), title, help, "Motion", takes_count=count)


def _finding(id: str, keys: str, title: str, help: str, *, count: bool = False) -> Command:
    return Command(id, _split(keys), title, help, "Finding", takes_count=count)


def _doing(
    id: str, keys: str, title: str, help: str, *, count: bool = False, words: str = ""
) -> Command:
    return Command(
        id, _split(keys), title, help, "Doing", takes_count=count, words=tuple(words.split())
    )


def _split(keys: str) -> tuple[str, ...]:
    """Keys are parted by two spaces, since ``C-w h`` holds one."""
    return tuple(key.strip() for key in keys.split("  ") if key.strip())


COMMANDS: tuple[Command, ...] = (
    _motion("down", "j  Down", "down", "Down a row; in the article down a line.", count=True),
    _motion("up", "k  Up", "up", "Up a row; in the article up a line.", count=True),
    _motion("first", "gg  Home", "first", "To the first row; 12gg to the 12th.", count=True),
    _motion("last", "G  End", "last", "To the last row; 12G to the 12th.", count=True),
    _motion("percent", "%", "to a percentage", "50% goes to the middle.", count=True),
    _motion("half_page_down", "C-d", "half a page down", "Down half a page.", count=True),
    _motion("half_page_up", "C-u", "half a page up", "Up half a page.", count=True),
    _motion("page_down", "C-f  PageDown", "a page down", "Down a page.", count=True),
    _motion("page_up", "b  C-b  PageUp", "a page up", "Up a page.", count=True),
    _motion("left", "h  Left", "left", "To the pane on the left; in the tree fold, or go up."),
    _motion("right", "l  Right", "right", "To the pane on the right; in the tree unfold."),
    _motion(
        "next_pane", "Tab  C-w w", "next pane", "To the next pane; 2 Tab: the 2nd.", count=True
    ),
    _motion("previous_pane", "S-Tab", "previous pane", "To the previous pane."),
    _motion("focus_tree", "M-1", "to the tree", "Straight to the category tree."),
    _motion("focus_list", "M-2", "to the list", "Straight to the article list."),
    _motion("focus_article", "M-3", "to the article", "Straight to the article."),
    _motion("pane_left", "C-w h", "pane on the left", "To the pane on the left, never folding."),
    _motion("pane_right", "C-w l", "pane on the right", "To the pane on the right."),
    _motion(
        "other_down",
        "J",
        "scroll the article on",
        "From tree and list: scroll the article down; from the article: the next post.",
        count=True,
    ),
    _motion(
        "other_up",
        "K",
        "scroll the article back",
        "From tree and list: scroll the article up; from the article: the previous post.",
        count=True,
    ),
    _motion("enter", "Enter", "open", "Open the post, follow the link, fold the node."),
    _motion(
        "read_on",
        "Space",
        "read on",
        "Page through the article, at its end the next unread post; in the tree fold.",
    ),
    _motion("back", "H  C-o", "back", "Back to the list and post before.", count=True),
    _motion("forward", "L", "forward", "Forward again after going back.", count=True),
    _motion("next_unread", "]u  >", "next unread", "To the next unread post.", count=True),
    _motion(
        "previous_unread", "[u  <", "previous unread", "To the previous unread post.", count=True
    ),
    _motion("next_day", "]d", "next day", "Down to the first post of the next day.", count=True),
    _motion("previous_day", "[d", "previous day", "Up to the day before in the list.", count=True),
    _motion(
        "next_same_ticker",
        "]t",
        "next of this ticker",
        "To the next post that names this post's first ticker.",
        count=True,
    ),
    _motion(
        "previous_same_ticker",
        "[t",
        "previous of this ticker",
        "To the previous post that names this post's first ticker.",
        count=True,
    ),
    _motion("next_starred", "]s", "next starred", "To the next starred post.", count=True),
    _motion(
        "previous_starred", "[s", "previous starred", "To the previous starred post.", count=True
    ),
    Command(
        "next_heading",
        ("]h",),
        "next heading",
        "To the next heading of the article.",
        "Motion",
        ("article",),
        takes_count=True,
    ),
    Command(
        "previous_heading",
        ("[h",),
        "previous heading",
        "To the previous heading of the article.",
        "Motion",
        ("article",),
        takes_count=True,
    ),
    Command(
        "outline",
        ("gO",),
        "outline",
        "The headings of the article; Enter goes to one.",
        "Motion",
    ),
    _finding("search", "/", "search here", "Search in this pane while you type."),
    _finding("search_next", "n", "next match", "To the next match.", count=True),
    _finding("search_previous", "N", "previous match", "To the previous match.", count=True),
    _finding("filter", "f", "filter", "Filter this list with a query while you type."),
    _finding(
        "full_text", "S", "full-text search", "Search the whole archive's text while you type."
    ),
    _finding("clear_filter", "F", "clear the filter", "Take the filter off this list."),
    _finding(
        "same_ticker",
        "t",
        "news of this ticker",
        "List the news of this post's ticker; 2t of its second.",
        count=True,
    ),
    _finding(
        "find_ticker",
        "T",
        "find a ticker",
        "Find a ticker by code, name or the initials of its pinyin (gzmt).",
    ),
    _finding(
        "go_category", "c", "go to a category", "Find a source, sector, category, month or view."
    ),
    _finding(
        "exclude",
        "x",
        "exclude",
        "Leave this post's source, a ticker or a category out of the list.",
    ),
    _finding("go_today", "gt", "today", "List the archive's newest day."),
    _finding("go_unread", "gu", "all unread", "List everything unread."),
    _finding("go_starred", "gs", "starred", "List what you starred."),
    _finding("go_all", "gh", "whole archive", "List the whole archive."),
    _finding("go_date", "gd", "a date", "List a day, a month or a year: 06-14, 2022-05, 3d."),
    _finding("go_new", "gn", "newest arrivals", "To the newest post that arrived while you read."),
    _doing(
        "open_original",
        "o",
        "open the original",
        "Open the original in a browser, or copy its link where there is none; 3o link 3.",
        count=True,
    ),
    _doing(
        "hint",
        ";",
        "link hints",
        "Letters on every link, badge and picture in sight; typing them opens it.",
    ),
    _doing(
        "list_links",
        "O",
        "list the links",
        "Every link of the post, the domain first: to open, copy or scan as a QR code.",
    ),
    _doing(
        "copy_link", "yy", "copy the link", "Copy the link of the original; 3yy link 3.", count=True
    ),
    _doing("copy_title", "yt", "copy the title", "Copy the title."),
    _doing(
        "copy_markdown",
        "ym",
        "copy [title](link)",
        "Copy title and link as Markdown; 3ym link 3.",
        count=True,
    ),
    _doing("copy_tickers", "yc", "copy the ticker codes", "Copy the ticker codes of the post."),
    _doing("copy_path", "yp", "copy the path", "Copy the path of the post's file."),
    _doing("copy_body", "yb", "copy the text", "Copy the text of the article as Markdown."),
    _doing("copy_citation", "Y", "copy a citation", "Copy title, source, time and link in a line."),
    _doing("copied", "", "what was copied", "Show what was copied last, and where it was sent."),
    _doing("toggle_read", "m", "read or unread", "Mark as read, or as unread again.", count=True),
    _doing("mark_all_read", "M", "all read", "Mark everything in this list as read, after asking."),
    _doing("toggle_star", "s", "star", "Star the post, or take the star off.", count=True),
    _doing("undo", "u", "undo", "Undo the last mark or star.", count=True),
    _doing("redo", "C-r", "redo", "Redo what was undone.", count=True),
    _doing(
        "zoom",
        "z",
        "zoom",
        "Give the pane the whole screen, and back; the article nothing but its text.",
    ),
    _doing("fold_all", "-", "fold all", "Fold the whole tree; in the article related articles."),
    _doing("unfold_all", "=", "unfold all", "Unfold the tree; in the article related articles."),
    _doing("details", "i", "details", "Front matter, tickers and how each was found, problems."),
    _doing("rescan", "r", "rescan", "Look for new and changed files in the archive."),
    _doing("pause", "p", "pause or resume", "Let new posts wait, and let them in again."),
    _doing("command_line", ":", "command line", "Type the name of a command, or a row's number."),
    _doing("palette", "C-p", "command palette", "Find any command by a few of its letters."),
    _doing("help", "?  F1", "help", "Help for the pane you are in; / searches in it.", words="h"),
    _doing("redraw", "C-l", "redraw", "Paint all of the screen, and ask the terminal anew."),
    _doing("suspend", "C-z", "suspend", "Back to the shell; fg brings the reader back."),
    _doing(
        "interrupt", "C-c", "cancel running work", "Cancel what is running; twice in a row quits."
    ),
    _doing("cancel", "Esc", "cancel", "Drop a count, a prefix, the search marks."),
    _doing("close", "q", "close or quit", "Close what is on top; else quit.", words="q q!"),
    _doing("quit", "Q  ZZ", "quit", "Quit at once; nothing is lost.", words="qa wq x exit qa!"),
)
"""All commands of the reader, in the order of the help."""


def by_id(commands: Iterable[Command] = COMMANDS) -> dict[str, Command]:
    """The commands by their names."""
    return {command.id: command for command in commands}


def in_pane(pane: Pane, commands: Iterable[Command] = COMMANDS) -> list[Command]:
    """The commands that work in ``pane``, in the order of the table."""
    return [command for command in commands if pane in command.panes]


def markdown_table(commands: Sequence[Command] = COMMANDS) -> str:
    """The key tables of the README, one a group, ending with a line break.

    The last column is the name that the config file and the ``:`` line use.
    """
    parts = []
    for group in GROUPS:
        rows = [f"**{group}**", "", "| key | does | name |", "|---|---|---|"]
        for command in commands:
            if command.group != group:
                continue
            keys = " ".join(f"`{key}`" for key in command.keys).replace("|", "\\|")
            mark = " #" if command.takes_count else ""
            text = command.help.replace("|", "\\|")
            rows.append(f"| {keys}{mark} | {text} | `{command.id}` |")
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"
