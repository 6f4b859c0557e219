"""One post for each shape that upstream's generator writes, as FORMAT.md describes them."""

from __future__ import annotations

from tests.posts.upstream import (
    EM,
    HEAD,
    HIDDEN,
    IMAGE,
    NW,
    SOURCE,
    chart,
    document,
    keytip,
    weak,
)

LINE_FOOTER = "[返回东财滚动新闻](../emnews/)\n[返回首页](../)"
NW_HEAD = HEAD.replace("emnews", "zhengquanshibao").replace("东财滚动新闻", "证券时报新闻")
INDEX = (
    '<span id="Info.3259"><a href="http://quote.eastmoney.com/unify/r/0.399006" class="infokey">'
    "创业板指</a></span>"
)
WORD = (
    '<span id="Info.3321"><a href="http://data.eastmoney.com/bbsj/" class="infokey">业绩</a></span>'
)
HK_TIP = (
    '<span id="Info.116.00700"><a href="http://quote.eastmoney.com/unify/r/116.00700" '
    'class="keytip" data-code="116,00700">腾讯控股</a></span>'
)
ADVERT = (
    f'{HIDDEN}<!-- EM_Adv_Module_Start --><center style="text-align:left;">'
    '<div class="em_adv_mods" type="1" tag="29" name="%u54C8%u5BCC" style="display:none;"> </div> '
    "</center><!-- EM_Adv_Module_End -->"
)
OLD_CHART = (
    '<!-- EM_StockImg_Start --><p style="text-align:center;">'
    '<a href="http://quote.eastmoney.com/sh600233.html" data-code="600233|1|1" '
    'data-code2="600233|1|2|" class="EmImageRemark" target="_blank">'
    '<img src="https://webquotepic.eastmoney.com/GetPic.aspx?nid=1.600233&imageType=r&token=1" '
    'alt="R图 600233_0" data-code="R 600233|1|1" data-code2="R 600233|1|2|" /></a></p>'
    "<!-- EM_StockImg_End -->"
)
TABLE = (
    '<table border="0" cellspacing="1" cellpadding="5" align="center" class="cms_autoformat_table">'
    "<tbody><tr><td>公司</td><td>代码</td></tr><tr><td>甲</td><td>乙(600519)</td></tr>"
    f"<tr><td>{keytip('0.300750', '宁德时代')}</td><td>乙</td></tr></tbody></table>"
)
LINK = '<a href="http://finance.eastmoney.com/a/202205302396671291.html" target="_blank">另一篇</a>'

