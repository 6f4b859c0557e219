"""Posts made to be slow: none costs more than a moment, whatever they are shown as.

The bound is one of processor time, which neighbours on a busy machine do not change, and far above
what is needed: what grows with the square of its length takes a minute here.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tools.person import environment

MANY = 100_000
LIMIT = 16
"""Seconds of processor time for the four posts with one bomb, of which they take one or two."""
BOMBS = {
    **{mark: mark * MANY for mark in "*_<>&(![`#~|-+\\)]{=:"},
    "run": "a" * MANY,
    "Chinese": "中" * MANY,
    "quotes": "> " * (MANY // 2),
    "lists": "- " * (MANY // 2),
    "indented": "".join(f"{'  ' * depth}- x\n" for depth in range(300)),
    "bold": "<b>" * MANY,
    "sections": "<div>" * MANY,
    "blockquotes": "<blockquote>" * (MANY // 5),
    "items": "<ul><li>" * (MANY // 5),
    "cells": "<table><tr>" + "<td>" * (MANY // 4),
    "spans": "<table><tr>" + "<td colspan=1000 rowspan=1000>" * 300,
    "comments": "<!--" * (MANY // 4),
    "declarations": "<![" * (MANY // 3),
    "attributes": '<a href="' * (MANY // 9),
    "images": "![" * (MANY // 2),
    "links": "[a](" * (MANY // 4),
    "definitions": "[a]: <" * (MANY // 6),
    "references": "&#" * (MANY // 2),
    "emphasis": "*a_ " * (MANY // 4),
    "fences": "".join("`" * length + " " for length in range(1, 440)),
    "liquid": "{{" * (MANY // 4) + "{%" * (MANY // 4),
    "columns": "|a" * (MANY // 2) + "\n" + "|-" * (MANY // 2) + "\n",
    "codes": "(600519" * (MANY // 7),
    "addresses": "http://a.b/" * (MANY // 11),
    "marks": "e\u0301" * (MANY // 2),
    "families": "\U0001f468\u200d" * (MANY // 2),
    "brackets": "(" * (MANY // 2) + ")" * (MANY // 2),
    "numbers": "1." * (MANY // 2),
    "lines": "[\n" * (MANY // 4),
    "paragraphs": "[\n\n" * (MANY // 8),
}
SHOW = """
import sys
from finews_tui.cli import main
for path in sys.argv[1:]:
    assert main(["show", path]) == 0
    print(path.split("/")[-3], file=sys.stderr, flush=True)
"""
"""Shows posts, one after the other, and says after each in which place its bomb was."""
PLACES = ("Markdown", "HTML", "digest", "title")


def post(place: str, bomb: str) -> str:
    """A post with the bomb in one of its parts; only the first kind is read as Markdown."""
    title, body = "t", "<p>正文</p>"
    match place:
        case "Markdown":
            body = f"text\n\n{bomb}\n"
        case "HTML":
            body = f"<p>{bomb}</p>"
        case "digest":
            body = f"{bomb}\n\n<p>正文</p>"
        case "title":
            title = bomb
    head = f"title: {json.dumps(title, ensure_ascii=False)}\ndate: 2022-01-01 10:00:00 +0800"
    return f"---\nlayout: post\n{head}\n---\n{body}"


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))


@pytest.mark.parametrize("name", BOMBS)
def test_no_post_takes_long(tmp_path: Path, name: str) -> None:
    paths = []
    for place in PLACES:
        stem = "hello" if place == "Markdown" else "202201012228123456"
        path = tmp_path / place / "_posts" / f"2022-01-01-{stem}.md"
        path.parent.mkdir(parents=True)
        path.write_text(post(place, BOMBS[name]), encoding="utf-8")
        paths.append(str(path))
    done = subprocess.run(
        [sys.executable, "-c", SHOW, *paths],
        env=environment(tmp_path),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        preexec_fn=_limit,
    )
    assert done.stderr.decode().split() == list(PLACES), done.stderr[-300:]
    assert done.returncode == 0 and done.stdout.strip()
