"""Which folders are on a network: told by a table of mounts, written as Linux writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from finews_tui.mounts import network_kind

LOCAL = "/dev/sda1 / ext4 rw,relatime 0 0\nproc /proc proc rw 0 0\n"


def kind(tmp_path: Path, table: str, folder: str) -> str:
    """The kind of a folder by a written table."""
    mounts = tmp_path / "mounts"
    mounts.write_bytes(table.encode("utf-8", "surrogateescape"))
    return network_kind(Path(folder), mounts)


@pytest.mark.parametrize(
    ("line", "folder", "expected"),
    [
        ("server:/home /mnt/far nfs4 rw,vers=4.2,addr=10.0.0.1 0 0", "/mnt/far/me/.cache", "nfs4"),
        ("server:/home /mnt/far nfs rw 0 0", "/mnt/far", "nfs"),
        ("//pc/share /mnt/far cifs rw,username=me 0 0", "/mnt/far/x", "cifs"),
        ("me@host: /mnt/far fuse.sshfs rw 0 0", "/mnt/far/x", "fuse.sshfs"),
        ("drvfs /mnt/c 9p rw,dirsync 0 0", "/mnt/c/Users", "9p"),
        ("server:/x /mnt/a\\040b\\134c nfs rw 0 0", "/mnt/a b\\c/x", "nfs"),
        ("server:/x /mnt/新闻 nfs rw 0 0", "/mnt/新闻/x", "nfs"),
        ("server:/home /mnt/far nfs rw 0 0", "/mnt/farther", ""),
        ("server:/home /mnt/far nfs rw 0 0", "/mnt", ""),
        ("/dev/sdb1 /mnt/far ext4 rw 0 0", "/mnt/far/x", ""),
        ("gvfsd-fuse /mnt/far fuse.gvfsd-fuse rw 0 0", "/mnt/far/x", ""),
        ("cut", "/mnt/far/x", ""),
        ("server:/x /mnt/\\04 nfs rw 0 0", "/mnt/x", ""),
    ],
)
def test_the_mount_above_tells(tmp_path: Path, line: str, folder: str, expected: str) -> None:
    assert kind(tmp_path, f"{LOCAL}{line}\n", folder) == expected


def test_the_nearest_and_the_latest_mount_counts(tmp_path: Path) -> None:
    far = "server:/home /mnt/far nfs rw 0 0\n"
    near = "/dev/sdb1 /mnt/far/near ext4 rw 0 0\n"
    over = "tmpfs /mnt/far tmpfs rw 0 0\n"
    assert kind(tmp_path, LOCAL + near + far, "/mnt/far/near/x") == ""
    assert kind(tmp_path, LOCAL + far + near, "/mnt/far/x") == "nfs"
    assert kind(tmp_path, LOCAL + far + over, "/mnt/far/x") == ""
    assert kind(tmp_path, LOCAL + over + far, "/mnt/far/x") == "nfs"


def test_a_link_leads_where_the_files_are(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "home").symlink_to(tmp_path / "far")
    table = f"{LOCAL}server:/x {tmp_path}/far nfs rw 0 0\n"
    assert kind(tmp_path, table, f"{tmp_path}/home/not/there/yet") == "nfs"


def test_without_a_table_nothing_is_known(tmp_path: Path) -> None:
    assert network_kind(tmp_path, tmp_path / "none") == ""
