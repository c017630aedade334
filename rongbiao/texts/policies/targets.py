"""Numeric targets (量化目标): what is to be reached, how much, in which direction, by when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rongbiao.texts.received import Received

from .clauses import Block
from .head import Head
from .paper import Doubt, Target

UNITS = (
    "个百分点|个工作日|个月|万元|亿元|万人次|万人|万名|万家|万项|万个|万户|万亩|万件|万吨|人次|人|名|项|个|家|件|条|种"
    "|所|场次|场|次|户|亩|套|座|处|台|吨|篇|部|支|批次|千瓦时|千瓦|平方公里|公里|平方米|立方米|公顷|%|％|天|年"
)
VALUE = re.compile(
    rf"(?<![\d.〔\[（(第“])(?P<low>\d[\d,]*(?:\.\d+)?)(?P<wan>[万亿](?!元))?(?:\s*(?:—|-|~|至|到|～)\s*(?P<high>\d[\d,]*(?:\.\d+)?))?"
    rf"\s*(?P<more>多|余)?(?P<unit>{UNITS})(?P<after>以上|及以上|以内|之内|以下|左右)?"
)
GROW = (
    "力争(?:新?增加|新增)?|新增|新建(?:成)?|新制定|新发布|新立项|增加|新认定|新获批|培育(?:发展|和发展|形成|打造|引进)?|发展|引进(?:和培养|培养|扶持)?"
    "|制修订|制（修）订|制定(?:和修订|修订|发布|实施)?|研制|发布|修订|主导(?:和参与|或参与|、参与)?|参与|主持|承担|创建|筹建|建成|建设"
    "|打造|组建|设立|新设"
    "|完成|开展|实施|举办|培养(?:造就|和引进|产生|资助)?|培训|选拔|选派"
    "|遴选(?:扶持|评定)?|评选(?:资助)?|扶持|支持|资助|认定|吸引"
    "|形成|推广|建立|筹集"
    "|转化|申报|争取|获得|获批|推动|组织(?:和发动)?|扩大|带动|惠及|编制|出台|推出|取得|入选|(?:直接)?服务(?=企业|群众|各类|“)"
)
REACH = (
    "分别(?:达到|达)|(?:总量|总数|数量|规模|比例|比重)?(?:累计)?(?:增加到|增长到|增至|提高到|"
    "提升到|提高至|提升至|上升到|扩大到|达到|达|突破|超过|保持在|稳定在|不低于|不少于|不小于|高于|多于)"
)
LESS = (
    "缩短至|缩短到|缩短为|缩短在|压缩至|压缩到|控制在|降至|降到|降低到|降低至|下降到"
    "|不超过|不高于|不多于|低于|小于|少于"
)
VERB = re.compile(rf"(?P<less>{LESS})|(?P<reach>{REACH})|(?P<grow>{GROW})")
TOTAL = re.compile(
    r"增至|增加到|增长到|总量|总数|累计|保有量|达到|达$|突破|超过|扩大到|稳定在|保持在"
)
OF_ALL = re.compile(r"增至|增加到|增长到|总量|总数|累计|保有量|扩大到")
LEVEL = re.compile(r"平均|周期|比例|比重|占比|率|覆盖面|[%％]|百分点|时间")
NO_TARGET = re.compile(
    r"分解|按不|按照不|加强与|截至|目前|现有|已有|已经|过去|以来|全年共|原有|联系电话"
    r"|〔|第\d|分为|分解为|共有|包括|按照|至少每|每[年季月周]?$|试行期|有效期|不满|超过\d+年|满\d"
)
BASE = re.compile(r"由(?:20\d{2}年(?:的)?)?(\d[\d,.]*)(?:项|个|家|件|名|人|%|％)?(?:左右)?$")
# The year aimed at, not one that a count starts from or that is past.
YEAR = re.compile(
    r"(?<!截)(?:到|至|力争|争取)(?P<year>20\d{2})年(?!\d{1,2}月)"
    r"|(?<![\d比较由从自至到于])(?:20\d{2}\s*(?:年)?[—\-－–~至到]\s*)?(?P<to>20\d{2})年(?=[底末前内，]|\d{1,2}月[底末]?前)"
    r"|(?P<span>20\d{2})(?:年)?\s*[—\-－–~至到]\s*(?P<last>20\d{2})年"
    r"|^\s*(?P<first>20\d{2})年(?!\d|以来|起)"
)
WITHIN = re.compile(r"(\d{1,2}|[二两三四五六七八九十])年[内左]|自?(20\d{2})年起(\d)年内")
AHEAD = re.compile(r"(?:[、，]|和|以及|及)(?:约|近)?$")
RESPECTIVELY = re.compile(r"(?:以上|左右)?(?:[、，]|和|与|及)")
GIVEN = re.compile(
    r"(?:给予|奖励|补助|补贴|资助)[^，；]{0,12}¥|¥(?:以内|以下)?(?:的)?(?:一次性)?(?:奖|补|资助|经费)"
)
YEARLY = re.compile(r"每年[^。；，\d]{0,20}$")
# A line break ends a sentence only after a stop or before a new item; else a page has wrapped it.
SENTENCE = re.compile(
    r"(?:[^。；！？\n]|(?<![。；：！？])\n"
    r"(?![ \t\u3000]*(?:[—–\-（(\d一二三四五六七八九十①-⑳]|责任|牵头|配合|\n))){1,1500}[。；！？]?"
)
BASELINE = re.compile(r"(?:左右)?(?:提高|提升|增加|增长|增至|上升|下降|降|缩短|压缩|扩大)")
LEADING = re.compile(
    r"^(?:[—–-]+|内|左右|以上|力争|争取|并|其中|全市|我市|全省|重点|大力|积极|努力"
    r"|每年|实现|使|，|、|“|到20\d{2}年(?:底|末)?)+"
)
SUBJECT = re.compile(r"^([^，]{2,14}?(?:标准|项目|产品|企业|服务))")
BARE = re.compile(r"^(?:市、区（县级市）两级|省、市、县（市、区）三级)")
QUALIFIER = re.compile(
    r"(?:择优设立|选拔资助|引进扶持|评选资助|筹集建设|资助培养|跟踪培养|引进、培养和扶持)$"
)
WAN = 10_000
YI = 100_000_000


@dataclass(slots=True)
class Targets:
    """The targets of a paper, and what was uncertain about them."""

    found: list[Target] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(slots=True)
class Context:
    """What holds for a stretch of text: the year aimed at, and whether a list counts all there is."""

    by: int | None
    cumulative: bool = False


def read_targets(normal: Received, blocks: list[Block], head: Head) -> Targets:
    """Return every numeric target with its span, in the order of the paper."""
    result = Targets()
    default = _paper_year(head, normal)
    following = [*(block.start for block in blocks[1:]), len(normal.text)]
    for block, next_start in zip(blocks, following, strict=False):
        stop = min(block.end, next_start)
        if block.kind == "section" and block.body >= stop:
            continue
        context = Context(default)
        for sentence in SENTENCE.finditer(normal.text, block.start, stop):
            if any(start <= sentence.start() < end for start, end in block.cut):
                continue
            _sentence(result, normal, block, sentence, context)
    return result


def _paper_year(head: Head, normal: Received) -> int | None:
    """Return the year at which a plan's title or its general goal aims."""
    title = head.title or ""
    span = re.search(r"(20\d{2})\s*[—\-－–~至]\s*(20\d{2})", title)
    if span:
        return int(span.group(2))
    running = re.search(r"自?(20\d{2})年起[，]?(\d)年内", normal.text[:6000])
    if running:
        return int(running.group(1)) + int(running.group(2)) - 1
    goal = re.search(r"到(20\d{2})年", normal.text[head.body : head.body + 8000])
    year = re.search(r"(20\d{2})年", title)
    return int(goal.group(1)) if goal else int(year.group(1)) if year else None


