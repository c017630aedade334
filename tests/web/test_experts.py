"""The expert library's pages: who is engaged, engaging, renewing, releasing, ties."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rongbiao.parties import journal
from rongbiao.parties.models import Organization, Person, Post, Tie
from tests.expert_desk import Library

LATER = timezone.localdate() + timedelta(days=900)


@pytest.fixture
def library(officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Library(officer)


@pytest.fixture
def page(client, officer):
    client.force_login(officer.person)
    return client


def said(**more):
    return {
        "account": "chen",
        "name": "陈茶",
        "unit": "市农业农村局",
        "ics": "67.140.10 65.020.20",
        "ccs": "X55",
        "title": "研究员",
        "rank": "senior",
        "since": timezone.localdate().isoformat(),
        "until": LATER.isoformat(),
        "basis": "榕标联办〔2026〕3号",
    } | more


def test_the_list_is_filtered_by_words_class_and_rank(library, page):
    library.expert("陈茶", "茶研所", ics=("67.140.10",))
    library.expert("林钢", "钢研院", ics=("77.140",), rank="middle")
    library.expert("旧人", "茶研所", since=date(2023, 2, 1), until=date(2024, 1, 1))

    def names(query):
        content = page.get(f"/experts/?{query}").content.decode()
        return [name for name in ("陈茶", "林钢", "旧人") if f">{name}</a>" in content]

    assert names("") == ["陈茶", "林钢"]
    assert names("all=1") == ["陈茶", "林钢", "旧人"]
    assert names("q=茶研") == ["陈茶"]
    assert names("q=%00") == ["陈茶", "林钢"]
    assert names("code=67") == ["陈茶"]
    assert names("code=77.140.10") == ["林钢"]
    assert names("rank=middle") == ["林钢"]
    assert names("rank=院士") == ["陈茶", "林钢"]


def test_an_expert_is_engaged_on_the_page(library, page):
    proof = SimpleUploadedFile("证书.txt", "职称证书".encode())
    answer = page.post("/experts/new/", said(proof=proof), follow=True)
    post = Post.objects.get(role="expert")
    assert answer.redirect_chain == [(f"/experts/{post.pk}/", 302)]
    content = answer.content.decode()
    for words in (
        "已聘任：陈茶（",
        "茶",
        "证书.txt",
        "研究员（正高级）",
        "聘任专家",
    ):
        assert words in content, words
    assert (post.expertise.ics, post.until) == ("67.140.10 65.020.20", LATER)
    assert not Person.objects.get(username="chen").has_usable_password()


def test_a_new_unit_needs_its_kind(library, page):
    words = "没有登记过“茶业大学”；新单位请选择单位类别。"
    answer = page.post("/experts/new/", said(unit="茶业大学"))
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert not Person.objects.filter(username="chen").exists()
    page.post("/experts/new/", said(unit="茶业大学", kind="university"))
    assert Post.objects.get(role="expert").organization.kind == "university"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"ics": "68.999"}, "没有ICS分类号“68.999”。"),
        ({"account": "林经办", "name": "别人"}, "账号“林经办”是林经办的。"),
        ({"until": "2020-01-01"}, "聘期至2020-01-01，早于起始日期"),
        ({"rank": "院士"}, "职称等级"),
        ({"ics": " ".join(f"{n}" for n in range(51))}, "至多 50 项。"),
        ({"account": "坏 账号"}, ""),
    ],
)
def test_what_is_refused_leaves_nothing(library, page, more, words):
    before = (Person.objects.count(), Post.objects.count(), Organization.objects.count())
    answer = page.post("/experts/new/", said(**more))
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert (Person.objects.count(), Post.objects.count(), Organization.objects.count()) == before


def test_terms_and_ties_on_the_page(library, page):
    post = library.expert("陈茶", "茶研所")
    firm = library.unit("茉莉茶厂", "enterprise")
    path = f"/experts/{post.pk}/"

    def told(what, **fields):
        sent = {f"{what}-{name}": value for name, value in fields.items()}
        return page.post(f"{path}{what}/", sent, follow=True).content.decode()

    assert "已登记。" in told("tie", kind="adviser", unit="茉莉茶厂", basis="申报", note="每年两次")
    assert Tie.objects.get().organization == firm
    assert "单位和人员账号请填写其中一项。" in told("tie", kind="adviser", basis="申报")
    assert "没有登记过“没有的厂”。" in told("tie", kind="kin", unit="没有的厂", basis="申报")
    assert "没有登记过“nobody”。" in told("tie", kind="kin", account="nobody", basis="申报")
    assert "已登记。" in told("tie", kind="kin", account="林经办", basis="申报")
    assert "已登记。" in told("renew", until="2031-01-01", basis="续聘文件")
    assert "应晚于现在的聘期" in told("renew", until="2030-01-01", basis="文")
    assert "聘期至：" in told("renew", until="明年", basis="文")
    content = told("release", until=timezone.localdate().isoformat(), why="调离", basis="文")
    assert "已登记。" in content
    assert "每年两次" in content
    verbs = [line.verb for line in journal.lines_of(post)]
    assert verbs == [
        "appoint", "enroll-expert", "declare-tie", "declare-tie", "renew-expert", "resign",
        "release-expert",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "fields", "words"),
    [
        ("tie", {"kind": "kin", "basis": "个人申报", "note": "每年两次"}, "单位和人员账号请填写"),
        ("tie", {"kind": "kin", "unit": "没有的厂", "basis": "个人申报"}, "没有登记过“没有的厂”。"),
        ("renew", {"until": "明年", "basis": "续聘文件"}, "聘期至"),
        ("renew", {"until": "2020-01-01", "basis": "续聘文件"}, "应晚于现在的聘期"),
        ("release", {"until": "2099-01-01", "basis": "文", "why": "调离本市"}, "解聘日期"),
    ],
)
def test_a_refused_form_of_an_expert_keeps_what_was_typed(library, page, what, fields, words):
    post = library.expert("陈茶", "茶研所")
    sent = {f"{what}-{name}": value for name, value in fields.items()}
    answer = page.post(f"/experts/{post.pk}/{what}/", sent)
    assert answer.status_code == 409
    content = answer.content.decode()
    assert words in content.partition('class="errors"')[2]
    assert content.count("<details open>") == 1
    for name, value in fields.items():
        if name != "kind":
            assert f'name="{what}-{name}" value="{value}"' in content


def test_an_auditor_reads_and_changes_nothing(library, client):
    from tests.conftest import hold_post

    post = library.expert("陈茶", "茶研所")
    client.force_login(hold_post("何审计", "市市场监管局", "auditor").person)
    content = client.get(f"/experts/{post.pk}/").content.decode()
    assert "/renew/" not in content
    assert client.get("/experts/new/").status_code == 403
    assert client.post(f"/experts/{post.pk}/renew/", {}).status_code == 403


def test_the_pages_ask_as_often_for_many_as_for_few(library, page):
    def queries(path):
        with CaptureQueriesContext(connection) as seen:
            page.get(path)
        return len(seen)

    post = library.expert("陈茶", "茶研所")
    page.get("/experts/")
    few = [queries("/experts/"), queries(f"/experts/{post.pk}/")]
    firm = library.unit("茉莉茶厂", "enterprise")
    for n in range(9):
        library.expert(f"专家{n}", f"单位{n}")
        Tie.objects.create(post=post, kind="kin", organization=firm, basis="申", declared_on=LATER)
    assert [queries("/experts/"), queries(f"/experts/{post.pk}/")] == few
