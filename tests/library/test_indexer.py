"""The index follows the archive: new, changed, moved, deleted, twins, collisions, failures."""

from __future__ import annotations

import os
from pathlib import Path

from finews_tui.library import Headline, Library, Progress, Query, update

from .archives import code, counts, em, nw, opened, run, titles, write


def test_a_second_run_finds_nothing_to_do(archive: Path, index: Path) -> None:
    em(archive / "_posts", 0)
    em(archive / "_posts", 1)
    assert counts(run(index, archive)[1]) == (2, 2, 0, 0, 0)
    progress, summary = run(index, archive)
    assert counts(summary) == (2, 0, 0, 0, 0)
    assert [(step.done, step.total) for step in progress] == [(0, 0)]


def test_a_changed_file_is_read_again_and_keeps_its_id(archive: Path, index: Path) -> None:
    em(archive / "_posts", 0, "旧题")
    other = em(archive / "_posts", 1, "别的")
    run(index, archive)
    with opened(index) as library:
        before = library.headline(code(0))
        em(archive / "_posts", 0, "新的标题")
        progress, summary = run(index, archive)
        after = library.headline(code(0))
    assert counts(summary) == (2, 0, 1, 0, 0)
    assert progress[0].total == 1, f"{other} is not read again"
    assert before and after
    assert (before.title, after.title) == ("旧题", "新的标题")
    assert before.id == after.id


def test_an_added_file_is_the_only_one_read(archive: Path, index: Path) -> None:
    em(archive / "_posts", 0)
    run(index, archive)
    em(archive / "_posts", 1, "后来的", time="17:00:00")
    progress, summary = run(index, archive)
    assert counts(summary) == (2, 1, 0, 0, 0)
    assert progress[0].total == 1
    with opened(index) as library:
        assert titles(library, library.search(Query())) == ["后来的", "京东发布财报"]


def test_a_deleted_file_takes_its_post_along(archive: Path, index: Path) -> None:
    path = em(archive / "_posts", 0)
    em(archive / "_posts", 1)
    run(index, archive)
    path.unlink()
    assert counts(run(index, archive)[1]) == (1, 0, 0, 1, 0)
    with opened(index) as library:
        assert library.headline(code(0)) is None
        assert library.total == 1


def test_a_moved_post_keeps_its_id_and_its_marks(archive: Path, index: Path) -> None:
    path = em(archive / "_posts", 0)
    run(index, archive)
    with opened(index) as library:
        before = library.find(code(0))
        library.mark([code(0)], read=True, starred=True)
        moved = path.rename(archive / "old_post" / path.name)
        assert counts(run(index, archive)[1]) == (1, 0, 1, 0, 0)
        after = library.find(code(0))
    assert after.id == before.id
    assert after.path == moved
    assert after.copies == (moved,)
    assert after.is_read and after.is_starred


def test_twins_are_one_post_and_part_again(archive: Path, index: Path) -> None:
    first = em(archive / "_posts", 0)
    run(index, archive)
    second = nw(archive / "old_post", 0, source="财联社")
    assert counts(run(index, archive)[1]) == (1, 0, 1, 0, 0)
    with opened(index) as library:
        both = library.find(code(0))
        assert set(both.copies) == {first, second}
        assert both.source == "财联社"
        assert both.path == first, "the body comes from the em copy"
        assert both.tags == ("财联社新闻",)
        assert library.find(str(second)) == library.find(str(first)) == both
        first.unlink()
        assert counts(run(index, archive)[1]) == (1, 0, 1, 0, 0)
        assert library.find(code(0)).copies == (second,)


def test_different_posts_of_one_name_are_two(archive: Path, index: Path) -> None:
    first = write(archive / "_posts" / "2022-01-01-note.md", "第一", date="2022-01-01 08:00:00")
    run(index, archive)
    second = write(archive / "old_post" / "2022-01-01-note.md", "第二", date="2022-01-01 09:00:00")
    assert counts(run(index, archive)[1]) == (2, 1, 1, 0, 0)
    with opened(index) as library:
        assert library.find("2022-01-01-note").title == "第一"
        assert library.find("old_post/2022-01-01-note").title == "第二"
        library.mark(["old_post/2022-01-01-note"], starred=True)
        # The holder goes; the other keeps the key that its star hangs on.
        first.unlink()
        run(index, archive)
        left = library.find(str(second))
        assert left.key == "old_post/2022-01-01-note"
        assert left.is_starred
        # A rebuild and a lost index do not change that either.
        run(index, archive, rebuild=True)
        assert library.find(str(second)).key == left.key


