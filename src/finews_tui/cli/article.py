"""The subcommands about single posts: ``show`` and ``mark``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from finews_tui.cli import output
from finews_tui.cli.archive import find_archives, index_file, opened
from finews_tui.cli.rows import post_row
from finews_tui.errors import FinewsError, NotFoundError
from finews_tui.paths import Paths
from finews_tui.posts.clean import clean_text
from finews_tui.settings import ARCHIVE_FOLDERS, Settings, load_settings

if TYPE_CHECKING:
    from datetime import tzinfo

    from finews_tui.library import Headline
    from finews_tui.posts import Post


def show(parsed: SimpleNamespace) -> int:
    """``finews-tui show``: 1 where there is no such post or it cannot be read."""
    path = Path(parsed.post)
    if path.is_file() or (path.exists() and not path.is_dir()):
        return _show_file(parsed, path)
    with opened(parsed) as library:
        headline = library.find(parsed.post)
        _write(parsed, library.post(headline), library.zone, headline)
    return 0


def _show_file(parsed: SimpleNamespace, path: Path) -> int:
    """The file as it is: no index is needed, other copies of the article do not count."""
    from finews_tui.library import read_post
    from finews_tui.library.zones import Zones
    from finews_tui.posts import Post

    path = path.absolute()
    root = _root(parsed, path)
    zone = Zones().zone_for(str(path.parent), str(root))
    match read_post(path, root=root, zone=zone):
        case Post() as post:
            _write(parsed, post, zone, _known(parsed, path, post.key))
            return 0
        case other:
            raise NotFoundError(f"{clean_text(str(path))} is not shown: {other.reason}")


def _root(parsed: SimpleNamespace, path: Path) -> Path:
    """The archive that ``path`` belongs to: one of those that are meant, else by its folders."""
    try:
        roots = find_archives(parsed, load_settings(os.environ)).roots
    except FinewsError:
        if parsed.archive:
            raise
        roots = ()
    for folder in path.parents:
        if folder in roots:
            return folder
    above = (folder.parent for folder in path.parents if folder.name in ARCHIVE_FOLDERS)
    return next(above, path.parent)


def _known(parsed: SimpleNamespace, path: Path, key: str) -> Headline | None:
    """What the index, as it is, says about the post: whether it is read and starred."""
    from finews_tui.library import Library

    paths = Paths.find(os.environ).usable()
    try:
        file = index_file(find_archives(parsed, load_settings(os.environ)), paths)
        with Library.open(file, paths.state_file, read_only_state=True) as library:
            try:
                return library.find(str(path))
            except NotFoundError:  # a file of another folder; the article may be known
                return library.headline(key)
    except FinewsError:  # not indexed yet, or no archive at all
        return None


def _write(parsed: SimpleNamespace, post: Post, zone: tzinfo, headline: Headline | None) -> None:
    from finews_tui.page import layout
    from finews_tui.posts import to_markdown
    from finews_tui.posts.clean import clean_block

    if parsed.format == "json":
        output.write_json(
            post_row(
                post,
                to_markdown(post.html),
                is_read=headline is not None and headline.is_read,
                is_starred=headline is not None and headline.is_starred,
            )
        )
    elif parsed.format == "markdown":
        text = f"# {post.title}\n\n{to_markdown(post.html)}"
        output.write_line(clean_block(text.rstrip()))
    else:
        settings = _settings()
        style = output.TextStyle.choose(parsed.width, parsed.color, settings.market_colours)
        cells = settings.ambiguous_cells if sys.stdout.isatty() else 1
        form = settings.article._replace(ambiguous=cells)
        names = headline.names if headline is not None else None
        article = layout(post, style.width, zone=zone, names=names, form=form)
        output.write_lines(article.lines, style)


def _settings() -> Settings:
    """The config file; a post is shown whatever is wrong with it."""
    try:
        return load_settings(os.environ)
    except FinewsError:
        return Settings()


def mark(parsed: SimpleNamespace) -> int:
    """``finews-tui mark``: 1 where a post is not found; the others are marked all the same."""
    read = {"read": True, "unread": False}.get(parsed.action)
    starred = {"star": True, "unstar": False}.get(parsed.action)
    keys: list[str] = []
    is_complete = True
    with opened(parsed, read_only_state=False) as library:
        for post in parsed.posts:
            try:
                keys.append(library.find(post).key)
            except NotFoundError as error:
                output.write_message(str(error))
                is_complete = False
        library.mark(keys, read=read, starred=starred)
        if not library.keeps_marks:  # a warning has said that they are gone when we end
            return 1
    return 0 if is_complete else 1
