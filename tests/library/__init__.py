"""Tests of KEEP: real files, real SQLite, the real parser."""
