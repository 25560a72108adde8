"""Zip files with the same bytes for the same contents: nothing in them tells when or where they were made."""

from __future__ import annotations

import zipfile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def write_zip(members: Mapping[str, bytes], file: IO[bytes]) -> None:
    """Write the members in the order given, all dated by the first day a zip can hold."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)


def members_of(file: IO[bytes]) -> dict[str, bytes]:
    """Read a zip file's members."""
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
