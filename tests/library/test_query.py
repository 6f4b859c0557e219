"""The language of questions: what parses to what, that it round-trips, and where errors point."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.errors import QueryError
from finews_tui.library import STATES, And, Filter, Not, Or, Pattern, Query, Words
from finews_tui.library.days import days_of
from finews_tui.library.grammar import problem_of
from finews_tui.library.query import ORDERS, THINGS

_A = Words("a")
_UNREAD = Filter("is", "unread")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        (" \u3000\n", ()),
        ("茅台", (Words("茅台"),)),
        ("茅台\u3000白酒", (Words("茅台"), Words("白酒"))),
        ('"一季度 业绩"', (Words("一季度 业绩"),)),
        ("-茅台", (Not(Words("茅台")),)),
        ('-"a b"', (Not(Words("a b")),)),
        ("--x", (Not(Words("-x")),)),
        ("source:财联社", (Filter("source", "财联社"),)),
        ('SOURCE:"Career In"', (Filter("source", "Career In"),)),
        ("-ticker:600519", (Not(Filter("ticker", "600519")),)),
        ("ticker：600519", (Filter("ticker", "600519"),)),
        ("is:Unread since:2022-05", (Filter("is", "unread"), Filter("since", "2022-05"))),
        ("央行：降准", (Words("央行：降准"),)),
        ("foo：bar x", (Words("foo：bar"), Words("x"))),
        ("12:30", (Words("12:30"),)),
        ('"ticker:x"', (Words("ticker:x"),)),
        (r'"a\"b\\"', (Words('a"b\\'),)),
        ('a"b', (Words('a"b'),)),
        ('"a""b"', (Words("a"), Words("b"))),
        ('*ST [5G] "AND" NEAR/2', tuple(map(Words, "*ST [5G] AND NEAR/2".split()))),
        ("a AND b", (Words("a"), Words("b"))),
        ("a OR b", (Or((Words("a"), Words("b"))),)),
        ("a OR b c", (Or((Words("a"), Words("b"))), Words("c"))),
        ("a b OR -c OR d AND e", (_A, Or((Words("b"), Not(Words("c")), Words("d"))), Words("e"))),
        ("(a b) OR c", (Or((And((_A, Words("b"))), Words("c"))),)),
        ("-(a b)", (Not(And((_A, Words("b")))),)),
        ("-(a OR b)", (Not(Or((_A, Words("b")))),)),
        ("-(-a)", (Not(Not(_A)),)),
        ("((a)) (b c)", (_A, Words("b"), Words("c"))),
        ("(a OR b) OR c", (Or((_A, Words("b"), Words("c"))),)),
        ("a(b)", (_A, Words("b"))),
        ("ORB a", (Words("ORB"), _A)),
        ("（回购）", (Words("（回购）"),)),
        ("/降准|回购/", (Pattern("降准|回购"),)),
        (r"-/a b\/c\d/ x", (Not(Pattern(r"a b/c\d")), Words("x"))),
        ("标题:茅台 正文：a", (Filter("title", "茅台"), Filter("body", "a"))),
        ("股票:600519 板块:x", (Filter("ticker", "600519"), Filter("sector", "x"))),
        ("来源:a 分类:a 标签:a", (Filter("source", "a"), Filter("cat", "a"), Filter("tag", "a"))),
        ("自:2022 至:今天", (Filter("since", "2022"), Filter("until", "today"))),
        ("未读 -加星 is:已读", (_UNREAD, Not(Filter("is", "starred")), Filter("is", "read"))),
        ('"未读"', (Words("未读"),)),
        ("has:Table sort:relevance", (Filter("has", "table"), Filter("sort", "relevance"))),
    ],
)
def test_parse(text: str, parts: tuple[object, ...]) -> None:
    query = Query.parse(text)
    assert query.parts == parts
    assert Query.parse(str(query)) == query


@pytest.mark.parametrize(
    ("text", "meant", "says"),
    [
        ("a OR", "OR", "between two terms"),
        ("a OR OR b", "OR", "between two terms"),
        ("(OR b)", "OR", "between two terms"),
        ("AND a", "AND", "between two terms"),
        ("(a AND) b", "AND", "between two terms"),
        ("茅台 (a b", "(a b", "not closed"),
        ("a) b", ")", "closes nothing"),
        ("a ( ) b", "( )", "nothing in these"),
        ("(" * 51, "(", "too deep"),
        ("x /a(/", "/a(/", "regular expression is wrong"),
        ("x /ab", "/ab", "not closed with /"),
        ("x //", "//", "no regular expression"),
        ("has:money", "money", "image, table or ticker"),
        ("a sort:x", "x", "date or relevance"),
        ("a OR sort:date", "sort", "by itself"),
        ("a -sort:date", "sort", "by itself"),
        ("(a sort:date)", "sort", "by itself"),
        ("茅台 foo:x", "foo:", "unknown field"),
        ("is:bad", "bad", "unread, read or starred"),
        ("x since:2022-13", "2022-13", "since:"),
        ("until:2022-02-30", "2022-02-30", "2022-05-31"),
        ("since:3y", "3y", "3d"),
        ('茅台 "白酒', '"白酒', "not closed"),
        ('source:"x', '"x', "not closed"),
        ("a source: x", "source:", "needs a value"),
        ("ticker:", "ticker:", "0700.HK"),
        ('a "" b', '""', "nothing here"),
        ("a - b", "-", "nothing here"),
        ('cat:" "', 'cat:" "', "needs a value"),
    ],
)
def test_an_error_points_at_the_word(text: str, meant: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        Query.parse(text)
    error = caught.value
    assert error.text == text
    assert text[error.position : error.position + error.length] == meant
    assert says in error.message
    assert error.exit_code == 2


_SOME = st.text(min_size=1).filter(lambda text: bool(text.strip()))
_DAYS = st.one_of(
    st.dates().map(date.isoformat),
    st.sampled_from(["today", "3d", "2w", "2022", "2022-05", "0001", "9999-12"]),
)
_PARTS = st.one_of(
    st.builds(Words, _SOME),
    st.builds(Filter, st.sampled_from("title body ticker sector source cat tag".split()), _SOME),
    st.builds(Filter, st.sampled_from(["since", "until"]), _DAYS),
    st.builds(Filter, st.just("is"), st.sampled_from(STATES)),
    st.builds(Filter, st.just("has"), st.sampled_from(THINGS)),
    st.builds(Pattern, st.text(min_size=1).filter(lambda text: problem_of(text) is None)),
)
_NODES = st.recursive(
    _PARTS,
    lambda nodes: st.one_of(
        st.builds(Not, nodes),
        st.builds(And, st.lists(nodes, min_size=1, max_size=3).map(tuple)),
        st.builds(Or, st.lists(nodes, min_size=1, max_size=3).map(tuple)),
    ),
)
_ORDERS = st.lists(st.builds(Filter, st.just("sort"), st.sampled_from(ORDERS)), max_size=1)
QUERIES = st.builds(
    lambda nodes, order: Query((*nodes, *order)), st.lists(_NODES, max_size=5), _ORDERS
)


@given(QUERIES)
def test_text_form_round_trips(query: Query) -> None:
    assert Query.parse(str(query)) == query


@given(st.text())
def test_any_text_is_a_query_or_an_error_inside_it(text: str) -> None:
    try:
        query = Query.parse(text)
    except QueryError as error:
        assert 0 <= error.position < len(text)
        assert 0 < error.length <= len(text) - error.position
    else:
        assert Query.parse(str(query)) == query


def test_what_both_ask_for() -> None:
    both = Query.parse("茅台 is:unread") & Query.parse("is:unread -source:财联社")
    assert str(both) == "茅台 is:unread -source:财联社"
    assert Query.parse("a -b source:c (d OR title:e) /f/ a").words == ("a", "d", "e")
    assert str(Query.of("source", "Career In 投行PEVC")) == 'source:"Career In 投行PEVC"'


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-02", "2022-02-01", "2022-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-05-31", "2022-05-31", "2022-05-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("today", "2022-06-14", "2022-06-14"),
        ("3d", "2022-06-11", "2022-06-11"),
        ("2w", "2022-05-31", "2022-05-31"),
    ],
)
def test_days(text: str, first: str, last: str) -> None:
    days = days_of(text, date(2022, 6, 14))
    assert days is not None
    assert days == (date.fromisoformat(first), date.fromisoformat(last))


def test_the_calendar_begins_with_the_year_one() -> None:
    assert days_of("99999w", date(30, 1, 1)) == (date.min, date.min)


@pytest.mark.parametrize("text", ["", "0000", "2022-0", "2022-13", "22", "2022-05-32", "d", "３d"])
def test_no_days(text: str) -> None:
    assert days_of(text, date(2022, 6, 14)) is None
