"""Responsible units (责任单位): the lists behind or beneath a clause, name by name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rongbiao.texts.received import Received

from .clauses import Block
from .head import _guarded, _open
from .paper import Doubt, Unit

LABEL = (
    r"(?:主要)?(?:责任|牵头|配合|主办|协办|承办|协助|参与|参加|支持|指导|完成|督办)(?:责任)?"
    r"(?:单位|部门|科室|处室|领导|局|人)?"
)
LINE = re.compile(rf"^[ \t\u3000]*(?={LABEL}\s*：)", re.M)
LABELED = re.compile(rf"({LABEL})\s*：")
BRACKETED = re.compile(
    r"[（〔\[【]([^（）〔〕\[\]【】]*(?:[（(][^（）()]*[）)][^（）〔〕\[\]【】]*)*)[）〕\]】]"
)
DUTY = re.compile(
    r"(?:分别)?(?:按照?(?:各自)?职责(?:分工)?)?(?:分别)?(?:共同)?(?:牵头负责|牵头|负责落实|配合|参与|协助|负责)$"
)
FIRST_LEADS = re.compile(
    r"[，,]?(?:列第一位(?:者|的)?(?:单位)?为牵头(?:单位)?|第一个单位为牵头单位|排在第一位的为牵头)(?:[，,]?下同)?"
)
ALSO = re.compile(r"以下均需(?:要)?([^，。；）〕]{2,40}?)(?:负责|配合|参与|落实)")
SPOKEN = re.compile(r"(?:责任|牵头|配合|承办)单位")
DUE = re.compile(r"(?:完成时限|完成时间|时限|进度安排)\s*：\s*([^；。）\n]{2,30})")
CONTACT = re.compile(r"(?:联系人|联系电话|电话|电子邮箱|分管领导|责任人)")
GROUP = re.compile(
    r"^各|成员单位|有关(?:部门|单位|地方)|相关(?:部门|单位|成员)|市直(?:各|有关|相关)|等(?:部门|单位)|各有关|地方人民政府|各级"
)
TAIL = re.compile(r"(?:等(?:有关|相关)?(?:部门|单位)?)$")
NAMED = re.compile(
    r"[局委办部厅院会署行社处室中心公司集团政府单位部门机构小组银行大学学院联协厂馆所站队区县市州盟旗团]$|[）〕]$|法院|检察院"
)
JOINED = re.compile(r"(?<=[局委办部厅会府])(?:及|以及|和|与)(?=[市省县区各]|国家|有关|相关)")
PLACES = re.compile(r"(?:县级市|县|市|区|县区|旗|自治县|县（市）)(?:人民政府)?")
LEAD = re.compile(r"牵头|主办|主要责任|承办")
SUPPORT = re.compile(r"配合|协办|协助|参与|参加|支持|指导")


@dataclass(slots=True)
class Units:
    """The units of each clause, by its place."""

    of: list[tuple[Unit, ...]]
    due: list[str | None]
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(slots=True)
class Found:
    """A list of units in the text: its place, its names, and what it says besides."""

    start: int
    end: int
    units: list[Unit]
    due: str | None = None


def read_units(normal: Received, blocks: list[Block]) -> Units:
    """Return the responsible units of every clause, in the order of the paper."""
    result = Units(of=[], due=[])
    first_leads = False
    also: list[Unit] = []
    for block in blocks:
        own = normal.text[block.start : block.end]
        lists = [*_lines(own, block.start), *_brackets(own, block.start)]
        lists.sort(key=lambda found: found.start)
        lists = _apart(lists)
        units = [unit for found in lists for unit in found.units]
        if FIRST_LEADS.search(own):
            first_leads = True
        if units and first_leads and all(unit.lead is None for unit in units):
            units = [Unit(u.name, u.group, lead=place == 0) for place, u in enumerate(units)]
        extra = ALSO.search(own)
        if extra:
            also = [Unit(name, group=True, lead=False) for name in names(extra.group(1))]
        if units:
            units += [unit for unit in also if unit.name not in {u.name for u in units}]
        block.cut = tuple((found.start, found.end) for found in lists)
        result.of.append(tuple(_once(units)))
        result.due.append(next((found.due for found in lists if found.due), None))
        result.doubts += [doubt for found in lists for doubt in _doubts(normal, found)]
    if not any(result.of):
        result.doubts += _elsewhere(normal, blocks)
    return result


def _elsewhere(normal: Received, blocks: list[Block]) -> list[Doubt]:
    """A paper that speaks of responsible units and lists none has its list elsewhere."""
    spoken = SPOKEN.search(normal.text, blocks[0].start) if blocks else None
    if spoken is None:
        return []
    why = "文中提到责任单位，但没有列出名单；名单可能在附件或另一份文件里，请补充。"
    return [Doubt(*normal.span(spoken.start(), spoken.end()), why)]


def _apart(lists: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for found in lists:
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    return kept


def _once(units: list[Unit]) -> list[Unit]:
    seen: dict[str, Unit] = {}
    for unit in units:
        seen.setdefault(unit.name, unit)
    return list(seen.values())


def _lines(text: str, at: int) -> list[Found]:
    """Lists on lines of their own: 责任单位：…; a line that a page has broken goes on."""
    found = []
    for match in LINE.finditer(text):
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        while end < len(text) and text[end - 1] in "、，":
            following = text.find("\n", end + 1)
            end = len(text) if following < 0 else following
        line = text[match.end() : end]
        units, due = _labeled("".join(line.split("\n")))
        if units:
            found.append(Found(at + match.start(), at + end, units, due))
    return found


def _brackets(text: str, at: int) -> list[Found]:
    """Lists in brackets behind a clause: （牵头单位：…）, 〔…牵头，…负责〕."""
    found = []
    for match in BRACKETED.finditer(text):
        inner = match.group(1).strip()
        if LABELED.match(inner):
            units, due = _labeled(inner)
        elif DUTY.search(ALSO.sub("", inner).rstrip("。，；不再列出 ")) or DUTY.search(
            re.split(r"[。；]", inner)[0]
        ):
            units, due = _dutied(inner), None
        else:
            continue
        if units:
            found.append(Found(at + match.start(), at + match.end(), units, due))
    return found


def _labeled(line: str) -> tuple[list[Unit], str | None]:
    """Read 牵头单位：甲；配合单位：乙、丙."""
    due = DUE.search(line)
    line = FIRST_LEADS.sub("", DUE.sub("", line))
    marks = list(LABELED.finditer(line))
    units: list[Unit] = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        label = mark.group(1)
        if CONTACT.search(label) or label.endswith(("领导", "人")):
            continue
        words = line[mark.end() : following.start() if following else len(line)]
        words = CONTACT.split(words)[0]
        lead = True if LEAD.search(label) else False if SUPPORT.search(label) else None
        units += [Unit(name, bool(GROUP.search(name)), lead) for name in names(words)]
    return units, due.group(1) if due else None


def _dutied(inner: str) -> list[Unit]:
    """Read 甲、乙牵头，丙、丁按职责分工负责."""
    inner = re.split(r"。|；|以下均需", inner)[0]
    units: list[Unit] = []
    said_lead = "牵头" in inner
    for part in re.split(r"(?<=牵头)，|(?<=负责)，|(?<=配合)，", _guarded(inner)):
        duty = DUTY.search(_open(part).rstrip("，、 "))
        words = DUTY.sub("", _open(part).rstrip("，、 "))
        act = duty.group() if duty else ""
        lead = True if "牵头" in act else False if said_lead or SUPPORT.search(act) else None
        units += [Unit(name, bool(GROUP.search(name)), lead) for name in names(words)]
    return units


def names(words: str) -> list[str]:
    """Return the single names of a list; marks inside parentheses belong to a name.

    >>> names("市教育局、市市场监管局及市标准化工作联席会议相关成员单位，各县（市）区人民政府")
    ['市教育局', '市市场监管局', '市标准化工作联席会议相关成员单位', '各县（市）区人民政府']
    """
    found: list[str] = []
    for piece in re.split(r"[、，；]", _guarded(JOINED.sub("、", words))):
        name = "".join(_open(piece).split()).strip("。：；，、.")
        name = re.sub(r"^(?:由|会同|以及|及|和|与)", "", name)
        bare = TAIL.sub("", name) if not name.endswith(("有关部门", "相关单位")) else name
        if bare and len(bare) <= 40 and not re.search(r"[。！？]", bare):
            if found and found[-1].startswith("各") and PLACES.fullmatch(bare):
                found[-1] += f"、{bare}"
            else:
                found.append(bare)
    return found


def _doubts(normal: Received, found: Found) -> list[Doubt]:
    """A name that does not end as names of offices do is for a person to look at."""
    start, end = normal.span(found.start, found.end)
    return [
        Doubt(start, end, f"“{unit.name}”不像单位名称，请核对责任单位。")
        for unit in found.units
        if not NAMED.search(unit.name)
    ]
