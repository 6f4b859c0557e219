"""What a file becomes: its title, date, categories, tags, source, and what is no post at all."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from finews_tui.posts import TIME_UNKNOWN, Failure, Post, Skipped, key_of, parse, to_markdown
from tests.posts.upstream import EM, FOOTER, HEAD, LINK, NW, SOURCE, document, post, symbols

CODE = "202205312398034850"


def with_head(**fields: str) -> str:
    """The head with some fields changed."""
    lines = []
    for line in HEAD.splitlines():
        name = line.partition(":")[0]
        lines.append(f"{name}: {fields[name]}" if name in fields else line)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (EM, CODE),
        (NW, CODE),
        (f"-{CODE}.md", CODE),
        (f"{CODE}.md", CODE),
        (f"2022-05-31-{CODE}.markdown", CODE),
        ("2021-12-01-init.md", "2021-12-01-init"),
        (f"2022-05-31-{CODE}1.md", f"2022-05-31-{CODE}1"),
        (f"2022-05-31-XX{CODE}.md", f"2022-05-31-XX{CODE}"),
        ("收\x1b盘 \u202e.md", "收盘"),
        ("\u200b.md", "post"),
    ],
)
def test_the_key_of_a_file(name: str, key: str) -> None:
    assert key_of(Path("/a/_posts") / name) == key


# Titles


@pytest.mark.parametrize(
    ("digest", "content", "title"),
    [
        ("【茅台涨停】今日开盘", "<p>正文。</p>", "茅台涨停"),
        ("今日，茅台涨停。成交放量。（财联社）", "<p>正文。</p>", "今日，茅台涨停。"),
        (None, f"<p>第一句？第二句。</p>{SOURCE}", "第一句？"),
        (None, f"<p>{'很长' * 40}。</p>", f"{('很长' * 30)[:59]}…"),
        (None, "", CODE),
        (None, SOURCE, CODE),
    ],
)
@pytest.mark.parametrize("line", ['""', "", "''", '"  "', '"\\u200b"'])
def test_a_missing_title_gets_a_stand_in(
    line: str, digest: str | None, content: str, title: str
) -> None:
    if line == '"\\u200b"':
        line = '"\u200b"'
    found = post(document(content, digest=digest, head=with_head(title=line)))
    assert found.title == title
    assert any(problem.startswith("The title is missing") for problem in found.problems)


def test_a_head_without_title_at_all() -> None:
    head = "\n".join(line for line in HEAD.split("\n") if not line.startswith("title"))
    assert post(document("<p>一句话。</p>", head=head)).title == "一句话。"


def test_a_title_of_a_megabyte_is_cut() -> None:
    assert len(post(document("<p>x</p>", head=with_head(title="长" * 1_000_000))).title) == 1_000


# Dates


@pytest.mark.parametrize(
    ("date", "name", "iso", "is_day"),
    [
        ("2022-05-31 18:03:41 +0800", EM, "2022-05-31T18:03:41+08:00", False),
        ("2022-05-31 18:03:41", EM, "2022-05-31T18:03:41+08:00", False),
        ("2022-05-30", EM, "2022-05-30T00:00:00+08:00", True),
        (" +0800", f"-{CODE}.md", "2022-05-31T00:00:00+08:00", True),
        (" +0800", f"2022-05-29-{CODE}.md", "2022-05-29T00:00:00+08:00", True),
        ("2022-02-30 10:00:00 +0800", EM, "2022-05-31T00:00:00+08:00", True),
        ("gestern", "2022-5-31-x.md", "2022-05-31T00:00:00+08:00", True),
        ("", "init.md", None, False),
        ("", "-209912312398034850.md", "2099-12-31T00:00:00+08:00", True),
        ("", "-209913312398034850.md", None, False),
    ],
)
def test_the_date(date: str, name: str, iso: str | None, is_day: bool) -> None:
    found = post(document("<p>正文。</p>", head=with_head(date=date)), name)
    assert (found.published.isoformat() if found.published else None) == iso
    assert (TIME_UNKNOWN in found.problems) == is_day
    if not iso:
        assert "The date is missing or broken." in found.problems


def test_a_repaired_date_says_where_it_comes_from() -> None:
    by_name = post(document("", head=with_head(date="")), EM)
    by_code = post(document("", head=with_head(date="")), f"-{CODE}.md")
    assert "file name" in by_name.problems[0]
    assert "article code" in by_code.problems[0]


# Categories, tags, sources


@pytest.mark.parametrize(
    ("path", "folders"),
    [
        ("_posts/2022-05-31-x.md", ()),
        ("notes/_posts/2022-05-31-x.md", ("notes",)),
        ("a/b/_posts/c/2022-05-31-x.md", ("a", "b")),
        ("old_post/2022-05-31-x.md", ()),
        ("a\x1bb/_posts/2022-05-31-x.md", ("ab",)),
    ],
)
def test_folders_above_posts_are_categories(path: str, folders: tuple[str, ...]) -> None:
    data = b"---\ntitle: a\ncategories: [x, y, x]\n---\ntext\n"
    root = Path("/archive")
    found = parse(root / path, data, root=root)
    assert isinstance(found, Post)
    assert found.categories == (*folders, "x", "y")


def test_without_an_archive_no_folder_is_a_category() -> None:
    data = b"---\ntitle: a\n---\ntext\n"
    for root in (None, Path("/elsewhere"), Path("/home/_posts")):
        found = parse(Path("/home/_posts/a.md"), data, root=root)
        assert isinstance(found, Post) and found.categories == ()


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("21shijijingjibaodao  nancailicaitong", ("21shijijingjibaodao  nancailicaitong",)),
        ("Career In touxingPEVC", ("Career In touxingPEVC",)),
        ("anxinguojizhengquan(xianggang)", ("anxinguojizhengquan(xianggang)",)),
        ("36ke", ("36ke",)),
        ("000001", ("000001",)),
        ("on", ("on",)),
        ("", ()),
        ("[]", ()),
    ],
)
def test_a_bare_category_is_one_string(field: str, values: tuple[str, ...]) -> None:
    assert post(document("", head=with_head(categories=field))).categories == values


def test_the_singular_names_are_read_too() -> None:
    found = post("---\ntitle: a\ncategory: 笔记\ntag: [甲, 乙]\n---\ntext\n", "x.md")
    assert (found.categories, found.tags) == (("笔记",), ("甲", "乙"))


@pytest.mark.parametrize(
    ("tag", "line", "source"),
    [
        ("财联社新闻", "", "财联社"),
        ("每日经济新闻新闻", "", "每日经济新闻"),
        ("21世纪经济报道 21财经APP新闻", "", "21世纪经济报道 21财经APP"),
        ("安信国际证券(香港)新闻", "", "安信国际证券(香港)"),
        ("东财滚动新闻", "", None),
        ("站长消息", "", None),
        ("新闻", "", None),
        ("", "", None),
        ("东财滚动新闻", SOURCE, "财联社"),
        ("证券时报网新闻", SOURCE, "财联社"),
    ],
)
def test_the_source(tag: str, line: str, source: str | None) -> None:
    found = post(document(f"<p>甲。</p>{line}", head=with_head(tags=tag)), NW)
    assert found.source == source
    assert found.tags == ((tag,) if tag else ())


def test_tags_of_a_person_are_no_source() -> None:
    assert post("---\ntitle: a\ntags: [书单, 周末]\n---\ntext\n", "x.md").source is None


# The body of upstream's posts


def test_a_post_of_the_first_eras_has_its_paragraph_as_body() -> None:
    text = f"\n{HEAD}\n云栖银行(06471.HK)开业。（研究部）\n\n{LINK}"
    found = post(text)
    assert found.digest is None
    assert to_markdown(found.html) == "云栖银行(06471.HK)开业。（研究部）\n"
    assert symbols(found.tickers) == ["06471.HK"]


def test_a_digest_is_text_even_where_it_looks_like_markup() -> None:
    found = post(document("<p>正文。</p>", digest="《&lt;基加利&gt;》\x1b[2J *ST甲(600519)"))
    assert found.digest == "《<基加利>》[2J *ST甲(600519)"
    assert symbols(found.tickers) == ["600519.SH"]


def test_nothing_of_the_footer_is_in_the_body() -> None:
    found = post(document(f"<p>正文。</p>{SOURCE}"))
    assert to_markdown(found.html) == "正文。\n\n（文章来源：财联社）\n"
    assert found.links == ()
    assert found.source_line == "（文章来源：财联社）"


def test_a_missing_link_leaves_no_trace() -> None:
    found = post(document("<p>正文。</p>", link="<>"))
    assert (found.url, found.html) == (None, "<p>正文。</p>")


def test_a_body_beyond_the_limit_keeps_its_link() -> None:
    found = post(document("<p>正文。</p>" * 40_000))
    assert found.url == "http://finance.eastmoney.com/news/1353,202205312398034850.html"
    assert any("longer than" in problem for problem in found.problems)
    assert "返回首页" not in found.html


def test_gb18030_is_read_with_a_note() -> None:
    found = post(document("<p>市场回暖。</p>").encode("gb18030"))
    assert (found.title, found.html) == ("收盘综述", "<p>市场回暖。</p>")
    assert "GB18030" in found.problems[0]


def test_a_broken_byte_costs_one_character() -> None:
    data = document("<p>市场回暖。</p>").encode()
    place = data.index("场".encode())
    found = post(data[:place] + b"\xff" + data[place:])
    assert found.html == "<p>市\ufffd场回暖。</p>"
    assert "not UTF-8" in found.problems[0]


# What is no post


@pytest.mark.parametrize("value", ["false", "False", "no", '"false"', "off"])
def test_what_is_not_published_is_skipped(value: str) -> None:
    found = parse(Path("/a/x.md"), f"---\ntitle: a\npublished: {value}\n---\ntext\n".encode())
    assert found == Skipped(Path("/a/x.md"), "Not published.")


def test_what_is_published_is_not() -> None:
    assert post("---\ntitle: a\npublished: true\n---\ntext\n", "x.md").title == "a"


@pytest.mark.parametrize("body", ["", "{% for post in site.posts %}{{ post.title }}{% endfor %}"])
def test_a_category_page_is_skipped(body: str) -> None:
    data = f"---\nlayout: category\ntitle: 湖南日报\n---\n{body}\n".encode()
    found = parse(Path("/a/category/21caijing.html"), data)
    assert found == Skipped(Path("/a/category/21caijing.html"), "A page without text.")


@pytest.mark.parametrize("data", [b"\x00", b"\x89PNG\r\n\x1a\n\x00", b"---\ntitle: a\x00\n---\n"])
def test_a_binary_file_is_a_failure(data: bytes) -> None:
    found = parse(Path("/a/x.md"), data)
    assert found == Failure(Path("/a/x.md"), "This is a binary file.")


@pytest.mark.parametrize("data", [b"", b"\n", b"# README\n"])
def test_a_file_without_front_matter_is_skipped(data: bytes) -> None:
    assert isinstance(parse(Path("/a/x.md"), data), Skipped)


def test_a_named_zone_is_kept() -> None:
    found = post(document("", head=with_head(date="2022-05-31 18:03:41 -0500")))
    assert found.published is not None
    assert found.published.utcoffset() == -timedelta(hours=5)
    assert FOOTER not in found.html
