"""Pages of the national platform (国家标准全文公开系统) as a browser saved them."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from lxml import html

from .portion import Incoming, Unreadable, by_portions

PAIRS = {
    "中国标准分类号": "ccs",
    "国际标准分类号": "ics",
    "发布日期": "issued_on",
    "实施日期": "implemented_on",
    "废止日期": "withdrawn_on",
    "主管部门": "authority",
    "归口部门": "owner",
    "归口单位": "owner",
    "发布单位": "publisher",
    "采标号": "adopts",
}
LISTED = {
    "标准号": "number",
    "标准名称": "title",
    "类别": "nature",
    "状态": "status",
    "发布日期": "issued_on",
    "实施日期": "implemented_on",
    "语种": "language",
}
NUMBER = re.compile(r"标准号：\s*(.+?)\s*(?:采)?\s*$")
CHINESE = re.compile(r"^中文标准名称：\s*(.+)$")
ENGLISH = re.compile(r"^英文标准名称：\s*(.+)$")
STATUS = re.compile(r"^标准状态：\s*(\S+)")
REPLACED = re.compile(r"(?:代替|替代)\s*(?P<numbers>[^。；;]+)")
ADDRESS = re.compile(r"hcno=([0-9A-F]{32})|data-value=\"([0-9A-F]{32})\"")
TABLES = "//table[contains(concat(' ', @class, ' '), ' result_list ')]"
DETAIL = "https://openstd.samr.gov.cn/bzgk/std/newGbInfo?hcno="


def read_pages(content: str) -> Incoming:
    """Recognize a saved list or detail page."""
    tree = html.document_fromstring(content, parser=html.HTMLParser(no_network=True))
    rows = list(listed(tree))
    if not rows and (one := detail(tree, content)):
        rows = [one]
    if not rows and tree.xpath(TABLES):
        raise Unreadable(_("网页是查询结果，但一条也没有查到；请换一个条件查询，再另存网页。"))
    if not rows:
        raise Unreadable(_("网页里没有标准：只认国家标准全文公开系统的列表页和详情页。"))
    return Incoming("openstd", "openstd", by_portions((row, []) for row in rows), strict=False)


def words(element: Any) -> str:
    """Return the words of an element in one line."""
    return " ".join(element.text_content().split())


def listed(tree: Any) -> Iterator[dict[str, Any]]:
    """Give the rows of the table of results."""
    for table in tree.xpath(TABLES):
        places: dict[int, str] = {}
        for line in table.iter("tr"):
            if headings := line.findall("th"):
                places = {
                    at: LISTED[words(one)]
                    for at, one in enumerate(headings)
                    if words(one) in LISTED
                }
                continue
            cells = line.findall("td")
            row = {name: words(cells[at]) for at, name in places.items() if at < len(cells)}
            if row.get("number"):
                yield row | {"line": line.sourceline or 0}


def detail(tree: Any, content: str) -> dict[str, Any] | None:
    """Return what a detail page says of its standard."""
    row: dict[str, Any] = {}
    for heading in tree.iter("h1"):
        if found := NUMBER.match(words(heading)):
            row = {"number": found[1], "line": heading.sourceline or 1}
    if not row:
        return None
    for cell in tree.iter("td"):
        for pattern, name in ((CHINESE, "title"), (ENGLISH, "title_en"), (STATUS, "status")):
            if found := pattern.match(words(cell)):
                row[name] = found[1]
    said = pairs(tree)
    row |= {name: said[label] for label, name in PAIRS.items() if said.get(label)}
    if found := REPLACED.search(said.get("备注", "")):
        row["replaces"] = found["numbers"]
    if found := ADDRESS.search(content):
        row["address"] = DETAIL + (found[1] or found[2])
    return row


def pairs(tree: Any) -> dict[str, str]:
    """Return what stands beside each label."""
    found = {}
    for title in tree.xpath("//div[contains(concat(' ', @class, ' '), ' title ')]"):
        beside = title.getnext()
        if beside is not None and "content" in (beside.get("class") or ""):
            found[words(title).partition("（")[0]] = words(beside)
    return found
