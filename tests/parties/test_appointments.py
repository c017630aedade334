"""People are enrolled and appointed once, with a strong password and a basis."""

from datetime import date

import pytest

from rongbiao.parties import journal
from rongbiao.parties.appointments import appoint, enroll, resign
from rongbiao.parties.models import Organization, Post
from rongbiao.parties.refused import Refused

DAY = date(2024, 5, 6)
BY = {"actor": None, "day": DAY}
PASSWORD = "mojiang-yuchuan-86"


def test_a_person_holds_a_post_from_a_day(city):
    person = enroll("lin", "林经办", PASSWORD, **BY)
    unit = Organization.objects.get(name="市商务局")
    post = appoint(person, unit, "reporter", DAY, "榕商〔2024〕1号", **BY)
    assert (post.person, post.organization, post.since) == (person, unit, DAY)
    assert [line.verb for line in journal.lines_of(post)] == ["appoint"]
    assert not post.holds_on(date(2024, 5, 5))
    resign(post, date(2024, 6, 1), "榕商〔2024〕2号", **BY)
    post.refresh_from_db()
    assert post.holds_on(date(2024, 6, 1))
    assert not post.holds_on(date(2024, 6, 2))


@pytest.mark.parametrize("password", ["12345678901", "password", "short"])
def test_a_weak_password_is_refused(city, password):
    with pytest.raises(Refused):
        enroll("lin", "林经办", password, **BY)


def test_an_account_name_is_used_once(city):
    enroll("lin", "林经办", PASSWORD, **BY)
    with pytest.raises(Refused, match="账号“lin”已有人使用"):
        enroll("lin", "另一人", PASSWORD, **BY)


def test_the_same_post_is_not_held_twice(city):
    person = enroll("lin", "林经办", PASSWORD, **BY)
    unit = Organization.objects.get(name="市商务局")
    appoint(person, unit, Post.Role.REPORTER, DAY, "依据", **BY)
    with pytest.raises(Refused, match="已在市商务局担任责任单位填报人"):
        appoint(person, unit, Post.Role.REPORTER, DAY, "依据", **BY)


def test_nobody_leaves_before_coming(city):
    person = enroll("lin", "林经办", PASSWORD, **BY)
    unit = Organization.objects.get(name="市商务局")
    post = appoint(person, unit, "reporter", DAY, "依据", **BY)
    with pytest.raises(Refused, match="早于任职日期2024-05-06"):
        resign(post, date(2024, 5, 5), "依据", **BY)
