"""The page of the joint conference: members come and go; what is refused keeps what was typed."""

import pytest
from django.utils import timezone

from rongbiao.parties.models import Group, Membership, Organization
from tests.conftest import give_second_factor

TODAY = timezone.localdate().isoformat()
BASIS = "联办〔2024〕1号"


@pytest.fixture
def page(client, officer):
    """Return a browser in which the office is signed in."""
    give_second_factor(officer.person)
    client.force_login(officer.person)
    return client


@pytest.fixture
def group(city):
    return Group.objects.get(key="concerned")


def admitted(page, group, **said):
    unit = Organization.objects.get(name="市人社局")
    said = {"organization": unit.pk, "since": TODAY, "basis": BASIS} | said
    sent = {f"admit-{group.pk}-{name}": value for name, value in said.items()}
    return page.post(f"/conference/{group.pk}/admit/", sent)


def test_a_member_comes_and_leaves_on_the_page(page, group):
    unit = Organization.objects.get(name="市人社局")
    assert f'<option value="{unit.pk}">' in page.get("/conference/").content.decode()
    assert admitted(page, group).status_code == 302
    row = Membership.objects.get(group=group, organization=unit)
    sent = {f"dismiss-{row.pk}-until": TODAY, f"dismiss-{row.pk}-basis": BASIS}
    assert page.post(f"/conference/{row.pk}/dismiss/", sent).status_code == 302
    row.refresh_from_db()
    assert row.until is not None


def test_a_refused_member_keeps_what_was_typed(page, group):
    answer = admitted(page, group, since="明天")
    content = answer.content.decode()
    assert answer.status_code == 409
    assert 'class="errors"' in content
    assert f'value="{BASIS}"' in content
    assert content.count("<details open>") == 1
    admitted(page, group)
    again = admitted(page, group)  # a member already: the act refuses, not the form
    assert again.status_code == 409
    assert again.content.decode().count(f'value="{BASIS}"') == 1


def test_a_refused_leaving_keeps_what_was_typed(page, group):
    admitted(page, group)
    row = Membership.objects.get(group=group, organization__name="市人社局")
    sent = {f"dismiss-{row.pk}-until": "2001-01-01", f"dismiss-{row.pk}-basis": "联办〔2024〕2号"}
    answer = page.post(f"/conference/{row.pk}/dismiss/", sent)
    assert answer.status_code == 409
    assert 'value="联办〔2024〕2号"' in answer.content.decode()


def test_more_lists_and_members_ask_no_more(page, group, django_assert_max_num_queries):
    page.get("/conference/")
    with django_assert_max_num_queries(40) as few:
        page.get("/conference/")
    admitted(page, group)
    page.get("/conference/")  # the sentence of what was done is told once
    with django_assert_max_num_queries(40) as many:
        page.get("/conference/")
    assert len(many) == len(few)
