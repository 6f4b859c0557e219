"""``show`` and ``mark``: one post in three forms, and what a person does with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from finews_tui.cli.output import TextStyle
from finews_tui.page import width_of
from finews_tui.page.line import Line
from finews_tui.settings import MarketColours
from tests.cli.conftest import KEY, OLD_KEY, PLAIN_KEY, Program


def test_json_has_what_the_contract_says(shared: Program) -> None:
    post = shared.on_archive("show", KEY, "--format", "json").json
    assert post["title"] == "远山能源：12.4%的增长从哪里来"
    assert post["digest"] == "摘要另有说法。（财联社）"
    assert post["source"] == "财联社"
    assert post["tickers"] == [
        {
            "symbol": "600991.SH",
            "market": "1",
            "code": "600991",
            "name": "远山能源",
            "kind": "stock",
            "trust": "mark",
            "mentions": 1,
        }
    ]
    assert [sector["symbol"] for sector in post["sectors"]] == ["BK0493"]
    assert post["links"] == [
        {"text": "此处", "url": f"https://finance.eastmoney.com/a/{OLD_KEY}.html"}
    ]
    (image,) = post["images"]
    assert image["caption"] == "图片来源：公司官网"
    assert image["url"].endswith("D1_w800h555.jpg")
    assert post["tables"] == 0
    assert "订单饱满。" in post["markdown"]
    assert "返回首页" not in post["markdown"]
    assert len(post["copies"]) == 2
    assert isinstance(post["problems"], list)


def test_a_row_and_its_post_agree(shared: Program) -> None:
    for row in shared.on_archive("search", "--format", "json").json:
        post = shared.on_archive("show", row["key"], "--no-update", "--format", "json").json
        same = set(row) - {"tickers"}
        assert {name: post[name] for name in same} == {name: row[name] for name in same}


def test_a_path_is_read_as_it_is(shared: Program) -> None:
    path = shared.archive / "_posts" / f"2022-03-11-NW{KEY}.md"
    post = shared.run("show", str(path), "--format", "json").json
    assert post["key"] == KEY
    assert post["copies"] == [post["path"]] == [str(path)]
    assert post["digest"] is None
    assert post["categories"] == ["cailianshe"]


def test_a_relative_path_that_begins_with_a_hyphen(program: Program) -> None:
    folder = program.archive / "_posts"
    (folder / f"2022-03-11-{KEY}.md").rename(folder / f"-{KEY}.md")
    post = program.run("show", f"-{KEY}.md", "--format", "json", cwd=folder).json
    assert post["path"] == str(folder / f"-{KEY}.md")


def test_text_is_the_article_as_the_pane_lays_it_out(shared: Program) -> None:
    from finews_tui.page import width_of

    result = shared.on_archive("show", KEY, "--width", "50")
    assert result.lines[0].strip().startswith("远山能源")
    assert "2022-03-11 16:47" in result.out
    assert "净收入<增长>" in result.out
    assert max(map(width_of, result.lines)) <= 50
    assert "\x1b" not in result.out
    assert "\x1b[1m" in shared.on_archive("show", KEY, "--color", "always").out


def test_markdown_begins_with_the_title(shared: Program) -> None:
    result = shared.on_archive("show", PLAIN_KEY, "--format", "markdown")
    assert result.lines[:2] == ["# 站内笔记", ""]
    assert "一段**文字**。" in result.out


@pytest.mark.parametrize("post", ["202299999999999999", "no/such/file.md", ""])
def test_an_unknown_post_is_exit_code_1(shared: Program, post: str) -> None:
    result = shared.on_archive("show", post)
    assert (result.code, result.out) == (1, "")
    assert "no post" in result.err


def test_a_file_that_is_no_post_is_exit_code_1(program: Program) -> None:
    path = program.archive / "page.md"
    path.write_text("no front matter")
    result = program.run("show", str(path))
    assert (result.code, result.out) == (1, "")
    assert str(path) in result.err


def test_a_file_outside_any_archive_can_be_shown(program: Program) -> None:
    path = program.home / "alone.md"
    path.write_text("---\ntitle: 独立\n---\n\n正文。\n", encoding="utf-8")
    post = program.run("show", "alone.md", "--format", "json").json
    assert (post["title"], post["key"]) == ("独立", "alone")


def test_marks_are_kept_and_taken_back(program: Program) -> None:
    def state(key: str = KEY) -> tuple[bool, bool]:
        post = program.on_archive("show", key, "--format", "json").json
        return post["is_read"], post["is_starred"]

    assert state() == (False, False)
    result = program.on_archive("mark", "read", KEY)
    assert (result.code, result.out, result.err) == (0, "", "")
    assert state() == (True, False)
    assert program.on_archive("mark", "star", KEY, OLD_KEY).code == 0
    assert state() == (True, True)
    assert state(OLD_KEY) == (False, True)
    assert program.on_archive("mark", "unread", KEY).code == 0
    assert program.on_archive("mark", "unstar", OLD_KEY).code == 0
    assert state() == (False, True)
    assert state(OLD_KEY) == (False, False)


def test_a_mark_follows_a_post_that_moves(program: Program) -> None:
    path = program.archive / "_posts" / f"2022-03-11-{KEY}.md"
    assert program.on_archive("mark", "star", str(path)).code == 0
    path.rename(program.archive / "old_post" / path.name)
    (row,) = program.on_archive("search", "is:starred", "--format", "json").json
    assert row["key"] == KEY
    assert str(program.archive / "old_post" / path.name) in row["copies"]


def test_an_unknown_post_does_not_keep_the_others_from_being_marked(program: Program) -> None:
    result = program.on_archive("mark", "star", "nonsense", KEY)
    assert result.code == 1
    assert "nonsense" in result.err
    assert len(program.on_archive("search", "is:starred").lines) == 1


def test_a_path_shows_the_marks_too(program: Program) -> None:
    program.on_archive("mark", "star", KEY)
    path = str(program.archive / "_posts" / f"2022-03-11-{KEY}.md")
    assert program.on_archive("show", path, "--format", "json").json["is_starred"]


@pytest.mark.parametrize(
    ("market_colours", "up", "down"),
    [("red-up", "31", "32"), ("green-up", "32", "31"), ("colour-blind", "33", "36")],
)
def test_rises_and_falls_are_painted_as_one_likes(
    market_colours: MarketColours, up: str, down: str
) -> None:
    line: Line = (("涨", "text"), ("▲3.2%", "up"), ("-1.5%", "down"))
    style = TextStyle.choose(40, "always", market_colours)
    assert style.render(line) == f"涨\x1b[{up}m▲3.2%\x1b[0m\x1b[{down}m-1.5%\x1b[0m"
    assert TextStyle.choose(40, "never", market_colours).render(line) == "涨▲3.2%-1.5%"


def test_the_settings_of_articles_hold_here_too(program: Program) -> None:
    config = Path(program.environ["XDG_CONFIG_HOME"]) / "finews-tui" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("[article]\nmeasure = 30\nindent = 4\n", encoding="utf-8")
    lines = program.on_archive("show", KEY, "--width", "90").out.splitlines()
    first = next(line for line in lines[lines.index("") + 3 :] if line)  # below the digest
    margin = len(lines[0]) - len(lines[0].lstrip())
    assert margin == 30 and first.startswith(" " * 34) and first[34] != " "
    assert max(map(width_of, lines)) <= 30 + 30 + 2, "marks hang"
