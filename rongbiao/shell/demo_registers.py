"""The register sheets of the story: one table a quarter, made from the words of words.yaml."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from rongbiao.exchange.batches import template
from rongbiao.strategy.models import Quarter
from rongbiao.texts.credit_codes import check_character

ENTERPRISES = 96


@dataclass(frozen=True)
class Sheet:
    """One table that the office enters on a day."""

    register: str
    name: str
    content: bytes
    basis: str
    day: date


@dataclass(frozen=True)
class Firm:
    """A demonstration enterprise."""

    name: str
    code: str
    region: str


def firms(words: dict[str, Any]) -> list[Firm]:
    """Return the enterprises of the demonstration, each with a code that checks."""
    names = [
        f"福州{mark}{trade}有限公司（演示）"
        for trade, mark in product(words["trades"], words["marks"])
    ][:ENTERPRISES]
    found = []
    for number, name in enumerate(names):
        first = f"913501009{number:08d}"[:17]
        region = words["places"][number % len(words["places"])]
        found.append(Firm(name, first + check_character(first), region))
    return found


def table(register: str, rows: Sequence[dict[str, Any]]) -> bytes:
    """Return a CSV with the register's headings."""
    headings = template(register)[0]
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, headings, extrasaction="raise")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


def sheets(script: Any, quarters: Sequence[Quarter]) -> Iterator[Sheet]:
    """Yield every table of the story."""
    makers = Makers(script.story["registers"], script.words)
    first = quarters[0]
    opening = makers.declarations("2023Q3", date(2021, 3, 1), date(2023, 9, 13))
    yield _sheet("declarations", "自我声明公开（期初）", opening, date(2023, 9, 28), 0)
    for number, quarter in enumerate(quarters, start=1):
        starts = max(quarter.starts_on, first.starts_on)
        day = quarter.ends_on - timedelta(days=2)
        span = (quarter.key, starts, day)
        rows = [*makers.standards(*span), *makers.group(*span)]
        yield _sheet("standards", f"{quarter}标准", rows, day, number)
        yield _sheet(
            "declarations", f"{quarter}自我声明公开", makers.declarations(*span), day, number
        )
        if rows := makers.recognitions(*span):
            yield _sheet("recognitions", f"{quarter}认定", rows, day, number)


def _sheet(register: str, name: str, rows: list[dict], day: date, number: int) -> Sheet:
    basis = f"榕标联办登〔{day.year}〕{number + 1}号（演示）"
    return Sheet(register, f"{name}.csv", table(register, rows), basis, day)


def drafters(number: int, *names: str) -> str:
    """Return a list of drafting units; of two standards in five a unit elsewhere leads."""
    joins = "（参与）" if number % 5 in {1, 3} else ""
    return "、".join(f"{name}{joins}" for name in dict.fromkeys(names))


