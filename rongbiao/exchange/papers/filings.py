"""The filing package (备案材料): announcement, text and form in one zip, with a manifest.

The manifest ``清单.txt`` names every file with its SHA-256 in the form that ``sha256sum -c``
reads, so that whoever receives the package can check it.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _

from rongbiao.parties.refused import Refused

from .blocks import Form, Title, pairs, row
from .packages import docx, zipped
from .pages import FORM
from .projects import FORM_WIDTHS
from .word import body
from .wording import document_number, in_words, one_line

MANIFEST = "清单.txt"
FORM_NAME, ABOLITION_NAME = "备案信息表.docx", "废止备案信息表.docx"
UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingForm:
    """备案信息表: what the filing says of the standard."""

    city: Annotated[str, "城市"]
    number: Annotated[str, "标准编号"]
    title: Annotated[str, "标准名称"]
    issuer: Annotated[str, "批准发布机关"]
    announcement: Annotated[str, "发布公告文号"]
    issued_on: Annotated[date, "发布日期"]
    implemented_on: Annotated[date, "实施日期"]
    title_en: Annotated[str, "英文名称"] = ""
    ics: Annotated[str, "ICS"] = ""
    ccs: Annotated[str, "CCS"] = ""
    replaces: Annotated[str, "代替标准编号"] = ""
    proposer: Annotated[str, "提出部门"] = ""
    drafters: Annotated[tuple[str, ...], "起草单位"] = ()
    authors: Annotated[tuple[str, ...], "主要起草人"] = ()
    adopted: Annotated[str, "采用国际标准情况"] = ""
    patents: Annotated[str, "涉及专利情况"] = ""
    contact: Annotated[str, "联系人"] = ""
    phone: Annotated[str, "联系电话"] = ""
    day: Annotated[date | None, "填报日期"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbolitionForm:
    """废止备案信息表: what the filing says of a standard that was abolished."""

    city: Annotated[str, "城市"]
    number: Annotated[str, "标准编号"]
    title: Annotated[str, "标准名称"]
    issuer: Annotated[str, "批准发布机关"]
    announcement: Annotated[str, "废止公告文号"]
    abolished_on: Annotated[date, "废止日期"]
    reason: Annotated[str, "废止理由"]
    into: Annotated[str, "废止后转化为"] = ""
    issued_on: Annotated[date | None, "发布日期"] = None
    implemented_on: Annotated[date | None, "实施日期"] = None
    filing: Annotated[str, "原备案号"] = ""
    proposer: Annotated[str, "提出部门"] = ""
    contact: Annotated[str, "联系人"] = ""
    phone: Annotated[str, "联系电话"] = ""
    day: Annotated[date | None, "填报日期"] = None


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file of the package."""

    name: Annotated[str, "文件名"]
    content: Annotated[bytes, "内容"]


def filing_form(given: FilingForm) -> bytes:
    """Return the form of a filing as docx."""
    rows = (
        row("标准名称", given.title),
        row("英文名称", given.title_en),
        *pairs(
            ("标准编号", given.number),
            ("代替标准编号", given.replaces or "无"),
            ("ICS", given.ics),
            ("CCS", given.ccs),
            ("发布日期", in_words(given.issued_on)),
            ("实施日期", in_words(given.implemented_on)),
            ("批准发布机关", given.issuer),
            ("发布公告文号", document_number(given.announcement)),
        ),
        row("提出部门", given.proposer),
        row("起草单位", "、".join(given.drafters), 15),
        row("主要起草人", "、".join(given.authors), 15),
        row("采用国际标准", given.adopted),
        row("涉及专利情况", given.patents),
        *pairs(
            ("联系人", given.contact), ("联系电话", given.phone)
        ),
        row("报送单位", f"{given.issuer}（盖章）\n{in_words(given.day)}", 30, sign=True),
    )  # fmt: skip
    content = body((Title(f"{given.city}地方标准备案信息表"), Form(FORM_WIDTHS, rows)))
    title = f"{one_line(given.number)}《{one_line(given.title)}》备案信息表"
    return docx(content, FORM, title=title, author=given.issuer, day=given.day)


def abolition_form(given: AbolitionForm) -> bytes:
    """Return the form of the filing of an abolition as docx."""
    rows = (
        row("标准名称", given.title),
        *pairs(
            ("标准编号", given.number),
            ("原备案号", given.filing),
            ("发布日期", in_words(given.issued_on)),
            ("实施日期", in_words(given.implemented_on)),
            ("废止公告文号", document_number(given.announcement)),
            ("废止日期", in_words(given.abolished_on)),
        ),
        row("废止理由", given.reason, 30),
        row("废止后转化为", given.into),
        row("提出部门", given.proposer),
        *pairs(
            ("联系人", given.contact), ("联系电话", given.phone)
        ),
        row("报送单位", f"{given.issuer}（盖章）\n{in_words(given.day)}", 30, sign=True),
    )  # fmt: skip
    content = body((Title(f"{given.city}地方标准废止备案信息表"), Form(FORM_WIDTHS, rows)))
    title = f"{one_line(given.number)}《{one_line(given.title)}》废止备案信息表"
    return docx(content, FORM, title=title, author=given.issuer, day=given.day)


def filing_package(
    given: FilingForm, announcement: tuple[Enclosed, ...], text: tuple[Enclosed, ...]
) -> bytes:
    """Return the zip: announcement, text of the standard, form, manifest.

    Refused in a sentence where the announcement or the text is missing or empty.
    """
    form = (Enclosed(FORM_NAME, filing_form(given)),)
    return _package(
        (_("发布公告"), "1 发布公告", announcement),
        (_("标准文本"), "2 标准文本", text),
        (_("备案信息表"), "3 备案信息表", form),
    )


def abolition_package(given: AbolitionForm, announcement: tuple[Enclosed, ...]) -> bytes:
    """Return the zip of an abolition: announcement, form, manifest; refused without the first."""
    form = (Enclosed(ABOLITION_NAME, abolition_form(given)),)
    return _package(
        (_("废止公告"), "1 废止公告", announcement),
        (_("废止备案信息表"), "2 废止备案信息表", form),
    )


def _package(*groups: tuple[str, str, tuple[Enclosed, ...]]) -> bytes:
    """Return the zip of some groups of files, each in its folder, with the manifest."""
    for name, _folder, group in groups:
        if not group or not all(each.content for each in group):
            raise Refused(_("备案材料缺少{name}，不能生成备案包。").format(name=name))
    files: dict[str, bytes] = {}
    for _name, folder, group in groups:
        for each in group:
            files[_free(f"{folder}/{safe_name(each.name)}", files)] = each.content
    listed = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()
    )
    return zipped([*files.items(), (MANIFEST, listed.encode())])


def safe_name(name: str) -> str:
    """Return a file's name that every system can hold: no path, no reserved sign, not too long.

    >>> safe_name("../a/DB3501/T 3—2026.pdf"), safe_name(" . ")
    ('..-a-DB3501-T 3—2026.pdf', '未命名')
    """
    plain = UNFIT.sub("-", one_line(name)).strip().rstrip(".")
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > 80 and dot:
        plain = f"{stem[: 79 - len(ending)]}.{ending}"
    return plain[:80] if plain.strip(" .") else "未命名"


def _free(name: str, taken: dict[str, bytes]) -> str:
    """Return the name, or with a number where it is taken."""
    stem, dot, ending = name.rpartition(".")
    number, free = 2, name
    while free in taken:
        free = f"{stem}（{number}）{dot}{ending}" if dot else f"{name}（{number}）"
        number += 1
    return free
