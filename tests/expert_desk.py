"""Experts for tests: engaged by the acts that officers use."""

from datetime import date

from rongbiao.parties import experts
from rongbiao.parties.experts import Fields, Term
from rongbiao.parties.models import Organization, Person, Post

DAY = date(2026, 3, 2)


class Library:
    """An expert library that an officer fills."""

    def __init__(self, officer: Post) -> None:
        self.officer = officer

    def unit(self, name: str, kind: str = "institute") -> Organization:
        """Return a unit, entered at need."""
        return Organization.objects.get_or_create(name=name, defaults={"kind": kind})[0]

    def expert(self, name: str, unit: str, ics=("67.140",), ccs=(), rank="senior", kind="institute",
               since=DAY, until=date(2029, 3, 1)) -> Post:  # fmt: skip
        """Engage somebody of a unit."""
        person, _ = Person.objects.get_or_create(username=name, defaults={"name": name})
        fields = Fields(tuple(ics), tuple(ccs), "高级工程师", rank)
        term = Term(since, until, "榕标联办〔2026〕3号")
        unit_ = self.unit(unit, kind)
        return experts.enroll(person, unit_, fields, term, actor=self.officer, day=DAY)
