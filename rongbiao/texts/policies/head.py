"""The head and the tail of a paper (文件头尾): title, number, issuer, days, what it repeals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rongbiao.texts.received import Received

from .paper import Doubt

HAN = "\u3400-\u9fff"
NUMBER = re.compile(
    rf"([{HAN}]{{1,10}}?)\s*[〔\[﹝【（(]\s*((?:19|20)\d{{2}})\s*(?:年)?[〕\]﹞】）)]\s*(?:第)?\s*(\d{{1,5}})\s*号"
)
KINDS = "意见|通知|规划|方案|计划|决定|纲要|办法|要点|措施|规定|细则|公告|条例|清单|解读"
TITLE = re.compile(rf"^[^。！？；]{{4,120}}?(?:{KINDS})(?:（[^）]{{1,40}}）)?$")
DAY = re.compile(r"((?:19|20)\d{2})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?")
CHINESE_DAY = re.compile(
    r"([二〇零○一三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
PUBLISHED = re.compile(r"(?:发布|公布|发文|生成|公开)(?:时间|日期)】?\s*[：:]?\s*" + DAY.pattern)
MADE_BY = re.compile(rf"【(?:制定|发布|发文)(?:机关|单位|部门)】\s*([{HAN}]{{4,30}})")
# A line of a page that tells about the paper: ∙【效力等级】…, or a word that stands above it.
ABOUT = re.compile(
    r"^[∙·•*\s]*(?:【[^】]{1,12}】(?!.*正文\S)|(?:文章属性|正\s*文|导\s*读|目\s*录|全\s*文)$)"
)
TOLD = re.compile(
    rf"(?:([{HAN}]{{2,30}}?)(?:联合)?(?:印发|发布|出台|下发)了?)?《((?:[^《》]|《[^《》]*》){{4,80}}?(?:{KINDS}))》(?=全文|的?主要内容|提出|明确|如下)"
)
PLACE = re.compile(
    r"各?(?:地级)?(?:省|自治区|直辖市|设区市|市州|市|州|县级市|县市区|县区|县|区|旗|盟|地区|县（市、区）|县（市）|区（市）|市（州）|乡镇|乡|镇)"
)
ISSUER = re.compile(
    rf"^[{HAN}]{{0,40}}(?:人民政府|国务院|办公厅|办公室|委员会|管委会|市委|省委|区委|县委|国务院|管理局|总局|局|厅|部)$"
)
ADDRESSEE = re.compile(r"^[^。；]{2,300}[：:]$")
OFFICIAL = re.compile(r"政府|委|局|部门|单位|机构|院校|公司|管委会|直属")
CHROME = re.compile(
    r"点击数|点击量|来源[：:]|字体|打印|首页|当前位置|您(?:现在|所在)的位置|索引号|信息分类|无障碍|长者模式|内容编辑|访问量|浏览"
)
LABEL = re.compile(
    r"^.*(?:原标题|名\s*称|标\s*题)\s*：|^.*?【[^】]*】[^\s]{0,8}?正文|\s+内容分类.*$"
)
DIGITS = {letter: str(value) for value, letter in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}


@dataclass(slots=True)
class Head:
    """What stands before the first clause and after the last."""

    title: str | None = None
    number: str | None = None
    issuer: str | None = None
    signed_on: str | None = None
    published_on: str | None = None
    repeals: tuple[str, ...] = ()
    effective: str | None = None
    interpreted_by: str | None = None
    addressees: tuple[str, ...] = ()
    body: int = 0  # where the paper itself begins in the normal form
    signature: int | None = None  # where who signed it, or the day alone, stands
    doubts: list[Doubt] = field(default_factory=list)


def read_head(normal: Received) -> Head:
    """Return the head and tail of a paper; what is not found stays None."""
    head = Head()
    lines = _lines(normal.text)
    _title(head, normal, lines)
    if head.title is None:
        _told(head, normal)
    _number(head, normal, lines)
    _published(head, normal)
    _signed(head, normal, lines)
    _closing(head, normal)
    _addressees(head, lines)
    made_by = MADE_BY.search(normal.text[:6000])
    if head.issuer is None and made_by:
        head.issuer = made_by.group(1)
    if head.issuer is None and head.title and "关于" in head.title:
        before = head.title.partition("关于")[0]
        if ISSUER.match(before):
            head.issuer = before
    return head


def _lines(text: str) -> list[tuple[int, str]]:
    """Return the lines that are not empty, each with its place, without outer space.

    Where a page has run head lines together, a number or a signed day ends them.
    """
    found = []
    for match in re.finditer(r"[^\r\n]+", text):
        at = match.start()
        for piece in _apart(match.group()):
            bare = piece.strip()
            if bare:
                found.append((at + piece.index(bare[0]), bare))
            at += len(piece)
    return found


def _apart(line: str) -> list[str]:
    """Return the lines that stand in one: 标题 文号 主送机关：, 机关 日期 标题."""
    cuts = []
    for match in NUMBER.finditer(line):
        after = line[match.end() :]
        if after[:1].isspace() and line[: match.start()].strip():
            cuts += [match.start(), match.end()]
    for match in DAY.finditer(line):
        before, after = line[: match.start()].strip(), line[match.end() :]
        if after[:1].isspace() and after.strip() and ISSUER.match(before):
            cuts.append(match.end())
    edges = [0, *sorted(cuts), len(line)]
    return [line[start:end] for start, end in zip(edges, edges[1:], strict=False)]


def _title(head: Head, normal: Received, lines: list[tuple[int, str]]) -> None:
    """Find the title: a line that names a kind of paper; lines that were broken are joined."""
    first = lines[:40]
    for place, (start, line) in enumerate(first):
        if CHROME.search(line) or ABOUT.match(line):
            continue
        bare = LABEL.sub("", NUMBER.sub("", line)).strip(" \u3000∙·")
        if bare[:1] == "《" and bare[-1:] == "》" and bare.find("》") == len(bare) - 1:
            bare = bare.replace("〈", "《").replace("〉", "》")[1:-1]  # quoted one step deeper
        candidates = [(bare, start + len(line))]
        for more in range(1, 4):  # a title broken over up to four lines
            if place + more < len(first):
                joined = bare + "".join(
                    more_line for _s, more_line in first[place + 1 : place + 1 + more]
                )
                stop = first[place + more][0] + len(first[place + more][1])
                candidates.append((joined, stop))
        for found, stop in candidates:
            words = re.sub(r"(?<=[\u4e00-\u9fff”》])\s+(?=[\u4e00-\u9fff“《])", "", found)
            if TITLE.match(words) and ("关于" in words or len(words) >= 8):
                head.title = words
                head.body = stop
                if words.endswith("解读"):
                    why = "这是对文件的解读，不是文件本身；任务和责任单位请以文件原文为准。"
                    head.doubts.append(Doubt(*normal.span(start, stop), why))
                if re.search(r"[A-Za-z_]{3,}|[^\w（）《》〈〉“”、—·＋+\-\s]", words):
                    begin, end = normal.span(start, stop)
                    why = "标题里夹有不像公文标题的字符，请对照原件核对。"
                    head.doubts.append(Doubt(begin, end, why))
                return


def _told(head: Head, normal: Received) -> None:
    """Take the title that a report names before it gives the paper: …印发了《…》全文如下."""
    match = TOLD.search(normal.text[:6000])
    if match:
        head.title = match.group(2)
        maker = re.sub(r"^(?:近日|日前|今天|最近)", "", match.group(1) or "")
        if ISSUER.match(maker):
            head.issuer = maker
        why = "原文是转载，标题取自转载时的介绍，请对照文件核对。"
        head.doubts.append(Doubt(*normal.span(match.start(2), match.end(2)), why))


def _number(head: Head, normal: Received, lines: list[tuple[int, str]]) -> None:
    for start, line in lines[:40]:
        match = NUMBER.search(line)
        if match and ("关于" not in line[: match.start()] or line.endswith("号")):
            inside = line.rfind("《", 0, match.start()) > line.rfind("》", 0, match.start())
            if inside or (match.start() and line[match.start() - 1] in "（("):
                continue
            head.number = _tidy(match)
            if head.number.index("〔") == 1:
                why = "文号的机关代字只有一个字，前面可能有缺字，请核对。"
                head.doubts.append(
                    Doubt(*normal.span(start + match.start(), start + match.end()), why)
                )
            return
        if len(line) > 200:
            return


def _tidy(match: re.Match[str]) -> str:
    letters = re.sub(r"^.*(?:意见|通知|规划|方案|文号|号)", "", match.group(1))
    return f"{letters or match.group(1)}〔{match.group(2)}〕{int(match.group(3))}号"


def _iso(year: str, month: str, day: str) -> str | None:
    if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
        return f"{year}-{int(month):02}-{int(day):02}"
    return None


def _published(head: Head, normal: Received) -> None:
    match = PUBLISHED.search(normal.text[:6000])
    if match:
        head.published_on = _iso(*match.groups()[-3:])
        start, end = normal.span(match.start(), match.end())
        head.doubts.append(
            Doubt(start, end, "这是网页标注的发布日期，可能不是文件的发布日期，请核对。")
        )


def _signed(head: Head, normal: Received, lines: list[tuple[int, str]]) -> None:
    """The day under the signature: the last line that is a day, or a day after the title."""
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place][1]
        day = _whole_day(line.strip("（）()"))
        if day and len(line) < 30:
            head.signed_on, head.signature = day, lines[place][0]
            before = lines[place - 1][1] if place else ""
            compact = "".join(before.split())
            if ISSUER.match(compact):
                head.issuer, head.signature = compact, lines[place - 1][0]
            return
        signed = re.match(rf"^([{HAN}]{{4,30}})\s+(\S*\d日)$", line)
        if signed and (day := _whole_day(signed.group(2))) and ISSUER.match(signed.group(1)):
            head.signed_on, head.issuer = day, signed.group(1)
            head.signature = lines[place][0]
            return


def _whole_day(line: str) -> str | None:
    match = DAY.fullmatch(line)
    if match:
        return _iso(*match.groups())
    match = CHINESE_DAY.fullmatch(line)
    if match:
        year = "".join(DIGITS.get(letter, "") for letter in match.group(1))
        return _iso(year, str(_count(match.group(2))), str(_count(match.group(3))))
    return None


def _count(words: str) -> int:
    """Return a Chinese number below one hundred."""
    tens, ten, ones = words.partition("十")
    value = DIGITS.get(tens, "1") if ten else ""
    return int((value or "") + (DIGITS.get(ones, "0") if ten else DIGITS.get(words, "0")))


def _closing(head: Head, normal: Received) -> None:
    text = normal.text
    effective = re.search(r"自([^。，；\n]{1,30}?)起(施行|实施|执行|生效)", text)
    if effective:
        head.effective = effective.group()
    interpreted = re.search(rf"由([{HAN}、（）]{{2,60}}?)(?:负责解释|承担具体解释工作|解释)", text)
    if interpreted:
        head.interpreted_by = interpreted.group(1)
    found: list[str] = []
    done = 0
    for match in re.finditer(r"废止", text):
        if match.start() < done:
            continue
        done = match.end() + 40  # one look a sentence is enough
        reach = max(0, match.start() - 400)  # a sentence is no longer
        stops = (text.rfind(mark, reach, match.start()) for mark in "。\n")
        begin = max(reach, *(stop + 1 for stop in stops))
        found += [_tidy(number) for number in NUMBER.finditer(text[begin : match.start()])]
    head.repeals = tuple(dict.fromkeys(found))


def _addressees(head: Head, lines: list[tuple[int, str]]) -> None:
    for start, line in lines[:60]:
        if start < head.body or CHROME.search(line):
            continue
        if ADDRESSEE.match(line) and OFFICIAL.search(line):
            names = re.split(r"[，、；]", _guarded(line.rstrip("：:")))
            head.addressees = _whole([_open(name) for name in names if name.strip()])
            return
        if re.match(r"^[一二三]、|^（一）", line):
            return


def _whole(names: list[str]) -> tuple[str, ...]:
    """Join what one name lists: 市直各委、办、局 is one addressee."""
    joined: list[str] = []
    for name in names:
        if joined and PLACE.fullmatch(joined[-1].rpartition("、")[2]) and not name.startswith("各"):
            joined[-1] += f"、{name}"  # 各区、县（市）人民政府
        elif joined and re.fullmatch(r"(?:办|局|厅|部|委|室|院|区)(?:（.*）)?", name):
            joined[-1] += f"、{name}"
        else:
            joined.append(name)
    return tuple(joined)


INNER = {"、": "\ue000", "，": "\ue001", "；": "\ue002"}


def _guarded(line: str) -> str:
    """Hide the marks inside parentheses, so that a split leaves them."""
    return re.sub(
        r"（[^（）]*）", lambda inner: "".join(INNER.get(c, c) for c in inner.group()), line
    )


def _open(name: str) -> str:
    for mark, hidden in INNER.items():
        name = name.replace(hidden, mark)
    return name.strip()
