"""The clock reminds of what it opened itself, though nobody has done anything there yet."""

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
