"""Both faces of every permission agree, for everybody, on every document."""

import pytest

from rongbiao.standards.citing import registering, who
from rongbiao.standards.models import CitingDocument
from tests.citing_desk import DAY, paper, registered
from tests.conftest import hold_post


def test_both_faces_agree(officer, reporter, administrator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    other = hold_post("李填报", "市农业农村局", "agent")
    registered(reporter, title="公开的")
    registered(reporter, "一份合同 GB 1-2020", kind="contract", title="不公开的")
    registering.register(paper("待确认 GB 2-2020"), actor=reporter, day=DAY)
    registered(other, title="别家的")
    leader = hold_post("王局长", "市海洋与渔业局", "leader")
    expert = hold_post("李专家", "市海洋与渔业局", "expert")
    auditor = hold_post("何审计", "市市场监管局", "auditor")
    documents = list(CitingDocument.objects.all())
    seen = {}
    for actor in (None, officer, reporter, administrator, other, leader, expert, auditor):
        for test, rows in ((who.reads, who.readable), (who.answers, who.answered_by)):
            found = set(CitingDocument.objects.filter(rows(actor)))
            assert found == {one for one in documents if test(actor, one)}, f"{actor} {test}"
            seen[actor, test] = len(found)
    assert (seen[None, who.reads], seen[officer, who.reads]) == (2, 4)
    assert (seen[reporter, who.reads], seen[reporter, who.answers]) == (4, 3)
    assert (seen[expert, who.reads], seen[expert, who.answers]) == (2, 0)


@pytest.mark.parametrize(("role", "may"), [("reporter", True), ("expert", False), (None, False)])
def test_who_may_register(city, role, may):
    actor = hold_post("某人", "市教育局", role) if role else None
    assert who.may_register(actor) is may
