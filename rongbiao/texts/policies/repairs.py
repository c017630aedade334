"""Repairs (补正): lost characters, injected pinyin, script and width, each with its place."""

from __future__ import annotations

import re

from rongbiao.texts.received import Received, received, simplified, wide

from .damage import Attested, Restored, restore
from .paper import Doubt, Repair

# Words of the trade that a damaged stretch may belong to, in both scripts.
TRADE = ("规模化", "规范化", "产业化", "市场化", "国际化", "标准化", "现代化", "精细化", "集约化")
LONGEST = 24  # characters of one damaged stretch
MOST = 12  # different stretches that are restored; a paper with more goes to a person
HAN = "\u3400-\u9fff"
PINYIN = re.compile(rf"(?<=[{HAN}])\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{{1,6}}\)")
LOST = re.compile(rf"(?<=[{HAN}。，、；“])\?(?=[;!,:?\x21-\x7e{HAN}])|(?<=[{HAN}]);\?")
YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})((?:19|20)\d{2})(?=年)")
BAD_NUMBER = re.compile(rf"[{HAN}]{{1,8}}〔((?:19|20)\d{{2}})(\d{{1,4}})(?!\d|〕|\])号?")
BAD_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2,4})日?(?=\s|$|）|\))", re.M)


def repaired(text: str) -> tuple[Received, list[Repair], list[Doubt]]:
    """Return the normal form of a text, what was repaired, and what nobody can know."""
    paper = received(text)
    repairs = [*_restored(text), *_pinyin(text)]
    repairs.sort(key=lambda repair: repair.start)
    kept, at = [], 0
    for repair in repairs:  # repairs do not overlap: the first one holds
        if repair.start >= at:
            kept.append(repair)
            at = repair.end
    paper = paper.replaced([(r.start, r.end, r.now) for r in kept])
    normal = Received(wide(simplified(paper.text)), paper.places)
    shown = [Repair(r.start, r.end, r.was, wide(simplified(r.now)), r.sure) for r in kept]
    doubts = [
        Doubt(r.start, r.end, f"原文缺损“{r.was}”，按上下文补正为“{r.now}”，请核对。")
        for r in shown
        if not r.sure
    ]
    return normal, shown, [*doubts, *_unknown(text, kept), *_lost_digits(normal)]


def _restored(text: str) -> list[Repair]:
    places = [match.start() + (match.group() == ";?") for match in LOST.finditer(text)]
    if not places:
        return []
    import opencc

    traditional = opencc.OpenCC("s2t").convert
    attested = Attested(text, (*TRADE, *(traditional(word) for word in TRADE)))
    found: list[Repair] = []
    known: dict[str, Restored | None] = {}
    end = 0
    for place in places:
        if place < end or len(known) >= MOST:
            continue
        window = text[max(0, place - 1) : place + LONGEST]
        if window not in known:
            known[window] = restore(text, place, LONGEST, attested)
        restored = known[window]
        if restored:
            end = place + len(restored.was)
            found.append(Repair(place, end, restored.was, restored.now, restored.sure))
    return found


def _pinyin(text: str) -> list[Repair]:
    """Readings that a page pushed in behind characters: 發(fā) is 發."""
    return [
        Repair(match.start(), match.end(), match.group(), "", sure=True)
        for match in PINYIN.finditer(text)
    ]


def _unknown(text: str, kept: list[Repair]) -> list[Doubt]:
    covered = {place for repair in kept for place in range(repair.start, repair.end)}
    return [
        Doubt(match.start(), match.start() + 1, "此处有字符缺损，无法由原文推断，请对照原件补正。")
        for match in LOST.finditer(text)
        if match.start() not in covered and match.start() + 1 not in covered
    ]


def _lost_digits(normal: Received) -> list[Doubt]:
    """Places where signs or digits fell out of numbers and days."""
    found = []
    for pattern, why in (
        (YEARS, "两个年份连写，中间的连接号可能缺失，请核对。"),
        (BAD_NUMBER, "文号的年份和序号连写，右括号可能缺失，请核对。"),
        (BAD_DAY, "日期缺少年、月、日字样，请核对。"),
    ):
        for match in pattern.finditer(normal.text):
            start, end = normal.span(match.start(), match.end())
            found.append(Doubt(start, end, f"“{match.group()}”：{why}"))
    return found
