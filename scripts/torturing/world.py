"""A small city at work: officers, experts, and local standards that wait for approval."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

DAY = date(2026, 3, 2)
WAITING = 40  # standards that wait for approval


def build(waiting: int = WAITING) -> None:
    """Make the world in the installation that the environment names."""
    from django.conf import settings

    from rongbiao.parties.founding import found
    from rongbiao.parties.models import Organization, Person, Post
    from rongbiao.shell.found import migrate

    migrate()
    found(settings.CITY)

    def hold(name: str, unit: str, role: str) -> Post:
        person = Person.objects.create(username=name, name=name)
        organization = Organization.objects.get(name=unit)
        return Post.objects.create(
            person=person, organization=organization, role=role, since=date(2020, 1, 1), basis="试"
        )

    first = hold("office", "市市场监管局", "officer")
    hold("second", "市市场监管局", "officer")
    reporter = hold("reporter", "市海洋与渔业局", "reporter")
    units = ["市科技局", "市教育局", "市水利局", "市林业局", "市气象局"]
    experts = [hold(f"expert{n}", unit, "expert") for n, unit in enumerate(units)]
    for number in range(waiting):
        approach(number, reporter, first, experts)


def paper(words: str) -> Any:
    """Return a small Word document as an upload."""
    import docx
    from django.core.files.uploadedfile import SimpleUploadedFile

    sheet = docx.Document()
    sheet.add_paragraph(words)
    buffer = io.BytesIO()
    sheet.save(buffer)
    return SimpleUploadedFile("草案.docx", buffer.getvalue())


def approach(number: int, reporter: Any, office: Any, experts: list[Any]) -> Any:
    """Bring one local standard to the desk of whoever approves it."""
    from rongbiao.cases import clock, desk
    from rongbiao.procedures.local_standard import LocalStandard

    title = f"{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{number}号作业记录要求"
    said = {
        "title": title, "kind": "new", "scope": "范围。", "need": "需要。", "local": "特殊。",
        "novelty": "无。", "drafters": "市海洋与渔业局", "months": "10",
    }  # fmt: skip
    draft = paper(title)
    case = desk.open_case(
        LocalStandard, actor=reporter, day=DAY, answers=said, files={"draft": draft}
    )

    def do(key: str, actor: Any, day: date, answers: dict[str, Any], **files: Any) -> None:
        desk.act(case, key, actor=actor, day=day, answers=answers, files=files)

    def panel(day: date) -> None:
        asked = {"profile": "meeting", "meets_on": str(day), "experts": [e.pk for e in experts]}
        do("convene", office, day, asked)
        for expert in experts:
            do("vote", expert, day, {"vote": "yes"})
        do("count", office, day, {})
        do("pass", office, day, {"minutes": "同意。"})

    gate = dict.fromkeys(("scope", "special", "above", "consistency", "competition"), "yes")
    fields = case.stage.actions()[0].form(case=case).fields
    gate |= {name: "不同。" for name in fields if name.startswith(("like_", "field_", "barrier_"))}
    do("accept", office, DAY, gate | {"duplicates": "无", "competition_words": "无"})
    panel(DAY)
    plan = {"number": "试", "drafters": "市海洋与渔业局", "owner": "市海洋与渔业局"}
    do("approve", office, DAY, plan | {"finish_on": "2027-01-01"})

    def hand_in(day: date, **more: str) -> None:
        papers = {"draft": paper(f"{title}稿"), "notes": paper(f"{title}说明")}
        do("submit", reporter, day, {"patents": "none", **more}, **papers)

    hand_in(DAY)
    later = DAY + timedelta(days=31)
    clock.end(case, later)
    hand_in(later)
    panel(later)
    hand_in(later, experts="无", consistency="一致", competition="无")
    do("accept", reporter, later, {"words": "同意", "organizes": "组织"})
    return case
