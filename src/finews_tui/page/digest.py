"""Whether two texts say the same: a digest is only shown where the body does not begin with it."""

from __future__ import annotations

import re

_FOLDED = re.compile(r"[\W_]+")
_CODE = re.compile(r"[（(][0-9A-Z.]{2,9}[)）]")
_TAIL = re.compile(r"[（(](?:[^（()）]|[（(][^（()）]*[)）]){1,20}[)）]\s*$")
_LEAD = re.compile(r"^\s*【([^】]*)】")


def fold(text: str) -> str:
    """The letters and digits of ``text``: punctuation, spaces and case do not tell texts apart."""
    return _FOLDED.sub("", text).casefold()


def without_source(digest: str, source: str | None) -> str:
    """``digest`` without the source in parentheses at its end, which the byline names already.

    Upstream shortens it there: ``（界面）`` for 界面新闻.
    """
    found = _TAIL.search(digest)
    name = fold(found[0]) if found else ""
    if found and name and source and name in fold(source):
        return digest[: found.start()].rstrip()
    return digest


def repeats(digest: str, body: str, title: str = "") -> bool:
    """Whether ``digest`` says nothing but what ``body`` begins with.

    Its trailing （来源） does not count, nor a leading 【…】 that only repeats the title, nor the
    codes in brackets behind names, such as (600519), in either of them.
    """
    lead = _LEAD.match(digest)
    start = fold(_CODE.sub("", body[: 2 * len(digest) + 100]))
    forms = [digest, _TAIL.sub("", digest)]
    if lead and fold(lead[1]) in fold(title):
        forms += [form[lead.end() :] for form in forms]
    return any(start.startswith(fold(_CODE.sub("", form))) for form in forms)
