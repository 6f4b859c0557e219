"""Attacks on a terminal, and an archive that has every one of them in every field.

They are written in three ways: as they are, as YAML escapes, and as references of HTML. Nothing of
it is a file of this repository: it is made anew for each run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

ATTACKS: Mapping[str, str] = {
    "osc-52": "\x1b]52;c;cHduZWQ=\x07",
    "osc-52-c1": "\x9d52;c;cHduZWQ=\x9c",
    "title": "\x1b]0;pwned\x07\x1b]2;pwned\x1b\\",
    "decrqss": '\x1bP$q"p\x1b\\\x90$qm\x9c',
    "xtgettcap": "\x1bP+q544e\x1b\\",
    "answerback": "\x05\x1b[c\x1b[>c\x1b[6n\x1b[5n\x1b[21t",
    "csi-c1": "\x9b2J\x9b31m\x9b?1049l",
    "clear": "\x1b[2J\x1b[H\x1bc\x1b(0\x0e",
    "keys": "\x1b[?1000h\x1b[>31u\x1b=",
    "open-osc": "\x1b]8;;http://pwned.example/",
    "open-dcs": "\x1bPtmux;\x1b\x1b]0;pwned",
    "open-apc": "\x1b_Gpwned",
    "open-pm": "\x1b^pwned\x9epwned\x9fpwned",
    "open-csi": "\x1b[38;2",
    "false-link": "\x1b]8;;http://pwned.example/\x1b\\bank.example\x1b]8;;\x1b\\",
    "backspaces": "a\x08\x08\x7f\r\x0b\x0cb",
    "nul": "a\x00\x01\x02b",
    "bidi": "\u202eexe.\u202c\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    "zero-width": "a\u200b\u200c\u200d\u2060\ufeff\u180e\u00adb\ufe0f\u034f",
    "tags": "\U000e0001\U000e0070\U000e0077\U000e007f",
    "private": "\ue000\uf8ff\U000f0000\U0010fffd" * 4,
    "separators": "a\u2028b\u2029c\x85d",
    "marks": "e" + "\u0301" * 60 + "\u0e47\u20dd\u0489" * 20,
    "noncharacters": "\ufffe\uffff\ufdd0\ufff9\ufffa\ufffb",
    "markup": "[bold]b[/bold][/][red]r[link=http://pwned.example/]l[/link]",
    "action": "[@click=app.quit]x[/]收盘[/][@click=app.screenshot('/')]y[/]",
    "markdown": "`a`<script>alert(1)</script>[x](javascript:alert(1))![i](file:///etc/passwd)",
    "percent": "%s%n{0}{app}$(touch pwned)`touch pwned`;touch pwned|touch pwned",
    "homograph": "pаypаl.com ⁄ evil",
}
"""By name: what may be tried. Lone surrogates have no bytes: they come by escapes only."""
SURROGATES = r"\ud800\udc00\udfff"
"""As YAML spells them."""

Spelling = Callable[[str], str]


def raw(text: str) -> str:
    """As it is."""
    return text


def escaped(text: str) -> str:
    """As escapes of a double-quoted YAML scalar."""
    return "".join(
        character if character.isascii() and character.isprintable() else f"\\U{ord(character):08x}"
        for character in text
    )


def referenced(text: str) -> str:
    """As numeric references of HTML, by turns decimal and hexadecimal."""
    return "".join(
        f"&#{ord(c)};" if n % 2 else f"&#x{ord(c):x};" for n, c in enumerate(text)
    )  # fmt: skip


def post(number: int, name: str, attack: str, spell: Spelling, spell_html: Spelling) -> str:
    """A post with an attack in each of its fields; its title begins with ``name``."""
    quoted = spell(attack).replace('"', "'")
    html = spell_html(attack)
    address = f"https://example.com/{number}?{html}"
    mark = (
        f'<span id="stock_1.60{number:04}"><a href="http://quote.eastmoney.com/unify/r/1.60'
        f'{number:04}" class="keytip" data-code="1,60{number:04}">{html}</a></span>'
    )
    return f"""---
layout: post
title: "{name} {quoted}收盘"
date: "2022-06-{1 + number % 28:02} 10:{number % 60:02}:00 +0800 {quoted}"
categories: ["emnews", "c{quoted}"]
tags: ["t{quoted}新闻", "{quoted}"]
source: "s{quoted}"
author: "a{quoted}"
{name}: "{quoted}"
---
> 摘要 {html}

<p>正文 {html} 储能 {mark} {html}</p>
<p><a href="{address}">链接{html}</a> <a href="javascript:{html}">j</a>
<a href="http://pwned.example/{html}">p</a></p>
<center><img src="https://example.com/{number}.jpg?{html}" alt="图{html}" /></center>
<p style="text-align:center">题注{html}</p>
<h2>小标题{html}</h2>
<table><tr><th>表头{html}</th><td>{html}</td></tr><tr><td>{html}</td><td>1</td></tr></table>
<ul><li>列{html}</li></ul><blockquote>引{html}</blockquote><pre><code>{html}</code></pre>
<!-- {html} --><script>{html}</script>
<p class="em_media">（文章来源：来源{html}）</p>

<http://finance.eastmoney.com/news/1353,2022060124{number:08}.html?{html}>

[返回东财滚动新闻](//f.example/category/emnews.html)｜[返回首页](//f.example/)
"""


SPELLINGS: Mapping[str, tuple[Spelling, Spelling]] = {
    "raw": (raw, raw),
    "escaped": (escaped, referenced),
    "referenced": (referenced, referenced),
}


def plant(root: Path) -> dict[str, str]:
    """Write the archive; the keys of its posts, and the first words of their titles."""
    folder = root / "_posts"
    folder.mkdir(parents=True)
    names: dict[str, str] = {}
    number = 0
    for attack_name, attack in [*ATTACKS.items(), ("surrogates", SURROGATES)]:
        for spelling, (spell, spell_html) in SPELLINGS.items():
            if attack_name == "surrogates":
                spell, spell_html = raw, lambda _: "&#55296;&#xdfff;&#xd83d;&#xde00;"
            number += 1
            name = f"A{number}-{attack_name}-{spelling}"
            text = post(number, name, attack, spell, spell_html)
            file = folder / f"2022-06-{1 + number % 28:02}-2022060124{number:08}.md"
            file.write_bytes(text.encode("utf-8", "surrogatepass"))
            if "\x00" not in text:  # else it is a binary file
                names[f"2022060124{number:08}"] = name
    for number, attack in enumerate(ATTACKS.values()):
        _plant_names(root, number, attack)
    config = 'timezone: Asia/Shanghai\ntitle: "\\e]0;pwned\\a"\n'
    (root / "_config.yml").write_text(config, encoding="utf-8")
    return names


def file_name(attack: str) -> str:
    """An attack as a file may be called."""
    name = "".join(character for character in attack if character not in "/\x00")
    return name.encode("utf-8", "surrogatepass")[:150].decode("utf-8", "ignore")


def _plant_names(root: Path, number: int, attack: str) -> None:
    """A folder and files of that name: one a post, one that cannot be read."""
    folder = root / "old_post" / f"{number}{file_name(attack)}"
    folder.mkdir(parents=True, exist_ok=True)
    text = f"---\ntitle: 名{number}\ndate: 2022-05-01\n---\n正文\n"
    (folder / f"{number}{file_name(attack)}.md").write_text(text, encoding="utf-8")
    (folder / f"broken{number}{file_name(attack)}.md").write_bytes(b"\x00\x01\x02" * 50)