def _sentence(
    result: Targets, normal: Received, block: Block, sentence: re.Match[str], context: Context
) -> None:
    text, offset = sentence.group(), sentence.start()
    verb = ""
    said_verb = ""
    previous = looked = 0
    ahead = False  # whether the last number stands before what it counts: 培训100名…
    whole = ("", "")  # what is told apart by 分别: 种植、收获机械化率分别达到65%和55%
    for match in VALUE.finditer(text):
        before = text[previous : match.start()]
        looked = _aim(context, text, looked, match.end())
        unit = match.group("unit")
        if re.search(r"[由从](?:20\d{2}年(?:的)?)?$", before) and BASELINE.match(text, match.end()):
            continue  # where it starts from; the target follows
        if unit == "年" or (unit == "天" and "工作" in before[-3:]):
            previous = match.end()
            continue
        if unit.endswith("元") and GIVEN.search(
            before + "¥" + text[match.end() : match.end() + 12]
        ):
            previous = match.end()  # what a grant amounts to is no target
            said_verb = ""
            continue
        phrase = re.split(r"[，；：（）]", before.rstrip("、"))[-1] if before else ""
        listed = before.lstrip("，") if before[:1] == "、" or previous == 0 else before
        acts = list(VERB.finditer(listed))
        listing = ahead and AHEAD.search(before)
        if whole != ("", "") and RESPECTIVELY.fullmatch(before) and said_verb:
            result.found.append(
                _target(normal, block, text, offset, match, whole, said_verb, context)
            )
            _note(result, normal, offset, match, "".join(whole), context, respectively=True)
            previous = match.end()
            continue
        carried = not acts and bool(before[:1] == "、" or listing)
        if NO_TARGET.search(phrase) or (not acts and not (carried and said_verb)):
            previous = match.end()
            said_verb = ""
            continue
        verb = said_verb if carried else acts[-1].group()
        subject, words = (
            ("", _after(text, match.end()))
            if listing and not acts
            else _name(text, previous, match, carried)
        )
        name = subject + words
        if not words:
            previous = match.end()
            continue
        said_verb = verb
        ahead = text.startswith(words, match.end() + (1 if text[match.end() :][:1] == "的" else 0))
        whole = (subject, words) if verb.startswith("分别") else ("", "")
        if not carried:  # “累计” holds for a whole list; within some years it is what is new
            context.cumulative = "累计" in listed and not WITHIN.search(text, 0, match.start())
        result.found.append(
            _target(normal, block, text, offset, match, (subject, words), verb, context)
        )
        _note(result, normal, offset, match, name, context)
        previous = match.end()
    _aim(context, text, looked, len(text))  # a year holds for what follows it


