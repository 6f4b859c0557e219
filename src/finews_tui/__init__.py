"""finews-tui: a terminal reader for archives of Chinese financial news."""

__version__ = "0.1.0"
