"""Every role at every stage: a dossier opens exactly where it may be read, an act exactly where it is offered."""

import pytest

from rongbiao.cases.models import Seat
from rongbiao.parties.models import Organization, Post
from rongbiao.stages import reach
from tests.conftest import hold_post
from tests.stories.test_stories import STORIES
from tests.story_desk import Told, read

STAGES = (
    "提交",
    "通过审查",
    "邀请专家",
    "下达计划",
    "提交征求意见稿",
    "结束",
    "提交送审稿",
    "提交报批稿",
)
STORY = next(path for path in STORIES if path.stem == "eleven_months")
ROLES = (
    "anonymous", "public account", "applicant", "drafter", "expert", "recused", "other expert",
    "invited", "other unit", "enterprise", "officer", "auditor", "administrator",
)  # fmt: skip


def told_until(name: str) -> Told:
    """Play the story up to an act."""
    story = dict(read(STORY))
    acts = [act for act in story["经过"] if "不能" not in (act[3] if len(act) > 3 else {})]
    story["经过"] = acts[: [act[2] for act in acts].index(name) + 1]
    told = Told(story)
    told.play()
    return told


@pytest.fixture
def everybody(city):
    Organization.objects.create(name="无关企业", kind="enterprise")
    return {
        "other expert": hold_post("外库专家", "市科技局", "expert"),
        "invited": hold_post("连江填报", "连江县人民政府", "reporter"),
        "other unit": hold_post("教育填报", "市教育局", "reporter"),
        "enterprise": hold_post("企业经办", "无关企业", "agent"),
        "auditor": hold_post("何审计", "市市场监管局", "auditor"),
        "administrator": hold_post("郑管理", "市市场监管局", "administrator"),
    }


def posts(told: Told, everybody) -> dict[str, Post | None]:
    cast = told.cast
    for name in ("林处", "陈处"):
        from tests.conftest import give_second_factor

        give_second_factor(cast[name].person)
    told.case.refresh_from_db()
    expert = told.case.seats.filter(capacity="expert", post=cast["孙主任"]).first()
    if expert:
        Seat.objects.filter(case=told.case, post=cast["孙主任"]).update(recused_on="2024-01-20")
    return {
        "anonymous": None, "public account": None, "applicant": cast["黄海"], "drafter": cast["郑工"],
        "expert": cast["王教授"], "recused": cast["孙主任"], "officer": cast["林处"], **everybody,
    }  # fmt: skip


@pytest.mark.parametrize("until", STAGES)
def test_a_dossier_and_its_acts_open_where_the_declaration_says(client, everybody, until):
    told = told_until(until)
    case, people = told.case, posts(told, everybody)
    from rongbiao.parties.models import Person

    guest = Person.objects.create(username="公众账号", name="公众账号")
    missing = client.get("/cases/DB-1999-0001/").status_code
    for role in ROLES:
        post = people[role]
        client.logout()
        if role == "public account":
            client.force_login(guest)
        elif post:
            client.force_login(post.person)
        readable = reach.readable(post).filter(pk=case.pk).exists()
        page = client.get(case.get_absolute_url())
        assert page.status_code == (200 if readable else missing), f"{role} {until}"
        offered = {action.key for action in reach.offered(case, post)} if readable else set()
        for action in case.stage.actions():
            answer = client.get(f"{case.get_absolute_url()}{action.key}/")
            # Who reads the dossier is led back to it and told why.
            wanted = 200 if action.key in offered else 302 if readable else 404
            assert answer.status_code == wanted, f"{role} {until} {action.key}"


def test_before_the_plan_only_its_parties_read(client, everybody):
    told = told_until("通过审查")
    people = posts(told, everybody)
    readers = {
        role for role in ROLES if reach.readable(people[role]).filter(pk=told.case.pk).exists()
    }
    assert readers == {"applicant", "officer", "auditor"}


def test_a_recused_expert_does_not_read_before_the_plan(client, everybody):
    told = told_until("邀请专家")
    people = posts(told, everybody)
    readers = {
        role for role in ROLES if reach.readable(people[role]).filter(pk=told.case.pk).exists()
    }
    assert readers == {"applicant", "officer", "auditor", "expert"}
