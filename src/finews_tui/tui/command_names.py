"""Finds commands by what is typed after ``:``: a name, its beginning, the number of a row."""

from __future__ import annotations

from collections.abc import Sequence

from finews_tui.tui.commands import COMMANDS, Command, by_id


def resolve(text: str, commands: Sequence[Command] = COMMANDS) -> tuple[Command, int | None] | str:
    """What a line typed after ``:`` means: a command with its count, or a sentence why not.

    A name may be shortened as long as it stays unique; ``_``, ``-`` and spaces are the same. A
    number goes to that row.
    """
    words = text.strip().lower()
    if not words:
        return "Type the name of a command; Tab completes it."
    names = by_id(commands)
    if words.isdecimal():
        return (
            (names["last"], max(1, int(words[:9])))
            if "last" in names
            else f"There is no row {words}."
        )
    for command in commands:
        if words in command.words:
            return command, None
    wanted = _folded(words)
    exact = [c for c in commands if wanted in (_folded(c.id), _folded(c.title.lower()))]
    by_name = [c for c in commands if _folded(c.id).startswith(wanted)]
    by_title = [c for c in commands if _folded(c.title.lower()).startswith(wanted)]
    found = exact or by_name or by_title
    if not found:
        return f"There is no command “{text.strip()}”; ? lists them."
    if len(found) > 1 and not exact:
        some = ", ".join(command.id for command in found[:4])
        return f"“{text.strip()}” may be {some}{' …' if len(found) > 4 else ''}."
    return found[0], None


def completions(text: str, commands: Sequence[Command] = COMMANDS) -> list[str]:
    """The command names that begin as ``text`` does, for Tab on the ``:`` line."""
    wanted = _folded(text.strip().lower())
    return [command.id for command in commands if _folded(command.id).startswith(wanted)]


def _folded(name: str) -> str:
    return name.replace("-", "_").replace(" ", "_")
