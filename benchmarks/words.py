"""The words that synthetic posts are made of: invented companies, real boards, plain sentences."""

from __future__ import annotations

from typing import NamedTuple


class Company(NamedTuple):
    """An invented company with the marks that upstream would give it."""

    market: str
    code: str
    name: str


COMPANIES: tuple[Company, ...] = (
    Company("1", "600991", "远山能源"),
    Company("1", "603992", "禾川电气"),
    Company("1", "688993", "星澜芯片"),
    Company("1", "601994", "安岭银行"),
    Company("0", "000995", "松江重工"),
    Company("0", "002996", "*ST澄光"),
    Company("0", "300997", "青禾生物"),
    Company("0", "430998", "北辰精工"),
    Company("0", "301993", "云帆软件"),
    Company("116", "09991", "海棠科技"),
    Company("116", "01992", "南屿地产"),
    Company("116", "06993", "明湖证券"),
    Company("105", "LYNQ", "凌清互动"),
    Company("106", "TUSH", "途舟汽车"),
    Company("0", "399006", "创业板指"),
)

CODES = ("600991.SH", "000995", "09991.HK", "股票代码：300997")
"""Codes as they are written out in a text."""

BOARDS: tuple[tuple[str, str], ...] = (
    ("BK0473", "证券"),
    ("BK0475", "银行"),
    ("BK0493", "新能源"),
    ("BK0922", "数据中心"),
    ("BK1036", "半导体"),
    ("BK1037", "消费电子"),
)

SOURCES: tuple[tuple[str, str, int], ...] = (
    ("财联社", "cailianshe", 30),
    ("证券时报", "zhengquanshibao", 24),
    ("东方财富研究中心", "dongfangcaifuyanjiuzhongxin", 16),
    ("上海证券报", "shanghaizhengquanbao", 12),
    ("每日经济新闻", "meirijingjixinwen", 8),
    ("21世纪经济报道", "21shijijingjibaodao", 6),
    ("中新经纬", "zhongxinjingwei", 4),
    ("青岛财经网", "qingdaocaijingwang", 2),
    ("央行网站", "yangxingwangzhan", 1),
)
"""Name, upstream's pinyin, and how many of a hundred posts it writes."""

SUBJECTS = (
    "公司管理层",
    "多家机构",
    "行业协会",
    "市场人士",
    "监管部门",
    "公司董秘",
    "券商首席分析师",
    "当地主管部门",
    "产业链下游客户",
    "参与调研的基金经理",
)
VERBS = ("表示", "指出", "预计", "认为", "公告称", "在接受采访时提到", "在业绩说明会上强调")
OBJECTS = (
    "全年订单量有望保持两位数增长",
    "原材料价格的波动仍是最大的不确定因素",
    "新产线将于下半年分批投产，届时产能将提高约{percent}%",
    "一季度实现净收入{amount}亿元，同比增长{percent}%",
    "“轻资产”与“重服务”并举的思路不会改变",
    "供应链恢复的速度好于预期，但景气度， “结构性”特征依旧明显",
    "将按照《&lt;稳增长&gt;实施细则》的要求推进后续工作",
    "研发费用率升至{percent}%，其中[5G]与算力相关投入占比过半",
    "北向资金净流入{amount}亿元，成交额较前一交易日放大{percent}%",
    "相关项目的环评_批复已经取得，资金来自自筹与银行贷款",
)
CLAUSES = (
    "在需求回暖的背景下",
    "从全年节奏看",
    "值得注意的是",
    "与此同时",
    "就应对当前形势而言",
    "根据披露的数据",
    "受益于政策支持",
    "截至收盘",
)
HEADINGS = ("需求端：温和修复", "供给端：产能释放", "机构怎么看", "后市展望", "风险提示")
TITLES = (
    "{company}：{percent}%的增长从哪里来",
    "{company}一季度净收入{amount}亿元 同比增长{percent}%",
    "{board}板块午后走强 {company}涨停",
    "机构调研{number}家公司 {company}最受关注",
    "北向资金净流入{amount}亿元 加仓{board}",
    "“{board}+”风口再起 {company}等{number}股获机构上调评级",
    "{company}：拟投资{amount}亿元建设新产线",
    "早盘：三大指数小幅高开 {board}领涨",
    "快讯：{company}公告回购",
    "央行开展{amount}亿元逆回购操作 中标利率持平",
)
