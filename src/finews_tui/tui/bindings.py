"""From key presses to commands: the keymap in force and the little machine that reads keys.

This room alone knows counts, prefixes and clashes. It is pure: ``KeyReader.feed`` takes a key and
says what it means; no widget, no clock and no textual here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from finews_tui.errors import SettingsError
from finews_tui.lean import NamedTuple
from finews_tui.settings import Settings
from finews_tui.tui.commands import COMMANDS, PANES, PREFIXES, RESERVED, Command, Pane, by_id
from finews_tui.tui.keys import shown, spelled, split_escape, token_of

Tokens = tuple[str, ...]
Heads = dict[Pane, dict[str, set[Tokens]]]
"""The keys of each pane by their first token: only those can clash."""

MOST = 9_999_999
"""A count is never more than this, however many digits are typed."""


class Conflict(NamedTuple):
    """A line of a keymap that cannot stand."""

    key: str
    """The key as it is written there."""
    sentence: str
    """What is wrong with it."""


class Keymap(NamedTuple):
    """Which keys run which command in each pane."""

    table: Mapping[Pane, Mapping[Tokens, Command]]
    conflicts: tuple[Conflict, ...]
    """What was wrong; the offending keys are left out of ``table``."""

    @classmethod
    def build(
        cls, commands: Iterable[Command] = COMMANDS, user_keys: Mapping[str, str] | None = None
    ) -> Keymap:
        """The defaults of ``commands`` with the user's keys over them.

        A user's key takes the place of what it did before; the empty name only frees it.
        """
        table: dict[Pane, dict[Tokens, Command]] = {pane: {} for pane in PANES}
        heads: Heads = {pane: {} for pane in PANES}
        conflicts: list[Conflict] = []
        commands = tuple(commands)
        for command in commands:
            for key in command.keys:
                if sentence := _lay(table, heads, command, key, replace=False, user=()):
                    conflicts.append(Conflict(key, f"{sentence} (command {command.id})"))
        names = by_id(commands)
        user: list[Tokens] = []
        for key, name in (user_keys or {}).items():
            if name and name not in names:
                conflicts.append(Conflict(key, f"there is no command {name!r}"))
            elif sentence := _lay(table, heads, names.get(name), key, replace=True, user=user):
                conflicts.append(Conflict(key, sentence))
            else:
                user.append(spelled(key).tokens)
        return cls(table, tuple(conflicts))

    def keys(self, command_id: str, pane: Pane | None = None) -> tuple[str, ...]:
        """The keys in force for a command, as the help spells them, the first one first."""
        found = {
            shown(tokens): None
            for each in PANES
            if pane in (None, each)
            for tokens, command in self.table[each].items()
            if command.id == command_id
        }
        return tuple(found)

    def key(self, command_id: str, pane: Pane | None = None) -> str:
        """The first key in force for a command, or nothing."""
        return next(iter(self.keys(command_id, pane)), "")

    def after(self, prefix: str, pane: Pane) -> tuple[tuple[str, str], ...]:
        """The keys that may follow ``prefix`` in ``pane``, each with its command's title."""
        return tuple(
            (tokens[1], command.title)
            for tokens, command in self.table[pane].items()
            if len(tokens) == 2 and tokens[0] == prefix
        )


def keymap_of(settings: Settings) -> Keymap:
    """The keymap in force; raises SettingsError that names each clash with its line."""
    keymap = Keymap.build(COMMANDS, settings.keys)
    if keymap.conflicts:
        raise SettingsError(
            "\n".join(
                str(settings.mistake(("keys", conflict.key), conflict.sentence))
                for conflict in keymap.conflicts
            )
        )
    return keymap


def _lay(
    table: dict[Pane, dict[Tokens, Command]],
    heads: Heads,
    command: Command | None,
    key: str,
    *,
    replace: bool,
    user: Iterable[Tokens],
) -> str:
    """Put ``key`` into ``table``; return a sentence instead where that cannot be."""
    tokens, problem = spelled(key)
    if problem:
        return problem
    panes = command.panes if command else PANES
    if sentence := _refused(table, heads, tokens, panes, replace=replace, user=user):
        return sentence
    if command is None and not any(tokens in table[pane] for pane in panes):
        return f"{key!r} does nothing, so it cannot be freed"
    for pane in panes:
        table[pane].pop(tokens, None)
        if command is not None:
            table[pane][tokens] = command
            heads[pane].setdefault(tokens[0], set()).add(tokens)
    return ""