SHAPES = {
    "digest": document(f"<p>巨化股份涨。</p>{SOURCE}", digest="巨化股份(600160)涨。（财联社）"),
    "keytips": document(
        f"<p>{keytip('1.600160', '巨化股份')}、{keytip('90.BK0493', '新能源')}与"
        f"{weak('1.600160', '巨化股份')}，{HK_TIP}{WORD}大涨，{INDEX}跌。<br /></p>{SOURCE}"
    ),
    "keytips and codes": document(
        f"<p>昨日，{keytip('1.600160', '巨化股份')}(600160.SH)与甲公司（000957）、"
        f"{keytip('0.300750', '宁德时代')}，(01548.HK)签约。</p>"
        f"<p>　　首行缩进{keytip('1.600519', '茅台')}(000155)、600519.SH<br />K：{INDEX}</p>"
        f"{SOURCE}"
    ),
    "weak marks alone": document(f"<p>{weak('116.01315', '绿色经济')}的发展</p>{SOURCE}"),
    "bold marks": document(
        f"<p><strong>{keytip('0.300750', '宁德时代')}领涨</strong>，<strong>甲</strong>"
        f"<strong>乙</strong><span><strong>{HK_TIP}</strong></span></p>{SOURCE}"
    ),
    "charts": document(
        f"{chart('116.09618')}{chart('105.JD', anchor=False)}{chart('90.BK1037', kind='R')}"
        f"{OLD_CHART}<p>京东(09618.HK)。</p>{SOURCE}"
    ),
    "a lost comment": document(f"<p>甲。</p><!-- EM_StockImg_End --><p>乙。</p>{SOURCE}"),
    "blocks on lines": document(
        f"{HIDDEN}{chart('1.600519')}<p>甲。<br /></p>\r\n <p><strong>乙</strong></p>\r\n "
        f"<p>丙。 </p>{SOURCE}",
        head=NW_HEAD,
    ),
    "images": document(
        f'<p>甲</p>{IMAGE}<p style="text-align:center;">图片来源：甲（600519）</p>'
        '<p style="text-align: center;"><img src="https://np-newspic.dfcfw.com/download/D2_w8h5.jpg"'
        ' orginial_src="https://x.example/o.jpg" emheight="9" style="border:#d1d1d1 1px solid;" />'
        f"</p>{SOURCE}"
    ),
    "images alone": document(IMAGE * 3, head=NW_HEAD),
    "adverts": document(f"<p>甲</p>{ADVERT}<p>乙<br /></p>{ADVERT}{SOURCE}"),
    "headings": document(
        '<h3 class="emh3">一、展望</h3><p><strong>1. 甲</strong></p>'
        '<h3 class="emh3"><strong>二</strong></h3>'
        f"<p>(1)乙</p>{SOURCE}"
    ),
    "related links": document(
        f'<p>甲(600519)</p><h3 class="emh3">相关报道</h3><p>{LINK}</p><p>{LINK}</p>{SOURCE}'
    ),
    "related articles": document(
        f"<p>{keytip('1.600160', '巨化股份')}</p><p><strong>【相关报道】</strong></p><p>{LINK}</p>"
        f"<p>{keytip('1.600160', '巨化股份')}{keytip('0.000001', '平安银行')}(000155)</p>"
        f"{IMAGE}{SOURCE}"
    ),
    "links": document(f"<p>见{LINK}，<a href=\"http://x.example/?a=1&b=2\">乙</a>。</p>{SOURCE}"),
    "marks in the source line": document(
        "<p>甲</p>"
        f'<p class="em_media">（文章来源：中国{keytip("90.BK0473", "证券")}报）</p>'
    ),
    "a source line without class": document(
        f"<p>甲</p><p>（文章来源：{keytip('1.600519', '茅台')}时报）</p>"
    ),
    "tables": document(f"<p>甲</p>{TABLE}<p>{keytip('1.600160', '巨化股份')}</p>{IMAGE}{SOURCE}"),
    "lists": document(
        f"<ul><li>甲(600519)</li><li>乙</li></ul><blockquote><p>丙</p></blockquote>{SOURCE}"
    ),
    "references": document(
        "<p>《&lt;甲&gt;修正案》&amp;&quot;S&P500&quot;</p><p>(&#54;00519)&nbsp;甲&mdash;乙</p>"
        f"{SOURCE}"
    ),
    "empty paragraphs": document(f"<p> </p><p></p><p><br /></p><p>　</p>{SOURCE}"),
    "nothing visible": document(f"{HIDDEN}<p> </p><p>\u200b</p>"),
    "no body": document("", digest="摘要。"),
    "no title": document(f"<p>甲。</p>{SOURCE}", digest="【标题在此】摘要。",
                         head=HEAD.replace("收盘综述", "").replace("2022-05-31 18:03:41", "")),
    "no title nor digest": document(f"<p>甲。</p>{SOURCE}", head=HEAD.replace("收盘综述", "")),
    "a title with quotes": document(SOURCE, head=HEAD.replace("收盘", '交易"鬼才"')),
    "a title with a backslash": document(SOURCE, head=HEAD.replace("综述", "综述\\")),
    "a title with entities": document(SOURCE, head=HEAD.replace("收盘", "&lt;收&gt; 盘")),
    "era 0": "\n" + document("茅台(600519)涨。", footer="", head=HEAD.replace(" +0800", "")),
    "era 1": document("\n茅台重回2000元。（财联社）", footer=LINE_FOOTER),
    "era 2": document("\n茅台(600519)重回2000元。"),
    "no link": document(f"<p>甲。</p>{SOURCE}", link="<>"),
    "a code of the proxy": document(
        f"<p>纳斯达克股票代码：JD，港交所股票代号：9618（纽交所：BABA），(002572.SZ，最新价：23.21元)</p>{SOURCE}",
        head=NW_HEAD, link="<http://n.example/html_News/NewsShare.html?infoCode=NW202205312398034850>",
    ),
}  # fmt: skip
"""Name of a shape → the text of a file."""


def file_of(text: str) -> tuple[str, bytes]:
    """The name and the bytes of the file that holds a shape."""
    return (NW if "证券时报新闻" in text else EM), text.encode()
