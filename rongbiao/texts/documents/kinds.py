"""Kinds of files (文件类型): what a file is, by its content and never by its name alone.

Nothing is opened by the library that will read it: signatures, structure, and the XML of
packages by expat, which fetches nothing. So this is cheap enough to stand in a web worker.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from .limits import LARGEST, MB, MOST_PIXELS
from .packages import package_kind
from .pictures import JPEG, PNG, hides_more, jpeg_pixels, png_pixels
from .plain import NotText, decoded, opens_like_html, opens_like_svg
from .portable import acts_by_itself, carries_files, ends_as_zip, is_pdf
from .unreadable import Said, Unreadable, _

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
PACKED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
PICTURES = (b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
# Control characters, and the marks that turn the direction of text around.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SAME = {"jpeg": "jpg", "htm": "html", "markdown": "md", "text": "txt"}
OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the ending of its name, its media type, and what officials call it."""

    name: str
    media: str
    label: Said


KINDS = {
    kind.name: kind
    for kind in (
        Kind("pdf", "application/pdf", _("PDF 文档")),
        Kind("docx", OFFICE + "wordprocessingml.document", _("Word 文档")),
        Kind("xlsx", OFFICE + "spreadsheetml.sheet", _("Excel 表格")),
        Kind("pptx", OFFICE + "presentationml.presentation", _("PowerPoint 演示文稿")),
        Kind("png", "image/png", _("PNG 图片")),
        Kind("jpg", "image/jpeg", _("JPEG 图片")),
        Kind("txt", "text/plain", _("文本文件")),
        Kind("md", "text/markdown", _("Markdown 文本")),
        Kind("html", "text/html", _("网页")),
        Kind("csv", "text/csv", _("CSV 表格")),
        Kind("zip", "application/zip", _("压缩包")),
    )
}
TEXTS = {"txt", "md", "csv"}  # told apart by the name alone: any of them is any text


def plain_name(name: str) -> str:
    """Return a sender's file name without folders and unseen characters, 200 at most."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return UNSEEN.sub("", last).strip(" .")[-200:]


def ending_of(name: str) -> str:
    """Return what kind a name says the file is, or any other ending, or nothing.

    >>> ending_of("照片.JPEG")
    'jpg'
    """
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    return SAME.get(ending, ending)


def kind_of(data: bytes, name: str, accepted: Collection[str] = KINDS.keys()) -> Kind:
    """Return what kind of file this is, or raise Unreadable with the sentence that says why not.

    ``accepted`` names the kinds that are wanted here. The content decides; a name whose ending
    says something else is refused, since whoever opens the file later is guided by it. A zip
    is opened and every file in it is looked at in the same way.
    """
    shown = plain_name(name) or _("未命名")
    kind = content_kind(data, shown, ending_of(name), accepted)
    if kind.name != ending_of(name):
        raise misnamed(shown, kind)
    return kind


def misnamed(shown: str, kind: Kind) -> Unreadable:
    """Return the refusal of a file whose name says that it is something else."""
    words = _("“{name}”的内容是{label}，与文件名不符，请改正文件名后再试。")
    return Unreadable(words, name=shown, label=kind.label)


def content_kind(data: bytes, shown: str, ending: str, accepted: Collection[str]) -> Kind:
    """Return the kind of a content, whatever its name; texts are told apart by ``ending``."""
    if not data:
        raise Unreadable(_("“{name}”是空文件，请检查后再试。"), name=shown)
    if len(data) > LARGEST:
        words = _("“{name}”大小为 {size:.1f} MB，超过 {most} MB 的上限，请压缩或拆分后再试。")
        raise Unreadable(words, name=shown, size=len(data) / MB, most=LARGEST // MB)
    try:
        kind = KINDS[_found(data, ending)]
        if kind.name not in accepted:
            raise _unwanted(kind, accepted)
    except Unreadable as why:
        raise Unreadable(_("“{name}”：{why}"), name=shown, why=why) from why
    return kind


def _unwanted(kind: Kind, accepted: Collection[str]) -> Unreadable:
    if kind.name == "zip":
        return Unreadable(_("不接收压缩包，请逐个上传其中的文件。"))
    wanted = "、".join(name for name in KINDS if name in accepted)
    words = _("内容是{label}，不在可接收之列。可接收：{wanted}。")
    return Unreadable(words, label=kind.label, wanted=wanted)


def _found(data: bytes, ending: str) -> str:
    if data.startswith(b"%PDF"):
        return _pdf(data)
    if data.startswith((PNG, JPEG)):
        return _picture(data)
    if data.startswith(b"PK\x03\x04"):
        found = package_kind(data)
        if found == "zip":
            from .bundles import check_members

            check_members(data)
        return found
    _refuse_strangers(data)
    return _text(data, ending)


def _refuse_strangers(data: bytes) -> None:
    """Refuse what has a signature of its own that is not taken here, and say what to do."""
    if data.startswith(OLE):
        if LOCKED in data:
            raise Unreadable(_("文件设有密码，请去掉密码后再试。"))
        raise Unreadable(
            _("旧版 Office 文档（doc、xls、wps）不予接收，请另存为 docx、xlsx 后再试。")
        )
    if data.startswith(b"{\\rtf"):
        raise Unreadable(_("RTF 文档不予接收，请另存为 docx 后再试。"))
    if data.startswith((b"PK", *PACKED)):
        raise Unreadable(_("不接收这种压缩包，请逐个上传其中的文件，或打成 zip 包后再试。"))
    if data.startswith(PICTURES):
        raise Unreadable(_("这种图片不予接收，请另存为 PNG 或 JPG 后再试。"))
    if b"%PDF-" in data[:1024]:
        raise Unreadable(_("PDF 前面夹带了其他内容，请重新导出后再试。"))


def _pdf(data: bytes) -> str:
    if not is_pdf(data):
        raise Unreadable(_("文件开头写作 PDF，但结构不完整，无法打开，请重新导出后再试。"))
    if ends_as_zip(data):
        raise Unreadable(_("文件既是 PDF 又是压缩包，不予接收，请重新导出后再试。"))
    if acts_by_itself(data):
        raise Unreadable(_("PDF 中带有脚本或启动程序的动作，请去掉后再试。"))
    if carries_files(data):
        raise Unreadable(_("PDF 中夹带了其他文件，请去掉后单独提交。"))
    return "pdf"


def _picture(data: bytes) -> str:
    png = data.startswith(PNG)
    pixels = png_pixels(data) if png else jpeg_pixels(data)
    if not pixels or hides_more(data) or ends_as_zip(data):
        raise Unreadable(_("图片不完整或夹带其他内容，请重新导出后再试。"))
    if pixels > MOST_PIXELS:
        raise Unreadable(_("图片超过 1 亿像素，请缩小后再试。"))
    return "png" if png else "jpg"


def _text(data: bytes, ending: str) -> str:
    try:
        text, _encoding = decoded(data)
    except NotText as why:
        if ending in TEXTS | {"html"}:
            raise Unreadable(_("不是可读的文本，请存为 UTF-8 或 GB 18030 编码后再试。")) from why
        raise Unreadable(_("内容与文件名不符，或者不是能够识别的文件类型。")) from why
    if opens_like_svg(text) or ending == "svg":
        raise Unreadable(_("SVG 图片可能带有脚本，不予接收，请另存为 PNG 后再试。"))
    if opens_like_html(text, named=ending not in TEXTS):
        return "html"
    if ending == "html":
        raise Unreadable(_("扩展名写作网页，但内容不是网页，请改正文件名后再试。"))
    return ending if ending in TEXTS else "txt"
