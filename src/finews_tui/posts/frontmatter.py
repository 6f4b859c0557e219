"""Reads front matter: the only room that knows YAML, and what to do where YAML gives up.

python-frontmatter splits the file and libyaml's base loader reads the block, so that every scalar
stays the string that was written (no dates, octals, sexagesimals or booleans). Where that fails,
or where a title was concatenated without escaping, the lines themselves are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

# libyaml overflows the C stack at some ten thousand open brackets, so deeply nested or very long
# blocks never reach it (FACTS: 30,000 "[" end the process).
_BLOCK_LIMIT = 8_192
_BRACKET_LIMIT = 100
_VALUES_LIMIT = 64
_BOUNDARY = re.compile(
    r"^\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
_ITEM = re.compile(r"^[ \t]*-[ \t]+(.*)$")
# A head as upstream writes it, of values that mean to YAML what they mean to everybody: most posts
# have one, and libyaml takes ten times as long to say the same.
_WORD = r"\w(?:[\w .()（）-]*[\w)）])?"
_PLAIN = re.compile(
    r"---\nlayout: (?P<layout>\w+)\n"
    r'title: "(?P<title>[^"\\\[{\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]*)"\n'
    r"date: *(?P<date>[0-9]{4}(?:-[0-9]{2}){2} [0-9]{2}(?::[0-9]{2}){2}(?: \+[0-9]{4})?"
    r"|\+[0-9]{4})\n"
    rf"categories: (?P<categories>{_WORD})\ntags: (?P<tags>{_WORD})\n---\n"
)
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class FrontMatter(NamedTuple):
    """The fields of a post's head, all of them as written, and what follows it."""

    fields: Mapping[str, tuple[str, ...]]
    """Name → values: one for a scalar, several for a list, in order; nested lists are flat."""
    raw: Mapping[str, str]
    """Name → the text behind the colon, for fields that stand on one line."""
    body: str
    """The file behind the closing ``---``."""
    problems: tuple[str, ...]

    def scalar(self, name: str) -> str:
        """The first value of ``name``, or an empty string."""
        values = self.fields.get(name, ())
        return values[0] if values else ""


class _Handler(YAMLHandler):
    """Gives python-frontmatter a loader that neither executes, converts nor merges anything."""

    def load(self, fm: str, **_: object) -> Any:
        # The base loader builds str, list and dict only.
        return yaml.load(fm, Loader=_LOADER)


_HANDLER = _Handler()


def read(text: str) -> FrontMatter | None:
    """The front matter of a file whose text has LF line ends, or None where it has none.

    Blank lines before the first ``---`` are allowed. A block without its closing line is read as
    far as its lines look like fields.
    """
    start = text.lstrip("\n \t\ufeff")
    if (plain := _PLAIN.match(start)) and plain.end() < _BLOCK_LIMIT:
        raw = plain.groupdict()
        fields: dict[str, tuple[str, ...]]
        fields = {name: (value,) if value else () for name, value in raw.items()}
        raw["title"] = f'"{raw["title"]}"'
        return FrontMatter(fields, raw, start[plain.end() :], ())
    if start.partition("\n")[0].rstrip() != "---":
        return None
    found = _BOUNDARY.match(start)
    if found:
        block, body = found[1], start[found.end() :]
    else:
        block, body = _unclosed(start)
        if not block:
            return None
    raw = _lines(block)
    problems: list[str] = [] if found else ["The front matter has no closing line."]
    fields = {}
    metadata = _yaml(block, problems) if found else None
    if metadata is None:
        fields = _by_line(block)
    else:
        for name, value in metadata.items():
            fields[str(name)] = _values(value)
            if isinstance(value, dict):
                problems.append(
                    f"Front matter: {str(name)[:40]} is a table; its values were taken."
                )
    return FrontMatter(fields, raw, body, tuple(problems))