def test_the_same_note_in_two_folders_is_one_post(archive: Path, index: Path) -> None:
    for folder in ("_posts", "old_post"):
        write(archive / folder / "2022-01-01-note.md", "同一", date="2022-01-01 08:00:00")
    assert counts(run(index, archive)[1]) == (1, 1, 0, 0, 0)
    with opened(index) as library:
        assert len(library.find("2022-01-01-note").copies) == 2


def test_a_name_that_is_taken_by_a_newcomer_of_the_same_run(archive: Path, index: Path) -> None:
    for place in ("a", "b", "c/d"):
        write(archive / place / "note.md", f"题{place}", date="2022-01-01")
    write(archive / "note.md", "题根", date="2022-01-01")
    write(archive / "note.markdown", "题根二", date="2022-01-01")
    assert counts(run(index, archive)[1]) == (5, 5, 0, 0, 0)
    with opened(index) as library:
        keys = {headline.key for headline in library.headlines(library.search(Query()))}
        assert len(keys) == 5
        assert "note" in keys
        before = {headline.key: headline.title for headline in _all(library)}
        run(index, archive, rebuild=True)
        assert {headline.key: headline.title for headline in _all(library)} == before


def _all(library: Library) -> list[Headline]:
    return library.headlines(library.search(Query()))


def test_two_archives_with_one_name_each(tmp_path: Path, index: Path) -> None:
    roots = [tmp_path / "one", tmp_path / "two"]
    for root in roots:
        write(root / "_posts" / "note.md", f"题{root.name}", date="2022-01-01")
        em(root / "_posts", 0)
    assert counts(run(index, *roots)[1]) == (3, 3, 0, 0, 0)
    with opened(index) as library:
        assert len(library.find(code(0)).copies) == 2
        for root in roots:
            path = root / "_posts" / "note.md"
            assert library.post(library.find(str(path))).title == f"题{root.name}"


def test_a_key_can_always_be_found(tmp_path: Path, index: Path) -> None:
    roots = [tmp_path / "one", tmp_path / "two"]
    for root in roots:
        for suffix in ("md", "markdown"):
            write(root / "a" / f"note.{suffix}", f"题{root.name}{suffix}", date="2022-01-01")
    assert counts(run(index, *roots)[1]) == (4, 4, 0, 0, 0)
    with opened(index) as library:
        keys = [headline.key for headline in _all(library)]
        assert len(set(keys)) == 4
        assert "note" in keys
        assert "a/note" in keys


def test_overlapping_archives_count_once(archive: Path, index: Path) -> None:
    em(archive / "_posts", 0)
    assert counts(run(index, archive, archive / "_posts")[1]) == (1, 1, 0, 0, 0)


def test_an_archive_may_be_one_post(archive: Path, index: Path) -> None:
    path = em(archive / "_posts", 0)
    em(archive / "_posts", 1)
    assert counts(run(index, path)[1]) == (1, 1, 0, 0, 0)


def test_what_failed_is_counted_listed_and_forgotten(archive: Path, index: Path) -> None:
    path = em(archive / "_posts", 0)
    run(index, archive)
    path.write_bytes(b"---\n\x00\x00")
    progress, summary = run(index, archive)
    assert counts(summary) == (0, 0, 0, 1, 1)
    assert progress[-1].failed == 1
    with opened(index) as library:
        assert [failure.path for failure in library.failures()] == [path]
        assert library.headline(code(0)) is None
        assert counts(run(index, archive)[1]) == (0, 0, 0, 0, 1), "it is not read again"
        em(archive / "_posts", 0)
        assert counts(run(index, archive)[1]) == (1, 1, 0, 0, 0)
        assert library.failures() == []


def test_a_failed_twin_leaves_the_other(archive: Path, index: Path) -> None:
    em(archive / "_posts", 0).write_bytes(b"---\n\x00\x00")
    path = nw(archive / "_posts", 0)
    assert counts(run(index, archive)[1]) == (1, 1, 0, 0, 1)
    with opened(index) as library:
        assert library.find(code(0)).copies == (path,)


def test_what_is_no_post_by_rule_is_read_once(archive: Path, index: Path) -> None:
    (archive / "README.md").write_text("# no front matter\n")
    progress, summary = run(index, archive)
    assert counts(summary) == (0, 0, 0, 0, 0)
    assert progress[0].total == 1
    assert run(index, archive)[0][0].total == 0


def test_rebuild_reads_everything_again(archive: Path, index: Path) -> None:
    em(archive / "_posts", 0)
    em(archive / "_posts", 1)
    run(index, archive)
    progress, summary = run(index, archive, rebuild=True)
    assert progress[0].total == 2
    assert counts(summary) == (2, 0, 2, 0, 0)


