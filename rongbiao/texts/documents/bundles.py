"""Zip packages of documents (压缩包): every file in it is looked at and read like one that came alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress

from .limits import LARGEST, MB, MOST_BYTES, MOST_MEMBERS
from .packages import BAD, check_list
from .unreadable import Unreadable, _

JUNK = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
UTF8 = 0x800  # the flag that says a name is UTF-8
MEMBERS = frozenset({"pdf", "docx", "xlsx", "pptx", "png", "jpg", "txt", "md", "html", "csv"})


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give every file in a zip by its name and content, one at a time, within the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            check_list(parts)
            parts = [part for part in parts if not part.is_dir() and not _junk(part.filename)]
            if not parts:
                raise Unreadable(_("压缩包里没有文件，请检查后再试。"))
            if len(parts) > MOST_MEMBERS:
                words = _("压缩包里的文件超过{most}个，请分开提交。")
                raise Unreadable(words, most=MOST_MEMBERS)
            for part in parts:
                name = name_of(part)
                if part.file_size > LARGEST:
                    words = _("压缩包中的“{name}”超过 {most} MB，请压缩或拆分后再试。")
                    raise Unreadable(words, name=name, most=LARGEST // MB)
                with package.open(part) as stream:
                    yield name, stream.read(LARGEST + 1)
    except BAD as bad:
        raise Unreadable(_("文件已损坏，无法打开，请重新导出后再试。")) from bad


def name_of(part: zipfile.ZipInfo) -> str:
    """Return the name of a file in a zip; older Chinese programs write it in GB 18030."""
    name = part.filename
    if not part.flag_bits & UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    return name[-200:]


def unpacked_size(content: bytes) -> int:
    """Return how many bytes a file comes to: of a package, what its directory declares."""
    if not content.startswith(b"PK"):
        return len(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return sum(part.file_size for part in package.infolist())
    except BAD:  # whoever looks at it next refuses it with its name
        return len(content)


def _junk(name: str) -> bool:
    lower = name.lower()
    return lower.startswith(JUNK[0]) or lower.rsplit("/", 1)[-1] in JUNK


def check_members(data: bytes) -> None:
    """Refuse a zip if any file in it would be refused alone, or is a package again."""
    from .kinds import kind_of

    left = MOST_BYTES
    for name, content in members(data):
        left -= unpacked_size(content)
        if left < 0:
            words = _("压缩包里的文件解开后共超过 {size} MB，不予接收。")
            raise Unreadable(words, size=MOST_BYTES // MB)
        if content.startswith(b"PK") and name.lower().endswith(".zip"):
            raise Unreadable(_("压缩包中的“{name}”又是压缩包，请解开后再提交。"), name=name)
        try:
            kind_of(content, name, MEMBERS)
        except Unreadable as why:
            raise Unreadable(_("压缩包中有文件不予接收：{why}"), why=why) from why
