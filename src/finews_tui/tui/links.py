"""The links of one post: the original, its public form, quote pages, and those of the body.

This room alone builds addresses of upstream's site, and reads the article code out of one. Pure, no
textual here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from finews_tui.posts.naming import key_of_stem
from finews_tui.tui.addresses import safe_url

if TYPE_CHECKING:
    from finews_tui.posts import Link, Post, Ticker

ORIGINAL = "original"
"""What the first link of a post is."""

_CODE = re.compile(r"(?<![0-9])[0-9]{18}(?![0-9])")
_SITE = "eastmoney.com"
_SHARED = re.compile(r"(?:^|&)infoCode=NW([0-9]{18})(?![0-9])")
_SUFFIX = re.compile(r"\.(?:html?|md|markdown)$")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-.")
_FOLDERS = re.compile(r"/(\d{4})/(\d{2})/(\d{2})$")


class Target(NamedTuple):
    """One link of a post."""

    what: str
    """What it is, in a word or by the number that it has in the article: ``original``, ``[3]``."""
    text: str
    """What it leads to, as far as the post tells."""
    url: str
    address: str | None
    """As it is opened; None where the policy refuses it."""

    @property
    def domain(self) -> str:
        """The host that it leads to."""
        return domain_of(self.address or "") or "not opened"


def domain_of(address: str) -> str:
    """The host of a safe address, without the ``www.`` that says nothing."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def targets(post: Post, links: Sequence[Link]) -> list[Target]:
    """Every link of ``post``, each address once; ``links`` are those of its body by their numbers.

    Numbers count from 1, as they stand in the article.
    """
    found: list[Target] = []
    seen: set[str] = set()
    for target in _all(post, links):
        if (target.address or target.url) not in seen:
            seen.add(target.address or target.url)
            found.append(target)
    return found


def _all(post: Post, links: Sequence[Link]) -> Iterator[Target]:
    if post.url:
        yield _target(ORIGINAL, post.title, post.url)
    if public := public_form(post.key):
        yield _target("public form", post.title, public)
    for mention in (*post.tickers, *post.sectors):
        if mention.trust.counts:
            name = f"{mention.ticker.name or ''} {mention.ticker.symbol}".strip()
            yield _target("quotes", name, quote_page(mention.ticker))
    for number, link in enumerate(links, 1):
        yield _target(f"[{number}]", link.text, link.url)


def _target(what: str, text: str, url: str) -> Target:
    return Target(what, text, url, safe_url(url))


def public_form(key: str) -> str | None:
    """The page on upstream's public site of the article whose key holds its code."""
    found = _CODE.search(key)
    return f"https://finance.{_SITE}/a/{found[0]}.html" if found else None


def quote_page(ticker: Ticker) -> str:
    """Upstream's page with the quotes of an instrument."""
    return f"https://quote.{_SITE}/unify/r/{ticker.market}.{ticker.code}"


def article_keys(address: str) -> list[str]:
    """The keys that the post may have to which an address leads, the likeliest first.

    The code of an address of upstream's site or of its share pages, which have had several hosts;
    else the name of a post's file, as it is or as Jekyll makes an address of it, on any host:
    ``/2021/05/08/title.html``.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    keys = _SHARED.findall(parts.query)
    if host == _SITE or host.endswith(f".{_SITE}"):
        keys += _CODE.findall(parts.path)
    folder, _, name = unquote(parts.path).rstrip("/").rpartition("/")
    stem = _SUFFIX.sub("", name)
    if _DATED.match(stem):
        keys.append(key_of_stem(stem))
    elif (day := _FOLDERS.search(folder)) is not None and stem:
        keys.append(key_of_stem(f"{day[1]}-{day[2]}-{day[3]}-{stem}"))
    return list(dict.fromkeys(keys))
