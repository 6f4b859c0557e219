"""What may leave the program: a parser of its output that accepts a list of sequences, no more.

It is written after ECMA-48 (8.3, and 5.4 for the form of control sequences), not after the program:
whatever does not stand here is told with its place. Characters are judged by category.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import category, combining

MOST_MARKS = 3
"""Combining marks on one character."""
_UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))
"""Control, format, private use, surrogate, unassigned, and line and paragraph separators."""
_FORM = re.compile(
    rb"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    rb"|\x1b\](?P<osc>[^\x00-\x1f\x7f]*)(?:\x07|\x1b\\)"
    rb"|\x1bP(?P<dcs>(?:[^\x1b\x00-\x08]|\x1b\x1b)*)\x1b\\"
    rb"|(?P<control>[\x00-\x1f\x7f])"
    rb"|(?P<text>[^\x00-\x1f\x7f]+)"
)
_COPY = re.compile(rb"52;c;([A-Za-z0-9+/]*={0,2})")
_SGR = rb"[0-9;]*m"


@dataclass(frozen=True)
class Allowed:
    """What a program may write."""

    csi: str = ""
    """A regular expression for what follows ``CSI``."""
    osc: str = ""
    """One for what stands between ``OSC`` and its end."""
    dcs: str = ""
    controls: bytes = b"\r\n"
    """C0 characters."""


PIPE = Allowed(controls=b"\n\t")
"""To a pipe: text, and nothing else."""
COLOURED = Allowed(csi=r"(?:[0-9]{1,2}(?:;[0-9]{1,2})*|0)?m", controls=b"\n\t")
"""To a pipe with ``--color always``."""
TERMINAL = Allowed(csi=r"(?:[0-9]{1,2}(?:;[0-9]{1,2})*|0)?m|K", controls=b"\r\n\t")
"""Text to a terminal, with a progress bar."""
UNANSWERED = Allowed(csi=TERMINAL.csi + "|c", controls=TERMINAL.controls)
"""The doctor in a terminal that does not answer the first question."""
DOCTOR = Allowed(
    csi=TERMINAL.csi + r"|c|>q|\?2026\$p|6n|48;2;1;2;3m",
    osc=r"11;\?",
    dcs=r"\+q4D73|\$qm",
    controls=TERMINAL.controls,
)
"""The doctor in one that does: its questions are known one by one."""
READER = Allowed(
    csi=(
        r"(?:[0-9]{1,3}(?:;[0-9]{1,3})*|(?:;[0-9]{1,3})+)?m"  # colours
        r"|[0-9]{0,3}(?:;[0-9]{1,3})?H|[0-9]{0,3}C|[0-9]{1,3}X|[0-9]{1,3}[ML]"  # places, erasing
        r"|[0-9]{1,3};[0-9]{1,3}r|r|6n"  # a region that scrolls, a question
        r"|\?(?:7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]"
        r"|\?(?:2026|2048)\$p|>[0-9]{1,2}u|<u"
    ),
    osc=r"8;;(?:https?://[!-~]+)?|22;[a-z-]*",
)
"""The reader."""


@dataclass(frozen=True)
class Written:
    """What was written, told apart."""

    problems: tuple[str, ...]
    """What may not be written, each with its place."""
    copies: tuple[str, ...]
    """What was sent to the clipboard."""
    links: tuple[str, ...]
    """The targets of OSC 8."""


def read(data: bytes, allowed: Allowed) -> Written:
    """Tell apart what was written, and what of it may not be."""
    problems, copies, links = [], [], []
    at = 0
    while at < len(data):
        form = _FORM.match(data, at)
        if form is None:
            problems.append(_told(data, at, "a sequence without an end"))
            at += 1
            continue
        match form.lastgroup:
            case "csi" if not _fits(allowed.csi, form["csi"]):
                problems.append(_told(data, at, "a control sequence"))
            case "osc" if allowed is READER and (copy := _COPY.fullmatch(form["osc"])):
                copies.append(base64.b64decode(copy[1]).decode())
            case "osc" if not _fits(allowed.osc, form["osc"]):
                problems.append(_told(data, at, "an operating system command"))
            case "osc" if form["osc"].startswith(b"8;;http"):
                links.append(form["osc"][3:].decode("ascii"))
            case "dcs" if not _fits(allowed.dcs, form["dcs"]):
                problems.append(_told(data, at, "a device control string"))
            case "control" if form["control"] not in allowed.controls:
                problems.append(_told(data, at, "a control character"))
            case "text":
                problems += (_told(data, at, what) for what in _unfit(form["text"]))
        at = form.end()
    problems += (f"copied: {what}" for copy in copies for what in _unfit(copy.encode()))
    return Written(tuple(problems), tuple(copies), tuple(links))


def unseen(text: str) -> list[str]:
    """The characters of ``text`` that nobody sees, as ``U+202E``."""
    return [f"U+{ord(character):04X}" for character in text if category(character) in _UNSEEN]


def _fits(pattern: str, data: bytes) -> bool:
    return bool(pattern) and re.fullmatch(pattern, data.decode("ascii", "replace")) is not None


def _unfit(data: bytes) -> Iterator[str]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        yield f"no UTF-8: {error}"
        return
    yield from unseen(text.replace("\n", " "))
    marks = 0
    for character in text:
        marks = marks + 1 if combining(character) else 0
        if marks > MOST_MARKS:
            yield "too many combining marks"
            return


def _told(data: bytes, at: int, what: str) -> str:
    return f"{what} at {at}: {data[max(0, at - 30) : at]!r} >>> {data[at : at + 50]!r}"
