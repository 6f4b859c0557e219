"""What stands in some sample files, written down from the files themselves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Golden:
    """What is known of one sample file; ``marks`` is ``SYMBOL`` or ``SYMBOL/trust``."""

    title: str
    published: str | None
    source: str | None
    url: str | None
    marks: str = ""
    sectors: str = ""
    images: int = 0
    links: int = 0
    tables: int = 0
    digest: str | None = None
    """How the digest begins; None where there is none."""
    contains: tuple[str, ...] = ()
    """Pieces of Markdown that must stand in the body."""
    problem: str = ""


EM_URL = "http://finance.eastmoney.com/news/"
NW_URL = "http://news.example.net/html_News/NewsShare.html?infoCode="

GOLDEN = {
    # era 0: a blank line before the head, no zone, no footer
    "_posts/2021-12-08-202112082206412907.md": Golden(
        title="“果王”归来？海南妃子笑提前上市 产地批发价一周涨三成",
        published="2021-12-08T12:44:10+08:00",
        source=None,
        url=f"{EM_URL}1344,202112082206412907.html",
        contains=("“果王”归来？海南反季妃子笑提前上市，产地批发价一周上涨三成，冷链车辆一车难求，"
                  "这个冬天的荔枝会更贵吗？\n",),
    ),
    # era 1: a relative footer on two lines
    "old_post/2021-12-08-202112082206398815.md": Golden(
        title="桐溪证券：预计明年储能新增装机翻番 看好电网侧龙头",
        published="2021-12-08T12:31:57+08:00",
        source=None,
        url=f"{EM_URL}1353,202112082206398815.html",
        contains=("具备交付能力的龙头企业有望率先受益。（晨汐财讯）\n",),
    ),
    # era 2: a written code
    "old_post/2021-12-08-202112082206371264.md": Golden(
        title="雁归航空(601449)：11月旅客周转量环比增长8.4%",
        published="2021-12-08T11:52:30+08:00",
        source=None,
        url=f"{EM_URL}1353,202112082206371264.html",
        marks="601449.SH/text",
    ),
    "old_post/2021-12-01-init.md": Golden(
        title="示例存档开张",
        published="2021-12-01T13:33:50+08:00",
        source=None,
        url=None,
        contains=("这里的公司、人物和新闻都是虚构的，欢迎随意翻看。\n",),
    ),
    # neither title nor date nor link
    "_posts/-202206122408303347.md": Golden(
        title="6月12日，微澜环保宣布，其与南方四座城市签署的河道生态修复合同全部进入施工阶段，合同总额6.4亿元。",
        published="2022-06-12T00:00:00+08:00",
        source="沧海商报",
        url=None,
        marks="839997.BJ",
        digest="6月12日，微澜环保宣布",
        contains=("净利润为4120万元，研发投入占比9.3%。\n\n（文章来源：沧海商报）\n",),
        problem="article code",
    ),
    # charts with and without anchor and of the old form; a listed company in two places
    "_posts/2022-06-14-202206142410396618.md": Golden(
        title="指数调仓最后三分钟：五只新晋成分股集体翘尾",
        published="2022-06-14T15:08:20+08:00",
        source="27度商业",
        url=f"{EM_URL}1345,202206142410396618.html",
        marks="600945.SH/chart 605427.SH/chart 688967.SH/chart 600947.SH/chart 605431.SH/chart "
              "03471.HK 06839.HK",
        sectors="BK0821",
        digest="收盘前三分钟，被动资金准时到场。首次入选",
    ),
    # a board's chart, indices in info form, bold marks
    "_posts/2022-06-14-202206142410655302.md": Golden(
        title="储能概念掀涨停潮！沪指重返3300点 机构：三季度关注两条主线",
        published="2022-06-14T17:32:48+08:00",
        source="晨汐财讯",
        url=f"{EM_URL}1353,202206142410655302.html",
        marks="000001.SH 399001.SZ 399006.SZ 301826.SZ 605427.SH 430871.BJ 003061.SZ 001485.SZ "
              "301905.SZ 688943.SH 688931.SH 688952.SH 839997.BJ 601437.SH 600943.SH 601459.SH "
              "001461.SZ 003084.SZ 601449.SH 301873.SZ 301857.SZ 003077.SZ 600945.SH 600947.SH "
              "605431.SH 301891.SZ 09741.HK BLQX.US",
        sectors="BK0989/chart",
        images=1,
        digest="今日(6月14日)，两市低开高走",
        contains=("**订单与政策共振，资金重新回到成长股**\n",
                  "相关标的：**星湃储能、衡微科技、芯陌微电、飞梭软件、慕岚医疗、禾木家居**等。"),
    ),
    # only false marks
    "_posts/2022-06-13-202206132409655190.md": Golden(
        title="专家热议夏粮丰收：绿色田野如何变成农民的钱袋子",
        published="2022-06-13T19:20:33+08:00",
        source="沧海商报",
        url=f"{EM_URL}1350,202206132409655190.html",
        marks="05921.HK/weak",
        sectors="BK0474/weak",
        digest="黄淮海平原的麦收接近尾声。",
        contains=("**保险和期货走进田间**\n",),
    ),
    # advertisements, numbered lines
    "_posts/2022-06-13-NW202206132409120766.md": Golden(
        title="养老目标基金怎么选？什么时候买？一次讲清楚的七问七答",
        published="2022-06-13T06:05:12+08:00",
        source="灯塔基金周刊",
        url=f"{NW_URL}NW202206132409120766",
        images=2,
        contains=("**答：**普通基金追求", "1\\. 一年持有期", "3.五年持有期", "(b) 定投的每一期",
                  "1)申购费打几折"),
    ),
    # two charts, two stock codes in words, CR LF between the paragraphs
    "_posts/2022-06-14-202206142410488871.md": Golden(
        title="岚舟科技一季度付费企业客户突破90万家 “小店管家”走进三线城市",
        published="2022-06-14T16:05:37+08:00",
        source="云篆财经 APP",
        url="http://hk.eastmoney.com/news/11362,202206142410488871.html",
        marks="09741.HK/chart LNZU.US/text",
        digest="6月14日，岚舟科技发布2022年第一季度业绩。",
        contains=("**把复杂留给后台，把简单交给店主**\n",),
    ),
    # a currency pair
    "_posts/2022-06-14-202206142410512240.md": Golden(
        title="人民币对美元即期汇率收于6.7388 单日升值142个基点",
        published="2022-06-14T16:31:02+08:00",
        source="晨汐财讯",
        url="http://forex.eastmoney.com/news/11142,202206142410512240.html",
        marks="USDCNYC.120/chart",
        digest="6月14日16时30分，境内人民币对美元即期汇率收于6.7388，单日升值142个基点。（晨汐财讯）",
    ),
    # related reports, a link in the body
    "_posts/2022-06-14-202206142410188829.md": Golden(
        title="半岛茶饮第800家门店开进敦煌 “一杯一产地”能撑起毛利吗",
        published="2022-06-14T08:40:19+08:00",
        source="鹿鸣国际证券(香港)",
        url="http://hk.eastmoney.com/news/11223,202206142410188829.html",
        marks="05618.HK",
        links=3,
        digest="半岛茶饮今日宣布",
        contains=("### 相关报道\n", "（文章来源：鹿鸣国际证券(香港)）"),
    ),
    # a table
    "_posts/2022-06-14-NW202206142410277405.md": Golden(
        title="大宗商品日报：螺纹钢小幅回升 生猪期现价差收窄",
        published="2022-06-14T09:12:00+08:00",
        source="蓝桥数据",
        url=f"{NW_URL}NW202206142410277405",
        tables=1,
        contains=("| 品种 | 单位 | 6月10日 | 6月13日 | 涨跌幅 |\n| --- | --- | --- | --- | --- |\n",
                  "| 水泥(P.O 42.5散装) | 元/吨 | 438 | 435 | -0.68% |"),
    ),
    # a table with spans and a bar in a cell
    "old_post/2022-04-26-NW202204262357730284.md": Golden(
        title="硅料又涨了 一张表看懂光伏产业链一季度谁赚走了钱",
        published="2022-04-26T12:10:09+08:00",
        source="沧海商报 潮声客户端",
        url=f"{NW_URL}NW202204262357730284",
        tables=1,
        contains=("| 环节 | 毛利率 |  | 代表公司 |\n", "|  | 2021年一季度 | 2022年一季度 |  |\n",
                  "衡微科技 \\| 极北软件(设备控制)"),
    ),
    # lists inside lists
    "old_post/2022-04-15-202204152345590077.md": Golden(
        title="飞梭软件：信创订单排到年底 三步走实现国产替代",
        published="2022-04-15T10:33:20+08:00",
        source="TechHarbor",
        url=f"{EM_URL}1351,202204152345590077.html",
        marks="301873.SZ/chart 688931.SH 688952.SH ARKN.US",
        digest="飞梭软件昨日接待了53家机构调研。",
        contains=("1. 2022年：完成办公套件在二十个省份的适配；\n   * 文字、表格、演示三件套\n"
                  "   * 版式文件与电子签章\n"
                  "2. 2023年", "* 驻场服务团队超过**1400人**。\n"),
    ),
    # a quotation mark in the title
    "old_post/2022-01-26-202201262260418835.md": Golden(
        title='海岬能源称"便宜的油"时代已经结束 国内炼厂如何应对',
        published="2022-01-26T10:05:31+08:00",
        source="晨汐财讯",
        url=f"{EM_URL}1353,202201262260418835.html",
        marks="HLSN.US/chart 601449.SH",
        digest='当地时间1月25日，海岬能源在投资者日上表示，"便宜的油"时代',
        problem="not valid YAML",
    ),
    # backslashes in the title
    "old_post/2022-04-07-NW202204072337620418.md": Golden(
        title=r"晓光量子推出极简编程环境：三行代码、两个\n、一台量子机",
        published="2022-04-07T14:44:09+08:00",
        source="TechHarbor",
        url=f"{NW_URL}NW202204072337620418",
        marks="688952.SH/text 688967.SH/text",
        problem="backslash",
    ),
    "old_post/2022-04-28-202204282359904471.md": Golden(
        title="墨鲤传媒：一季度短剧收入翻倍 用户日均观看92分钟\\",
        published="2022-04-28T19:20:15+08:00",
        source="27度商业",
        url=f"{EM_URL}1353,202204282359904471.html",
        marks="301891.SZ",
        digest="墨鲤传媒4月28日披露一季报",
        problem="not valid YAML",
    ),
    # GB18030
    "old_post/2022-01-07-202201072248816350.md": Golden(
        title="金穗农垦：黑土地上的“会计师” 一垧地如何多赚三百元",
        published="2022-01-07T16:40:55+08:00",
        source="沧海商报",
        url=f"{EM_URL}1353,202201072248816350.html",
        marks="600947.SH/chart",
        digest="金穗农垦1月7日在互动平台表示",
        problem="GB18030",
    ),
    # a byte order mark
    "old_post/2022-03-04-NW202203042300517746.md": Golden(
        title="赤道电商美股盘前涨逾6% 东南亚业务首次实现单季盈利",
        published="2022-03-04T20:48:36+08:00",
        source="晨汐财讯",
        url=f"{NW_URL}NW202203042300517746",
        marks="EQTR.US/chart BLQX.US/chart",
    ),
    # no date in the head
    "old_post/2022-01-14-NW202201142253307719.md": Golden(
        title="雁归航空：春运加密西部航线 为返乡旅客保留百元票",
        published="2022-01-14T00:00:00+08:00",
        source="南汀经济评论",
        url=f"{NW_URL}NW202201142253307719",
        marks="601449.SH/text",
        problem="file name",
    ),
    # marks inside the source line; a market far away; a split word
    "old_post/2022-05-30-202205302396688120.md": Golden(
        title="北欧雾松养老金持有163只中国股票 岚舟科技为第一大重仓",
        published="2022-05-30T22:04:29+08:00",
        source="银杉证券报",
        url=f"{EM_URL}1353,202205302396688120.html",
        marks="09741.HK 003061.SZ EQTR.US 301826.SZ 001461.SZ 06471.HK BLQX.US 605431.SH 430871.BJ "
              "ARKN.US HLSN.US GHM.155",
        digest="北欧雾松养老金计划(NPPIF)公开了",
        contains=("北欧雾松养老金计划(NPPIF)公开了截至3月末的股票清单",),
    ),
    # *ST, brackets, underscores and codes without marks
    "old_post/2022-05-11-202205112373906418.md": Golden(
        title="年报问询函密集落地 *ST沙鸥等22家公司被要求说明持续经营能力",
        published="2022-05-11T20:58:13+08:00",
        source="南汀经济评论",
        url=f"{EM_URL}1345,202205112373906418.html",
        marks="001437.SZ 001485.SZ/text 301891.SZ/text 839997.BJ/text 430871.BJ/text "
              "601449.SH/text 600945.SH/text 06752.HK/text",
        digest="据本报统计，4月以来沪深两市已有22家公司",
        contains=("### **\\*ST沙鸥：三封问询函背后的“消失的渔船”**\n", "[5G智慧园区]",
                  "vessel_list_2021_final.xlsx",
                  "\\*关联交易\\*", "连续两年 < 0.5 的", "\\`附注\\`里的小字"),
    ),
    # spellings of other years
    "old_post/2022-03-16-202203162312480559.md": Golden(
        title="松鹤药业中药配方颗粒进入二十省医保 智能药房七分钟调配一张处方",
        published="2022-03-16T13:02:07+08:00",
        source="沧海商报",
        url=f"{EM_URL}1353,202203162312480559.html",
        marks="605431.SH/chart 301857.SZ",
        digest="松鹤药业今日公告",
    ),
    # captions, a share of two exchanges
    "old_post/2022-02-17-NW202202172280611935.md": Golden(
        title="专访序元生物首席科学家：把抗体药做成“喷一喷”",
        published="2022-02-17T10:18:50+08:00",
        source="27度商业",
        url=f"{NW_URL}NW202202172280611935",
        marks="688967.SH/chart 06839.HK/text",
        images=1,
        contains=("图片来源：受访者供图\n", "**记者：**为什么选择鼻喷？\n"),
    ),
    # little more than images
    "_posts/2022-02-21-NW202202212285540961.md": Golden(
        title="一图读懂：泊川新材2021年年报",
        published="2022-02-21T08:00:00+08:00",
        source="蓝桥数据",
        url=f"{NW_URL}NW202202212285540961",
        images=2,
    ),
    # posts that a person wrote
    "notes/_posts/2021-05-08-how-to-read-a-cash-flow-statement.md": Golden(
        title="读懂现金流量表的三个问题",
        published="2021-05-08T21:00:00+08:00",
        source=None,
        url=None,
        links=1,
        contains=("## 一、钱从哪里来\n", "  * 借款看期限\n", "> 卖不完的酒，都是欠的债。\n",
                  "    # 连续两年小于 0.5，就要多看一眼附注\n", "更多内容见 的[归档页]"),
    ),
    "notes/_posts/2021-10-16-weekend-reading.md": Golden(
        title="周末书单：慢公司、老手艺与新能源",
        published="2021-10-16T00:00:00+08:00",
        source=None,
        url=None,
        tables=1,
        contains=("* 《慢公司》：写一家七十年不上市的酱油厂；\n", "| 书名 | 页数 | 适合 |\n",
                  "欢迎在评论区留下你的书单。\n"),
        problem="time of day",
    ),
}  # fmt: skip
