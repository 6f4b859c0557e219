"""Finding and reading files: what is entered, what may be read, and what is a failure."""

from __future__ import annotations

import os
from datetime import timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.library import files, read_post
from finews_tui.library.places import settled
from finews_tui.library.walk import Names
from finews_tui.library.zones import Zones, name_of, zone_of
from finews_tui.posts import SHANGHAI, Failure, Post, Skipped

from .archives import counts, em, opened, run, write


def _found(*roots: Path) -> dict[str, str | None]:
    """Return what is found, below the first root, and what is wrong with it."""
    names = Names(roots)
    for _ in names.look():
        pass
    paths = [
        f"{folder}/{name}"
        for day in names.days
        for folder in names.folders(day)
        for name in names.of(day, folder)
    ]
    assert len(paths) == len(set(paths)) == names.count
    problems = {path: found.problem for path, found in names.strange.items()}
    return {os.path.relpath(path, settled(roots[0])): problems.get(path) for path in paths}


def test_which_files_are_found(archive: Path) -> None:
    for name in ("a.md", "b.markdown", "c.html", "D.MD", "_posts/deep/e.md", "-f.md"):
        write(archive / name, "题")
    for name in (
        ".git/a.md",
        ".hidden/a.md",
        "_site/a.md",
        "node_modules/a.md",
        "a.txt",
        "md",
        ".a.md",
    ):
        write(archive / name, "题")
    (archive / "folder.md").mkdir()
    assert set(_found(archive)) == {
        "a.md",
        "b.markdown",
        "c.html",
        "D.MD",
        "_posts/deep/e.md",
        "-f.md",
    }


def test_links(archive: Path, tmp_path: Path) -> None:
    inside = write(archive / "_posts" / "a.md", "题")
    outside = write(tmp_path / "elsewhere" / "secret.md", "密")
    (archive / "in.md").symlink_to(inside)
    (archive / "out.md").symlink_to(outside)
    (archive / "gone.md").symlink_to(archive / "nothing.md")
    (archive / "loop.md").symlink_to(archive / "loop.md")
    (archive / "folder").symlink_to(outside.parent)
    (archive / "folder.md").symlink_to(outside.parent)
    (archive / "round").symlink_to(archive)
    found = _found(archive)
    assert set(found) == {"_posts/a.md", "in.md", "out.md", "gone.md", "loop.md"}
    assert found["_posts/a.md"] is None
    assert found["in.md"] is None
    assert "leads out" in (found["out.md"] or "")
    assert "cannot be read" in (found["gone.md"] or "")
    assert "cannot be read" in (found["loop.md"] or "")


def test_an_archive_reached_by_a_link_is_the_same(archive: Path, tmp_path: Path) -> None:
    path = em(archive / "_posts", 0)
    link = tmp_path / "link"
    link.symlink_to(archive)
    assert _found(link) == {str(path.relative_to(archive)): None}
    single = tmp_path / "elsewhere" / "single.md"
    single.parent.mkdir()
    single.symlink_to(path)
    assert _found(single.parent, single)["single.md"], "what is met must stay inside"
    assert _found(single) == {".": None}, "what is named may be a link"


def test_a_fifo_does_not_stop_us(archive: Path, index: Path) -> None:
    os.mkfifo(archive / "_posts" / "2022-01-01-pipe.md")
    em(archive / "_posts", 0)
    assert counts(run(index, archive)[1]) == (1, 1, 0, 0, 1)
    assert run(index, archive)[0][0].total == 0, "it is known"
    with opened(index) as library:
        (failure,) = library.failures()
        assert failure.reason == "It is not a regular file."
    with pytest.raises(files.UnreadableError, match="regular"):
        files.read(str(failure.path))


