"""Columns of comment forms (意见表的列): what people call them, in whatever order.

A heading is compared without blanks, marks and what stands in brackets; first the names
known word for word, then telling parts of a name, the most telling first.
"""

import re
from dataclasses import dataclass

LOOSE = re.compile(r"[（(【\[].*?[）)】\]]|[\s*＊:：/／、，,。.·\-—_]+")
NAMES: dict[str, tuple[str, ...]] = {
    "number": ("序号", "编号", "号", "no", "行号"),
    "clause": (
        "章条编号", "章条号", "章条", "章节", "章节号", "条款", "条款号", "条文", "条文号",
        "条文编号", "标准章条编号", "标准条款", "对应条款", "位置", "条目", "clause",
    ),
    "words": (
        "意见内容", "意见", "意见和建议", "意见或建议", "意见建议", "修改意见", "修改内容",
        "反馈意见", "具体意见", "修改意见和建议", "专家意见", "原文及意见", "comment",
    ),
    "proposal": (
        "修改建议", "建议修改为", "建议改为", "建议", "修改为", "修改后内容", "建议条文",
        "建议修改内容", "建议的修改", "proposedchange",
    ),
    "unit": (
        "提出单位", "提出单位或个人", "提出单位个人", "单位", "提出人", "意见提出单位",
        "反馈单位", "意见来源", "提出部门", "提出专家", "专家姓名", "专家", "单位或个人",
    ),
    "disposition": (
        "处理意见", "处理结果", "采纳情况", "处理情况", "是否采纳", "处理", "采纳与否",
    ),
    "reason": (
        "理由", "修改理由", "理由或依据", "理由和依据", "依据", "处理理由", "不采纳理由",
        "未采纳理由", "说明", "备注", "原因", "理由说明",
    ),
}  # fmt: skip
# Parts of a heading that tell its column, the most telling first.
PARTS = (
    ("disposition", ("采纳", "处理")),
    ("unit", ("单位", "提出人", "姓名", "来源")),
    ("clause", ("章条", "条款", "条文", "章节")),
    ("proposal", ("修改建议", "建议修改", "建议改", "修改后")),
    ("reason", ("理由", "依据", "原因")),
    ("words", ("意见", "建议", "内容")),
    ("number", ("序号",)),
)  # fmt: skip
LABELS = {
    "提出单位": "unit", "提出单位或个人": "unit", "单位名称": "unit", "单位": "unit",
    "反馈单位": "unit", "填写单位": "unit", "意见提出单位": "unit",
    "联系人": "contact", "填表人": "contact", "填写人": "contact",
    "联系电话": "phone", "电话": "phone", "手机": "phone",
    "标准名称": "title", "文件名称": "title", "标准项目名称": "title",
}  # fmt: skip
DISPOSITIONS = {
    "采纳": "采纳", "已采纳": "采纳", "全部采纳": "采纳", "同意采纳": "采纳", "予以采纳": "采纳",
    "部分采纳": "部分采纳", "部份采纳": "部分采纳",
    "不采纳": "不采纳", "未采纳": "不采纳", "不予采纳": "不采纳",
    "未处理": "", "待处理": "", "": "",
}  # fmt: skip
EXACT = {name: column for column, names in NAMES.items() for name in names}


def plain(heading: str) -> str:
    """Return a heading as it is compared.

    >>> plain(" 章条 编号（必填）： ")
    '章条编号'
    """
    return LOOSE.sub("", heading).lower()


def column_of(heading: str) -> str | None:
    """Return which column a heading means, if any.

    >>> [column_of(each) for each in ("条款号", "不采纳的原因", "修改意见及理由", "日期")]
    ['clause', 'disposition', 'reason', None]
    """
    name = plain(heading)
    if not name or len(name) > 20:
        return None
    if name in EXACT:
        return EXACT[name]
    return next((column for column, parts in PARTS if any(part in name for part in parts)), None)


@dataclass(frozen=True, slots=True)
class Heads:
    """Which place of a row holds which column."""

    places: dict[str, int]

    def text(self, cells: list[str], column: str) -> str:
        """Return what a row says in a column; nothing where it has none."""
        place = self.places.get(column, len(cells))
        return cells[place].strip() if place < len(cells) else ""


def heads_of(cells: list[str]) -> Heads | None:
    """Return the columns of a row of headings, or nothing if it is no such row.

    Names known word for word go before guesses; of two headings for one column the first
    counts. A row of headings names the words and one thing more.
    """
    places: dict[str, int] = {}
    for known in (EXACT.get, column_of):
        for place, cell in enumerate(cells):
            column = known(plain(cell)) if known == EXACT.get else column_of(cell)
            if column and column not in places and place not in places.values():
                places[column] = place
    if "words" not in places or len(places) < 2 or not {"clause", "number", "unit"} & set(places):
        return None
    return Heads(places)
