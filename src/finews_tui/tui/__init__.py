"""SHOW: the reader on the screen; the only package that imports textual.

Textual reads a few environment variables while it is being imported, so they are settled here,
before any module of this package can import it. What the person has set goes first.
"""

import os

_SLOW_LINE = "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ

# On a slow line the bytes of one arrow key may arrive more than 100 ms apart; Textual would then
# deliver "escape", "[", "A", which are three commands of this reader.
os.environ.setdefault("ESCDELAY", "500" if _SLOW_LINE else "100")
# One animated page of an article is 25 frames, up to 375 KB.
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
os.environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")
# Two paints are at least one of Textual's frames apart, often two: at its usual 60 a second, a key
# that changes the screen twice is answered up to 33 ms later than it could be. On a slow line each
# paint that is spared is worth more.
os.environ.setdefault("TEXTUAL_FPS", "60" if _SLOW_LINE else "240")
# By its definition (no-color.org) an empty NO_COLOR means nothing; Textual takes it for yes.
if os.environ.get("NO_COLOR") == "":
    del os.environ["NO_COLOR"]
