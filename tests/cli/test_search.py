"""``search``, ``tickers``, ``categories``: what is listed, in which form, with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from finews_tui.page import width_of
from tests.cli.conftest import KEY, OLD_KEY, PLAIN_KEY, Program

ROW = {
    "key",
    "path",
    "copies",
    "title",
    "published",
    "source",
    "categories",
    "tags",
    "tickers",
    "url",
    "is_read",
    "is_starred",
}


def test_everything_is_listed_newest_first(shared: Program) -> None:
    result = shared.on_archive("search", "--format", "jsonl")
    assert [json.loads(line)["key"] for line in result.lines] == [KEY, PLAIN_KEY, OLD_KEY]
    assert (result.code, result.err) == (0, "")


def test_a_row_has_what_the_contract_says(shared: Program) -> None:
    row = shared.on_archive("search", "ticker:600991", "--format", "json").json[0]
    assert set(row) == ROW
    assert row["key"] == KEY
    assert row["path"] == str(shared.archive / "_posts" / f"2022-03-11-{KEY}.md")
    assert sorted(row["copies"]) == sorted(map(str, shared.archive.glob(f"_posts/*{KEY}.md")))
    assert row["published"] == "2022-03-11T16:47:23+08:00"
    assert row["source"] == "财联社"
    assert row["categories"] == ["cailianshe"]
    assert row["tags"] == ["财联社新闻"]
    assert row["tickers"] == ["600991.SH"]
    assert row["url"] == f"http://finance.eastmoney.com/news/1344,{KEY}.html"
    assert (row["is_read"], row["is_starred"]) == (False, False)


def test_a_text_query_tells_where_it_matched(shared: Program) -> None:
    (row,) = shared.on_archive("search", "远山能源", "--format", "json").json
    assert "远山能源" in row["snippet"]


@pytest.mark.parametrize("limit", [(), ("--limit", "1")])
def test_words_of_the_body_are_found_with_what_stands_around_them(
    shared: Program, limit: tuple[str, ...]
) -> None:
    samples = str(Path(__file__).parents[2] / "sample_posts")
    rows = shared.run("search", "锁量不锁价", "-a", samples, "--format", "json", *limit).json
    assert [row["key"] for row in rows] == ["202206142410937716"]
    assert "公司就与上游签下了锁量不锁价" in rows[0]["snippet"]


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "tsv"])
def test_nothing_found_is_exit_code_1(shared: Program, format: str) -> None:
    result = shared.on_archive("search", "没有这样的标题", "--format", format)
    assert result.code == 1
    if format == "json":
        assert result.json == []
    else:
        assert len(result.lines) == (1 if format == "tsv" else 0)


def test_several_words_and_a_limit_in_any_place(shared: Program) -> None:
    assert len(shared.on_archive("search", "since:2022", "--limit", "1", "-is:read").lines) == 1
    assert len(shared.on_archive("search", "-cat:cailianshe").lines) == 2
    assert len(shared.on_archive("search", '-"笔记"').lines) == 2
    assert len(shared.on_archive("search", "--", "-笔记").lines) == 2


def test_tsv_has_a_header_and_one_line_a_row(shared: Program) -> None:
    header, *rows = shared.on_archive("search", "--format", "tsv").lines
    names = header.split("\t")
    assert names[:3] == ["key", "published", "title"]
    assert [len(row.split("\t")) for row in rows] == [len(names)] * 3
    first = dict(zip(names, rows[0].split("\t"), strict=True))
    assert first["tickers"] == "600991.SH"
    assert first["is_read"] == "0"


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_text_is_one_line_a_row_within_the_width(shared: Program, width: int) -> None:
    from finews_tui.page import width_of

    lines = shared.on_archive("search", "--width", str(width)).lines
    assert len(lines) == 3
    assert max(map(width_of, lines)) <= width
    if width >= 40:
        assert lines[0].startswith(KEY[:13])


def test_colour_only_when_asked(shared: Program) -> None:
    assert "\x1b" not in shared.on_archive("search").out
    coloured = shared.on_archive("search", "--color", "always").out
    assert "\x1b[" in coloured
    assert "\x1b" not in shared.on_archive("search", "--color", "never").out


def test_a_wrong_query_points_at_the_word(shared: Program) -> None:
    result = shared.on_archive("search", "收入 since:2022-13")
    assert (result.code, result.out) == (2, "")
    message, query, marks = result.err.splitlines()
    assert message.startswith("finews-tui: ")
    assert query == "  收入 since:2022-13"
    assert marks == " " * (2 + 5 + 6) + "^" * 7


def test_tickers_are_counted(shared: Program) -> None:
    rows = shared.on_archive("tickers", "--format", "json").json
    assert {(row["symbol"], row["name"], row["kind"], row["posts"]) for row in rows} == {
        ("600991.SH", "远山能源", "stock", 1),
        ("BK0493", "新能源", "sector", 1),
    }
    assert rows[0]["last"] == "2022-03-11T16:47:23+08:00"
    assert shared.on_archive("tickers", "until:2021").code == 1
    assert len(shared.on_archive("tickers", "--limit", "1").lines) == 1
    assert "远山能源" in shared.on_archive("tickers", "--width", "60").lines[0]


def test_categories_are_the_tree(shared: Program) -> None:
    rows = shared.on_archive("categories", "--format", "jsonl").lines
    nodes = {(row["branch"], row["label"]): row for row in map(json.loads, rows)}
    assert nodes["views", "All"]["total"] == 3
    assert nodes["sources", "财联社"]["total"] == 1
    assert nodes["dates", "2022"]["total"] == 2
    assert nodes["dates", "2022-03-11"]["query"] == "since:2022-03-11 until:2022-03-11"
    assert nodes["tickers", "远山能源 600991.SH"]["group"] == "Shanghai"
    assert nodes["categories", "notes"]["unread"] == 1
    text = shared.on_archive("categories").lines
    assert len(text) == len(rows)
    assert shared.on_archive("categories", "--format", "tsv").lines[0].startswith("branch\t")


def test_every_query_of_the_tree_lists_what_the_tree_counts(shared: Program) -> None:
    for row in shared.on_archive("categories", "--format", "json").json:
        if row["branch"] in ("sources", "categories"):
            found = shared.on_archive("search", "--no-update", row["query"], "--format", "jsonl")
            assert len(found.lines) == row["total"], row


@pytest.mark.parametrize("width", [40, 60, 80, 110, 160])
def test_a_row_of_text_shows_why_the_post_was_found(shared: Program, width: int) -> None:
    samples = str(Path(__file__).parents[2] / "sample_posts")
    ask = ("search", "上游", "-a", samples, "--width", str(width), "--color")
    plain, coloured = shared.run(*ask, "never"), shared.run(*ask, "always")
    assert len(plain.lines) == len(coloured.lines) == 4
    for line in plain.lines:
        assert "上游" in line
        assert width_of(line) <= width
    assert all("\x1b[7m上游\x1b[0m" in line for line in coloured.lines)


def test_a_title_that_says_it_keeps_its_place_in_a_narrow_row(shared: Program) -> None:
    samples = str(Path(__file__).parents[2] / "sample_posts")
    (row,) = shared.run("search", "锁量不锁价 拿下", "-a", samples, "--width", "80").lines
    (alone,) = shared.run("search", "title:星湃储能拿下青海", "-a", samples, "--width", "80").lines
    assert row == alone
