"""Texts of enterprise standards (标准文本): are they laid out as GB/T 1.1 says, are they copied."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from rongbiao.standards.models import Statement

from .copies import Copy
from .finding import Finding, Grade

# The chapters that every document has, in this order.
CHAPTERS = ("范围", "规范性引用文件", "术语和定义")
BLANK = r"[ \t\u3000]"
HEADING = re.compile(
    rf"^{BLANK}*(?:第[一二三四五六七八九]章|\d{{1,2}})?[.、]*{BLANK}*(\S{{2,12}}?){BLANK}*$",
    re.MULTILINE,
)


def structure(row: Statement, copy: Copy | None) -> Iterable[Finding]:
    """Find what an inspection would say of the text."""
    place = _("标准文本")
    if not row.words.strip():
        yield Finding(
            "no-text", "text", place, "layout", Grade.NOTE,
            _("没有上传标准文本，未检查结构、引用的标准和是否照抄。"),
            _("上传 docx 或者 pdf 文本后再预检。"),
        )  # fmt: skip
        return
    places = chapters(row.words)
    missing = [name for name in CHAPTERS if name not in places]
    if missing:
        yield Finding(
            "chapters-missing", "text", place, "layout", Grade.NOTE,
            _("没有找到这些章：{names}。").format(names="、".join(missing)),
            _("按 GB/T 1.1 补齐；没有内容的章，也写明“没有规范性引用文件”“没有需要界定的术语和定义”。"),
        )  # fmt: skip
    order = [places[name] for name in CHAPTERS if name in places]
    if order != sorted(order):
        yield Finding(
            "chapters-order", "text", place, "layout", Grade.NOTE,
            _("“范围”“规范性引用文件”“术语和定义”的次序不对。"),
            _("这三章依次为第 1、2、3 章。"),
        )  # fmt: skip
    if copy is not None:
        yield Finding(
            "copied", "text", place, "own_text", Grade.MUST,
            _("与地方标准 {number}《{title}》有 {share} 的文字相同。").format(
                number=copy.number, title=copy.title, share=f"{copy.share:.0%}"
            ),
            _("按本企业的产品和条件自行编写；需要执行该标准的，作为执行的标准声明。"),
        )  # fmt: skip


def chapters(words: str) -> dict[str, int]:
    """Return where the chapters begin that every standard has; a table of contents comes first."""
    found: dict[str, int] = {}
    for one in HEADING.finditer(words):
        if one[1] in CHAPTERS:
            found[one[1]] = one.start()
    return found
