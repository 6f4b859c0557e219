"""The shapes of upstream's HTML that need no parser to be understood, as regular expressions.

FORMAT.md sections 5, 6 and 8 describe them. What matches here is well-formed and properly nested:
an HTML parser makes of it what it looks like. Attributes that could hide an element, an element
inside its like and everything rare do not match.
"""

from __future__ import annotations

import re

_BREAK = r"<br ?/?>"
_BLANK = rf"(?:[ \n\t]++|{_BREAK})*+"
# No style that hides, however it is written.
_STYLE = r' style="(?![^"]*(?:isplay|isibility))[a-z0-9#:;,.%() !-]*+"'
_KEY = r' data-code="[^"<>&]*+"'
_BEHIND = r'(?: target="_blank")?>[^<]*+</a>'
# An ampersand in front of a name and an equals sign is no reference to a character.
_ADDRESS = r"(?:[^\"<>&]++|&[A-Za-z0-9]++=)*+"


def _inline(*elements: str) -> str:
    """Text, breaks, links, marks and ``elements``, in any number."""
    anchor = rf'a href="(?:[^"<>&]*+" class="(?:keytip|infokey)"(?:{_KEY})?|{_ADDRESS}"){_BEHIND}'
    weak = rf'span web="1" href="[^"<>&]*+" class="em_stock_key_common"(?:{_KEY})?>[^<]*+</span>'
    return rf"(?:[^<]++|<(?:{'|'.join((anchor, weak, 'br ?/?>', *elements))}))*+"


def _wrapped(inner: str) -> tuple[str, str]:
    return (
        rf'span(?: id="[^"<>&]*+")?(?:{_STYLE})?>{inner}</span>',
        rf"strong>{inner}</strong>",
    )


_INLINE = _inline(*_wrapped(_inline(*_wrapped(_inline()))))
_PLAIN = (
    rf"<p({_STYLE})?>(?:([^<]++)(?:{_BREAK})?|{_BREAK}|<strong>([^<]*+)</strong>)?</p>"
    r'|<h3(?: class="emh3")?>([^<]*+)</h3>'
)
_IMAGE = rf'<img(?P<image>(?:{_STYLE}| (?!hidden|style)[a-z][a-z0-9_-]*+="[^"<>]*+")++) ?/?>'
# What has the class of the source line is shown though it is hidden.
_HIDDEN = (
    r'<div(?=[^<>]* style="display:none;)(?!(?i:[^<>]*em_media))'
    r'(?: [a-z][a-z0-9_-]*+="[^"<>&]*+")++>'
)
_ANCHOR = (
    r'<a href="(?P<href>[^"<>&]*+)" data-code="(?P<code>[^"<>&]*+)"(?: data-code2="[^"<>&]*+")?'
    r' class="EmImageRemark"(?: target="_blank")?>'
)

_LOOKS = (
    r'(?: (?:border|cellspacing|cellpadding|width|align|valign)="[0-9a-z%]*+"'
    r'|(?! class="em_) class="[a-z_]*+")*+>'
)
_CELL = rf"<td{_LOOKS}[^<]*+</td>|<th{_LOOKS}[^<]*+</th>"
_TABLE = (
    rf"<table{_LOOKS}\s*+(?P<rows><tbody>\s*+)?+(?:<tr{_LOOKS}\s*+(?:(?:{_CELL})\s*+)*+</tr>\s*+)*+"
    r"(?(rows)</tbody>)\s*+</table>"
)

BLANK = re.compile(_BLANK)
"""What may stand between blocks and means nothing there; matches always."""
BLOCK = re.compile(
    rf"(?:(?P<plain>(?:(?:{_PLAIN}){_BLANK})++)"
    # An invisible paragraph, often before a chart or an advert.
    rf'|(?P<hidden><p style="display:none;[^"<>&]*+">(?:[^<]++|{_BREAK})*+</p>)'
    rf'|(?P<marked><(?P<block>p|h3)(?:{_STYLE}| class="(?:emh3|(?P<source>em_media))")?>{_INLINE}'
    r"</(?P=block)>)"
    rf"|(?P<picture><(?P<frame>p|center)(?:{_STYLE})?>[ \n]*+(?P<anchor>{_ANCHOR})?+[ \n]*+{_IMAGE}"
    rf"[ \n]*+(?(anchor)</a>)[ \n]*+(?:{_BREAK})?+</(?P=frame)>)"
    rf"|(?P<table>{_TABLE})"
    rf"|(?P<advert><center(?:{_STYLE})?>\s*+{_HIDDEN}\s*+</div>\s*+</center>)){_BLANK}"
)
"""One block, or as many as there are without any mark-up of interest, and the blanks behind."""
PLAIN = re.compile(_PLAIN)
"""One of the blocks of the group ``plain`` of BLOCK.

Groups: style of a paragraph, its text, its text in bold letters, the text of a heading.
"""
CELL = re.compile(r"<t[dh][^<>]*+>([^<]*+)")
"""The text of one cell of the group ``table`` of BLOCK, whose cells are letters only."""
ATTRIBUTE = re.compile(r' ([a-z0-9_-]+)="([^"]*)"')
"""One attribute of the group ``image`` of BLOCK."""

_MARK = (
    r'<(?:a|span web="1") href="(?P<href>[^"&]*+)"'
    r' class="(?P<classes>keytip|infokey|em_stock_key_common)"'
    r'(?: data-code="(?P<code>[^"]*+)")?[^>]*+>(?P<words>[^<]*+)'
)
MARK = re.compile(_MARK)
"""A ticker mark in an inline shape: address, class, code and the words that are marked."""
PIECE = re.compile(
    rf'{_MARK}|<a href="(?P<address>[^"]*+)"[^>]*+>(?P<label>[^<]*+)'
    r"|<(?P<tag>br|/?strong)?[^>]*+>|(?P<text>[^<]++)"
)
"""One step through an inline shape: a mark with its words, a link, a tag, or text."""
ADDRESS = re.compile(rf"https?://[A-Za-z0-9.-]+(?:/{_ADDRESS})?")
"""An address that stands in an attribute as it is meant."""
TAG = re.compile(r"<(?!br)[^>]*+>")
"""A tag of an inline shape that stands for no character."""
LINE_BREAK = re.compile(_BREAK)
