"""Owns how a question is written: text to the parts of a Query and back.

::

    query  = { choice }                        every choice must hold; AND between them may be said
    choice = term { "OR" term }                one of the terms must hold
    term   = [ "-" ] ( "(" query ")" | word | filter | pattern )     "-" excludes
    filter = field ":" word                    field: title ticker …, or a Chinese name of one
    word   = bare | '"' … '"'                  inside quotes, \\" and \\\\ stand for " and \\
    pattern = "/" … "/"                        a regular expression; \\/ stands for /

White space of any kind separates terms. OR binds its neighbours only: ``茅台 OR 白酒 is:unread``
lists what is unread of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from finews_tui.errors import QueryError
from finews_tui.lean import NamedTuple
from finews_tui.library.days import is_day
from finews_tui.library.query import (
    FIELDS,
    ORDERS,
    STATES,
    THINGS,
    And,
    Filter,
    Node,
    Not,
    Or,
    Pattern,
    Words,
)

ALIASES: Mapping[str, str] = {
    "标题": "title",
    "正文": "body",
    "股票": "ticker",
    "板块": "sector",
    "来源": "source",
    "分类": "cat",
    "标签": "tag",
    "自": "since",
    "至": "until",
}
"""Chinese names of fields."""

STATE_ALIASES: Mapping[str, str] = {"未读": "unread", "已读": "read", "加星": "starred"}
"""Chinese words that stand for ``is:`` and a state, alone or behind ``is:``."""

_FIELD = rf"[A-Za-z]+|{'|'.join(ALIASES)}"
_QUOTED = r'"(?P<quoted>(?:[^"\\]|\\.)*)(?P<close>"?)'
# As text: compiled when a question is first read by them, and then kept by ``re``.
_TERM = (
    rf"(?s)(?P<minus>-?)(?:(?P<open>\()|/(?P<pattern>(?:[^/\\]|\\.)*)(?P<end>/?)"
    rf"|(?:(?P<field>{_FIELD})(?P<colon>[:：]))?(?:{_QUOTED}|(?P<bare>[^\s()]*)))"
)
_BARE_TERM = (
    r"(?P<minus>-?)(?P<open>(?!))?(?P<pattern>(?!))?(?P<field>(?!))?(?P<quoted>(?!))?"
    r"(?P<bare>[^\s()]+)"
)
_VISIBLE = r"\S"
_OPERATOR = r"(?:AND|OR)(?![^\s()])"
_ESCAPE = r"(?s)\\(.)"
_PLAIN = rf'(?!-|"|/|(?:{_FIELD})[:：]|(?:AND|OR|NOT|{"|".join(STATE_ALIASES)})$)[^\s()]+'
_PLAIN_VALUE = r'(?!")[^\s()]+'
_MEANINGFUL = {"AND", "OR", *STATE_ALIASES}
"""Letters alone that are no word to look for."""
_DEEPEST = 50
"""Parentheses inside of parentheses."""


class _Check(NamedTuple):
    is_right: Callable[[str], bool]
    aliases: Mapping[str, str] = {}


_CHECKS: Mapping[str, _Check] = {
    "since": _Check(is_day, {"今天": "today"}),
    "until": _Check(is_day, {"今天": "today"}),
    "is": _Check(STATES.__contains__, STATE_ALIASES),
    "has": _Check(THINGS.__contains__),
    "sort": _Check(ORDERS.__contains__),
}


def parse(text: str) -> tuple[Node, ...]:
    """Return the parts of the query that ``text`` means; raises QueryError."""
    if text.isalnum() and text not in _MEANINGFUL:
        return (Words(text),)  # as most ask: no expression is needed to read that
    return _Parser(text).all()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._open: list[int] = []
        """Where the parentheses stand that are not closed yet."""

    def all(self) -> tuple[Node, ...]:
        parts = tuple(self._choices())
        if self._see(")"):
            raise self._error("this parenthesis closes nothing", self._at, 1)
        return parts

    def _choices(self) -> Iterator[Node]:
        """Read until the end or a closing parenthesis."""
        before: re.Match[str] | None = None
        is_first = True
        while self._skip() and not self._see(")"):
            before = self._match(_OPERATOR)
            if before and (before[0] == "OR" or is_first):
                raise self._misplaced(before)
            if before:
                self._at = before.end()
                if not self._skip() or self._see(")") or self._match(_OPERATOR):
                    raise self._misplaced(before)
            is_first = False
            terms = [self._term()]
            while self._skip() and (found := self._match(_OPERATOR)):
                if found[0] == "AND":
                    break
                self._at = found.end()
                if not self._skip() or self._see(")") or self._match(_OPERATOR):
                    raise self._misplaced(found)
                terms.append(self._term())
            if len(terms) > 1:
                self._no_order(terms)
            yield terms[0] if len(terms) == 1 else Or(tuple(terms))

    def _term(self) -> Node:
        found = self._match(_TERM)
        if found and found["colon"] == "：" and _field(found["field"]) is None:
            # A full-width colon belongs to headlines; only a known field makes it a filter.
            found = self._match(_BARE_TERM)
        assert found is not None, "every visible character but a parenthesis begins a term"
        self._at = found.end()
        if found["open"]:
            node = self._group(found)
        elif found["pattern"] is not None:
            node = self._pattern(found)
        else:
            node = self._word(found)
        if found["minus"]:
            self._no_order([node])
            return Not(node)
        return node

    def _group(self, found: re.Match[str]) -> Node:
        start = found.start("open")
        if len(self._open) >= _DEEPEST:
            raise self._error("these parentheses are nested too deep", start, 1)
        self._open.append(start)
        parts = tuple(self._choices())
        if not self._see(")"):
            raise self._error("this parenthesis is not closed", start, len(self._text) - start)
        self._at += 1
        self._open.pop()
        if not parts:
            raise self._error("there is nothing in these parentheses", start, self._at - start)
        self._no_order(parts)
        return parts[0] if len(parts) == 1 else And(parts)

    def _pattern(self, found: re.Match[str]) -> Node:
        start, length = found.start("pattern") - 1, found.end() - found.start("pattern") + 1
        if not found["end"]:
            raise self._error("this regular expression is not closed with /", start, length)
        pattern = Pattern(found["pattern"])
        if not pattern.source:
            raise self._error("there is no regular expression here", start, length)
        if problem := problem_of(pattern.source):
            raise self._error(f"this regular expression is wrong: {problem}", start, length)
        return pattern

    def _word(self, found: re.Match[str]) -> Node:
        field = found["field"]
        name = _field(field) if field is not None else None
        if field is not None and name is None:
            known = ", ".join(f"{name}:" for name in FIELDS)
            raise self._error(
                f'unknown field "{field}:"; there are {known} (quotes make it a word)',
                found.start("field"),
                len(field) + 1,
            )
        is_quoted = found["quoted"] is not None
        start = found.start("quoted") - 1 if is_quoted else found.start("bare")
        if is_quoted and not found["close"]:
            raise self._error("this quote is not closed", start, len(self._text) - start)
        value = re.sub(_ESCAPE, r"\1", found["quoted"]) if is_quoted else found["bare"]
        if not value.strip():
            whole = found.start(), max(1, found.end() - found.start())
            if name is not None:
                raise self._error(f'"{field}:" needs a value: {FIELDS[name]}', *whole)
            raise self._error("there is nothing here to look for", *whole)
        if name is None:
            if not is_quoted and value in STATE_ALIASES:
                return Filter("is", STATE_ALIASES[value])
            return Words(value)
        if check := _CHECKS.get(name):
            value = check.aliases.get(value, value.lower())
            if not check.is_right(value):
                problem = f'"{field}:" cannot be "{value}": it is {FIELDS[name]}'
                raise self._error(problem, start, found.end() - start)
        return Filter(name, value)

    def _no_order(self, nodes: Sequence[Node]) -> None:
        if any(isinstance(node, Filter) and node.field == "sort" for node in nodes):
            start = self._text.rfind("sort", 0, self._at)
            start = start if start >= 0 else self._text.lower().rfind("sort", 0, self._at)
            raise self._error("sort: stands by itself, not inside of - OR ( )", start, 4)

    def _skip(self) -> bool:
        """Go to the next visible character; False where there is none."""
        found = re.compile(_VISIBLE).search(self._text, self._at)
        self._at = found.start() if found else len(self._text)
        return found is not None

    def _match(self, pattern: str) -> re.Match[str] | None:
        return re.compile(pattern).match(self._text, self._at)

    def _see(self, character: str) -> bool:
        return self._text[self._at : self._at + 1] == character

    def _misplaced(self, found: re.Match[str]) -> QueryError:
        problem = f"{found[0]} must stand between two terms (quotes make it a word)"
        return self._error(problem, found.start(), len(found[0]))

    def _error(self, problem: str, start: int, length: int) -> QueryError:
        return QueryError(problem, self._text, start, length)


def _field(name: str) -> str | None:
    name = ALIASES.get(name, name.lower())
    return name if name in FIELDS else None


def problem_of(source: str) -> str | None:
    """Return what is wrong with a regular expression, or None."""
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of an expression that a later Python reads otherwise
            re.compile(source, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        return str(error) or "it is too deep"
    return None


def text_of(parts: Sequence[Node]) -> str:
    """Return the text form of the parts of a query."""
    return " ".join(map(_text_of, parts))


def _text_of(node: Node) -> str:
    match node:
        case Not(part):
            return f"-{_grouped(part) if isinstance(part, Or | Not) else _text_of(part)}"
        case And(parts):
            return f"({text_of(parts)})"
        case Or(parts):
            return " OR ".join(map(_text_of, parts))
        case Pattern(source):
            return f"/{_slashed(source)}/"
        case Filter(field, value):
            return f"{field}:{value if re.fullmatch(_PLAIN_VALUE, value) else _quote(value)}"
        case Words(text):
            return text if re.fullmatch(_PLAIN, text) else _quote(text)


def _grouped(node: Node) -> str:
    return f"({_text_of(node)})"


def _slashed(source: str) -> str:
    return re.sub(
        r"\\.|/", lambda found: "\\/" if found[0] == "/" else found[0], source, flags=re.S
    )


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
