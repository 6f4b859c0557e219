"""Every defect that front matter is known to have, and the fields that come out all the same."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from finews_tui.posts import Post, Skipped, parse, parse_zone
from finews_tui.posts.frontmatter import FrontMatter, read
from tests.posts.upstream import EM, document, post, titled

REST = """date: 2022-05-31 18:03:41 +0800
categories: emnews
tags: 东财滚动新闻
"""


def head(text: str) -> FrontMatter:
    found = read(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('title: "收盘"', "收盘"),
        ("title: 收盘", "收盘"),
        ("title: '收盘'", "收盘"),
        ('title: "海岬能源称"便宜的油"时代已经结束"', '海岬能源称"便宜的油"时代已经结束'),
        ('title: "交易"鬼才"频频亏损"', '交易"鬼才"频频亏损'),
        ('title: ""鬼才"亏损"', '"鬼才"亏损'),
        (r'title: "“C:\Users”里的老软件"', r"“C:\Users”里的老软件"),
        (r'title: "两个\n、一台"', r"两个\n、一台"),
        (r'title: "日均观看92分钟\"', "日均观看92分钟\\"),
        (r'title: "\"', "\\"),
        ('title:\t"制表符"', "制表符"),
        ('title: "中间\t有制表符"', "中间 有制表符"),
        ("title: *ST康美", "*ST康美"),
        ("title: 快讯: 央行降准", "快讯: 央行降准"),
        ("title: @所有人", "@所有人"),
        ("title: %涨幅", "%涨幅"),
        ("title: [图] 一图读懂", "[图] 一图读懂"),
        ("title: {公告} 复牌", "{公告} 复牌"),
        ("title: 12:30", "12:30"),
        ("title: 000001", "000001"),
        ("title: 2022-05-31", "2022-05-31"),
        ("title: on", "on"),
        ("title: ~", "~"),
        ("title: null", "null"),
        ("title: !!python/object/apply:os.system [id]", "id"),
        ('title: "&lt;基加利&gt; A&amp;B"', "<基加利> A&B"),
        ('title: "只有一个引号', "只有一个引号"),
        ('title: "   空白　"', "空白"),
    ],
)
def test_a_title_is_read_as_it_was_written(line: str, title: str) -> None:
    found = titled(line)
    if "python" in line:
        assert "os.system" not in found.html
    else:
        assert found.title == title
    assert found.published is not None and found.published.hour == 18
    assert found.categories == ("emnews",)
    assert found.tags == ("东财滚动新闻",)
    assert not [problem for problem in found.problems if "date" in problem]


def test_a_repair_is_noted_and_a_good_title_is_not() -> None:
    assert titled('title: "收盘"').problems == ()
    assert "not valid YAML" in titled('title: "京东"x"y"').problems[0]
    assert "backslash" in " ".join(titled(r'title: "C:\n"').problems)


def test_a_title_cannot_carry_control_characters() -> None:
    # A post that a person wrote: YAML's escapes are meant, and come out as characters.
    found = post('---\ntitle: "a\\e[2J\\u202eb\\nc\\x9b"\n---\ntext\n', "x.md")
    assert found.title == "a[2Jb c"


def test_a_duplicate_key_takes_the_last_value_that_says_something() -> None:
    found = titled('title: "旧"\ntitle: "新"\ntitle:')
    assert found.title == "新"
    assert "twice" in found.problems[0]


def test_lists_nested_and_flow_and_lines() -> None:
    text = """---
title: [收盘, 综述]
categories: [笔记, [财报, [年报]]]
tags:
  - 现金流
  - 入门
  - {key: 深}
date: [2022-05-31]
---
正文
"""
    found = post(text, "x.md")
    assert found.title == "收盘 综述"
    assert found.categories == ("笔记", "财报", "年报")
    assert found.tags == ("现金流", "入门", "深")
    assert found.published is not None and found.published.day == 31


def test_lists_are_read_without_yaml_too() -> None:
    text = """---
title: "a"b"
categories: [笔记, "财报"]
tags:
  - 现金流
  - "入门"