def _aim(context: Context, text: str, start: int, stop: int) -> int:
    """Keep the last year aimed at before a number; return where to look on."""
    for year in YEAR.finditer(text, start, min(len(text), stop + 1)):
        said = year.group("year") or year.group("to") or year.group("last") or year.group("first")
        context.by = int(said)
        start = year.end()
    return start


def _name(text: str, previous: int, match: re.Match[str], carried: bool) -> tuple[str, str]:
    """Return what a number counts: a subject said earlier, and the words before the number."""
    words = "".join(text[previous : match.start()].split("\n")).strip("，、；： ")
    pieces = words.split("，")
    words = pieces[-1] if not carried else words
    if ("（" in words) != ("）" in words):
        words = ",".join(pieces).replace(",", "，") if len(pieces) > 1 else words
    words = re.sub(r"^.*?到20\d{2}年(?:底|末|前)?[，]?", "", words)
    words = re.sub(rf"^(?:{WITHIN.pattern})", "", words)
    words = LEADING.sub("", words)
    words = re.sub(rf"(?:的)?(?:数量|总数|总量)?(?:{LESS}|{REACH})+$", "", words)
    words = BASE.sub("", words)
    subject = ""
    if words.startswith(("平均", "占比", "比例", "总量", "数量")):
        for piece in reversed(pieces[:-1]):
            found = SUBJECT.match(piece)
            if found:
                subject = found.group(1)
                break
    words = BARE.sub("", words)
    if not words or re.search(rf"(?:{GROW})$", words) or QUALIFIER.search(words):
        words = _after(text, match.end()) or words
    words = re.sub(r"^(?:力争)?增加(?!到)", "", words)
    words = re.sub(r"(?:总体|均|分别)$", "", words)
    return subject, _bare(words)[-60:]


