"""The clock reminds of what it opened itself, though nobody has done anything there yet."""

from datetime import timedelta

from rongbiao.cases import desk
from rongbiao.cases.models import Message
from rongbiao.procedures.implementation import Implementation
from rongbiao.stages import clock
from rongbiao.stages.journal import faults
from tests.cases.conftest import DAY


def test_who_did_nothing_yet_is_reminded_of_what_the_clock_opened(city, officer):
    unit = officer.organization
    case = desk.open_case(Implementation, actor=None, day=DAY, applicant=unit, title="试验")
    first = case.entries.get()
    assert (first.action_key, first.actor, first.day) == ("open", None, DAY)
    assert list(faults()) == []
    clock.tick(case.due_on)
    assert Message.objects.filter(entry=first, words__contains="今天到期").exists()


def test_whoever_was_reminded_is_not_reminded_again_because_of_another_message(city, officer):
    unit = officer.organization
    case = desk.open_case(Implementation, actor=None, day=DAY, applicant=unit, title="试验")
    reminders = Message.objects.filter(entry__case=case).exclude(deadline=None)
    clock.tick(case.due_on - timedelta(days=3))
    told = list(reminders.all())
    assert told != []
    for one in told:  # something else has happened since
        Message.objects.create(post=one.post, entry=one.entry, words="已有一条意见")
    clock.tick(case.due_on - timedelta(days=2))
    assert list(reminders.all()) == told
