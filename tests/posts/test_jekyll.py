"""Posts that a person wrote: Markdown, Liquid, link posts, pages of HTML."""

from __future__ import annotations

import pytest

from finews_tui.posts import to_markdown
from tests.posts.upstream import post


def markdown(text: str, head: str = "title: a", name: str = "2021-05-08-a.md") -> str:
    return to_markdown(post(f"---\n{head}\n---\n{text}", name).html)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("一段**粗**文", "一段**粗**文"),
        ("## 标题\n\n文", "## 标题\n\n文"),
        ("- 甲\n  - 乙\n- 丙", "* 甲\n  * 乙\n* 丙"),
        ("1. 甲\n2. 乙", "1. 甲\n2. 乙"),
        ("> 引文", "> 引文"),
        ("```python\na  = 1\n```", "```\na  = 1\n```"),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |"),
        ("[链接](https://a.example/)", "[链接](https://a.example/)"),
        ("一\n\n<!--more-->\n\n二", "一\n\n二"),
        ("<!-- 编者按 -->\n\n## 标题\n\n文", "## 标题\n\n文"),
        ("<div>块</div>\n\n## 标题\n\n**文**", "块\n\n## 标题\n\n**文**"),
        ("<p>页</p>\n\n<p>二</p>", "页\n\n二"),
        ("<https://a.example/x>", "[https://a.example/x](https://a.example/x)"),
        ("{% if site.comments %}\n留言\n{% endif %}\n", "留言"),
        ("文{{ site.title }}字", "文字"),
        ('一\n\n{% include figure.html src="/a.png" %}\n\n二', "一\n\n二"),
        ("一{% comment %}不见{% endcomment %}二", "一二"),
        ("{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}", "```\nputs 1\n```"),
        ("一段\n{: .lead}\n\n二", "一段\n\n二"),
        ("[链接](https://a.example/){: target=_blank}文", "[链接](https://a.example/)文"),
        ("{% 没有结束", "{% 没有结束"),
        ("<script>alert(1)</script>\n\n文", "文"),
    ],
)
def test_a_markdown_body(written: str, shown: str) -> None:
    assert markdown(written).strip() == shown


def test_a_markdown_post_has_links_images_and_tables() -> None:
    found = post(
        "---\ntitle: a\n---\n[一](https://a.example/1) ![图](https://a.example/b.png)\n\n"
        "|甲|乙|\n|--|--|\n|1|2|\n",
        "2021-05-08-a.md",
    )
    assert [(link.text, link.url) for link in found.links] == [("一", "https://a.example/1")]
    assert [(image.alt, image.url) for image in found.images] == [("图", "https://a.example/b.png")]
    assert found.tables == 1


@pytest.mark.parametrize("field", ["link", "original_url", "source_url"])
def test_the_link_of_a_link_post(field: str) -> None:
    found = post(f"---\ntitle: a\n{field}: https://a.example/x\n---\ntext\n", "x.md")
    assert found.url == "https://a.example/x"
    unsafe = post(f"---\ntitle: a\n{field}: javascript:alert(1)\n---\ntext\n", "x.md")
    assert unsafe.url is None


def test_a_backslash_in_a_persons_title_is_yaml() -> None:
    assert post('---\ntitle: "他说\\"好\\""\n---\ntext\n', "2021-05-08-a.md").title == '他说"好"'


def test_a_page_of_html_is_a_post() -> None:
    found = post(
        "---\ntitle: 页\ndate: 2022-05-31\n---\n<h2>题</h2>\n\n    <p>文</p>\n", "page.html"
    )
    assert to_markdown(found.html) == "## 题\n\n文\n"


def test_markdown_beyond_the_limit_is_plain_text() -> None:
    found = post("---\ntitle: a\n---\n" + "**文** 字\n\n" * 10_000, "x.md")
    assert any("plain text" in problem for problem in found.problems)
    assert "**文** 字" in found.html
