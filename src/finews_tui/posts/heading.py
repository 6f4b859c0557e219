"""Decides between what front matter, file name, folder and body say of a post: title, date, source.

Both readers of posts ask here, the full one (``parsing.py``) and the light one (``skimming.py``).
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import lru_cache
from pathlib import Path

from finews_tui.posts import dates, frontmatter, split
from finews_tui.posts.clean import clean_block, clean_text, decode
from finews_tui.posts.frontmatter import FrontMatter, unescaped
from finews_tui.posts.model import NO_DATE, NO_TITLE, Failure, Skipped
from finews_tui.posts.naming import code_of, stem_of

_NO_SOURCE = frozenset({"东财滚动", "站长消息"})
_FALSE = frozenset({"false", "no", "off", "0"})
_SENTENCE = re.compile(r"[^。！？!?\n]{1,200}[。！？!?]?")
_HEADLINE = re.compile(r"^【([^】]{4,80})】")
_TITLE_LENGTH = 60
_FIELD_LENGTH = 1_000
TIME_UNKNOWN = "The time of day is not known."
"""The problem of a post whose date has no time; its ``published`` is midnight."""


def opened(path: str, data: bytes) -> tuple[FrontMatter, list[str]] | Failure | Skipped:
    """The front matter and the rest of a file, with the problems that were met so far."""
    if data.find(0, 0, 4096) >= 0 and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Failure(Path(path), "This is a binary file.")
    text, encoding_problem = decode(data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = frontmatter.read(text)
    if head is None:
        return Skipped(Path(path), "No front matter.")
    if "published" in head.fields and head.scalar("published").strip().lower() in _FALSE:
        return Skipped(Path(path), "Not published.")
    return head, [encoding_problem, *head.problems] if encoding_problem else [*head.problems]


def is_upstream(path: str, head: FrontMatter) -> bool:
    """Whether the file was written by the news generator and not by a person."""
    return (
        code_of(stem_of(path)) is not None
        or any(tag.endswith("新闻") for tag in head.fields.get("tags", ()))
        or split.looks_upstream(head.body)
    )


def written_title(head: FrontMatter, upstream: bool, problems: list[str]) -> str:
    """The title of the front matter, or an empty string."""
    values = head.fields.get("title", ())
    title = values[0] if values else ""
    raw = head.raw.get("title", "")
    if upstream and len(raw) > 1 and raw[0] == raw[-1] == '"' and title != unescaped(raw):
        # Upstream concatenates without escaping: neither a backslash nor a quote means anything.
        title = unescaped(raw)
        problems.append("The title holds a quote or a backslash; it was read as written.")
    elif len(values) > 1:
        title = " ".join(values)
        problems.append("The title is a list; its values were joined.")
    return clean_text(html.unescape(title[:_FIELD_LENGTH]))


def stand_in(text: str, problems: list[str]) -> str:
    """A title for a post that has none, made of its digest or its first line."""
    problems.append(f"{NO_TITLE}; a stand-in was made of the text.")
    if found := _HEADLINE.match(text):
        return found[1]
    found = _SENTENCE.match(text)
    sentence = (found[0] if found else "").strip()
    return sentence if len(sentence) <= _TITLE_LENGTH else f"{sentence[: _TITLE_LENGTH - 1]}…"


def digest_of(parts: split.Parts) -> str | None:
    """The digest on one clean line, or None."""
    return (clean_text(html.unescape(parts.digest)) or None) if parts.digest else None


def published_of(
    path: str, head: FrontMatter, zone: tzinfo, problems: list[str]
) -> datetime | None:
    """The moment that the front matter names, else the day of the file's name or code."""
    written = clean_text(head.scalar("date"))
    if found := dates.read_date(written, zone):
        moment, has_time = found
        if not has_time:
            problems.append(TIME_UNKNOWN)
        return moment
    if moment_of_name := dates.date_of_name(path.rpartition(os.sep)[2], zone):
        problems.append(f"{NO_DATE} or broken; it was taken from the file name.")
        problems.append(TIME_UNKNOWN)
        return moment_of_name
    code = code_of(stem_of(path))
    if code and (moment_of_code := dates.date_of_code(code, zone)):
        problems.append(f"{NO_DATE} or broken; it was taken from the article code.")
        problems.append(TIME_UNKNOWN)
        return moment_of_code
    problems.append(f"{NO_DATE} or broken.")
    return None


def tags_of(head: FrontMatter) -> tuple[str, ...]:
    """The tags, clean and each once."""
    return _names(head.fields, "tags", "tag")


def categories_of(path: str, root: str | None, head: FrontMatter) -> tuple[str, ...]:
    """The categories: folders above ``_posts`` and below ``root``, then those of the head."""
    named = _names(head.fields, "categories", "category")
    if root is None:
        return named
    return (*_folders(path.rpartition(os.sep)[0], root), *named)


def source_of(tags: tuple[str, ...], head: FrontMatter) -> str | None:
    """The source that the tag ``<source>新闻`` names; a lone bare tag is taken whole."""
    named = next((tag for tag in tags if tag.endswith("新闻")), None)
    if named is None and len(tags) == 1 and not head.raw.get("tags", "").startswith("["):
        named = tags[0] if head.raw.get("tags") else None
    source = named.removesuffix("新闻") if named else ""
    return source if source and source not in _NO_SOURCE else None


def _names(fields: Mapping[str, tuple[str, ...]], *wanted: str) -> tuple[str, ...]:
    """The clean values of the first field of ``wanted`` that has any."""
    return next(filter(None, (_clean(fields.get(name, ())) for name in wanted)), ())


# A few hundred sources and folders stand in hundreds of thousands of files.
@lru_cache(maxsize=1024)
def _clean(values: tuple[str, ...]) -> tuple[str, ...]:
    """Each of ``values`` on one clean line and once."""
    lines = (clean_block(value).replace("\n", " ").strip() for value in values)
    return tuple(dict.fromkeys(line[:_FIELD_LENGTH] for line in lines if line))


@lru_cache(maxsize=1024)
def _folders(folder: str, root: str) -> tuple[str, ...]:
    """The folders above ``_posts``, which Jekyll takes for categories."""
    try:
        parts = Path(folder).relative_to(root).parts
    except ValueError:
        return ()
    if "_posts" not in parts:
        return ()
    names = (clean_text(part) for part in parts[: parts.index("_posts")])
    return tuple(name for name in names if name)
