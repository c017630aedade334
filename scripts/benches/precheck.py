"""10,000 statements with 100,000 indicators looked through: how long, beside the minute allowed."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from rongbiao.parties.models import Organization, Person, Post
from rongbiao.standards.checks.running import work
from rongbiao.standards.models import Indicator, Precheck, Requirement, Standard, Statement
from rongbiao.standards.numbering import columns
from rongbiao.texts.numbers import read_number
from scripts.benches import Line

TITLE = "预检（1 万项声明、10 万个指标）"
STATEMENTS, EACH, REFERENCES = 10_000, 10, 200
ALLOWED = 60.0  # seconds
DAY = date(2026, 3, 2)
NAMES = (
    "保温效能",
    "容量偏差",
    "铅迁移量",
    "跌落高度",
    "密封性",
    "手柄强度",
    "涂层附着力",
    "异味",
    "净重",
    "外观",
)
LIMITS = (
    "≥{n}℃",
    "±{n}%",
    "≤0.0{n} mg/kg",
    "≥{n}00 mm",
    "不得检出",
    "≥{n}0 N",
    "{n}级",
    "无异味",
    "10 g±0.{n} g",
    "Ⅱ级",
)


def measure() -> Iterator[Line]:
    """Lay the statements in a database of its own and look through them once."""
    with tempfile.TemporaryDirectory() as name:
        settings.VAR = Path(name)
        connection.close()
        connection.settings_dict["NAME"] = Path(name) / "rongbiao.sqlite3"
        call_command("migrate", verbosity=0)
        run = lay()
        told: list[int] = []
        wall, processor = time.perf_counter(), time.process_time()
        work(run, lambda one: told.append(one.percent))
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        held = Indicator.objects.count()
        note = (
            f"{run.progress:,} 项、{held:,} 个指标，处理器 {processor:.1f} 秒，进度报了 {len(told)} 次，"
            f"有发现 {run.counts.get('with', 0):,} 项"
        )
        yield Line("预检", wall, "所允许", ALLOWED, note)


def lay() -> Precheck:
    """Enter made-up standards with requirements, and statements held against them."""
    firm = Organization.objects.create(name="量测企业", kind="enterprise")
    person = Person.objects.create(username="bench", name="量测")
    post = Post.objects.create(person=person, organization=firm, role="officer", since=DAY)
    numbers = [f"GB/T {50000 + n}-2020" for n in range(REFERENCES)]
    standards = Standard.objects.bulk_create(
        Standard(
            **columns(read_number(one)),
            title="杯",
            basis="量测",
            issued_on=date(2020, 1, 1),
            status="current",
        )
        for one in numbers
    )
    Requirement.objects.bulk_create(
        Requirement(standard=one, place=n, name=name, limit=LIMITS[n].format(n=5), basis="量测")
        for one in standards
        for n, name in enumerate(NAMES)
    )
    rows = Statement.objects.bulk_create(
        (
            Statement(
                organization=firm, number=f"Q/LC {n:05}—2026", title="杯", references=numbers[n % REFERENCES],
                words=f"1 范围\n本文件规定了第{n}种杯。\n2 规范性引用文件\n{numbers[n % 7]}\n3 术语和定义\n无\n",
                since=date(2026, 1, 1),
            )
            for n in range(STATEMENTS)
        ),
        batch_size=500,
    )  # fmt: skip
    Indicator.objects.bulk_create(
        (
            Indicator(
                statement=row, place=place, name=name, limit=LIMITS[place].format(n=3 + (row.pk + place) % 5),
                method=f"{numbers[(row.pk + place) % REFERENCES]} 第{place + 4}.{row.pk % 50}条",
            )
            for row in rows
            for place, name in enumerate(NAMES)
        ),
        batch_size=1000,
    )  # fmt: skip
    return Precheck.objects.create(actor=post, day=DAY, total=STATEMENTS)