class Makers:
    """Makes the rows of each register, quarter by quarter; nothing in it is random."""

    def __init__(self, told: dict[str, Any], words: dict[str, Any]) -> None:
        self.told = told
        self.words = words
        self.firms = firms(words)
        self.count = {"standards": 0, "group": 0, "declared": 0, "pilots": 0}

    def _days(self, starts: date, ends: date, count: int) -> Iterator[date]:
        span = max((ends - starts).days, 1)
        for number in range(count):
            yield starts + timedelta(days=(number * span) // max(count, 1))

    def _about(self, number: int) -> dict[str, str]:
        """Return what a standard is called and where it belongs."""
        fields, subjects = self.words["fields"], self.words["subjects"]
        field = list(fields)[number % len(fields)]
        subject = list(subjects)[number // len(fields) % len(subjects)]
        english, ics, ccs, owner = fields[field]
        return {
            "标准名称": f"{field}{subject}",
            "英文名称": f"{english} — {subjects[subject].capitalize()}",
            "性质": "推荐性",
            "国际标准分类号": ics,
            "中国标准分类号": ccs,
            "归口单位": owner,
        }

    def standards(self, key: str, starts: date, ends: date) -> list[dict]:
        """Return the standards of a quarter; numbers of the 990 series say that they are made up."""
        wanted = self.told["standards"].get(key, [0] * 5)
        forms = (
            ("国际标准", "ISO 990{n:03d}:{year}"),
            ("国家标准", "GB/T 990{n:03d}—{year}"),
            ("行业标准", "QB/T 990{n:03d}—{year}"),
            ("省级地方标准", "DB35/T 990{n:03d}—{year}"),
            ("市级地方标准", "DB3501/T 9{n:03d}—{year}"),
        )
        rows = []
        for (level, form), count in zip(forms, wanted, strict=True):
            for day in self._days(starts, ends, count):
                self.count["standards"] += 1
                number = self.count["standards"]
                cycle = 250 + number * 37 % 190  # days from plan to issue
                lead, other = self.firms[number % 60], self.firms[(number * 7 + 3) % 60]
                rows.append(
                    {
                        "标准编号": form.format(n=number, year=day.year),
                        **self._about(number),
                        "层级": level,
                        "立项下达日期": day - timedelta(days=cycle),
                        "发布日期": day,
                        "实施日期": day + timedelta(days=90),
                        "本市起草单位": drafters(number, lead.name, other.name),
                        "单位类别": "企业",
                    }
                )
        return rows

    def group(self, key: str, starts: date, ends: date) -> list[dict]:
        """Return the group standards of a quarter."""
        rows = []
        for day in self._days(starts, ends, self.told["group"].get(key, 0)):
            self.count["group"] += 1
            number = self.count["group"]
            rows.append(
                {
                    "标准编号": f"T/FZYS {number:03d}—{day.year}",
                    **self._about(number * 3 + 1),
                    "层级": "团体标准",
                    "发布日期": day,
                    "发布机构": "福州市演示行业协会（演示）",
                    "本市起草单位": self.firms[number * 5 % 60].name,
                    "单位类别": "企业",
                }
            )
        return rows

    def declarations(self, key: str, starts: date, ends: date) -> list[dict]:
        """Return the declared items of a quarter; one in five is a standard of another kind."""
        rows = []
        for day in self._days(starts, ends, self.told["declarations"].get(key, 0)):
            self.count["declared"] += 1
            number = self.count["declared"]
            firm = self.firms[number * (number + 1) // 2 % len(self.firms)]  # unevenly, as in life
            product_name = self.words["products"][number % len(self.words["products"])]
            own = number % 5 != 0
            form = f"Q/FZYS {number:05d}—{day.year}" if own else f"GB/T 99{number:05d}—2020"
            rows.append(
                {
                    "企业": firm.name,
                    "统一社会信用代码": firm.code,
                    "标准编号": form,
                    "标准名称": product_name,
                    "企业标准": "是" if own else "否",
                    "公开日期": day,
                    "所在县（市）区": firm.region,
                    "单位类别": "企业",
                }
            )
        return rows

    def recognitions(self, key: str, starts: date, ends: date) -> list[dict]:
        """Return the pilots of a quarter, and what else was conferred in it."""
        rows = []
        fields = ("农业", "工业", "服务业", "社会公共服务")
        levels = ("省级", "市级", "国家级")
        for day in self._days(starts, ends, self.told["pilots"].get(key, 0)):
            self.count["pilots"] += 1
            number = self.count["pilots"]
            firm = self.firms[number * 3 % 60]
            title = self.words["pilots"][number % len(self.words["pilots"])]
            rows.append(
                {
                    "类别": "标准化试点（示范）",
                    "级别": levels[number % 3],
                    "领域": fields[number % 4],
                    "名称": f"{firm.region}{title}（演示{number:02d}）",
                    "承担单位": firm.name,
                    "统一社会信用代码": firm.code,
                    "批准日期": day,
                    "所在县（市）区": firm.region,
                    "单位类别": "企业",
                }
            )
        rows += [
            {
                "类别": told["kind"],
                "级别": told["level"],
                "名称": told["title"],
                "承担单位": told["unit"],
                "批准日期": told["approved_on"],
                "单位类别": "科研院所",
            }
            for told in self.told["recognitions"]
            if starts <= told["approved_on"] <= ends
        ]
        return rows
