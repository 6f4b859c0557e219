"""The synthetic archive: the same every time, in all shapes, and read without a loss."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from benchmarks.corpus import BLOCK, archive, write
from benchmarks.vocabulary import clauses, words
from finews_tui.posts import Post, merge, parse

COUNT = 400


def test_the_same_number_and_seed_give_the_same_bytes() -> None:
    assert list(archive(50)) == list(archive(50))
    assert list(archive(50)) != list(archive(50, seed=2))


def test_other_processes_write_the_same_bytes(tmp_path: Path) -> None:
    files = write(tmp_path, 4 * BLOCK)  # enough to be shared out
    names = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.md")]
    assert len(names) == files
    newest = {file.path: file.data for file in archive(BLOCK)}
    assert {path: (tmp_path / path).read_bytes() for path in newest} == newest
    last = f"{2_999_999_999 - (4 * BLOCK - 1)}"
    assert any(last in name for name in names)


def test_its_language_has_common_and_rare_words() -> None:
    text = "".join(clauses()[:20_000])
    common, rare = words()[:50], words()[-5_000:-4_950]
    assert min(map(text.count, common)) > 10 * max(1, max(map(text.count, rare)))
    assert len(set(text)) > 3_000
    assert len({text[place : place + 2] for place in range(len(text))}) > 50_000


def test_it_writes_what_it_says(tmp_path: Path) -> None:
    files = write(tmp_path, 30)
    assert files == len(list(tmp_path.rglob("*.md")))
    assert (tmp_path / "_config.yml").is_file()


def test_every_file_is_read_and_every_article_is_one() -> None:
    posts: dict[str, list[Post]] = {}
    for file in archive(COUNT):
        if file.path.endswith(".md"):
            post = parse(Path("/archive") / file.path, file.data, root=Path("/archive"))
            assert isinstance(post, Post), file.path
            posts.setdefault(post.key, []).append(post)
    assert len(posts) == COUNT
    copies = Counter(map(len, posts.values()))
    assert set(copies) == {1, 2}
    merged = [merge(group) for group in posts.values()]
    assert all(post.title and post.published for post in merged)
    assert len({post.source for post in merged}) > 5
    assert any(post.tickers for post in merged)
    assert any(post.sectors for post in merged)
    assert any(post.images for post in merged)
    assert any(post.problems for post in merged)
    assert any(post.digest for post in merged)
