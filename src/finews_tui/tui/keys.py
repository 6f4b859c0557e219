"""How keys are spelled: Textual's names, the config file's and the help's brought to one form.

This room alone knows that ``ctrl+d``, ``C-d`` and ``Ctrl-D`` are one key, and that the ``：`` of a
Chinese input method means ``:``. A *token* is one key press in the help's spelling: ``j``, ``G``,
``C-d``, ``M-1``, ``S-Tab``, ``PageUp``, ``F1``. Imports nothing of ours and no textual.
"""

from __future__ import annotations

import re

from finews_tui.lean import NamedTuple

_NAMED = {
    "enter": "Enter",
    "return": "Enter",
    "space": "Space",
    "tab": "Tab",
    "escape": "Esc",
    "esc": "Esc",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "home": "Home",
    "end": "End",
    "pageup": "PageUp",
    "pagedown": "PageDown",
    "backspace": "Backspace",
    "delete": "Delete",
    "insert": "Insert",
}
"""Textual's names, and what people write in a config file, in lower case."""

_MODIFIERS = {
    "c": "C",
    "ctrl": "C",
    "control": "C",
    "m": "M",
    "alt": "M",
    "meta": "M",
    "s": "S",
    "shift": "S",
}

_TEXTUAL_CHARACTERS = {
    "slash": "/",
    "backslash": "\\",
    "minus": "-",
    "plus": "+",
    "underscore": "_",
    "at": "@",
    "colon": ":",
    "semicolon": ";",
    "comma": ",",
    "full_stop": ".",
    "question_mark": "?",
    "exclamation_mark": "!",
    "equals_sign": "=",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "vertical_line": "|",
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "ampersand": "&",
    "asterisk": "*",
    "apostrophe": "'",
    "quotation_mark": '"',
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "circumflex_accent": "^",
    "grave_accent": "`",
    "tilde": "~",
}
"""Textual's names of ASCII punctuation, needed only where a key comes without its character."""

_OPTION_DIGITS = dict(zip("¡™£¢∞§¶•ªº", "1234567890", strict=True))
"""What Textual makes of Alt and a digit, after the Option key of a Mac."""

_PUNCTUATION = str.maketrans("。、【】「」『』《》〈〉‘’“”…￥·\u3000", "./[][][]<><>''\"\"^$` ")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class Spelling(NamedTuple):
    """A key that a config file names: its tokens, or a sentence why it is none."""

    tokens: tuple[str, ...]
    problem: str = ""


def folded(character: str) -> str:
    """What a key of a Chinese input method means: ``：`` is ``:``, ``ｊ`` is ``j``."""
    return character.translate(_FULL_WIDTH).translate(_PUNCTUATION)


def token_of(key: str, character: str | None) -> str | None:
    """The token of a key event of Textual; None for a key that has no spelling."""
    *modifiers, base = key.split("+") if key != "+" else ["+"]
    if not modifiers:
        if base in _NAMED:
            return _NAMED[base]
        if re.fullmatch(r"f\d\d?", base):
            return base.upper()
        if character is not None and len(character) == 1:
            if character in _OPTION_DIGITS:
                return f"M-{_OPTION_DIGITS[character]}"
            typed = folded(character)
            if typed.isprintable():
                return "Space" if typed == " " else typed
        letter = _TEXTUAL_CHARACTERS.get(base, base)
        return letter if len(letter) == 1 and letter.isprintable() else None
    return _modified(modifiers, _TEXTUAL_CHARACTERS.get(base, base))


def split_escape(key: str, character: str | None) -> list[tuple[str, str | None]]:
    """The presses that a key event of Textual stands for, each with its character.

    Esc and a letter in haste arrive as Alt and the letter; they are two presses again.
    """
    token = token_of(key, None) if key.startswith("alt+") else None
    if token is None or not re.fullmatch(r"M-\w", token):
        return [(key, character)]
    return [("escape", "\x1b"), (token[2], token[2])]


def _modified(modifiers: list[str], base: str) -> str | None:
    """The token of a key with modifiers; letters under C- and M- are in lower case."""
    letters = {_MODIFIERS.get(modifier.lower()) for modifier in modifiers}
    if None in letters:
        return None
    named = _NAMED.get(base.lower())
    if named is None and re.fullmatch(r"[fF]\d\d?", base):
        named = base.upper()
    if named is None:
        if len(base) != 1 or not base.isprintable():
            return None
        if "S" in letters:
            base = base.upper()
            letters.discard("S")
        elif "C" in letters:
            base = base.lower()
        if not letters:
            return base
    elif letters == {"S"} and named in ("Space", "Enter"):
        return named
    return "".join(f"{letter}-" for letter in "CMS" if letter in letters) + (named or base)


def spelled(text: str) -> Spelling:
    """The tokens of a key as written in the config file: ``gg``, ``C-w h``, ``ctrl+x``, ``F5``."""
    tokens: list[str] = []
    for word in text.split():
        found = _word(word)
        if not found:
            return Spelling((), f"{word!r} is no key that a terminal sends")
        tokens.extend(found)
    if not tokens:
        return Spelling((), "an empty key cannot be pressed")
    if len(tokens) > 2:
        return Spelling((), f"{text!r} has more than two keys one after the other")
    return Spelling(tuple(tokens))


def _word(word: str) -> list[str]:
    lower = word.lower()
    if lower in _NAMED:
        return [_NAMED[lower]]
    if lower in _TEXTUAL_CHARACTERS:
        return [_TEXTUAL_CHARACTERS[lower]]
    if re.fullmatch(r"f\d\d?", lower):
        return [lower.upper()]
    if chord := re.fullmatch(r"((?:[A-Za-z]+[-+])+)(\S|\w+)", word):
        modifiers = re.split(r"[-+]", chord[1])[:-1]
        base = _TEXTUAL_CHARACTERS.get(chord[2].lower(), chord[2])
        token = _modified(modifiers, base)
        return [token] if token else []
    return [folded(character) for character in word] if word.isprintable() else []


def shown(tokens: tuple[str, ...]) -> str:
    """Tokens as the help spells them: ``gg``, but ``C-w h`` and ``2 Tab`` with a space."""
    separator = "" if all(len(token) == 1 for token in tokens) else " "
    return separator.join(tokens)
