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
    hold("third", "市市场监管局", "officer")
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
    from rongbiao.stages import clock

    walk = Walk(number, reporter, office, experts, DAY)
    walk.ask_the_public()
    later = DAY + timedelta(days=31)
    clock.end(walk.case, later)
    walk.hand_in(later)
    walk.judge(later)
    walk.hand_in(later, experts="无", consistency="一致", competition="无")
    walk.do("accept", reporter, later, {"words": "同意", "organizes": "组织", "patents": "none"})
    return walk.case


class Walk:
    """One local standard on its way over the desk."""

    def __init__(
        self, number: int, reporter: Any, office: Any, experts: list[Any], day: date
    ) -> None:
        from rongbiao.cases import desk
        from rongbiao.procedures.local_standard import LocalStandard

        self.title = f"{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{number}号作业记录要求"
        self.reporter, self.office, self.experts, self.day = reporter, office, experts, day
        said = {
            "title": self.title, "kind": "new", "scope": "范围。", "need": "需要。",
            "local": "特殊。", "novelty": "无。", "drafters": "市海洋与渔业局", "months": "10",
            "patents": "none",
        }  # fmt: skip
        draft = paper(self.title)
        self.case = desk.open_case(
            LocalStandard, actor=reporter, day=day, answers=said, files={"draft": draft}
        )

    def do(self, key: str, actor: Any, day: date, answers: dict[str, Any], **files: Any) -> None:
        """Do one action."""
        from rongbiao.cases import desk

        desk.act(self.case, key, actor=actor, day=day, answers=answers, files=files)

    def judge(self, day: date) -> None:
        """Let a panel meet and pass it."""
        asked = {"profile": "meeting", "meets_on": str(day)}
        self.do("convene", self.office, day, asked | {"experts": [e.pk for e in self.experts]})
        for expert in self.experts:
            self.do("vote", expert, day, {"vote": "yes", "patents": "none"})
        self.do("count", self.office, day, {})
        self.do("pass", self.office, day, {"minutes": "同意。"})

    def hand_in(self, day: date, **more: str) -> None:
        """Hand in the papers of a stage."""
        papers = {"draft": paper(f"{self.title}稿"), "notes": paper(f"{self.title}说明")}
        self.do("submit", self.reporter, day, {"patents": "none", **more}, **papers)

    def ask_the_public(self) -> None:
        """Bring it from the application before the public."""
        gate = dict.fromkeys(("scope", "special", "above", "consistency", "competition"), "yes")
        fields = self.case.stage.actions()[0].form(case=self.case).fields
        loose = [name for name in fields if name.startswith(("like_", "field_", "barrier_"))]
        gate |= dict.fromkeys(loose, "不同。") | {"duplicates": "无", "competition_words": "无"}
        self.do("accept", self.office, self.day, gate)
        self.judge(self.day)
        plan = {"number": "试", "drafters": "市海洋与渔业局", "owner": "市海洋与渔业局"}
        ends = self.day + timedelta(days=300)
        self.do("approve", self.office, self.day, plan | {"finish_on": str(ends)})
        self.hand_in(self.day)


def consult() -> str:
    """Put one draft before the public today; return the number of its case."""
    from django.utils import timezone

    from rongbiao.parties.models import Post

    held = {post.person.username: post for post in Post.objects.select_related("person")}
    experts = [post for name, post in held.items() if name.startswith("expert")]
    day = timezone.localdate()
    walk = Walk(900_001, held["reporter"], held["office"], experts, day)
    walk.ask_the_public()
    return str(walk.case.number)


def sign_in(*names: str) -> dict[str, str]:
    """Sign officers in with their second factor; return the session of each."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.test import Client

    from rongbiao.parties.models import Person

    sessions = {}
    for name in names:
        person, browser = Person.objects.get(username=name), Client()
        TOTP.activate(person, generate_totp_secret())
        browser.force_login(person)
        sessions[name] = str(browser.session.session_key)
    return sessions


def waiting() -> list[str]:
    """Return the numbers of the cases that wait for approval."""
    from rongbiao.cases.models import Case

    found = Case.objects.filter(stage_key="approval", closed_on=None).order_by("pk")
    return list(found.values_list("number", flat=True))


def approved(cases: list[str]) -> list[str]:
    """Return the numbers of the standards that some cases gave."""
    from rongbiao.cases.models import Case

    found = Case.objects.filter(number__in=cases).exclude(standard=None)
    return list(found.values_list("standard__number", flat=True))


def effects(case: str, *keys: str) -> int:
    """Return how many entries of some actions a case has since it waited for approval."""
    from rongbiao.cases.models import Entry

    return Entry.objects.filter(
        case__number=case, stage_key="approval", action_key__in=keys
    ).count()
