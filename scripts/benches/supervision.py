"""One campaign of 400 objects from its plan to its bulletin: how long, and how much memory."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.exchange import inspection_bulletin
from rongbiao.exchange.papers.catalogue import PAPERS
from rongbiao.parties import draws
from rongbiao.parties.models import Organization, Person, Post, Region
from rongbiao.procedures.supervision import campaigns
from rongbiao.standards.models import (
    Campaign,
    Declaration,
    Indicator,
    Inspection,
    Requirement,
    Standard,
    Statement,
)
from rongbiao.standards.numbering import columns
from rongbiao.standards.supervising import counting, planning
from rongbiao.texts.numbers import read_number
from scripts.benches import Line

TITLE = "监督抽查（1 万项声明中抽 400 个对象）"
ITEMS, FIRMS, OBJECTS, PEOPLE, OFFICERS = 10_000, 2_000, 400, 20, 24
DAY = date(2026, 3, 2)
LATER = DAY + timedelta(days=40)
NOTICED = 2.0  # seconds that a page may take before it works in the background
ALLOWED = 60.0  # seconds in the background


def measure() -> Iterator[Line]:
    """Play the campaign in a database of its own, step by step."""
    with tempfile.TemporaryDirectory() as name:
        settings.VAR = Path(name)
        connection.close()
        connection.settings_dict["NAME"] = Path(name) / "rongbiao.sqlite3"
        call_command("migrate", verbosity=0)
        actor = lay()
        row, line = timed("冻结总体", NOTICED, lambda: frozen(actor))
        yield line
        row, line = timed("抽取对象和人员", NOTICED, lambda: drawn(row, actor))
        yield line
        row = campaigns.open_all(row, actor=actor, day=DAY)
        assert row.order, "so many go into the background"
        told: list[float] = []
        row, line = timed(
            "立案（后台）", ALLOWED, lambda: campaigns.work(row, lambda _row: told.append(held()))
        )
        note = f"{line.note}，进度报了 {len(told)} 次，内存由 {told[0]:.0f} 至 {told[-1]:.0f} MB"
        yield replace(line, note=note)
        faults, line = timed("检查、责令、改正、复查", 2 * ALLOWED, lambda: played(actor))
        yield replace(line, note=f"{line.note}，{faults} 件有问题")
        row = campaigns.publish_all(row, "量测平台", actor=actor, day=LATER)
        row, line = timed("公示（后台）", ALLOWED, lambda: campaigns.work(row))
        yield line
        row = campaigns.report(row, "量测〔2026〕1号", actor=actor, day=LATER)
        whole, line = timed("统计和通报（Word、Excel）", NOTICED, lambda: papers(row))
        said = "，".join(
            f"{name} {n}" for name, n in zip(counting.headings(), whole.figures, strict=True)
        )
        yield replace(line, note=f"{line.note}；{said}")


def timed(what: str, allowed: float, act: Callable[[], Any]) -> tuple[Any, Line]:
    """Do something; return what came of it and how long it took."""
    wall, processor = time.perf_counter(), time.process_time()
    made = act()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return made, Line(what, wall, "所允许", allowed, f"处理器 {processor:.1f} 秒")


def held() -> float:
    """Return how much memory the process holds, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024 / 1024


