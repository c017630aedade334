"""Kinds of files (文件类型): what a file is, by its content and never by its name alone."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .packages import package_kind
from .pictures import JPEG, MOST_PIXELS, PNG, jpeg_pixels, png_pixels
from .portable import acts_by_itself, is_pdf
from .unacceptable import Unacceptable

__all__ = ["LARGEST", "Kind", "Unacceptable", "kind_of", "plain_name"]

LARGEST = 20 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PACKED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
# Control characters, and the marks that turn the direction of text around.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
ENDINGS = {"jpeg": "jpg"}
OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its media type and what officials call it."""

    media: str
    label: str | Promise


KINDS = {
    "pdf": Kind("application/pdf", gettext_lazy("PDF 文档")),
    "docx": Kind(OFFICE + "wordprocessingml.document", gettext_lazy("Word 文档")),
    "xlsx": Kind(OFFICE + "spreadsheetml.sheet", gettext_lazy("Excel 表格")),
    "pptx": Kind(OFFICE + "presentationml.presentation", gettext_lazy("PowerPoint 演示文稿")),
    "png": Kind("image/png", gettext_lazy("PNG 图片")),
    "jpg": Kind("image/jpeg", gettext_lazy("JPEG 图片")),
    "txt": Kind("text/plain", gettext_lazy("文本文件")),
    "csv": Kind("text/csv", gettext_lazy("CSV 表格")),
}


def plain_name(name: str) -> str:
    """Return a sender's file name without folders and unseen characters, 200 at most."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return UNSEEN.sub("", last).strip(" .")[-200:] or _("未命名")


def kind_of(content: bytes, name: str) -> Kind:
    """Return what kind of file this is, or raise Unacceptable with a sentence that says why not.

    The content decides; a name whose ending says something else is refused,
    since whoever opens the file later is guided by it.
    """
    shown = plain_name(name)
    _check_size(content, shown)
    ending = PurePosixPath(shown).suffix.lstrip(".").lower()
    ending = ENDINGS.get(ending, ending)
    try:
        found = _found(content, ending)
    except Unacceptable as why:
        raise Unacceptable(_("“{name}”：{why}").format(name=shown, why=why)) from why
    if found != ending:
        raise Unacceptable(
            _("“{name}”的内容是{label}，与文件名不符，请改正文件名后再传。").format(
                name=shown, label=KINDS[found].label
            )
        )
    return KINDS[found]


def _check_size(content: bytes, shown: str) -> None:
    if not content:
        raise Unacceptable(_("“{name}”是空文件，请检查后重新上传。").format(name=shown))
    if len(content) > LARGEST:
        size, most = len(content) / 1024 / 1024, LARGEST // 1024 // 1024
        raise Unacceptable(
            _("“{name}”大小为 {size:.1f} MB，超过 {most} MB 的上限，请压缩或拆分后再传。").format(
                name=shown, size=size, most=most
            )
        )


def _found(content: bytes, ending: str) -> str:
    if content.startswith(b"%PDF"):
        return _pdf(content)
    if content.startswith((PNG, JPEG)):
        return _picture(content)
    if content.startswith(b"PK\x03\x04"):
        return package_kind(content)
    if content.startswith(OLE):
        raise Unacceptable(_("旧版 Office 或加密的文档不予接收，请另存为 docx、xlsx 后再传。"))
    if content.startswith((b"PK", *PACKED)):
        raise Unacceptable(_("不接收压缩包，请逐个上传其中的文件。"))
    if ending in {"txt", "csv"}:
        return _text(content, ending)
    raise Unacceptable(
        _(
            "内容与文件名不符或类型不在可接收之列。可接收：PDF、docx、xlsx、pptx、PNG、JPG、txt、csv。"
        )
    )


def _pdf(content: bytes) -> str:
    if not is_pdf(content):
        raise Unacceptable(_("文件开头写作 PDF，但结构不完整，无法打开，请重新导出后再传。"))
    if acts_by_itself(content):
        raise Unacceptable(_("PDF 中带有脚本或启动程序的动作，请去掉后再传。"))
    return "pdf"


def _picture(content: bytes) -> str:
    png = content.startswith(PNG)
    pixels = png_pixels(content) if png else jpeg_pixels(content)
    if not pixels:
        raise Unacceptable(_("图片不完整或夹带其他内容，请重新导出后再传。"))
    if pixels > MOST_PIXELS:
        raise Unacceptable(_("图片超过 1 亿像素，请缩小后再传。"))
    return "png" if png else "jpg"


def _text(content: bytes, ending: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not NOT_TEXT.search(text):
            return ending
        break
    raise Unacceptable(_("不是可读的文本，请存为 UTF-8 或 GB 18030 编码后再传。"))
