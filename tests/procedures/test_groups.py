"""Group standards beyond their stories: places that are full, conversion to a local standard, pages."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rongbiao.awards.fostering import digest_of
from rongbiao.awards.models import Fostering
from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.parties.models import Organization
from rongbiao.parties.refused import Refused
from rongbiao.procedures.conversion import Conversion
from rongbiao.procedures.fostering import FosteringCriteria, FosteringPlan
from rongbiao.procedures.group_standard import GroupStandard
from rongbiao.procedures.local_standard import LocalStandard
from rongbiao.standards import societies
from rongbiao.standards.models import Declaration, Relation
from rongbiao.strategy.measures import MEASURES
from tests.conftest import hold_post
from tests.society_desk import DAY, declare, society
from tests.story_desk import Told, read, until
from tests.web.shelf import put

STORY = Path(__file__).parents[1] / "stories" / "group_standard_by_an_association.yaml"
TERMS = {
    "title": "2026年度团体标准培优", "year": "2026", "document": "榕市监标〔2026〕6号",
    "opens_on": "2026-01-05", "closes_on": "2026-02-05", "criteria": "先进性｜40\n效果｜60",
    "least": "60", "places": "1",
}  # fmt: skip


@pytest.fixture
def leader(city):
    society()
    return hold_post("叶会长", "榕城茶叶协会", "leader")


@pytest.fixture
def officers(city):
    return [hold_post(name, "市市场监管局", "officer") for name in ("林处", "陈处")]


def scored(leader, officers, number, title):
    case = desk.open_case(
        FosteringPlan, actor=leader, day=DAY, answers={"year": "2026", "effect": "12 家采用"},
        standard=declare(leader, number, title),
    )  # fmt: skip
    said = {"score_1": "90", "reason_1": "高", "score_2": "80", "reason_2": "好"}
    desk.act(case, "submit", actor=officers[0], day=DAY, answers=said)
    desk.act(case, "close", actor=officers[0], day=date(2026, 1, 20))
    return case


def test_no_more_are_selected_than_places_were_published(leader, officers):
    desk.open_case(FosteringCriteria, actor=officers[0], day=DAY, answers=TERMS)
    first = scored(leader, officers, "T/RCCY 001—2025", "规程一")
    second = scored(leader, officers, "T/RCCY 002—2025", "规程二")
    said, day = {"document": "榕市监标〔2026〕9号"}, date(2026, 1, 21)
    desk.act(first, "approve", actor=officers[1], day=day, answers=said)
    with pytest.raises(Refused, match="公布的名额是 1 个，已经选满"):
        desk.act(second, "approve", actor=officers[1], day=day, answers=said)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"criteria": "先进性｜40\n效果｜50"}, "现在合计 90"),
        ({"criteria": "先进性｜四十"}, "权重写整数"),
        ({"criteria": "先进性"}, "不是“条件｜权重｜评分说明”"),
        ({"criteria": "先进性｜0\n效果｜100"}, "权重应在 1 至 100 之间"),
        ({"criteria": "\n".join(["项｜5"] * 21)}, "最多 20 项，现有 21 项"),
        ({"opens_on": "2026-01-04"}, "早于公布日期"),
        ({"closes_on": "2026-01-01"}, "不能早于申报开始日期"),
    ],
)
def test_criteria_that_cannot_be_published(more, why, officers):
    with pytest.raises(Refused, match=why):
        desk.open_case(FosteringCriteria, actor=officers[0], day=DAY, answers=TERMS | more)
    assert not Fostering.objects.exists()


def test_the_digest_is_that_of_what_was_published(officers):
    desk.open_case(FosteringCriteria, actor=officers[0], day=DAY, answers=TERMS)
    year = Fostering.objects.get()
    rows = [
        {"name": one.name, "weight": one.weight, "words": one.words} for one in year.criteria.all()
    ]
    terms = (year.title, year.year, year.opens_on, year.closes_on, year.least, year.places)
    assert digest_of(rows, *terms) == year.digest


def convert(actor, number, target="municipal", **more):
    said = {
        "number": number, "title": "茉莉花茶包装技术规范", "target": target, "users": "26",
        "effect": "26 家采用。", "need": "需要。",
    }  # fmt: skip
    proof = SimpleUploadedFile("佐证.txt", "采用证明".encode())
    return desk.open_case(
        Conversion, actor=actor, day=DAY, answers=said | more, files={"evidence": proof}
    )


def test_a_conversion_to_a_local_standard_opens_its_project(leader, officers):
    standard = declare(leader, "T/RCCY 001—2025")
    case = convert(leader, "T/RCCY 001—2025")
    with pytest.raises(Refused, match="正在办理"):
        convert(leader, "T/RCCY 001—2025")
    said = {"words": "同意", "department": "榕城茶叶协会"}
    with pytest.raises(Refused, match="“榕城茶叶协会”不是本市的主管部门"):
        desk.act(case, "approve", actor=officers[0], day=DAY, answers=said)
    said = {"words": "同意", "department": "市海洋与渔业局"}
    desk.act(case, "approve", actor=officers[0], day=DAY, answers=said)
    project = Case.objects.get(procedure_key=LocalStandard.key)
    assert (project.origin, str(project.applicant)) == (case, "市海洋与渔业局")
    made = {"number": "DB3501/T 999—2027", "document": "2027年第1号"}
    desk.act(case, "submit", actor=officers[0], day=date(2027, 2, 1), answers=made)
    page = Client().get(standard.get_absolute_url()).content.decode()
    assert "转化为" in page and "DB3501/T 999" in page  # noqa: PT018


def test_a_bureau_proposes_an_enterprise_standard_for_conversion(city, officers):
    firm = Organization.objects.create(name="榕江公司", kind="enterprise")
    number = "Q/RJ 001—2025"
    bureau = hold_post("陈填报", "市海洋与渔业局", "reporter")
    with pytest.raises(Refused, match="先公开的标准才能申请转化"):
        convert(bureau, number, "sector")
    Declaration.objects.create(
        organization=firm, number=number, title="产品", declared_on=DAY, basis="试验"
    )
    case = convert(bureau, number, "sector")
    desk.act(case, "approve", actor=officers[0], day=DAY, answers={"words": "同意"})
    made = {"number": "NY/T 9999—2027", "document": "2027年第1号"}
    desk.act(case, "submit", actor=officers[0], day=date(2027, 2, 1), answers=made)
    assert Relation.objects.get(kind="converts").object == "Q/RJ 001-2025"


def test_the_next_number_follows_the_highest_of_the_association(leader):
    one = societies.association_of(leader.organization)
    assert one is not None
    assert societies.next_number(one, 2026) == "T/RCCY 001—2026"
    put("T/RCCY 017-2020", "旧规程")
    put("T/RCCYX 030-2020", "别家")
    assert societies.next_number(one, 2026) == "T/RCCY 018—2026"


def test_what_is_declared_is_counted_as_a_group_standard_and_not_of_an_enterprise(leader):
    standard = declare(leader, "T/RCCY 001—2025")
    since, day = date(2023, 9, 14), date(2026, 2, 1)
    assert [*MEASURES["group-standards"].rows(since, day)] == [standard]
    assert not MEASURES["declared-standards"].rows(since, day).exists()


def test_a_declared_edition_of_the_register_is_not_entered_twice(leader):
    held = put("T/RCCY 001-2025", "茉莉花茶包装技术规范", issued_on=date(2025, 8, 1))
    assert declare(leader, "T/RCCY 001—2025") == held
    with pytest.raises(Refused, match="已由榕城茶叶协会声明公开"):
        declare(leader, "T/RCCY 001—2025")


@pytest.mark.parametrize("last", ["提交征求意见稿", "提意见", "邀请专家", "开票"])
def test_the_pages_of_a_group_standard_on_its_way(last, city):
    story = read(STORY)
    told = Told(story | {"经过": until(story["经过"], last)})
    case = told.play()
    assert case.procedure is GroupStandard
    pages = [reverse("case", args=[case.number]), reverse("consultation", args=[case.number])]
    for address in pages:
        assert Client().get(address).status_code == 200
    own = Client()
    own.force_login(told.cast["协会经办"].person)
    inner = [reverse("case_comments", args=[case.number])]
    inner += [reverse("case_panel", args=[case.number])] if case.stage_key == "review" else []
    for address in [*pages, *inner]:
        said = own.get(address)
        assert said.status_code == 200, address
    if case.stage_key == "review":
        assert "开票" in said.content.decode()
        assert "抽取专家" not in said.content.decode()  # the draw is the office's
