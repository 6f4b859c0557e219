"""The source line, images with their captions, links and tables of a body."""

from __future__ import annotations

import pytest

from tests.posts.upstream import HIDDEN, IMAGE, SOURCE, body, chart, keytip, symbols, weak

# The source line


@pytest.mark.parametrize(
    ("line", "source", "shown"),
    [
        (SOURCE, "财联社", "（文章来源：财联社）"),
        ('<p class="em_media">(文章来源:21财经  APP)</p>', "21财经 APP", "(文章来源:21财经 APP)"),
        (
            '<p class="em_media">（文章来源：安信国际证券(香港)）</p>',
            "安信国际证券(香港)",
            "（文章来源：安信国际证券(香港)）",
        ),
        (
            '<p class="em_media">文章来源：安信国际证券(香港)</p>',
            "安信国际证券(香港)",
            "文章来源：安信国际证券(香港)",
        ),
        (
            f'<p class="em_media">（文章来源：中国{keytip("90.BK0473", "证券")}报）</p>',
            "中国证券报",
            "（文章来源：中国证券报）",
        ),
        (
            f'<p class="x em_media">（文章来源：<u>中国{weak("1.600519", "证券")}</u>报）</p>',
            "中国证券报",
            "（文章来源：中国证券报）",
        ),
        (
            '<p class="em_media">（文章来源：<a href="http://a.example/">财联社</a>）</p>',
            "财联社",
            "（文章来源：财联社）",
        ),
        ('<p class="em_media">财联社</p>', "财联社", "财联社"),
        ("<p>（文章来源：财联社）</p>", "财联社", "（文章来源：财联社）"),
        ('<p class="em_media">（文章来源：）</p>', None, "（文章来源：）"),
        ('<p class="em_media"></p>', None, None),
        ("<p>据（文章来源：财联社）报道</p>", None, None),
    ],
)
def test_the_source_line(line: str, source: str | None, shown: str | None) -> None:
    found = body(f"<p>甲。</p>{line}")
    assert (found.source, found.source_line) == (source, shown)
    assert found.mentions.tickers() == found.mentions.sectors() == ()
    assert found.links == []
    if shown:
        assert found.html.endswith(f"<p>{shown}</p>")
        assert found.text == "甲。"


# Images and captions


@pytest.mark.parametrize(
    ("after", "caption"),
    [
        ('<p style="text-align:center;">图片来源：受访者供图</p>', "图片来源：受访者供图"),
        ('<p style="text-align: center">某地街景</p>', "某地街景"),
        ("<p>数据来源：国家统计局</p>", "数据来源：国家统计局"),
        ("<p>图1：某地街景</p>", "图1：某地街景"),
        ("<p>（图片来源：网络）</p>", "（图片来源：网络）"),
        (f'{HIDDEN}<p style="text-align:center;">图片来源：网络</p>', "图片来源：网络"),
        ("<p>公司表示，二季度回暖。</p>", ""),
        ("<p>公司表示。</p><p>图片来源：网络</p>", ""),
        (f'<p style="text-align:center;">{"长" * 81}</p>', ""),
        ("", ""),
    ],
)
def test_the_caption_of_an_image(after: str, caption: str) -> None:
    (image,) = body(f"<p>甲。</p>{IMAGE}{after}<p>乙。</p>").images
    assert (image.url, image.alt, image.caption) == (
        "https://dfscdn.dfcfw.com/download/D1.jpg",
        "Image",
        caption,
    )


def test_a_caption_belongs_to_the_last_of_several_images() -> None:
    found = body(f'{IMAGE}{IMAGE}<p style="text-align:center;">图片来源：网络</p>')
    assert [image.caption for image in found.images] == ["", "图片来源：网络"]


def test_a_figure_has_its_caption_inside() -> None:
    (image,) = body(
        '<figure><img src="//a.example/b.png" alt="街景"><figcaption>夜色</figcaption></figure>'
    ).images
    assert (image.url, image.alt, image.caption) == ("https://a.example/b.png", "街景", "夜色")


def test_a_chart_has_no_caption() -> None:
    found = body(f'{chart("1.600519")}<p style="text-align:center;">图片来源：网络</p>')
    assert found.images == []
    assert found.html == "<p>图片来源：网络</p>"


@pytest.mark.parametrize("alt", ["Image", "image", "图片", "", "图片1", "pic"])
def test_a_worthless_alt_is_not_shown(alt: str) -> None:
    assert 'alt=""' in body(f'<img src="https://a.example/b.png" alt="{alt}">').html


@pytest.mark.parametrize(
    "tag",
    ['<img src="data:image/png;base64,aGk=">', "<img>", '<img src=" ">', '<img alt="x">'],
)
def test_an_image_without_address_is_none(tag: str) -> None:
    assert body(f"<p>甲</p>{tag}").images == []


