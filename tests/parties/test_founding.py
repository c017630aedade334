from datetime import date

from rongbiao.parties.founding import found
from rongbiao.parties.models import Group, Organization


def test_the_city_has_the_units_the_opinion_names(city):
    kinds = Organization.Kind
    assert Organization.objects.filter(kind=kinds.BUREAU).count() == 28
    assert Organization.objects.filter(kind=kinds.DISTRICT).count() == 12


def test_founding_twice_changes_nothing(city):
    before = list(Organization.objects.values_list("pk", "name"))
    found(city)
    assert list(Organization.objects.values_list("pk", "name")) == before


def test_a_collective_name_means_its_members_on_that_day(city):
    conference = Group.objects.get(key="conference")
    assert len(conference.members_on(date(2024, 1, 1))) == 28
    assert conference.members_on(date(2023, 1, 1)) == []


def test_a_list_still_to_be_settled_is_answered_by_the_collective_itself(city):
    parks = Group.objects.get(key="parks")
    assert [unit.name for unit in parks.members_on(date(2024, 1, 1))] == ["各园区管委会"]
