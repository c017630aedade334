"""Every predicate has two faces: what ``test`` says of each thing, ``rows`` finds among all."""

from datetime import date

import pytest

from rongbiao.parties.models import Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.strategy import who
from rongbiao.strategy.models import Assignment, Plan, Report
from tests.bench_world import build
from tests.conftest import hold_post

ABOUT = {
    "officer": Plan,
    "reports_on": Assignment,
    "reviews": Assignment,
    "sees_inside": Assignment,
    "may_see_report": Report,
}
# Who may do what: the actors of the test, in the order of ``actors``, per predicate.
MAY = {
    "officer": ["officer"],
    "reports_on": ["reporter", "leader"],
    "reviews": ["officer"],
    "sees_inside": ["officer", "reporter", "leader"],
    "may_see_report": ["officer", "reporter", "leader"],
}


@pytest.fixture
def world(city):
    return build(plans=1, assignments=30, quarters=2)


@pytest.fixture
def actors(world):
    """One actor of every role in one unit with assignments, a stranger's reporter, and nobody."""
    unit = Assignment.objects.first().organization
    held = {role: hold_post(f"某{role}", unit.name, role) for role in Post.Role.values}
    idle = Organization.objects.create(name="无任务单位", kind="bureau")
    return held | {"stranger": hold_post("外人", idle.name, "reporter"), "nobody": None}


def test_every_predicate_is_tested():
    declared = {name for name, one in vars(who).items() if isinstance(one, who.Who)}
    assert declared == set(ABOUT) == set(MAY)


@pytest.mark.parametrize("name", ABOUT)
def test_both_faces_say_the_same_of_every_thing_and_actor(name, actors):
    one, things = getattr(who, name), ABOUT[name].objects
    touched = set()
    for role, actor in actors.items():
        tested = {thing.pk for thing in things.all() if one.test(actor, thing)}
        assert tested == set(things.filter(one.rows(actor)).values_list("pk", flat=True))
        touched |= {role} if tested else set()
    assert touched == set(MAY[name])


def test_a_unit_touches_its_own_assignments_and_no_other(actors):
    reporter = actors["reporter"]
    own = Assignment.objects.filter(organization=reporter.organization)
    assert 0 < own.count() < Assignment.objects.count()
    for one in (who.reports_on, who.sees_inside):
        assert set(Assignment.objects.filter(one.rows(reporter))) == set(own)
    seen = Report.objects.filter(who.may_see_report.rows(reporter))
    assert set(seen) == set(Report.objects.filter(assignment__in=own))


def test_an_officer_acts_from_the_first_to_the_last_day_of_the_post(city):
    post = hold_post("林经办", "市市场监管局", "officer", since=date(2024, 3, 1))
    post.until = date(2025, 6, 30)
    for day in (date(2024, 2, 29), date(2025, 7, 1)):
        sentence = f"的任职自2024-03-01至2025-06-30，不能办理{day}的事项。"
        with pytest.raises(Refused, match=sentence):
            who.ask_officer(post, day, "由经办人办理。")
    for day in (post.since, post.until):
        who.ask_officer(post, day, "由经办人办理。")


def test_whoever_is_no_officer_is_refused_in_the_words_of_the_act(reporter):
    for actor in (reporter, None):
        with pytest.raises(Refused, match=r"^由经办人办理。$"):
            who.ask_officer(actor, date(2024, 1, 1), "由经办人办理。")