def lay() -> Post:
    """Enter made-up enterprises with declared items; one in five has an indicator without method."""
    areas = [Region.objects.create(code=f"35010{n}", name=f"第{n}区") for n in range(1, 7)]
    number = "GB/T 50000-2020"
    standard = Standard.objects.create(
        **columns(read_number(number)), title="杯", basis="量测", ccs="Y73", status="current",
        issued_on=date(2020, 1, 1),
    )  # fmt: skip
    Requirement.objects.create(
        standard=standard, name="保温效能", limit="≥60", unit="℃", basis="量测"
    )
    firms = Organization.objects.bulk_create(
        Organization(name=f"量测企业{n:04}", kind="enterprise", region=areas[n % 6])
        for n in range(FIRMS)
    )
    items = Declaration.objects.bulk_create(
        (
            Declaration(
                organization=firms[n % FIRMS], number=f"Q/LC{n % FIRMS} {n:05}—2025", title="杯",
                declared_on=date(2025, 6, 1), basis="量测",
            )
            for n in range(ITEMS)
        ),
        batch_size=500,
    )  # fmt: skip
    rows = Statement.objects.bulk_create(
        (
            Statement(
                organization_id=one.organization_id, declaration=one, number=one.number, title="杯",
                references=number, since=one.declared_on, ordinal=1, products="保温杯",
            )
            for one in items
        ),
        batch_size=500,
    )  # fmt: skip
    Indicator.objects.bulk_create(
        (
            Indicator(
                statement=row, place=1, name="保温效能", limit="≥65", unit="℃",
                method="附录A" if n % 5 else "",
            )
            for n, row in enumerate(rows)
        ),
        batch_size=500,
    )  # fmt: skip
    bureau = Organization.objects.create(name="量测局", kind="bureau")
    people = Person.objects.bulk_create(
        Person(username=f"officer-{n}", name=f"检查员{n}") for n in range(OFFICERS)
    )
    posts = [
        Post.objects.create(person=one, organization=bureau, role="officer", since=date(2020, 1, 1))
        for one in people
    ]
    return posts[0]


def frozen(actor: Post) -> Campaign:
    """Plan a campaign of 400 objects and freeze its population."""
    said = planning.Said("量测抽查", 2026, "量测", OBJECTS, PEOPLE)
    return planning.freeze(planning.plan(said, actor=actor, day=DAY), actor=actor, day=DAY)


def drawn(row: Campaign, actor: Post) -> Campaign:
    """Draw objects and people."""
    draws.reveal(row.objects_draw, "1", actor=actor, day=DAY)
    row = planning.staff(Campaign.objects.get(pk=row.pk), actor=actor, day=DAY)
    draws.reveal(row.people_draw, "2", actor=actor, day=DAY)
    return Campaign.objects.get(pk=row.pk)


def played(actor: Post) -> int:
    """Play every case: what is in order passes, half of the rest is put right; return the rest."""
    faults = 0
    for case in Case.objects.filter(procedure_key="supervision").order_by("pk").iterator():
        if not recorded(case, DAY):
            desk.act(case, "pass", actor=actor, day=DAY)
            continue
        faults += 1
        said = {"number": f"责{case.pk}", "grounds": ["other"], "words": "补充试验方法。"}
        desk.act(case, "rectify", actor=actor, day=DAY, answers=said)
        if faults % 2:
            declared(case)
            desk.act(case, "receive", actor=actor, day=DAY, answers={"words": "已改正。"})
            recorded(case, DAY)
            desk.act(case, "pass", actor=actor, day=DAY)
        else:
            desk.act(case, "lapse", actor=actor, day=LATER, answers={"words": "未报告。"})
            recorded(case, LATER)
            desk.act(case, "fail", actor=actor, day=LATER, answers={"words": "未改正。"})
    return faults


def recorded(case: Case, day: date) -> list[str]:
    """Confirm the sheet as the precheck filled it in; return what is wrong."""
    seat = case.seats.select_related("post").filter(capacity="inspector")[0]
    form = case.stage.action("record").form(case=case)
    said = {line.key: line.proposed for line in form.sheet.lines}
    entry = desk.act(case, "record", actor=seat.post, day=day, answers=said)
    return entry.answers["faults"]


def declared(case: Case) -> None:
    """Put a new version of what is declared in the place of the old one."""
    row = Inspection.objects.select_related("statement").get(basis=case.number).statement
    Statement.objects.filter(pk=row.pk).update(until=DAY)
    row.pk, row.ordinal, row.since = None, 2, DAY
    row.save()
    Indicator.objects.create(
        statement=row, place=1, name="保温效能", limit="≥65", unit="℃", method="附录A"
    )


def papers(row: Campaign) -> counting.Share:
    """Make the bulletin in Word and its two tables; return its figures."""
    told = counting.bulletin(row)
    paper = next(one for one in PAPERS if one.key == "inspection_bulletin")
    paper.files["docx"](inspection_bulletin.report(told))
    inspection_bulletin.figures_excel(told)
    inspection_bulletin.objects_excel(told)
    return told.whole
