"""Columns (列): what a file may say of an edition, under which headings, and how long."""

import re

from django.utils.functional import Promise

from rongbiao.standards.models import Standard

# What the columns of a table may be called; the first is the column's own name. Headings are
# compared without blanks, brackets' content and case.
HEADINGS: dict[str, tuple[str, ...]] = {
    "number": (
        "标准编号", "标准号", "编号", "文件编号", "文件号", "standard number", "standard no",
        "standard_no", "reference", "docidentifier", "code",
    ),
    "title": (
        "标准名称", "中文名称", "中文标准名称", "标准中文名称", "名称", "文件名称", "题名",
        "title_zh", "title.zh", "name", "chinese title", "cn_name",
    ),
    "title_en": (
        "英文名称", "英文标准名称", "标准英文名称", "english title", "title.en", "en_name",
    ),
    "title_original": ("原文名称", "原名", "title.original", "original title"),
    "language": ("语种", "语言"),
    "level": ("层级", "标准层级", "标准级别", "级别", "标准类型"),
    "nature": ("性质", "标准性质", "类别", "标准类别", "standard_type"),
    "form": ("文件类型", "文献类型", "doctype", "deliverabletype"),
    "status": ("状态", "标准状态", "有效性", "state"),
    "stage": ("项目阶段", "阶段", "currentstage"),
    "region": ("行政区划代码", "区划代码", "地区代码"),
    "planned_on": ("立项下达日期", "立项日期", "计划下达日期", "下达日期", "planned"),
    "issued_on": (
        "发布日期", "批准日期", "发布时间", "出版日期", "issued", "published", "publicationdate",
        "publication date", "circulation_date", "issue date",
    ),
    "implemented_on": (
        "实施日期", "实施时间", "生效日期", "执行日期", "implemented", "implement_date",
        "effective date",
    ),
    "confirmed_on": ("复审确认日期", "确认日期", "复审日期", "confirmed"),
    "withdrawn_on": ("废止日期", "作废日期", "废止时间", "withdrawn", "withdrawal date"),
    "ics": ("国际标准分类号", "ics分类号", "ics分类", "icscode", "ics code"),
    "ccs": ("中国标准分类号", "ccs分类号", "中标分类号", "中标分类", "ccs code"),
    "publisher": ("发布机构", "发布单位", "发布部门", "批准发布部门", "issuing body"),
    "authority": ("主管部门", "行业主管部门"),
    "owner": ("归口单位", "归口部门", "技术归口", "技术委员会", "ownercommittee", "committee"),
    "proposer": ("提出单位", "提出部门"),
    "drafted_by": ("主要起草人", "起草人", "起草人员"),
    "filing": ("备案号", "备案编号"),
    "abstract": ("适用范围", "范围", "摘要", "scope", "scope.en"),
    "address": ("来源网址", "网址", "链接", "url", "link"),
    "drafters": ("起草单位", "主要起草单位", "主起草单位", "drafting organizations"),
    "replaces": ("代替标准", "代替标准号", "代替", "被代替标准", "supersedes"),
    "adopts": ("采用标准", "采标", "采用国际标准", "采标号"),
    "cites": ("引用标准", "规范性引用文件", "引用文件"),
}  # fmt: skip
DAYS = ("planned_on", "issued_on", "implemented_on", "confirmed_on", "withdrawn_on")
RELATIONS = ("replaces", "adopts", "cites")
NEEDED = {"number", "title"}  # without these a row is no row of headings
LONGEST = {
    name: getattr(Standard._meta.get_field(name), "max_length", None) or 20_000
    for name in HEADINGS
    if name not in {*RELATIONS, "drafters", *DAYS}
} | {"drafters": 20_000, "replaces": 5_000, "adopts": 5_000, "cites": 20_000}
# The columns of an edition that a later file may change; its number and keys it may not.
MERGED = (
    "title", "title_en", "title_original", "language", "level", "nature", "form", "status",
    "stage", "region", "planned_on", "issued_on", "issued_precision", "implemented_on",
    "confirmed_on", "withdrawn_on", "ics", "ccs", "publisher", "authority", "owner",
    "proposer", "drafted_by", "filing", "abstract", "address",
)  # fmt: skip
KEYS = ("number", "key", "resolver_key", "bare_key", "sorting", "year")

BRACKETS = re.compile(r"[（(].*?[)）]")
LOOSE = re.compile(r"[\s*＊:：/_-]+")


def plain_heading(text: str) -> str:
    """Return a heading as it is compared.

    >>> plain_heading(" 国际标准分类号（ICS） *")
    '国际标准分类号'
    """
    return LOOSE.sub("", BRACKETS.sub("", text)).lower()


KNOWN = {plain_heading(words): name for name, known in HEADINGS.items() for words in (name, *known)}


def understood(headings: list[str], given: dict[str, str]) -> dict[str, str]:
    """Tell which column each heading means; what was ``given`` goes before what is known.

    The first of two headings for one column counts.
    """
    columns: dict[str, str] = {}
    taken = {name for heading, name in given.items() if heading in headings}
    for heading in headings:
        if heading in given:
            if given[heading] and given[heading] not in columns.values():
                columns[heading] = given[heading]
            continue
        name = KNOWN.get(plain_heading(heading))
        if name and name not in taken:
            columns[heading] = name
            taken.add(name)
    return columns


def told_of(headings: list[str], columns: dict[str, str]) -> list[list[str]]:
    """Return headings with the column of each, empty where it has none, as a page offers them."""
    return [[one, columns.get(one, "")] for one in headings if one]


def lacking(told: list[list[str]]) -> bool:
    """Tell whether there are headings, but none for a column that a table must have."""
    return bool(told) and not {column for _heading, column in told} >= NEEDED


def heading_of(name: str) -> str | Promise:
    """Return what people call a column."""
    if name in {"drafters", *RELATIONS}:
        return HEADINGS[name][0]
    return getattr(Standard._meta.get_field(name), "verbose_name")  # noqa: B009  mypy's doubt
