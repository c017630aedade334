"""The pages of a draw: pool, freeze, reveal, replace, again; a public record that recomputes."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rongbiao.parties.models import Draw
from rongbiao.texts.lots import check, commitment_of, read_record
from tests.expert_desk import Library


@pytest.fixture
def library(officer):
    found = Library(officer)
    day = timezone.localdate()
    for n in range(8):
        kind = "university" if n < 3 else "institute"
        found.expert(
            f"专家{n}", f"单位{n}", kind=kind, since=day, until=day.replace(year=day.year + 3)
        )
    found.expert("厂内人", "茉莉茶厂", kind="enterprise", since=day, until=day)
    return found


@pytest.fixture
def desk(client, officer):
    client.force_login(officer.person)
    return client


@pytest.fixture
def visitor():
    return Client()


def said(**more):
    return {
        "purpose": "技术审查",
        "basis": "榕标〔2026〕7号",
        "codes": "67.140",
        "ranks": ["senior"],
        "count": "3",
        "reserves": "3",
        "per_unit": "1",
        "units": "茉莉茶厂",
        "employer_years": "3",
        "drafting_years": "3",
        "recent_months": "3",
        "recent_times": "2",
        "least_enterprise": "0",
        "least_university": "1",
        "least_institute": "0",
        "least_association": "0",
        "least_bureau": "0",
    } | more


def frozen(desk, **more):
    answer = desk.post("/draws/new/", said(freeze="", **more))
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def test_the_pool_is_looked_at_before_it_is_frozen(library, desk):
    content = desk.post("/draws/new/", said(look="")).content.decode()
    assert "专家7" in content
    assert "现任职于茉莉茶厂。" in content
    assert "与回避单位同单位" in content
    assert not Draw.objects.exists()
    content = desk.post("/draws/new/", said(look="", count="7")).content.decode()
    assert "符合条件的只有 8 人，抽取和备选共需 10 人，尚缺 2 人。" in content


def test_a_case_may_lead_here_with_its_number(library, desk):
    content = desk.get("/draws/new/?basis=榕标〔2026〕7号&purpose=立项论证").content.decode()
    assert 'value="榕标〔2026〕7号"' in content
    assert 'value="立项论证"' in content


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"units": "没有的厂"}, "没有登记过单位“没有的厂”。"),
        ({"persons": "nobody"}, "没有账号“nobody”。"),
        ({"standards": "DB3501/T 999"}, "名录中没有标准“DB3501/T 999”。"),
        ({"codes": "99.9"}, "没有分类号“99.9”。"),
        ({"count": "0"}, "抽取人数"),
        ({"count": "7"}, "尚缺 2 人。排除最多的条件：与回避单位同单位（1 人）。"),
        ({"units": "\n".join(f"厂{n}" for n in range(51))}, "至多 50 项。"),
    ],
)
def test_what_cannot_be_drawn_is_told(library, desk, more, words):
    answer = desk.post("/draws/new/", said(freeze="", **more))
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert not Draw.objects.exists()


def test_the_public_sees_the_commitment_before_and_the_seed_after(library, desk, visitor):
    path = frozen(desk)
    draw = Draw.objects.get()
    content = visitor.get(path).content.decode()
    assert draw.commitment in content
    assert draw.digest in content
    assert "专家" not in content.partition("<main")[2].partition("</main>")[0].replace(
        "专家回避", ""
    ).replace("抽取专家", "")
    before = visitor.get(f"{path[:-1]}.json")
    assert before["Content-Disposition"] == f'attachment; filename="draw-{draw.number}.json"'
    assert json.loads(before.content)["seed"] == ""
    desk.post(f"{path}reveal/", {"witness": "三七二"})
    draw.refresh_from_db()
    content = visitor.get(path).content.decode()
    assert draw.seed in content
    assert "三七二" in content
    assert commitment_of(bytes.fromhex(draw.seed)) in content
    for one in (*draw.drawn, *draw.reserves):
        assert one["name"] in content
    assert "厂内人" not in content
    assert "现任职于" not in content
    after = visitor.get(f"{path[:-1]}.json").content
    assert check(read_record(after), read_record(before.content)) == ""
    assert "厂内人" not in after.decode()
    own = desk.get(f"{path[:-1]}.json").content
    assert check(read_record(own)) == ""
    assert "厂内人" in own.decode()
    assert "厂内人" in desk.get(path).content.decode()


def test_a_draw_is_revealed_once_on_the_page(library, desk):
    path = frozen(desk)
    desk.post(f"{path}reveal/")
    seed = Draw.objects.get().seed
    content = desk.post(f"{path}reveal/", follow=True).content.decode()
    assert "抽出，不能再抽。" in content
    assert Draw.objects.get().seed == seed


def test_absences_and_a_second_draw_on_the_page(library, desk, visitor):
    path = frozen(desk)
    desk.post(f"{path}reveal/")
    gone = Draw.objects.get().drawn[0]
    content = desk.post(
        f"{path}replace/", {"absent": [gone["key"]], "why": "出差在外"}, follow=True
    ).content.decode()
    assert "已按备选次序补抽，原记录保留。" in content
    assert "出差在外" in content
    assert "出差在外" not in visitor.get(path).content.decode()
    assert "请写明缺席的理由。" in desk.post(
        f"{path}replace/", {"absent": [Draw.objects.get().drawn[1]["key"]]}, follow=True
    ).content.decode()  # fmt: skip
    key = Draw.objects.get().drawn[0]["key"]  # known to be absent already
    kept = desk.post(f"{path}replace/", {"absent": [key], "why": "另有会议"})
    assert kept.status_code == 409
    content = kept.content.decode()
    assert 'value="另有会议"' in content
    assert content.count("另有会议") == 1  # given back to the form that it was typed in
    assert '<details class="noprint" open>' in content
    content = desk.post(f"{path}again/", {"why": "名单有误"}, follow=True).content.decode()
    new = Draw.objects.get(turn=2)
    assert f"抽取记录 {new}" in content
    assert f"本次是对抽取 {new.replaces} 的重新抽取，理由：名单有误。" in content
    assert "已登记不能到会" in content
    assert f"已由抽取 {new} 重新抽取" in visitor.get(path).content.decode()
    listed = visitor.get("/draws/").content.decode()
    assert listed.index(new.number) < listed.index(new.replaces.number)


def test_there_is_no_such_draw(library, visitor):
    assert visitor.get("/draws/2026-999/").status_code == 404
    assert visitor.get("/draws/2026-999.json").status_code == 404


def test_the_record_asks_as_often_for_many_as_for_few(library, desk, visitor):
    def queries(path):
        with CaptureQueriesContext(connection) as seen:
            visitor.get(path)
        return len(seen)

    first = frozen(desk, units="", count="1", reserves="0")
    visitor.get(first)
    few = [queries("/draws/"), queries(first)]
    for n in range(4):
        second = frozen(desk, basis=f"{n}号", count="4", reserves="4", recent_times="0")
        desk.post(f"{second}reveal/")
    assert [queries("/draws/"), queries(second)] == few