---
正文
"""
    found = post(text, "x.md")
    assert found.title == 'a"b'
    assert found.categories == ("笔记", "财报")
    assert found.tags == ("现金流", "入门")


@pytest.mark.parametrize(
    "value",
    ["{a: {b: c}}", "[[], {}]", "!!set {a}", "!!binary aGk=", "&x [*x]", "2022-02-30", "9" * 5_000],
)
@pytest.mark.parametrize("field", ["title", "date", "categories", "tags", "published"])
def test_a_value_of_the_wrong_type_is_a_repaired_field(field: str, value: str) -> None:
    lines = {
        "title": "收盘",
        "date": "2022-05-31 18:03:41",
        "categories": "emnews",
        "tags": "x新闻",
    }
    lines[field] = value
    block = "".join(f"{name}: {text}\n" for name, text in lines.items())
    found = post(f"---\n{block}---\n正文。\n", "2022-05-31-x.md")
    assert found.title
    assert len(found.title) <= 1_000
    assert found.published is not None and found.published.month == 5
    assert "正文。" in found.html


BOMB = "a: &a [茅, 茅, 茅, 茅, 茅, 茅, 茅, 茅, 茅]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "block",
    [
        BOMB + "title: *i\n",
        BOMB.replace(", *", ", <<: *") + "title: 收盘\n",
        f"title: 收盘\ncode: {'[' * 30_000}\n",
        f"title: 收盘\ncode: {'{a: ' * 30_000}\n",
        f"title: {'[' * 99}收盘\n",
        f"title: 收盘\nnote: {'长' * 2_000_000}\n",
        "title: 收盘\n" + "x: y\n" * 100_000,
        "title: 收盘\n" + "- y\n" * 100_000,
        "title: 收盘\n" + "\n" * 200_000,
        "title: 收盘\n" + " " * 500_000 + "\n",
        "title: 收盘\n? " * 2_000,
    ],
    ids="aliases merges brackets braces 99 long fields items blank spaces complex".split(),
)
def test_a_bomb_is_defused_in_time(block: str) -> None:
    started = time.process_time()
    found = post(f"---\n{block}{REST}---\n正文。\n", EM)
    assert time.process_time() - started < 1
    assert len(found.title) <= 1_000
    assert "正文。" in found.html


def test_the_fields_around_thirty_thousand_brackets_are_recovered() -> None:
    found = post(f"---\ntitle: 收盘\ncode: {'[' * 30_000}\n{REST}---\n正文。\n")
    assert (found.title, found.tags) == ("收盘", ("东财滚动新闻",))
    assert "line by line" in found.problems[0]


@pytest.mark.parametrize("before", ["", "\n", "\n\n  \n", "\ufeff", "\ufeff\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_blank_lines_before_the_head(before: str, end: str) -> None:
    text = before + document("<p>甲。</p>\n <p>乙。</p>", digest="摘要。")
    found = post(text.replace("\n", end))
    assert found.title == "收盘综述"
    assert found.digest == "摘要。"
    assert found.html == "<p>甲。</p><p>乙。</p>"
    assert found.url == "http://finance.eastmoney.com/news/1353,202205312398034850.html"


def test_mixed_line_ends_as_upstream_stores_them() -> None:
    found = post(document("<p>甲。</p>\r\n <p>乙。</p>"))
    assert found.html == "<p>甲。</p><p>乙。</p>"


def test_a_head_without_closing_line_is_read_as_far_as_it_looks_like_one() -> None:
    found = post("---\ntitle: 收盘\ntags: 财联社新闻\n\n<p>正文。</p>\n")
    assert (found.title, found.tags) == ("收盘", ("财联社新闻",))
    assert "正文。" in found.html
    assert "closing line" in found.problems[0]


@pytest.mark.parametrize("close", ["---", "---  ", "..."])
def test_the_head_ends_at_three_dashes_or_dots(close: str) -> None:
    assert head(f"---\ntitle: a\n{close}\nbody").body == "body"


def test_three_dashes_inside_a_value_end_nothing() -> None:
    assert head('---\ntitle: "a --- b"\nx: "---"\n---\nbody').scalar("title") == "a --- b"


def test_dashes_further_down_belong_to_the_body() -> None:
    assert head("---\ntitle: a\n---\nb\n\n---\n\nc\n").body == "b\n\n---\n\nc\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "正文",
        "# 标题\n\n---\ntitle: x\n---\n",
        "---",
        "---\n",
        "----\nNote: x\n",
        "--- a\n",
        "---\n\n正文\n",
        "- a\n- b\n",
    ],
)
def test_a_file_without_front_matter_is_skipped(text: str) -> None:
    found = parse(Path("/archive/README.md"), text.encode())
    assert isinstance(found, Skipped)
    assert found.reason == "No front matter."


def test_an_empty_head_is_a_head() -> None:
    found = parse(
        Path("/archive/_posts/2022-05-31-x.md"), "---\n---\n第一句话。第二句。\n".encode()
    )
    assert isinstance(found, Post)
    assert found.title == "第一句话。"


def test_a_missing_scalar_is_empty() -> None:
    assert head("---\ntitle:\n---\n").scalar("title") == ""
    assert head("---\ntitle: a\n---\n").scalar("date") == ""


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read(f"---\n{text}\n---\nbody")
    assert found is None or isinstance(found.body, str)


@given(st.text(alphabet="\"'\\:#[]{}&*!|>%@`,-?~ \t茅台x", max_size=30))
@example('"#')
@example('" #"')
def test_a_title_never_costs_the_other_fields(title: str) -> None:
    found = post(f'---\nlayout: post\ntitle: "{title}"\n{REST}---\n<p>正文。</p>\n')
    assert found.published is not None and found.published.hour == 18
    assert found.tags == ("东财滚动新闻",)
    if "\t" not in title and title.strip() and "&" not in title:
        assert found.title == " ".join(title.split())


@pytest.mark.parametrize(
    ("config", "name"),
    [
        (b"timezone: Asia/Shanghai", "Asia/Shanghai"),
        (b"title: x\ntimezone:   'Europe/Berlin'  # comment\n", "Europe/Berlin"),
        (b'timezone: "America/New_York"\r\n', "America/New_York"),
        (b"timezone: Etc/GMT+8", "Etc/GMT+8"),
    ],
)
def test_the_zone_of_a_config(config: bytes, name: str) -> None:
    assert str(parse_zone(config)) == name


@pytest.mark.parametrize(
    "config",
    [
        b"",
        b"title: x",
        b"# timezone: Asia/Shanghai",
        b"  timezone: Asia/Shanghai",
        b"timezone:",
        b"timezone: Mars/Phobos",
        b"timezone: ../../etc/passwd",
        b"timezone: /etc/passwd",
        b"timezone: Asia",
        b"\xff\xfe\x00",
    ],
)
def test_a_config_without_a_zone_that_is_known(config: bytes) -> None:
    assert parse_zone(config) is None


def test_the_zone_of_the_archive_is_that_of_dates_without_one() -> None:
    zone = parse_zone(b"timezone: Europe/Berlin")
    assert zone is not None
    data = b"---\ntitle: a\ndate: 2022-05-31 18:03:41\n---\nb\n"
    found = parse(Path("/archive/_posts/2022-05-31-x.md"), data, zone=zone)
    assert isinstance(found, Post)
    assert found.published is not None
    assert found.published.utcoffset() == timedelta(hours=2)


PLAIN_VALUES = st.text(
    alphabet=st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=12
) | st.sampled_from(["", "on", "12:30", "- a", "a: b", "[a, b]", "a #b", "'a'", "~", "a:"])


DATES = ["2022-05-31 18:03:41 +0800", "2022-05-31 18:03:41", " +0800", "2022-05-31", "12:30:", "x"]


@given(PLAIN_VALUES, PLAIN_VALUES, PLAIN_VALUES, st.sampled_from(DATES))
def test_a_head_of_upstreams_shape_says_what_yaml_says(
    title: str, category: str, tag: str, date: str
) -> None:
    head = f'---\nlayout: post\ntitle: "{title}"\ndate: {date}\n'
    head += f"categories: {category}\ntags: {tag}\n"
    plain, full = read(f"{head}---\nbody"), read(f"{head}other: x\n---\nbody")
    assert plain is not None and full is not None
    fields, raw = dict(full.fields), dict(full.raw)
    assert (fields.pop("other"), raw.pop("other")) == (("x",), "x")
    assert plain == full._replace(fields=fields, raw=raw)