def _refused(
    table: Mapping[Pane, Mapping[Tokens, Command]],
    heads: Heads,
    tokens: Tokens,
    panes: Iterable[Pane],
    *,
    replace: bool,
    user: Iterable[Tokens],
) -> str:
    """Why ``tokens`` cannot be bound in ``panes``, or an empty string."""
    name = shown(tokens)
    if tokens[0].isdecimal():
        return f"{tokens[0]!r} is a digit, and digits are counts"
    for token in tokens:
        if token in RESERVED:
            return f"{token} belongs to the terminal"
        if token == "Esc" and (replace or len(tokens) > 1):
            return "Esc always cancels"
    if len(tokens) == 1 and tokens[0] in PREFIXES:
        return f"{name} only begins commands, so it cannot be one"
    if tokens in user:
        return f"{name} is bound twice"
    for pane in panes:
        for other in sorted(heads[pane].get(tokens[0], ())):
            command = table[pane].get(other)
            if command is None:  # it was freed since
                continue
            if other == tokens and not replace:
                return f"{name} is also the key of {command.id}"
            if len(other) != len(tokens):
                return f"{name} and {shown(other)} ({command.id}) cannot both be keys"
    return ""


class Run(NamedTuple):
    """A command is complete."""

    command: Command
    times: int | None
    """The number typed before it; None where there was none or it means nothing."""


class Pending(NamedTuple):
    """More keys are needed."""

    text: str
    """What was typed so far, such as ``5`` or ``2]``: for the status line."""
    choices: tuple[tuple[str, str], ...]
    """The keys that may follow a prefix, each with its title; empty after a count alone."""


class Cancelled(NamedTuple):
    """Nothing is pending any more, and nothing runs."""

    message: str
    """Why, in a few words; empty after Esc."""


Outcome = Run | Pending | Cancelled | None


class KeyReader:
    """Reads key after key; holds the count and the prefix that are pending."""

    def __init__(self, keymap: Keymap) -> None:
        self.keymap = keymap
        self._count = 0
        self._prefix = ""

    @property
    def pending(self) -> str:
        """The count and the prefix typed so far, as the status line shows them."""
        return (str(self._count) if self._count else "") + self._prefix

    def reset(self) -> None:
        """Forget what is pending: a prompt opened, the mouse was clicked."""
        self._count = 0
        self._prefix = ""

    def feed(self, key: str, character: str | None, pane: Pane) -> Outcome:
        """What this key means in ``pane``; None for something that is no key of ours at all.

        ``key`` and ``character`` are those of Textual's key event.
        """
        token = token_of(key, character)
        return None if token is None else self.feed_token(token, pane)

    def split(self, key: str, character: str | None) -> list[tuple[str, str | None]]:
        """``split_escape``, unless something is bound to the key as it is."""
        tokens = (token_of(key, character) or "",)
        if any(tokens in table for table in self.keymap.table.values()):
            return [(key, character)]
        return split_escape(key, character)

    def feed_token(self, token: str, pane: Pane) -> Outcome:
        """The same for a key in the help's spelling."""
        if token == "Esc" and self.pending:
            self.reset()
            return Cancelled("")
        if not self._prefix and self._is_digit(token):
            self._count = min(self._count * 10 + int(token), MOST)
            return Pending(self.pending, ())
        tokens = (self._prefix, token) if self._prefix else (token,)
        command = self.keymap.table[pane].get(tokens)
        if command is not None:
            count = self._count if self._count and command.takes_count else None
            self.reset()
            return Run(command, count)
        if not self._prefix and (choices := self.keymap.after(token, pane)):
            self._prefix = token
            return Pending(self.pending, choices)
        self.reset()
        return Cancelled(self._unknown(tokens, pane))

    def _is_digit(self, token: str) -> bool:
        """Digits are a count; 0 only inside one."""
        return token in tuple("123456789") or (token == "0" and self._count > 0)

    def _unknown(self, tokens: Tokens, pane: Pane) -> str:
        key = self.keymap.key("help", pane)
        return f"{shown(tokens)} does nothing here" + (f" · {key} help" if key else "")
