"""Who lost phone or password can sign in again; everything begun before has ended."""

from argparse import Namespace

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client

from rongbiao.parties.models import Act
from rongbiao.shell import unlock
from rongbiao.shell.complaint import Complaint

NEW = "乌龙江畔的一个长密码"


def asked(name="林经办", *, password=False) -> Namespace:
    return Namespace(username=name, basis="当面核实身份证件", password=password)


def test_second_factor_locks_and_sessions_end(officer, capsys):
    officer.person.set_password("榕树下的一杯茉莉花茶")
    officer.person.save()
    for _ in range(5):
        Client().post("/accounts/login/", {"login": "林经办", "password": "不对"})
    Client().post("/accounts/login/", {"login": "林经办", "password": "不对"})
    assert unlock.run(asked()) == 0
    assert capsys.readouterr().out == "已解除林经办的动态口令和登录锁定；此人的登录均已退出。\n"
    assert (Authenticator.objects.count(), AccessAttempt.objects.count()) == (0, 0)
    client = Client()
    client.post("/accounts/login/", {"login": "林经办", "password": "榕树下的一杯茉莉花茶"})
    assert client.session["_auth_user_id"] == str(officer.person.pk)
    unlock.run(asked())
    assert Session.objects.filter(session_key=client.session.session_key).count() == 0
    act = Act.objects.last()
    assert (act.verb, act.words["basis"], act.words["password"]) == (
        "unlock",
        "当面核实身份证件",
        False,
    )


def test_a_new_password_replaces_the_old_one(officer, monkeypatch):
    monkeypatch.setenv("RONGBIAO_PASSWORD", NEW)
    unlock.run(asked(password=True))
    officer.person.refresh_from_db()
    assert officer.person.check_password(NEW)
    monkeypatch.setenv("RONGBIAO_PASSWORD", "12345")
    with pytest.raises(Complaint):
        unlock.run(asked(password=True))
    officer.person.refresh_from_db()
    assert officer.person.check_password(NEW)


def test_a_name_that_is_not_there_is_refused(db):
    with pytest.raises(Complaint, match="没有名为“无此人”的账号。"):
        unlock.run(asked("无此人"))
