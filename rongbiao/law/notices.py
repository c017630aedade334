"""A notice on days off is read from its words (放假通知): the days, checked against themselves.

The State Council's notices have had one form since 2014: 「一、元旦：1月1日（周四）至3日（周六）
放假调休，共3天。1月4日（周日）上班。」 The weekday and the number of days that the notice gives are
compared with the calendar, so that a slip in copying is seen.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from .workdays import Notice

MOST_TEXT = 20_000
WEEK = "一二三四五六日"
_DAY = r"(?:(?:(\d{4})年)?(\d{1,2})月)?(\d{1,2})日(?:\s*[（(]([^）)]{1,24})[）)])?"
OFF = re.compile(rf"{_DAY}(?:\s*(?:至|[—-]{{1,2}})\s*{_DAY})?[^。；0-9]{{0,12}}?(?:放假|补休)")
COUNT = re.compile(r"[，,]?\s*共\s*(\d{1,2})\s*天")
WORK = re.compile(rf"((?:{_DAY}\s*[、，和]?\s*)+)上班")
WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日])")


class UnreadableNotice(ValueError):
    """A notice that cannot be taken as it stands, in a sentence that says where."""


def read_notice(year: int, text: str, *, number: str = "", issued_on: date | None = None) -> Notice:
    """Read the days off and the moved working days of a year from a notice's words.

    Raises UnreadableNotice, in one sentence, when no day is found, a day does not exist, or
    the notice contradicts the calendar or itself.
    """
    if len(text) > MOST_TEXT:
        raise UnreadableNotice(f"通知全文不应超过 {MOST_TEXT} 字，请只粘贴放假安排部分。")
    plain = text.replace("\u3000", " ").replace(":", "：")
    off: set[date] = set()
    working: set[date] = set()
    for line in re.split(r"[\n；]|(?<=上班)。", plain):
        off |= _off(year, line)
        working |= _working(year, line)
    if not off and not working:
        raise UnreadableNotice(
            "没有读到放假或上班的日期，请粘贴通知中“1月1日至3日放假……上班”各条。"
        )
    if both := sorted(off & working):
        raise UnreadableNotice(f"{_said(both[0])}既写放假又写上班，请核对原文。")
    return Notice(year, number, issued_on, frozenset(off), frozenset(working))


def _off(year: int, line: str) -> set[date]:
    found: set[date] = set()
    for match in OFF.finditer(line):
        first = _day(year, match.groups()[:4])
        last = first
        if match[7]:
            month = match[6] or str(first.month)
            last = _day(first.year, (match[5], month, match[7], match[8]))
        if not first <= last <= first + timedelta(days=15):
            raise UnreadableNotice(f"“{match[0]}”不是一段假期，请核对起止日期。")
        days = {first + timedelta(days=n) for n in range((last - first).days + 1)}
        told = COUNT.match(line, match.end()) or COUNT.match(line, _after(line, match.end()))
        if told and int(told[1]) != len(days):
            raise UnreadableNotice(
                f"“{match[0]}”是 {len(days)} 天，通知写共 {told[1]} 天，请核对。"
            )
        found |= days
    return found


def _after(line: str, at: int) -> int:
    """Return where the clause goes on behind 放假调休."""
    return at + 2 if line.startswith("调休", at) else at


def _working(year: int, line: str) -> set[date]:
    found: set[date] = set()
    for match in WORK.finditer(line):
        month = None
        for one in re.finditer(_DAY, match[1]):
            month = one[2] or month
            found.add(_day(year, (one[1], month, one[3], one[4])))
    return found


def _day(year: int, parts: tuple[str | None, ...]) -> date:
    """Return the day of (year, month, day, words in brackets); the words may name its weekday."""
    told, month, number, words = parts
    if not month:
        raise UnreadableNotice(f"“{number}日”前没有月份，请补上。")
    try:
        day = date(int(told or year), int(month), int(number or 0))
    except ValueError:
        raise UnreadableNotice(f"没有{month}月{number}日这一天，请核对原文。") from None
    named = WEEKDAY.search(words or "")
    if named and WEEK[day.weekday()] != named[1]:
        real = WEEK[day.weekday()]
        raise UnreadableNotice(
            f"{_said(day)}是星期{real}，通知写星期{named[1]}，请核对年份和日期。"
        )
    return day


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