def unescaped(raw: str) -> str:
    """The value of a line as upstream wrote it: between its outer quotes, nothing unescaped."""
    value = raw.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value.strip('"') if value.startswith('"') else value


def parse_zone(config: bytes) -> tzinfo | None:
    """The ``timezone:`` of a Jekyll ``_config.yml``, or None where there is none that is known."""
    found = re.search(rb"^timezone[ \t]*:[ \t]*[\"']?([A-Za-z0-9_+/-]{1,64})", config, re.MULTILINE)
    if not found:
        return None
    try:
        return ZoneInfo(found[1].decode("ascii"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _yaml(block: str, problems: list[str]) -> Mapping[str, object] | None:
    """What YAML says of ``block``; None where it cannot be trusted with it or says nothing."""
    if len(block) > _BLOCK_LIMIT or block.count("[") + block.count("{") > _BRACKET_LIMIT:
        problems.append("The front matter is too large or too nested for YAML; read line by line.")
        return None
    names = [line.split(":", 1)[0] for line in block.split("\n") if _FIELD.match(line)]
    if len(names) != len(set(names)):
        problems.append("The front matter names a field twice; read line by line.")
        return None
    try:
        # parse() and not loads(): the latter fails on keys such as `content`.
        metadata, _ = frontmatter.parse(f"---\n{block}\n---\n", handler=_HANDLER)
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError):
        problems.append("The front matter is not valid YAML; read line by line.")
        return None
    return metadata if isinstance(metadata, dict) and metadata else None


def _unclosed(text: str) -> tuple[str, str]:
    """(block, body) of a head without a closing line: the lines that look like fields."""
    lines = text.split("\n")
    count = 1
    while (
        count < len(lines)
        and count < 200
        and (_FIELD.match(lines[count]) or _ITEM.match(lines[count]))
    ):
        count += 1
    return "\n".join(lines[1:count]), "\n".join(lines[count:])


def _lines(block: str) -> dict[str, str]:
    """Field name → the text behind its colon; the last line that has any wins."""
    raw: dict[str, str] = {}
    for line in block[: 16 * _BLOCK_LIMIT].split("\n"):
        found = _FIELD.match(line)
        if found and (found[2] or found[1] not in raw):
            raw[found[1]] = (found[2] or "").strip()
    return raw


def _by_line(block: str) -> dict[str, tuple[str, ...]]:
    """The fields without YAML: scalars, ``[a, b]`` and ``- item`` lists."""
    fields: dict[str, tuple[str, ...]] = {}
    name = ""
    for line in block[: 16 * _BLOCK_LIMIT].split("\n"):
        if found := _FIELD.match(line):
            name = found[1]
            value = (found[2] or "").strip()
            if value or name not in fields:
                fields[name] = _line_values(value)
        elif name and (item := _ITEM.match(line)):
            values = fields.get(name, ())
            if len(values) < _VALUES_LIMIT:
                fields[name] = (*values, unescaped(item[1]))
    return fields


def _line_values(value: str) -> tuple[str, ...]:
    if value.startswith("[") and value.endswith("]"):
        parts = (unescaped(part) for part in value[1:-1].split(",")[:_VALUES_LIMIT])
        return tuple(part for part in parts if part)
    return (unescaped(value),) if value else ()


def _values(value: object) -> tuple[str, ...]:
    """All strings in ``value``, depth first; a bounded walk, since aliases may share or loop."""
    return tuple(_walk(value))


def _walk(value: object) -> Iterator[str]:
    todo: list[object] = [value]
    steps = 0
    given = 0
    while todo and given < _VALUES_LIMIT and steps < 4 * _VALUES_LIMIT:
        steps += 1
        current = todo.pop()
        if isinstance(current, str):
            if current:
                given += 1
                yield current
        elif isinstance(current, list):
            todo.extend(reversed(current[:_VALUES_LIMIT]))
        elif isinstance(current, dict):
            todo.extend(reversed(list(current.values())[:_VALUES_LIMIT]))
