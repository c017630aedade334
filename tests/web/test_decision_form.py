"""The form of a decision: who can be charged, under headings, and the tasks of one plan."""

import re

import pytest

from rongbiao.parties.models import Organization
from rongbiao.strategy.models import Charge, Decision, Plan, Reading, Task

KINDS = Organization.Kind


@pytest.fixture
def desk(client, officer, opinion_plan):
    for kind in ("enterprise", "association", "university", "institute"):
        Organization.objects.create(name=f"试验{KINDS(kind).label}", kind=kind)
    client.force_login(officer.person)
    return client


def select(text: str, name: str) -> str:
    return text[text.index(f'<select name="{name}"') :].partition("</select>")[0]


def test_only_who_can_be_charged_is_listed_kind_by_kind(desk):
    units = select(desk.get("/decisions/new/").content.decode(), "charges-0-organization")
    headings = re.findall(r'<optgroup label="([^"]+)"', units)
    assert [words for words in headings if words != "园区"] == [
        "市直部门", "县（市）区", "社会团体", "高等院校", "科研院所",
    ]  # fmt: skip
    assert "试验企业" not in units
    assert "试验社会团体" in units
    listed = set(map(int, re.findall(r'<option value="(\d+)"', units)))
    refused = {KINDS.ENTERPRISE, KINDS.COLLECTIVE}
    assert listed == set(
        Organization.objects.exclude(kind__in=refused).values_list("pk", flat=True)
    )


def test_the_tasks_are_those_of_the_plan_under_its_headings(desk, opinion_plan):
    text = desk.get("/decisions/new/").content.decode()
    tasks = select(text, "charges-0-task")
    assert len(re.findall(r"<option value=\"\d+\"", tasks)) == opinion_plan.tasks.count() == 24
    assert len(re.findall("<optgroup", tasks)) == 6
    assert f'name="plan" value="{opinion_plan.pk}"' in text
    assert len(re.findall("<optgroup", select(text, "course-0-target"))) == 3


def test_another_plan_is_chosen_first_and_its_tasks_alone_are_taken(desk, opinion_plan):
    reading = Reading.objects.create(
        file=opinion_plan.reading.file, text="一", outcome={}, read_on=opinion_plan.since
    )
    other = Plan.objects.create(
        key="other", title="另一规划", number="试〔2026〕1号", issuer="市政府",
        reading=reading,
        signed_on=opinion_plan.signed_on, since="2026-01-01", until="2030-12-31",
    )  # fmt: skip
    text = desk.get("/decisions/new/?plan=other").content.decode()
    assert "<optgroup" not in select(text, "charges-0-task")
    assert f'name="plan" value="{other.pk}"' in text
    sent = {"plan": other.pk, "number": "决2", "title": "决定", "decided_on": "2026-02-01",
            "charges-0-task": Task.objects.first().pk,
            "charges-0-organization": Organization.objects.filter(kind="bureau").first().pk,
            "charges-0-part": Charge.Part.LEAD} | {
        f"{key}-{what}_FORMS": n
        for key in ("charges", "steps", "course")
        for what, n in (("TOTAL", 1), ("INITIAL", 0))
    }  # fmt: skip
    assert desk.post("/decisions/new/", sent).status_code == 409
    assert not Decision.objects.exists()
    answer = desk.post(
        "/decisions/new/", sent | {"plan": opinion_plan.pk, "decided_on": "2025-02-01"}
    )
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/decisions/")


@pytest.mark.parametrize("sent", ["", "x", "0", "９", "9" * 40])
def test_a_plan_that_is_none_is_refused_with_a_sentence(desk, sent):
    answer = desk.post("/decisions/new/", {"plan": sent})
    assert answer.status_code == 409
