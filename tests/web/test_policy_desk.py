"""The desk of a policy paper: an officer reads it beside the original and puts the reading right."""

import pytest
from django.urls import reverse

from rongbiao.strategy.models import Clause, Plan, Reading
from tests.plan_desk import settle, take_in

UNITS = "市科技局（牵头）、市教育局（配合）"


@pytest.fixture
def desk(client, officer):
    """A reading whose doubts are settled, and a client in the officer's post."""
    client.force_login(officer.person)
    reading = settle(take_in(officer), officer)
    return client, reading, reverse("policy", args=[reading.pk])


def say(desk, kind, path, value, reason="对照原件"):
    client, reading, address = desk
    said = {"amend": kind, "path": path, "value": value, "reason": reason}
    return client.post(address, said | {"version": reading.version})


def test_the_form_shows_the_units_with_their_parts(desk):
    client, reading, address = desk
    place = next(n for n, row in enumerate(reading.outcome["clauses"]) if row["units"])
    answer = say(desk, "put", f"clauses.{place}.units", UNITS)
    assert (answer.status_code, answer.url) == (302, f"{address}#clauses-{place}")
    assert f">{UNITS}</textarea>" in client.get(f"{address}?amend={place}").content.decode()


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [("name", "新增标准", "name"), ("unit", "个", "unit"), ("by", "2028", "by")],
)
def test_every_part_of_a_target_can_be_put_right(desk, path, value, field):
    _client, reading, _address = desk
    assert say(desk, "put", f"targets.0.{path}", value).status_code == 302
    reading = Reading.objects.get(pk=reading.pk)
    assert str(reading.outcome["targets"][0][field]) == value


def test_what_is_no_target_goes(desk):
    _client, reading, _address = desk
    was = len(reading.outcome["targets"])
    assert say(desk, "remove", "targets.0", "").status_code == 302
    assert len(Reading.objects.get(pk=reading.pk).outcome["targets"]) == was - 1


@pytest.mark.parametrize("path", ["targets.99.value", "clauses.x.title", "..", "²"])
def test_a_place_that_is_not_there_is_refused_with_a_sentence(desk, path):
    answer = say(desk, "put", path, "某某")
    assert answer.status_code == 409
    assert "解读结果里没有这一处，请刷新后再办。" in answer.content.decode()


def test_a_place_that_is_not_the_readers_to_say_is_refused(desk):
    answer = say(desk, "put", "clauses.0.start", "0")
    assert answer.status_code == 409
    assert "这一处不能更正。" in answer.content.decode()


def test_a_correction_without_a_reason_is_refused(desk):
    answer = say(desk, "put", "targets.0.value", "9", reason=" ")
    assert answer.status_code == 409


def test_what_is_confirmed_becomes_a_plan(desk):
    client, _reading, address = desk
    said = {"enter": "", "key": "yonghe", "since": "2024-02-01", "until": "2027-12-31"}
    entered = client.post(address, said, follow=True)
    plan = Plan.objects.get(key="yonghe")
    assert entered.redirect_chain == [(plan.get_absolute_url(), 302)]
    assert ">。</p>" not in entered.content.decode()  # a paper without closing words has none
    assert "永和市人民政府" not in Clause.objects.filter(plan=plan).last().text


def test_what_the_paper_does_not_say_is_left_blank(desk):
    client, reading, address = desk
    Reading.objects.filter(pk=reading.pk).update(
        outcome=reading.outcome | {"issuer": None, "number": None}
    )
    assert "None" not in client.get(address).content.decode()
