"""Turns the bytes of one file into a Post, a Failure or a Skipped; never raises for bad input.

The front matter comes from ``frontmatter.py``, the parts of the body from ``split.py``, the cleaned
body and its tickers from ``body.py``. This room decides between what these and the file name say.
"""

from __future__ import annotations

import html
import re
from datetime import datetime, tzinfo
from pathlib import Path

from finews_tui.posts import dates, jekyll, split
from finews_tui.posts.body import clean
from finews_tui.posts.clean import clean_block, clean_text, decode
from finews_tui.posts.collector import Body
from finews_tui.posts.frontmatter import FrontMatter, read, unescaped
from finews_tui.posts.model import NO_DATE, NO_TITLE, Failure, Post, Skipped

_CODE = re.compile(r"(?:^|-)(?:NW)?([0-9]{18})$")
_NO_SOURCE = frozenset({"东财滚动", "站长消息"})
_FALSE = frozenset({"false", "no", "off", "0"})
_SENTENCE = re.compile(r"[^。！？!?\n]{1,200}[。！？!?]?")
_HEADLINE = re.compile(r"^【([^】]{4,80})】")
_TITLE_LENGTH = 60
_FIELD_LENGTH = 1_000
_BODY_LIMIT = 250_000
_MARKDOWN_LIMIT = 60_000
_HTML_BLOCK = re.compile(r"\s*</?[A-Za-z][A-Za-z0-9-]*[\s/>]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LINK_FIELDS = ("link", "original_url", "source_url", "canonical_url", "external_url")
TIME_UNKNOWN = "The time of day is not known."
"""The problem of a post whose date has no time; its ``published`` is midnight."""


def key_of(path: Path) -> str:
    """The key that a file's name gives its post: upstream's 18-digit code, else the stem."""
    stem = path.stem
    found = _CODE.search(stem)
    return found[1] if found else clean_text(stem) or "post"


def parse(
    path: Path, data: bytes, *, root: Path | None = None, zone: tzinfo = dates.SHANGHAI
) -> Post | Failure | Skipped:
    """Read the bytes of the file at ``path``.

    ``root`` is the archive's folder: folders between it and ``_posts`` are categories, as in
    Jekyll. ``zone`` is that of dates without one. Linear time in the size of ``data``.
    """
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Failure(path, "This is a binary file.")
    text, encoding_problem = decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = read(text)
    if head is None:
        return Skipped(path, "No front matter.")
    if head.scalar("published").strip().lower() in _FALSE:
        return Skipped(path, "Not published.")
    problems = [encoding_problem] if encoding_problem else []
    problems += head.problems
    upstream = _is_upstream(path, head)
    body, url, digest = _body(path, head, upstream, problems)
    if path.suffix == ".html" and not body.html and not head.scalar("date"):
        return Skipped(path, "A page without text.")
    published = _published(path, head, zone, problems)
    tags = _names(head, "tags", "tag")
    return Post(
        key=key_of(path),
        path=path,
        copies=(path,),
        title=_title(head, upstream, digest, body, problems) or key_of(path),
        published=published,
        categories=(*_folders(path, root), *_names(head, "categories", "category")),
        tags=tags,
        source=body.source or _source_of(tags, head),
        url=url,
        digest=digest,
        tickers=body.mentions.tickers(),
        sectors=body.mentions.sectors(),
        html=body.html,
        source_line=body.source_line,
        links=tuple(body.links),
        images=tuple(body.images),
        tables=body.tables,
        problems=tuple(dict.fromkeys([*problems, *body.problems])),
    )


def _is_upstream(path: Path, head: FrontMatter) -> bool:
    return (
        bool(_CODE.search(path.stem))
        or any(tag.endswith("新闻") for tag in head.fields.get("tags", ()))
        or split.looks_upstream(head.body)
    )


def _body(
    path: Path, head: FrontMatter, upstream: bool, problems: list[str]
) -> tuple[Body, str | None, str | None]:
    """(cleaned body, original link, digest)."""
    content = head.body
    if len(content) > _BODY_LIMIT + 2_000:
        # The end holds the link and the back links, so the middle is left out.
        problems.append(
            f"The body is longer than {_BODY_LIMIT:,} characters; the rest was left out."
        )
        content = content[:_BODY_LIMIT] + "\n\n" + content[-1_000:].partition("\n")[2]
    if upstream:
        parts = split.split(content)
        digest = clean_text(html.unescape(parts.digest)) if parts.digest else None
        body = clean(parts.content, is_html=parts.is_html, digest=digest)
        return body, parts.url, digest or None
    content = jekyll.without_liquid(content)
    links = (split.safe_url(head.scalar(name)) for name in _LINK_FIELDS)
    url = next((link for link in links if link), None)
    if path.suffix == ".html" or _is_html(content):
        return clean(content, is_html=True), url, None
    if len(content) > _MARKDOWN_LIMIT:
        problems.append("The Markdown is too long; it is shown as plain text.")
        return clean(content, is_html=False), url, None
    return clean(jekyll.markdown_to_html(content), is_html=True), url, None


def _is_html(content: str) -> bool:
    """Whether a body is HTML throughout: Markdown may well begin with a comment or a ``<div>``."""
    blocks = (block for block in _BLANK_LINE.split(content) if block.strip())
    return all(_HTML_BLOCK.match(block) for block in blocks)


def _title(
    head: FrontMatter, upstream: bool, digest: str | None, body: Body, problems: list[str]
) -> str:
    """The title, or a stand-in made of the digest or the first sentence."""
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
    title = clean_text(html.unescape(title[:_FIELD_LENGTH]))
    if title:
        return title
    problems.append(f"{NO_TITLE}; a stand-in was made of the text.")
    text = digest or body.text.partition("\n")[0]
    if found := _HEADLINE.match(text):
        return found[1]
    found = _SENTENCE.match(text)
    sentence = (found[0] if found else "").strip()
    return sentence if len(sentence) <= _TITLE_LENGTH else f"{sentence[: _TITLE_LENGTH - 1]}…"


def _published(path: Path, head: FrontMatter, zone: tzinfo, problems: list[str]) -> datetime | None:
    written = clean_text(head.scalar("date"))
    if found := dates.read_date(written, zone):
        moment, has_time = found
        if not has_time:
            problems.append(TIME_UNKNOWN)
        return moment
    if moment_of_name := dates.date_of_name(path.name, zone):
        problems.append(f"{NO_DATE} or broken; it was taken from the file name.")
        problems.append(TIME_UNKNOWN)
        return moment_of_name
    code = _CODE.search(path.stem)
    if code and (moment_of_code := dates.date_of_code(code[1], zone)):
        problems.append(f"{NO_DATE} or broken; it was taken from the article code.")
        problems.append(TIME_UNKNOWN)
        return moment_of_code
    problems.append(f"{NO_DATE} or broken.")
    return None


def _names(head: FrontMatter, *fields: str) -> tuple[str, ...]:
    """The clean values of the first of ``fields`` that has any, each once."""
    for field in fields:
        values = (
            clean_block(value).replace("\n", " ").strip() for value in head.fields.get(field, ())
        )
        found = tuple(dict.fromkeys(value[:_FIELD_LENGTH] for value in values if value))
        if found:
            return found
    return ()


def _folders(path: Path, root: Path | None) -> tuple[str, ...]:
    """The folders above ``_posts``, which Jekyll takes for categories."""
    if root is None or "_posts" not in path.parts:
        return ()
    try:
        parts = path.relative_to(root).parts
    except ValueError:
        return ()
    if "_posts" not in parts:
        return ()
    names = (clean_text(part) for part in parts[: parts.index("_posts")])
    return tuple(name for name in names if name)


def _source_of(tags: tuple[str, ...], head: FrontMatter) -> str | None:
    """The source that the tag ``<source>新闻`` names; a lone bare tag is taken whole."""
    named = next((tag for tag in tags if tag.endswith("新闻")), None)
    if named is None and len(tags) == 1 and not head.raw.get("tags", "").startswith("["):
        named = tags[0] if head.raw.get("tags") else None
    source = named.removesuffix("新闻") if named else ""
    return source if source and source not in _NO_SOURCE else None