def test_a_file_that_is_too_large(archive: Path, index: Path) -> None:
    path = em(archive / "_posts", 0)
    os.truncate(path, files.MAX_BYTES + 1)
    assert counts(run(index, archive)[1]) == (0, 0, 0, 0, 1)
    with opened(index) as library:
        assert "16 MB" in library.failures()[0].reason
    em(archive / "_posts", 0)
    assert counts(run(index, archive)[1]) == (1, 1, 0, 0, 0)


def test_a_file_that_goes_while_it_is_looked_at(archive: Path) -> None:
    with pytest.raises(files.UnreadableError, match="No such file"):
        files.read(str(archive / "gone.md"))


def test_a_place_that_is_no_folder_is_a_failure(archive: Path, index: Path, tmp_path: Path) -> None:
    em(archive / "_posts", 0)
    missing = tmp_path / "missing"
    assert counts(run(index, archive, missing)[1]) == (1, 1, 0, 0, 1)
    with opened(index) as library:
        assert library.failures()[0].path == missing


def test_a_folder_that_cannot_be_read(archive: Path) -> None:
    # A name that is too long for the system fails for root, too.
    folder = archive / "_posts"
    names = Names([folder])
    folder.rmdir()
    folder.symlink_to(folder)
    for _ in names.look():
        pass
    assert "folder cannot be read" in (names.strange[str(folder)].problem or "")
    assert names.is_unread(str(folder))
    assert names.is_unread(str(folder / "2022"))
    assert not names.is_unread(str(archive / "_posts2"))


def test_one_file_as_it_is(archive: Path, tmp_path: Path) -> None:
    (archive / "_config.yml").write_text("timezone: Asia/Tokyo\n")
    path = write(archive / "_posts" / "note.md", "题", date="2022-01-01 08:00:00")
    post = read_post(path, root=archive)
    assert isinstance(post, Post)
    assert post.published is not None
    assert post.published.utcoffset() == timedelta(hours=9)
    assert isinstance(read_post(archive / "_config.yml"), Skipped)
    assert isinstance(read_post(tmp_path / "gone.md"), Failure)
    assert isinstance(read_post(tmp_path), Failure)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2022-03-11-202203112306431413.md", 20220311),
        ("2022-03-12-NW202203112306431413.md", 20220311),
        ("-202205262391921712.md", 20220526),
        ("2021-12-01-init.md", 20211201),
        ("\u200b2021-12-01-init.html", 20211201),
        ("README.md", 0),
        ("noext", 0),
    ],
)
def test_the_day_in_a_name(name: str, day: int) -> None:
    assert files.day_of(name) == day


@given(st.text("0123456789-NW. \t\u200b\udcffé２", min_size=1, max_size=40), st.data())
def test_files_of_one_article_have_one_day(stem: str, data: st.DataObject) -> None:
    other = stem + data.draw(st.sampled_from(["", " ", "\u200b"]))
    if data.draw(st.booleans()):
        other = f"2022-01-01-NW{files.bare_of(other + '.md')}"
    if files.bare_of(stem + ".md") == files.bare_of(other + ".html"):
        assert files.day_of(stem + ".md") == files.day_of(other + ".html")


def test_zones_by_name() -> None:
    for zone in (
        ZoneInfo("America/New_York"),
        SHANGHAI,
        timezone(timedelta(hours=8)),
        timezone(timedelta(hours=-3, minutes=-30)),
    ):
        assert zone_of(name_of(zone)) == zone


def test_a_config_that_says_nothing_is_passed_over(archive: Path) -> None:
    (archive / "_config.yml").write_text("timezone: Asia/Tokyo\n")
    (archive / "_posts" / "_config.yml").write_text("title: x\n")
    (archive / "old_post" / "_config.yml").mkdir()
    folders = [str(archive / "_posts"), str(archive / "old_post"), str(archive)]
    zones = Zones()
    assert {name_of(zones.zone_for(folder, str(archive))) for folder in folders} == {"Asia/Tokyo"}
    # The folder above counts for somebody who opens _posts itself.
    assert name_of(zones.zone_for(folders[0], folders[0])) == "Asia/Tokyo"