def test_a_rebuild_that_is_stopped_is_completed_by_the_next_run(archive: Path, index: Path) -> None:
    for number in range(4):
        em(archive / "_posts", number)
    run(index, archive)
    steps = update(index, [archive], rebuild=True, jobs=1)
    next(steps)
    steps.close()  # type: ignore[attr-defined]  # a generator, which the signature does not promise
    with opened(index) as library:
        assert library.total == 4
    assert run(index, archive)[0][0].total == 4


def test_the_newest_are_written_first_and_can_be_read_at_once(archive: Path, index: Path) -> None:
    for number in range(260):
        em(archive / "_posts", number, f"题{number}", day=f"2022-{1 + number // 28:02}-01")
    newest = em(archive / "_posts", 999, "最新", day="2023-01-01")
    undated = write(archive / f"-{code(500)}.md", "", "<p>没有日期。</p>")
    steps = update(index, [archive], jobs=1)
    first = next(step for step in steps if isinstance(step, Progress) and step.changed)
    assert first.changed == 200
    with opened(index) as library:
        listing = library.search(Query())
        assert len(listing) == 200
        assert library.headlines(listing[:1])[0].path == newest
        assert len(list(steps)) >= 1
        assert library.total == 262
        assert library.find(str(undated)).key == code(500)


def test_worker_processes_come_to_the_same(archive: Path, index: Path, tmp_path: Path) -> None:
    for number in range(420):
        em(archive / "_posts", number, f"题{number}", time=f"{number // 60:02}:{number % 60:02}:00")
        if number % 7 == 0:
            nw(archive / "old_post", number, f"题{number}")
    (archive / "_posts" / "broken.md").write_bytes(b"\x00\x00")
    alone = tmp_path / "alone" / "index.db"
    _, in_one = run(alone, archive, jobs=1)
    progress, shared = run(index, archive, jobs=2)
    assert counts(in_one) == counts(shared) == (420, 420, 0, 0, 1)
    # Of the newest 200, those whose twin lies in the other folder are read again with it.
    assert progress[-1].done == progress[-1].total == 481 + len(range(224, 420, 7))
    assert [step.done for step in progress] == sorted(step.done for step in progress)
    with opened(index) as one, opened(alone) as other:
        assert [(headline.key, headline.title, headline.copies) for headline in _all(one)] == [
            (headline.key, headline.title, headline.copies) for headline in _all(other)
        ]


def test_names_that_no_shell_likes(archive: Path, index: Path) -> None:
    write(archive / "-rf.md", "横", date="2022-01-01")
    write(archive / "a b\n'.md", "空", date="2022-01-02")
    raw = Path(os.fsdecode(os.fsencode(archive) + b"/\xff\xfe.md"))
    write(raw, "非", date="2022-01-03")
    assert counts(run(index, archive)[1]) == (3, 3, 0, 0, 0)
    with opened(index) as library:
        found = _all(library)
        assert [headline.title for headline in found] == ["非", "空", "横"]
        assert found[0].path == raw
        for headline in found:
            assert library.post(headline).title == headline.title
            assert library.find(headline.key) == library.find(str(headline.path)) == headline
    assert run(index, archive)[0][0].total == 0


def test_the_zone_comes_from_the_nearest_config(archive: Path, index: Path) -> None:
    path = write(archive / "_posts" / "note.md", "题", date="2022-01-01 23:30:00")
    run(index, archive)
    with opened(index) as library:
        assert library.find("note").published.isoformat() == "2022-01-01T23:30:00+08:00"  # type: ignore[union-attr]  # dated
        assert str(library.zone) == "Asia/Shanghai"
    (archive / "_config.yml").write_text("timezone: America/New_York\n")
    assert run(index, archive)[0][0].total == 1, f"{path} is read again in the new zone"
    with opened(index) as library:
        assert library.find("note").published.isoformat() == "2022-01-01T23:30:00-05:00"  # type: ignore[union-attr]  # dated
        assert str(library.zone) == "America/New_York"
        assert [facet.label for facet in library.facets("days")] == ["2022-01-01"]


def test_days_go_by_the_archives_zone(archive: Path, index: Path) -> None:
    write(archive / "_posts" / "note.md", "题", date="2022-01-01 23:30:00 +0000")
    run(index, archive)
    with opened(index) as library:
        assert [facet.label for facet in library.facets("days")] == ["2022-01-02"]
        (archive / "_config.yml").write_text("timezone: UTC\n")
        run(index, archive)
        assert [facet.label for facet in library.facets("days")] == ["2022-01-01"]
