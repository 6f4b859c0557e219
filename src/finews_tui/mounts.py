"""On what kind of file system a folder is: whether other machines may have it, too.

Source: proc(5). SQLite's WAL needs memory that all who use a file share, which there is none of
between machines (sqlite.org/wal.html).
"""

from __future__ import annotations

import os
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
"""What is mounted, as Linux tells it; other systems tell nothing here."""
_NETWORK = frozenset(
    "9p afs beegfs ceph cifs coda fuse.glusterfs fuse.rclone fuse.s3fs fuse.sshfs glusterfs gpfs "
    "lustre ncpfs nfs nfs4 smb3 smbfs".split()
)


def network_kind(folder: Path, mounts: Path = MOUNTS) -> str:
    """The kind of network file system that ``folder``, or what there is of it, is on; else ''."""
    try:
        lines = mounts.read_bytes().splitlines()
    except OSError:
        return ""
    place = os.fsencode(os.path.realpath(folder))
    kind, longest = b"", -1
    for line in lines:
        fields = line.split(b" ")
        if len(fields) < 3:
            continue
        point = _unescaped(fields[1])
        is_above = point == b"/" or place == point or place.startswith(point + b"/")
        if is_above and len(point) >= longest:  # the later one of two lies over the other
            kind, longest = fields[2], len(point)
    name = kind.decode("ascii", "replace")
    return name if name in _NETWORK else ""


def _unescaped(field: bytes) -> bytes:
    """A name in which blanks are written as ``\\040``."""
    first, *rest = field.split(b"\\")
    return first + b"".join(
        bytes([int(part[:3], 8) & 0xFF]) + part[3:] if part[:3].isdigit() else b"\\" + part
        for part in rest
    )
