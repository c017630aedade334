"""A consultation that runs today: the story of eleven months, its draft in real clauses."""

import io
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from rongbiao.cases import desk as acts
from rongbiao.cases.models import Case
from rongbiao.parties.models import Organization
from tests.conftest import give_second_factor
from tests.story_desk import Told, read

STORY = Path(__file__).parents[2] / "stories" / "eleven_months.yaml"
LINES = (
    "1 范围", "本文件规定了海带育苗的采苗、育苗管理和出库。", "2 育苗管理", "2.1 一般要求",
    "2.1.1 育苗水温应为8℃～12℃。", "2.1.2 每日清理育苗器不应少于 1 次。", "3 出库",
    "3.1 出库前应逐帘检查。",
)  # fmt: skip
SECOND = (*LINES[:5], "2.1.2 每日清理育苗器不应少于 2 次。", *LINES[6:])
COMMENT = {
    "clause": "2.1.2", "kind": "change", "proposed": "每日清理育苗器不应少于 2 次。",
    "reason": "高温期藻体易附泥。", "as": "person", "person": "陈小满", "phone": "13800001234",
    "email": "xiaoman@example.cn",
}  # fmt: skip


def paper(*lines: str) -> bytes:
    """Return a docx of some paragraphs."""
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def files(*lines: str) -> dict[str, SimpleUploadedFile]:
    """Return the draft and the notes of a round."""
    return {
        "draft": SimpleUploadedFile("征求意见稿.docx", paper(*lines)),
        "notes": SimpleUploadedFile("编制说明.docx", paper("一、工作简况")),
    }


class Asked:
    """A case that asks the public; whoever has a part in it."""

    def __init__(self) -> None:
        self.told = Told(read(STORY))
        self.lines = [line for line in self.told.story["经过"] if "不能" not in dict(*line[3:])]
        self.invited = Organization.objects.get(name="市科技局")

    def until(self, stage: str) -> Case:
        """Play until the case is at a stage."""
        while self.lines:
            day, who, name, *rest = self.lines.pop(0)
            self.told.one(day, who, name, dict(rest[0]) if rest else {}, "")
            self.told.case.refresh_from_db()
            if self.told.case.stage_key == stage:
                break
        return self.told.case

    def opened(self, days: int = 11, lines: tuple[str, ...] = LINES) -> Case:
        """Put a draft before the public; its last day is so many days from today."""
        case = self.until("drafting")
        today = timezone.localdate()
        acts.act(
            case, "submit", actor=self.told.cast["郑工"], day=today - timedelta(days=30 - days),
            answers={"patents": "none", "invited": "市科技局\n市教育局"}, files=files(*lines),
        )  # fmt: skip
        return case

    def comment(self, case: Case, **said):
        """Register an opinion of the public today."""
        return acts.act(case, "comment", actor=None, day=case.stage_since, answers=COMMENT | said)

    def closed(self, case: Case) -> Case:
        """End the period."""
        day = case.due_on + timedelta(days=1)
        acts.act(case, "close", actor=None, day=day, alone=True)
        return case

    def browser(self, name: str | None = None) -> Client:
        """Return a browser in which somebody of the story is signed in, or nobody."""
        client = Client()
        if name is not None:
            person = self.told.cast[name].person
            give_second_factor(person)
            client.force_login(person)
        return client


@pytest.fixture
def asked(city):
    """Return the people of the story."""
    cache.clear()
    return Asked()