def test_an_image_loaded_late_is_found() -> None:
    (image,) = body('<img data-src="https://a.example/b.png" alt="街景">').images
    assert image.url == "https://a.example/b.png"


# Links


def test_links_are_numbered_with_their_text() -> None:
    found = body(
        '<p>见<a href="https://finance.eastmoney.com/a/202205202383015527.html">《<strong>甲</strong>》</a>'
        '和<a href="/a/1.html">站内</a>、<a href="javascript:alert(1)">脚本</a>、'
        '<a href="//a.example/茅台"> 乙 </a>、<a href="https://b.example/"></a></p>'
    )
    assert [(link.text, link.url) for link in found.links] == [
        ("《甲》", "https://finance.eastmoney.com/a/202205202383015527.html"),
        ("乙", "https://a.example/%E8%8C%85%E5%8F%B0"),
    ]
    assert "站内、脚本" in found.html.replace("和", "")
    assert "javascript" not in found.html


# Tables


def table(content: str) -> str:
    return (
        '<table border="0" cellspacing="1" cellpadding="5" align="center" '
        f'class="cms_autoformat_table"><tbody>{content}</tbody></table>'
    )


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        (
            "<tr><th>甲</th><th>乙</th></tr><tr><td>1</td><td>2</td></tr>",
            "<tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr>",
        ),
        (
            "<tr><td colspan=2>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td><td>3</td></tr>",
            '<tr><td>甲</td><td class="left"></td><td>乙</td></tr>'
            "<tr><td>1</td><td>2</td><td>3</td></tr>",
        ),
        (
            "<tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr>",
            '<tr><td>甲</td><td>1</td></tr><tr><td class="above"></td><td>2</td></tr>',
        ),
        (
            "<tr><td rowspan=2 colspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr>",
            '<tr><td>甲</td><td class="left"></td><td>1</td></tr>'
            '<tr><td class="above"></td><td class="above"></td><td>2</td></tr>',
        ),
        (
            "<tr><td>1</td><td>2</td></tr><tr><td>3</td></tr>",
            "<tr><td>1</td><td>2</td></tr><tr><td>3</td><td></td></tr>",
        ),
        ("<tr><td></td><td>2</td></tr>", "<tr><td></td><td>2</td></tr>"),
        (
            "<tr><td><p>甲</p><p>乙</p></td><td>1<br>2</td></tr>",
            "<tr><td>甲 乙</td><td>1 2</td></tr>",
        ),
        (
            "<tr><td>a | b</td><td><strong>粗</strong></td></tr>",
            "<tr><td>a | b</td><td><strong>粗</strong></td></tr>",
        ),
        ("<tr><td><ul><li>甲</li></ul></td><td>2</td></tr>", "<tr><td>甲</td><td>2</td></tr>"),
        (
            "<tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td><td>2</td></tr>",
            "<tr><td>甲 乙</td><td>2</td></tr>",
        ),
    ],
)
def test_a_table_is_a_full_grid(written: str, cleaned: str) -> None:
    found = body(f"<p>前</p>{table(written)}<p>后</p>")
    assert found.html == f"<p>前</p><table>{cleaned}</table><p>后</p>"
    assert found.tables == 1


@pytest.mark.parametrize(
    "rows",
    ["<tr><td><p>甲</p><p>乙</p></td></tr>", "<tr><td><p>甲</p></td></tr><tr><td>乙</td></tr>"],
)
def test_a_table_of_one_column_is_a_frame(rows: str) -> None:
    found = body(table(rows))
    assert (found.html, found.tables) == ("<p>甲</p><p>乙</p>", 0)


def test_an_empty_table_is_nothing() -> None:
    found = body(f"{table('<tr><td></td><td> </td></tr>')}{table('')}<p>甲</p>")
    assert (found.html, found.tables) == ("<p>甲</p>", 0)


def test_images_and_marks_inside_a_table_are_kept() -> None:
    found = body(table(f"<tr><td>{IMAGE}图</td><td>{keytip('1.600519', '茅台')}</td></tr>"))
    assert symbols(found.mentions.tickers()) == ["600519.SH"]
    assert len(found.images) == 1
    assert found.html.startswith("<table><tr><td>图</td><td>茅台</td></tr></table><p><img")


def test_a_caption_row_of_a_table_is_kept() -> None:
    found = body("<table><caption>表一</caption><tr><td>1</td><td>2</td></tr></table>")
    assert "表一" in found.text


def test_a_table_that_would_explode_is_read_as_text() -> None:
    row = "<tr>" + '<td colspan="100" rowspan="100">甲</td>' * 30 + "</tr>"
    found = body(table(row * 50))
    assert "甲" in found.html
