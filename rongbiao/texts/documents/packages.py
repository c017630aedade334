"""Packages (ISO/IEC 29500-2 and plain zip): what is in them, and what must not be.

Every part is read once, within limits on number, declared size and true size;
XML is read with expat, which fetches nothing, and any document type is refused,
since entities, external files and “billion laughs” all need one.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from typing import Any
from xml.parsers import expat

from .limits import MB, MOST_BYTES, MOST_DEPTH, MOST_ELEMENTS, MOST_PARTS, MOST_RATIO, MOST_XML
from .unreadable import Unreadable, _

BAD = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError,
    RuntimeError, OverflowError,
)  # fmt: skip
MAIN = {
    "wordprocessingml.document.main+xml": "docx",
    "wordprocessingml.template.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
    "presentationml.presentation.main+xml": "pptx",
}
MACROS = ("vbaproject.bin", "vbadata.xml", "/macrosheets/", "/activex/", "/dialogsheets/")
XML = (".xml", ".rels", ".vml")
TYPES = "[content_types].xml"
HARMLESS = ("/hyperlink",)  # relationships that are followed only when a person clicks
REMOTE = ("http:", "https:", "ftp:", "\\\\", "//", "file://///", "file:\\\\")
CELLS = ("xl/worksheets/sheet", "xl/sharedstrings")  # many elements, none that leads outside
LARGE = 16 * MB


def package_kind(data: bytes) -> str:
    """Return docx, xlsx, pptx or zip; raise Unreadable for anything else and anything unsafe."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _read(package, data)
    except (expat.ExpatError, LookupError) as bad:  # LookupError: an encoding that nobody knows
        raise Unreadable(_("文件中的 XML 不合格式，无法打开。")) from bad
    except BAD as bad:
        raise Unreadable(_("文件已损坏，无法打开，请重新导出后再试。")) from bad


def _read(package: zipfile.ZipFile, data: bytes) -> str:
    parts = package.infolist()
    check_list(parts)
    names = {part.filename.lower() for part in parts}
    if TYPES not in names:
        return _bundle(names)
    if any(sign in f"/{name}" for name in names for sign in MACROS):
        raise Unreadable(_("文件含宏或控件，请另存为不含宏的格式后再试。"))
    if b"%PDF-" in data[:1024]:
        raise Unreadable(_("文件既是 Office 文档又是 PDF，不予接收，请重新导出后再试。"))
    reading = _Reading()
    for part in parts:
        reading.read(package, part)
    if not reading.kind:
        raise Unreadable(_("不是 Word、Excel 或 PowerPoint 文档，不予接收。"))
    return reading.kind


def _bundle(names: set[str]) -> str:
    if "ofd.xml" in names:
        raise Unreadable(_("OFD 版式文件不予接收，请转为 PDF 或 docx 后再试。"))
    if "mimetype" in names and "content.xml" in names:
        raise Unreadable(_("OpenDocument 文档不予接收，请另存为 docx 或 xlsx 后再试。"))
    return "zip"


def check_list(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse a package by its directory: too much, locked, or with names that lead out of it."""
    if len(parts) > MOST_PARTS:
        raise Unreadable(_("文件内部部件超过{most}个，不予接收。"), most=MOST_PARTS)
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise Unreadable(_("文件解开后超过 {size} MB，不予接收。"), size=MOST_BYTES // MB)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(_("文件设有密码，请去掉密码后再试。"))
    names = [part.filename for part in parts]
    odd = any(
        "\\" in name or name.startswith("/") or name[1:2] == ":" or ".." in name.split("/")
        for name in names
    )
    linked = any(stat.S_ISLNK(part.external_attr >> 16) for part in parts)
    doubled = len({name.lower() for name in names}) != len(names)
    if odd or linked or doubled or min((part.header_offset for part in parts), default=0) != 0:
        raise Unreadable(_("文件内部的部件名称或位置不合规范，不予接收。"))
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise Unreadable(_("文件用了少见的压缩方式，请重新打包后再试。"))
    for part in parts:
        is_xml = part.filename.lower().endswith(XML)
        if is_xml and part.file_size > MOST_XML:
            raise Unreadable(_("文件中的一个部件过大，不予接收。"))
        if part.file_size > LARGE and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise Unreadable(_("文件的压缩比异常，可能是压缩炸弹，不予接收。"))


class _Reading:
    """One pass over the parts of an Office package."""

    def __init__(self) -> None:
        self.kind = ""
        self.depth = 0
        self.left = MOST_ELEMENTS

    def read(self, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        """Read one part to its end, which also checks its checksum."""
        is_xml = part.filename.lower().endswith(XML)
        parser = self._parser(part.filename.lower()) if is_xml else None
        with package.open(part) as stream:
            while chunk := stream.read(MB):
                if parser:
                    parser.Parse(chunk, False)
        if parser:
            parser.Parse(b"", True)

    def _parser(self, name: str) -> Any:
        self.depth = 0
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_doctype
        if not name.startswith(CELLS):
            parser.StartElementHandler = self._element
            parser.EndElementHandler = self._close
        return parser

    def _close(self, _name: str) -> None:
        self.depth -= 1

    def _element(self, name: str, values: dict[str, str]) -> None:
        self.depth += 1
        self.left -= 1
        if self.left < 0:
            raise Unreadable(_("文件内容过多，不予接收，请拆分后再试。"))
        if self.depth > MOST_DEPTH:
            raise Unreadable(_("文件内容层层嵌套超过{most}层，不予接收。"), most=MOST_DEPTH)
        if not values:
            return
        content_type = values.get("ContentType", "")
        if "macroEnabled" in content_type or "vbaProject" in content_type:
            raise Unreadable(_("文件含宏或控件，请另存为不含宏的格式后再试。"))
        for main, kind in MAIN.items():
            if content_type.endswith(main):
                self.kind = kind
        if values.get("TargetMode") == "External":
            self._outside(values.get("Type", ""), values.get("Target", ""))

    def _outside(self, relation: str, target: str) -> None:
        """Refuse what an office program would fetch by itself when the file is opened."""
        if relation.endswith(HARMLESS) or not target.strip().lower().startswith(REMOTE):
            return
        if relation.endswith("/attachedTemplate"):
            raise Unreadable(_("文件引用了外部网址上的模板，请去掉后再试。"))
        raise Unreadable(_("文件引用了外部网址上的图片或内容，请改为嵌入后再试。"))


def _refuse_doctype(*_declared: object) -> None:
    raise Unreadable(_("文件中的 XML 带有文档类型声明，不予接收。"))
