"""Reads a command line that is right at first sight, without argparse: a tenth of a search.

Whatever it does not understand at once (help, a slip, ``-aPATH``) it leaves to ``arguments.py``,
which reads by the same table and says what is wrong. What both understand, they understand alike.
"""

from __future__ import annotations

import re
from types import SimpleNamespace

from finews_tui.cli.subcommands import SUBCOMMANDS, named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from finews_tui.cli.subcommands import Argument

_NO_OPTION = r"-(?:[^A-Za-z-]|[A-Za-z]{2,}[:：])"
"""``-is:read``, ``-"a b"``, ``-茅台`` and the file ``-2022…md`` are words, not options."""


def is_word(text: str) -> bool:
    """Whether ``text`` stands for itself, be it behind a ``-``, and is no option."""
    return not text.startswith("-") or re.match(_NO_OPTION, text) is not None


def parse(words: Sequence[str]) -> SimpleNamespace | None:
    """The parsed command line, ``command`` being the subcommand; None for ``arguments.parse``."""
    command, rest = named(words)
    arguments = SUBCOMMANDS[command].arguments
    parsed = SimpleNamespace(command=command)
    for argument in arguments:
        setattr(parsed, argument.name, _unsaid(argument))
    options = {name: each for each in arguments if each.is_option for name in each.names}
    try:
        left = _take_options(parsed, options, iter(rest))
        _take_words(parsed, [each for each in arguments if not each.is_option], left)
    except (ValueError, StopIteration):
        return None
    return parsed


def _unsaid(argument: Argument) -> object:
    match argument.takes:
        case "nothing":
            return False
        case "one":
            return argument.default
        case _:
            return []


def _take_options(
    parsed: SimpleNamespace, options: dict[str, Argument], words: Iterable[str]
) -> list[str]:
    """Set what options say and return the words between them; ValueError where that is unclear."""
    left: list[str] = []
    words = iter(words)
    for word in words:
        name, is_joined, value = word.partition("=")
        option = options.get(name)
        if option is None or (is_joined and not name.startswith("--")):
            if not is_word(word):
                raise ValueError(word)
            left.append(word)
        elif option.takes == "nothing":
            if is_joined:
                raise ValueError(word)
            setattr(parsed, option.name, True)
        else:
            value = value if is_joined else next(words)
            if value == "--" or not (is_joined or is_word(value)):
                raise ValueError(word)
            if option.takes == "one":
                setattr(parsed, option.name, _read(option, value))
            else:
                getattr(parsed, option.name).append(_read(option, value))
    return left


def _take_words(parsed: SimpleNamespace, arguments: list[Argument], words: list[str]) -> None:
    """Share out what stands by itself: to each argument one, to the last one all that are left."""
    for argument in arguments:
        count = 1 if argument.takes == "one" else len(words)
        taken, words = words[:count], words[count:]
        if not taken and argument.takes != "any number":
            raise ValueError(f"{argument.name} is missing")
        values = [_read(argument, word) for word in taken]
        setattr(parsed, argument.name, values[0] if argument.takes == "one" else values)
    if words:
        raise ValueError(words[0])


def _read(argument: Argument, word: str) -> object:
    value = argument.read(word)
    if argument.choices is not None and value not in argument.choices:
        raise ValueError(word)
    return value
