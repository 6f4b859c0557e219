"""The least that can be done: small programs that stand beside ours in every measurement."""

from __future__ import annotations

import sys

PASS = [sys.executable, "-c", "pass"]
"""Starting Python."""

IMPORTS = [
    sys.executable,
    "-c",
    "import argparse, json, sqlite3, pathlib, dataclasses, datetime, re, unicodedata",
]
"""Starting Python with what any program of this kind imports."""

_BARE_APP = """
from textual.app import App
from textual.widgets import Label
class Bare(App):
    def compose(self):
        yield Label("READY")
    def on_key(self, event):
        self.query_one(Label).update("ANSWERED")
Bare().run()
"""
BARE_APP = [sys.executable, "-c", _BARE_APP]
"""A Textual app with one label, ``READY``, which says ``ANSWERED`` after a key."""

_WALK = """
import os, sys
folders = sys.argv[1:]
while folders:
    with os.scandir(folders.pop()) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                entry.stat()
"""
WALK = [sys.executable, "-c", _WALK]
"""Every file of some folders with its size and time; the folders are arguments."""

_READ = """
import os, sys
folders = sys.argv[1:]
while folders:
    with os.scandir(folders.pop()) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name, reverse=True):
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                file = os.open(entry.path, os.O_RDONLY)
                os.read(file, 1 << 24)
                os.close(file)
"""
READ = [sys.executable, "-c", _READ]
"""Every byte of every file of some folders; the folders are arguments."""
