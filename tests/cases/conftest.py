from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rongbiao.cases import desk
from rongbiao.procedures.local_standard import LocalStandard
from tests.conftest import hold_post
from tests.story_desk import made

DAY = date(2024, 1, 8)
APPLICATION = {
    "title": "海带育苗技术规程",
    "kind": "new",
    "scope": "规定了海带育苗的种藻选择、采苗、育苗管理和出库。",
    "need": "各地做法不一。",
    "local": "福州沿海冬春水温特殊。",
    "novelty": "未见同类标准。",
    "drafters": "市海洋与渔业局",
    "months": "11",
    "patents": "none",
}
GATE = {
    "scope": "yes", "special": "yes", "above": "yes", "duplicates": "无", "consistency": "yes",
    "competition": "yes", "competition_words": "无",
}  # fmt: skip


def upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, made(name.rsplit(".", 1)[-1]))


@pytest.fixture
def second_officer(city):
    return hold_post("陈复核", "市市场监管局", "officer")


@pytest.fixture
def case(reporter):
    """A local standard that was applied for."""
    return desk.open_case(
        LocalStandard,
        actor=reporter,
        day=DAY,
        answers=APPLICATION,
        files={"draft": upload("草案.docx")},
    )


@pytest.fixture
def experts(city):
    return [hold_post(f"专家{n}", unit, "expert") for n, unit in enumerate(
        ["市科技局", "市教育局", "市水利局", "市林业局", "市气象局"], start=1)]  # fmt: skip


@pytest.fixture
def appraisal(case, officer, experts):
    """The same case before its panel, five experts invited."""
    desk.act(case, "accept", actor=officer, day=DAY, answers=GATE)
    convening = {"profile": "meeting", "meets_on": "2024-01-25", "experts": [e.pk for e in experts]}
    desk.act(case, "convene", actor=officer, day=DAY, answers=convening)
    return case
