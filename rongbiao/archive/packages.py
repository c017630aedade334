"""Office packages (OOXML, ISO/IEC 29500-2): what is in them, and what must not be.

Every part is read once, within limits on number, declared size and true size;
XML is read with expat, which fetches nothing, and any document type is refused,
since entities, external files and “billion laughs” all need one.
"""

import io
import zipfile
import zlib
from xml.parsers import expat

from django.utils.translation import gettext as _

from .unacceptable import Unacceptable

MOST_PARTS = 3000
MOST_BYTES = 200 * 1024 * 1024
MOST_XML = 64 * 1024 * 1024
CHUNK = 1024 * 1024
MAIN = {
    "wordprocessingml.document.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
    "presentationml.presentation.main+xml": "pptx",
}
MACROS = ("vbaproject.bin", "vbadata.xml", "/macrosheets/", "/activex/", "/dialogsheets/")


def package_kind(content: bytes) -> str:
    """Return docx, xlsx or pptx; raise Unacceptable for anything else and anything unsafe."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _read(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as bad:
        raise Unacceptable(_("文件已损坏，无法按 Office 文档打开。")) from bad
    except expat.ExpatError as bad:
        raise Unacceptable(_("文件中的 XML 不合格式，无法按 Office 文档打开。")) from bad


def _read(package: zipfile.ZipFile) -> str:
    parts = package.infolist()
    _check_list(parts)
    names = {part.filename.lower() for part in parts}
    if "[content_types].xml" not in names:
        raise Unacceptable(_("不接收压缩包，请逐个上传其中的文件。"))
    if any(sign in f"/{name}" for name in names for sign in MACROS):
        raise Unacceptable(_("文件含宏或控件，请另存为不含宏的格式后再传。"))
    reading = _Reading()
    for part in parts:
        reading.read(package, part)
    if not reading.kind:
        raise Unacceptable(_("不是 Word、Excel 或 PowerPoint 文档，不予接收。"))
    return reading.kind


def _check_list(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise Unacceptable(_("文件内部部件超过{most}个，不予接收。").format(most=MOST_PARTS))
    if sum(part.file_size for part in parts) > MOST_BYTES:
        size = MOST_BYTES // 1024 // 1024
        raise Unacceptable(_("文件解开后超过 {size} MB，不予接收。").format(size=size))
    if any(part.flag_bits & 1 for part in parts):
        raise Unacceptable(_("文件设有密码，请去掉密码后再传。"))
    names = [part.filename for part in parts]
    odd = any("\\" in name or name.startswith("/") or ".." in name.split("/") for name in names)
    if odd or len(set(names)) != len(names):
        raise Unacceptable(_("文件内部的部件名称不合规范，不予接收。"))


class _Reading:
    """One pass over the parts of a package."""

    def __init__(self):
        self.kind = ""

    def read(self, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        """Read one part to its end, which also checks its checksum."""
        is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
        if is_xml and part.file_size > MOST_XML:
            raise Unacceptable(_("文件中的一个部件过大，不予接收。"))
        parser = self._parser() if is_xml else None
        with package.open(part) as stream:
            while chunk := stream.read(CHUNK):
                if parser:
                    parser.Parse(chunk, False)
        if parser:
            parser.Parse(b"", True)

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._element
        return parser

    def _element(self, name: str, values: dict[str, str]) -> None:
        content_type = values.get("ContentType", "")
        if "macroEnabled" in content_type or "vbaProject" in content_type:
            raise Unacceptable(_("文件含宏或控件，请另存为不含宏的格式后再传。"))
        for main, kind in MAIN.items():
            if content_type.endswith(main):
                self.kind = kind
        if values.get("Type", "").endswith("/attachedTemplate"):
            target = values.get("Target", "").lower()
            if target.startswith(("http:", "https:", "ftp:", "\\\\", "//", "file://///")):
                raise Unacceptable(_("文件引用了外部网址上的模板，请去掉后再传。"))


def _refuse_doctype(*_declared) -> None:
    raise Unacceptable(_("文件中的 XML 带有文档类型声明，不予接收。"))