def _bare(words: str) -> str:
    """Return a name without signs around it; a quotation mark with its partner stays."""
    words = words.strip("的、，：不 ")
    if words.count("“") != words.count("”"):
        words = words.strip("“”的、，：不 ")
    return words


def _after(text: str, at: int) -> str:
    """Return what follows a number where nothing stands before it: 培训1000名标准化人才."""
    following = re.match(
        r"(?:以上|左右|以内)?的?((?:[^，。；、（）]|（[^（）]*）|、){2,90}?)(?=[，。；]|(?:、|和|以及|及)(?:约|近|不少于|不低于)?\d|$)",
        text[at : at + 120],
    )
    return following.group(1)[:60] if following else ""


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value


def _number(words: str) -> int | float:
    return _whole(float(words.replace(",", "")))


def _target(
    normal: Received,
    block: Block,
    text: str,
    offset: int,
    match: re.Match[str],
    named: tuple[str, str],
    verb: str,
    context: Context,
) -> Target:
    name = "".join(named)
    value = _number(match.group("low"))
    unit = match.group("unit").replace("％", "%")
    if match.group("wan"):
        value = _whole(round(value * (WAN if match.group("wan") == "万" else YI), 4))
    if unit.startswith("万") and unit != "万元":
        value, unit = _whole(value * WAN), unit[1:]
    after = match.group("after") or ""
    before = text[max(0, match.start() - 8) : match.start()]
    less = bool(re.search(LESS, before)) or after in {"以内", "之内", "以下"}
    less = less and not re.search(r"不低于|不少于|不小于", before)
    base = BASE.search(re.sub(rf"(?:{REACH}|{LESS})$", "", text[: match.start()]))
    said = re.split(r"[，；]", text[: match.start()])[-1]
    within = bool(WITHIN.search(text, 0, match.start()) and re.search(GROW, said))
    start, end = normal.span(offset + _begin(text, match, named[1]), offset + match.end())
    return Target(
        name=name,
        value=value,
        unit=unit,
        direction="at_most" if less else "at_least",
        basis="total" if context.cumulative else _basis(name, verb, unit, before, within),
        by=context.by,
        clause=block.path,
        start=start,
        end=end,
        baseline=_number(base.group(1)) if base and base.group(1).strip(".,") else None,
    )


def _begin(text: str, match: re.Match[str], words: str) -> int:
    """Return where the words of a target begin: its verb and name, not only its number."""
    head = text.rfind(words[:6], 0, match.start())
    start = head if head >= 0 else match.start()
    lead = re.search(rf"(?:{GROW})$", text[:start])
    return lead.start() if lead else start


def _basis(name: str, verb: str, unit: str, before: str, within: bool) -> str:
    if LEVEL.search(name) or unit in {"%", "个百分点", "个月", "天", "个工作日"}:
        return "level"
    if within and not OF_ALL.search(before + verb):
        return "increment"  # what is done within some years is new: 5年内培训人员达到1000名
    if re.search(r"新增|新建|新制定|新认定", name + verb) or re.fullmatch(GROW, verb):
        return "total" if TOTAL.search(before) and "新增" not in name else "increment"
    return "total" if TOTAL.search(verb) or TOTAL.search(before) else "increment"


def _note(
    result: Targets,
    normal: Received,
    offset: int,
    match: re.Match[str],
    name: str,
    context: Context,
    *,
    respectively: bool = False,
) -> None:
    """Note what a person must decide about a target."""
    start, end = normal.span(offset + match.start(), offset + match.end())
    reasons = []
    if match.group("high"):
        reasons.append("目标值是一个范围，取了下限")
    if match.group("after") == "左右" or match.group("more"):
        reasons.append("目标值是约数")
    if YEARLY.search(normal.text, max(0, offset + match.start() - 24), offset + match.start()):
        reasons.append("这是每年的数，不是累计数")
    if respectively:
        reasons.append("“分别”后面的各数对应哪一项")
    if context.by is None:
        reasons.append("没有写明完成年份")
    if reasons:
        why = f"“{name}”{match.group()}：{'，'.join(reasons)}，请核对。"
        result.doubts.append(Doubt(start, end, why))
