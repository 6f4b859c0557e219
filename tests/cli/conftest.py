"""Runs ``python -m finews_tui`` with a home of its own, on a small archive."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

KEY = "202203112306431413"
"""The newest post of the small archive: two copies, a ticker, an image."""
OLD_KEY = "202112082206924746"
PLAIN_KEY = "2022-01-05-notes"


@dataclass(frozen=True, slots=True)
class Result:
    """What one run left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The lines of stdout."""
        return self.out.splitlines()


@dataclass(slots=True)
class Program:
    """The program, for a person whose files lie below ``home``."""

    home: Path
    archive: Path
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = ("PATH", "PYTHONPATH", "SYSTEMROOT")
        kept = {name: os.environ[name] for name in names if name in os.environ}
        self.environ = {
            **kept,
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
        }

    @property
    def command(self) -> list[str]:
        """The beginning of every command line."""
        return [sys.executable, "-m", "finews_tui"]

    def run(
        self, *words: str, cwd: Path | None = None, environ: Mapping[str, str] | None = None
    ) -> Result:
        """Runs one command line; no traceback may ever come out of it."""
        done = subprocess.run(
            [*self.command, *words],
            cwd=cwd or self.home,
            env={**self.environ, **(environ or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=60,
        )
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in result.err
        assert "this is a bug" not in result.err
        return result

    def on_archive(
        self, command: str, *words: str, environ: Mapping[str, str] | None = None
    ) -> Result:
        """A subcommand on the small archive."""
        return self.run(command, "-a", str(self.archive), *words, environ=environ)

    def configure(self, text: str) -> Path:
        """Writes the config file."""
        path = self.home / "config" / "finews-tui" / "config.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


def write_archive(folder: Path) -> Path:
    """Three articles in four files: twins, an early one, and a plain Jekyll post."""
    posts, old = folder / "_posts", folder / "old_post"
    posts.mkdir(parents=True)
    old.mkdir()
    head = 'layout: post\ntitle: "远山能源：12.4%的增长从哪里来"\ndate: 2022-03-11 16:47:23 +0800\n'
    mark = (
        '<span id="stock_1.600991"><a href="http://quote.eastmoney.com/unify/r/1.600991" '
        'class="keytip" data-code="1,600991">远山能源</a></span>'
        '<span id="quote_1.600991"></span>'
    )
    sector = (
        '<span id="bk_90.BK0493"><a href="http://quote.eastmoney.com/unify/r/90.BK0493" '
        'class="keytip" data-code="90,BK0493">新能源</a></span><span id="bkquote_90.BK0493"></span>'
    )
    source = '<p class="em_media">（文章来源：财联社）</p>'
    address = "https://dfscdn.dfcfw.com/download/D1_w800h555.jpg"
    image = f'<center><img src="{address}" alt="Image" /></center>'
    (posts / f"2022-03-11-{KEY}.md").write_text(
        f"---\n{head}categories: emnews\ntags: 东财滚动新闻\n---\n> 摘要另有说法。（财联社）\n\n"
        f"<p>{mark}公布年报，净收入&lt;增长&gt;，{sector}占比过半。</p>{image}"
        f'<p style="text-align:center;">图片来源：公司官网</p>'
        f'<p>全文见<a href="https://finance.eastmoney.com/a/{OLD_KEY}.html">此处</a>。</p>'
        f"<p><strong>展望</strong></p><p>订单饱满。</p>{source}\n\n"
        f"<http://finance.eastmoney.com/news/1344,{KEY}.html>\n\n"
        "[返回东财滚动新闻](//finews.withounder.com/emnews/)｜[返回首页](//finews.withounder.com/)",
        encoding="utf-8",
    )
    (posts / f"2022-03-11-NW{KEY}.md").write_text(
        f"---\n{head}categories: cailianshe\ntags: 财联社新闻\n---\n"
        f"<p>远山能源公布年报，净收入&lt;增长&gt;，新能源占比过半。</p>{source}\n\n"
        f"<http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW{KEY}>\n",
        encoding="utf-8",
    )
    (old / f"2021-12-08-{OLD_KEY}.md").write_text(
        '---\nlayout: post\ntitle: "机构预计全年净流入约6550亿元"\ndate: 2021-12-08 12:39:24\n'
        "categories: emnews\ntags: 东财滚动新闻\n---\n\n机构在峰会上作出预测。（财联社）\n\n"
        f"<http://finance.eastmoney.com/news/1353,{OLD_KEY}.html>\n\n"
        "[返回东财滚动新闻](../emnews/)\n[返回首页](../)",
        encoding="utf-8",
    )
    (posts / "2022-01-05-notes.md").write_text(
        "---\ntitle: 站内笔记\ndate: 2022-01-05 08:00:00\ncategories: [notes]\n---\n\n"
        "# 小标题\n\n一段**文字**。\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A program whose archive is never changed and whose marks are never set."""
    base = tmp_path_factory.mktemp("shared")
    home = base / "home"
    home.mkdir()
    program = Program(home, write_archive(base / "news"))
    assert program.on_archive("index").code == 0
    return program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program with an archive that the test may change."""
    home = tmp_path / "home"
    home.mkdir()
    return Program(home, write_archive(tmp_path / "news"))
