"""Associations for tests: one of the register, with what it declares."""

from datetime import date

from rongbiao.archive.models import File
from rongbiao.cases import desk
from rongbiao.parties.models import Organization, Post
from rongbiao.procedures.group_standard import GroupDeclaration
from rongbiao.standards.models import Association, Standard

DAY = date(2026, 1, 5)


def society(name: str = "榕城茶叶协会", code: str = "RCCY") -> Association:
    """Return an association of the register."""
    unit, _new = Organization.objects.get_or_create(name=name, defaults={"kind": "association"})
    rules = File.objects.keep("程序".encode(), "程序.txt", "text/plain")
    return Association.objects.create(
        organization=unit, code=code, scope="茶", department="标准部", head="林标", rules=rules,
        confirmed_on=DAY, basis="试验",
    )  # fmt: skip


def declare(actor: Post, number: str, title: str = "茉莉花茶包装技术规范", **more: str) -> Standard:
    """Declare a group standard that was issued in August before."""
    said = {
        "number": number, "title": title, "document": "榕茶协〔2025〕8号", "issued_on": "2025-08-01",
        "implemented_on": "2025-09-01", "ics": "67.140.10", "ccs": "X55", "abstract": "规定了包装。",
        "patents": "none", "drafters": "榕城茶业有限公司", "true": "on",
    }  # fmt: skip
    case = desk.open_case(GroupDeclaration, actor=actor, day=DAY, answers=said | more)
    assert case.standard is not None
    return case.standard
