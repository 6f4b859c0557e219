"""Inline Markdown, exactly: which characters need an escape where, and emphasis beside Chinese.

Text comes as stand-ins: ASCII punctuation and white space are private-use characters, so that
html2text leaves them alone; markers of the same kind stand for bold, italics, code, links and line
breaks. Rules by their number in CommonMark 0.31.2.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

BOLD, ITALIC, CODE, BREAK, LINK_START, LINK_END = "\uf010\uf011\uf012\uf013\uf014\uf015"
"""Markers. LINK_START is followed by an encoded number and the text; two of them mean an image."""

_BASE = 0xE000
_DIGIT_BASE = 0xE200
# Spaces beyond ASCII: html2text and Markdown would fold or trim them.
_SPACES = (
    "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_SPACE_BASE = 0xE100
_SPECIAL = re.compile(rf"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e{_SPACES}]")
_ENCODED = {chr(code): chr(_BASE + code) for code in range(128)} | {
    space: chr(_SPACE_BASE + number) for number, space in enumerate(_SPACES)
}
_DECODED = {stand_in: char for char, stand_in in _ENCODED.items()}
_DIGITS = {str(digit): chr(_DIGIT_BASE + digit) for digit in range(10)}
_DIGITS_BACK = {stand_in: digit for digit, stand_in in _DIGITS.items()}
_LINK = re.compile(f"{LINK_START}{{1,2}}[{chr(_DIGIT_BASE)}-{chr(_DIGIT_BASE + 9)}]+")

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_LIST_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_LINE_START = re.compile(r"#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=](?=[-=\s]*$)|[-:|](?=[-:|\s]*$)|~~~")
_URL_UNSAFE = re.compile(r"[<>\s\\\"|]")
_URL_ENTITY = re.compile(r"&(?=[A-Za-z#][A-Za-z0-9]*;)")
_ESCAPED = "\\`*_[]<&~!|"
_NEEDS_CARE = re.compile(
    f"[{BOLD}-{LINK_END}{re.escape(''.join(_ENCODED[char] for char in _ESCAPED))}]"
)
_STAND_INS = re.compile(f"[{chr(_BASE)}-{chr(_SPACE_BASE + len(_SPACES))}]")
_BACKTICKS = re.compile("`+")


class _Token(NamedTuple):
    """A character of text, or a mark that has no width on the screen."""

    text: str
    is_mark: bool


def encode(text: str) -> str:
    """``text`` with every character that html2text or Markdown may touch as its stand-in."""
    return _SPECIAL.sub(lambda found: _ENCODED[found[0]], text)


def encode_number(number: int) -> str:
    """A number that stays apart from the text behind it."""
    return "".join(_DIGITS[digit] for digit in str(number))


def decode(text: str) -> str:
    """``text`` with its stand-ins as the characters that they stand for."""
    return _STAND_INS.sub(lambda found: _DECODED[found[0]], text)


def inline(
    content: str, links: list[str], *, is_heading: bool = False, is_cell: bool = False
) -> str:
    """The Markdown of ``content``, whose links are numbers into ``links``."""
    if _NEEDS_CARE.search(content):
        text = "".join(_flanked(_tokens(content, links, is_cell=is_cell), is_cell=is_cell))
    else:
        text = decode(content.replace(" ", "").replace("\n", ""))
    if is_cell:
        return text
    if is_heading:
        # 4.2: a closing sequence of "#" would be dropped.
        return re.sub(r"(#+)$", lambda found: "\\" + found[1], text)
    lines = [_guarded(line) for line in text.split(BREAK)]
    return "  \n".join(lines)


def _tokens(content: str, links: list[str], *, is_cell: bool) -> list[_Token]:
    """Marks and characters; html2text's own blanks, which are real blanks, are not among them."""
    tokens: list[_Token] = []
    ends: list[str] = []
    position = 0
    length = len(content)
    while position < length:
        char = content[position]
        if char == LINK_START and (found := _LINK.match(content, position)):
            is_image = found[0].startswith(LINK_START * 2)
            number = int("".join(_DIGITS_BACK[c] for c in found[0] if c in _DIGITS_BACK))
            tokens.append(_Token("![" if is_image else "[", True))
            ends.append(f"]({_target(links[number])})")
            position = found.end()
            continue
        position += 1
        if char == LINK_END:
            tokens.append(_Token(ends.pop() if ends else "", True))
        elif char == CODE:
            end = content.find(CODE, position)
            end = length if end < 0 else end
            code = decode(content[position:end])
            if is_cell:
                # GFM 4.10: even inside code a bar ends the cell.
                code = code.replace("|", "\\|")
            tokens.append(_Token(_code_span(code), True))
            position = end + 1
        elif char in (BOLD, ITALIC):
            tokens.append(_Token(char, True))
        elif char == BREAK:
            tokens.append(_Token(BREAK, True))
        elif char not in " \n":
            tokens.append(_Token(_DECODED.get(char, char), False))
    return tokens


