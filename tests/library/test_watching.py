"""What changes in the folders of an archive is noticed, by real files and their times."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from finews_tui.library import watching
from finews_tui.library.watching import Watch, command

PATIENCE = 10.0


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two folders of posts, one inside the other, and what is no part of the archive."""
    for name in ("_posts", "_posts/2022", "_site", ".git", "node_modules"):
        (tmp_path / "archive" / name).mkdir(parents=True)
        (tmp_path / "archive" / name / "a.md").write_text("---\n---\n")
    passes(tmp_path)
    return tmp_path / "archive"


def passes(beside: Path) -> None:
    """Until the clock of the file system, which goes in steps, shows another time."""
    clock = beside / "clock"
    clock.write_text("")
    before = clock.stat().st_ctime_ns
    while clock.stat().st_ctime_ns == before:
        clock.write_text("")
    clock.unlink()


def watch(*roots: Path, since: float | None = None) -> Watch:
    """A watch that has looked once, and found nothing."""
    found = Watch([str(root) for root in roots], time.time() if since is None else since)
    assert not found.look(1.0)
    for root in roots:
        passes(root.parent if root.is_dir() else root.parent.parent)
    return found


def test_nothing_happens(archive: Path) -> None:
    found = watch(archive)
    assert not any(found.look(1.0) for _ in range(20))


@pytest.mark.parametrize("folder", ["", "_posts", "_posts/2022"])
def test_a_new_a_renamed_and_a_deleted_file(archive: Path, folder: str) -> None:
    found = watch(archive)
    file = archive / folder / "new.md"
    file.write_text("new")
    assert found.look(1.0)
    assert not found.look(1.0)
    passes(archive.parent)
    file = file.rename(file.with_name("other.md"))
    assert found.look(1.0)
    passes(archive.parent)
    file.unlink()
    assert found.look(1.0)
    assert not found.look(1.0)


def test_a_file_written_in_place(archive: Path) -> None:
    found = watch(archive)
    file = archive / "_posts" / "2022" / "a.md"
    with file.open("a") as written:
        written.write("half of it")
        written.flush()
        assert found.look(1.0)
        assert not found.look(1.0)
        passes(archive.parent)
        written.write(", and the rest")
    assert found.look(1.0)
    assert not found.look(1.0)


def test_a_file_that_keeps_its_time_and_size(archive: Path) -> None:
    found = watch(archive)
    file = archive / "_posts" / "a.md"
    status = file.stat()
    file.write_text("+++\n+++\n")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert found.look(1.0)


def test_a_half_written_new_file(archive: Path) -> None:
    found = watch(archive)
    with (archive / "_posts" / "new.md").open("w") as written:
        assert found.look(1.0)
        passes(archive.parent)
        written.write("all of it")
    assert found.look(1.0)
    assert not found.look(1.0)


def test_new_folders_are_watched(archive: Path) -> None:
    found = watch(archive)
    deep = archive / "old_post" / "2019" / "12"
    deep.mkdir(parents=True)
    assert found.look(1.0)
    passes(archive.parent)
    (deep / "late.md").write_text("")
    assert found.look(1.0)
    assert not found.look(1.0)
    shutil.rmtree(archive / "old_post")
    assert found.look(1.0)
    assert not found.look(1.0)


@pytest.mark.parametrize("folder", ["_site", ".git", "node_modules"])
def test_what_is_no_part_of_the_archive(archive: Path, folder: str) -> None:
    found = watch(archive)
    (archive / folder / "new.md").write_text("")
    (archive / folder / "deep").mkdir()
    assert not found.look(1.0)


def test_what_happened_between_the_last_look_and_now(archive: Path) -> None:
    since = time.time()
    passes(archive.parent)
    (archive / "_posts" / "2022" / "new.md").write_text("")
    assert Watch([str(archive)], since).look(1.0)
    since = time.time()
    passes(archive.parent)
    (archive / "_posts" / "2022" / "new.md").write_text("in place")
    assert Watch([str(archive)], since).look(1.0)
    passes(archive.parent)
    assert not Watch([str(archive)], time.time()).look(1.0)


def test_an_archive_that_goes_away_and_comes_back(archive: Path) -> None:
    found = watch(archive)
    away = archive.rename(archive.with_name("away"))
    assert not found.look(1.0), "it may only be unmounted: what the index has of it stays"
    passes(archive.parent)
    away.rename(archive)
    (archive / "_posts" / "2022" / "new.md").write_text("")
    assert found.look(1.0)
    passes(archive.parent)
    (archive / "_posts" / "2022" / "new.md").unlink()
    assert any(found.look(1.0) for _ in range(3))


def test_a_single_post(archive: Path) -> None:
    post = archive / "_posts" / "a.md"
    found = watch(post)
    post.write_text("changed")
    assert found.look(1.0)
    (archive / "_posts" / "other.md").write_text("")
    assert not found.look(1.0)


def test_a_large_folder_is_looked_at_bit_by_bit(archive: Path) -> None:
    for number in range(watching._SMALL + 1):
        (archive / "_posts" / "2022" / f"{number}.md").touch()
    passes(archive.parent)
    found = watch(archive)
    (archive / "_posts" / "2022" / "new.md").touch()
    assert found.look(1.0)
    for _ in range(100):  # it is looked at again, since it may have been half-written
        found.look(1.0)
    passes(archive.parent)
    (archive / "_posts" / "2022" / "7.md").write_text("in place")
    assert any(found.look(1.0) for _ in range(100))
    passes(archive.parent)
    assert not any(found.look(1.0) for _ in range(20))


def test_thousands_of_folders_cost_little(tmp_path: Path) -> None:
    for number in range(3_000):
        (tmp_path / "archive" / f"{number % 50}" / f"{number}").mkdir(parents=True)
    found = watch(tmp_path / "archive")
    looks = 40
    begin = time.process_time()
    for _ in range(looks):
        found.look(watching.LOOK_SECONDS)
    share = (time.process_time() - begin) / (looks * watching.LOOK_SECONDS)
    assert share < 0.005
    (tmp_path / "archive" / "7" / "7" / "new.md").touch()
    assert any(found.look(1.0) for _ in range(1_000)), "all folders have their turn"


@contextmanager
def process(archive: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process that watches; it hears of all that happens from now on."""
    running = subprocess.Popen(
        command([archive], time.time()),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    passes(archive.parent)
    try:
        yield running
    finally:
        running.kill()
        for stream in (running.stdin, running.stdout):
            assert stream is not None
            stream.close()
        running.wait()


def test_the_process_tells_and_ends_with_its_asker(archive: Path) -> None:
    with process(archive) as running:
        assert running.stdin is not None and running.stdout is not None
        (archive / "_posts" / "new.md").write_text("")
        assert running.stdout.readline() == b"\n"
        running.stdin.close()
        assert running.wait(PATIENCE) == 0


def test_the_process_ends_when_nobody_reads(archive: Path) -> None:
    with process(archive) as running:
        assert running.stdout is not None
        running.stdout.close()
        (archive / "_posts" / "new.md").write_text("")
        assert running.wait(PATIENCE) == 0


def test_the_process_ends_by_a_signal_without_a_word(archive: Path) -> None:
    with process(archive) as running:
        assert running.stdout is not None
        (archive / "_posts" / "new.md").write_text("")
        assert running.stdout.readline() == b"\n"
        running.send_signal(signal.SIGINT)
        assert running.wait(PATIENCE) == 0
