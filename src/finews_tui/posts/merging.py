"""Makes one post of the copies that upstream wrote of one article (FORMAT.md section 2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from finews_tui.posts.model import Post

_STAND_IN = "The title is missing"
_NO_DATE = "The date is missing"


def merge(copies: Sequence[Post]) -> Post:
    """The post of ``copies``, which share a key; at least one.

    Title, date, source, categories and tags come from the copy that has them, the NW copy first;
    digest, body and tickers from the em copy that has a body; the link from the em copy before
    the NW copy. The order of ``copies`` does not matter.
    """
    if len(copies) == 1:
        return copies[0]
    ordered = sorted(copies, key=lambda post: (_is_moved(post), str(post.path)))
    news = sorted(ordered, key=lambda post: (not _is_nw(post), _is_broken(post)))
    marked = sorted(ordered, key=lambda post: (not post.html, _is_nw(post), _is_broken(post)))
    body, head = marked[0], news[0]
    titled = _first(news, lambda post: not _lacks(post, _STAND_IN))
    dated = _first(news, lambda post: post.published is not None and not _lacks(post, _NO_DATE))
    sourced = _first(news, lambda post: post.source is not None)
    linked = _first([post for post in marked if post.url] or [body], lambda post: not _is_nw(post))
    digested = _first(marked, lambda post: post.digest is not None)
    if head is not titled and _is_broken(head):
        head = titled
    return replace(
        body,
        copies=tuple(post.path for post in ordered),
        title=titled.title,
        published=dated.published,
        categories=head.categories,
        tags=head.tags,
        source=sourced.source,
        url=linked.url,
        digest=digested.digest,
        problems=_problems(body, titled, dated),
    )


def _problems(body: Post, titled: Post, dated: Post) -> tuple[str, ...]:
    """The problems that are left when the best copy of each field was taken."""
    kept = [p for p in body.problems if not p.startswith((_STAND_IN, "The date", "The time"))]
    kept += [p for p in titled.problems if p.startswith(_STAND_IN)]
    kept += [p for p in dated.problems if p.startswith(("The date", "The time"))]
    return tuple(dict.fromkeys(kept))


def _first(posts: Sequence[Post], test: Callable[[Post], bool]) -> Post:
    return next((post for post in posts if test(post)), posts[0])


def _is_nw(post: Post) -> bool:
    return "NW" in post.path.stem[-20:]


def _is_moved(post: Post) -> bool:
    return "old_post" in post.path.parts


def _lacks(post: Post, problem: str) -> bool:
    return any(text.startswith(problem) for text in post.problems)


def _is_broken(post: Post) -> bool:
    return _lacks(post, _STAND_IN) or _lacks(post, _NO_DATE)
