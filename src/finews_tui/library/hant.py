"""Takes from opencc which traditional character is which simplified one; alone knows opencc.

That is an extra (``pip install 'finews-tui[hant]'``), needed only where an index is begun: from
then on the table is in the index. Each character is folded by itself, so that places and lengths
stay what they are: ``發`` and ``髮`` are ``发``, whatever stands beside them.
"""

from __future__ import annotations

from itertools import chain

from finews_tui.library.tokens import Folding

_CHINESE = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32400))
"""Points of Chinese characters, from and to."""


def is_installed() -> bool:
    """Whether opencc is there; it is not loaded."""
    from importlib.util import find_spec

    try:
        return find_spec("opencc") is not None
    except ValueError:  # something else of that name, without a spec
        return False


def folding() -> Folding:
    """Return the folding of traditional to simplified characters; none without opencc."""
    try:
        from opencc import OpenCC, __version__
    except (ImportError, OSError):  # not there, or not made for this machine
        return Folding()
    points = [chr(point) for point in chain.from_iterable(range(*ends) for ends in _CHINESE)]
    # Each on a line of its own: beside another one it might be taken for a part of a phrase.
    simplified = OpenCC("t2s").convert("\n".join(points)).split("\n")
    pairs = zip(points, simplified, strict=True)
    return Folding(
        f"opencc {__version__}",
        "".join(one + plain for one, plain in pairs if one != plain and len(plain) == 1),
    )
