"""Runs the command line as ``python -m finews_tui``."""

import sys

from finews_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