def _flanked(tokens: list[_Token], *, is_cell: bool) -> list[str]:
    """The tokens as Markdown, emphasis made to work wherever it stands (6.2).

    ``**`` opens only if it is left-flanking: a mark before punctuation needs white space or
    punctuation before itself. Chinese text seldom gives it that, so the letter outside is written
    as a character reference, which begins and ends with punctuation and shows the same letter.
    The same the other way round for the closing mark.
    """
    in_link = 0
    open_marks: set[str] = set()
    references: set[int] = set()
    for index, (text, is_mark) in enumerate(tokens):
        if not is_mark or text not in (BOLD, ITALIC):
            continue
        is_closing = text in open_marks
        open_marks ^= {text}
        inside, outside = (index - 1, index + 1) if is_closing else (index + 1, index - 1)
        if _punctuation(tokens, inside) and not _safe_outside(tokens, outside):
            references.add(outside)
    pieces: list[str] = []
    for index, (text, is_mark) in enumerate(tokens):
        if is_mark:
            if text in (BOLD, ITALIC):
                pieces.append("**" if text == BOLD else "*")
            else:
                in_link += text in ("[", "![")
                in_link -= text.startswith("](")
                pieces.append(text)
        elif index in references:
            pieces.append(f"&#{ord(text)};")
        else:
            # A reference shows a letter, but begins and ends with punctuation.
            is_beside_reference = not references.isdisjoint((index - 1, index + 1))
            if text == "_" and is_beside_reference:
                pieces.append("\\_")
            else:
                pieces.append(_escaped(tokens, index, in_link=in_link > 0, is_cell=is_cell))
    return pieces


def _punctuation(tokens: list[_Token], index: int) -> bool:
    """Whether CommonMark may take the token for punctuation; when in doubt, yes."""
    if not 0 <= index < len(tokens):
        return False
    text, is_mark = tokens[index]
    return True if is_mark else unicodedata.category(text)[0] in "PS"


def _safe_outside(tokens: list[_Token], index: int) -> bool:
    """Whether the token is surely white space or punctuation, or the line's start or end."""
    if not 0 <= index < len(tokens):
        return True
    text, is_mark = tokens[index]
    return is_mark or text.isspace() or unicodedata.category(text)[0] == "P" or text in "$+<=>^`|~"


def _escaped(tokens: list[_Token], index: int, *, in_link: bool, is_cell: bool) -> str:
    """One character with a backslash if CommonMark would read more into it."""
    char = tokens[index].text
    if char not in _ESCAPED:
        return char
    after = tokens[index + 1] if index + 1 < len(tokens) else _Token(" ", True)
    before = tokens[index - 1] if index else _Token(" ", True)
    if char in "\\`*":
        return "\\" + char
    if char == "_":
        # 6.2: an underscore between two letters or digits never means emphasis.
        inner = before.text.isalnum() and after.text.isalnum()
        return "_" if inner and not before.is_mark and not after.is_mark else "\\_"
    if char in "[]":
        # 4.7, 6.3: without a definition in the text, brackets only matter inside a link's text
        # and where they end before what could be a target.
        closes = char == "]" and after.text[:1] in ("(", "[", ":")
        return "\\" + char if in_link or closes else char
    if char == "<":
        return "\\<" if re.match(r"[A-Za-z/!?]", after.text) else "<"
    if char == "&":
        if not after.is_mark and not after.text.isalnum() and after.text != "#":
            return "&"
        ahead = "".join(token.text for token in tokens[index : index + 40] if not token.is_mark)
        return "\\&" if _ENTITY.match(ahead) or ahead.startswith("&#") else "&"
    if char == "~":
        return "\\~" if after.text == "~" or before.text == "~" else "~"
    if char == "!":
        return "\\!" if after.text == "[" else "!"
    return "\\|" if is_cell else "|"


def _guarded(line: str) -> str:
    """A line whose beginning CommonMark would take for a block's (4.1–4.3, 5.1, 5.2; GFM 4.10)."""
    if found := _LIST_NUMBER.match(line):
        return f"{found[1]}\\{line[len(found[1]) :]}"
    if _LINE_START.match(line):
        return f"\\{line}"
    return line


def _code_span(code: str) -> str:
    """6.1: a fence longer than any inside, blanks at the ends where they are needed."""
    longest = max((len(run) for run in _BACKTICKS.findall(code)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if code[:1] == "`" or code[-1:] == "`" or (code[:1] == " " == code[-1:]) else ""
    return f"{fence}{pad}{code}{pad}{fence}"


def _target(url: str) -> str:
    """A link's target (6.3): what could end it is percent-encoded, stray parentheses escaped."""
    quoted = _URL_UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", url)
    depth = 0
    for char in quoted:
        depth += (char == "(") - (char == ")")
        if depth < 0 or depth > 8:
            break
    if depth:
        quoted = quoted.replace("(", "\\(").replace(")", "\\)")
    return _URL_ENTITY.sub("&amp;", quoted)
